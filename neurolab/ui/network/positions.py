"""Where the groups and neurons of a network stand in its picture, in pixels."""

import math
from typing import NamedTuple

MARGIN = 8
TITLE = 22  # above a group
_PAD = 10
_GAP = 26  # between groups that stand one above the other
_FAR = 300  # between layers; more makes the arrows longer than the eye follows
_NEAR = 64  # closer layers leave no room for what is written on the arrows
_BOX = 44, 30  # half width and height of a box that stands for many neurons
_SHEETS = 4  # what is drawn behind it
_LOOP = 34  # how far the arrow of a neuron to itself reaches
_LABEL = 84, 150  # what is written beside such an arrow of a neuron by itself, or of a box
LETTER = 7.2  # average width of a letter of a title


class Place(NamedTuple):
    """A circle or a rectangle, by its middle and half its size."""

    x: float
    y: float
    half_width: float
    half_height: float
    round: bool

    def edge(self, x, y, away=0.0):
        """The point of its edge (or so far outside of it) that is seen from a point."""
        dx, dy = x - self.x, y - self.y
        length = math.hypot(dx, dy) or 1.0
        if self.round:
            reach = self.half_width
        else:
            reach = length / max(abs(dx) / self.half_width, abs(dy) / self.half_height, 1e-9)
        return self.x + dx / length * (reach + away), self.y + dy / length * (reach + away)

    def turned(self):
        """With right and down exchanged."""
        return self._replace(
            x=self.y, y=self.x, half_width=self.half_height, half_height=self.half_width
        )

    def moved(self, x, y):
        """Elsewhere."""
        return self._replace(x=self.x + x, y=self.y + y)


class Layout(NamedTuple):
    """Places of a network.

    Attributes
    ----------
    width, height : float
    frames, titles : dict
        Group → what holds all of it; its name.
    ends : dict
        (group, first, last) → place of a neuron or a box.
    """

    width: float
    height: float
    frames: dict
    titles: dict
    ends: dict

    def place(self, end):
        """Where a neuron, a box, or else a whole group is."""
        return self.ends.get(end) or self.frames[end[0]]


class _Piece(NamedTuple):
    """A group by itself: half the size of its frame, places of its ends from its middle, room at its right for loops."""

    half_width: float
    half_height: float
    ends: dict
    loops: float


def comes_back(source, target):
    """Whether an arrow leads back to the neuron, or into the group of the box, where it begins."""
    alone = source[2] - source[1] == target[2] - target[1] == 1
    return source[0] == target[0] and (source == target or not alone)


def layout(clusters, arrows, width):
    """Place groups in layers from left to right, or from top to bottom where there are too many for the width.

    Parameters
    ----------
    clusters : sequence of Cluster
    arrows : sequence of (source, target, sign)
        Ends as (group, first, last).
    width : float

    Returns
    -------
    Layout
    """
    layers = _layers(clusters)
    back = [(source, target) for source, target, _ in arrows if comes_back(source, target)]
    loops = {source[0] for source, _ in back}
    joined = {
        source[0] for source, target in back if not target[1] <= source[1] < source[2] <= target[2]
    }
    pieces = {
        cluster.name: _piece(cluster, cluster.name in loops, cluster.name in joined)
        for cluster in clusters
    }
    gap = _gap(layers, pieces, width)
    if gap >= _NEAR or len(layers) == 1:
        return _across(clusters, layers, pieces, width, min(gap, _FAR))
    return _downwards(clusters, layers, pieces, width)


def _layers(clusters):
    found = {}
    for cluster in clusters:
        found.setdefault(cluster.layer, []).append(cluster)
    return [found[layer] for layer in sorted(found)]


def _piece(cluster, has_loops, is_joined):
    if cluster.shape == "stack":
        return _boxes(cluster, has_loops, is_joined)
    radius = 20 if cluster.size <= 5 else 14
    pitch = 2 * radius + (18 if cluster.size <= 5 else 8)
    if cluster.shape == "ring":
        return _ring(cluster, radius, pitch, has_loops)
    middle = (cluster.size - 1) / 2
    ends = {
        end[:3]: Place(0.0, (i - middle) * pitch, radius, radius, True)
        for i, end in enumerate(cluster.ends)
    }
    pad = _PAD if cluster.size > 1 else 0
    return _Piece(
        radius + pad, middle * pitch + radius + pad, ends, _LOOP + _LABEL[0] if has_loops else 0
    )


