"""Worksheets in nbgrader: answers are judged from the text of their cells, without running them.

nbgrader would run a notebook and read the output of its test cells. The student's code and the test
would then share a process, and the student could replace anything that the test uses. Here the test
cells only name the exercise. The steps below, which a course's ``nbgrader_config.py`` installs by
`configure`, read the answer cells as data and write the verdict into the test cells.
"""

from dataclasses import replace
from functools import lru_cache
from typing import Any

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader import utils
from nbgrader.api import Gradebook, Notebook
from nbgrader.converters import Autograde
from nbgrader.preprocessors import Execute, NbGraderPreprocessor, SaveAutoGrades
from traitlets.config import Config
from traitlets.config.loader import LazyConfigValue

from ..errors import NeurolabError, UnknownNameError
from .asked import Asked, asked_in
from .assignment import SCHEMA
from .assignments_in_cells import has_answer
from .cells import judge_cell
from .judging import Feedback, failed
from .loading import load
from .worksheet import Exercise

_UNCHECKED = "NotChecked"
"""Name of the error in a test cell whose answer could not be judged."""


def _asked_in(cell: NotebookNode) -> Asked | None:
    """Return the exercise that a cell tests; None if it is not a test cell of a worksheet.

    nbgrader has restored the text of the test cells before this, whatever was handed in.
    """
    return asked_in(cell.source) if _is_test(cell) else None


class RestoreMarks(NbGraderPreprocessor):
    """Restore nbgrader's metadata of each assigned cell, and remove it from other cells.

    nbgrader reads the purpose of a cell from this metadata. If it is missing, of an old version or
    otherwise changed, nbgrader would refuse the notebook or stop grading the whole class. Of
    several copies of a cell, the last one counts.
    """

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Go through all cells of a notebook."""
        place = resources["nbgrader"]
        with Gradebook(place["db_url"]) as gradebook:
            marks = _assigned_marks(gradebook.find_notebook(place["notebook"], place["assignment"]))
        for cell in reversed(nb.cells):
            assigned = marks.pop(_name_of(cell), None)
            cell.metadata.pop("nbgrader", None)
            if assigned:
                cell.metadata.nbgrader = NotebookNode(assigned)
        return nb, resources


def _name_of(cell: NotebookNode) -> str:
    """Return the name that nbgrader gave a cell; empty for none."""
    marks = cell.metadata.get("nbgrader")
    name = marks.get("grade_id") if isinstance(marks, dict) else None
    return name if isinstance(name, str) else ""


def _assigned_marks(notebook: Notebook) -> dict[str, dict[str, Any]]:
    """Return the metadata of all assigned cells of a notebook by name, from the gradebook."""
    graded = {cell.name: cell.max_score for cell in (*notebook.grade_cells, *notebook.task_cells)}
    grades, solutions, tasks = (
        {cell.name for cell in cells}
        for cells in (notebook.grade_cells, notebook.solution_cells, notebook.task_cells)
    )
    marks = {}
    for cell in notebook.source_cells:
        name = cell.name
        marks[name] = {
            "schema_version": SCHEMA,
            "grade_id": name,
            "cell_type": cell.cell_type,
            "locked": cell.locked,
            "grade": name in grades,
            "solution": name in solutions,
            "task": name in tasks,
        }
        if name in graded:
            marks[name]["points"] = graded[name]
    return marks


class RunOthers(Execute):
    """Run a notebook only if it was assigned with test cells that do not belong to a worksheet."""

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict, km: Any = None
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Run the notebook, or leave it as it is."""
        tests = _assigned_tests(resources)
        if tests and all(map(asked_in, tests)):
            return nb, resources
        return super().preprocess(nb, resources, km)


def _assigned_tests(resources: ResourcesDict) -> list[str]:
    """Return the assigned sources of a notebook's test cells, whatever was handed in."""
    place = resources["nbgrader"]
    with Gradebook(place["db_url"]) as gradebook:
        notebook = gradebook.find_notebook(place["notebook"], place["assignment"])
        by_hand = {cell.name for cell in notebook.solution_cells}
        tests = {cell.name for cell in notebook.grade_cells if cell.cell_type == "code"} - by_hand
        return [cell.source for cell in notebook.source_cells if cell.name in tests]


def _is_test(cell: NotebookNode) -> bool:
    graded = utils.is_grade(cell) and not utils.is_solution(cell)
    return graded and cell.cell_type == "code" and "grade_id" in cell.metadata.nbgrader


