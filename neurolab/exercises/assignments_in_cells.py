"""Assignments in the cells of a notebook: the text to the right of a name, unevaluated."""

import ast
import re
import warnings
from typing import NamedTuple

from ..errors import NeurolabError, ParseError

MOST_CHARACTERS = 500_000
"""Length of the longest answer cell that is read."""
NOTHING = ("", "None", "...", "…")
"""Texts that mean that there is no answer yet."""
NOT_PYTHON = (SyntaxError, ValueError, MemoryError, RecursionError)
"""Errors of Python's parser for a text that is not Python, or is nested too deeply."""
_QUOTES = "'\"`‘’‚“”„«»"


class Written(NamedTuple):
    """The right-hand side of an answer's assignment.

    Attributes
    ----------
    text : str
        As written, without the quotation marks around a single text.
    tree : ast.expr or None
        The same as Python's syntax tree; None if it is not Python.
    """

    text: str
    tree: ast.expr | None


def has_answer(name: str, source: str) -> bool:
    """Return whether a cell holds an answer, readable or not.

    Parameters
    ----------
    name : str
    source : str

    Returns
    -------
    bool

    Examples
    --------
    >>> has_answer("answer_1", "answer_1 = '8 mV'"), has_answer("answer_1", "answer_1 = ...")
    (True, False)
    """
    if len(source) > MOST_CHARACTERS:
        return name in source
    try:
        written = find_answer(name, source)
    except NeurolabError:
        return True
    return written is not None and written.text not in NOTHING


def find_answer(name: str, source: str) -> Written | None:
    """Find the last assignment to a name in a cell.

    Parameters
    ----------
    name : str
    source : str
        The text of the cell.

    Returns
    -------
    Written or None
        None if the cell assigns nothing to the name.

    Raises
    ------
    ParseError
        The cell sets the name in another way than by ``name = …``, such as in a loop or by ``+=``.

    Examples
    --------
    >>> find_answer("answer_1", "answer_1 = 8.2 mV").text
    '8.2 mV'
    """
    source = _without_commands(source)
    try:
        with warnings.catch_warnings(action="ignore"):  # warnings about the student's text
            statements = ast.parse(source).body
    except NOT_PYTHON:
        return _find_in_text(name, source)
    written = None
    unread = None
    for statement in statements:
        target = _target(statement, name)
        if target is not None:
            written = _to_the_right(target, statement, source)
            unread = None
        elif _binds(statement, name):
            unread = statement
    if unread is not None:
        raise ParseError(
            f"Line {unread.lineno} of the cell gives {name} a value in a way that cannot be read.",
            mend=f"Write {name} = and the answer on a line of its own, after everything else.",
        )
    return written


def _without_commands(source: str) -> str:
    """Return the text without commands of the notebook, such as ``%matplotlib``."""
    lines = source.encode("utf-8", "replace").decode().splitlines()
    return "\n".join("" if line.startswith(("%", "!")) else line for line in lines)


def _binds(statement: ast.stmt, name: str) -> bool:
    """Return whether a statement changes the value of a name of the cell in any way.

    The bodies of functions are not searched.
    """
    pending: list[ast.AST] = [statement]
    while pending:
        node = pending.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            if node.name == name:
                return True
            pending += node.decorator_list
            continue
        if _is_changed(node, name):
            return not (isinstance(statement, ast.AnnAssign) and statement.value is None)
        if isinstance(node, (ast.MatchAs, ast.MatchStar, ast.ExceptHandler)) and node.name == name:
            return True
        if isinstance(node, ast.alias) and (node.asname or node.name.partition(".")[0]) == name:
            return True
        if not isinstance(node, ast.Lambda):
            pending += ast.iter_child_nodes(node)
    return False


def _is_changed(node: ast.AST, name: str) -> bool:
    """Return whether a name, or one of its entries or attributes, is a target of an assignment."""
    if not isinstance(node, (ast.Name, ast.Subscript, ast.Attribute)):
        return False
    if isinstance(node.ctx, ast.Load):
        return False
    while isinstance(node, (ast.Subscript, ast.Attribute)):
        node = node.value
    return isinstance(node, ast.Name) and node.id == name


def _target(statement: ast.stmt, name: str) -> ast.Name | None:
    """Return the last target with this name of an assignment."""
    targets: list[ast.expr] = []
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        targets = [statement.target]
    named = [target for target in targets if isinstance(target, ast.Name) and target.id == name]
    return named[-1] if named else None


def _to_the_right(target: ast.Name, statement: ast.stmt, source: str) -> Written:
    """Return the part of a statement after a target: ``answer_4 = V = Vr`` answers ``V = Vr``."""
    assert isinstance(statement, (ast.Assign, ast.AnnAssign))
    assert target.end_lineno is not None
    lines = source.encode().split(b"\n")[target.end_lineno - 1 : statement.end_lineno]
    lines[-1] = lines[-1][: statement.end_col_offset]
    lines[0] = lines[0][target.end_col_offset :]
    right = b"\n".join(lines).decode().partition("=")[2]
    value = statement.value
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return Written(value.value.strip(), value)
    return Written(right.strip(), value)


def _find_in_text(name: str, source: str) -> Written | None:
    """Find the assignment in a cell that is not Python, such as ``answer_3 = 8.2 mV``."""
    starts = list(re.finditer(rf"^[ \t]*{name}[ \t]*=(?!=)", source, re.MULTILINE))
    if not starts:
        return None
    rest = source[starts[-1].end() :]
    lines = (re.sub(r"(^|\s)#.*", "", line) for line in rest.splitlines())
    return Written("\n".join(lines).strip().strip(_QUOTES).strip(), None)
