"""Syntax trees of formulas: how they are built, compared and written for Brian 2."""

import ast
import math

import numpy as np

from ..errors import ParseError
from ..model.expressions import Expression
from ..model.vocabulary import INFINITE, shorten
from ..units import DIMENSIONLESS, Dimension
from .brian2_names import unit_node

ROUNDING = 1e-12
"""Relative size of a rounding error in a program: a round number near that of `neurolab.grid`."""
SYMBOLIC = frozenset(
    "exp log log10 sqrt sin cos tan arcsin arccos arctan sinh cosh tanh expm1".split()
)
"""Functions that Brian 2's symbolic algebra knows."""
_LARGEST_WHOLE = 2**15
"""Products of a few larger whole numbers overflow the integers of numpy."""


def is_symbolic(node: ast.expr) -> bool:
    """Return whether Brian 2's symbolic algebra keeps the value of a translated formula."""
    if is_infinite(node):
        return False
    return not any(map(_changes_value, ast.walk(node)))


def _changes_value(part: ast.AST) -> bool:
    match part:
        case ast.Compare() | ast.BoolOp() | ast.Not() | ast.FloorDiv():
            return True
        case ast.Call(func=ast.Name(id=name)):
            return name not in SYMBOLIC
        case ast.Constant(value=float(value)):
            return float(f"{value:.15g}") != value
    return False


def keeps_names(node: ast.expr, variable: str) -> bool:
    """Return whether Brian 2 keeps all names of a formula that is assigned to a variable.

    It simplifies the formula if it contains the variable itself.
    """
    names = [part.id for part in ast.walk(node) if isinstance(part, ast.Name)]
    if variable not in names:
        return True
    return (
        is_symbolic(node)
        and len(names) == len(set(names))
        and not any(map(is_zero, ast.walk(node)))
    )


def keeps_text(expression: Expression, node: ast.expr) -> bool:
    """Return whether Brian 2 reads the typed text of a formula as the translated tree.

    The signs ``&``, ``|`` and ``~`` are parsed here as the words and, or and not. Brian 2 does not
    apply them to conditions, so a text with one of them is written anew from its tree.
    """
    same = ast.dump(node) == ast.dump(expression.node)
    return same and not set("&|~") & set(expression.text)


def written(node: ast.expr) -> str:
    """Return a formula as text.

    Examples
    --------
    >>> written(called("exp", literal(-2.0)))
    'exp(-2)'
    """
    return ast.unparse(ast.fix_missing_locations(ast.Expression(node)))


def is_zero(node: ast.AST) -> bool:
    """Return whether a part of a formula is the number 0."""
    return isinstance(node, ast.Constant) and node.value == 0


def is_infinite(node: ast.expr) -> bool:
    """Return whether a formula contains infinity."""
    return any(isinstance(part, ast.Name) and part.id in INFINITE for part in ast.walk(node))


def is_one_term(node: ast.expr) -> bool:
    """Return whether a value has the size of the terms from which it is computed."""
    match node:
        case ast.UnaryOp(operand=operand):
            return is_one_term(operand)
        case ast.BinOp(op=ast.Add() | ast.Sub()):
            return False
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return is_one_term(left) and is_one_term(right)
        case ast.BinOp(left=left, op=ast.Div()):
            return is_one_term(left)
    return True


def is_integer(node: ast.expr) -> bool:
    """Return whether numpy computes a translated formula in whole numbers."""
    match node:
        case ast.Constant(value=value):
            return isinstance(value, int)
        case ast.UnaryOp(operand=operand):
            return is_integer(operand)
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() | ast.Mult() | ast.Pow(), right=right):
            return is_integer(left) and is_integer(right)
        case ast.Call(func=ast.Name(id="int")):
            return True
        case ast.Call(func=ast.Name(id="abs" | "sign" | "clip"), args=arguments):
            return all(map(is_integer, arguments))
    return False


def zero(dimension: Dimension) -> ast.expr:
    """Return 0 with a unit."""
    return times_unit(ast.Constant(0), dimension)


def infinity() -> ast.expr:
    """Return infinity, as Brian 2 names it."""
    return ast.Name("inf", ast.Load())


def times_unit(node: ast.expr, dimension: Dimension) -> ast.expr:
    """Return a formula times the unit of a dimension."""
    return node if dimension == DIMENSIONLESS else ast.BinOp(node, ast.Mult(), unit_node(dimension))


def called(name: str, *arguments: ast.expr) -> ast.expr:
    """Return a call of a function."""
    return ast.Call(ast.Name(name, ast.Load()), list(arguments), [])


def literal(value: float) -> ast.expr:
    """Return a number; a small whole number has no decimal point."""
    if value < 0:
        return ast.UnaryOp(ast.USub(), literal(-value))
    if math.isinf(value):
        return infinity()
    if float(value).is_integer() and value <= _LARGEST_WHOLE:
        return ast.Constant(int(value))
    return ast.Constant(float(value))


def constant_value(node: ast.expr) -> float:
    """Compute a formula without names.

    Raises
    ------
    ParseError
        It has no value.
    """
    with np.errstate(all="ignore"):
        value = float(Expression("", node).evaluate({}))
    if math.isnan(value):
        raise ParseError(
            f"'{shorten(ast.unparse(node))}' has no value.", mend="Correct the formula."
        )
    return value
