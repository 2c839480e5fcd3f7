"""Replace ``&``, ``|`` and ``~`` between conditions by ``and``, ``or`` and ``not``."""

import ast

from ..errors import ParseError
from .vocabulary import is_condition, text_of

_JOINING: dict[type[ast.operator], type[ast.boolop]] = {ast.BitAnd: ast.And, ast.BitOr: ast.Or}
"""Operators that join conditions, and the words of the same meaning."""


class _WordWriter(ast.NodeTransformer):
    """Replaces the operators between conditions by words."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        word = _JOINING.get(type(node.op))
        self.generic_visit(node)
        if word is None:
            return node
        parts = node.left, node.right
        for part in parts:
            if not is_condition(part) and not (
                isinstance(part, ast.Name) and any(map(is_condition, parts))
            ):
                raise ParseError(
                    f"'{text_of(part)}' is not a condition, so & and | cannot join it.",
                    mend="Put a condition in brackets on each side, such as (V > 5*mV) & (t "
                    "> 2*ms).",
                )
        return ast.BoolOp(word(), [node.left, node.right])

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        self.generic_visit(node)
        if not isinstance(node.op, ast.Invert):
            return node
        if not is_condition(node.operand):
            raise ParseError(
                f"'{text_of(node.operand)}' is not a condition, so ~ cannot negate it.",
                mend="Put a condition in brackets, such as ~(V > 5*mV).",
            )
        return ast.UnaryOp(ast.Not(), node.operand)

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        for part in (node.left, *node.comparators):
            if isinstance(part, ast.BinOp) and isinstance(part.op, (ast.BitAnd, ast.BitOr)):
                raise ParseError(
                    f"'{text_of(node)}' joins '{text_of(part)}' before it compares.",
                    mend="Put each condition in brackets: (V > 5*mV) & (t > 2*ms).",
                )
        return self.generic_visit(node)


def with_words(node: ast.expr) -> ast.expr:
    """Replace the operators between conditions by words.

    Raises
    ------
    ParseError
        An operator joins something that is not a condition.

    Examples
    --------
    >>> ast.unparse(with_words(ast.parse("(V > 1) & ~(t < 2)", mode="eval").body))
    'V > 1 and (not t < 2)'
    """
    replaced = (ast.BitAnd, ast.BitOr, ast.Invert)
    if any(isinstance(each, replaced) for each in ast.walk(node)):
        return _WordWriter().visit(node)
    return node
