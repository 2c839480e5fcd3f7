"""Loading of worksheets from their files."""

import re
import tomllib
from pathlib import Path

from ..errors import NeurolabError, ParseError, UnknownNameError
from .questions import QUESTIONS, Choice, Text
from .starts import start_of
from .tables import Table, built, chosen
from .variants import variant
from .worksheet import Exercise, Worksheet
from .worksheet_file import Place, WorksheetFile, is_path, read_worksheet_file

FOLDER = Path(__file__).parent / "worksheets"
_FURTHER_FOLDERS: list[Path] = []
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Errors that a value of the wrong type causes, before a message can name its entry.
WRONG_VALUE = (
    TypeError,
    KeyError,
    AttributeError,
    ValueError,
    IndexError,
    ArithmeticError,
    RecursionError,
    MemoryError,
)


class ExerciseError(ParseError):
    """An exercise of a worksheet's file is wrong.

    Attributes
    ----------
    number : int
        Its place in the file, counted from 0.
    entry : str
        The entry that is wrong, if it is known.
    """

    number = 0
    entry = ""


def names() -> tuple[str, ...]:
    """Return the names of the worksheets, in the order of their notebooks.

    Examples
    --------
    >>> names()
    ('connection', 'excitation', 'threshold', 'networks')
    """
    return tuple(
        sorted(
            (path.stem for path in FOLDER.glob("*.toml")),
            key=lambda name: _table(name).get("notebook", ""),
        )
    )


def load(name: str, seed: int | None = None) -> Worksheet:
    """Load the worksheet of this name.

    Parameters
    ----------
    name : str
    seed : int, optional
        Number of the variant: the same seed gives the same numbers. Without one, the numbers are
        the first ones of the file.

    Returns
    -------
    Worksheet

    Raises
    ------
    UnknownNameError
        There is no such worksheet.

    Examples
    --------
    >>> load("connection").notebook
    '01_concept_of_a_connection'
    """
    if name in names():
        return worksheet_of(_table(name), seed)
    for folder in _FURTHER_FOLDERS:
        if _NAME.fullmatch(name) and (folder / f"{name}.toml").exists():
            return load_source(str(folder / f"{name}.toml"), seed)
    raise UnknownNameError(
        f"There is no worksheet '{name}'.",
        mend=f"Choose one of {', '.join(names())}, or give a file such as ./mine.toml.",
    )


def load_source(source: str, seed: int | None = None) -> Worksheet:
    """Load a worksheet by its name, or from a teacher's own file.

    Parameters
    ----------
    source : str
        A name, or the path of a file: with the ending ``.toml``, or with a separator.
    seed : int, optional
        As in `load`.

    Raises
    ------
    UnknownNameError
        There is no such worksheet.
    ParseError
        The file is wrong; the message names its line.
    """
    if is_path(source):
        return worksheet_of_file(read_worksheet_file(Path(source)), seed)
    return load(source, seed)


def add_folder(folder: Path) -> None:
    """Let `load` find a teacher's own worksheets in a folder by their names."""
    if folder not in _FURTHER_FOLDERS:
        _FURTHER_FOLDERS.append(folder)


def _table(name: str) -> Table:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def worksheet_of_file(file: WorksheetFile, seed: int | None = None) -> Worksheet:
    """Build the worksheet of a teacher's own file.

    Raises
    ------
    ParseError
        Something is missing or wrong; the message names the line.
    """
    try:
        return worksheet_of(file.table, seed)
    except NeurolabError as error:
        place: Place = ()
        if isinstance(error, ExerciseError):
            place = ("exercise", error.number, error.entry)
        where = f"{file.path}, line {file.line(place)}"
        raise ParseError(str(error), where=where) from error


def worksheet_of(table: Table, seed: int | None = None) -> Worksheet:
    """Build the worksheet that the table of a file describes.

    Raises
    ------
    NeurolabError
        Something is missing or wrong; the message says in which exercise.
    """
    table = dict(table)
    name = table.get("name", "")
    _check_name(name)
    given = table.pop("exercise", [])
    if not (isinstance(given, list) and all(isinstance(each, dict) for each in given)):
        raise ParseError(
            "The exercises are not tables.", mend="Begin each exercise with a line [[exercise]]."
        )
    exercises = tuple(_located(number, each, name, seed) for number, each in enumerate(given))
    if not exercises:
        raise ParseError(
            "There is no exercise.", mend="Begin each exercise with a line [[exercise]]."
        )
    return built(Worksheet, table, exercises=exercises, seed=seed)


def _check_name(name: object) -> None:
    if not (isinstance(name, str) and len(name) <= 100 and _NAME.fullmatch(name)):
        raise ParseError(
            f"The name is {name!r:.40}.",
            mend="Use lower-case letters, digits and single hyphens, such as 'second-peak'.",
        )


def _located(number: int, table: Table, worksheet: str, seed: int | None) -> Exercise:
    """Build an exercise; an error names its place."""
    try:
        return _exercise(variant(table, worksheet, seed))
    except NeurolabError as caught:
        # Students and teachers know entries, not the classes that hold them.
        problem = caught.advice if caught.where[:1].isupper() else str(caught)
        error = ExerciseError(problem, where=f"{worksheet}/{table.get('name')}")
        error.entry = _entry(caught, table)
    except WRONG_VALUE as caught:
        error = ExerciseError(
            f"An entry has a wrong value ({type(caught).__name__}: {caught!s:.100}).",
            where=f"{worksheet}/{table.get('name')}",
            mend="Compare the exercise with one of a worksheet that works.",
        )
    error.number = number
    raise error


def _entry(error: NeurolabError, table: Table) -> str:
    """Return the entry of an exercise that an error is about; empty if it does not say."""
    words = (error.where, *re.findall(r"\w+", error.problem))
    return next((word for word in words if word in table), "")


OWN = ("name", "title", "prompt", "points", "hints", "explanation")


def _exercise(table: Table) -> Exercise:
    kind, table = chosen(QUESTIONS, table, "kind")
    given = table.pop("start", None)
    if given is None and kind not in (Choice, Text):
        raise ParseError("There is no start.", mend="Give a preset, or a table.")
    start = None if given is None else start_of(given)
    own = {name: table.pop(name) for name in OWN if name in table}
    _check_name(own.get("name"))
    question = kind.from_table(table, start)
    return built(Exercise, own, start=start, question=question, solution=question.solution(start))
