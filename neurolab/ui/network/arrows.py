"""The curves of a network's arrows: apart from each other, and around what stands in their way."""

import math
from typing import NamedTuple

import numpy as np

from .positions import MARGIN, comes_back

HEADS = {"excites": 11.0, "inhibits": 4.0, "zero": 1.0}
"""How far before its target the line of an arrow ends; the rest is its head."""
_APART = 30  # between the middles of parallel arrows
_AROUND = (0, 24, -24, 48, -48, 80, -80, 120, -120, 170, -170)
_CLEAR = 8
_TIMES = np.linspace(0.06, 0.94, 15)
_LOOP = 32
_WIDER = 12  # further out for each arrow between two boxes of a group
_FAN = 0.45, 5.0  # radians between the heads at a neuron, and for all of them
_STRAIGHT = 0.6  # how long the straight end of a curve is whose head was moved


class Curve(NamedTuple):
    """A cubic curve from an end to the point where its head begins, and the head's tip.

    Attributes
    ----------
    points : ndarray, shape (4, 2)
    tip : (x, y)
    outwards : (x, y) or None
        For an arrow that comes back, the way from its neuron to its middle, of length 1.
    """

    points: np.ndarray
    tip: tuple
    outwards: tuple | None = None

    def at(self, times):
        """Points of the curve, times from 0 (begin) to 1 (head)."""
        t = np.asarray(times, dtype=float)[:, None]
        weights = np.hstack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3])
        return weights @ self.points

    @property
    def path(self):
        """As the text of an SVG path."""
        start, *others = (f"{x:.1f} {y:.1f}" for x, y in self.points.tolist())
        return f"M{start}C{' '.join(others)}"

    @property
    def angle(self):
        """Direction of the head in degrees."""
        (x, y), (tip_x, tip_y) = self.points[2].tolist(), self.tip
        return math.degrees(math.atan2(tip_y - y, tip_x - x))


def curves(layout, arrows):
    """The curves of arrows.

    Parameters
    ----------
    layout : Layout
    arrows : sequence of (source, target, sign)
        Ends as `Layout.place` takes them; signs as those of `HEADS`.

    Returns
    -------
    list of Curve
    """
    bundles, loops, found = {}, {}, {}
    for number, (source, target, sign) in enumerate(arrows):
        if comes_back(source, target):
            together = source if layout.place(source).round else source[0]
            loops.setdefault(together, []).append((number, source, target, HEADS[sign]))
        else:
            bundles.setdefault(
                (target, source) if (target, source) in bundles else (source, target), []
            ).append(number)
    for own in loops.values():
        found.update((_round_loops if layout.place(own[0][1]).round else _box_loops)(layout, own))
    for (source, target), numbers in bundles.items():
        own = [
            (number, arrows[number][0] == source, HEADS[arrows[number][2]]) for number in numbers
        ]
        found.update(_bundle(layout, source, target, own))
    _fan_out(layout, arrows, found)
    return [found[number] for number in range(len(arrows))]


def _bundle(layout, source, target, arrows):
    """Parallel arrows, of both directions; together they bend around what stands in between."""
    start, end = layout.place(source), layout.place(target)
    arrows = sorted(arrows, key=lambda arrow: not arrow[1])
    offsets = [((len(arrows) - 1) / 2 - k) * _APART for k in range(len(arrows))]
    if all(onwards for _, onwards, _ in arrows) and end.x < start.x + abs(end.y - start.y):
        offsets.reverse()  # the first is above the others, or at their left
    obstacles = _obstacles(layout, source, target)
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


def _bent(start, end, bend, head):
    """A curve whose middle lies so far to the left of the straight line."""
    dx, dy = end.x - start.x, end.y - start.y
    length = math.hypot(dx, dy) or 1.0
    x, y = (
        (start.x + end.x) / 2 + 2 * bend * dy / length,
        (start.y + end.y) / 2 - 2 * bend * dx / length,
    )
    first, last = np.array(start.edge(x, y, 1.0)), np.array(end.edge(x, y, head + 1.0))
    control = np.array([x, y])
    points = np.stack(
        [first, first + (control - first) * 2 / 3, last + (control - last) * 2 / 3, last]
    )
    return Curve(points, end.edge(x, y, 1.0))


def _obstacles(layout, source, target):
    """What an arrow should not cross, neurons, boxes and titles: x, y, half sizes and roundness, one a row."""
    own = [layout.place(source), layout.place(target)]
    found = [place for place in layout.ends.values() if not any(_holds(end, place) for end in own)]
    return np.array([*found, *layout.titles.values()], dtype=float)


def _holds(outer, inner):
    return (
        abs(inner.x - outer.x) <= outer.half_width and abs(inner.y - outer.y) <= outer.half_height
    )


def _cost(layout, curve, bend, obstacles):
    points = curve.at(_TIMES)
    x, y, half_width, half_height, is_round = obstacles.T
    dx, dy = abs(points[:, :1] - x), abs(points[:, 1:] - y)
    distance = np.where(
        is_round, np.hypot(dx, dy) - half_width, np.maximum(dx - half_width, dy - half_height)
    )
    touched = np.maximum(_CLEAR - distance, 0.0).sum()
    outside = np.maximum(
        abs(points[:, 0] - layout.width / 2) + MARGIN - layout.width / 2, 0.0
    ).sum()
    return touched + 4 * outside + 0.05 * abs(bend)


