"""Answers in the cells of a notebook: a cell's text is read as data, and no cell is run.

A student writes ``answer_3 = '8.2 mV'``. The name on the left says where the answer begins. Everything on the right is
taken apart as a syntax tree and never evaluated, so that no code of a student runs while answers are judged.
"""

import ast
import re
import warnings
from typing import Any, NamedTuple

from ..errors import LimitError, NeurolabError, ParseError, RangeError, UnitsError
from ..experiment.calculation import calculate
from ..experiment.typed_lists import check_pairs
from .judging import Feedback, failed, judge
from .questions import Choice, Code, Number, Prediction, Shows, answer_from_python
from .worksheet import Exercise

MOST_CHARACTERS = 500_000
"""Length of the longest answer cell that is read."""
_QUOTES = "'\"`‘’‚“”„«»"
_NOTHING = ("", "None", "...", "…")
_NOT_PYTHON = (SyntaxError, ValueError, MemoryError, RecursionError)
"""What Python's parser raises for a text that is not Python, or that is nested too deeply."""


class Written(NamedTuple):
    """What stands to the right of an answer's name.

    Attributes
    ----------
    text : str
        As it was written, without quotation marks around it where it is a single text.
    tree : ast.expr or None
        The same as Python's syntax tree; None if it is not Python.
    """

    text: str
    tree: ast.expr | None


def judge_cell(exercise: Exercise, name: str, source: str) -> Feedback:
    """Judge the answer that is written in a cell.

    Parameters
    ----------
    exercise : Exercise
    name : str
        The name to which the cell assigns the answer, such as ``'answer_3'``.
    source : str
        The text of the cell.

    Returns
    -------
    Feedback
        Always. If the answer cannot be read, ``readable`` is False and ``seen`` says why.
    """
    try:
        answer = read_cell(exercise, name, source)
    except NeurolabError as error:
        return Feedback(False, 0, f"The answer cannot be read: {error.advice}", readable=False)
    except Exception as error:  # a mistake in the reading must not end the grading of a class
        return failed(error)
    return judge(exercise, answer)


def read_cell(exercise: Exercise, name: str, source: str) -> dict[str, Any] | None:
    """Read the answer that is written in a cell, as `judge` takes it.

    Parameters
    ----------
    exercise : Exercise
    name : str
    source : str

    Returns
    -------
    dict or None
        None if the cell holds no answer.

    Raises
    ------
    NeurolabError
        The cell holds something that is not an answer of this kind.
    """
    if len(source) > MOST_CHARACTERS:
        raise LimitError(
            f"The cell has {len(source):,} characters.", mend=f"Write at most {MOST_CHARACTERS:,}."
        )
    written = find_answer(name, source)
    if written is None or written.text in _NOTHING:
        return None
    value = _value(exercise, written)
    if isinstance(exercise.question, Prediction) and isinstance(value, str):
        value = _points(value)
    return answer_from_python(exercise.question, exercise.start, value)


def has_answer(name: str, source: str) -> bool:
    """Whether a cell holds an answer, readable or not.

    Parameters
    ----------
    name : str
    source : str

    Returns
    -------
    bool
    """
    if len(source) > MOST_CHARACTERS:
        return name in source
    try:
        written = find_answer(name, source)
    except NeurolabError:
        return True
    return written is not None and written.text not in _NOTHING


def find_answer(name: str, source: str) -> Written | None:
    """Find what a cell assigns to a name last.

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
        The cell gives the name its value in another way than by ``name = …``, such as in a loop or by ``+=``.
    """
    lines = source.encode("utf-8", "replace").decode().splitlines()
    source = "\n".join(
        "" if line.startswith(("%", "!")) else line for line in lines
    )  # commands of the notebook
    try:
        with warnings.catch_warnings(action="ignore"):  # of the text, not of this program
            statements = ast.parse(source).body
    except _NOT_PYTHON:
        return _find_in_text(name, source)
    found, unread = None, None
    for statement in statements:
        places = [
            target
            for target in _targets(statement)
            if isinstance(target, ast.Name) and target.id == name
        ]
        if places:
            found, unread = _to_the_right(places[-1], statement, source), None
        elif _binds(statement, name):
            unread = statement
    if unread is not None:
        raise ParseError(
            f"Line {unread.lineno} of the cell gives {name} a value in a way that cannot be read.",
            mend=f"Write {name} = and the answer on a line of its own, after everything else.",
        )
    return found


def _binds(statement: ast.stmt, name: str) -> bool:
    """Whether a statement gives a name of the cell another value, in whatever way; what functions do inside is theirs."""
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
    """Whether a name, or an entry or an attribute of what it names, is the target of an assignment."""
    if not isinstance(node, (ast.Name, ast.Subscript, ast.Attribute)) or isinstance(
        node.ctx, ast.Load
    ):
        return False
    while isinstance(node, (ast.Subscript, ast.Attribute)):
        node = node.value
    return isinstance(node, ast.Name) and node.id == name


