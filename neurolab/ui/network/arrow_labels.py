"""Where on its arrow each label of a network stands, so that it covers no neuron and no other label."""

import numpy as np

LINE = 17
LETTER = 8.0  # with a wide font
_TIMES = np.array([0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8])
_AT_LOOP = np.array([0.5, 0.4, 0.6, 0.25, 0.75])
_BESIDE = 5
_HEAD = 7
_MOST_COVERED = 0.65  # of its own arrow
_MOST_CROSSED = 1  # of others
_ALONG = np.linspace(0.02, 0.98, 25)
_FARTHER = 0.4  # what it costs to stand off the middle, beside the lines that a label covers


def labels(layout, curves, kinds):
    """Places of labels, of the longest kind for which there is room.

    Parameters
    ----------
    layout : Layout
    curves : list of Curve
    kinds : sequence of sequence of (int, int)
        For each kind, from the longest to the shortest, letters and lines of each arrow's label; (0, 0) for none. Labels
        of one line are all of one kind.

    Returns
    -------
    list of (int, (x, y) or None)
        Kind of each label and its middle; None where there is no room even for the shortest.
    """
    for kind in range(len(kinds)):
        wanted = [sizes if sizes[0][1] > 1 else sizes[kind : kind + 1] for sizes in zip(*kinds)]
        found = _places(layout, curves, wanted)
        if all(place or not sizes[-1][1] for (_, place), sizes in zip(found, wanted)):
            break
    return [
        (number if len(sizes) > 1 else kind, place) for (number, place), sizes in zip(found, wanted)
    ]


def _places(layout, curves, wanted):
    points = [curve.at(_ALONG) for curve in curves]
    boxes = [place[:4] for place in (*layout.ends.values(), *layout.titles.values())]
    boxes += [(*curve.tip, _HEAD, _HEAD) for curve in curves]
    found = []
    for own, (curve, sizes) in enumerate(zip(curves, wanted)):
        for kind, (letters, lines) in enumerate(sizes):
            half = np.array([LETTER * letters / 2 + 3, LINE * lines / 2])
            place = (
                _place(layout, _candidates(curve, half), half, np.array(boxes), points, own)
                if lines
                else None
            )
            if place or kind == len(sizes) - 1:
                found.append((kind, place))
                break
        boxes += [(*place, *half)] if place else []
    return found


def _candidates(curve, half):
    """Middles of a label, from the best on: on the arrow, but beside one that comes back."""
    if curve.outwards is None:
        return curve.at(_TIMES)
    return curve.at(_AT_LOOP) + np.array(curve.outwards) * (half + _BESIDE)


def _place(layout, candidates, half, boxes, points, own):
    """The free place that covers least of the other arrows, and lets most of its own be seen."""
    best, least = None, np.inf
    for order, middle in enumerate(candidates):
        outside = middle[0] < half[0] or middle[0] > layout.width - half[0]
        if outside or (abs(boxes[:, :2] - middle) < boxes[:, 2:] + half).all(axis=1).any():
            continue
        covered = [(abs(line - middle) < half).all(axis=1).mean() for line in points]
        others = sum(share > 0 for share in covered) - (covered[own] > 0)
        cost = others + _FARTHER * order / len(candidates)
        if covered[own] <= _MOST_COVERED and others <= _MOST_CROSSED and cost < least:
            best, least = tuple(middle.round(1).tolist()), cost
    return best
