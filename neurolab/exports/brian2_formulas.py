"""Formulas as Brian 2 reads them.

Brian 2 knows fewer kinds of formula than the lab. A condition cannot be used as a number there, comparisons cannot be
chained, 0 has no unit, and there is no ``minimum`` or ``maximum``. The translation goes from syntax tree to syntax
tree. A formula that Brian 2 reads as it is stays as it is.
"""

import ast
import math
from collections.abc import Mapping

import numpy as np
from pint.util import UnitsContainer

from ..errors import ParseError
from ..model.dimensions import dimension_of_expression
from ..model.expressions import Expression
from ..model.vocabulary import CONSTANTS, INFINITE, shorten
from ..units import DIMENSIONLESS
from .brian2_names import unit_node

ROUNDING = 1e-12
"""Relative size of what counts as a rounding error in a program: as in the lab (`neurolab.grid`), in round numbers."""

_LARGEST_WHOLE = (
    2**15
)  # a product of a few larger ones does not fit into the whole numbers of numpy
_SYMBOLIC = frozenset(
    "exp log log10 sqrt sin cos tan arcsin arccos arctan sinh cosh tanh expm1".split()
)


class Translator:
    """Translates the formulas of one group.

    Parameters
    ----------
    dimensions : mapping
        Dimension of every name in the formulas.
    names : mapping
        Name in the formulas → syntax tree that stands for it in the program. A name that is missing stays.
    """

    def __init__(self, dimensions: Mapping, names: Mapping) -> None:
        self._dimensions = dimensions
        self._names = names
        # Names that may stand for negative values: all but units.
        self._variable = {name for name in dimensions if name != "t"}

    def value(self, expression: Expression, dimension: UnitsContainer) -> ast.expr:
        """A formula as a number of this dimension.

        Raises
        ------
        NeurolabError
            The formula has no value.
        """
        if expression.text.strip("-+() 0.") == "":
            return _zero(dimension)
        node = self.number(expression.node, dimension)
        if not _is_integer(node):
            return node
        if isinstance(node, ast.Constant):
            return ast.Constant(float(node.value))
        return ast.BinOp(
            ast.Constant(1.0), ast.Mult(), node
        )  # numpy would make the variable one of whole numbers

    def dimension(self, node: ast.expr) -> UnitsContainer:
        """The dimension of a part of a formula."""
        return dimension_of_expression(Expression("", node), self._dimensions)

    def number(self, node: ast.expr, dimension: UnitsContainer = DIMENSIONLESS) -> ast.expr:
        """A part of a formula as a number; a bare 0 gets this dimension."""
        if _is_zero(node):
            return _zero(dimension)
        if self._needs_value(node):
            return _literal(_constant_value(node))
        if Expression("", node).is_condition:
            return _call("int", self.condition(node))
        match node:
            case ast.Constant(value=value):
                return _literal(value)
            case ast.Name(id=name) if name in INFINITE:
                return _times_unit(ast.Name("inf", ast.Load()), dimension)
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
                if (
                    isinstance(op, ast.Div)
                    and self._size(right) is None
                    and not _is_infinite(right)
                ):
                    raise ParseError(
                        f"'{shorten(ast.unparse(node))}' divides by zero",
                        mend="Correct the formula.",
                    )
                return ast.BinOp(self.number(left), op, self.number(right))
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self._function(node, name, arguments)
        raise AssertionError(f"unchecked node {ast.dump(node)}")

    def condition(self, node: ast.expr) -> ast.expr:
        """A part of a formula as something true or false; a number is true where it is not 0."""
        if self._is_constant(node):
            low, high = ast.Constant(0), ast.Constant(1)
            first, second = (high, low) if _constant_value(node) else (low, high)
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
        return ast.Compare(self.number(node), [ast.NotEq()], [_zero(dimension)])

    def _comparison(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> ast.expr:
        """One comparison. Numbers that are equal up to rounding errors count as equal, as in the lab."""
        dimension = self.dimension(ast.BinOp(left, ast.Add(), right))
        first, second = self.number(left, dimension), self.number(right, dimension)
        margin = self._margin(left, right)
        if margin is None:
            return ast.Compare(first, [op], [second])
        if isinstance(op, ast.Eq):
            return ast.Compare(
                _call("abs", ast.BinOp(first, ast.Sub(), second)), [ast.LtE()], [margin]
            )
        shift = ast.Add() if isinstance(op, ast.Gt | ast.LtE) else ast.Sub()
        return ast.Compare(first, [op], [_sum(second, shift, margin)])

    def _margin(self, left: ast.expr, right: ast.expr) -> ast.expr | None:
        """How far apart two sides can be through rounding errors alone; None if there is no such distance."""
        sides = [(node, self._size(node)) for node in (left, right)]
        if any(size is None for _, size in sides):
            ((node, size),) = [side for side in sides if side[1] is not None] or [(left, None)]
            if size is None or _is_one_term(node):
                return None
        elif all(_is_one_term(node) for node, _ in sides):
            # Where the two are about equal, the size of one is that of the other; the simpler one is written.
            size = min((size for _, size in sides), key=lambda part: len(ast.dump(part)))
        else:
            size = _sum(sides[0][1], ast.Add(), sides[1][1])
        if isinstance(size, ast.Constant):
            return ast.Constant(float(f"{ROUNDING * size.value:.3g}"))
        return ast.BinOp(ast.Constant(ROUNDING), ast.Mult(), size)

    def _size(self, node: ast.expr) -> ast.expr | None:
        """How large the terms are from which a value is computed; None for 0."""
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
                first, second = self._size(left), self._size(right)
                return (
                    first or second
                    if first is None or second is None
                    else _sum(first, ast.Add(), second)
                )
            case ast.BinOp(left=left, op=ast.Mult(), right=right):
                first, second = self._size(left), self._size(right)
                return (
                    None
                    if first is None or second is None
                    else ast.BinOp(first, ast.Mult(), second)
                )
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                first, second = self._size(left), self.number(right)
                divisor = second if self._is_positive(right) else _call("abs", second)
                return None if first is None else ast.BinOp(first, ast.Div(), divisor)
        return _call("abs", self.number(node))

    def _is_positive(self, node: ast.expr) -> bool:
        return (
            isinstance(node, ast.Constant)
            or isinstance(node, ast.Name)
            and node.id not in self._variable
        )

    def _sum(self, left: ast.expr, op: ast.operator, right: ast.expr) -> ast.expr:
        """A sum or difference; a bare 0 is left out, as it has no unit."""
        if _is_zero(right):
            return self.number(left)
        if _is_zero(left):
            value = self.number(right)
            return ast.UnaryOp(ast.USub(), value) if isinstance(op, ast.Sub) else value
        dimension = self.dimension(ast.BinOp(left, op, right))
        return ast.BinOp(self.number(left, dimension), op, self.number(right, dimension))

    def _power(self, left: ast.expr, right: ast.expr) -> ast.expr:
        base = self.number(left)
        exponent = self.number(right)
        whole = isinstance(exponent, ast.Constant) and isinstance(exponent.value, int)
        if (
            _is_integer(base) and not whole
        ):  # numpy raises no whole number to a negative whole number
            base = ast.BinOp(ast.Constant(1.0), ast.Mult(), base)
        return ast.BinOp(base, ast.Pow(), exponent)

    def _function(self, node: ast.Call, name: str, arguments: list) -> ast.expr:
        dimension = self.dimension(node)
        if name in ("floor", "ceil"):
            return self._whole(name, arguments[0], dimension)
        if name in _SYMBOLIC or name in ("abs", "sign"):
            return _call(name, self.number(arguments[0]))
        values = [self.number(argument, dimension) for argument in arguments]
        if name == "clip":
            return _call("clip", *values)
        endless = _times_unit(ast.Name("inf"), dimension)
        if name == "minimum":
            return _call("clip", values[0], ast.UnaryOp(ast.USub(), endless), values[1])
        if name == "maximum":
            return _call("clip", values[0], values[1], endless)
        raise ParseError(
            f"Brian 2 has no function {name} ('{shorten(ast.unparse(node))}')",
            mend="Write the formula without it.",
        )

    def _whole(self, name: str, node: ast.expr, dimension: UnitsContainer) -> ast.expr:
        """The next lower or higher whole number; Brian 2's own functions give numbers of 32 bits."""
        value, size = self.number(node), self._size(node)
        unit = None if dimension == DIMENSIONLESS else unit_node(dimension)
        if unit is not None:
            value, size = (
                ast.BinOp(value, ast.Div(), unit),
                size and ast.BinOp(size, ast.Div(), unit),
            )
        margin = ast.Constant(ROUNDING)
        if size is not None:
            margin = ast.BinOp(
                margin,
                ast.Mult(),
                _call("clip", size, ast.Constant(1), ast.Name("inf", ast.Load())),
            )
        if name == "floor":
            whole = ast.BinOp(_sum(value, ast.Add(), margin), ast.FloorDiv(), ast.Constant(1.0))
        else:
            whole = ast.UnaryOp(
                ast.USub(),
                ast.BinOp(_sum(margin, ast.Sub(), value), ast.FloorDiv(), ast.Constant(1.0)),
            )
        return whole if unit is None else ast.BinOp(whole, ast.Mult(), unit)

    def _needs_value(self, node: ast.expr) -> bool:
        """Whether a part is constant and has to be written as a number: Brian 2 would compute it otherwise."""
        if isinstance(node, ast.BinOp) and self._is_constant(node) and _is_infinite(node):
            return True
        return self._is_constant(node) and any(
            isinstance(part, (ast.Call, ast.Pow, ast.cmpop, ast.BoolOp, ast.Not))
            for part in ast.walk(node)
        )

    def _is_constant(self, node: ast.expr) -> bool:
        called = {id(part.func) for part in ast.walk(node) if isinstance(part, ast.Call)}
        return all(
            part.id in CONSTANTS | INFINITE and part.id not in self._names
            for part in ast.walk(node)
            if isinstance(part, ast.Name) and id(part) not in called
        )


def is_symbolic(node: ast.expr) -> bool:
    """Whether Brian 2's symbolic algebra keeps the value of a translated formula."""
    if _is_infinite(node):
        return False
    for part in ast.walk(node):
        if isinstance(part, (ast.Compare, ast.BoolOp, ast.Not, ast.FloorDiv)):
            return False
        if isinstance(part, ast.Call) and part.func.id not in _SYMBOLIC:
            return False
        if (
            isinstance(part, ast.Constant)
            and isinstance(part.value, float)
            and float(f"{part.value:.15g}") != part.value
        ):
            return False
    return True


def keeps_names(node: ast.expr, variable: str) -> bool:
    """Whether Brian 2 keeps all names of a formula that it simplifies, because the variable that it is given to is in it."""
    names = [part.id for part in ast.walk(node) if isinstance(part, ast.Name)]
    if variable not in names:
        return True
    return (
        is_symbolic(node)
        and len(names) == len(set(names))
        and not any(_is_zero(part) for part in ast.walk(node))
    )


def same(first: ast.expr, second: ast.expr) -> bool:
    """Whether two syntax trees are the same formula."""
    return ast.dump(first) == ast.dump(second)


def keeps_text(expression: Expression, node: ast.expr) -> bool:
    """Whether Brian 2 reads the typed text of a formula as the translated tree.

    The signs ``&``, ``|`` and ``~`` are parsed here as the words and, or and not. Brian 2 does not apply them to
    conditions, so a text that holds one is written anew from its tree.
    """
    return same(node, expression.node) and not set("&|~") & set(expression.text)


def written(node: ast.expr) -> str:
    """A formula as text."""
    return ast.unparse(ast.fix_missing_locations(ast.Expression(node)))


def _is_zero(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value == 0


def _is_infinite(node: ast.expr) -> bool:
    return any(isinstance(part, ast.Name) and part.id in INFINITE for part in ast.walk(node))


def _is_one_term(node: ast.expr) -> bool:
    """Whether a value has the size of the terms from which it is computed."""
    match node:
        case ast.UnaryOp(operand=operand):
            return _is_one_term(operand)
        case ast.BinOp(op=ast.Add() | ast.Sub()):
            return False
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return _is_one_term(left) and _is_one_term(right)
        case ast.BinOp(left=left, op=ast.Div()):
            return _is_one_term(left)
    return True


def _sum(first: ast.expr, op: ast.operator, second: ast.expr) -> ast.expr:
    return ast.BinOp(first, op, second)


def _zero(dimension: UnitsContainer) -> ast.expr:
    return _times_unit(ast.Constant(0), dimension)


def _times_unit(node: ast.expr, dimension: UnitsContainer) -> ast.expr:
    return node if dimension == DIMENSIONLESS else ast.BinOp(node, ast.Mult(), unit_node(dimension))


def _call(name: str, *arguments: ast.expr) -> ast.expr:
    return ast.Call(ast.Name(name, ast.Load()), list(arguments), [])


def _literal(value: float) -> ast.expr:
    if value < 0:
        return ast.UnaryOp(ast.USub(), _literal(-value))
    if math.isinf(value):
        return ast.Name("inf", ast.Load())
    if float(value).is_integer() and value <= _LARGEST_WHOLE:
        return ast.Constant(int(value))
    return ast.Constant(float(value))


def _constant_value(node: ast.expr) -> float:
    with np.errstate(all="ignore"):
        value = float(Expression("", node).evaluate({}))
    if math.isnan(value):
        raise ParseError(
            f"'{shorten(ast.unparse(node))}' has no value", mend="Correct the formula."
        )
    return value


def _is_integer(node: ast.expr) -> bool:
    """Whether numpy computes a translated formula in whole numbers."""
    match node:
        case ast.Constant(value=value):
            return isinstance(value, int)
        case ast.UnaryOp(operand=operand):
            return _is_integer(operand)
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() | ast.Mult() | ast.Pow(), right=right):
            return _is_integer(left) and _is_integer(right)
        case ast.Call(func=ast.Name(id="int")):
            return True
        case ast.Call(func=ast.Name(id="abs" | "sign" | "clip"), args=arguments):
            return all(map(_is_integer, arguments))
    return False
