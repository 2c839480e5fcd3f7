"""The place of each label on its arrow, where it covers no neuron and no other label."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from ...array_types import FloatArray
from .arrows import Curve
from .positions import Layout, Point

LINE = 17
"""Height of a line."""
LETTER = 8.0
"""Width of a letter, in a wide font."""
_TIMES = np.array([0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8])
_AT_LOOP = np.array([0.5, 0.4, 0.6, 0.25, 0.75])
_BESIDE = 5
_HEAD = 7
_MOST_COVERED = 0.65
"""Largest share of its own arrow that a label covers."""
_MOST_CROSSED = 1
"""Most of the other arrows that a label covers."""
_ALONG = np.linspace(0.02, 0.98, 25)
_FARTHER = 0.4
"""Cost of a place off the middle, compared with that of covering another arrow."""

Size: TypeAlias = tuple[int, int]
"""Letters and lines of a label."""
Placed: TypeAlias = tuple[int, Point | None]
"""Kind of a label, and its middle."""


def labels(
    layout: Layout, curves: Sequence[Curve], kinds: Sequence[Sequence[Size]]
) -> list[Placed]:
    """Return the places of labels, of the longest kind for which there is room.

    Parameters
    ----------
    layout : Layout
    curves : sequence of Curve
    kinds : sequence of sequence of (int, int)
        For each kind, from the longest to the shortest, letters and lines of each arrow's label;
        (0, 0) for no label. All labels of one line have the same kind.

    Returns
    -------
    list of (int, (x, y) or None)
        Kind of each label and its middle; None if there is no room even for the shortest kind.
    """
    placed: list[Placed] = []
    for kind in range(len(kinds)):
        # A label of two lines may have another kind than the others.
        wanted = [sizes if sizes[0][1] > 1 else sizes[kind : kind + 1] for sizes in zip(*kinds)]
        places = _places(layout, curves, wanted)
        placed = [
            (number if len(sizes) > 1 else kind, place)
            for (number, place), sizes in zip(places, wanted)
        ]
        if all(place or not sizes[-1][1] for (_, place), sizes in zip(placed, wanted)):
            break
    return placed


def _places(
    layout: Layout, curves: Sequence[Curve], wanted: Sequence[Sequence[Size]]
) -> list[Placed]:
    points = [curve.at(_ALONG) for curve in curves]
    boxes = [place[:4] for place in (*layout.ends.values(), *layout.titles.values())]
    boxes += [(*curve.tip, _HEAD, _HEAD) for curve in curves]
    placed: list[Placed] = []
    for own, (curve, sizes) in enumerate(zip(curves, wanted)):
        chosen, place = 0, None
        for kind, (letters, lines) in enumerate(sizes):
            chosen = kind
            half_width, half_height = LETTER * letters / 2 + 3, LINE * lines / 2
            half = np.array([half_width, half_height])
            if lines:
                place = _place(layout, _candidates(curve, half), half, boxes, points, own)
            if place:
                boxes.append((*place, half_width, half_height))
                break
        placed.append((chosen, place))
    return placed


def _candidates(curve: Curve, half: FloatArray) -> FloatArray:
    """Return middles of a label, the best one first: on the arrow, but beside a loop."""
    if curve.outwards is None:
        return curve.at(_TIMES)
    return curve.at(_AT_LOOP) + np.array(curve.outwards) * (half + _BESIDE)


def _place(
    layout: Layout,
    candidates: FloatArray,
    half: FloatArray,
    boxes: Sequence[tuple[float, float, float, float]],
    points: Sequence[FloatArray],
    own: int,
) -> Point | None:
    """Return the free place that covers least of the other arrows and not too much of its own."""
    taken = np.array(boxes)
    best, least = None, np.inf
    for order, middle in enumerate(candidates):
        is_outside = middle[0] < half[0] or middle[0] > layout.width - half[0]
        if is_outside or (abs(taken[:, :2] - middle) < taken[:, 2:] + half).all(axis=1).any():
            continue
        covered = [(abs(line - middle) < half).all(axis=1).mean() for line in points]
        others = sum(share > 0 for share in covered) - (covered[own] > 0)
        cost = others + _FARTHER * order / len(candidates)
        if covered[own] <= _MOST_COVERED and others <= _MOST_CROSSED and cost < least:
            best = (round(float(middle[0]), 1), round(float(middle[1]), 1))
            least = cost
    return best
