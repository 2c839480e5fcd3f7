"""Whatever comes as an answer: it is judged, or it is said why not; a failing check is never a pass."""

import copy
import json
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neurolab.exercises.checks import Checks
from neurolab.exercises.judging import judge
from neurolab.exercises.loading import load
from neurolab.exercises.properties.sight import Sight
from neurolab.exercises.questions import Choice, Number

EXERCISES = {type(exercise.question): exercise for exercise in load("connection").exercises}
NUMBER, SHOWS, CODE = (
    EXERCISES[Number],
    load("connection").exercise("fire-often"),
    load("connection").exercise("hold-up"),
)
each_kind = pytest.mark.parametrize(
    "exercise", EXERCISES.values(), ids=[kind.__name__ for kind in EXERCISES]
)


@dataclass(frozen=True)
class Broken:
    """A property that has a mistake in it."""

    def see(self, result):
        return Sight(1 / 0 > 0, "")


@each_kind
@pytest.mark.parametrize(
    "answer",
    [
        None,
        {},
        {"text": ""},
        {"text": " \n"},
        {"experiment": None},
        {"choice": None},
        {"points": []},
        {"text": None, "experiment": {}, "points": None, "choice": None},
    ],
    ids=str,
)
def test_no_answer_is_not_a_wrong_one(exercise, answer):
    feedback = judge(exercise, answer)
    assert (feedback.answered, feedback.passed, feedback.is_attempt, feedback.hint) == (
        False,
        False,
        False,
        "",
    )


def test_the_start_as_it_was_is_no_answer():
    assert not judge(SHOWS, {"experiment": SHOWS.start.to_dict()}).answered
    assert not judge(CODE, {"text": "2, 3"}).answered


@pytest.mark.parametrize("exercise", [SHOWS, CODE], ids=["Shows", "Code"])
def test_a_check_that_raises_is_an_error_and_never_a_pass(exercise):
    broken = replace(exercise, question=replace(exercise.question, checks=Checks((Broken(),))))
    feedback = judge(broken, exercise.solution)
    assert (feedback.passed, feedback.points, feedback.is_attempt) == (False, 0, False)
    assert "ZeroDivisionError" in feedback.error
    assert "does not count as wrong" in feedback.error


def test_a_question_that_raises_while_it_reads_is_an_error_too():
    broken = replace(NUMBER, question=replace(NUMBER.question, unit=None))
    assert judge(broken, {"text": "3 mV"}).error
    assert not judge(broken, {"text": "3 mV"}).passed


def test_a_choice_without_its_reason_is_not_yet_one():
    feedback = judge(EXERCISES[Choice], {"choice": 1})
    assert (feedback.readable, feedback.seen) == (
        False,
        "Choose both an answer and a reason.",
    )


def changed(**entries):
    plain = SHOWS.solution["experiment"]
    return {"experiment": {**plain, **entries}}


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (changed(duration=3_000.0), "takes too long"),
        (changed(schema=7), "schema is 7"),
        (changed(groups=[]), "no neurons"),
        (
            changed(groups=SHOWS.solution["experiment"]["groups"][1:], connections=[]),
            "There is no group 'inputs' any more",
        ),
        (changed(parameters=[]), "tau_a"),
        (
            changed(
                connections=[
                    {
                        "name": f"X{i}",
                        "source": "inputs",
                        "target": "target",
                        "state": "Va",
                        "weights": [[0], [0]],
                    }
                    for i in range(40)
                ]
            ),
            "too many parts",
        ),
        (changed(dt=float("nan")), "dt is nan"),
        (changed(title=3), "title is 3"),
        ({"experiment": "tutorial"}, "experiment is 'tutorial'"),
        (
            changed(
                groups=[
                    {**SHOWS.solution["experiment"]["groups"][0]},
                    {
                        **SHOWS.solution["experiment"]["groups"][1],
                        "equations": "dVa/dt = Va*Va/mV/tau_a : volt\ndVb/dt = -Vb/tau_b : volt",
                    },
                ]
            ),
            "You changed",
        ),
    ],
    ids=range(10),
)
def test_networks_that_cannot_be_judged_are_refused_in_words(answer, words):
    feedback = judge(SHOWS, answer)
    assert (feedback.readable, feedback.passed, feedback.error) == (False, False, "")
    assert words in feedback.seen


def test_equations_that_blow_up_are_refused_in_words():
    feedback = judge(
        load("connection").exercise("depend"),
        {"text": "dVa/dt = Va*Va*Va/tau_a/mV/mV + Vb/ms : volt\ndVb/dt = -Vb/tau_b : volt"},
    )
    assert not feedback.passed
    assert not feedback.error


def test_code_is_parsed_and_not_evaluated(tmp_path):
    trace = tmp_path / "made"
    feedback = judge(
        load("threshold").exercise("both-high"),
        {"text": f"__import__('pathlib').Path('{trace}').touch()"},
    )
    assert not feedback.readable
    assert not trace.exists()


def test_a_long_text_is_refused():
    assert "too long" in judge(CODE, {"text": "1," * 5000}).seen


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
CURVES = st.lists(st.lists(st.floats() | st.integers(), min_size=1, max_size=3), max_size=6)
TEXTS = st.text("0123456789.,-+eE mVsdaτtau_/*=: \n()", max_size=60)
ANSWERS = (
    JSON
    | st.dictionaries(st.sampled_from(["text", "experiment", "choice", "reason", "points"]), JSON)
    | st.fixed_dictionaries({"points": CURVES})
    | st.fixed_dictionaries({"text": TEXTS})
)


def check_any(exercise, answer):
    feedback = judge(exercise, answer)
    assert not feedback.error, feedback.error
    assert isinstance(feedback.seen, str)
    assert feedback.seen
    assert feedback.points == (exercise.points if feedback.passed else 0)


@each_kind
@settings(max_examples=200)
@given(answer=ANSWERS)
def test_any_json_gives_feedback(exercise, answer):
    check_any(exercise, answer)


def paths(item, path=()):
    yield path
    for key, value in (
        item.items()
        if isinstance(item, dict)
        else enumerate(item)
        if isinstance(item, list)
        else ()
    ):
        yield from paths(value, (*path, key))


PLAIN = json.loads(json.dumps(SHOWS.solution["experiment"]))
PATHS = [path for path in paths(PLAIN) if path]


@settings(max_examples=300)
@given(path=st.sampled_from(PATHS), value=JSON)
def test_a_network_with_anything_in_any_place_gives_feedback(path, value):
    damaged = copy.deepcopy(PLAIN)
    inner = damaged
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    check_any(SHOWS, {"experiment": damaged})
    check_any(replace(SHOWS, question=replace(SHOWS.question, only=())), {"experiment": damaged})


@pytest.mark.parametrize("text", ["1-5", "1–5", "1 - 5 mV", "10 mV-5 mV"])
def test_a_range_or_a_subtraction_is_refused_with_both_readings(text):
    feedback = judge(NUMBER, {"text": text})
    assert not feedback.readable
    assert "can mean the range from" in feedback.seen
    assert "minus 5" in feedback.seen


@pytest.mark.parametrize("text", ["-5", "1e-5", "12-exp(1)", "12-3*1"])
def test_a_sign_or_a_calculation_is_not_a_range(text):
    assert judge(NUMBER, {"text": text}).readable
