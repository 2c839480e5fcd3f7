"""Answers in the cells of a notebook: a cell's text is read as data, and no cell is run.

A student writes ``answer_3 = '8.2 mV'``. The name on the left says where the answer begins. Everything on the right is
taken apart as a syntax tree and never evaluated, so that no code of a student runs while answers are judged.
"""

import ast
import re
from string import ascii_lowercase
from typing import Any, NamedTuple

from ..errors import LimitError, NeurolabError, ParseError
from ..exports.link import from_link
from ..lab.experiment import Experiment
from ..lab.validate import state_unit
from ..units import unit
from .judging import Feedback, judge
from .questions import Choice, Code, Prediction, Shows
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
        raise LimitError(f"The cell has {len(source):,} characters", expected=f"at most {MOST_CHARACTERS:,}")
    written = find_answer(name, source)
    if written is None or written.text in ("", "None", "...", "…"):
        return None
    question = exercise.question
    if isinstance(question, Choice):
        return _choice(question, written)
    if isinstance(question, Prediction):
        return _points(exercise, written)
    if isinstance(question, Shows):
        return {"experiment": _network(written).to_dict()}
    if isinstance(question, Code) and question.what != "spikes":
        return {"text": written.text}  # a formula stands as it is, in quotation marks or not
    return {"text": _number_text(written)}


def find_answer(name: str, source: str) -> Written | None:
    """Find what a cell assigns to a name last; None if it assigns nothing to it."""
    lines = source.splitlines()
    source = "\n".join("" if line.startswith(("%", "!")) else line for line in lines)  # commands of the notebook
    try:
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


def _number_text(written: Written) -> str:
    """A number, or a list of times, as it would be typed on the page."""
    if written.tree is None or _is_text(written.tree):
        return written.text
    items = getattr(written.tree, "elts", [written.tree])
    texts = [_item(item, written) for item in items]
    if isinstance(written.tree, ast.Tuple) and re.fullmatch(r"[\d.,\s+-]+", written.text):
        return written.text  # 8,25 is a number with a decimal comma, or a list: the parser of the page decides
    return ", ".join(texts)


def _item(tree: ast.expr, written: Written) -> str:
    """A single number, which may have a unit: ``8.2``, ``'8.2 mV'`` or ``8.2*mV``."""
    if _is_text(tree):
        return tree.value
    number, name = tree, ""
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Mult) and isinstance(tree.right, ast.Name):
        number, name = tree.left, f" {tree.right.id}"
    try:
        value = ast.literal_eval(number)
    except _NOT_PYTHON:
        value = None
    if type(value) not in (int, float):
        raise _not_data(written)
    return f"{value!r}{name}"


def _is_text(tree: ast.expr | None) -> bool:
    return isinstance(tree, ast.Constant) and isinstance(tree.value, str)


def _not_data(written: Written) -> ParseError:
    return ParseError(f"'{written.text:.40}' is a calculation or a name", expected="the answer itself",
                      mend="Write the value out. The cell is read when it is graded, and it is not run.")


def _choice(question: Choice, written: Written) -> dict[str, int]:
    asked = {"choice": question.options}
    if question.reasons:
        asked["reason"] = question.reasons
    given = _letters(written)
    if len(given) != len(asked):
        wanted = "two letters, one for the answer and one for the reason" if question.reasons else "one letter"
        raise ParseError(f"this was read: '{', '.join(given):.40}'", expected=wanted)
    return {part: _place(letter, asked[part]) for part, letter in zip(asked, given)}


def _letters(written: Written) -> list[str]:
    tree = written.tree
    if isinstance(tree, (ast.Tuple, ast.List)):
        if not all(isinstance(item, ast.Name) or _is_text(item) for item in tree.elts):
            raise _not_data(written)
        return [item.id if isinstance(item, ast.Name) else item.value for item in tree.elts]
    parts = re.split(r"[\s,;/+&)(\]\[]+|\b(?:and|because)\b", written.text, flags=re.IGNORECASE)
    return [part.strip(_QUOTES + ".:") for part in parts if part.strip(_QUOTES + ".:")]


def _place(letter: str, items: tuple[str, ...]) -> int:
    plain = letter.strip().strip("().:").lower()
    place = ascii_lowercase.find(plain) if len(plain) == 1 else -1
    if not 0 <= place < len(items):
        last = ascii_lowercase[len(items) - 1]
        raise ParseError(f"'{letter:.20}' is not one of the letters", expected=f"a letter from a to {last}")
    return place


def _points(exercise: Exercise, written: Written) -> dict[str, list[list[float]]]:
    """Points in SI units, from times in ms and values in the unit of the variable."""
    curve = exercise.question.trace
    start = exercise.start
    factor = unit(state_unit(start, start.group(curve.group), curve.state))[0]
    try:
        tree = ast.parse(written.text, mode="eval") if written.tree is None or _is_text(written.tree) else written.tree
        return {"points": [[float(time), float(value) * factor] for time, value in ast.literal_eval(tree)]}
    except (*_NOT_PYTHON, TypeError, OverflowError):
        raise ParseError(f"'{written.text:.40}' is not a list of points", expected="such as [(1, 0), (10, 2)]",
                         mend="Write the numbers out. The cell is read when it is graded, and it is not run.") from None


def _network(written: Written) -> Experiment:
    if not (written.tree is None or isinstance(written.tree, ast.Name) or _is_text(written.tree)):
        raise ParseError(f"'{written.text:.40}' is not the text of a link",
                         mend="Press “Copy link” in the lab and paste the link between quotation marks.")
    return from_link(written.text.rpartition("#lab=")[2])
