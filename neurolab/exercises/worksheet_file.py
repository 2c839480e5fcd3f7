"""A worksheet's file: its table, and the line of each entry for messages."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from ..errors import LimitError, ParseError
from .tables import Table

MOST_BYTES = 1_000_000
Place: TypeAlias = tuple[str | int, ...]
"""Keys and positions that lead to an entry, such as ``('exercise', 0, 'prompt')``."""

_HEADER = re.compile(r"[ \t]*(\[\[?)\s*([^\[\]]+?)\s*\]\]?")
_ENTRY = re.compile(r"""[ \t]*("[^"\n]*"|'[^'\n]*'|[A-Za-z0-9_.-]+)\s*=""")
_TOKENS = re.compile(
    r"'''.*?(?:'''|\Z)|\"\"\"(?:\\.|.)*?(?:\"\"\"|\Z)|'[^'\n]*'|\"(?:\\.|[^\"\n])*\"|#[^\n]*|[\[\]{}]|\n",
    re.DOTALL,
)


@dataclass(frozen=True)
class WorksheetFile:
    """A file that was read.

    Attributes
    ----------
    path : Path
    table : dict
    lines : dict
        Place of an entry or of a table → its line, counted from 1.
    """

    path: Path
    table: Table
    lines: dict[Place, int]

    def line(self, place: Place) -> int:
        """Return the line of an entry, or of the table around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def is_path(name: str) -> bool:
    """Return whether a name means a file and not a worksheet of the package.

    Examples
    --------
    >>> is_path("connection"), is_path("mine.toml"), is_path("./mine")
    (False, True, True)
    """
    return name.endswith(".toml") or "/" in name or "\\" in name


def read_worksheet_file(path: Path) -> WorksheetFile:
    """Read a worksheet's file.

    Parameters
    ----------
    path : Path

    Raises
    ------
    ParseError
        It is not TOML; the message names the line.
    LimitError
        It is too long.
    OSError
        It cannot be read.
    """
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise LimitError(
            f"The file has more than {MOST_BYTES:,} bytes.",
            where=str(path),
            mend="Give the file of a worksheet.",
        )
    try:
        text = data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ParseError(
            "This line is not a text in UTF-8.",
            where=f"{path}, line {line}",
            mend="Save the file as UTF-8.",
        ) from None
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(str(error), path, text) from None
    except (RecursionError, ValueError, OverflowError):
        raise ParseError(
            "The lists or tables of this file are nested too deeply, or a number is too long.",
            where=f"{path}, line {_deepest_line(text)}",
            mend="Write shorter values.",
        ) from None
    return WorksheetFile(path, table, lines_of(text))


def _not_toml(message: str, path: Path, text: str) -> ParseError:
    """Return the error for a text that is not TOML, with the line that the parser names."""
    found = re.search(r"\(at line (\d+), column \d+\)", message)
    line = int(found[1]) if found else text.rstrip().count("\n") + 1
    problem = re.sub(r"\s*\(at .*", "", message).rstrip(".")
    return ParseError(
        f"This is not TOML: {problem[:1].lower()}{problem[1:200]}.",
        where=f"{path}, line {line}",
        mend="Look for a missing quotation mark, bracket or comma on this line or above it.",
    )


def _deepest_line(text: str) -> int:
    """Return the line with the most brackets or the longest word."""
    lines = text.split("\n")
    weights = [line.count("[") + line.count("{") + len(line) / 1e6 for line in lines]
    return weights.index(max(weights)) + 1


def lines_of(text: str) -> dict[Place, int]:
    """Return the line of each table and of each entry of a text in TOML.

    Examples
    --------
    >>> lines_of("name = 'x'\\n[[exercise]]\\npoints = 1")
    {('name',): 1, ('exercise',): 2, ('exercise', 0): 2, ('exercise', 0, 'points'): 3}
    """
    lines: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    table: Place = ()
    for start in _statements(text):
        line = text.count("\n", 0, start) + 1
        if header := _HEADER.match(text, start):
            table = _table_place(header[2], header[1] == "[[", counts)
            lines.setdefault(table[:-1] if header[1] == "[[" else table, line)
            lines.setdefault(table, line)
        elif entry := _ENTRY.match(text, start):
            lines.setdefault((*table, *_keys(entry[1])), line)
    return lines


def _statements(text: str) -> list[int]:
    """Return where the lines begin that are not inside a string, a list or a table."""
    starts = [0]
    depth = 0
    for token in _TOKENS.finditer(text):
        if token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth -= 1
        elif token[0] == "\n" and depth <= 0:
            starts.append(token.end())
    return starts


def _table_place(header: str, is_list: bool, counts: dict[Place, int]) -> Place:
    """Return the place of a header's table; a list's name leads to its last table."""
    place: Place = ()
    keys = _keys(header)
    for number, key in enumerate(keys, 1):
        place = (*place, key)
        if number == len(keys) and is_list:
            counts[place] = counts.get(place, -1) + 1
        if place in counts:
            place = (*place, counts[place])
    return place


def _keys(dotted: str) -> list[str]:
    if dotted[:1] in "\"'":
        return [dotted.strip("\"'")]
    return [key.strip().strip("\"'") for key in dotted.split(".")]
