"""Typed names of units, with help for a wrong case and for a million instead of a thousandth."""

from functools import lru_cache

from ..errors import UndefinedNameError, UnitsError
from ..units import Dimension, dimension_name, registry, unit

_SPELLED_OUT = {"V": "volt", "A": "amp", "s": "second", "S": "siemens", "F": "farad"}
_COMMON = (
    "ms",
    "us",
    "ns",
    "s",
    "mV",
    "uV",
    "nV",
    "kV",
    "V",
    "mA",
    "uA",
    "nA",
    "pA",
    "A",
    "mS",
    "uS",
    "nS",
    "pS",
    "S",
    "ohm",
    "kohm",
    "Mohm",
    "Gohm",
    "Hz",
    "kHz",
    "MHz",
    "F",
    "uF",
    "nF",
    "pF",
    "volt",
    "mvolt",
    "second",
    "seconds",
    "msecond",
    "millisecond",
    "milliseconds",
    "millivolt",
    "millivolts",
    "amp",
    "siemens",
    "farad",
    "hertz",
)
_MILLIONS = ("ohm", "hertz", "joule", "watt", "newton")
"""Units of which millions are in use, as in Mohm."""
_MEASURED = {
    "second": "time",
    "volt": "voltage",
    "amp": "current",
    "siemens": "conductance",
    "ohm": "resistance",
    "farad": "capacitance",
    "hertz": "frequency",
    "metre": "length",
}


@lru_cache(maxsize=256)
def typed_unit(name: str) -> str:
    """Read the name of a unit that a person has typed.

    Parameters
    ----------
    name : str
        Such as ``'mV'``, ``'volt'`` or ``'V'``; empty for no unit.

    Returns
    -------
    str
        A name that `neurolab.units.unit` knows.

    Raises
    ------
    UndefinedNameError
        It is not a unit.
    UnitsError
        It is a million of a unit of which a thousandth is probably meant, such as ``'MV'``.

    Examples
    --------
    >>> typed_unit("V")
    'volt'
    >>> typed_unit("MV")
    Traceback (most recent call last):
    neurolab.errors.UnitsError: 'MV' means a million volts. Write mV for millivolts.
    """
    name = _SPELLED_OUT.get(name, name)
    try:
        unit(name)
    except UndefinedNameError:
        raise UndefinedNameError(f"'{name:.30}' is not a unit.", mend=_suggestion(name)) from None
    _check_million(name)
    return name


def _suggestion(name: str) -> str:
    meant = [known for known in _COMMON if known.lower() == name.lower()]
    if meant:
        return f"Did you mean {' or '.join(meant)}?"
    return "Write one such as mV, ms, nS, pA, Mohm or Hz."


def _check_million(name: str) -> None:
    for prefix, base, _ in registry.parse_unit_name(name):
        if prefix == "mega" and base not in _MILLIONS:
            many = base if base.endswith("s") else f"{base}s"
            or_time = " or ms for milliseconds" if name == "MS" else ""
            raise UnitsError(
                f"'{name}' means a million {many}.",
                mend=f"Write m{name[1:]} for milli{many}{or_time}.",
            )


def measured(dimension: Dimension) -> str:
    """Return the word for a dimension, such as ``'voltage'``, or a phrase with its unit.

    Examples
    --------
    >>> measured(unit("mV")[1])
    'voltage'
    """
    name = dimension_name(dimension)
    return _MEASURED.get(name, f"value in {name}")


def wrong_dimension(name: str, dimension: Dimension, wanted_dimension: Dimension) -> str:
    """Return the sentence that a unit has another dimension than is needed.

    Parameters
    ----------
    name : str
        The unit, as it was typed.
    dimension, wanted_dimension : pint.util.UnitsContainer

    Returns
    -------
    str
        One sentence.
    """
    given = _MEASURED.get(dimension_name(dimension))
    wanted = _MEASURED.get(dimension_name(wanted_dimension))
    if given and wanted:
        return f"'{name}' is a unit of {given}, not of {wanted}."
    if wanted:
        return f"'{name}' is not a unit of {wanted}."
    return f"'{name}' is a unit of {given or dimension_name(dimension)}."
