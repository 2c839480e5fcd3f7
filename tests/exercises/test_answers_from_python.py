"""What a variable of a notebook holds, read as an answer: every spelling with one meaning is taken, anything else is said."""

import numpy as np
import pytest

from neurolab import ms, mV, mvolt, nA, uV, volt
from neurolab.errors import NeurolabError
from neurolab.exercises.judging import judge
from neurolab.exercises.loading import load, names
from neurolab.exercises.questions import Choice, Code, Number, Prediction, Shows, answer_from_python
from neurolab.experiment.experiment import Experiment
from neurolab.exports.link import to_link

EXERCISES = [exercise for name in names() for exercise in load(name).exercises]


def first(kind, **wanted):
    return next(
        exercise
        for exercise in EXERCISES
        if isinstance(exercise.question, kind)
        and all(getattr(exercise.question, name) == value for name, value in wanted.items())
    )


IN_MV = first(Number, unit="mV")
CHOICE = next(
    exercise
    for exercise in EXERCISES
    if isinstance(exercise.question, Choice) and exercise.question.reasons
)
SPIKES = first(Code, what="spikes")
THRESHOLD_OR_RESET = next(
    exercise
    for exercise in EXERCISES
    if isinstance(exercise.question, Code) and exercise.question.what != "spikes"
)
PREDICTION = first(Prediction)
NETWORK = first(Shows)


def read(exercise, value):
    return answer_from_python(exercise.question, exercise.start, value)


def number(value):
    return IN_MV.question.read(read(IN_MV, value), IN_MV.start)


@pytest.mark.parametrize(
    "value",
    [
        8.21,
        "8.21",
        "8,21",
        "8.21 mV",
        "8.21\u00a0mV",
        "8210 μV",
        "8210 µV",
        "8210 uV",
        "0,00821 V",
        8.21 * mV,
        8210 * uV,
        0.00821 * volt,
        8.21 * mvolt,
        np.float64(8.21),
        np.array(8.21),
        np.array([8.21]),
        [8.21],
        (8.21,),
        ["8.21 mV"],
        np.array([8.21]) * mV,
        "８．２１",
    ],
    ids=repr,
)
def test_a_number_is_read_from_whatever_holds_it(value):
    assert number(value) == pytest.approx(8.21, rel=1e-12)


@pytest.mark.parametrize("value", [3, np.int32(3), 3.0, "3"])
def test_whole_numbers_are_read_too(value):
    assert number(value) == 3


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (8.21 * ms, "value in second"),
        (8.21 * nA, "value in amp"),
        (True, "bool"),
        (float("nan"), "not a finite number"),
        (float("inf"), "not a finite number"),
        ([1, 2], "list"),
        (3j, "complex"),
        (object(), "object"),
        (len, "builtin"),
        (np.array([1.0, 2.0]), "ndarray"),
        ({"text": "8"}, "dict"),
    ],
)
def test_what_is_no_number_is_said_with_what_is_expected(value, said):
    with pytest.raises(NeurolabError) as caught:
        read(IN_MV, value)
    assert said in caught.value.advice
    assert "Answer with a number in mV." in caught.value.advice


@pytest.mark.parametrize("value", ["10,000", "10,000 mV"])
def test_a_number_with_two_readings_is_not_judged_but_said(value):
    feedback = judge(IN_MV, read(IN_MV, value))
    assert not feedback.readable
    assert "can mean 10 or 10000" in feedback.seen


@pytest.mark.parametrize(
    "value",
    [
        ("b", "a"),
        ["b", "a"],
        "ba",
        "b a",
        "b, a",
        "B) A)",
        "(b, a)",
        "b because a",
        "b and a",
        ("B", "a)"),
        np.array(["b", "a"]),
        {"choice": "b", "reason": "a"},
        "b/a",
        "b+a",
        " b ; a ",
    ],
    ids=repr,
)
def test_two_letters_are_read_however_they_are_written(value):
    assert read(CHOICE, value) == {"choice": 1, "reason": 0}


def test_the_same_letter_twice_may_be_one_text():
    assert read(CHOICE, "bb") == read(CHOICE, ("b", "b")) == {"choice": 1, "reason": 1}


@pytest.mark.parametrize(
    "value",
    ["abc", "hello", 1, (1, 2), ("a", "z"), "b2", ("b", None), 2.5, "é", ("a", "b", "a")],
    ids=repr,
)
def test_what_are_no_letters_is_said(value):
    with pytest.raises(NeurolabError, match="two letters"):
        read(CHOICE, value)


def test_a_missing_reason_is_said():
    assert "reason" in judge(CHOICE, read(CHOICE, "b")).seen


