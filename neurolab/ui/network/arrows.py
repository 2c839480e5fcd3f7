"""The curves of a network's arrows: apart from each other, and around the neurons in their way."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from ...array_types import FloatArray
from .positions import MARGIN, ArrowKey, EndKey, Layout, Place, Point, comes_back

HEADS = {"excites": 11.0, "inhibits": 4.0, "zero": 1.0}
"""Distance from the end of an arrow's line to its target; the head fills it."""
_APART = 30
"""Between the middles of parallel arrows."""
_AROUND = (0, 24, -24, 48, -48, 80, -80, 120, -120, 170, -170)
"""Bends to try, in pixels."""
_CLEAR = 8
_TIMES = np.linspace(0.06, 0.94, 15)
_LOOP = 32
_WIDER = 12
"""Further out for each arrow between two boxes of a group."""
_FAN = 0.45
"""Radians between the heads at a neuron, if they are few."""
_WHOLE_FAN = 5.0
"""Radians for all heads at a neuron."""
_PUSHES = 200
_STRAIGHT = 0.6
"""Length of the straight end of a curve whose head was moved, as a share of the end before."""

_Loop: TypeAlias = tuple[int, EndKey, EndKey, float]
"""Number, source and target of an arrow, and the length of its head."""


class Curve(NamedTuple):
    """A cubic curve from the source to the point where the head begins, and the head's tip.

    Attributes
    ----------
    points : ndarray, shape (4, 2)
    tip : (x, y)
    outwards : (x, y) or None
        For an arrow that comes back, the direction from its neuron to its middle, of length 1.
    """

    points: FloatArray
    tip: Point
    outwards: Point | None = None

    def at(self, times: ArrayLike) -> FloatArray:
        """Return points of the curve, shape (times, 2), at times from 0 (source) to 1 (head).

        Examples
        --------
        >>> line = Curve(np.array([(0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (3.0, 0.0)]), (4.0, 0.0))
        >>> line.at([0.0, 0.5]).tolist()
        [[0.0, 0.0], [1.5, 0.0]]
        >>> line.path, line.angle
        ('M0.0 0.0C1.0 0.0 2.0 0.0 3.0 0.0', 0.0)
        """
        t = np.asarray(times, dtype=float)[:, None]
        weights = np.hstack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3])
        return weights @ self.points

    @property
    def path(self) -> str:
        """The curve as a path of SVG."""
        start, *others = (f"{x:.1f} {y:.1f}" for x, y in self.points.tolist())
        return f"M{start}C{' '.join(others)}"

    @property
    def angle(self) -> float:
        """Direction of the head in degrees."""
        x, y = self.points[2].tolist()
        return math.degrees(math.atan2(self.tip[1] - y, self.tip[0] - x))


def curves(layout: Layout, arrows: Sequence[ArrowKey]) -> list[Curve]:
    """Return the curves of arrows.

    Parameters
    ----------
    layout : Layout
    arrows : sequence of (source, target, sign)
        Ends as `Layout.place` takes them; signs as the keys of `HEADS`.
    """
    bundles: dict[tuple[EndKey, EndKey], list[int]] = {}
    loops: dict[object, list[_Loop]] = {}
    drawn: dict[int, Curve] = {}
    for number, (source, target, sign) in enumerate(arrows):
        if comes_back(source, target):
            together = source if layout.place(source).round else source[0]
            loops.setdefault(together, []).append((number, source, target, HEADS[sign]))
        else:
            ends = (target, source) if (target, source) in bundles else (source, target)
            bundles.setdefault(ends, []).append(number)
    for own in loops.values():
        is_round = layout.place(own[0][1]).round
        drawn.update(_round_loops(layout, own) if is_round else _box_loops(layout, own))
    for (source, target), numbers in bundles.items():
        parallel = [
            (number, arrows[number][0] == source, HEADS[arrows[number][2]]) for number in numbers
        ]
        drawn.update(_bundle(layout, source, target, parallel))
    drawn.update(_fanned_out(layout, arrows, drawn))
    return [drawn[number] for number in range(len(arrows))]


