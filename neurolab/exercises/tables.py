"""Tables of worksheet files as values; every entry is checked, because people write these files."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from types import UnionType
from typing import Any, TypeAlias, TypeVar, get_args

from ..errors import ParseError

Table: TypeAlias = dict[str, Any]
"""A table of a worksheet's file."""
T = TypeVar("T")


def built(kind: type[T], table: Table, **known: Any) -> T:
    """Build a dataclass from a table.

    Parameters
    ----------
    kind : type
        A dataclass whose annotations are types; lists become tuples.
    table : dict
    **known
        Values of attributes that are not in the table.

    Raises
    ------
    ParseError
        An entry is unknown, missing, or of another type.
    """
    assert is_dataclass(kind)
    entries = {entry.name: entry for entry in fields(kind) if entry.name not in known}
    for name in table:
        if name not in entries:
            raise ParseError(
                f"The table has an entry '{name}', which is not known.",
                where=kind.__name__,
                mend=f"The known entries are {', '.join(entries)}.",
            )
    missing = [
        name for name, entry in entries.items() if name not in table and entry.default is MISSING
    ]
    if missing:
        raise ParseError(
            f"The table lacks {', '.join(missing)}.",
            where=kind.__name__,
            mend="Add what is missing.",
        )
    return kind(
        **known, **{name: _checked(value, entries[name], kind) for name, value in table.items()}
    )


def _checked(value: Any, entry: Field[Any], kind: type[Any]) -> Any:
    if isinstance(value, list):
        value = tuple(value)
    wanted = get_args(entry.type) if isinstance(entry.type, UnionType) else (entry.type,)
    origins = tuple(getattr(each, "__origin__", each) for each in wanted)
    if float in origins and type(value) is int:
        value = float(value)
    if not isinstance(value, origins) or isinstance(value, bool) and bool not in origins:
        raise ParseError(
            f"{entry.name} is {value!r:.60}.",
            where=kind.__name__,
            mend=f"It must be {' or '.join(each.__name__ for each in origins)}.",
        )
    if isinstance(value, tuple) and get_args(entry.type)[:1] == (str,):
        for each in value:
            if not isinstance(each, str):
                raise ParseError(
                    f"{entry.name} holds {each!r:.60}.",
                    where=kind.__name__,
                    mend="It must hold texts only.",
                )
    return value


def chosen(kinds: Mapping[str, T], table: Table, key: str) -> tuple[T, Table]:
    """Return the kind that a table names under a key, and the rest of the table.

    Examples
    --------
    >>> chosen({"choice": 1, "number": 2}, {"kind": "number", "unit": "mV"}, "kind")
    (2, {'unit': 'mV'})
    """
    name = table.get(key) if isinstance(table, dict) else None
    if not isinstance(name, str) or name not in kinds:
        raise ParseError(f"{key} is {name!r:.40}.", mend=f"It must be one of {', '.join(kinds)}.")
    return kinds[name], {other: value for other, value in table.items() if other != key}
