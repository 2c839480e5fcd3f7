"""Where the groups and neurons of a network are in its plot, in pixels."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from ...explain.network_drawing import Cluster

MARGIN = 8
TITLE = 22
"""Height of a title above its group."""
LETTER = 7.2
"""Average width of a letter of a title."""
_PAD = 10
_GAP = 26
"""Between groups of one layer."""
_FAR = 300
"""Between layers; longer arrows are hard to follow."""
_NEAR = 64
"""Layers that are closer leave no room for the labels of arrows."""
_BOX = 44, 30
"""Half width and height of a box that stands for many neurons."""
_SHEETS = 4
"""Room for the sheets that are drawn behind a box."""
_LOOP = 34
"""How far the arrow of a neuron to itself reaches."""
_LABEL = 84, 150
"""Width of the label beside the loop of a neuron, or of a box."""
_LONGEST_NAME = 120

EndKey: TypeAlias = tuple[str, int, int]
"""Group, first and past-the-last neuron of one end of an arrow."""
ArrowKey: TypeAlias = tuple[EndKey, EndKey, str]
"""Source, target and sign of an arrow."""
Point: TypeAlias = tuple[float, float]


class Place(NamedTuple):
    """A circle or a rectangle, by its middle and half its size.

    Examples
    --------
    >>> Place(0.0, 0.0, 20.0, 20.0, True).edge(100.0, 0.0, away=1.0)
    (21.0, 0.0)
    """

    x: float
    y: float
    half_width: float
    half_height: float
    round: bool

    def edge(self, x: float, y: float, away: float = 0.0) -> Point:
        """Return the point of the edge, or `away` from it, in the direction of a point."""
        dx, dy = x - self.x, y - self.y
        length = math.hypot(dx, dy) or 1.0
        if self.round:
            reach = self.half_width
        else:
            reach = length / max(abs(dx) / self.half_width, abs(dy) / self.half_height, 1e-9)
        return self.x + dx / length * (reach + away), self.y + dy / length * (reach + away)

    def holds(self, other: "Place") -> bool:
        """Return whether the middle of another place lies within this one."""
        is_beside = abs(other.x - self.x) > self.half_width
        return not is_beside and abs(other.y - self.y) <= self.half_height

    def turned(self) -> "Place":
        """Return the place with right and down exchanged."""
        return Place(self.y, self.x, self.half_height, self.half_width, self.round)

    def moved(self, x: float, y: float) -> "Place":
        """Return the place moved by so much."""
        return self._replace(x=self.x + x, y=self.y + y)


class Layout(NamedTuple):
    """Places of a network.

    Attributes
    ----------
    width, height : float
    frames, titles : dict
        Group → the frame around it; its name.
    ends : dict
        (group, first, last) → place of a neuron or a box.
    """

    width: float
    height: float
    frames: dict[str, Place]
    titles: dict[str, Place]
    ends: dict[EndKey, Place]

    def place(self, end: EndKey) -> Place:
        """Return the place of a neuron or a box, or else of the whole group."""
        return self.ends.get(end) or self.frames[end[0]]


class _Piece(NamedTuple):
    """A group by itself: half the size of its frame, and places of its ends from its middle."""

    name: str
    half_width: float
    half_height: float
    ends: dict[EndKey, Place]
    loops: float
    """Width of the room at its right for loops."""

    @property
    def size(self) -> Point:
        """Width and height with title and loops."""
        title = min(LETTER * len(self.name), _LONGEST_NAME)
        return max(2 * self.half_width, title) + self.loops, TITLE + 2 * self.half_height

    def turned(self) -> "_Piece":
        """Return the piece with right and down exchanged."""
        ends = {key: place.turned() for key, place in self.ends.items()}
        return _Piece(self.name, self.half_height, self.half_width, ends, self.loops)


def comes_back(source: EndKey, target: EndKey) -> bool:
    """Return whether an arrow leads back to its own neuron, or into the group of its own box.

    Examples
    --------
    >>> comes_back(("cells", 0, 1), ("cells", 0, 1)), comes_back(("cells", 0, 1), ("cells", 1, 2))
    (True, False)
    """
    are_neurons = source[2] - source[1] == target[2] - target[1] == 1
    return source[0] == target[0] and (source == target or not are_neurons)


def layout(clusters: Sequence[Cluster], arrows: Sequence[ArrowKey], width: float) -> Layout:
    """Place groups in layers from left to right; from top to bottom where that is too wide.

    Parameters
    ----------
    clusters : sequence of Cluster
    arrows : sequence of (source, target, sign)
        Ends as (group, first, last).
    width : float
        In pixels.
    """
    pieces = _pieces(clusters, arrows)
    numbers = sorted({cluster.layer for cluster in clusters})
    layers = [
        [pieces[cluster.name] for cluster in clusters if cluster.layer == number]
        for number in numbers
    ]
    taken = sum(max(piece.size[0] for piece in layer) for layer in layers)
    gap = (width - 2 * MARGIN - taken) / max(len(layers) - 1, 1)
    if gap >= _NEAR or len(layers) == 1:
        return _arranged(layers, width, min(gap, _FAR), main=0)
    columns = {cluster.name for cluster in clusters if cluster.shape == "column"}
    layers = [
        [piece.turned() if piece.name in columns else piece for piece in layer] for layer in layers
    ]
    return _arranged(layers, width, _NEAR, main=1)


def _pieces(clusters: Sequence[Cluster], arrows: Sequence[ArrowKey]) -> dict[str, _Piece]:
    back = [(source, target) for source, target, _ in arrows if comes_back(source, target)]
    loops = {source[0] for source, _ in back}
    joined = {
        source[0] for source, target in back if not target[1] <= source[1] < source[2] <= target[2]
    }
    return {
        cluster.name: _piece(cluster, cluster.name in loops, cluster.name in joined)
        for cluster in clusters
    }


def _piece(cluster: Cluster, has_loops: bool, is_joined: bool) -> _Piece:
    if cluster.shape == "stack":
        return _boxes(cluster, has_loops, is_joined)
    is_small = cluster.size <= 5
    radius = 20 if is_small else 14
    pitch = 2 * radius + (18 if is_small else 8)
    if cluster.shape == "ring":
        return _ring(cluster, radius, pitch, has_loops)
    pad = _PAD if cluster.size > 1 else 0
    ends = _column(cluster, pitch, (radius, radius, True))
    height = (cluster.size - 1) / 2 * pitch + radius + pad
    return _Piece(cluster.name, radius + pad, height, ends, _room(has_loops, _LABEL[0]))


def _boxes(cluster: Cluster, has_loops: bool, is_joined: bool) -> _Piece:
    half_width, half_height = _BOX
    pad = _PAD if len(cluster.ends) > 1 else _SHEETS
    pitch = 2 * half_height + (52 if is_joined else 18)
    ends = _column(cluster, pitch, (half_width, half_height, False))
    height = (len(ends) - 1) / 2 * pitch + half_height + pad
    return _Piece(cluster.name, half_width + pad, height, ends, _room(has_loops, _LABEL[1]))


def _room(has_loops: bool, label: float) -> float:
    return _LOOP + label if has_loops else 0.0


def _column(
    cluster: Cluster, pitch: float, shape: tuple[float, float, bool]
) -> dict[EndKey, Place]:
    middle = (len(cluster.ends) - 1) / 2
    return {end[:3]: Place(0.0, (i - middle) * pitch, *shape) for i, end in enumerate(cluster.ends)}


def _ring(cluster: Cluster, radius: float, pitch: float, has_loops: bool) -> _Piece:
    is_pair = cluster.size == 2
    turn = 2 * math.pi / cluster.size
    reach = 78.0 if is_pair else max(48.0, (pitch + 22) / turn)
    first = math.pi if is_pair else -math.pi / 2
    angles = [first + turn * i for i in range(cluster.size)]
    # The lowest neurons of an odd ring are not as far from the middle as the first one.
    lowest = max(reach * math.sin(angle) for angle in angles)
    shift = 0.0 if is_pair else (reach - lowest) / 2
    ends = {
        end[:3]: Place(
            reach * math.cos(angle), reach * math.sin(angle) + shift, radius, radius, True
        )
        for end, angle in zip(cluster.ends, angles)
    }
    pad = radius + (_LOOP if has_loops else _PAD)
    height = radius + 2 * _PAD if is_pair else (lowest + reach) / 2 + pad
    return _Piece(cluster.name, reach + pad, height, ends, 0.0)


def _arranged(layers: Sequence[Sequence[_Piece]], width: float, gap: float, main: int) -> Layout:
    """Place layers along the main axis (0: right, 1: down), centred on the other axis."""
    other = 1 - main
    lengths = [max(piece.size[main] for piece in layer) for layer in layers]
    breadths = [
        sum(piece.size[other] for piece in layer) + _GAP * (len(layer) - 1) for layer in layers
    ]
    length = sum(lengths) + gap * (len(layers) - 1)
    size = [length + 2 * MARGIN, max(breadths) + 2 * MARGIN]
    width, height = (width, size[1]) if main == 0 else (max(width, size[1]), size[0])
    middles: dict[str, Point] = {}
    along = ((width, height)[main] - length) / 2
    for layer, layer_length, breadth in zip(layers, lengths, breadths):
        across = ((width, height)[other] - breadth) / 2
        for piece in layer:
            corner = [0.0, 0.0]
            corner[main] = along + (layer_length - piece.size[main]) / 2
            corner[other] = across
            middles[piece.name] = (
                corner[0] + (piece.size[0] - piece.loops) / 2,
                corner[1] + TITLE + piece.half_height,
            )
            across += piece.size[other] + _GAP
        along += layer_length + gap
    pieces = [piece for layer in layers for piece in layer]
    return _placed(pieces, middles, (width, height), is_turned=main == 1)


def _placed(
    pieces: Sequence[_Piece], middles: Mapping[str, Point], size: Point, is_turned: bool
) -> Layout:
    frames = {
        piece.name: Place(*middles[piece.name], piece.half_width, piece.half_height, False)
        for piece in pieces
    }
    titles = {name: _title(name, frame, is_turned) for name, frame in frames.items()}
    ends = {
        key: place.moved(*middles[piece.name])
        for piece in pieces
        for key, place in piece.ends.items()
    }
    return Layout(*size, frames, titles, ends)


def _title(name: str, frame: Place, is_turned: bool) -> Place:
    """Return the place of a title: above its group, or beside it if arrows come from above."""
    half_height = TITLE / 2 - 2
    half = LETTER * len(name) / 2
    beside = frame.x - frame.half_width - half - 6
    if is_turned and beside - half >= MARGIN:
        return Place(beside, frame.y, half, half_height, False)
    top = frame.y - frame.half_height - TITLE / 2
    return Place(frame.x, top, min(half, frame.half_width + 20), half_height, False)
