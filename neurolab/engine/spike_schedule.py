"""From spike times in seconds to the steps in which neurons fire."""

from fractions import Fraction

import numpy as np

from ..array_types import FloatArray, IntArray
from ..errors import LimitError, RangeError
from ..grid import Seconds, Steps, to_steps
from .sources import Schedule

_MOST_ROUNDS = 1000
_MOST_SPIKES = 10_000_000


def schedule(
    times: FloatArray, neurons: IntArray, period: Seconds, dt: Seconds, over: Seconds = -1.0
) -> Schedule:
    """Return the schedule of spikes at given times.

    Each spike belongs to the first step that is not before its time.

    Parameters
    ----------
    times : ndarray of float
        Seconds.
    neurons : ndarray of int
    period : float
        Seconds after which the spikes before it repeat; 0 for never. It need not be a whole number
        of steps.
    dt : float
        Seconds.
    over : float
        Spikes up to this time (in seconds) have fired already, perhaps in steps of another length.

    Raises
    ------
    RangeError, LimitError
        The period does not fit the steps after any reasonable number of repetitions.
    """
    if not period:
        to_come = times > over
        return Schedule(to_steps(times[to_come], dt), neurons[to_come])
    within = times < period * (1 - 1e-9)
    rounds, length = _in_steps(period, dt, int(within.sum()))
    # After this many periods, the spikes have the same places within a step again. The first two
    # such blocks are listed, because rounding up can move a spike into the next block; from the
    # third block on, they repeat.
    begin = int(max(over, 0.0) / (rounds * period))
    starts = (begin * rounds + np.arange(3 * rounds)) * period
    times = (starts[:, None] + times[within]).ravel()
    neurons = np.tile(neurons[within], 3 * rounds)
    steps = to_steps(times, dt)
    kept = (times > over) & (steps < (begin + 3) * length)
    return Schedule(steps[kept], neurons[kept], length, (begin + 2) * length)


def _in_steps(period: Seconds, dt: Seconds, count: int) -> tuple[int, Steps]:
    """Return after how many periods, and after how many steps, spikes repeat on the grid."""
    fraction = Fraction(period / dt).limit_denominator(_MOST_ROUNDS)
    rounds = fraction.denominator
    length = fraction.numerator
    if abs(period / dt * rounds - length) > 1e-9 * length:
        raise RangeError(
            f"The period of {period * 1e3:.10g} ms does not fit into time steps of "
            f"{dt * 1e3:g} ms.",
            mend="Choose a multiple or a simple fraction of the time step.",
        )
    if rounds * count > _MOST_SPIKES:
        raise LimitError(
            f"{count:,} spikes lie on the same steps again only after {rounds} periods.",
            mend="Choose a period that is a whole number of time steps.",
        )
    to_steps(length * dt, dt)  # refuses what lies beyond all steps
    return rounds, length
