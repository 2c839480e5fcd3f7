"""Times and amounts as text, with as many decimals as their size or the time step asks for."""

import math

_DIGITS = 3
_MOST_DECIMALS = 6
# A weight is written in full up to this many decimals, so that the sum shown is right in its last
# digit.
_MOST_WEIGHT_DECIMALS = 4


def time_text(milliseconds: float, dt: float) -> str:
    """Write a time with as many decimals as the time step has.

    Examples
    --------
    >>> time_text(4.0, dt=0.1)
    '4.0'
    """
    return f"{milliseconds:.{decimals_of(dt, _MOST_DECIMALS)}f}"


def decimals_of(value: float, most: int) -> int:
    """Count the decimals that it takes to write a number, at most `most`."""
    return next(
        (
            n
            for n in range(most)
            if math.isclose(round(value, n), value, rel_tol=1e-9, abs_tol=1e-12)
        ),
        most,
    )


def amounts(values: list[float], unit: str, exact: float | None = None) -> list[str]:
    """Write numbers with their unit, with the same number of decimals: three digits of the largest.

    Parameters
    ----------
    values : list of float
        In the unit.
    unit : str
    exact : float, optional
        A number to be written in full, unless that takes many more decimals.

    Returns
    -------
    list of str

    Examples
    --------
    >>> amounts([0.2987, 6.0, 6.2987], "mV")
    ['0.30 mV', '6.00 mV', '6.30 mV']
    """
    largest = max(map(abs, values))
    if not 1e-3 <= largest < 1e6:
        return [with_unit(_scientific(value), unit) for value in values]
    decimals = _decimals(largest)
    if exact is not None:
        decimals = max(decimals, decimals_of(exact, _MOST_WEIGHT_DECIMALS))
    return [with_unit(_fixed(value, decimals), unit) for value in values]


def apart(value: float, level: float, unit: str) -> str:
    """Write a number with as many digits as it takes to tell it from another one.

    Examples
    --------
    >>> apart(10.0004, 10.0, "mV")
    '10.0004 mV'
    """
    decimals = _decimals(abs(value))
    while (
        value != level
        and decimals < 15
        and float(f"{value:.{decimals}f}") == float(f"{level:.{decimals}f}")
    ):
        decimals += 1
    return with_unit(_fixed(value, decimals), unit)


def _decimals(largest: float) -> int:
    if not largest:
        return 0
    wanted = _DIGITS - 1 - math.floor(math.log10(largest))
    return min(max(wanted, 0), _MOST_DECIMALS)


def _fixed(value: float, decimals: int) -> str:
    if value == 0:
        return "0"
    text = f"{value:.{decimals}f}"
    return text.replace("-", "" if float(text) == 0 else "−")


def _scientific(value: float) -> str:
    return f"{value:.3g}".replace("-", "−").replace("e+0", "e").replace("e−0", "e−")


def with_unit(number: str, unit: str) -> str:
    """Join a number and its unit, which may be empty."""
    return f"{number} {unit}".rstrip()
