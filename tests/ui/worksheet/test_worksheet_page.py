"""A worksheet's page without a browser: what it keeps, and what it takes from a page."""

import json

import ipywidgets as widgets
import pytest

from neurolab.errors import NeurolabError
from neurolab.exercises.handin import HandIn
from neurolab.exercises.loading import load
from neurolab.exercises.questions import Choice, Code, Number, Prediction, Shows
from neurolab.experiment.edits import set_parameter
from neurolab.ui.controls.options import Options
from neurolab.ui.worksheet.worksheet_page import Worksheet

SHEET = load("connection", 3)


def place_of(kind):
    return next(
        place
        for place, exercise in enumerate(SHEET.exercises)
        if isinstance(exercise.question, kind)
    )


@pytest.fixture
def page():
    page = Worksheet("connection", 3)
    page.sent = []
    page._memory.send = page.sent.append
    yield page
    page.close()


def recall(page, text):
    page._memory._handle_custom_msg({"recalled": text}, [])


def test_nothing_is_kept_before_the_browser_has_said_what_it_holds(page):
    page.turn_to(1)
    assert page.sent == []
    recall(page, "")
    page.turn_to(0)
    assert [message["kind"] for message in page.sent] == ["keep"]


def test_what_was_kept_gives_back_answers_place_and_drafts(page):
    recall(page, "")
    place = place_of(Number)
    page.turn_to(place)
    page._field._text.value = SHEET.exercises[place].solution["text"]
    page._judge()
    place = place_of(Shows)
    page.turn_to(place)
    draft = set_parameter(page._store.experiment, "tau_a", 2.5)
    page._store.edit(("parameter", "tau_a"), lambda _: draft)
    other = Worksheet("connection", 3)
    recall(other, page._text())
    assert other.handin == page.handin
    assert other.exercise.name == SHEET.exercises[place].name
    assert other._store.experiment == draft
    other.close()


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "[]",
        "{}",
        json.dumps({"handin": "x", "drafts": {}, "place": 0}),
        json.dumps(
            {
                "handin": HandIn("connection", 3).to_json(),
                "drafts": {"second-peak": {"groups": 3}},
                "place": 0,
            }
        ),
        json.dumps({"handin": HandIn("connection", 3).to_json(), "drafts": [], "place": "x"}),
        json.dumps({"handin": HandIn("threshold", 3).to_json(), "drafts": {}, "place": 0}),
    ],
)
def test_a_damaged_memory_is_as_good_as_none(page, text):
    recall(page, text)
    assert page.handin.answers == {}
    assert page.exercise == SHEET.exercises[0]


def test_the_lab_shows_the_piece_of_a_model_that_was_checked_and_undo_takes_it_back(page):
    place = place_of(Code)
    exercise = SHEET.exercises[place]
    page.turn_to(place)
    page._field._text.value = "2, 7"
    page._judge()
    assert page._store.experiment.group("inputs").spikes[1] == (2.0, 7.0)
    page._field._text.value = "2, soon"  # cannot be read: the lab stays
    page._judge()
    assert page._store.experiment.group("inputs").spikes[1] == (2.0, 7.0)
    page._store.undo()
    assert page._store.experiment == exercise.start


def test_undo_does_not_lead_into_another_exercise(page):
    place = place_of(Shows)
    page.turn_to(place)
    page._store.edit(
        ("parameter", "tau_a"), lambda experiment: set_parameter(experiment, "tau_a", 2.5)
    )
    assert page._store.can_undo
    page.turn_to(place_of(Prediction))
    assert not page._store.can_undo
    page.turn_to(place)
    assert page._store.experiment.parameter("tau_a").value == 2.5
    page._store.reset()
    assert page._store.experiment == SHEET.exercises[place].start


def test_a_prediction_hides_what_comes_until_it_is_right_or_left(page):
    place = place_of(Prediction)
    page.turn_to(place)
    asked = SHEET.exercises[place].question
    assert page._store.curtain.hidden_after == asked.after
    page._field._draw([0.0] * 49)
    page._judge()
    assert page._store.curtain.hidden_after == asked.after
    page._field.show(SHEET.exercises[place].solution)
    page._judge()
    assert page._work.feedback[page.exercise.name].passed
    assert page._store.curtain.hidden_after is None
    assert [overlay.look for overlay in page.overlays(None)] == ["prediction"]
    page.turn_to(place_of(Number))
    assert page.overlays(None) == []


