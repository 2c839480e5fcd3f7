"""Dimensions of formulas: whether the two sides of an equation, and the terms of a sum, agree."""

import ast
from collections.abc import Mapping, Sequence

from ..errors import NeurolabError, UnitsError
from ..units import DIMENSIONLESS, Dimension, dimension_name
from .expressions import Expression
from .program_functions import call_of
from .vocabulary import CONSTANTS, INFINITE, text_of

_KEEPS_DIMENSION = ("abs", "floor", "ceil", "clip", "minimum", "maximum")


def dimension_of_expression(
    expression: Expression, dimensions: Mapping[str, Dimension]
) -> Dimension:
    """Return the dimension of a formula.

    Parameters
    ----------
    expression : Expression
    dimensions : mapping
        Dimension of every name in it.

    Raises
    ------
    UnitsError
        Terms of a sum or comparison differ in dimension, or a function is given something with a
        unit.

    Examples
    --------
    >>> from neurolab.model.expressions import parse_expression
    >>> from neurolab.units import unit
    >>> known = {"V": unit("mV")[1], "tau": unit("ms")[1]}
    >>> dimension_name(dimension_of_expression(parse_expression("V/tau"), known))
    'volt/second'
    """
    return _dimension(expression.node, dimensions)


def located_dimension(
    expression: Expression, known: Mapping[str, Dimension], where: str
) -> Dimension:
    """Return the dimension of a formula; an error names the place `where`."""
    try:
        return dimension_of_expression(expression, known)
    except NeurolabError as error:
        error.located(where)
        raise


def _dimension(node: ast.expr, dimensions: Mapping[str, Dimension]) -> Dimension:
    match node:
        case ast.Constant():
            return DIMENSIONLESS
        case ast.Name(id=name):
            if name not in dimensions and name in CONSTANTS | INFINITE:
                return DIMENSIONLESS
            return dimensions[name]
        case ast.UnaryOp(operand=operand):
            return _dimension(operand, dimensions)
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return _dimension(left, dimensions) * _dimension(right, dimensions)
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return _dimension(left, dimensions) / _dimension(right, dimensions)
        case ast.BinOp(left=base, op=ast.Pow(), right=exponent):
            return _power(base, exponent, dimensions)
        case ast.BinOp(left=left, op=op, right=right):
            verb = "added" if isinstance(op, ast.Add) else "subtracted"
            return _same([left, right], dimensions, verb)
        case ast.Compare(left=left, comparators=others):
            _same([left, *others], dimensions, "compared")
            return DIMENSIONLESS
        case ast.BoolOp(values=values):
            for value in values:
                _dimension(value, dimensions)
            return DIMENSIONLESS
        case ast.Call(func=ast.Name(id=name), args=arguments):
            call = call_of(node)
            if call is None:
                return _call(name, arguments, dimensions)
            return call.dimension([_dimension(argument, dimensions) for argument in arguments])
    raise AssertionError(f"unchecked node {ast.dump(node)}")


def _same(nodes: Sequence[ast.expr], dimensions: Mapping[str, Dimension], verb: str) -> Dimension:
    terms = [(node, _dimension(node, dimensions)) for node in nodes]
    # A bare 0 has no unit of its own: V > 0 is valid, as are the tutorial's resets to 0.
    with_unit = [term for term in terms if not _is_bare(term[0])] or terms
    first, wanted = with_unit[0]
    for node, dimension in with_unit[1:]:
        if dimension != wanted:
            raise UnitsError(
                f"'{text_of(first)}' ({dimension_name(wanted)}) and '{text_of(node)}' "
                f"({dimension_name(dimension)}) cannot be {verb}.",
                mend="Both must have the same dimension.",
            )
    return wanted


def _power(base: ast.expr, exponent: ast.expr, dimensions: Mapping[str, Dimension]) -> Dimension:
    dimension = _dimension(base, dimensions)
    power = _dimension(exponent, dimensions)
    if power != DIMENSIONLESS:
        raise UnitsError(
            f"The exponent '{text_of(exponent)}' has dimension {dimension_name(power)}.",
            mend="An exponent must be a plain number.",
        )
    if dimension == DIMENSIONLESS:
        return dimension
    sign = -1 if isinstance(exponent, ast.UnaryOp) and isinstance(exponent.op, ast.USub) else 1
    number = exponent.operand if isinstance(exponent, ast.UnaryOp) else exponent
    if not (isinstance(number, ast.Constant) and isinstance(number.value, (int, float))):
        raise UnitsError(
            f"'{text_of(base)}' ({dimension_name(dimension)}) is raised to "
            f"'{text_of(number)}', which is not a fixed number.",
            mend="If the base has a unit, the exponent must be a number such as 2.",
        )
    return dimension ** (sign * number.value)


def _call(
    name: str, arguments: Sequence[ast.expr], dimensions: Mapping[str, Dimension]
) -> Dimension:
    if name in _KEEPS_DIMENSION:
        return _same(arguments, dimensions, f"combined by {name}")
    dimension = _dimension(arguments[0], dimensions)
    if name == "sqrt":
        return dimension**0.5
    if dimension != DIMENSIONLESS and name != "sign":
        raise UnitsError(
            f"{name}({text_of(arguments[0])}) is given a value in "
            f"{dimension_name(dimension)}. It needs a plain number.",
            mend="Divide the value by a quantity of the same dimension.",
        )
    return DIMENSIONLESS


def _is_bare(node: ast.expr) -> bool:
    """Return whether a number has no unit of its own: 0, and infinity with either sign."""
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, (ast.USub, ast.UAdd)) and _is_bare(node.operand)
    if isinstance(node, ast.Constant):
        return node.value == 0
    return isinstance(node, ast.Name) and node.id in INFINITE
