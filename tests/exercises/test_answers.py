"""What is said to answers that students would give; they stand in the folder beside this file."""

import pytest

from neurolab.exercises.judging import judge
from neurolab.exercises.questions import Choice

from .answering import EXERCISES, GIVEN, given_as


def named(kind):
    return [
        pytest.param(*each, id=f"{each[0]}-{each[1]}-{place}")
        for place, each in enumerate(given_as(kind))
    ]


@pytest.mark.parametrize(("worksheet", "name", "answer", "seen"), named("right"))
def test_a_right_answer_passes_with_all_points_and_no_hint(worksheet, name, answer, seen):
    exercise = EXERCISES[worksheet, name]
    feedback = judge(exercise, answer)
    assert feedback.passed, feedback.seen
    assert (feedback.points, feedback.hint, feedback.error) == (exercise.points, "", "")


@pytest.mark.parametrize(("worksheet", "name", "answer", "seen"), named("wrong"))
def test_a_wrong_answer_is_told_what_was_seen_and_gets_hints_in_steps(
    worksheet, name, answer, seen
):
    exercise = EXERCISES[worksheet, name]
    for attempts in range(len(exercise.hints) + 2):
        feedback = judge(exercise, answer, attempts)
        assert (feedback.passed, feedback.points, feedback.error, feedback.is_attempt) == (
            False,
            0,
            "",
            True,
        )
        assert seen in feedback.seen
        assert feedback.hint == exercise.hints[min(attempts, len(exercise.hints) - 1)]


@pytest.mark.parametrize(("worksheet", "name", "answer", "seen"), named("unreadable"))
def test_what_cannot_be_read_is_said_and_does_not_count_as_wrong(worksheet, name, answer, seen):
    feedback = judge(EXERCISES[worksheet, name], answer)
    assert (feedback.passed, feedback.readable, feedback.is_attempt, feedback.error) == (
        False,
        False,
        False,
        "",
    )
    assert seen in feedback.seen


def test_every_exercise_has_enough_of_both():
    for (worksheet, name), exercise in EXERCISES.items():
        given = GIVEN[worksheet][name]
        # Of a choice there is but one that is right.
        assert len(given["right"]) >= (1 if isinstance(exercise.question, Choice) else 3), name
        assert len(given["wrong"]) >= 4, name
    assert {(worksheet, name) for worksheet in GIVEN for name in GIVEN[worksheet]} == {*EXERCISES}
