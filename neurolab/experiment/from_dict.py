"""Dictionaries from outside as dataclasses: the type and the size of every entry are checked."""

from dataclasses import fields
from types import UnionType
from typing import get_args, get_origin

from ..errors import LimitError, ParseError, RangeError

LONGEST_NAME = 200
LONGEST_TEXT = 20_000
_TEXTS = ("equations", "threshold", "reset")
_LARGEST_WHOLE = 2**63
_KINDS = {str: "str", int: "int", float: "float", bool: "bool"}


def read(kind, plain, where):
    """Build a dataclass from a dictionary.

    Parameters
    ----------
    kind : type
        Its fields are texts, numbers, other dataclasses, and tuples of these.
    plain : object
        What should be a dictionary; parts that are dataclasses already are taken as they are.
    where : str
        Names it for a person.

    Raises
    ------
    NeurolabError
        An entry is missing, unknown, of another type, or too large.
    """
    if not isinstance(plain, dict):
        raise ParseError(f"it is {type(plain).__name__}", where=where, expected="a dictionary")
    known = {entry.name: entry.type for entry in fields(kind)}
    for name in plain:
        if name not in known:
            raise ParseError(
                f"there is an entry '{name:.60}'",
                where=where,
                expected="one of " + ", ".join(known),
            )
    values = {name: _value(known[name], value, name) for name, value in plain.items()}
    try:
        return kind(**values)
    except TypeError:
        missing = [name for name in known if name not in values]
        raise ParseError("entries are missing", where=where, expected=", ".join(missing)) from None


def _value(kind, value, name):
    if kind in _KINDS:
        return _scalar(kind, value, name)
    options = get_args(kind) if isinstance(kind, UnionType) else (kind,)
    if isinstance(value, tuple([option for option in options if get_origin(option) is None])):
        return value
    sequence = next((option for option in options if get_origin(option) is tuple), None)
    if sequence is None or not isinstance(value, (list, tuple)):
        raise ParseError(f"it is {value!r:.60}", where=name, expected="a list")
    parts = get_args(sequence)
    if parts[-1] is not Ellipsis:
        if len(value) != len(parts):
            raise ParseError(f"it has {len(value)} entries", where=name, expected=str(len(parts)))
        return tuple(_value(part, item, name) for part, item in zip(parts, value))
    return (
        _numbers(parts[0], value, name)
        if parts[0] in (int, float)
        else tuple(_value(parts[0], item, name) for item in value)
    )


def _scalar(kind, value, name):
    if isinstance(value, bool) != (kind is bool) or not isinstance(
        value, (int, float) if kind is float else kind
    ):
        raise ParseError(f"{name} is {value!r:.60}", where=name, expected=_KINDS[kind])
    if kind is str:
        most = LONGEST_TEXT if name in _TEXTS else LONGEST_NAME
        if len(value) > most:
            raise LimitError(
                f"{name} has {len(value):,} characters", where=name, expected=f"at most {most:,}"
            )
        return value
    if isinstance(value, int) and abs(value) >= _LARGEST_WHOLE:
        raise RangeError(
            f"{name} has {len(str(abs(value)))} digits", where=name, expected="a smaller number"
        )
    return float(value) if kind is float else value


def _numbers(kind, values, name):
    """A list that may be long."""
    if kind is int:
        if not all(type(value) is int for value in values):
            raise ParseError(
                f"it is {values!r:.60}", where=name, expected="a list of whole numbers"
            )
        if values and max(map(abs, values)) >= _LARGEST_WHOLE:
            raise RangeError("one has too many digits", where=name, expected="smaller numbers")
        return tuple(values)
    if not all(
        type(value) is float or type(value) is int and abs(value) < _LARGEST_WHOLE
        for value in values
    ):
        wrong = next(value for value in values if type(value) is not float)
        raise ParseError(f"it holds {wrong!r:.60}", where=name, expected="numbers")
    return tuple(map(float, values))
