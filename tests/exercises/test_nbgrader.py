"""Worksheets as assignments, through the real nbgrader: assigned, handed in, graded, given back."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from neurolab.exercises.assignment import assignment, write_assignment
from neurolab.exercises.grading import check, start
from neurolab.exercises.loading import load, names
from neurolab.exercises.questions import Number, Shows

SHEET = load("connection", 5)
STUDENTS = ("ada", "ben", "cleo")
"""Right; every second answer right and the others wrong; nothing at all."""


def nbgrader(course, *arguments):
    environment = {**os.environ, "JUPYTER_PLATFORM_DIRS": "1", "JUPYTER_CONFIG_DIR": str(course / "config"),
                   "JUPYTER_DATA_DIR": str(course / "data"), "HOME": str(course),
                   "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])}  # it calls alembic
    done = subprocess.run([sys.executable, "-m", "nbgrader", *arguments], cwd=course, capture_output=True, text=True,
                          env=environment)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stderr


def cells(notebook, **wanted):
    return [cell for cell in notebook.cells if all(cell.metadata.nbgrader[key] == value for key, value in wanted.items())]


def answered(released, every):
    """The released notebook with the model solution in every so-manieth answer and a wrong answer in the others."""
    notebook = nbformat.from_dict(released)
    model = cells(assignment(SHEET), solution=True)
    for place, (cell, solved) in enumerate(zip(cells(notebook, solution=True), model)):
        lines = solved.source.splitlines()[1:-1]
        cell.source = "\n".join(lines) if place % every == 0 else f"answer_{place + 1} = '-17'"
    return notebook


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    course = tmp_path_factory.mktemp("course")
    write_assignment(SHEET, course)
    nbgrader(course, "generate_assignment", SHEET.name, "--create")
    released = nbformat.read(course / "release" / SHEET.name / f"{SHEET.name}.ipynb", 4)
    for student, notebook in zip(STUDENTS, (answered(released, 1), answered(released, 2), released)):
        path = course / "submitted" / student / SHEET.name / f"{SHEET.name}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)
    nbgrader(course, "autograde", SHEET.name, "--create")
    nbgrader(course, "generate_feedback", SHEET.name)
    nbgrader(course, "export")
    return course


def test_students_get_neither_solutions_nor_hidden_tests(course):
    released = nbformat.read(course / "release" / SHEET.name / f"{SHEET.name}.ipynb", 4)
    text = nbformat.writes(released)
    for exercise, cell in zip(SHEET.exercises, cells(released, solution=True)):
        assert "YOUR CODE HERE" in cell.source
        if isinstance(exercise.question, Number):
            assert exercise.solution["text"] not in text
    assert "check(" not in text.replace("import check", "")
    assert "SOLUTION" not in text
    assert all("answer yet" in cell.source for cell in cells(released, grade=True))


def test_a_right_a_partly_right_and_an_empty_submission_get_their_points(course):
    with (course / "grades.csv").open() as table:
        rows = {row["student_id"]: row for row in csv.DictReader(table)}
    scores = {student: float(rows[student]["score"]) for student in STUDENTS}
    assert scores == {"ada": SHEET.points, "ben": sum(exercise.points for exercise in SHEET.exercises[::2]), "cleo": 0}
    assert {float(row["max_score"]) for row in rows.values()} == {SHEET.points}


def test_nothing_is_written_to_stderr_in_a_test_cell(course):
    for student in STUDENTS:
        graded = nbformat.read(course / "autograded" / student / SHEET.name / f"{SHEET.name}.ipynb", 4)
        for cell in cells(graded, grade=True):
            assert not [output for output in cell.outputs if output.get("name") == "stderr"]


def test_the_feedback_says_what_was_seen_and_gives_no_answer_away(course):
    pages = {student: (course / "feedback" / student / SHEET.name / f"{SHEET.name}.html").read_text() for student in STUDENTS}
    assert "You answered" in pages["ben"] or "cannot be read" in pages["ben"]
    for exercise in SHEET.exercises:
        if isinstance(exercise.question, Number):
            assert exercise.solution["text"] not in pages["cleo"]


@pytest.mark.parametrize("name", names())
def test_cells_have_the_metadata_that_nbgrader_wants(name):
    notebook = assignment(load(name, 2))
    nbformat.validate(notebook)
    ids = [cell.metadata.nbgrader.grade_id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    assert {cell.metadata.nbgrader.schema_version for cell in notebook.cells} == {3}
    tests = cells(notebook, grade=True)
    assert all(cell.metadata.nbgrader.locked for cell in tests)
    assert [cell.metadata.nbgrader.points for cell in tests] == [exercise.points for exercise in load(name).exercises]
    assert [cell.metadata.nbgrader.locked for cell in cells(notebook, solution=True)] == [False] * len(tests)


@pytest.mark.parametrize("name", names())
def test_the_solutions_in_the_notebook_pass_its_checks(name):
    sheet = load(name, 4)
    for exercise, cell in zip(sheet.exercises, cells(assignment(sheet), solution=True)):
        values = {}
        exec(cell.source, values)  # our own notebook's
        (answer,) = (value for key, value in values.items() if key.startswith("answer_"))
        check(name, exercise.name, answer, seed=4)


def test_an_answer_may_be_a_quantity_a_number_or_an_experiment():
    number, network = (next(exercise for exercise in SHEET.exercises if isinstance(exercise.question, kind))
                       for kind in (Number, Shows))
    value = number.question.value
    for answer in (value, f"{value} {number.question.unit}", f"{value * 1e-3} volt" if number.question.unit == "mV" else value):
        check(SHEET.name, number.name, answer, seed=5)
    with pytest.raises(AssertionError, match="You answered"):
        check(SHEET.name, number.name, 1e4, seed=5)
    with pytest.raises(AssertionError, match="Not answered yet"):
        check(SHEET.name, number.name, None, seed=5)
    with pytest.raises(AssertionError):
        check(SHEET.name, network.name, start(SHEET.name, network.name, 5), seed=5)
