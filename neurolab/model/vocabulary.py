"""The functions, constants and operators that formulas may use."""

import ast
import math
import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from ..characters import visible
from ..grid import ceil, floor

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "exp": np.exp,
    "log": np.log,
    "log10": np.log10,
    "sqrt": np.sqrt,
    "abs": np.abs,
    "sign": np.sign,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "arcsin": np.arcsin,
    "arccos": np.arccos,
    "arctan": np.arctan,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tanh": np.tanh,
    "floor": np.floor,
    "ceil": np.ceil,
    "expm1": np.expm1,
    "clip": np.clip,
    "minimum": np.minimum,
    "maximum": np.maximum,
}
ARGUMENTS = {"clip": 3, "minimum": 2, "maximum": 2}
CONSTANTS = {"pi": math.pi, "e": math.e}
INFINITE = {"inf": math.inf, "Inf": math.inf}
"""Infinite bounds, as in ``clip(I, 0*nA, inf)``; like 0, they have no unit of their own."""
BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
UNARY: dict[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Not: np.logical_not,
}
COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Eq: operator.eq,
}
ROUNDING: dict[str, Callable[[Any, Any], Any]] = {"floor": floor, "ceil": ceil}
"""Functions with steps: a number that is whole up to rounding errors stays what it is."""
BOOLEAN: dict[type[ast.boolop], Callable[[Any, Any], Any]] = {
    ast.And: np.logical_and,
    ast.Or: np.logical_or,
}


def is_condition(node: ast.expr) -> bool:
    """Return whether a part of a formula is true or false rather than a number."""
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.Not)
    return isinstance(node, (ast.Compare, ast.BoolOp))


def shorten(text: str, length: int = 60) -> str:
    """Cut a text to a length that fits into a message."""
    return visible(text, length)


def text_of(node: ast.AST) -> str:
    """Return a part of a formula as text, short enough for a message."""
    return shorten(ast.unparse(node))
