"""What a student hands in, as a value and as a file."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurolab.errors import NeurolabError
from neurolab.exercises.handin import MOST_CHARACTERS, HandIn, total
from neurolab.exercises.judging import judge
from neurolab.exercises.loading import load, names

SHEET = load("connection", 5)
PEAK = SHEET.exercise("second-peak")


def solved(worksheet):
    return HandIn(
        worksheet.name, worksheet.seed, {each.name: each.solution for each in worksheet.exercises}
    )


@pytest.mark.parametrize("name", names())
def test_a_file_of_all_solutions_earns_all_points_and_reads_back(name):
    worksheet = load(name, 3)
    handed = HandIn.from_json(solved(worksheet).to_json())
    assert handed == solved(worksheet)
    found = total(load(handed.worksheet, handed.seed), handed.answers)
    assert (found.points, found.answered) == (found.out_of, len(worksheet.exercises))
    assert found.out_of == worksheet.points > 0


def test_a_part_of_the_answers_earns_its_points():
    answers = {
        "second-peak": PEAK.solution,
        "half-way-down": {"text": "100 ms"},
        "matrix-entry": None,
        "gone": {"text": "3"},
    }
    found = total(SHEET, answers)
    assert (found.points, found.answered) == (PEAK.points, 2)
    assert [name for name, feedback in found.feedback.items() if feedback.passed] == ["second-peak"]


def test_wrong_answers_are_counted_and_others_not():
    handed = HandIn("connection", 5)
    for text in ("1 mV", "what", "", "2 mV"):
        answer = {"text": text}
        handed = handed.answered("second-peak", answer, judge(PEAK, answer))
    assert handed.attempts == {"second-peak": 2}
    assert handed.answers == {"second-peak": {"text": "2 mV"}}
    assert handed.answered("second-peak", PEAK.solution, judge(PEAK, PEAK.solution)).attempts == {
        "second-peak": 2
    }


def test_a_file_holds_nothing_that_tells_right_from_wrong():
    handed = HandIn("connection", 5).answered(
        "second-peak", {"text": "1 mV"}, judge(PEAK, {"text": "1 mV"})
    )
    assert json.loads(handed.to_json()) == {
        "schema": 1,
        "worksheet": "connection",
        "seed": 5,
        "answers": {"second-peak": {"text": "1 mV"}},
        "attempts": {"second-peak": 1},
        "hints": {},
        "shown": [],
    }


def test_hints_and_shown_solutions_are_recorded_and_a_shown_solution_earns_nothing():
    handed = solved(SHEET).with_hints("second-peak", 2).with_solution_shown("second-peak")
    assert HandIn.from_json(handed.to_json()) == handed
    assert total(SHEET, handed.answers, handed.shown).points == SHEET.points - PEAK.points


def test_a_file_without_hints_can_be_read():
    old = {name: value for name, value in GOOD.items() if name not in ("hints", "shown")}
    assert HandIn.from_json(json.dumps(old)) == HandIn.from_json(json.dumps(GOOD))


GOOD = json.loads(
    HandIn("connection", 5, {"second-peak": {"text": "3"}}, {"second-peak": 1}).to_json()
)


@pytest.mark.parametrize(
    "damaged",
    [
        "",
        "[]",
        "{",
        "null",
        "{}",
        "[" * 100_000,
        " " * (MOST_CHARACTERS + 1),
        *(
            json.dumps({**GOOD, **change})
            for change in (
                {"schema": 2},
                {"worksheet": 3},
                {"seed": -1},
                {"seed": "5"},
                {"seed": True},
                {"answers": []},
                {"answers": {"a": 3}},
                {"attempts": {"a": -1}},
                {"attempts": {"a": 1.5}},
                {"hints": {"a": -1}},
                {"shown": 3},
                {"shown": [3]},
                {"answers": {str(i): {} for i in range(1000)}},
            )
        ),
        json.dumps({name: value for name, value in GOOD.items() if name != "answers"}),
        *(
            json.dumps({**GOOD, "answers": {"a": {"points": [[value, 1]]}}})
            for value in (float("nan"), float("inf"))
        ),
    ],
    ids=range(23),
)
def test_a_damaged_file_is_refused_in_words(damaged):
    with pytest.raises(NeurolabError, match="answers"):
        HandIn.from_json(damaged)


@given(st.text(max_size=50), st.integers(0, len(json.dumps(GOOD))))
def test_any_damage_is_refused_in_words_or_reads(inserted, place):
    text = json.dumps(GOOD)
    try:
        handed = HandIn.from_json(text[:place] + inserted + text[place:])
    except NeurolabError:
        return
    total(SHEET, handed.answers)