@pytest.mark.parametrize("kind", [Number, Choice, Code, Shows, Prediction])
def test_the_explanation_follows_a_right_answer(page, kind):
    place = place_of(kind)
    page.turn_to(place)
    assert "Explanation" not in page._question.help.value
    if kind is Shows:
        page._try_out(page.exercise.question.read(page.exercise.solution, page.exercise.start))
    page._field.show(page.exercise.solution)
    page._judge()
    assert "Right." in page._question.verdict.value
    assert "<strong>Explanation.</strong>" in page._question.help.value
    assert page._question.hint.disabled


@pytest.mark.parametrize("kind", [Number, Choice, Code, Shows, Prediction])
def test_hints_stay_and_the_solution_follows_the_last_one_and_is_recorded(page, kind):
    page.turn_to(place_of(kind))
    exercise = page.exercise
    for number, _ in enumerate(exercise.hints, 1):
        assert page._question.hint.description == "Hint"
        page._question.hint.click()
        assert page._question.help.value.count("nl-hint") == number
        assert page.handin.hints == {exercise.name: number}
    assert page._question.hint.description == "Show a solution"
    assert "Explanation" not in page._question.help.value
    page._question.hint.click()
    assert page.handin.shown == (exercise.name,)
    assert "A solution is shown." in page._question.help.value
    assert page._question.help.value.count("nl-hint") == len(exercise.hints)
    if kind is Shows:
        assert page._store.experiment.to_dict() == exercise.question.example.to_dict()
    page._judge()
    assert "Right." in page._question.verdict.value
    assert page._work.feedback[exercise.name].points == 0
    assert "0 of" in page._steps._points.value


def test_the_lab_of_a_question_for_a_number_opens_after_the_answer(page):
    page.turn_to(place_of(Shows))
    before = page._store.experiment
    page.turn_to(place_of(Number))
    exercise = page.exercise
    assert not page._is_lab_shown()
    assert "nl-put-aside" in page._bench.voice._dom_classes
    assert page._store.experiment == before
    assert exercise.name not in page._work.drafts
    page._field._text.value = "1000"
    page._judge()
    assert not page._is_lab_shown()
    page._field._text.value = exercise.solution["text"]
    page._judge()
    assert page._is_lab_shown()
    assert "nl-put-aside" not in page._bench.voice._dom_classes
    assert page._store.experiment == exercise.start
    page.turn_to(0)
    page.turn_to(place_of(Number))
    assert page._is_lab_shown()


def test_a_question_without_a_network_shows_no_lab(page):
    page.turn_to(place_of(Choice))
    assert page.exercise.start is None
    assert not page._is_lab_shown()


def test_a_wrong_answer_adds_a_hint_to_those_that_are_shown(page):
    page.turn_to(place_of(Number))
    page._question.hint.click()
    page._field._text.value = "1000"
    page._judge()
    assert page._question.help.value.count("nl-hint") == 2
    page._field._text.value = "1001"
    assert page._question.help.value.count("nl-hint") == 2
    assert page._question.verdict.value == ""


def test_a_check_that_fails_is_said_and_counts_for_nothing(page, monkeypatch):
    page.turn_to(place_of(Number))
    monkeypatch.setattr(Number, "judge", lambda *_: 1 / 0)
    page._field._text.value = "3"
    page._judge()
    assert "could not be checked" in page._question.verdict.value
    assert page.handin.attempts.get(page.exercise.name, 0) == 0
    assert "0 of" in page._steps._points.value


def test_the_page_holds_no_more_widgets_after_many_turns(page):
    def turn_all():
        for place in range(len(SHEET.exercises)):
            page.turn_to(place)

    turn_all()
    before = len(widgets.widget._instances)
    turn_all()
    turn_all()
    assert len(widgets.widget._instances) <= before + 5


def test_of_options_only_one_that_there_is_can_be_chosen():
    options = Options("why", ("a", "b $x$"))
    for chosen in (5, -3, "1", True, None, 1.0):
        options.set_state({"chosen": chosen})
        assert options.chosen == -1
    options.set_state({"chosen": 1, "options": ["<script>"]})
    assert options.chosen == 1
    assert options.options[0] == "a"
    assert "<math" in options.options[1]


def test_a_choice_is_an_answer_once_all_of_it_is_given(page):
    page.turn_to(place_of(Choice))
    solution = page.exercise.solution
    for part, place in solution.items():
        assert page._field.answer() is None
        page._field._parts[part].chosen = place
    assert page._field.answer() == solution


def test_an_unknown_worksheet_is_named():
    with pytest.raises(NeurolabError, match="no worksheet 'nothing'"):
        Worksheet("nothing")
