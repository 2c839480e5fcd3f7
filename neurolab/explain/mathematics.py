"""Equations as mathematics: from the checked syntax tree to sympy, and from there to MathML."""

import ast
import html
from functools import lru_cache

from ..model.equations import parse_equations

_SYMPY_NAMES = {
    "abs": "Abs",
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    **{name: name for name in ("exp", "log", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh")},
}
_BINARY = {ast.Add: "Add", ast.Mult: "Mul", ast.Pow: "Pow"}


class _NotShownError(Exception):
    """A part of a formula that has no place in mathematics."""


@lru_cache(maxsize=256)
def equations_mathml(text):
    """A model's equations as MathML, which browsers show and screen readers read without any script.

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
    """
    equations = sorted((e for e in parse_equations(text) if e.expression), key=lambda e: e.line)
    return "".join(f'<div><math displaystyle="true">{_equation(e)}</math></div>' for e in equations)


def _equation(equation):
    name = name_mathml(equation.name)
    if equation.kind == "differential":
        name = f"<mfrac><mrow><mi>d</mi>{name}</mrow><mrow><mi>d</mi><mi>t</mi></mrow></mfrac>"
    try:
        formula = _mathml(to_sympy(equation.expression.node))
    except _NotShownError:
        formula = f"<mtext>{html.escape(equation.expression.text)}</mtext>"
    return f"<mrow>{name}<mo>=</mo>{formula}</mrow>"


@lru_cache(maxsize=256)
def name_mathml(name):
    """A variable's name as mathematics: subscripts and Greek letters."""
    return _mathml(_symbol(name))


def _mathml(expression):
    import sympy

    return sympy.mathml(expression, printer="presentation", order="none").replace(
        "<mo>-</mo>", "<mo>−</mo>"
    )


def _symbol(name):
    import sympy

    return sympy.Symbol(name)


def to_sympy(node):
    """A checked syntax tree as a sympy expression, with the terms in the order in which they were typed."""
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
            # Unevaluated: the value of exp(exp(exp(9))) would take for ever to write down.
            return function(*map(to_sympy, arguments), evaluate=False)
    raise _NotShownError(ast.unparse(node))  # conditions among the terms: shown as they were typed