def _ring(cluster, radius, pitch, has_loops):
    pair = cluster.size == 2
    reach = 78.0 if pair else max(48.0, (pitch + 22) * cluster.size / (2 * math.pi))
    angles = [
        (math.pi if pair else -math.pi / 2) + 2 * math.pi * i / cluster.size
        for i in range(cluster.size)
    ]
    places = [
        Place(reach * math.cos(angle), reach * math.sin(angle), radius, radius, True)
        for angle in angles
    ]
    lowest = max(place.y for place in places)
    middle = (
        (lowest - reach) / 2 if not pair else 0.0
    )  # of three neurons two stand below, but not as far
    ends = {end[:3]: place.moved(0, -middle) for end, place in zip(cluster.ends, places)}
    pad = radius + (_LOOP if has_loops else _PAD)
    return _Piece(reach + pad, radius + 2 * _PAD if pair else (lowest + reach) / 2 + pad, ends, 0)


def _boxes(cluster, has_loops, is_joined):
    half_width, half_height = _BOX
    count, pad = len(cluster.ends), _PAD if len(cluster.ends) > 1 else _SHEETS
    pitch = 2 * half_height + (52 if is_joined else 18)
    middle = (count - 1) / 2
    ends = {
        end[:3]: Place(0.0, (i - middle) * pitch, half_width, half_height, False)
        for i, end in enumerate(cluster.ends)
    }
    height = middle * pitch + half_height + pad
    return _Piece(half_width + pad, height, ends, _LOOP + _LABEL[1] if has_loops else 0)


def _width(cluster, piece):
    return max(2 * piece.half_width, min(LETTER * len(cluster.name), 120)) + piece.loops


def _gap(layers, pieces, width):
    taken = sum(max(_width(cluster, pieces[cluster.name]) for cluster in layer) for layer in layers)
    return (width - 2 * MARGIN - taken) / max(len(layers) - 1, 1)


def _across(clusters, layers, pieces, width, gap):
    widths = [max(_width(cluster, pieces[cluster.name]) for cluster in layer) for layer in layers]
    heights = [
        sum(TITLE + 2 * pieces[cluster.name].half_height for cluster in layer)
        + _GAP * (len(layer) - 1)
        for layer in layers
    ]
    height = max(heights) + 2 * MARGIN
    left = (width - sum(widths) - gap * (len(layers) - 1)) / 2
    middles = {}
    for layer, taken, own in zip(layers, widths, heights):
        top = (height - own) / 2
        for cluster in layer:
            piece = pieces[cluster.name]
            middles[cluster.name] = (
                left + (taken - piece.loops) / 2,
                top + TITLE + piece.half_height,
            )
            top += TITLE + 2 * piece.half_height + _GAP
        left += taken + gap
    return _placed(clusters, pieces, middles, width, height, turned=False)


def _downwards(clusters, layers, pieces, width):
    """The same with right and down exchanged; rings and boxes stay upright."""
    for layer in layers:
        for cluster in layer:
            if cluster.shape == "column":
                piece = pieces[cluster.name]
                ends = {key: place.turned() for key, place in piece.ends.items()}
                pieces[cluster.name] = _Piece(
                    piece.half_height, piece.half_width, ends, piece.loops
                )
    widths = [
        sum(_width(cluster, pieces[cluster.name]) for cluster in layer) + _GAP * (len(layer) - 1)
        for layer in layers
    ]
    width = max(width, max(widths) + 2 * MARGIN)
    top, middles = MARGIN, {}
    for layer, taken in zip(layers, widths):
        left, half = (width - taken) / 2, max(pieces[cluster.name].half_height for cluster in layer)
        for cluster in layer:
            piece = pieces[cluster.name]
            own = _width(cluster, piece)
            middles[cluster.name] = left + (own - piece.loops) / 2, top + TITLE + half
            left += own + _GAP
        top += TITLE + 2 * half + _NEAR
    return _placed(clusters, pieces, middles, width, top - _NEAR + MARGIN, turned=True)


def _placed(clusters, pieces, middles, width, height, turned):
    frames, titles, ends = {}, {}, {}
    for cluster in clusters:
        piece, middle = pieces[cluster.name], middles[cluster.name]
        frame = frames[cluster.name] = Place(*middle, piece.half_width, piece.half_height, False)
        titles[cluster.name] = _title(cluster.name, frame, turned)
        ends.update({key: place.moved(*middle) for key, place in piece.ends.items()})
    return Layout(width, height, frames, titles, ends)


def _title(name, frame, turned):
    """Above its group, or beside it where arrows come from above and there is room."""
    half = LETTER * len(name) / 2
    beside = frame.x - frame.half_width - half - 6
    if turned and beside - half >= MARGIN:
        return Place(beside, frame.y, half, TITLE / 2 - 2, False)
    half = min(half, frame.half_width + 20)
    return Place(frame.x, frame.y - frame.half_height - TITLE / 2, half, TITLE / 2 - 2, False)