@pytest.mark.parametrize(
    "value",
    [
        [3, 4, 9, 15],
        (3, 4, 9, 15),
        np.array([3, 4, 9, 15]),
        "3, 4, 9, 15",
        "3 4 9 15",
        [3 * ms, 4 * ms, 9 * ms, 15 * ms],
        np.array([3, 4, 9, 15]) * ms,
        ["3 ms", "4ms", "9000 µs", "15,0 ms"],
        {15, 9, 4, 3},
        [3.0, 4.0, 9.0, 15.0],
    ],
    ids=repr,
)
def test_spike_times_are_read_from_texts_and_from_lists(value):
    given = SPIKES.question.read(read(SPIKES, value), SPIKES.start)
    assert given.group(SPIKES.question.group).spikes[SPIKES.question.neuron] == (3, 4, 9, 15)


@pytest.mark.parametrize("value", [[1, "1,000"], "0,5", [3, 4, "9 s"], "3, 4, 9 s"])
def test_spike_times_with_two_readings_are_not_judged_but_said(value):
    feedback = judge(SPIKES, read(SPIKES, value))
    assert not feedback.readable
    assert "can mean" in feedback.seen


@pytest.mark.parametrize("value", [[(0, 1)], [True], [3 * mV], {"a": 1}, object(), [None]])
def test_what_are_no_spike_times_is_said(value):
    with pytest.raises(NeurolabError, match="Answer with spike times in ms"):
        read(SPIKES, value)


def test_a_piece_of_a_model_is_a_text_or_lines_of_text():
    example = THRESHOLD_OR_RESET.question.example
    assert (
        read(THRESHOLD_OR_RESET, example)
        == read(THRESHOLD_OR_RESET, example.split("\n"))
        == {"text": example}
    )
    with pytest.raises(NeurolabError, match="a text with the"):
        read(THRESHOLD_OR_RESET, 10 * mV)


def test_points_are_read_from_pairs_arrays_dictionaries_and_quantities():
    points = [(5.0, 0.0), (6.0, 1.5), (10.0, 2.0)]
    plain = read(PREDICTION, points)
    times, values = zip(*points)
    for value in (
        np.array(points),
        dict(points),
        (times, values),
        [(t * ms, v * mV) for t, v in points],
        [("5 ms", "0"), ("6", "1,5 mV"), (10, "2000 µV")],
    ):
        assert np.allclose(read(PREDICTION, value)["points"], plain["points"], rtol=1e-12)
    assert plain["points"][1] == [6.0, 0.0015]


@pytest.mark.parametrize("value", [[(1,)], [(1, 2, 3)], 5, "5", [1, 2, 3], [(1, None)]], ids=repr)
def test_what_are_no_points_is_said(value):
    with pytest.raises(NeurolabError):
        read(PREDICTION, value)


def test_a_network_is_an_experiment_a_lab_or_a_link():
    class Lab:
        experiment = NETWORK.start

    link = to_link(NETWORK.start)
    for value in (NETWORK.start, Lab(), link, f"http://localhost:8866/#lab={link}", f" {link}\n"):
        assert Experiment.from_dict(read(NETWORK, value)["experiment"]) == NETWORK.start
    with pytest.raises(NeurolabError, match="Copy link"):
        read(NETWORK, 3)
    with pytest.raises(NeurolabError, match="damaged"):
        read(NETWORK, "nonsense")


@pytest.mark.parametrize("value", [None, ..., "", "  \n", [], (), {}, np.array([])], ids=repr)
@pytest.mark.parametrize(
    "exercise", [IN_MV, CHOICE, SPIKES, PREDICTION, NETWORK], ids=lambda exercise: exercise.name
)
def test_nothing_is_no_answer(exercise, value):
    assert read(exercise, value) is None


class Hostile:
    """Fails in whatever is asked of it."""

    def __getattribute__(self, name):
        raise RuntimeError(name)

    def __len__(self):
        raise RuntimeError


class Text(str):
    """Looks like a text."""

    def strip(self, *_):
        return self

    def __eq__(self, other):
        return True

    __hash__ = None


@pytest.mark.parametrize(
    "exercise", [IN_MV, CHOICE, SPIKES, PREDICTION, NETWORK], ids=lambda exercise: exercise.name
)
def test_an_object_of_a_students_own_class_is_an_error_of_ours_or_plain(exercise):
    with pytest.raises(NeurolabError):
        read(exercise, Hostile())
    try:
        answer = read(exercise, Text("8"))
    except NeurolabError:
        return
    assert all(type(part) in (str, int, list, dict) for part in answer.values())
