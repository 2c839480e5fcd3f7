"""The reader of dictionaries from outside: it builds dataclasses and checks every entry.

The types and sizes of all entries are checked before anything is computed with them. A field of a
dataclass can be a text, a number, a truth value, another dataclass, a tuple of these, or one of
several types. Errors name the entry by its path, such as ``experiment.groups[0].size``.
"""

from collections.abc import Sequence
from dataclasses import MISSING, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, NoReturn, TypeVar, Union, get_args, get_origin

from ..errors import LimitError, ParseError, RangeError

LONGEST_NAME = 200
LONGEST_TEXT = 20_000
_TEXTS = ("equations", "threshold", "reset")
_LARGEST_WHOLE = 2**63
_KINDS: dict[Any, str] = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
}

Record = TypeVar("Record")


def read(kind: type[Record], entries: object, path: str) -> Record:
    """Build a dataclass from a dictionary.

    If a field can be one of several dataclasses, the entry ``kind`` chooses the one whose attribute
    `KIND` it equals. Dataclasses without this attribute are told apart by their fields.

    Parameters
    ----------
    kind : type
        The dataclass.
    entries : object
        It should be a dictionary.
    path : str
        The name of the whole, with which the paths in messages begin.

    Raises
    ------
    ParseError, RangeError, LimitError
        An entry is missing, unknown, of another type, or too large.

    Examples
    --------
    >>> from neurolab.experiment.experiment import Parameter
    >>> read(Parameter, {"name": "tau", "value": 10}, "parameter")
    Parameter(name='tau', value=10.0, unit='')
    >>> read(Parameter, {"name": "tau", "value": "10"}, "parameter")
    Traceback (most recent call last):
    neurolab.errors.ParseError: parameter.value is '10'. It must be a number.
    """
    if not isinstance(entries, dict):
        _refuse(entries, path, "a dictionary")
    if hasattr(kind, "KIND"):
        entries = {name: value for name, value in entries.items() if name != "kind"}
    known = {entry.name: entry for entry in fields(kind)}  # type: ignore[arg-type]  # a dataclass
    for name in entries:
        if name not in known:
            raise ParseError(
                f"{path} has an entry '{name:.60}', which is not known.",
                mend=f"The known entries are {', '.join(known)}.",
            )
    missing = [
        name
        for name, entry in known.items()
        if name not in entries and entry.default is MISSING and entry.default_factory is MISSING
    ]
    if missing:
        raise ParseError(
            f"{path} lacks {', '.join(missing)}.",
            mend="Add what is missing.",
        )
    return kind(
        **{
            name: _value(known[name].type, value, f"{path}.{name}")
            for name, value in entries.items()
        }
    )


def read_version(entries: object, key: str, version: int, path: str) -> dict[str, Any]:
    """Check the version of a dictionary, and return the other entries.

    Parameters
    ----------
    entries : object
        It should be a dictionary.
    key : str
        The entry with the version.
    version : int
        The version that can be read.
    path : str
        As in `read`.

    Raises
    ------
    ParseError
        It is not a dictionary, or it has another version.
    """
    if not isinstance(entries, dict):
        _refuse(entries, path, "a dictionary")
    if entries.get(key) != version:
        raise ParseError(
            f"{path}.{key} is {entries.get(key)!s:.60}. It must be {version}.",
            mend="The file may come from another version of neurolab.",
        )
    return {name: value for name, value in entries.items() if name != key}


def _value(kind: Any, value: object, path: str) -> Any:
    options = get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)
    if value is None and NoneType in options:
        return None
    if kind in _KINDS:
        return _scalar(kind, value, path)
    records = [option for option in options if is_dataclass(option)]
    if records and isinstance(value, dict):
        return _record(_chosen(records, value, path), value, path)
    sequences = [option for option in options if get_origin(option) is tuple]
    if not sequences:
        _refuse(value, path, "a dictionary")
    if not isinstance(value, (list, tuple)):
        _refuse(value, path, "a list")
    return _sequence(get_args(sequences[0]), value, path)


def _record(kind: Any, value: dict[str, Any], path: str) -> Any:
    """Build a dataclass within another one; some read their own dictionaries."""
    return kind.from_dict(value) if hasattr(kind, "from_dict") else read(kind, value, path)


def _chosen(records: list[Any], value: dict[str, Any], path: str) -> Any:
    """Choose the dataclass of a dictionary."""
    if len(records) == 1:
        return records[0]
    by_kind = {record.KIND: record for record in records if hasattr(record, "KIND")}
    if not by_kind:
        return max(records, key=lambda record: len(_names(record) & value.keys()))
    kind = value.get("kind")
    if not isinstance(kind, str) or kind not in by_kind:
        raise ParseError(f"{path}.kind is {kind!r:.60}. It must be {' or '.join(by_kind)}.")
    return by_kind[kind]


def _names(record: Any) -> set[str]:
    return {entry.name for entry in fields(record)}


def _sequence(kinds: tuple[Any, ...], values: Sequence[Any], path: str) -> tuple[Any, ...]:
    if kinds[-1] is not Ellipsis:
        if len(values) != len(kinds):
            raise ParseError(f"{path} has {len(values)} entries. It must have {len(kinds)}.")
        return tuple(_value(kind, value, path) for kind, value in zip(kinds, values))
    if kinds[0] is int:
        return _whole_numbers(values, path)
    if kinds[0] is float:
        return _numbers(values, path)
    return tuple(_value(kinds[0], value, f"{path}[{place}]") for place, value in enumerate(values))


def _scalar(kind: Any, value: Any, path: str) -> str | float | bool:
    accepted = (int, float) if kind is float else kind
    if isinstance(value, bool) != (kind is bool) or not isinstance(value, accepted):
        _refuse(value, path, _KINDS[kind])
    if isinstance(value, str):
        longest = LONGEST_TEXT if path.rpartition(".")[2] in _TEXTS else LONGEST_NAME
        if len(value) > longest:
            raise LimitError(
                f"{path} has {len(value):,} characters. At most {longest:,} are allowed.",
                mend="Write a shorter text.",
            )
        return value
    if isinstance(value, int) and abs(value) >= _LARGEST_WHOLE:
        raise RangeError(
            f"{path} has {len(str(abs(value)))} digits.", mend="Write a smaller number."
        )
    return float(value) if kind is float else value


def _whole_numbers(values: Sequence[Any], path: str) -> tuple[int, ...]:
    """Read a list that may be long."""
    if not all(type(value) is int for value in values):
        _refuse(values, path, "a list of whole numbers")
    if values and max(map(abs, values)) >= _LARGEST_WHOLE:
        raise RangeError(
            f"A number in {path} has more than 18 digits.", mend="Write smaller numbers."
        )
    return tuple(values)


def _numbers(values: Sequence[Any], path: str) -> tuple[float, ...]:
    """Read a list that may be long."""
    for value in values:
        if type(value) is not float and not (type(value) is int and abs(value) < _LARGEST_WHOLE):
            raise ParseError(
                f"{path} contains {value!r:.60}.",
                mend="All its entries must be numbers of at most 18 digits.",
            )
    return tuple(map(float, values))


def _refuse(value: object, path: str, wanted: str) -> NoReturn:
    raise ParseError(f"{path} is {value!r:.60}. It must be {wanted}.")
