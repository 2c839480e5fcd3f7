"""The JSON schema of worksheets' files, made from the classes that read them."""

import inspect
import json
from dataclasses import MISSING, Field, fields, is_dataclass
from types import UnionType
from typing import Any, TypeAlias, get_args, get_origin

from ..experiment.presets import PRESETS
from .loading import OWN
from .measures import MEASURES
from .properties import PROPERTIES
from .questions import QUESTIONS
from .questions.code import PIECES
from .starts import EDITS
from .worksheet import Exercise, Worksheet

Schema: TypeAlias = dict[str, Any]

_PLACEHOLDER: Schema = {"type": "string", "pattern": r"\{[A-Za-z_]\w*\}"}
_VALUE: Schema = {"type": ["number", "string", "array", "boolean"]}
_TABLE: Schema = {"type": "object"}
_NAME: Schema = {
    "type": "string",
    "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
    "description": "lower-case letters, digits and single hyphens",
}
_PLAIN = {str: "string", bool: "boolean", int: "integer", float: "number"}
# Attributes of questions that stand in a file under other names.
_IN_FILE = {
    "checks": ("check", "trials", "mistakes"),
    "example": ("solution",),
    "value": ("value", "measure"),
    "tolerance": ("tolerance", "percent"),
}
_START_KEYS = ("duration", "dt", "seed")


def schema_text() -> str:
    """Write the schema as the text of a file.

    Examples
    --------
    >>> schema_text().splitlines()[1]
    ' "$schema": "http://json-schema.org/draft-07/schema#",'
    """
    return json.dumps(worksheet_schema(), indent=1, ensure_ascii=False) + "\n"


def worksheet_schema() -> Schema:
    """Make the schema (JSON Schema, draft 7).

    Examples
    --------
    >>> sorted(worksheet_schema()["properties"])[:3]
    ['exercise', 'goals', 'minutes']
    """
    own = {entry.name: entry for entry in fields(Worksheet) if entry.name != "seed"}
    del own["exercises"]
    properties = {name: _of_entry(entry) for name, entry in own.items()}
    properties["name"] = _NAME
    properties["exercise"] = {
        "type": "array",
        "minItems": 1,
        "items": {"$ref": "#/definitions/exercise"},
    }
    required = [name for name, entry in own.items() if entry.default is MISSING]
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A worksheet of neurolab",
        **_object(properties, [*required, "exercise"]),
        "definitions": {
            "exercise": _by("kind", {kind: f"question {kind}" for kind in QUESTIONS}),
            **{f"question {kind}": _question(kind) for kind in QUESTIONS},
            "property": _by("property", {kind: f"property {kind}" for kind in PROPERTIES}),
            **{f"property {kind}": _property(kind) for kind in PROPERTIES},
            "measure": _by("what", {kind: f"measure {kind}" for kind in MEASURES}),
            **{f"measure {kind}": _measure(kind) for kind in MEASURES},
            "start": _start(),
            "edits": _object(_edits(), []),
            "trial": _object(
                {
                    "name": {"type": "string"},
                    "edits": {"$ref": "#/definitions/edits"},
                    "check": _list_of("property"),
                },
                ["name", "check"],
            ),
            "wrong idea": _object(
                {
                    "says": {"type": "string"},
                    "edits": {"$ref": "#/definitions/edits"},
                    "check": _list_of("property"),
                },
                ["says", "check"],
            ),
            "wrong number": _object(
                {
                    "says": {"type": "string"},
                    "value": _number(),
                    "measure": {"$ref": "#/definitions/measure"},
                },
                ["says"],
            ),
        },
    }


def _object(properties: Schema, required: list[str]) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _by(key: str, kinds: dict[str, str]) -> Schema:
    """Return the schema of a table whose entry `key` decides which other entries it has."""
    return {
        "type": "object",
        "required": [key],
        "properties": {key: {"enum": [*kinds]}},
        "allOf": [
            {
                "if": {"properties": {key: {"const": kind}}, "required": [key]},
                "then": {"$ref": f"#/definitions/{name.replace(' ', '%20')}"},
            }
            for kind, name in kinds.items()
        ],
    }


def _list_of(name: str) -> Schema:
    return {
        "type": "array",
        "items": {"$ref": f"#/definitions/{name.replace(' ', '%20')}"},
        "minItems": 1,
    }


