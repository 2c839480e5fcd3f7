"""The shape of a drawn curve beside that of a trace: jumps, their times and sizes, and the rest.

A drawing is judged as a person would judge it: the jumps are compared one by one, and the course
between them after the drawn jumps have been moved to the times of the true ones.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ..array_types import BoolArray, FloatArray
from ..experiment.typed_values import format_short
from .curves import listed

_POINTS = 600  # of the grid on which the curves are compared
_WIDTH = 0.06  # of the hidden time: the width of a jump that is drawn by hand
_LATE = 0.08  # of the hidden time: the largest error of a jump's time
_LEAST_JUMP = 0.15  # of the range of the trace: smaller steps between samples are not jumps
_SIZES = (0.6, 1.5)  # drawn size of a jump relative to the true one


class Jump(NamedTuple):
    """A sudden change of a curve."""

    time: float
    """In ms."""
    size: float
    """Net change, in the variable's SI unit."""


class Comparison(NamedTuple):
    """The result of comparing a drawing with a trace."""

    passed: bool
    words: str
    """Sentences on what was seen in the drawing."""


def compare(
    times: FloatArray, trace: FloatArray, drawn: FloatArray, tolerance: float
) -> Comparison:
    """Compare a drawing with the hidden part of a trace.

    Parameters
    ----------
    times, trace : ndarray, shape (steps,)
        The hidden part of the trace: times in ms, values in SI units.
    drawn : ndarray, shape (corners, 2)
        Times in ms and values in SI units; it begins at the last visible time.
    tolerance : float
        The part of a flat line's error that may be left.
    """
    true = jumps_of_trace(times, trace)
    grid = np.linspace(times[0], times[-1], _POINTS)
    values = np.interp(grid, drawn[:, 0], drawn[:, 1])
    seen = jumps_of_drawing(grid, values, _smallest(times, trace, true))
    if len(seen) != len(true):
        return Comparison(False, f"{_count(seen)} The trace has a different number of jumps.")
    smooth = np.interp(grid, times, trace)
    measured = jumps_of_drawing(grid, smooth, _smallest(times, trace, true))
    if len(measured) == len(true):
        # Both are measured alike, with the decay within the width of a drawn jump.
        true = [Jump(one.time, other.size) for one, other in zip(true, measured)]
    wrong = [
        sentence for pair in zip(seen, true) for sentence in _faults(*pair, times[-1] - times[0])
    ]
    if wrong:
        return Comparison(False, f"{_count(seen)} {' '.join(wrong)}")
    share, sentence = _course(times, trace, grid, values, seen, true)
    opening = f"{_count(seen)} " if true else ""
    removed = f"Your curve removes {max(0, round(100 * share))} % of a flat line's error"
    if share >= 1 - tolerance:
        return Comparison(True, f"{opening}{removed}.")
    needed = f"{removed} ({round(100 * (1 - tolerance))} % needed)."
    return Comparison(False, f"{opening}{needed} {sentence}")


def jumps_of_trace(times: FloatArray, trace: FloatArray) -> list[Jump]:
    """Find the jumps of a trace; a spike and its reset count as one net jump."""
    steps = np.diff(trace)
    spread = float(np.ptp(trace)) or 1.0
    width = _WIDTH * float(times[-1] - times[0])
    jumps: list[Jump] = []
    for place in np.flatnonzero(np.abs(steps) > _LEAST_JUMP * spread):
        jump = Jump(float(times[place + 1]), float(steps[place]))
        if jumps and jump.time - jumps[-1].time < width:
            jumps[-1] = Jump(jumps[-1].time, jumps[-1].size + jump.size)
        else:
            jumps.append(jump)
    return jumps


def jumps_of_drawing(grid: FloatArray, values: FloatArray, least: float) -> list[Jump]:
    """Find the jumps of a drawing: changes of at least `least` within a short time.

    A spike that is drawn up and down again counts as one jump, like a spike and its reset.
    """
    width = max(2, round(_WIDTH * len(grid)))
    changes = values[width:] - values[:-width]
    ups = _runs(changes >= least)
    downs = _runs(changes <= -least)
    jumps = []
    for first, last in _joined(sorted(ups + downs), width):
        end = last + width
        # Steep parts count most, so that the decay before and after a jump does not move it.
        weights = np.diff(values[first : end + 1]) ** 2
        middle = first + round(float((weights * np.arange(len(weights))).sum() / weights.sum()))
        before = values[max(first, middle - width)]
        after = values[min(end, middle + width)]
        jumps.append(Jump(float(grid[middle]), float(after - before)))
    return jumps


