"""Answers in the cells of a notebook: a cell's text is read as data, and no cell is run.

A student writes ``answer_3 = '8.2 mV'``. The name on the left says where the answer begins. The
right-hand side is read as a syntax tree and never evaluated, so that no code of a student runs
while answers are judged.
"""

import ast
import re
import warnings
from typing import Any

from ..errors import LimitError, NeurolabError, ParseError, RangeError, UnitsError
from ..experiment.calculation import calculate
from ..experiment.list_items import check_pairs
from .assignments_in_cells import MOST_CHARACTERS, NOT_PYTHON, NOTHING, Written, find_answer
from .judging import Feedback, failed, judge
from .questions import Choice, Code, Number, Prediction, Shows, answer_from_python
from .worksheet import Exercise


def judge_cell(exercise: Exercise, name: str, source: str) -> Feedback:
    """Judge the answer in a cell.

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
    """Read the answer in a cell, in the form that `judge` takes.

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
    if written is None or written.text in NOTHING:
        return None
    value = _value(exercise, written)
    if isinstance(exercise.question, Prediction) and isinstance(value, str):
        value = _points(value)
    return answer_from_python(exercise.question, exercise.start, value)


def _value(exercise: Exercise, written: Written) -> object:
    """Return the written value as a Python literal; a quantity like ``8.2*mV`` becomes a text."""
    tree = written.tree
    if tree is None or _is_text(tree) or _is_plain(exercise.question):
        return written.text
    if isinstance(tree, ast.Name) and isinstance(exercise.question, Choice):
        return written.text
    # 8,25 is a number with a decimal comma or a list; the parser of the page decides.
    if isinstance(tree, ast.Tuple) and re.fullmatch(r"\(?[\d.,\s+-]+\)?", written.text):
        return written.text
    if isinstance(exercise.question, Code):
        check_pairs(written.text)
    try:
        return _data(tree, isinstance(exercise.question, Choice))
    except (*NOT_PYTHON, TypeError):
        if isinstance(exercise.question, Number):
            return _calculated(tree, written.text, exercise.question.unit)
        raise ParseError(
            f"'{written.text:.40}' is a calculation or a name, and the cell is not run.",
            mend="Write out the answer itself.",
        ) from None


def _calculated(tree: ast.expr, text: str, unit_name: str) -> str:
    """Compute a calculation with numbers, units and functions; return the result as text."""
    try:
        return f"{calculate(ast.unparse(tree), unit_name)!r} {unit_name}".strip()
    except (UnitsError, RangeError):
        raise
    except (*NOT_PYTHON, NeurolabError):
        raise ParseError(
            f"'{text:.40}' cannot be computed, because the cell is not run.",
            mend="Write a number, or a calculation with numbers, units and functions such as exp.",
        ) from None


def _is_plain(question: Any) -> bool:
    """Return whether an answer is a text even without quotation marks: a formula or a link."""
    return isinstance(question, Shows) or isinstance(question, Code) and question.what != "spikes"


def _data(tree: ast.expr, with_letters: bool) -> object:
    """Return the value of a literal, or of a list of literals.

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
    """Read points in quotation marks as a list."""
    try:
        with warnings.catch_warnings(action="ignore"):
            tree = ast.parse(text, mode="eval").body
        return _data(tree, False)
    except NOT_PYTHON:
        raise ParseError(
            f"'{text:.40}' is not a list of points.", mend="Write points as in [(1, 0), (10, 2)]."
        ) from None


def _is_text(tree: ast.expr | None) -> bool:
    return isinstance(tree, ast.Constant) and isinstance(tree.value, str)
