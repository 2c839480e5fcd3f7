"""Equations as mathematics: the checked syntax tree becomes sympy, and sympy becomes MathML."""

import ast
import html
from functools import lru_cache
from typing import Any

from ..model.equations import Equation, parse_equations
from ..model.expressions import Expression

_SYMPY_NAMES = {
    "abs": "Abs",
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    **{name: name for name in ("exp", "log", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh")},
}
_BINARY = {ast.Add: "Add", ast.Mult: "Mul", ast.Pow: "Pow"}


class _NotShownError(Exception):
    """A part of a formula that sympy cannot express."""


@lru_cache(maxsize=256)
def equations_mathml(text: str) -> str:
    """Write a model's equations as MathML, which browsers and screen readers know without scripts.

    Parameters
    ----------
    text : str
        Equations as typed.

    Returns
    -------
    str
        One ``<math>`` element for each differential and static equation, in the order of the text.

    Raises
    ------
    NeurolabError
        The text cannot be parsed.

    Examples
    --------
    >>> equations_mathml("f = a : 1")[:58]
    '<div><math displaystyle="true"><mrow><mi>f</mi><mo>=</mo><'
    """
    written = [
        f'<div><math displaystyle="true">{_equation(equation, equation.expression)}</math></div>'
        for equation in sorted(parse_equations(text), key=lambda equation: equation.line)
        if equation.expression
    ]
    return "".join(written)


def _equation(equation: Equation, expression: Expression) -> str:
    name = name_mathml(equation.name)
    if equation.kind == "differential":
        name = f"<mfrac><mrow><mi>d</mi>{name}</mrow><mrow><mi>d</mi><mi>t</mi></mrow></mfrac>"
    try:
        formula = _mathml(to_sympy(expression.node))
    except _NotShownError:
        formula = f"<mtext>{html.escape(expression.text)}</mtext>"
    return f"<mrow>{name}<mo>=</mo>{formula}</mrow>"


@lru_cache(maxsize=256)
def name_mathml(name: str) -> str:
    """Write a variable's name as mathematics, with subscripts and Greek letters.

    Examples
    --------
    >>> name_mathml("tau_a")
    '<msub><mi>&#964;</mi><mi>a</mi></msub>'
    """
    return _mathml(_symbol(name))


def _mathml(expression: Any) -> str:
    import sympy

    return sympy.mathml(expression, printer="presentation", order="none").replace(
        "<mo>-</mo>", "<mo>−</mo>"
    )


def _symbol(name: str) -> Any:
    import sympy

    return sympy.Symbol(name)


def to_sympy(node: ast.expr) -> Any:
    """Convert a checked syntax tree to sympy, with the terms in the order of the text."""
    import sympy

    match node:
        case ast.Constant(value=value):
            return sympy.Integer(value) if isinstance(value, int) else sympy.Float(value, 12)
        case ast.Name(id=name):
            return sympy.pi if name == "pi" else sympy.E if name == "e" else sympy.Symbol(name)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return sympy.Mul(-1, to_sympy(operand), evaluate=False)
        case ast.UnaryOp(operand=operand):
            return to_sympy(operand)
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return sympy.Add(
                to_sympy(left), sympy.Mul(-1, to_sympy(right), evaluate=False), evaluate=False
            )
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return sympy.Mul(
                to_sympy(left), sympy.Pow(to_sympy(right), -1, evaluate=False), evaluate=False
            )
        case ast.BinOp(left=left, op=op, right=right):
            return getattr(sympy, _BINARY[type(op)])(
                to_sympy(left), to_sympy(right), evaluate=False
            )
        case ast.Call(func=ast.Name(id=name), args=arguments):
            function = (
                getattr(sympy, _SYMPY_NAMES[name]) if name in _SYMPY_NAMES else sympy.Function(name)
            )
            # Unevaluated: the value of exp(exp(exp(9))) has too many digits.
            return function(*map(to_sympy, arguments), evaluate=False)
    raise _NotShownError(ast.unparse(node))  # a condition among the terms is shown as typed