def _bundle(
    layout: Layout, source: EndKey, target: EndKey, arrows: Sequence[tuple[int, bool, float]]
) -> dict[int, Curve]:
    """Return parallel arrows of both directions, which bend together around what is in between."""
    start, end = layout.place(source), layout.place(target)
    arrows = sorted(arrows, key=lambda arrow: not arrow[1])
    offsets = [((len(arrows) - 1) / 2 - k) * _APART for k in range(len(arrows))]
    if all(onwards for _, onwards, _ in arrows) and end.x < start.x + abs(end.y - start.y):
        offsets.reverse()  # the first is above the others, or at their left
    obstacles = _obstacles(layout, start, end)
    costs = [
        max(
            _cost(layout, _bent(start, end, bend + offset, 0.0), bend, obstacles)
            for offset in {offsets[0], offsets[-1]}
        )
        for bend in _AROUND
    ]
    bend = _AROUND[int(np.argmin(costs))]
    return {
        number: _bent(start, end, bend + offset, head)
        if onwards
        else _bent(end, start, -bend - offset, head)
        for (number, onwards, head), offset in zip(arrows, offsets)
    }


def _bent(start: Place, end: Place, bend: float, head: float) -> Curve:
    """Return a curve whose middle lies so far to the left of the straight line."""
    dx, dy = end.x - start.x, end.y - start.y
    length = math.hypot(dx, dy) or 1.0
    x = (start.x + end.x) / 2 + 2 * bend * dy / length
    y = (start.y + end.y) / 2 - 2 * bend * dx / length
    first, last = np.array(start.edge(x, y, 1.0)), np.array(end.edge(x, y, head + 1.0))
    control = np.array([x, y])
    points = [first, first + (control - first) * 2 / 3, last + (control - last) * 2 / 3, last]
    return Curve(np.stack(points), end.edge(x, y, 1.0))


def _obstacles(layout: Layout, start: Place, end: Place) -> FloatArray:
    """Return places that an arrow should not cross, one in each row."""
    others = [
        place for place in layout.ends.values() if not (start.holds(place) or end.holds(place))
    ]
    return np.array([*others, *layout.titles.values()], dtype=float)


def _cost(layout: Layout, curve: Curve, bend: float, obstacles: FloatArray) -> float:
    """Return how much of a curve is near to obstacles or outside of the plot."""
    points = curve.at(_TIMES)
    x, y, half_width, half_height, is_round = obstacles.T
    dx, dy = abs(points[:, :1] - x), abs(points[:, 1:] - y)
    to_box = np.maximum(dx - half_width, dy - half_height)
    distance = np.where(is_round, np.hypot(dx, dy) - half_width, to_box)
    touched = np.maximum(_CLEAR - distance, 0.0).sum()
    middle = layout.width / 2
    outside = np.maximum(abs(points[:, 0] - middle) + MARGIN - middle, 0.0).sum()
    return float(touched + 4 * outside + 0.05 * abs(bend))


def _round_loops(layout: Layout, arrows: Sequence[_Loop]) -> dict[int, Curve]:
    """Return arrows of a neuron to itself, one around the other, away from the group's middle."""
    drawn = {}
    for place, (number, source, _, head) in enumerate(arrows):
        neuron, frame = layout.place(source), layout.frames[source[0]]
        outwards = math.atan2(neuron.y - frame.y, neuron.x - frame.x)
        reach = 2.2 * neuron.half_width + 36 * place
        half = math.radians(34 + 8 * place)
        ways = _ways([outwards - half, outwards + half])
        middle, radius = np.array([neuron.x, neuron.y]), neuron.half_width + 1
        first = middle + ways[0] * radius
        last = middle + ways[1] * (radius + head)
        points = np.stack([first, *(middle + ways * (radius + reach)), last])
        tip = middle + ways[1] * radius
        drawn[number] = Curve(
            points, (float(tip[0]), float(tip[1])), (math.cos(outwards), math.sin(outwards))
        )
    return drawn


def _ways(angles: ArrayLike) -> FloatArray:
    """Return the directions of angles, one in each row."""
    return np.column_stack([np.cos(angles), np.sin(angles)])


