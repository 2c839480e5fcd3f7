"""From a table of a worksheet's file to a value, with every entry checked: the file is written by a person."""

from dataclasses import MISSING, fields
from types import UnionType
from typing import get_args

from ..errors import ParseError


def built(kind, table, **known):
    """A dataclass from a table.

    Parameters
    ----------
    kind : type
        A dataclass whose annotations are types; lists become tuples.
    table : dict
    **known
        Values that the table does not hold.

    Raises
    ------
    ParseError
        An entry is unknown, missing, or of another type.
    """
    entries = {entry.name: entry for entry in fields(kind) if entry.name not in known}
    for name in table:
        if name not in entries:
            raise ParseError(
                f"there is an entry '{name}'",
                where=kind.__name__,
                expected="one of " + ", ".join(entries),
            )
    missing = [
        name for name, entry in entries.items() if name not in table and entry.default is MISSING
    ]
    if missing:
        raise ParseError("entries are missing", where=kind.__name__, expected=", ".join(missing))
    return kind(
        **known, **{name: _checked(value, entries[name], kind) for name, value in table.items()}
    )


def _checked(value, entry, kind):
    if isinstance(value, list):
        value = tuple(value)
    wanted = get_args(entry.type) if isinstance(entry.type, UnionType) else (entry.type,)
    origins = tuple(getattr(each, "__origin__", each) for each in wanted)
    if float in origins and type(value) is int:
        value = float(value)
    if not isinstance(value, origins) or isinstance(value, bool) and bool not in origins:
        raise ParseError(
            f"{entry.name} is {value!r:.60}",
            where=kind.__name__,
            expected=" or ".join(each.__name__ for each in origins),
        )
    return value


def chosen(kinds, table, key):
    """Which of the kinds a table names under this key, and the rest of the table."""
    name = table.get(key) if isinstance(table, dict) else None
    if name not in kinds:
        raise ParseError(f"{key} is {name!r:.40}", expected="one of " + ", ".join(kinds))
    return kinds[name], {other: value for other, value in table.items() if other != key}
