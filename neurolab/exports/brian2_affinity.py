"""Formulas that are linear in one variable x, as a constant and a factor: a + b x."""

import ast
from typing import NamedTuple

from ..errors import ParseError
from ..model.model import Model

_LONGEST_PART = 60  # nodes of a syntax tree

Part = ast.expr | None
"""A syntax tree; None stands for 0."""
Parts = tuple[Part, Part]
"""The constant and the factor of a formula."""


class NamedPart(NamedTuple):
    """A part of a static equation that has a name.

    Attributes
    ----------
    node : ast.expr
    static : str
        The static equation.
    is_factor : bool
        Whether it is the factor; else it is the constant.
    """

    node: ast.expr
    static: str
    is_factor: bool


class Affinity:
    """Splits formulas that are linear in one variable x into a constant and a factor: a + b x.

    Parameters
    ----------
    model : Model
    variable : str

    Attributes
    ----------
    named : dict
        Name in the formulas → a part of a static equation that is too long to be written at each
        use. Without them, the length of a formula would double with each static equation that uses
        the previous one twice.

    Examples
    --------
    >>> from neurolab.model.compilation import compile_model
    >>> model = compile_model("dV/dt = (El - V)/tau : volt")
    >>> constant, factor = Affinity(model, "V").parts(model.derivatives[0].node)
    >>> ast.unparse(constant), ast.unparse(factor)
    ('El / tau', '-1 / tau')
    """

    def __init__(self, model: Model, variable: str) -> None:
        self._variable = variable
        self.named: dict[str, NamedPart] = {}
        self._parts: dict[str, Parts] = {}
        self._statics = {
            name: expression.node
            for name, expression in model.statics
            if any(variable in static.names for _, static in model.statics_for({name}))
        }

    def parts(self, node: ast.expr) -> Parts:
        """Return the constant and the factor of a formula; None stands for 0.

        Raises
        ------
        ParseError
            The formula is not linear in the variable.
        """
        names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
        if not names & {self._variable, *self._statics}:
            return node, None
        match node:
            case ast.Name(id=self._variable):
                return None, ast.Constant(1)
            case ast.Name(id=name):
                return self._parts_of_static(name)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd() as op, operand=operand):
                constant, factor = self.parts(operand)
                return constant and ast.UnaryOp(op, constant), factor and ast.UnaryOp(op, factor)
            case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
                first = self.parts(left)
                second = self.parts(right)
                return _combined(first[0], op, second[0]), _combined(first[1], op, second[1])
            case ast.BinOp(left=left, op=ast.Mult() | ast.Div() as op, right=right):
                return self._scaled(left, op, right)
            case ast.BinOp(left=left, op=ast.Pow(), right=ast.Constant(value=1)):
                return self.parts(left)
        raise self._not_linear()

    def _parts_of_static(self, static: str) -> Parts:
        if static not in self._parts:
            constant, factor = self.parts(self._statics[static])
            self._parts[static] = (
                self._shortened(constant, static, False),
                self._shortened(factor, static, True),
            )
        return self._parts[static]

    def _shortened(self, node: Part, static: str, is_factor: bool) -> Part:
        """Return a part, or a name for it.

        The space in the name distinguishes it from all names that can be typed.
        """
        if node is None or sum(1 for _ in ast.walk(node)) <= _LONGEST_PART:
            return node
        name = f"{static} {'factor' if is_factor else 'constant'}"
        self.named[name] = NamedPart(node, static, is_factor)
        return ast.Name(name, ast.Load())

    def _scaled(self, left: ast.expr, op: ast.operator, right: ast.expr) -> Parts:
        first = self.parts(left)
        second = self.parts(right)
        if second[1] is None:
            return _product(first[0], op, right), _product(first[1], op, right)
        if first[1] is None and isinstance(op, ast.Mult):
            return _product(second[0], op, left, True), _product(second[1], op, left, True)
        raise self._not_linear()

    def _not_linear(self) -> ParseError:
        return ParseError(
            f"The equation of {self._variable} is not linear in {self._variable}, as "
            "exponential_euler needs it.",
            where="method",
            mend="Choose euler, rk2 or rk4.",
        )


def _product(part: Part, op: ast.operator, other: ast.expr, reverse: bool = False) -> Part:
    if part is None:
        return None
    return ast.BinOp(other, op, part) if reverse else ast.BinOp(part, op, other)


def _combined(first: Part, op: ast.operator, second: Part) -> Part:
    if second is None:
        return first
    if first is None:
        return ast.UnaryOp(ast.USub(), second) if isinstance(op, ast.Sub) else second
    return ast.BinOp(first, op, second)
