"""The items of a typed list, and the meaning of its commas.

Items stand between semicolons, spaces, or commas. A comma directly between two digits can separate
items or be a decimal mark. If the rest of the list decides which, the list is read:

- ``0.5,1.5`` and ``1,4,6``: the commas separate.
- ``0,5; 1,5`` and ``0,5 1,5``: the commas are decimal marks.
- ``0,5`` and ``1,5, 2,5`` can be read in both ways and are refused, and so is ``1 500``.

A list may be enclosed in brackets, and *and* may stand between its items. If an item has a unit
other than ms, all must have one.
"""

import re
from itertools import pairwise

from ..characters import plain, visible
from ..errors import LimitError, ParseError
from .numerals import shortest, unwrapped
from .typed_values import with_unit

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
"""The sign between the ends of a range that is not written with colons."""
_LEADING_ZERO = re.compile(r"0\d", re.ASCII)
_SPACED_THOUSANDS = re.compile(r"(?<![\d.,:eE^*'_-])[1-9]\d{0,2}(?: \d{3})+(?![\d:'_])", re.ASCII)
_COMMA_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+", re.ASCII)
_POINT_THOUSANDS = re.compile(r"(?<![\d.])[1-9]\d{0,2}(?:\.\d{3})+,\d+(?![\d.])", re.ASCII)
_TIGHT = re.compile(r"(?<=\d),(?=\d)", re.ASCII)
_LOOSE = re.compile(r" *, +| +,|(?<!\d),|,(?!\d)", re.ASCII)
"""A comma that is not a decimal mark, because it does not stand between two digits."""


def split_list(text: str, what: str, whole: bool = False) -> list[str]:
    """Split a typed list into its items, in plain characters.

    Parameters
    ----------
    text : str
    what : str
        The word for an item in messages.
    whole : bool
        Whether the items are whole numbers, so that a comma cannot be a decimal mark.

    Returns
    -------
    list of str

    Raises
    ------
    ParseError
        An item is missing, or the list can be read in two ways.
    LimitError

    Examples
    --------
    >>> split_list("0,5; 1,5 and 3 ms", "time")
    ['0,5', '1,5', '3ms']
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
    items = _separated(cleaned, whole)
    _check_items(items, what)
    return items


def _separated(cleaned: str, whole: bool) -> list[str]:
    """Split a list in which only numbers, units and separators are left."""
    spaced = _SPACED_THOUSANDS.search(cleaned)
    if spaced:
        raise _ambiguous(spaced[0], spaced[0].split(" "), [spaced[0].replace(" ", "")])
    has_semicolons = ";" in cleaned
    marked = re.sub(" *; *", ";", _LOOSE.sub(";", cleaned))
    commas_separate = not has_semicolons and ";" in marked
    marked = re.sub(" +", ";", marked)
    if marked != ";":
        marked = marked.removesuffix(";")  # the user has not typed the next item yet
    if whole:
        if not has_semicolons and _TIGHT.search(marked):
            _check_whole(marked)
        return re.split("[;,]", marked)
    is_decimal = has_semicolons or (
        bool(_TIGHT.search(marked)) and _is_decimal(cleaned, marked, commas_separate)
    )
    return marked.split(";") if is_decimal else re.split("[;,]", marked)


def _check_items(items: list[str], what: str) -> None:
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
            mend="Write 5 instead of 05, and a large number without commas or spaces, "
            "such as 100000.",
        )


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


def _check_whole(marked: str) -> None:
    """Refuse whole numbers whose commas may separate groups of three digits.

    Parameters
    ----------
    marked : str
        The list with semicolons in place of all separators except commas between digits.
    """
    grouped = _first_group(marked.split(";"))
    if grouped:
        raise _ambiguous(grouped, grouped.split(","), [grouped.replace(",", "")])


def _first_group(chunks: list[str]) -> str:
    """Return the first number with commas between groups of three digits; empty for none."""
    return next((chunk for chunk in chunks if _COMMA_THOUSANDS.fullmatch(chunk)), "")


def _is_decimal(cleaned: str, marked: str, commas_separate: bool) -> bool:
    """Return whether the commas between digits are decimal marks.

    Parameters
    ----------
    cleaned : str
        The list.
    marked : str
        The list with semicolons in place of all separators except commas between digits.
    commas_separate : bool
        Whether other commas of the list separate its items.

    Raises
    ------
    ParseError
        The list can be read in both ways.
    """
    chunks = marked.split(";")
    separated = re.split("[;,]", marked)
    grouped = _first_group(chunks)
    if not grouped and any(map(_LEADING_ZERO.match, separated)):
        return all(chunk.count(",") < 2 for chunk in chunks) and not re.search(r"[.:]", cleaned)
    if "." in cleaned and not _POINT_THOUSANDS.search(cleaned):
        return False
    in_two_ways = _ambiguous(cleaned, separated, list(map(_with_point, chunks)))
    if "." in cleaned or ":" in cleaned or commas_separate:
        raise in_two_ways
    if len(chunks) > 1:
        if all(chunk.count(",") == 1 for chunk in chunks):
            return True
        raise in_two_ways
    if grouped:
        _refuse_group(grouped, separated)
    if len(separated) == 2:
        raise in_two_ways
    if len(separated) % 2 == 0 and not _ascending(separated):
        pairs = [f"{first}.{second}" for first, second in zip(separated[::2], separated[1::2])]
        raise _ambiguous(cleaned, separated, pairs)
    return False


def _refuse_group(grouped: str, separated: list[str]) -> None:
    """Refuse one number with commas between groups of three digits."""
    if grouped.count(",") > 1:
        raise _ambiguous(grouped, grouped.split(","), [grouped.replace(",", "")])
    raise _ambiguous(grouped, separated, [_with_point(grouped)], [grouped.replace(",", "")])


def _ascending(items: list[str]) -> bool:
    try:
        values = [float(item) for item in items]
    except ValueError:
        return False
    return all(earlier < later for earlier, later in pairwise(values))


def _with_point(chunk: str) -> str:
    """Return a number whose comma is a decimal mark with a decimal point."""
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
