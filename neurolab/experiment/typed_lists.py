"""Typed lists: spike times and numbers of neurons, by the same grammar of numbers as single values.

Items stand between semicolons, spaces, or commas. A comma directly between two digits can separate or be a decimal
mark. Where the rest of the list settles which, the list is taken:

- ``0.5,1.5`` and ``1,4,6``: the commas separate.
- ``0,5; 1,5`` and ``0,5 1,5``: the commas are decimal marks.
- ``0,5`` and ``1,5, 2,5`` can be read in both ways and are refused, and so is ``1 500``.

A list may stand in brackets, and *and* may stand between its items. If an item has a unit other than ms, all have one.
"""

import math
import re
from itertools import pairwise

from ..characters import plain, visible
from ..errors import (
    LimitError,
    NeurolabError,
    ParseError,
    RangeError,
    UndefinedNameError,
    UnitsError,
)
from .numerals import LARGEST, shortest, unwrapped
from .typed_values import check_units, format_number, parse_number, parse_whole, with_unit

MAX_SPIKES = 500
LONGEST = 20_000
"""Characters of a list."""

_GLUE = (
    (re.compile(r" *,? *(?:\b(?:and|und|et)\b|&) *", re.ASCII | re.IGNORECASE), " , "),
    (re.compile(r"(?<=[\d.,)]) +(?=[A-Za-z])", re.ASCII), ""),  # a number and its unit
    (re.compile(r" *([*:^]+|[xX](?= *10[*^ ])) *", re.ASCII), r"\1"),  # powers of ten and ranges
)
_WITH_UNIT_AFTER = re.compile(r"(?P<list>[(\[{].*[)\]}]) ?\*? ?(?P<unit>[A-Za-z]\w*)", re.ASCII)
_NEURON_AND_TIME = re.compile(r"\( *\d+ *, *[\d.]+ ?\*? ?[A-Za-z]\w* *\)", re.ASCII)
_DASH = re.compile(
    r"(?<![\d.][eE])(?<![\d.] [eE])(?<=[\dA-Za-z.,])-(?=[\d.])|(?<=[\dA-Za-z.,]) - (?=[\d.])"
    r"|(?<=[\dA-Za-z ])(?:\.\.\.?|…|\bto\b) ?(?=[\d.-])",
    re.ASCII | re.IGNORECASE,
)
"""What stands between the ends of a range, if it is not written with colons."""
_LEADING_ZERO = re.compile(r"0\d", re.ASCII)
_SPACED_THOUSANDS = re.compile(r"(?<![\d.,:eE^*'_-])[1-9]\d{0,2}(?: \d{3})+(?![\d:'_])", re.ASCII)
_COMMA_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+", re.ASCII)
_POINT_THOUSANDS = re.compile(r"(?<![\d.])[1-9]\d{0,2}(?:\.\d{3})+,\d+(?![\d.])", re.ASCII)
_TIGHT = re.compile(r"(?<=\d),(?=\d)", re.ASCII)
_LOOSE = re.compile(r" *, +| +,|(?<!\d),|,(?!\d)", re.ASCII)
"""A comma that is no decimal mark, because it does not stand between two digits."""


def parse_times(text: str) -> tuple[float, ...]:
    """Read a list of spike times.

    Parameters
    ----------
    text : str
        ``'1, 4'``, ``'1 ms, 4ms'``, ``'10:50:10'`` (from 10 to 50 in steps of 10).

    Returns
    -------
    tuple of float
        In ms, in order of time, each once.

    Raises
    ------
    ParseError, RangeError, LimitError, UnitsError, UnknownNameError
    """
    times = []
    items = split_list(text, "time")
    check_units(text, items, "ms", ", ")
    for item in items:
        times += _range(item) if ":" in item else [_time(item)]
        if len(times) > MAX_SPIKES:
            raise LimitError(f"There are more than {MAX_SPIKES} spikes.", mend="Write fewer times.")
    return tuple(sorted(set(times)))


def format_times(times) -> str:
    """A list of spike times as text, in order; `parse_times` reads it back."""
    return ", ".join(format_number(time) for time in sorted(set(times)))


