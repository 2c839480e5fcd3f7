"""What a person types into a control: numbers with units, and lists of spike times."""

import math
import re

from ..errors import LimitError, NeurolabError, ParseError, RangeError, UnitsError
from ..units import dimension_name, unit

MAX_SPIKES = 500
LARGEST = 1e30
_NUMBER = re.compile(r"\s*([+\-−]?(?:\d+\.?\d*|\.\d+)(?:[eE][+\-]?\d+)?)\s*([A-Za-zµΩ][\w]*)?\s*\Z", re.ASCII)


def parse_number(text, unit_name=""):
    """Read a number, with or without a unit.

    Parameters
    ----------
    text : str
        ``'5'``, ``'5 ms'``, ``'0.005 second'``, ``'-3'``; a comma is read as a decimal point.
    unit_name : str
        The unit in which the number is meant if it has none, and in which the result is given.

    Returns
    -------
    float

    Raises
    ------
    ParseError, RangeError, UnitsError, UnknownNameError
    """
    cleaned = text.strip().replace("−", "-")
    if re.fullmatch(r"[+\-]?\d+,\d+\D*", cleaned):
        cleaned = cleaned.replace(",", ".")
    match = _NUMBER.match(cleaned)
    if not match:
        given = f"'{cleaned:.30}' is not a number" if cleaned else "there is no number here"
        raise ParseError(given, expected=f"one such as 3 or 2.5{' ' + unit_name if unit_name else ''}")
    value = float(match[1])
    if not abs(value) <= LARGEST:
        raise RangeError(f"{cleaned:.30} is too large")
    if 0 < abs(value) < 1 / LARGEST:
        raise RangeError(f"{cleaned:.30} is too small")
    if not match[2] or match[2] == unit_name:
        return value
    factor, dimension = unit(_spelled(match[2]))
    own_factor, own_dimension = unit(unit_name)
    if dimension != own_dimension:
        raise UnitsError(f"'{match[2]}' is a unit of {dimension_name(dimension)}",
                         expected=f"a number in {unit_name}" if unit_name else "a number without a unit")
    return float(f"{value * (factor / own_factor):.12g}")


def _spelled(name):
    return {"V": "volt", "A": "amp", "s": "second", "S": "siemens", "F": "farad"}.get(name, name)


def parse_times(text, duration):
    """Read a list of spike times.

    Parameters
    ----------
    text : str
        ``'1, 4'``, ``'1 ms, 4ms'``, ``'10:50:10'`` (from 10 to 50 in steps of 10); commas, semicolons or spaces between.
    duration : float
        Length of the run in ms; a spike must come before its end.

    Returns
    -------
    tuple of float
        In ms, in order of time, each once.

    Raises
    ------
    ParseError, RangeError, LimitError
    """
    cleaned = re.sub(r"(?<=[\d.])\s+(?=[A-Za-zµ])", "", text.strip().replace("−", "-"))
    if not cleaned:
        return ()
    times = []
    for item in re.split(r"\s*[,;]\s*|\s+", cleaned):
        if not item:
            raise ParseError("a time is missing between two commas", expected="a list such as 1, 4")
        times += _range(item, duration) if ":" in item else [_time(item, duration)]
        if len(times) > MAX_SPIKES:
            raise LimitError(f"there are more than {MAX_SPIKES} spikes", expected="fewer")
    return tuple(sorted(set(times)))


def _time(item, duration):
    try:
        value = parse_number(item, "ms")
    except NeurolabError as error:
        if isinstance(error, (UnitsError, RangeError)):
            raise
        raise ParseError(f"'{item:.30}' is not a time", expected="a list such as 1, 4") from None
    if value < 0:
        raise RangeError(f"{item} lies before the start", expected=f"times from 0 to {duration:g} ms")
    if value >= duration:
        raise RangeError(f"{value:g} ms lies after the end", expected=f"times before {duration:g} ms",
                         mend="Choose an earlier time, or a longer duration.")
    return value


