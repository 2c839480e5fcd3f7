"""A worksheet as an assignment of nbgrader: the instructor's version, with hidden tests.

nbgrader removes the solutions and the hidden tests for the students, and restores the tests when it
grades. Its format is described at nbgrader.readthedocs.io: each of its cells carries metadata of
schema 3 with a unique `grade_id`. The students' version uses only the lab of this package; it holds
the networks with which exercises start as links.
"""

from pathlib import Path
from string import ascii_lowercase

import nbformat

from ..errors import NeurolabError
from ..experiment.checked import state_unit
from ..experiment.experiment import Experiment
from ..exports.link import to_link
from ..exports.saving import save
from ..units import unit
from .asked import Asked
from .questions import Choice, Code, Number, Prediction, Shows, Text
from .questions.question import network_of
from .worksheet import Exercise, Worksheet

SCHEMA = 3
_CONFIGURE = """
# Answers to neurolab's worksheets are judged from the text of their cells, which are not run.
from neurolab.exercises.autograding import configure

configure(get_config())
"""
_NOT_CONFIGURED = (
    "This answer was not graded, because nbgrader_config.py lacks the lines that "
    "`neurolab worksheet --nbgrader` adds to it."
)

_INSTRUCTIONS = """
Write each answer into its own answer cell, in the form that the exercise shows. When your notebook
is graded, the answer cells are read and not run. Therefore write out the answer itself. A number
may also be a calculation with numbers, units and functions, such as `6*mV*exp(-1)`; names that you
define elsewhere cannot be used.

To see the network of an exercise in the lab, run the cells from the top, then run `Lab(network_1)`
in a new cell, or `Lab(network_2)`, and so on.
""".strip()


def write_assignment(worksheet: Worksheet, folder: str | Path) -> Path:
    """Write a worksheet into a course's folder, as ``source/NAME/NAME.ipynb``.

    Parameters
    ----------
    worksheet : Worksheet
    folder : str or Path
        Folder of the course. The lines that grade worksheets are added to its
        ``nbgrader_config.py``, which is created if it is missing.

    Returns
    -------
    Path
        Of the notebook.

    Raises
    ------
    NeurolabError
        It cannot be written there.
    """
    path = Path(folder) / "source" / worksheet.name / f"{worksheet.name}.ipynb"
    config = Path(folder) / "nbgrader_config.py"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        present = config.read_text(encoding="utf-8") if config.exists() else None
    except OSError as error:
        raise NeurolabError(
            f"'{path}' cannot be written: {error.strerror}.", mend="Choose another folder."
        ) from None
    except UnicodeDecodeError:
        raise NeurolabError(
            f"'{config}' is not a text in UTF-8.", mend="Save it as UTF-8, then try again."
        ) from None
    save(path, nbformat.writes(assignment(worksheet)) + "\n")
    if present is None:
        save(config, f'c = get_config()\nc.CourseDirectory.course_id = "neurolab"\n{_CONFIGURE}')
    elif _CONFIGURE not in present:
        save(config, f"{present.rstrip()}\n{_CONFIGURE}")
    return path


def assignment(worksheet: Worksheet) -> nbformat.NotebookNode:
    """Make the instructor's notebook.

    Parameters
    ----------
    worksheet : Worksheet

    Returns
    -------
    nbformat.NotebookNode
    """
    variant = "" if worksheet.seed is None else f" Variant {worksheet.seed}."
    goals = "\n".join(f"- {goal}" for goal in worksheet.goals)
    cells = [
        _text(
            "head",
            f"# {worksheet.title}\n\n{worksheet.points} points, "
            f"about {worksheet.minutes} minutes.{variant}\n\n{goals}\n\n{_INSTRUCTIONS}",
        ),
        _code("tools", "from neurolab import Lab\nfrom neurolab.exports.link import from_link"),
    ]
    for place, exercise in enumerate(worksheet.exercises, 1):
        cells += _exercise(worksheet, place, exercise)
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata.kernelspec = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    for place, cell in enumerate(cells):
        cell.id = f"{worksheet.name}-{place}"  # the same worksheet gives the same file
    return notebook


