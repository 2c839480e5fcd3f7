"""Checks of a formula's syntax tree: which nodes, how many, and how large the numbers."""

import ast
import math
from collections.abc import Callable
from typing import Any

from ..errors import LimitError, ParseError
from .program_functions import call_of
from .vocabulary import (
    ARGUMENTS,
    BINARY,
    COMPARISONS,
    CONSTANTS,
    FUNCTIONS,
    UNARY,
    shorten,
    text_of,
)

MAX_NODES = 300
MAX_DEPTH = 40
MAX_EXPONENT = 50


def check_size(node: ast.expr) -> None:
    """Raise LimitError if a formula is nested too deeply or has too many parts."""
    count = 0
    depth = 0
    layer: list[ast.AST] = [node]
    while layer:
        count += len(layer)
        depth += 1
        if depth > MAX_DEPTH:
            raise LimitError(
                f"The formula is nested too deeply. At most {MAX_DEPTH} levels are allowed."
            )
        if count > MAX_NODES:
            raise LimitError(
                f"The formula has too many terms. At most {MAX_NODES} parts are allowed."
            )
        layer = [
            child
            for parent in layer
            for child in ast.iter_child_nodes(parent)
            if not isinstance(
                child, (ast.operator, ast.unaryop, ast.cmpop, ast.boolop, ast.expr_context)
            )
        ]


def check_node(node: ast.expr) -> float | None:
    """Check a node and everything below it.

    Returns
    -------
    float or None
        The value of a part that consists of numbers alone; else None.

    Raises
    ------
    ParseError
        A node is not allowed in formulas.
    LimitError
        A number or an exponent is too large or too small.
    """
    match node:
        case ast.Constant(value=bool() | str() | bytes() | complex() | None as wrong):
            value = str(wrong)
            raise ParseError(f"'{value}' is not a number.")
        case ast.Constant(value=int() | float() as value):
            return _bounded(lambda: float(value), node)
        case ast.Name(id=name):
            return CONSTANTS.get(name)
        case ast.UnaryOp(op=op, operand=operand) if type(op) in UNARY:
            inner = check_node(operand)
            return None if inner is None or isinstance(op, ast.Not) else UNARY[type(op)](inner)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in BINARY:
            first = check_node(left)
            second = check_node(right)
            if isinstance(op, ast.Pow) and second is not None and abs(second) > MAX_EXPONENT:
                raise LimitError(
                    f"The exponent {second:g} is too large. It can be at most {MAX_EXPONENT}."
                )
            if first is None or second is None:
                return None
            constant = _bounded(lambda: BINARY[type(op)](first, second), node)
            if isinstance(op, ast.Pow) and constant == 0 and first != 0:
                raise LimitError(f"'{text_of(node)}' is too small a number.")
            return constant
        case ast.Compare(left=left, ops=ops, comparators=others) if all(
            type(op) in COMPARISONS for op in ops
        ):
            for part in (left, *others):
                check_node(part)
            return None
        case ast.BoolOp(values=values):
            for part in values:
                check_node(part)
            return None
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
            if call_of(node) is None:
                _check_call(name, arguments)
            for argument in arguments:
                check_node(argument)
            return None
        case ast.Tuple():
            raise ParseError(
                f"'{text_of(node)}' cannot stand in a formula.",
                mend="A comma stands between the values of a function only. "
                "Write decimals as in 0.5.",
            )
        case _:
            raise ParseError(
                f"'{text_of(node)}' cannot stand in a formula.",
                mend="Use numbers, names, + - * / ** and functions such as exp.",
            )


def _check_call(name: str, arguments: list[ast.expr]) -> None:
    if name not in FUNCTIONS:
        raise ParseError(
            f"'{name}' is not a function that formulas can use. They can use "
            f"{', '.join(sorted(FUNCTIONS))}.",
            mend=f"If {name} is a variable, write a * for the product.",
        )
    if len(arguments) != ARGUMENTS.get(name, 1):
        raise ParseError(
            f"{name} has {len(arguments)} values in brackets.",
            mend=f"Give {ARGUMENTS.get(name, 1)}.",
        )


def _bounded(compute: Callable[[], Any], node: ast.expr) -> float:
    """Compute a constant and refuse it if it is not finite, as such formulas cost without bound."""
    text = shorten(
        ast.unparse(node) if not isinstance(node, ast.Constant) else f"{node.value!s:.40}"
    )
    try:
        value = compute()
    except ZeroDivisionError:
        raise ParseError(f"'{text}' divides by zero.") from None
    except (OverflowError, ValueError):
        raise LimitError(f"'{text}' is too large a number.") from None
    if isinstance(value, complex) or not math.isfinite(value):
        raise LimitError(f"'{text}' is not a finite real number.")
    return value
