"""A worksheet as an assignment of nbgrader: the instructor's version, with solutions and hidden tests.

nbgrader strips the solutions and the hidden tests for the students, and puts the tests back when it grades. Its format is
described at nbgrader.readthedocs.io: each of its cells carries metadata of schema 3 with a `grade_id` of its own.
"""

from pathlib import Path
from string import ascii_lowercase

import nbformat

from ..errors import NeurolabError
from ..exports.link import to_link
from ..exports.saving import save
from ..lab.experiment import Experiment
from ..lab.validate import state_unit
from ..units import unit
from .questions import Choice, Code, Number, Prediction, Shows

SCHEMA = 3


def write_assignment(worksheet, folder):
    """Write a worksheet into a course's folder, as ``source/NAME/NAME.ipynb``.

    Parameters
    ----------
    worksheet : Worksheet
    folder : str or Path
        The course; a configuration is written where it has none.

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
    except OSError as error:
        raise NeurolabError(f"'{path}' cannot be written: {error.strerror}", mend="Choose another folder.") from None
    save(path, nbformat.writes(assignment(worksheet)) + "\n")
    if not config.exists():
        save(config, 'c = get_config()\nc.CourseDirectory.course_id = "neurolab"\n')
    return path


def assignment(worksheet):
    """The instructor's notebook.

    Parameters
    ----------
    worksheet : Worksheet

    Returns
    -------
    nbformat.NotebookNode
    """
    variant = "" if worksheet.seed is None else f" Variant {worksheet.seed}."
    goals = "\n".join(f"- {goal}" for goal in worksheet.goals)
    cells = [_text("head", f"# {worksheet.title}\n\n{worksheet.points} points, about {worksheet.minutes} minutes.{variant}\n\n"
                           f"{goals}\n\nRun the cells from top to bottom. To see a network in the lab, add a cell with "
                           "`from neurolab import Lab`, then `Lab(network_1)` for the first exercise's, and so on."),
             _code("tools", "from neurolab.exercises.grading import check, start")]
    for place, exercise in enumerate(worksheet.exercises, 1):
        cells += _exercise(worksheet, place, exercise)
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    for place, cell in enumerate(cells):
        cell.id = f"{worksheet.name}-{place}"  # the same worksheet gives the same file
    return notebook


def _exercise(worksheet, place, exercise):
    answer, name = f"answer_{place}", exercise.name
    asked = f"{worksheet.name!r}, {name!r}"
    variant = "" if worksheet.seed is None else f", seed={worksheet.seed}"
    points = f"{exercise.points} point{'s' if exercise.points != 1 else ''}"
    title = f"## {place}. {exercise.title} ({points})"
    cells = [_text(f"{name}-prompt", f"{title}\n\n{exercise.prompt.strip()}{_how(exercise, answer)}")]
    if exercise.start:
        cells.append(_code(f"{name}-start", f"network_{place} = start({asked}{variant})"))
    cells.append(_code(f"{name}-answer", f"### BEGIN SOLUTION\n{answer} = {_solution(exercise)}\n### END SOLUTION",
                       solution=True, locked=False))
    cells.append(_code(f"{name}-test", f"assert {answer} not in (None, ..., ''), 'There is no answer yet.'\n"
                       f"### BEGIN HIDDEN TESTS\ncheck({asked}, {answer}{variant})\n### END HIDDEN TESTS",
                       grade=True, points=exercise.points))
    return cells


def _how(exercise, answer):
    """In which form the answer is wanted."""
    question = exercise.question
    if isinstance(question, Number):
        example = f"{answer} = '5 {question.unit}'" if question.unit else f"{answer} = 5"
        return f"\n\n*Answer with a number, such as* `{example}`."
    if isinstance(question, Choice):
        reasons = f"\n\nbecause\n\n{_lettered(question.reasons)}" if question.reasons else ""
        example = "('a', 'b')" if question.reasons else "'a'"
        return f"\n\n{_lettered(question.options)}{reasons}\n\n*Answer with letters, such as* `{answer} = {example}`."
    if isinstance(question, Prediction):
        return (f"\n\n*Answer with points (time in ms, value in {_unit_of(exercise)}) from {question.after:g} ms on, such as* "
                f"`{answer} = [({question.after:g}, 0), ({exercise.start.duration:g}, 2)]`.")
    if isinstance(question, Code):
        return (f"\n\nThe {question.what} so far:\n\n```\n{question.piece(exercise.start)}\n```\n\n*Answer with a text:* "
                f"`{answer} = '''…'''`.")
    return (f"\n\n*Answer with the network: change it in the lab, press “Copy link” there, and paste it:* "
            f"`{answer} = '…'`.")


def _lettered(texts):
    return "\n".join(f"- {letter}) {text}" for letter, text in zip(ascii_lowercase, texts))


def _unit_of(exercise):
    curve = exercise.question.trace
    return state_unit(exercise.start, exercise.start.group(curve.group), curve.state)


def _solution(exercise):
    """The model solution as Python, in the form that students use."""
    question, solution = exercise.question, exercise.solution
    if isinstance(question, Shows):
        return repr(to_link(Experiment.from_dict(solution["experiment"])))
    if isinstance(question, Choice):
        letters = tuple(ascii_lowercase[solution[part]] for part in ("choice", "reason") if part in solution)
        return repr(letters if len(letters) > 1 else letters[0])
    if isinstance(question, Prediction):
        factor = unit(_unit_of(exercise))[0]
        return repr([(time, float(f"{value / factor:.4g}")) for time, value in solution["points"]])
    return repr(solution["text"])


def _text(grade_id, source):
    return nbformat.v4.new_markdown_cell(source, metadata={"nbgrader": _metadata(grade_id, "markdown")})


def _code(grade_id, source, **traits):
    return nbformat.v4.new_code_cell(source, metadata={"nbgrader": _metadata(grade_id, "code", **traits)})


def _metadata(grade_id, cell_type, grade=False, solution=False, locked=True, points=None):
    found = {"schema_version": SCHEMA, "grade_id": grade_id, "cell_type": cell_type, "grade": grade, "solution": solution,
             "locked": locked, "task": False}
    return {**found, "points": points} if grade else found