def parse_neurons(text: str, size: int, most: int) -> tuple[int, ...]:
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
    ParseError, RangeError, LimitError, UnitsError
    """
    found = []
    for item in split_list(text, "neuron", whole=True):
        ends = [_neuron(part, item) for part in item.split(":")]
        if len(ends) > 2:
            raise ParseError(
                f"'{visible(item, 30)}' is not a range of neurons.",
                mend="Write first:last, such as 10:12.",
            )
        first, last = ends[0], ends[-1]
        if last < first:
            raise RangeError(
                f"'{visible(item, 30)}' goes nowhere.", mend="Write first:last, such as 10:12."
            )
        if max(ends) >= size:
            raise RangeError(
                f"There is no trace of neuron {max(ends)}.",
                mend=f"Write neurons from 0 to {size - 1}.",
            )
        if len(found) + last - first + 1 > most:
            raise LimitError(
                f"These are more than {most} neurons.",
                mend="Write fewer, so that the curves can be told apart.",
            )
        found += range(first, last + 1)
    if not found:
        raise ParseError("No neuron is named.", mend="Write numbers such as 0, 1, 5.")
    return tuple(dict.fromkeys(found))


def split_list(text: str, what: str, whole: bool = False) -> list[str]:
    """The items of a typed list, in plain characters.

    Parameters
    ----------
    text : str
    what : str
        How messages name an item.
    whole : bool
        The items are whole numbers, so that a comma cannot be a decimal mark.

    Returns
    -------
    list of str

    Raises
    ------
    ParseError
        An item is missing, or the list can be read in two ways.
    LimitError
    """
    if len(text) > LONGEST:
        raise LimitError(
            f"This list has {len(text):,} characters.", mend=f"Write at most {LONGEST:,}."
        )
    check_pairs(text)
    cleaned = " ".join(plain(text).split())
    after = _WITH_UNIT_AFTER.fullmatch(cleaned)
    if after:
        return [with_unit(item, after["unit"]) for item in split_list(after["list"], what, whole)]
    cleaned = unwrapped(cleaned)
    if _DASH.search(cleaned):
        form = "first:last, such as 10:12" if whole else "first:last:step, such as 10:50:10"
        raise ParseError(
            f"'{visible(cleaned, 30)}' is not a list.", mend=f"Write a range as {form}."
        )
    for pattern, replacement in _GLUE:
        cleaned = pattern.sub(replacement, cleaned)
    if not cleaned:
        return []
    spaced = _SPACED_THOUSANDS.search(cleaned)
    if spaced:
        raise _ambiguous(spaced[0], spaced[0].split(" "), [spaced[0].replace(" ", "")])
    semicolons = ";" in cleaned
    marked = re.sub(" *; *", ";", _LOOSE.sub(";", cleaned))
    commas_apart = not semicolons and ";" in marked
    marked = re.sub(" +", ";", marked)
    if marked != ";":
        marked = marked.removesuffix(";")  # the next item is still to be typed
    decimal = (
        semicolons
        or bool(_TIGHT.search(marked))
        and _is_decimal(cleaned, marked, commas_apart, whole)
    )
    items = marked.split(";") if decimal and not whole else re.split("[;,]", marked)
    if not all(items):
        raise ParseError(
            f"A {what} is missing between two commas.", mend="Write a list such as 1, 4."
        )
    enclosed = next((item for item in items if item[0] in "([{"), "")
    if enclosed:
        raise ParseError(
            f"'{visible(enclosed, 30)}' is not a {what}.", mend="Write a list such as 1, 4."
        )
    padded = next(filter(_LEADING_ZERO.match, items), "")
    if padded:
        raise ParseError(
            f"The number '{visible(padded, 30)}' starts with a 0.",
            mend="Write 5 instead of 05, and a large number without commas or spaces, such as 100000.",
        )
    return items


def check_pairs(text: str) -> None:
    """Refuse pairs of a neuron and a time, such as ``(0, 1*ms)``, which are not lists of times.

    Raises
    ------
    ParseError
    """
    pair = _NEURON_AND_TIME.search(plain(text[:LONGEST]))
    if pair:
        raise ParseError(
            f"'{visible(pair[0], 30)}' is a neuron with a time.",
            mend="Write only the times of this neuron, such as 1, 4.",
        )


def _is_decimal(cleaned: str, marked: str, commas_apart: bool, whole: bool) -> bool:
    """Whether the commas between digits are decimal marks.

    Parameters
    ----------
    cleaned : str
        The list.
    marked : str
        The list with semicolons in place of everything that separates in any case.
    commas_apart : bool
        Other commas of the list separate.
    whole : bool
        The items are whole numbers.

    Raises
    ------
    ParseError
        They may be, or may not be.
    """
    chunks, separated = marked.split(";"), re.split("[;,]", marked)
    grouped = next((chunk for chunk in chunks if _COMMA_THOUSANDS.fullmatch(chunk)), "")
    in_groups = _ambiguous(grouped, grouped.split(","), [grouped.replace(",", "")])
    if not whole and not grouped and any(map(_LEADING_ZERO.match, separated)):
        return all(chunk.count(",") < 2 for chunk in chunks) and not re.search(r"[.:]", cleaned)
    in_two_ways = _ambiguous(cleaned, separated, list(map(_with_point, chunks)))
    if whole and grouped:
        raise in_groups
    if whole or "." in cleaned and not _POINT_THOUSANDS.search(cleaned):
        return False
    if "." in cleaned or ":" in cleaned or commas_apart:
        raise in_two_ways
    if len(chunks) > 1:
        if all(chunk.count(",") == 1 for chunk in chunks):
            return True
        raise in_two_ways
    if grouped.count(",") > 1:
        raise in_groups
    if len(separated) == 2 and grouped:
        raise _ambiguous(grouped, separated, [_with_point(grouped)], [grouped.replace(",", "")])
    if len(separated) == 2:
        raise in_two_ways
    if len(separated) % 2 == 0 and not _ascending(separated):
        pairs = [f"{first}.{second}" for first, second in zip(separated[::2], separated[1::2])]
        raise _ambiguous(cleaned, separated, pairs)
    return False


def _ascending(items: list[str]) -> bool:
    try:
        values = [float(item) for item in items]
    except ValueError:
        return False
    return all(earlier < later for earlier, later in pairwise(values))


def _with_point(chunk: str) -> str:
    """A number whose comma is a decimal mark, with a decimal point."""
    if "." in chunk and "," in chunk:
        chunk = chunk.replace(".", "")
    return shortest(chunk.replace(",", "."))


def _ambiguous(shown: str, *readings: list[str]) -> ParseError:
    possible = [items for items in readings if not any(map(_LEADING_ZERO.match, items))]
    if len(possible) < 2:
        possible = [
            [item.lstrip("0") or "0" if item.isdecimal() else item for item in items]
            for items in readings
        ]
    written = [visible(", ".join(items)) for items in possible]
    quoted = [f"'{reading}'" for reading in written]
    return ParseError(
        f"'{visible(shown, 30)}' can mean {' or '.join(written)}.",
        mend=f"Write {' or '.join(quoted)}.",
    )


def _time(item: str) -> float:
    try:
        value = parse_number(item, "ms", "time")
    except NeurolabError as error:
        if (
            isinstance(error, (UndefinedNameError, UnitsError, RangeError))
            or "can mean" in error.problem
        ):
            raise
        raise ParseError(
            f"'{visible(item, 30)}' is not a time.", mend="Write a list such as 1, 4."
        ) from None
    if value < 0:
        raise RangeError(
            f"{visible(item, 30)} lies before the start.", mend="Write times from 0 ms on."
        )
    return value


def _range(item: str) -> list[float]:
    parts = item.split(":")
    if len(parts) not in (2, 3) or not all(parts):
        raise ParseError(
            f"'{visible(item, 30)}' is not a range.",
            mend="Write first:last:step, such as 10:50:10.",
        )
    first, last = (_time(part) for part in parts[:2])
    step = parse_number(parts[2], "ms", "step") if len(parts) == 3 else 1.0
    if step <= 0 or last < first:
        raise RangeError(
            f"'{visible(item, 30)}' goes nowhere.",
            mend="Write first:last:step with a step above 0, such as 10:50:10.",
        )
    if (last - first) / step > MAX_SPIKES:
        raise LimitError(
            f"'{visible(item, 30)}' has more than {MAX_SPIKES} spikes.", mend="Write a larger step."
        )
    count = math.floor((last - first) / step + 1e-9) + 1
    return [float(f"{first + k * step:.12g}") for k in range(count)]


def _neuron(part: str, item: str) -> int:
    try:
        value = parse_whole(part, "neuron")
    except NeurolabError as error:
        if "can mean" in error.problem:
            raise
        raise ParseError(
            f"'{visible(item, 30)}' is not a neuron.", mend="Write numbers such as 0, 1, 5."
        ) from None
    if not 0 <= value < LARGEST:
        raise ParseError(
            f"'{visible(item, 30)}' is not a neuron.", mend="Write numbers such as 0, 1, 5."
        )
    return value
