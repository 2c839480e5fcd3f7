"""Dimensions of formulas: do the two sides of an equation, and the terms of a sum, agree?"""

import ast

from ..errors import UnitsError
from ..units import DIMENSIONLESS, dimension_name
from .expressions import CONSTANTS, INFINITE, shorten

_KEEPS_DIMENSION = ("abs", "floor", "ceil", "clip", "minimum", "maximum")


def dimension_of_expression(expression, dimensions):
    """The dimension of a formula.

    Parameters
    ----------
    expression : Expression
    dimensions : mapping
        Dimension of every name in it.

    Raises
    ------
    UnitsError
        Terms of a sum or comparison differ in dimension, or a function is given something with a unit.
    """
    return _dimension(expression.node, dimensions)


def _dimension(node, dimensions):
    match node:
        case ast.Constant():
            return DIMENSIONLESS
        case ast.Name(id=name):
            return (
                dimensions[name]
                if name in dimensions or name not in CONSTANTS | INFINITE
                else DIMENSIONLESS
            )
        case ast.UnaryOp(operand=operand):
            return _dimension(operand, dimensions)
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return _dimension(left, dimensions) * _dimension(right, dimensions)
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return _dimension(left, dimensions) / _dimension(right, dimensions)
        case ast.BinOp(left=base, op=ast.Pow(), right=exponent):
            return _power(base, exponent, dimensions)
        case ast.BinOp(left=left, op=op, right=right):
            return _same(
                [left, right], dimensions, "added" if isinstance(op, ast.Add) else "subtracted"
            )
        case ast.Compare(left=left, comparators=others):
            _same([left, *others], dimensions, "compared")
            return DIMENSIONLESS
        case ast.BoolOp(values=values):
            for value in values:
                _dimension(value, dimensions)
            return DIMENSIONLESS
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return _call(name, arguments, dimensions)
    raise AssertionError(f"unchecked node {ast.dump(node)}")


def _same(nodes, dimensions, verb):
    found = [(node, _dimension(node, dimensions)) for node in nodes]
    # A bare 0 has no unit of its own: V > 0 is understood, as are the tutorial's resets to 0.
    with_unit = [pair for pair in found if not _is_bare(pair[0])] or found
    first, wanted = with_unit[0]
    for node, dimension in with_unit[1:]:
        if dimension != wanted:
            raise UnitsError(
                f"'{_text(first)}' ({dimension_name(wanted)}) and '{_text(node)}' "
                f"({dimension_name(dimension)}) cannot be {verb}",
                mend="Both must have the same dimension.",
            )
    return wanted


def _power(base, exponent, dimensions):
    dimension, power = _dimension(base, dimensions), _dimension(exponent, dimensions)
    if power != DIMENSIONLESS:
        raise UnitsError(
            f"the exponent '{_text(exponent)}' has dimension {dimension_name(power)}",
            expected="a plain number",
        )
    if dimension == DIMENSIONLESS:
        return dimension
    sign = -1 if isinstance(exponent, ast.UnaryOp) and isinstance(exponent.op, ast.USub) else 1
    exponent = exponent.operand if isinstance(exponent, ast.UnaryOp) else exponent
    if not isinstance(exponent, ast.Constant):
        raise UnitsError(
            f"'{_text(base)}' ({dimension_name(dimension)}) is raised to '{_text(exponent)}'",
            expected="a number as exponent where the base has a unit",
        )
    return dimension ** (sign * exponent.value)


def _call(name, arguments, dimensions):
    if name in _KEEPS_DIMENSION:
        return _same(arguments, dimensions, f"taken together by {name}")
    dimension = _dimension(arguments[0], dimensions)
    if name == "sqrt":
        return dimension**0.5
    if dimension != DIMENSIONLESS and name != "sign":
        raise UnitsError(
            f"{name}({_text(arguments[0])}) is given a value in {dimension_name(dimension)}",
            expected="a plain number",
            mend="Divide it by a quantity of the same dimension.",
        )
    return DIMENSIONLESS


def _is_bare(node):
    """Whether it has no unit of its own: 0, and infinity with either sign."""
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, (ast.USub, ast.UAdd)) and _is_bare(node.operand)
    return (
        isinstance(node, ast.Constant)
        and node.value == 0
        or isinstance(node, ast.Name)
        and node.id in INFINITE
    )


def _text(node):
    return shorten(ast.unparse(node))