def _round_loops(layout, arrows):
    """Arrows of a neuron to itself, one around the other, away from the middle of the group."""
    found = {}
    for place, (number, source, _, head) in enumerate(arrows):
        neuron, frame = layout.place(source), layout.frames[source[0]]
        outwards = math.atan2(neuron.y - frame.y, neuron.x - frame.x)
        reach, half = 2.2 * neuron.half_width + 36 * place, math.radians(34 + 8 * place)
        ways = [
            np.array([math.cos(outwards + side), math.sin(outwards + side)])
            for side in (-half, half)
        ]
        middle, radius = np.array([neuron.x, neuron.y]), neuron.half_width + 1
        first, last = middle + ways[0] * radius, middle + ways[1] * (radius + head)
        controls = [middle + way * (radius + reach) for way in ways]
        found[number] = Curve(
            np.array([first, *controls, last]),
            tuple(middle + ways[1] * radius),
            (math.cos(outwards), math.sin(outwards)),
        )
    return found


def _box_loops(layout, arrows):
    """Arrows of the boxes of a group to themselves, to each other and to the group, at its right."""
    heights, found = _slots(layout, arrows), {}
    between = [
        number
        for number, source, target, _ in arrows
        if not _holds(layout.place(target), layout.place(source))
    ]
    for number, source, target, head in arrows:
        start, end = layout.place(source), layout.place(target)
        first = start.x + start.half_width + 1, heights[number, "begin"]
        tip = end.x + end.half_width + 1, heights[number, "end"]
        farther = _WIDER * (len(between) - between.index(number)) if number in between else 0
        reach = tip[0] + (_LOOP + farther) * 4 / 3
        points = np.array([first, (reach, first[1]), (reach, tip[1]), (tip[0] + head, tip[1])])
        found[number] = Curve(points, tip, (1.0, 0.0))
    return found


def _slots(layout, arrows):
    """Heights at which arrows begin and end at the right of boxes, so that no two do at the same and few cross."""
    sides = {}
    for number, source, target, _ in arrows:
        start, end = layout.place(source), layout.place(target)
        inner = (
            start if _holds(end, start) else end
        )  # what leads to the whole group ends beside where it began
        for part, own, other in (("begin", start, inner), ("end", inner, start)):
            way = (other.y > own.y) - (other.y < own.y)
            sides.setdefault(own, []).append((way, -number if way < 0 else number, part, number))
    return {
        (number, part): own.y + own.half_height * ((2 * slot + 1) / len(ends) - 1)
        for own, ends in sides.items()
        for slot, (*_, part, number) in enumerate(sorted(ends))
    }


def _fan_out(layout, arrows, found):
    """Let the heads of arrows that lead to one neuron stand side by side."""
    arriving = {}
    for number, (_, target, sign) in enumerate(arrows):
        if sign != "zero" and layout.place(target).round and not found[number].outwards:
            arriving.setdefault(target, []).append(number)
    for target, numbers in arriving.items():
        neuron = layout.place(target)
        angles = np.array(
            [math.atan2(found[n].tip[1] - neuron.y, found[n].tip[0] - neuron.x) for n in numbers]
        )
        for number, angle in zip(
            numbers, _spread(angles, min(_FAN[0], _FAN[1] / len(numbers))).tolist()
        ):
            found[number] = _led(found[number], neuron, angle, HEADS[arrows[number][2]])


def _led(curve, neuron, angle, head):
    """The curve with its tip at another place of the neuron's edge."""
    way, middle = np.array([math.cos(angle), math.sin(angle)]), np.array([neuron.x, neuron.y])
    first, control, before, last = curve.points
    end = middle + way * (neuron.half_width + 1 + head)
    points = np.stack([first, control, end + way * _STRAIGHT * np.hypot(*(before - last)), end])
    return Curve(points, tuple(middle + way * (neuron.half_width + 1)))


def _spread(angles, least):
    """Angles that are at least so far apart, and else as near to the given ones as can be."""
    order = np.argsort(angles)
    in_order = angles[order]
    gaps = np.diff(np.append(in_order, in_order[0] + 2 * math.pi))
    begin = int(np.argmax(gaps)) + 1  # the circle is cut where there is most room
    order, in_order = np.roll(order, -begin), np.unwrap(np.roll(in_order, -begin))
    # Without the wanted distances they only need to be in order: neighbours that are not are pooled.
    pools = []
    for value in (in_order - least * np.arange(len(angles))).tolist():
        pools.append([value, 1])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            value, count = pools.pop()
            before, others = pools[-1]
            pools[-1] = [(value * count + before * others) / (count + others), count + others]
    spread = np.empty(len(angles))
    spread[order] = np.repeat(*zip(*pools)) + least * np.arange(len(angles))
    return spread
