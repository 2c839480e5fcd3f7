"""Worksheets on paper."""

import re
import shutil
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from neurolab.cli import main
from neurolab.errors import NeurolabError
from neurolab.exercises import printing
from neurolab.exercises.loading import load, names
from neurolab.exercises.paper import answers_html, worksheet_html
from neurolab.exercises.questions import Choice, Number, Prediction
from neurolab.exercises.starts import nearest_preset
from neurolab.experiment.edits import set_neurons
from neurolab.experiment.presets import PRESETS


@pytest.mark.parametrize("name", names())
def test_a_sheet_holds_every_exercise_with_room_for_its_answer_and_no_answer(name):
    sheet = load(name, 2)
    text = worksheet_html(sheet)
    assert text.count('class="paper-exercise"') == len(sheet.exercises)
    assert "☒" not in text
    for exercise, part in zip(sheet.exercises, text.split('class="paper-exercise"')[1:]):
        if isinstance(exercise.question, Number):
            assert f"____ {exercise.question.unit}".strip() in part
            assert exercise.solution["text"] not in part
        elif isinstance(exercise.question, Choice):
            assert part.count("☐") == len(exercise.question.options) + len(
                exercise.question.reasons
            )
        elif isinstance(exercise.question, Prediction):
            assert "<svg" in part
            assert 'class="drawn"' not in part
        else:
            assert "paper-room" in part


@pytest.mark.parametrize("name", names())
def test_the_answer_sheet_holds_solutions_and_why(name):
    sheet = load(name, 2)
    text = worksheet_html(sheet, solutions=True)
    assert text.count('class="paper-solution"') == len(sheet.exercises)
    for exercise, part in zip(sheet.exercises, text.split('class="paper-exercise"')[1:]):
        if isinstance(exercise.question, Number):
            assert exercise.solution["text"] in part
        elif isinstance(exercise.question, Choice):
            assert part.count("☒") == 1 + bool(exercise.question.reasons)
        elif isinstance(exercise.question, Prediction):
            assert 'class="drawn"' in part


def test_a_sheet_says_how_to_get_the_lab_to_where_its_exercises_start():
    def part(sheet, title):
        return worksheet_html(sheet).split(f". {title} <small>")[1]

    assert "Begin in the lab with <i>Tutorial 2a</i>." in part(
        load("connection"), "One variable drives the other"
    )
    assert "<i>Tutorial 2a</i>, and set C2[1, 0]: 2 mV; duration: 20 ms." in part(
        load("connection", 17), "Keep it up"
    )
    own = part(load("connection", 17), "Excite and inhibit with one connection")
    assert (
        "Begin with the network that <code>neurolab worksheet connection --seed 17</code> opens"
        in own
    )


def test_an_exercise_is_not_said_to_start_from_a_preset_that_the_page_cannot_change_into_it():
    refractory = set_neurons(PRESETS["tutorial"].experiment, "target", refractory=2)
    assert nearest_preset(refractory) == (None, [])
    assert nearest_preset(PRESETS["coupled"].experiment) == (PRESETS["coupled"], [])


def test_the_axes_of_a_drawing_have_round_marks_and_no_zero_below_zero():
    sheet = worksheet_html(load("connection"))
    picture = ElementTree.fromstring(re.search(r"<svg.*?</svg>", sheet, re.DOTALL)[0])
    marks = {
        kind: [text.text for text in picture.iter("text") if text.get("class") == kind]
        for kind in ("up", "along")
    }
    assert marks == {
        "up": ["0", "2", "4", "6", "8", "10"],
        "along": ["0", "2", "4", "6", "8", "10"],
    }
    places = [float(text.get("x")) for text in picture.iter("text") if text.get("class") == "along"]
    grid = {
        float(line.get("points").split(",")[0])
        for line in picture.iter("polyline")
        if line.get("class") == "grid"
    }
    assert set(places) <= grid


def test_the_axis_of_a_drawing_does_not_tell_how_high_the_trace_gets():
    for name in names():
        for exercise in load(name).exercises:
            if isinstance(exercise.question, Prediction):
                picture = re.search(r"<svg.*?</svg>", worksheet_html(load(name)), re.DOTALL)[0]
                ends = [
                    text.text
                    for text in ElementTree.fromstring(picture).iter("text")
                    if text.get("class") == "up"
                ]
                ends = [ends[0], ends[-1]]
                assert all(end.lstrip("-").rstrip("0") in ("", "1", "2", "5") for end in ends)
                return


def test_a_students_answers_are_shown_with_what_they_earn_and_markup_in_them_is_text():
    sheet = load("connection")
    number = next(exercise for exercise in sheet.exercises if isinstance(exercise.question, Number))
    text = answers_html(sheet, {number.name: number.solution, "other": {"text": "x"}})
    assert f"{number.points} of {number.points} points" in text
    assert text.count("No answer.") == len(sheet.exercises) - 1
    assert "<script>" not in answers_html(
        sheet, {number.name: {"text": "<script>alert(1)</script>"}}
    )


@pytest.mark.parametrize(
    "answer",
    [
        {"choice": "a"},
        {"text": 3},
        {"experiment": []},
        {"points": [[1]]},
        {"points": "x"},
        [],
        3,
        "x",
    ],
)
def test_damaged_answers_do_not_keep_a_sheet_from_being_printed(answer):
    sheet = load("connection")
    assert "paper-exercise" in answers_html(
        sheet, {exercise.name: answer for exercise in sheet.exercises}
    )


def test_the_command_writes_html_and_pdf(tmp_path):
    done = CliRunner().invoke(
        main,
        [
            "worksheet",
            "connection",
            "--seed",
            "3",
            "--html",
            str(tmp_path / "sheet.html"),
            "--pdf",
            str(tmp_path / "sheet.pdf"),
        ],
    )
    assert done.exit_code == 0, done.output
    assert "variant 3" in (tmp_path / "sheet.html").read_text()
    data = (tmp_path / "sheet.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    assert len(data) > 20_000


def test_without_a_browser_the_command_says_what_else_there_is(tmp_path, monkeypatch):
    monkeypatch.setenv("NEUROLAB_CHROMIUM", "no-such-program")
    with pytest.raises(NeurolabError, match="--html"):
        printing.write_pdf("<p>", tmp_path / "sheet.pdf")
    done = CliRunner().invoke(
        main, ["worksheet", "connection", "--pdf", str(tmp_path / "sheet.pdf")]
    )
    assert done.exit_code == 1
    assert "No Chromium" in done.output


def test_a_browser_that_fails_is_said(tmp_path, monkeypatch):
    monkeypatch.setenv("NEUROLAB_CHROMIUM", shutil.which("false"))
    with pytest.raises(NeurolabError, match="could not be made"):
        printing.write_pdf("<p>", tmp_path / "sheet.pdf")


def test_unknown_worksheets_and_folders_that_cannot_be_written_are_said_in_a_line(tmp_path):
    done = CliRunner().invoke(main, ["worksheet", "nothing"])
    assert done.exit_code == 1
    assert "There is no worksheet 'nothing'" in done.output
    (tmp_path / "file").write_text("")
    done = CliRunner().invoke(
        main, ["worksheet", "connection", "--nbgrader", str(tmp_path / "file" / "course")]
    )
    assert done.exit_code == 1
    assert "cannot be written" in done.output
    done = CliRunner().invoke(
        main, ["worksheet", "connection", "--html", str(tmp_path / "no" / "sheet.html")]
    )
    assert "cannot be written" in done.output
