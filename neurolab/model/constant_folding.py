"""Parts of formulas that do not change are computed once, before a run."""

import ast
import math
from collections.abc import Mapping

from ..errors import NeurolabError
from .closures import Closure, closure
from .expressions import Expression
from .syntax_trees import copied
from .vocabulary import ROUNDING


def folded(expression: Expression, constants: Mapping[str, float]) -> Closure:
    """Return the closure of a formula whose constant parts are numbers.

    Comparisons and functions with steps are left as they are, because the tolerance with which they
    compare depends on the terms of their values.

    Parameters
    ----------
    expression : Expression
    constants : mapping
        SI values of names that do not change.

    Examples
    --------
    >>> from neurolab.model.expressions import parse_expression
    >>> folded(parse_expression("x/(2*tau)"), {"tau": 5.0})({"x": 20.0})
    2.0
    """
    return closure(_Folding(constants).visit(copied(expression.node)))


class _Folding(ast.NodeTransformer):
    """Replaces operations on constants by their values, from the largest parts down."""

    def __init__(self, constants: Mapping[str, float]) -> None:
        self._constants = constants

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        return self._visited(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        return self._visited(node)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        if not (isinstance(node.func, ast.Name) and node.func.id in ROUNDING):
            node.args = [self.visit(argument) for argument in node.args]
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        return node

    def _visited(self, node: ast.expr) -> ast.expr:
        value = self._value(node)
        if value is not None:
            return ast.Constant(value)
        self.generic_visit(node)
        return node

    def _value(self, node: ast.expr) -> float | None:
        """Return the value of a part that is constant and finite; else None."""
        for part in ast.walk(node):
            if isinstance(part, (ast.Compare, ast.BoolOp, ast.Not, ast.Call)):
                return None
            if isinstance(part, ast.Name) and part.id not in self._constants:
                return None
        try:
            value = closure(node)(self._constants)
        except (NeurolabError, ArithmeticError):
            return None
        return value if type(value) is float and math.isfinite(value) else None