def _joined(runs: list[tuple[int, int]], width: int) -> list[tuple[int, int]]:
    """Join runs that follow each other within the width of a jump."""
    joined: list[tuple[int, int]] = []
    for first, last in runs:
        if joined and first - joined[-1][1] <= width:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def _runs(marked: BoolArray) -> list[tuple[int, int]]:
    """Return the first and the last place of each uninterrupted run of true values."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], marked.astype(int), [0]])))
    return [(int(first), int(last) - 1) for first, last in zip(edges[::2], edges[1::2])]


def _smallest(times: FloatArray, trace: FloatArray, true: Sequence[Jump]) -> float:
    """Choose the smallest change that counts as a drawn jump."""
    width = max(1, round(_WIDTH * len(times)))
    changes = np.abs(trace[width:] - trace[:-width])
    for jump in true:
        near = np.abs(times[width:] - width / 2 * (times[1] - times[0]) - jump.time)
        changes = np.where(near < _WIDTH * (times[-1] - times[0]), 0.0, changes)
    smooth = 1.3 * float(changes.max(initial=0.0))
    if not true:
        return max(1.6 * smooth, 0.35 * float(np.ptp(trace)))
    return max(smooth, 0.45 * min(abs(jump.size) for jump in true))


def _count(jumps: Sequence[Jump]) -> str:
    if not jumps:
        return "Your curve has no jump."
    where = listed([format_short(jump.time) for jump in jumps])
    number = {1: "one jump", 2: "two jumps", 3: "three jumps"}.get(
        len(jumps), f"{len(jumps)} jumps"
    )
    return f"Your curve has {number}, at about {where} ms."


def _faults(seen: Jump, true: Jump, duration: float) -> list[str]:
    """Name the errors of one drawn jump."""
    name = f"The jump at about {format_short(seen.time)} ms"
    if seen.size * true.size < 0:
        return [f"{name} goes in the wrong direction."]
    faults = []
    late = seen.time - true.time
    if abs(late) > _LATE * duration + 1e-9:
        faults.append(f"{name} comes too {'late' if late > 0 else 'early'}.")
    ratio = seen.size / true.size
    if not _SIZES[0] <= ratio <= _SIZES[1]:
        faults.append(f"{name} is too {'large' if ratio > 1 else 'small'}.")
    return faults


def _course(
    times: FloatArray,
    trace: FloatArray,
    grid: FloatArray,
    values: FloatArray,
    seen: Sequence[Jump],
    true: Sequence[Jump],
) -> tuple[float, str]:
    """Compare the curves after the drawn jumps were moved to the true times.

    Returns
    -------
    share : float
        The part of a flat line's error that the drawing removes.
    sentence : str
        Where the drawing is farthest from the trace.
    """
    own = [times[0], *(jump.time for jump in true), times[-1]]
    drawn = [times[0], *(jump.time for jump in seen), times[-1]]
    moved = np.interp(times, own, drawn) if np.all(np.diff(drawn) > 0) else times
    error = np.interp(moved, grid, values) - trace
    # At a jump itself, a few samples of a hand-drawn line lie between both levels.
    width = _WIDTH * (times[-1] - times[0])
    for jump in true:
        error = np.where(np.abs(times - jump.time) < width, 0.0, error)
    flat = trace - values[0]
    measure = float(np.sqrt(np.mean(flat**2))) or float(np.abs(trace).max()) or 1.0
    share = 1.0 - float(np.sqrt(np.mean(error**2))) / measure
    place = int(np.abs(error).argmax())
    side = "high" if error[place] > 0 else "low"
    return share, (
        f"The largest gap is at {format_short(float(times[place]))} ms, "
        f"where your curve is too {side}."
    )