class JudgeAnswers(NbGraderPreprocessor):
    """Write the verdict on each answer into its test cell."""

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Judge all answers of a notebook."""
        for cell in nb.cells:
            asked = _asked_in(cell)
            if asked:
                feedback = _feedback(asked, _answer_source(nb, asked))
                if feedback.error:
                    self.log.error("%s/%s: %s", asked.worksheet, asked.exercise, feedback.error)
                cell.outputs = [_output(feedback, asked)]
        return nb, resources


def _answer_source(nb: NotebookNode, asked: Asked) -> str:
    """Return the text of the cell with an answer.

    That is the answer's own cell or, if it has no answer, the student's last cell with one.
    """
    own = [cell.source for cell in nb.cells if _name_of(cell) == asked.cell]
    added = [cell.source for cell in nb.cells if not _name_of(cell) and cell.cell_type == "code"]
    answered = [source for source in (*added, *own) if has_answer(asked.answer, source)]
    return answered[-1] if answered else "".join(own)


class SaveGrades(SaveAutoGrades):
    """Save the points; an answer that could not be judged waits for the teacher."""

    def _add_score(self, cell: NotebookNode, resources: ResourcesDict) -> None:
        super()._add_score(cell, resources)
        if _asked_in(cell) and any(output.get("ename") == _UNCHECKED for output in cell.outputs):
            grade = self.gradebook.find_grade(
                cell.metadata.nbgrader.grade_id,
                self.notebook_id,
                self.assignment_id,
                self.student_id,
            )
            grade.auto_score = None
            grade.needs_manual_grade = True
            self.gradebook.db.commit()


def configure(config: Config) -> None:
    """Install the judging of worksheets in a course.

    Parameters
    ----------
    config : Config
        The configuration of ``nbgrader_config.py``. Its steps for grading are kept, with these
        changes: notebooks that hold only worksheets are not run, their answers are judged, and
        answers that could not be judged are marked for the teacher.
    """
    changes: dict[str, list[Any]] = {
        "Execute": [RunOthers],
        "SaveAutoGrades": [JudgeAnswers, SaveGrades],
    }
    steps = _steps(config, "autograde_preprocessors")
    config.Autograde.autograde_preprocessors = [
        new for step in steps for new in changes.get(_name(step), [step])
    ]
    steps = [step for step in _steps(config, "sanitize_preprocessors") if step is not RestoreMarks]
    config.Autograde.sanitize_preprocessors = [RestoreMarks, *steps]


def _steps(config: Config, name: str) -> list[Any]:
    """Return a list of steps as the course configures it, or nbgrader's default."""
    default = Autograde.class_traits()[name].default_args[0]
    steps: Any = config.Autograde.get(name, default)
    if isinstance(steps, LazyConfigValue):
        steps = steps.get_value(default)
    return list(steps)


def _name(step: Any) -> str:
    return step.rpartition(".")[2] if isinstance(step, str) else step.__name__


@lru_cache(maxsize=100)
def _exercise(worksheet: str, name: str, seed: int | None) -> Exercise:
    found = load(worksheet, seed).exercise(name)
    if found is None:
        raise UnknownNameError(
            f"The worksheet {worksheet} has no exercise '{name}'.",
            mend="Grade with the version of neurolab that wrote the assignment.",
        )
    return found


def _feedback(asked: Asked, source: str) -> Feedback:
    """Judge an answer; a right one is followed by the explanation."""
    try:
        exercise = _exercise(asked.worksheet, asked.exercise, asked.seed)
    except NeurolabError as error:
        return failed(error)
    feedback = judge_cell(exercise, asked.answer, source)
    if feedback.passed:
        return replace(feedback, seen=f"{feedback.seen}\n\n{exercise.explanation.strip()}")
    return feedback


def _output(feedback: Feedback, asked: Asked) -> NotebookNode:
    """Write a verdict as a cell's output: nbgrader gives all points unless it is an error."""
    if feedback.error:
        return _error(_UNCHECKED, f"{feedback.error} The teacher will grade it.")
    if not feedback.answered:
        return _error(
            "NotAnswered", f"There is no answer yet. Write it into its cell as {asked.answer} = …"
        )
    if not feedback.readable:
        return _error("NotReadable", feedback.seen)
    if feedback.passed is True:
        return new_output("stream", name="stdout", text=f"Right. {_shown(feedback.seen)}\n")
    return _error("NotRight", f"{feedback.seen} {feedback.hint}".strip())


def _error(name: str, text: str) -> NotebookNode:
    return new_output("error", ename=name, evalue=_shown(text), traceback=[_shown(text)])


def _shown(text: str) -> str:
    """Return a text that can be saved, whatever characters a student has written."""
    return text.encode("utf-8", "replace").decode()