def _fields(kind: type[Any]) -> tuple[Field[Any], ...]:
    assert is_dataclass(kind)
    return fields(kind)


def _number() -> Schema:
    """Return the schema of a number, for which a placeholder may stand."""
    return {"anyOf": [{"type": "number"}, _PLACEHOLDER]}


def _of_entry(entry: Field[Any]) -> Schema:
    return _of_type(entry.type)


def _of_type(kind: Any) -> Schema:
    """Return the schema of an attribute's type."""
    if isinstance(kind, UnionType):
        return _of_type(next(each for each in get_args(kind) if each is not type(None)))
    if get_origin(kind) is tuple:
        return {"anyOf": [{"type": "array", "items": _of_type(get_args(kind)[0])}, _PLACEHOLDER]}
    name = _PLAIN.get(kind)
    if name is None or name == "string":
        return {"type": "string"}
    return {"anyOf": [{"type": name}, _PLACEHOLDER]}


def _question(kind: str) -> Schema:
    """Return the schema of an exercise of one kind."""
    common = {entry.name: entry for entry in fields(Exercise)}
    properties: Schema = {name: _of_entry(common[name]) for name in OWN}
    properties["name"] = _NAME
    properties["kind"] = {"const": kind}
    required = [*(name for name in OWN if common[name].default is MISSING), "kind"]
    for entry in _fields(QUESTIONS[kind]):
        names = _IN_FILE.get(entry.name, (entry.name,))
        for name in names:
            properties[name] = _SPECIAL.get((kind, name), _SPECIAL.get(("", name))) or _of_entry(
                entry
            )
        if entry.default is MISSING and names[0] not in ("value", "tolerance"):
            required.append(names[0])
        elif names == ("solution",):
            required.append("solution")
    if kind not in _WITHOUT_START:
        required.append("start")
    properties["start"] = {"$ref": "#/definitions/start"}
    properties["vary"] = {
        "type": "object",
        "additionalProperties": {"type": "array", "minItems": 1},
        "description": "lists of values; the first values of all lists belong together",
    }
    properties["range"] = {
        "type": "object",
        "additionalProperties": {
            "type": "array",
            "items": {"type": "number"},
            "minItems": 4,
            "maxItems": 4,
        },
        "description": "numbers to draw: [first, least, largest, step]",
    }
    properties["derive"] = {
        "type": "object",
        "additionalProperties": {"type": "string"},
        "description": "calculations with the numbers above",
    }
    return _object(properties, required)


_WITHOUT_START = ("choice", "text")
_SPECIAL: dict[tuple[str, str], Schema] = {
    ("", "check"): _list_of("property"),
    ("", "trials"): _list_of("trial"),
    ("", "mistakes"): _list_of("wrong idea"),
    ("number", "mistakes"): _list_of("wrong number"),
    ("number", "measure"): {"$ref": "#/definitions/measure"},
    ("experiment", "solution"): {"$ref": "#/definitions/edits"},
    ("code", "solution"): {"type": "string"},
    ("text", "solution"): {"type": "string"},
    ("code", "what"): {"enum": [*PIECES]},
    ("", "percent"): _number(),
}


def _property(kind: str) -> Schema:
    entries = _fields(PROPERTIES[kind])
    properties: Schema = {entry.name: _of_entry(entry) for entry in entries}
    required = [entry.name for entry in entries if entry.default is MISSING]
    return _object({"property": {"const": kind}, **properties}, ["property", *required])


def _measure(kind: str) -> Schema:
    arguments = [*inspect.signature(MEASURES[kind]).parameters.values()][1:]
    properties: Schema = {each.name: _of_type(each.annotation) for each in arguments}
    required = [each.name for each in arguments if each.default is each.empty]
    return _object({"what": {"const": kind}, **properties}, ["what", *required])


def _edits() -> Schema:
    return {**dict.fromkeys(_START_KEYS, _number()), **dict.fromkeys(EDITS, _TABLE)}


def _start() -> Schema:
    tables: Schema = {"type": "array", "items": _TABLE}
    network: Schema = {"groups": tables, "connections": tables}
    network |= {"parameters": _TABLE, **dict.fromkeys(_START_KEYS, _number())}
    return {
        "anyOf": [
            {"enum": [*PRESETS]},
            _object({"preset": {"enum": [*PRESETS]}, **_edits()}, ["preset"]),
            _object(network, ["groups"]),
        ]
    }