def _targets(statement: ast.stmt) -> list[ast.expr]:
    if isinstance(statement, ast.Assign):
        return statement.targets
    if isinstance(statement, ast.AnnAssign) and statement.value is not None:
        return [statement.target]
    return []


def _to_the_right(target: ast.expr, statement: ast.stmt, source: str) -> Written:
    """Everything in a statement after one of its targets, so that ``answer_4 = V = Vr`` answers ``V = Vr``."""
    lines = source.encode().split(b"\n")[target.end_lineno - 1 : statement.end_lineno]
    lines[-1] = lines[-1][: statement.end_col_offset]
    lines[0] = lines[0][target.end_col_offset :]
    right = b"\n".join(lines).decode().partition("=")[2]
    if isinstance(statement.value, ast.Constant) and isinstance(statement.value.value, str):
        return Written(statement.value.value.strip(), statement.value)
    return Written(right.strip(), statement.value)


def _find_in_text(name: str, source: str) -> Written | None:
    """The same in a cell that is not Python, such as ``answer_3 = 8.2 mV`` without quotation marks."""
    starts = list(re.finditer(rf"^[ \t]*{name}[ \t]*=(?!=)", source, re.MULTILINE))
    if not starts:
        return None
    rest = source[starts[-1].end() :]
    lines = (re.sub(r"(^|\s)#.*", "", line) for line in rest.splitlines())
    return Written("\n".join(lines).strip().strip(_QUOTES).strip(), None)


def _value(exercise: Exercise, written: Written) -> object:
    """The value that was written, of types that Python's literals have; a quantity such as ``8.2*mV`` becomes a text."""
    tree = written.tree
    if tree is None or _is_text(tree) or _is_plain(exercise.question):
        return written.text
    if isinstance(tree, ast.Name) and isinstance(exercise.question, Choice):
        return written.text
    if isinstance(tree, ast.Tuple) and re.fullmatch(r"\(?[\d.,\s+-]+\)?", written.text):
        return (
            written.text
        )  # 8,25 is a number with a decimal comma, or a list: the parser of the page decides
    if isinstance(exercise.question, Code):
        check_pairs(written.text)
    try:
        return _data(tree, isinstance(exercise.question, Choice))
    except (*_NOT_PYTHON, TypeError):
        if isinstance(exercise.question, Number):
            return _calculated(tree, written.text, exercise.question.unit)
        raise ParseError(
            f"'{written.text:.40}' is a calculation or a name, and the cell is not run.",
            mend="Write out the answer itself.",
        ) from None


def _calculated(tree: ast.expr, text: str, unit_name: str) -> str:
    """The result of a calculation with numbers, units and functions, as a text."""
    try:
        return f"{calculate(ast.unparse(tree), unit_name)!r} {unit_name}".strip()
    except (UnitsError, RangeError):
        raise
    except (*_NOT_PYTHON, NeurolabError):
        raise ParseError(
            f"'{text:.40}' cannot be computed, because the cell is not run.",
            mend="Write a number, or a calculation with numbers, units and functions such as exp.",
        ) from None


def _is_plain(question: Any) -> bool:
    """Whether an answer is a text even without quotation marks: a formula, or a link."""
    return isinstance(question, Shows) or isinstance(question, Code) and question.what != "spikes"


def _data(tree: ast.expr, with_letters: bool) -> object:
    """The value of a literal, or of a list of literals.

    Raises
    ------
    ValueError
        It is something else.
    """
    if isinstance(tree, (ast.Tuple, ast.List, ast.Set)):
        return [_data(item, with_letters) for item in tree.elts]
    if isinstance(tree, ast.Name) and with_letters:
        return tree.id
    if (
        isinstance(tree, ast.BinOp)
        and isinstance(tree.op, ast.Mult)
        and isinstance(tree.right, ast.Name)
    ):
        return f"{_data(tree.left, with_letters)} {tree.right.id}"
    value = ast.literal_eval(tree)
    if type(value) not in (str, int, float):
        raise ValueError
    return value


def _points(text: str) -> object:
    """Points that stand in quotation marks, as the list that they are."""
    try:
        with warnings.catch_warnings(action="ignore"):
            tree = ast.parse(text, mode="eval").body
        return _data(tree, False)
    except _NOT_PYTHON:
        raise ParseError(
            f"'{text:.40}' is not a list of points.", mend="Write points as in [(1, 0), (10, 2)]."
        ) from None


def _is_text(tree: ast.expr | None) -> bool:
    return isinstance(tree, ast.Constant) and isinstance(tree.value, str)
