"""Copies of syntax trees, and the same formula with other formulas in place of names."""

import ast
from collections.abc import Mapping
from typing import TypeVar

from .expressions import Expression

Tree = TypeVar("Tree", bound=ast.AST)


def copied(node: Tree) -> Tree:
    """Return a syntax tree of new nodes; what is noted at them is that of the old ones.

    Examples
    --------
    >>> tree = ast.parse("x + 1", mode="eval").body
    >>> copied(tree) is tree, ast.unparse(copied(tree))
    (False, 'x + 1')
    """
    new = type(node).__new__(type(node))
    for name, value in vars(node).items():
        if isinstance(value, ast.AST):
            value = copied(value)
        elif isinstance(value, list):
            value = [copied(each) if isinstance(each, ast.AST) else each for each in value]
        setattr(new, name, value)
    return new


def substituted(expression: Expression, formulas: Mapping[str, Expression]) -> Expression:
    """Put formulas in place of their names, in a formula and in these formulas.

    Parameters
    ----------
    expression : Expression
    formulas : mapping of str to Expression
        Such as the static equations of a model.

    Examples
    --------
    >>> from neurolab.model.expressions import parse_expression
    >>> both = {"both": parse_expression("p + s")}
    >>> substituted(parse_expression("2*both"), both).text
    '2 * (p + s)'
    """
    if not expression.names & formulas.keys():
        return expression
    node = _Substitution(formulas).visit(copied(expression.node))
    return Expression(ast.unparse(node), node)


class _Substitution(ast.NodeTransformer):
    """Replaces names by formulas, also within these formulas."""

    def __init__(self, formulas: Mapping[str, Expression]) -> None:
        self._formulas = formulas

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id not in self._formulas:
            return node
        return self.visit(copied(self._formulas[node.id].node))
