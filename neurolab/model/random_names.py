"""Formulas with ``%``, ``//``, ``!=``, ``rand()`` and ``randn()``, in terms of simpler ones.

Synapses are created and set by such formulas. Remainders become differences, ``!=`` becomes
``not``, and each call of a random function becomes a name of its own, whose values are drawn when
they are needed.
"""

import ast
import re
import warnings

from ..characters import plain
from ..errors import LimitError, ParseError
from .expressions import MAX_CHARACTERS, Expression, parse_expression
from .program_functions import Functions
from .vocabulary import shorten

UNIFORM = "_rand"
NORMAL = "_randn"
_RANDOM = {"rand": UNIFORM, "randn": NORMAL}
_NEEDED = re.compile(r"%|//|!=|\brandn?\s*\(", re.ASCII)


def parse_with_random(text: str, functions: Functions = ()) -> Expression:
    """Parse a formula that may also have ``%``, ``//``, ``!=``, ``rand()`` and ``randn()``.

    Parameters
    ----------
    text : str
    functions : tuple of ProgramFunction
        Functions of the program that it may call.

    Returns
    -------
    Expression
        Random numbers are names that begin with `UNIFORM` or `NORMAL`.

    Raises
    ------
    ParseError, LimitError

    Examples
    --------
    >>> parse_with_random("i % 2 != j").text
    'not i - 2 * floor(i / 2) == j'
    >>> sorted(parse_with_random("rand() < 0.1*rand()").names)
    ['_rand1', '_rand2']
    """
    if not _NEEDED.search(text):
        return parse_expression(text, functions)
    text = " ".join(plain(text).split())
    if len(text) > MAX_CHARACTERS:
        raise LimitError(
            f"The formula has {len(text)} characters.", mend=f"Write at most {MAX_CHARACTERS}."
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            node = ast.parse(text, mode="eval").body
        return parse_expression(ast.unparse(_Simpler().visit(node)), functions)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        if isinstance(error, ParseError):
            raise
        raise ParseError(
            f"'{shorten(text)}' is not a formula.", mend="Write one such as (i + 1) % 4."
        ) from None


class _Simpler(ast.NodeTransformer):
    """Replaces operators and calls that formulas do not have."""

    def __init__(self) -> None:
        self._drawn = 0

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        self.generic_visit(node)
        if isinstance(node.op, ast.FloorDiv):
            return _floor(node.left, node.right)
        if isinstance(node.op, ast.Mod):
            whole = ast.BinOp(node.right, ast.Mult(), _floor(node.left, node.right))
            return ast.BinOp(node.left, ast.Sub(), whole)
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        self.generic_visit(node)
        if len(node.ops) == 1 and isinstance(node.ops[0], ast.NotEq):
            same = ast.Compare(node.left, [ast.Eq()], node.comparators)
            return ast.UnaryOp(ast.Not(), same)
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        sizes = [argument.id for argument in node.args if isinstance(argument, ast.Name)]
        if name in _RANDOM and (not node.args or sizes == ["n"]) and not node.keywords:
            self._drawn += 1
            return ast.Name(f"{_RANDOM[name]}{self._drawn}", ast.Load())
        return node


def _floor(numerator: ast.expr, divisor: ast.expr) -> ast.expr:
    quotient = ast.BinOp(numerator, ast.Div(), divisor)
    return ast.Call(ast.Name("floor", ast.Load()), [quotient], [])


def is_random(name: str) -> bool:
    """Return whether a name stands for random numbers."""
    return name.startswith(UNIFORM)


def is_normal(name: str) -> bool:
    """Return whether a name stands for normally distributed numbers."""
    return name.startswith(NORMAL)
