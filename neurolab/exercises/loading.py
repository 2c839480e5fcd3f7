"""Loading of worksheets from their files."""

import tomllib
from pathlib import Path

from ..errors import NeurolabError, ParseError, UnknownNameError
from .questions import QUESTIONS, Choice
from .starts import start_of
from .tables import Table, built, chosen
from .variants import variant
from .worksheet import Exercise, Worksheet

_FOLDER = Path(__file__).parent / "worksheets"


def names() -> tuple[str, ...]:
    """Return the names of the worksheets, in the order of their notebooks.

    Examples
    --------
    >>> names()
    ('connection', 'excitation', 'threshold', 'networks')
    """
    return tuple(
        sorted(
            (path.stem for path in _FOLDER.glob("*.toml")),
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
    if name not in names():
        raise UnknownNameError(
            f"There is no worksheet '{name}'.", mend=f"Choose one of {', '.join(names())}."
        )
    return worksheet_of(_table(name), seed)


def _table(name: str) -> Table:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def worksheet_of(table: Table, seed: int | None = None) -> Worksheet:
    """Build the worksheet that the table of a file describes.

    Raises
    ------
    NeurolabError
        Something is missing or wrong; the message says in which exercise.
    """
    table = dict(table)
    exercises = []
    for each in table.pop("exercise", []):
        try:
            exercises.append(_exercise(variant(each, table.get("name", ""), seed)))
        except NeurolabError as error:
            place = f"{table.get('name')}/{each.get('name')}"
            raise ParseError(str(error), where=place) from error
    return built(Worksheet, table, exercises=tuple(exercises), seed=seed)


_OWN = ("name", "title", "prompt", "points", "hints", "explanation")


def _exercise(table: Table) -> Exercise:
    kind, table = chosen(QUESTIONS, table, "kind")
    given = table.pop("start", None)
    if given is None and kind is not Choice:
        raise ParseError("There is no start.", mend="Give a preset, or a table.")
    start = None if given is None else start_of(given)
    own = {name: table.pop(name) for name in _OWN if name in table}
    question = kind.from_table(table, start)
    return built(Exercise, own, start=start, question=question, solution=question.solution(start))