def _exercise(worksheet: Worksheet, place: int, exercise: Exercise) -> list[nbformat.NotebookNode]:
    answer = f"answer_{place}"
    name = exercise.name
    points = f"{exercise.points} point{'s' if exercise.points != 1 else ''}"
    title = f"## {place}. {exercise.title} ({points})"
    asked = Asked(worksheet.name, name, worksheet.seed, answer, f"{name}-answer")
    cells = [
        _text(f"{name}-prompt", f"{title}\n\n{exercise.prompt.strip()}\n\n{_how(exercise, answer)}")
    ]
    if exercise.start:
        cells.append(
            _code(f"{name}-start", f"network_{place} = from_link({to_link(exercise.start)!r})")
        )
    if isinstance(exercise.question, Text):
        return [*cells, _read_by_teacher(exercise, asked.cell)]
    cells.append(
        _code(
            asked.cell,
            f"### BEGIN SOLUTION\n{answer} = {_solution(exercise)}\n### END SOLUTION",
            solution=True,
            locked=False,
        )
    )
    cells.append(
        _code(
            f"{name}-test",
            f"assert {answer} not in (None, ..., ''), 'There is no answer yet.'\n"
            f"### BEGIN HIDDEN TESTS\n{asked.line()}\nraise RuntimeError({_NOT_CONFIGURED!r})\n"
            "### END HIDDEN TESTS",
            points=exercise.points,
        )
    )
    return cells


def _read_by_teacher(exercise: Exercise, grade_id: str) -> nbformat.NotebookNode:
    """Make the cell of a free text, which nbgrader leaves to the teacher."""
    metadata = _metadata(grade_id, "markdown", True, False, exercise.points)
    source = f"### BEGIN SOLUTION\n{exercise.solution['text']}\n### END SOLUTION"
    return nbformat.v4.new_markdown_cell(source, metadata={"nbgrader": metadata})


def _how(exercise: Exercise, answer: str) -> str:
    """Describe the form of the answer."""
    question = exercise.question
    if isinstance(question, Number):
        example = f"{answer} = '5 {question.unit}'" if question.unit else f"{answer} = 5"
        return f"*Answer with a number, for example* `{example}`."
    if isinstance(question, Choice):
        reasons = f"\n\nbecause\n\n{_lettered(question.reasons)}" if question.reasons else ""
        example = "'a, b'" if question.reasons else "'a'"
        return (
            f"{_lettered(question.options)}{reasons}\n\n"
            f"*Answer with letters, for example* `{answer} = {example}`."
        )
    if isinstance(question, Text):
        return "*Write your answer into the cell below. Your teacher reads it.*"
    start = network_of(exercise.start)
    if isinstance(question, Prediction):
        unit_name = _unit_of(question, start)
        return (
            f"*Answer with points (time in ms, value in {unit_name}) from {question.after:g} ms "
            f"on, for example* `{answer} = [({question.after:g}, 0), ({start.duration:g}, 2)]`."
        )
    if isinstance(question, Code):
        return (
            f"The {question.what} so far:\n\n```\n{question.piece(start)}\n```\n\n"
            f"*Answer with a text:* `{answer} = '''…'''`."
        )
    return (
        "*Change the network in the lab, press “Copy link” there, and paste the link:* "
        f"`{answer} = '…'`."
    )


def _lettered(texts: tuple[str, ...]) -> str:
    return "\n".join(f"- {letter}) {text}" for letter, text in zip(ascii_lowercase, texts))


def _unit_of(question: Prediction, start: Experiment) -> str:
    curve = question.trace
    return state_unit(start, start.neurons_of(curve.group), curve.state)


def _solution(exercise: Exercise) -> str:
    """Write the model solution as Python, in the form that students use."""
    question = exercise.question
    solution = exercise.solution
    if isinstance(question, Shows):
        return repr(to_link(Experiment.from_dict(solution["experiment"])))
    if isinstance(question, Choice):
        letters = tuple(
            ascii_lowercase[solution[part]] for part in ("choice", "reason") if part in solution
        )
        return repr(letters if len(letters) > 1 else letters[0])
    if isinstance(question, Prediction):
        factor = unit(_unit_of(question, network_of(exercise.start)))[0]
        return repr([(time, float(f"{value / factor:.4g}")) for time, value in solution["points"]])
    return repr(solution["text"])


def _text(grade_id: str, source: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_markdown_cell(
        source, metadata={"nbgrader": _metadata(grade_id, "markdown")}
    )


def _code(
    grade_id: str,
    source: str,
    solution: bool = False,
    locked: bool = True,
    points: int | None = None,
) -> nbformat.NotebookNode:
    metadata = _metadata(grade_id, "code", solution, locked, points)
    return nbformat.v4.new_code_cell(source, metadata={"nbgrader": metadata})


def _metadata(
    grade_id: str,
    cell_type: str,
    solution: bool = False,
    locked: bool = True,
    points: int | None = None,
) -> dict[str, str | int | bool]:
    metadata: dict[str, str | int | bool] = {
        "schema_version": SCHEMA,
        "grade_id": grade_id,
        "cell_type": cell_type,
        "grade": points is not None,
        "solution": solution,
        "locked": locked,
        "task": False,
    }
    if points is not None:
        metadata["points"] = points
    return metadata
