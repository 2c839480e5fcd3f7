"""Answers in the cells of a notebook: a cell's text is read as data, and no cell is run.

A student writes ``answer_3 = '8.2 mV'``. The name on the left says where the answer begins. Everything on the right is
taken apart as a syntax tree and never evaluated, so that no code of a student runs while answers are judged.
"""

import ast
import re
import warnings
from typing import Any, NamedTuple

from ..errors import LimitError, NeurolabError, ParseError
from .judging import Feedback, failed, judge
from .questions import Choice, Code, Prediction, Shows, answer_from_python
from .worksheet import Exercise

MOST_CHARACTERS = 500_000
"""Length of the longest answer cell that is read."""
_QUOTES = "'\"`‘’‚“”„«»"
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
        raise LimitError(f"The cell has {len(source):,} characters.", mend=f"Write at most {MOST_CHARACTERS:,}.")
    written = find_answer(name, source)
    if written is None or written.text in ("", "None", "...", "…"):
        return None
    value = _value(exercise, written)
    if isinstance(exercise.question, Prediction) and isinstance(value, str):
        value = _points(value)
    return answer_from_python(exercise.question, exercise.start, value)


def find_answer(name: str, source: str) -> Written | None:
    """Find what a cell assigns to a name last; None if it assigns nothing to it."""
    lines = source.encode("utf-8", "replace").decode().splitlines()
    source = "\n".join("" if line.startswith(("%", "!")) else line for line in lines)  # commands of the notebook
    try:
        with warnings.catch_warnings(action="ignore"):  # of the text, not of this program
            statements = ast.parse(source).body
    except _NOT_PYTHON:
        return _find_in_text(name, source)
    found = None
    for statement in statements:
        for target in _targets(statement):
            if isinstance(target, ast.Name) and target.id == name:
                found = _to_the_right(target, statement, source)
    return found


def _targets(statement: ast.stmt) -> list[ast.expr]:
    if isinstance(statement, ast.Assign):
        return statement.targets
    if isinstance(statement, ast.AnnAssign) and statement.value is not None:
        return [statement.target]
    return []


def _to_the_right(target: ast.expr, statement: ast.stmt, source: str) -> Written:
    """Everything in a statement after one of its targets, so that ``answer_4 = V = Vr`` answers ``V = Vr``."""
    lines = source.encode().split(b"\n")[target.end_lineno - 1:statement.end_lineno]
    lines[-1] = lines[-1][:statement.end_col_offset]
    lines[0] = lines[0][target.end_col_offset:]
    right = b"\n".join(lines).decode().partition("=")[2]
    if isinstance(statement.value, ast.Constant) and isinstance(statement.value.value, str):
        return Written(statement.value.value.strip(), statement.value)
    return Written(right.strip(), statement.value)


def _find_in_text(name: str, source: str) -> Written | None:
    """The same in a cell that is not Python, such as ``answer_3 = 8.2 mV`` without quotation marks."""
    starts = list(re.finditer(rf"^[ \t]*{name}[ \t]*=(?!=)", source, re.MULTILINE))
    if not starts:
        return None
    rest = source[starts[-1].end():]
    lines = (re.sub(r"(^|\s)#.*", "", line) for line in rest.splitlines())
    return Written("\n".join(lines).strip().strip(_QUOTES).strip(), None)


def _value(exercise: Exercise, written: Written) -> object:
    """The value that was written, of types that Python's literals have; a quantity such as ``8.2*mV`` becomes a text."""
    tree = written.tree
    if tree is None or _is_text(tree) or _is_plain(exercise.question):
        return written.text
    if isinstance(tree, ast.Name) and isinstance(exercise.question, Choice):
        return written.text
    if isinstance(tree, ast.Tuple) and re.fullmatch(r"[\d.,\s+-]+", written.text):
        return written.text  # 8,25 is a number with a decimal comma, or a list: the parser of the page decides
    try:
        return _data(tree, isinstance(exercise.question, Choice))
    except (*_NOT_PYTHON, TypeError):
        raise ParseError(f"'{written.text:.40}' is a calculation or a name, and the cell is not run.",
                         mend="Write out the answer itself.") from None


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
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Mult) and isinstance(tree.right, ast.Name):
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
        raise ParseError(f"'{text:.40}' is not a list of points.", mend="Write points as in [(1, 0), (10, 2)].") from None


def _is_text(tree: ast.expr | None) -> bool:
    return isinstance(tree, ast.Constant) and isinstance(tree.value, str)
