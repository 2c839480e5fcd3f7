"""Worksheets as assignments, through the real nbgrader: assigned, handed in, graded, given back."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from neurolab.exercises import autograding
from neurolab.exercises.assignment import assignment, write_assignment
from neurolab.exercises.cells import judge_cell
from neurolab.exercises.loading import load, names
from neurolab.exercises.questions import Number

from .cheating import CELLS, FILES, MISHAPS, NOTEBOOKS

SHEET = load("connection", 5)
ALL_PLACES = range(1, len(SHEET.exercises) + 1)
MODEL = {cell.metadata.nbgrader.grade_id: cell.source for cell in assignment(SHEET).cells}
SPELLINGS = {
    "quoted": {2: "answer_2 = '{value} mV'", 3: "answer_3 = '{value} ms'"},
    "bare": {
        1: "answer_1 = b, b",
        2: "answer_2 = {value}",
        3: "answer_3 = {value} ms  # read off the trace",
        7: "answer_7 = [3, 4, 9, 15]",
    },
    "products": {
        1: "answer_1 = ['B', 'b)']",
        2: "answer_2 = {value}*mV",
        3: "w = 3\nanswer_3: str = '{value}ms'",
        7: "answer_7 = 3*ms, 4*ms, 9*ms, 15*ms",
    },
    "commas": {
        1: "answer_1 = '(b), (b)'",
        2: "answer_2 = {comma}",
        3: "%%time\nanswer_3 = '{comma} ms'",
        7: "answer_7 = 3, 4, 9, 15",
    },
    "calculated": {2: "answer_2 = 2*{value}/2", 3: "answer_3 = {value}*ms*exp(0)  # by hand"},
    "texts": {
        2: "answer_2 = 'no'\nanswer_2 = '''{value}\n'''",
        7: "answer_7 = '3 ms; 4 ms; 9 ms; 15 ms'",
        8: "answer_8 = \ndVa/dt = -Va/tau_a : volt\ndVb/dt = (Va - Vb)/tau_b : volt",
    },
}
"""Right answers to some of the exercises, by the number of the exercise; ``{comma}`` has a decimal comma."""


def nbgrader(course: Path, *arguments: str, may_fail: bool = False) -> str:
    environment = {
        **os.environ,
        "JUPYTER_PLATFORM_DIRS": "1",
        "JUPYTER_CONFIG_DIR": str(course / "config"),
        "JUPYTER_DATA_DIR": str(course / "data"),
        "HOME": str(course),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
    }  # it calls alembic
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=course,
        capture_output=True,
        text=True,
        env=environment,
    )
    assert done.returncode == 0 or may_fail, done.stderr[-3000:]
    return done.stderr


def cells(notebook, **wanted):
    return [
        cell
        for cell in notebook.cells
        if all(cell.metadata.get("nbgrader", {}).get(key) == value for key, value in wanted.items())
    ]


def solved(grade_id: str) -> str:
    """The model solution to an exercise, without its marks."""
    return "\n".join(MODEL[grade_id].splitlines()[1:-1])


def answered(released, right):
    """The released notebook with right answers to some exercises (their places) and wrong answers to the others."""
    notebook = nbformat.from_dict(released)
    for place, cell in enumerate(cells(notebook, solution=True), 1):
        cell.source = (
            solved(cell.metadata.nbgrader.grade_id) if place in right else f"answer_{place} = '-17'"
        )
    return notebook


def spelled(released, texts):
    """All answers right, some of them in a spelling of their own."""
    notebook = answered(released, ALL_PLACES)
    for place, cell in enumerate(cells(notebook, solution=True), 1):
        if place in texts:
            value = solved(cell.metadata.nbgrader.grade_id).split("'")[1].split()[0]
            cell.source = (
                texts[place].replace("{value}", value).replace("{comma}", value.replace(".", ","))
            )
    return notebook


def submissions(released):
    """Name of a student → what the student hands in."""
    some = {
        "right": answered(released, ALL_PLACES),
        "half": answered(released, ALL_PLACES[::2]),
        "empty": nbformat.from_dict(released),
        "files": answered(released, ()),
    }
    some |= {f"spelled-{name}": spelled(released, texts) for name, texts in SPELLINGS.items()}
    for name, source in CELLS.items():
        some[f"cell-{name}"] = answered(released, ())
        cells(some[f"cell-{name}"], solution=True)[0].source = cheat(source)
    for name, change in NOTEBOOKS.items():
        some[f"notebook-{name}"] = answered(released, ())
        change(some[f"notebook-{name}"])
    for name, change in MISHAPS.items():
        some[f"right-{name}"] = answered(released, ALL_PLACES)
        change(some[f"right-{name}"])
    # A mishap in one cell costs no points for the others.
    some["mishap"] = answered(released, ALL_PLACES[1:])
    some["mishap"].cells.insert(
        0, nbformat.v4.new_code_cell("import os, sys\nprint('noise', file=sys.stderr)\nos._exit(1)")
    )
    cells(some["mishap"], solution=True)[0].source = "while True: pass"
    return some


SAMPLE = (
    "right",
    "half",
    "empty",
    "mishap",
    "files",
    "spelled-commas",
    "cell-check",
    "cell-dies",
    "cell-exceptions",
    "notebook-outputs",
    "notebook-tests-deleted",
    "notebook-ungraded",
    "notebook-old",
    "notebook-lists-as-names",
    "right-old",
    "right-new-cells",
    "right-twice",
    "spelled-calculated",
)
"""Students of the normal test run; all others are graded by `make soak`."""


def cheat(source):
    return f"{source}\nanswer_1 = 'a, a'"


def graded(course, students, points=SHEET.points, config=None):
    """A course with these students (None: all), graded by the real nbgrader; student → score."""
    if not (course / "source").exists():
        write_assignment(SHEET, course)
    if config is not None:
        (course / "nbgrader_config.py").write_text(config)
    nbgrader(course, "generate_assignment", SHEET.name, "--create")
    released = nbformat.read(course / "release" / SHEET.name / f"{SHEET.name}.ipynb", 4)
    for student, notebook in submissions(released).items():
        if students is None or student in students:
            path = course / "submitted" / student / SHEET.name / f"{SHEET.name}.ipynb"
            path.parent.mkdir(parents=True)
            path.write_text(json.dumps(notebook))  # as it is, valid or not
    for name, text in FILES.items():
        (course / "submitted" / "files" / SHEET.name / name).write_text(text)
    nbgrader(course, "autograde", SHEET.name, "--create")
    nbgrader(course, "export")
    with (course / "grades.csv").open() as table:
        rows = list(csv.DictReader(table))
    assert {float(row["max_score"]) for row in rows} == {points}
    return {row["student_id"]: float(row["score"] or 0) for row in rows}


def check_scores(scores):
    """All and only those who deserve points have them."""
    cheats = {
        student: score
        for student, score in scores.items()
        if student.startswith(("cell-", "notebook-", "files"))
    }
    assert {student for student, score in cheats.items() if score} == set()
    right = {
        student: score
        for student, score in scores.items()
        if student.startswith(("spelled-", "right"))
    }
    assert set(right.values()) == {SHEET.points}
    half = sum(exercise.points for exercise in SHEET.exercises[::2])
    assert (scores["half"], scores["empty"]) == (half, 0)
    # A cell that hangs, ends the kernel or writes to stderr costs no points for the others.
    assert scores["mishap"] == SHEET.points - SHEET.exercises[0].points


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return tmp_path_factory.mktemp("course")


@pytest.fixture(scope="module")
def scores(course):
    return graded(course, SAMPLE)


def test_right_answers_earn_their_points_and_cheats_earn_nothing(scores):
    assert {*SAMPLE} == scores.keys()
    check_scores(scores)


@pytest.mark.soak
def test_every_spelling_earns_all_points_and_every_cheat_nothing(tmp_path):
    scores = graded(tmp_path, None)
    assert len(scores) > 120
    assert {f"cell-{name}" for name in CELLS} | {
        f"notebook-{name}" for name in NOTEBOOKS
    } <= scores.keys()
    check_scores(scores)
    assert not list(tmp_path.rglob("trace-of-a-student"))


@pytest.mark.parametrize("name", CELLS)
def test_code_in_an_answer_cell_is_not_a_right_answer(name):
    for place, exercise in enumerate(SHEET.exercises, 1):
        feedback = judge_cell(exercise, f"answer_{place}", cheat(CELLS[name]))
        assert not feedback.passed
        assert not feedback.error


def test_students_get_neither_solutions_nor_anything_to_try_answers_with(course, scores):
    released = nbformat.read(course / "release" / SHEET.name / f"{SHEET.name}.ipynb", 4)
    text = nbformat.writes(released)
    for exercise, cell in zip(SHEET.exercises, cells(released, solution=True)):
        assert "YOUR CODE HERE" in cell.source
        assert solved(cell.metadata.nbgrader.grade_id).partition(" = ")[2] not in text
        assert exercise.explanation.strip() not in text
        if isinstance(exercise.question, Number):
            assert exercise.solution["text"] not in text
    hints = [hint for exercise in SHEET.exercises for hint in exercise.hints]
    for word in ("SOLUTION", "HIDDEN", "judge", "exercises", "seed", "tolerance", *hints):
        assert word not in text
    assert all("answer yet" in cell.source for cell in cells(released, grade=True))
    lines = [
        line
        for cell in released.cells
        if cell.cell_type == "code"
        for line in cell.source.splitlines()
    ]
    assert [line for line in lines if "import" in line] == [
        "from neurolab import Lab",
        "from neurolab.exports.link import from_link",
    ]


def test_no_code_of_a_student_has_run(course, scores):
    assert not list(course.rglob("trace-of-a-student"))
    notebooks = [
        nbformat.read(path, 4)
        for path in course.glob(f"autograded/*/{SHEET.name}/{SHEET.name}.ipynb")
    ]
    assert len(notebooks) == len(SAMPLE)
    assert {
        cell.execution_count
        for notebook in notebooks
        for cell in notebook.cells
        if cell.cell_type == "code"
    } == {None}


def test_the_feedback_says_what_was_seen_and_gives_no_answer_away(course, scores):
    nbgrader(course, "generate_feedback", SHEET.name, "--student", "half")
    page = (course / "feedback" / "half" / SHEET.name / f"{SHEET.name}.html").read_text()
    assert "You answered -17 mV" in page
    assert "cannot be read" in page
    assert SHEET.exercise("second-peak").solution["text"] not in page
    empty = nbformat.read(course / "autograded" / "empty" / SHEET.name / f"{SHEET.name}.ipynb", 4)
    said = [cell.outputs[0].evalue for cell in cells(empty, grade=True)]
    assert said == [
        f"There is no answer yet. Write it into its cell as answer_{place} = …"
        for place in ALL_PLACES
    ]


def test_an_answer_that_cannot_be_judged_earns_nothing_and_waits_for_the_teacher(
    course, scores, monkeypatch
):
    path = course / "autograded" / "right" / SHEET.name / f"{SHEET.name}.ipynb"
    notebook = nbformat.read(path, 4)
    url = f"sqlite:///{course / 'gradebook.db'}"
    resources = {
        "nbgrader": {
            "notebook": SHEET.name,
            "assignment": SHEET.name,
            "student": "right",
            "db_url": url,
        }
    }
    monkeypatch.setattr(autograding, "load", lambda worksheet, seed: load("threshold", seed))
    autograding._exercise.cache_clear()
    for step in (autograding.JudgeAnswers(), autograding.SaveGrades()):
        notebook, resources = step.preprocess(notebook, resources)
    said = [cell.outputs[0].evalue for cell in cells(notebook, grade=True)]
    assert ["could not be checked" in words for words in said] == [True] * len(SHEET.exercises)
    with Gradebook(url) as gradebook:
        grades = gradebook.find_submission(SHEET.name, "right").notebooks[0].grades
        assert [(grade.auto_score, grade.score, grade.needs_manual_grade) for grade in grades] == [
            (None, 0, True)
        ] * len(SHEET.exercises)


def test_the_lines_that_grade_are_added_once_to_a_configuration(tmp_path):
    config = tmp_path / "nbgrader_config.py"
    config.write_text("c = get_config()\nc.CourseDirectory.course_id = 'neuro1'")
    for _ in range(2):
        write_assignment(SHEET, tmp_path)
    lines = config.read_text().splitlines()
    assert lines[:2] == ["c = get_config()", "c.CourseDirectory.course_id = 'neuro1'"]
    assert [line for line in lines if "configure(" in line] == ["configure(get_config())"]


@pytest.mark.soak
def test_where_there_are_other_tests_the_notebook_is_run_and_answers_are_judged_all_the_same(
    tmp_path,
):
    write_assignment(SHEET, tmp_path)
    path = tmp_path / "source" / SHEET.name / f"{SHEET.name}.ipynb"
    notebook = nbformat.read(path, 4)
    own = {
        "schema_version": 3,
        "grade_id": "own",
        "cell_type": "code",
        "grade": True,
        "solution": False,
        "locked": True,
        "task": False,
        "points": 1,
    }
    notebook.cells.append(
        nbformat.v4.new_code_cell("assert 1 + 1 == 2", metadata={"nbgrader": own})
    )
    nbformat.write(notebook, path)
    scores = graded(
        tmp_path,
        (
            "right",
            "empty",
            "cell-check",
            "cell-patched",
            "cell-builtins",
            "notebook-outputs",
            "files",
        ),
        points=SHEET.points + 1,
    )
    assert scores["right"] == SHEET.points + 1
    assert {student for student, score in scores.items() if score > 1} == {"right"}


@pytest.mark.soak
def test_without_the_lines_in_the_configuration_no_answer_earns_anything(tmp_path):
    scores = graded(
        tmp_path,
        ("right", "cell-check", "files"),
        config="c = get_config()\nc.CourseDirectory.course_id = 'x'\n",
    )
    assert set(scores.values()) == {0}


@pytest.mark.parametrize("name", names())
def test_cells_have_the_metadata_that_nbgrader_wants(name):
    notebook = assignment(load(name, 2))
    nbformat.validate(notebook)
    ids = [cell.metadata.nbgrader.grade_id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    assert {cell.metadata.nbgrader.schema_version for cell in notebook.cells} == {3}
    tests = cells(notebook, grade=True)
    assert all(cell.metadata.nbgrader.locked for cell in tests)
    assert [cell.metadata.nbgrader.points for cell in tests] == [
        exercise.points for exercise in load(name).exercises
    ]
    assert [cell.metadata.nbgrader.locked for cell in cells(notebook, solution=True)] == [
        False
    ] * len(tests)


@pytest.mark.parametrize("name", names())
def test_the_solutions_in_the_notebook_pass_in_every_variant(name):
    for seed in (None, 0, 4):
        sheet = load(name, seed)
        for place, (exercise, cell) in enumerate(
            zip(sheet.exercises, cells(assignment(sheet), solution=True)), 1
        ):
            feedback = judge_cell(exercise, f"answer_{place}", cell.source)
            assert feedback.passed, feedback