def _box_loops(layout: Layout, arrows: Sequence[_Loop]) -> dict[int, Curve]:
    """Return arrows from boxes of a group to boxes of the same group, at their right."""
    heights = _slots(layout, arrows)
    between = [
        number
        for number, source, target, _ in arrows
        if not layout.place(target).holds(layout.place(source))
    ]
    drawn = {}
    for number, source, target, head in arrows:
        start, end = layout.place(source), layout.place(target)
        first = start.x + start.half_width + 1, heights[number, "begin"]
        tip = end.x + end.half_width + 1, heights[number, "end"]
        farther = _WIDER * (len(between) - between.index(number)) if number in between else 0
        reach = tip[0] + (_LOOP + farther) * 4 / 3
        points = np.array([first, (reach, first[1]), (reach, tip[1]), (tip[0] + head, tip[1])])
        drawn[number] = Curve(points, tip, (1.0, 0.0))
    return drawn


def _slots(layout: Layout, arrows: Sequence[_Loop]) -> dict[tuple[int, str], float]:
    """Return the heights at which arrows begin and end at the right of boxes.

    No two arrows have the same height, and few arrows cross.
    """
    sides: dict[Place, list[tuple[int, int, str, int]]] = {}
    for number, source, target, _ in arrows:
        start, end = layout.place(source), layout.place(target)
        # An arrow to the whole group ends beside its beginning.
        inner = start if end.holds(start) else end
        for part, own, other in (("begin", start, inner), ("end", inner, start)):
            way = (other.y > own.y) - (other.y < own.y)
            sides.setdefault(own, []).append((way, -number if way < 0 else number, part, number))
    return {
        (number, part): own.y + own.half_height * ((2 * slot + 1) / len(ends) - 1)
        for own, ends in sides.items()
        for slot, (*_, part, number) in enumerate(sorted(ends))
    }


def _fanned_out(
    layout: Layout, arrows: Sequence[ArrowKey], drawn: Mapping[int, Curve]
) -> dict[int, Curve]:
    """Return the arrows to neurons with their heads side by side."""
    arriving: dict[EndKey, list[int]] = {}
    for number, (_, target, sign) in enumerate(arrows):
        if sign != "zero" and layout.place(target).round and not drawn[number].outwards:
            arriving.setdefault(target, []).append(number)
    moved = {}
    for target, numbers in arriving.items():
        neuron = layout.place(target)
        tips = np.array([drawn[number].tip for number in numbers]) - (neuron.x, neuron.y)
        angles = np.arctan2(tips[:, 1], tips[:, 0])
        ways = _ways(_spread(angles, min(_FAN, _WHOLE_FAN / len(numbers))))
        for number, way in zip(numbers, ways):
            moved[number] = _led(drawn[number], neuron, way, HEADS[arrows[number][2]])
    return moved


def _led(curve: Curve, neuron: Place, way: FloatArray, head: float) -> Curve:
    """Return the curve with its tip in another direction from the neuron."""
    middle = np.array([neuron.x, neuron.y])
    first, control, before, last = curve.points
    end = middle + way * (neuron.half_width + 1 + head)
    points = [first, control, end + way * _STRAIGHT * np.hypot(*(before - last)), end]
    tip = middle + way * (neuron.half_width + 1)
    return Curve(np.stack(points), (float(tip[0]), float(tip[1])))


def _spread(angles: FloatArray, least: float) -> FloatArray:
    """Push angles apart until each is at least so far from the next one around the circle.

    Examples
    --------
    >>> _spread(np.array([0.0, 0.0, 3.0]), 0.4).round(3).tolist()
    [-0.2, 0.2, 3.0]
    """
    order = np.argsort(angles, kind="stable")
    spread = angles[order]
    for _ in range(_PUSHES):
        gaps = np.diff(spread, append=spread[0] + 2 * math.pi)
        lacking = np.maximum(least - gaps, 0.0) / 2
        if not lacking.any():
            break
        spread = spread - lacking + np.roll(lacking, 1)
    return spread[np.argsort(order)]
