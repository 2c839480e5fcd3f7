"""Formulas as Brian 2 reads them.

Brian 2 knows fewer kinds of formula than the lab. In it, a condition cannot be used as a number,
comparisons cannot be chained, 0 has no unit, and there is no ``minimum`` or ``maximum``. The
translation goes from syntax tree to syntax tree, and changes only formulas that Brian 2 would read
in another way.
"""

import ast
from collections.abc import Mapping

from ..errors import ParseError
from ..model.dimensions import dimension_of_expression
from ..model.expressions import Expression
from ..model.vocabulary import CONSTANTS, INFINITE, shorten
from ..units import DIMENSIONLESS, Dimension
from .brian2_names import unit_node
from .brian2_trees import (
    ROUNDING,
    SYMBOLIC,
    called,
    constant_value,
    infinity,
    is_infinite,
    is_integer,
    is_one_term,
    is_zero,
    literal,
    times_unit,
    zero,
)


class Translator:
    """Translates the formulas of one group.

    Parameters
    ----------
    dimensions : mapping
        Dimension of every name in the formulas.
    names : mapping
        Name in the formulas → syntax tree that replaces it in the program. Other names stay.

    Examples
    --------
    >>> from neurolab.exports.brian2_trees import written
    >>> from neurolab.model.expressions import parse_expression
    >>> translator = Translator({"a": DIMENSIONLESS, "b": DIMENSIONLESS}, {})
    >>> written(translator.value(parse_expression("minimum(a, b)"), DIMENSIONLESS))
    'clip(a, -inf, b)'
    """

    def __init__(self, dimensions: Mapping[str, Dimension], names: Mapping[str, ast.expr]) -> None:
        self._dimensions = dimensions
        self._names = names
        # Names whose values can be negative: all but units.
        self._variable = {name for name in dimensions if name != "t"}

    def value(self, expression: Expression, dimension: Dimension) -> ast.expr:
        """Translate a formula into a number of this dimension.

        Raises
        ------
        NeurolabError
            The formula has no value.
        """
        if expression.text.strip("-+() 0.") == "":
            return zero(dimension)
        node = self.number(expression.node, dimension)
        if not is_integer(node):
            return node
        if isinstance(node, ast.Constant) and isinstance(node.value, int):
            return ast.Constant(float(node.value))
        # With whole numbers only, numpy would make the variable an array of integers.
        return ast.BinOp(ast.Constant(1.0), ast.Mult(), node)

    def dimension(self, node: ast.expr) -> Dimension:
        """Return the dimension of a part of a formula."""
        return dimension_of_expression(Expression("", node), self._dimensions)

    def number(self, node: ast.expr, dimension: Dimension = DIMENSIONLESS) -> ast.expr:
        """Translate a part of a formula into a number; a bare 0 gets this dimension."""
        if is_zero(node):
            return zero(dimension)
        if self._needs_value(node):
            return literal(constant_value(node))
        if Expression("", node).is_condition:
            return called("int", self.condition(node))
        match node:
            case ast.Constant(value=float(value) | int(value)):
                return literal(value)
            case ast.Name(id=name) if name in INFINITE:
                return times_unit(infinity(), dimension)
            case ast.Name(id=name):
                return self._names.get(name, node)
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.number(operand, dimension)
            case ast.UnaryOp(op=op, operand=operand):
                return ast.UnaryOp(op, self.number(operand, dimension))
            case ast.BinOp(left=left, op=ast.Pow(), right=right):
                return self._power(left, right)
            case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
                return self._sum(left, op, right)
            case ast.BinOp(left=left, op=op, right=right):
                if isinstance(op, ast.Div):
                    self._check_divisor(node, right)
                return ast.BinOp(self.number(left), op, self.number(right))
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self._function(node, name, arguments)
        raise AssertionError(f"unchecked node {ast.dump(node)}")

    def _check_divisor(self, node: ast.expr, divisor: ast.expr) -> None:
        if self._size(divisor) is None and not is_infinite(divisor):
            raise ParseError(
                f"'{shorten(ast.unparse(node))}' divides by zero.", mend="Correct the formula."
            )

    def condition(self, node: ast.expr) -> ast.expr:
        """Translate a part of a formula into a condition; a number is true if it is not 0."""
        if self._is_constant(node):
            is_true = bool(constant_value(node))
            first = ast.Constant(int(is_true))
            second = ast.Constant(int(not is_true))
            return ast.Compare(first, [ast.Gt()], [second])
        match node:
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return ast.UnaryOp(ast.Not(), self.condition(operand))
            case ast.BoolOp(op=op, values=values):
                return ast.BoolOp(op, [self.condition(value) for value in values])
            case ast.Compare(left=left, ops=ops, comparators=others):
                parts = [left, *others]
                links = [
                    self._comparison(first, op, second)
                    for first, op, second in zip(parts, ops, others)
                ]
                return links[0] if len(links) == 1 else ast.BoolOp(ast.And(), links)
        dimension = self.dimension(node)
        return ast.Compare(self.number(node), [ast.NotEq()], [zero(dimension)])

    def _comparison(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> ast.expr:
        """Translate one comparison.

        As in the lab, numbers that are equal up to rounding errors count as equal.
        """
        dimension = self.dimension(ast.BinOp(left, ast.Add(), right))
        first = self.number(left, dimension)
        second = self.number(right, dimension)
        margin = self._margin(left, right)
        if margin is None:
            return ast.Compare(first, [op], [second])
        if isinstance(op, ast.Eq):
            apart = called("abs", ast.BinOp(first, ast.Sub(), second))
            return ast.Compare(apart, [ast.LtE()], [margin])
        shift = ast.Add() if isinstance(op, ast.Gt | ast.LtE) else ast.Sub()
        return ast.Compare(first, [op], [ast.BinOp(second, shift, margin)])

    def _margin(self, left: ast.expr, right: ast.expr) -> ast.expr | None:
        """Return the largest rounding error of a comparison; None if there is none."""
        size = self._compared_size(left, right)
        if size is None:
            return None
        if isinstance(size, ast.Constant) and isinstance(size.value, int | float):
            return ast.Constant(float(f"{ROUNDING * size.value:.3g}"))
        return ast.BinOp(ast.Constant(ROUNDING), ast.Mult(), size)

    def _compared_size(self, left: ast.expr, right: ast.expr) -> ast.expr | None:
        """Return the size of the terms of both sides; None if their comparison is exact."""
        first = self._size(left)
        second = self._size(right)
        if first is None:
            return None if second is None or is_one_term(right) else second
        if second is None:
            return None if is_one_term(left) else first
        if is_one_term(left) and is_one_term(right):
            # If the two are about equal, they have the same size; the simpler one is written.
            return min((first, second), key=lambda part: len(ast.dump(part)))
        return ast.BinOp(first, ast.Add(), second)

    def _size(self, node: ast.expr) -> ast.expr | None:
        """Return the size of the terms from which a value is computed; None for 0."""
        match node:
            case ast.Constant(value=0):
                return None
            case ast.Name(id=name) if name in INFINITE:
                return None
            case ast.Constant() | ast.Name(id="t"):
                return self.number(node)
            case ast.Name(id=name) if name not in self._variable:
                return self.number(node)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=operand):
                return self._size(operand)
            case ast.BinOp(left=left, op=ast.Add() | ast.Sub(), right=right):
                return _combined(self._size(left), ast.Add(), self._size(right), or_one=True)
            case ast.BinOp(left=left, op=ast.Mult(), right=right):
                return _combined(self._size(left), ast.Mult(), self._size(right))
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                divisor = self.number(right)
                if not self._is_positive(right):
                    divisor = called("abs", divisor)
                return _combined(self._size(left), ast.Div(), divisor)
        return called("abs", self.number(node))

    def _is_positive(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Name):
            return node.id not in self._variable
        return isinstance(node, ast.Constant)

    def _sum(self, left: ast.expr, op: ast.operator, right: ast.expr) -> ast.expr:
        """Translate a sum or difference; a bare 0 is left out, as it has no unit."""
        if is_zero(right):
            return self.number(left)
        if is_zero(left):
            value = self.number(right)
            return ast.UnaryOp(ast.USub(), value) if isinstance(op, ast.Sub) else value
        dimension = self.dimension(ast.BinOp(left, op, right))
        return ast.BinOp(self.number(left, dimension), op, self.number(right, dimension))

    def _power(self, left: ast.expr, right: ast.expr) -> ast.expr:
        base = self.number(left)
        exponent = self.number(right)
        is_whole = isinstance(exponent, ast.Constant) and isinstance(exponent.value, int)
        if is_integer(base) and not is_whole:
            # numpy refuses negative powers of whole numbers
            base = ast.BinOp(ast.Constant(1.0), ast.Mult(), base)
        return ast.BinOp(base, ast.Pow(), exponent)

    def _function(self, node: ast.Call, name: str, arguments: list[ast.expr]) -> ast.expr:
        dimension = self.dimension(node)
        if name in ("floor", "ceil"):
            return self._whole(name, arguments[0], dimension)
        if name in SYMBOLIC or name in ("abs", "sign"):
            return called(name, self.number(arguments[0]))
        values = [self.number(argument, dimension) for argument in arguments]
        if name == "clip":
            return called("clip", *values)
        endless = times_unit(infinity(), dimension)
        if name == "minimum":
            return called("clip", values[0], ast.UnaryOp(ast.USub(), endless), values[1])
        if name == "maximum":
            return called("clip", values[0], values[1], endless)
        raise ParseError(
            f"Brian 2 has no function {name} ('{shorten(ast.unparse(node))}').",
            mend="Write the formula without it.",
        )

    def _whole(self, name: str, node: ast.expr, dimension: Dimension) -> ast.expr:
        """Translate ``floor`` or ``ceil``; Brian 2's own functions return 32-bit integers."""
        if dimension == DIMENSIONLESS:
            return self._rounded(name, self.number(node), self._size(node))
        unit = unit_node(dimension)
        size = _combined(self._size(node), ast.Div(), unit)
        rounded = self._rounded(name, ast.BinOp(self.number(node), ast.Div(), unit), size)
        return ast.BinOp(rounded, ast.Mult(), unit)

    def _rounded(self, name: str, value: ast.expr, size: ast.expr | None) -> ast.expr:
        """Return the next lower or higher whole number of a plain number of this size."""
        margin: ast.expr = ast.Constant(ROUNDING)
        if size is not None:
            largest = called("clip", size, ast.Constant(1), infinity())
            margin = ast.BinOp(margin, ast.Mult(), largest)
        one = ast.Constant(1.0)
        if name == "floor":
            return ast.BinOp(ast.BinOp(value, ast.Add(), margin), ast.FloorDiv(), one)
        negative = ast.BinOp(ast.BinOp(margin, ast.Sub(), value), ast.FloorDiv(), one)
        return ast.UnaryOp(ast.USub(), negative)

    def _needs_value(self, node: ast.expr) -> bool:
        """Return whether a part is constant, and Brian 2 would compute it in another way."""
        if not self._is_constant(node):
            return False
        if isinstance(node, ast.BinOp) and is_infinite(node):
            return True
        return any(
            isinstance(part, (ast.Call, ast.Pow, ast.cmpop, ast.BoolOp, ast.Not))
            for part in ast.walk(node)
        )

    def _is_constant(self, node: ast.expr) -> bool:
        """Return whether a part contains no names but those of constants and functions."""
        functions = {id(part.func) for part in ast.walk(node) if isinstance(part, ast.Call)}
        return all(
            part.id in CONSTANTS | INFINITE and part.id not in self._names
            for part in ast.walk(node)
            if isinstance(part, ast.Name) and id(part) not in functions
        )


def _combined(
    first: ast.expr | None, op: ast.operator, second: ast.expr | None, or_one: bool = False
) -> ast.expr | None:
    """Combine two sizes; if one is 0, return None, or the other one."""
    if first is not None and second is not None:
        return ast.BinOp(first, op, second)
    return (first or second) if or_one else None
