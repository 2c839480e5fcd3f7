"""Round numbers, for the ticks and ends of axes: 1, 2 or 5 times a power of ten."""

import math


def next_round(number: float) -> float:
    """Return the round number after a round number.

    Examples
    --------
    >>> next_round(0.2), next_round(5.0)
    (0.5, 10.0)
    """
    return number * (2.5 if f"{number:e}"[0] == "2" else 2.0)


def round_step(least: float) -> float:
    """Return the smallest round number that is at least `least`.

    Examples
    --------
    >>> round_step(0.13)
    0.2
    """
    step = 10.0 ** math.floor(math.log10(least))
    while step < least * (1 - 1e-9):
        step = next_round(step)
    return step


def multiples(step: float, low: float, high: float) -> list[float]:
    """Return the multiples of a step from `low` to `high`.

    Examples
    --------
    >>> multiples(0.1, 0.0, 0.3)
    [0.0, 0.1, 0.2, 0.3]
    """
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [float(f"{place * step:.12g}") for place in range(first, last + 1)]