def _range(item, duration):
    parts = item.split(":")
    if len(parts) not in (2, 3) or not all(parts):
        raise ParseError(f"'{item:.30}' is not a range", expected="first:last:step, such as 10:50:10")
    first, last = (_time(part, math.inf) for part in parts[:2])
    step = parse_number(parts[2], "ms") if len(parts) == 3 else 1.0
    if step <= 0 or last < first:
        raise RangeError(f"'{item:.30}' goes nowhere", expected="first:last:step with a step above 0, such as 10:50:10")
    if (last - first) / step > MAX_SPIKES:
        raise LimitError(f"'{item:.30}' has more than {MAX_SPIKES} spikes", expected="a larger step")
    count = math.floor((last - first) / step + 1e-9) + 1
    values = [float(f"{first + k * step:.12g}") for k in range(count)]
    if values[-1] >= duration:
        _time(f"{values[-1]:g}", duration)
    return values


def parse_ends(text, unit_name=""):
    """Read the two ends of a range of values, such as ``-60 to -50``, in any order; one number is both.

    Returns
    -------
    low, high : float
        In the unit.
    """
    ends = sorted(parse_number(part, unit_name) for part in re.split(r"\s*(?:\bto\b|…|\.\.)\s*", text.strip()))
    if len(ends) > 2:
        raise ParseError(f"'{text.strip():.40}' has more than two ends", expected="two values, such as -60 to -50")
    return ends[0], ends[-1]


def format_ends(low, high):
    """A range of values as text; `parse_ends` reads it back."""
    return f"{format_number(low)} to {format_number(high)}"


def parse_neurons(text, size, most):
    """Read a list of neurons.

    Parameters
    ----------
    text : str
        ``'0, 3, 10:12'``; ``10:12`` is 10, 11, 12.
    size : int
        Neurons are 0 … size - 1.
    most : int
        How many may be named.

    Returns
    -------
    tuple of int
        In the order given, each once.

    Raises
    ------
    ParseError, RangeError, LimitError
    """
    found = []
    for item in filter(None, re.split(r"[\s,;]+", text)):
        match = re.fullmatch(r"(\d{1,9})(?::(\d{1,9}))?", item, re.ASCII)
        if not match:
            raise ParseError(f"'{item:.30}' is no neuron", expected="numbers such as 0, 1, 5")
        first, last = int(match[1]), int(match[2] or match[1])
        if max(first, last) >= size:
            raise RangeError(f"there is no trace of neuron {max(first, last)}", expected=f"neurons from 0 to {size - 1}")
        if len(found) + last - first + 1 > most:
            raise LimitError(f"these are more than {most} neurons", expected="fewer, so that the curves can be told apart")
        found += range(first, last + 1)
    if not found:
        raise ParseError("no neuron is named", expected="numbers such as 0, 1, 5")
    return tuple(dict.fromkeys(found))


def parse_parameter(text):
    """Read the definition of a new parameter, such as ``tau_c = 5 ms``.

    Returns
    -------
    name : str
    value : float
    unit_name : str
    """
    match = re.match(r"\s*([A-Za-z_]\w*)\s*=\s*(.+?)\s*\Z", text, re.ASCII)
    if not match:
        raise ParseError(f"'{text.strip():.40}' defines nothing", expected="a line such as tau_c = 5 ms")
    number = re.match(r"([+\-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+\-]?\d+)?)\s*\*?\s*([A-Za-z]\w*)?\Z", match[2], re.ASCII)
    if not number:
        raise ParseError(f"'{match[2]:.30}' is not a value", expected="a number and a unit, such as 5 ms")
    unit_name = _spelled(number[2]) if number[2] else ""
    unit(unit_name)
    return match[1], parse_number(number[1]), unit_name


def format_number(value):
    """A number as a person would write it: no trailing zeros, at most six digits where they suffice."""
    short = f"{value:.6g}"
    return short if math.isclose(float(short), value, rel_tol=1e-9, abs_tol=1e-300) else f"{value:.12g}"


def format_short(value):
    """A number to be read, not to be read back: three digits, a true minus sign, and 0 for what is only rounding."""
    return format_number(float(f"{value:.3g}")).replace("-", "−") if abs(value) > 1e-9 else "0"


def format_times(times):
    """A list of spike times as text, in order; `parse_times` reads it back."""
    return ", ".join(format_number(time) for time in sorted(set(times)))


