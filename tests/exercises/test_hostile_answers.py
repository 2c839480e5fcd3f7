"""Answers that try to break a check, to every exercise: none of them passes, and none raises an exception."""

import copy
import math

import pytest

from neurolab.errors import NeurolabError
from neurolab.exercises.curves import WindowError
from neurolab.exercises.judging import judge
from neurolab.exercises.measures import measured
from neurolab.exercises.properties import PROPERTIES, check_sights
from neurolab.exercises.properties.sight import Sight
from neurolab.exercises.questions import Choice, Code, Number, Prediction
from neurolab.exercises.runs import run
from neurolab.exercises.starts import edited
from neurolab.experiment.edits import set_neurons
from neurolab.experiment.presets import TUTORIAL

from .answering import EXERCISES

TEXTS = [
    "nan",
    "inf",
    "-inf",
    "NaN mV",
    "1e999",
    "-1e999 ms",
    "9" * 400,
    "0/0",
    "1/0",
    "None",
    "True",
    "[]",
    "\x00",
    "\ud800",
    "﻿",
    "٣",
    "mV",
    "--1",
    "1e",
    "()",
    "'",
    "{n}",
    "%s",
    "<b>1</b>",
    "__import__('os')",
    "1 2 3 4 5 6 7 8 9 nan",
    "0:1e9:1e-9",
    "1e-320",
    "x" * 3000,
]
POINTS = [
    [[math.nan, 0], [10, 0]],
    [[1, math.nan], [10, math.nan]],
    [[1, math.inf]],
    [[1, 1e308], [2, -1e308]],
    [[1, True]],
    [["1", "0"]],
    [[1]],
    [[]],
    [[1, 0, 0]],
    [1, 0],
    "1, 0",
    {"0": 1},
    [[-1e9, 0], [1e9, 0]],
    [[5, 0], [5, 1]],
    [[2, 1], [1, 2]],
    [[10**400, 0]],
    [[1, 10**400]],
    [[1, None]],
    [[1, 0]] * 3000,
]
PLACES = [-1, 99, 1.0, True, "0", "b", None, [], [0], {"choice": 0}, math.nan, 10**400]
NUMBERS = [math.nan, math.inf, -math.inf, 10**400, None, "1", []]
OTHERS = [[], [1, 2], "text", 3, math.nan, True, {"text": {}}, {"points": 1}]


def equations(exercise):
    """Equations that explode, divide by zero or leave the numbers, for the variables of the exercise."""
    states = [
        line.split("/")[0].strip().removeprefix("d")
        for line in exercise.question.piece(exercise.start).splitlines()
    ]
    for right in (
        "{0}*{0}*{0}/mV/mV/ms",
        "exp(exp({0}/mV))*mV/ms",
        "-{0}/(0*ms)",
        "{0}/(0*ms)",
        "log(-1)*{0}/ms",
        "sqrt(-1)*mV/ms",
        "1e300*{0}/ms",
        "({0}/(0*mV))*mV/ms",
        "0*mV/ms",
        "nan*mV/ms",
        "inf*mV/ms",
    ):
        yield "\n".join(f"d{state}/dt = {right.format(state)} : volt" for state in states)


def triggers(exercise):
    """Thresholds and resets that are never or always true, or not numbers."""
    for value in (
        "0*mV/0",
        "1*mV/0",
        "nan*mV",
        "inf*mV",
        "-inf*mV",
        "log(-1)*mV",
        "1e308*volt*1e308",
    ):
        for state in ("V", "Va", "Vb"):
            yield (
                f"{state} > {value}"
                if exercise.question.what == "threshold"
                else f"{state} = {value}"
            )


def numbers_in(plain, path=()):
    """Places of all numbers in an experiment."""
    items = (
        plain.items()
        if isinstance(plain, dict)
        else enumerate(plain)
        if isinstance(plain, list)
        else ()
    )
    for key, value in items:
        if type(value) in (int, float):
            yield (*path, key)
        yield from numbers_in(value, (*path, key))


def networks(exercise):
    """The model solution with numbers that are none, and networks with nothing in them."""
    solution = exercise.solution["experiment"]
    places = list(numbers_in(solution))
    for place in [places[0], *places[:: max(1, len(places) // 4)], ("duration",), ("dt",)]:
        for value in NUMBERS:
            changed = copy.deepcopy(solution)
            inner = changed
            for key in place[:-1]:
                inner = inner[key]
            inner[place[-1]] = value
            yield changed
    for entry, value in (
        ("groups", []),
        ("connections", []),
        ("parameters", []),
        ("duration", 0),
        ("duration", -1),
        ("dt", 0),
    ):
        yield {**solution, entry: value}


def hostile(exercise):
    question = exercise.question
    if isinstance(question, Choice):
        return [{"choice": place, "reason": place} for place in PLACES]
    if isinstance(question, Prediction):
        return [{"points": points} for points in POINTS]
    if isinstance(question, Number):
        return [{"text": text} for text in TEXTS]
    if isinstance(question, Code):
        own = {"spikes": lambda _: [], "equations": equations}.get(question.what, triggers)
        return [{"text": text} for text in (*TEXTS, *own(exercise))]
    return [{"experiment": network} for network in (*networks(exercise), *POINTS, *TEXTS[:5])]


@pytest.mark.parametrize(("worksheet", "name"), EXERCISES)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # of numpy, on the way to infinity
def test_no_hostile_answer_passes_or_raises(worksheet, name):
    exercise = EXERCISES[worksheet, name]
    for answer in (*hostile(exercise), *OTHERS):
        feedback = judge(exercise, answer)
        assert (feedback.passed, feedback.points) == (False, 0), answer
        assert not feedback.error, (answer, feedback.error)
        assert feedback.seen, answer


SHORT = edited(TUTORIAL, {"duration": 4})


@pytest.mark.parametrize(
    ("name", "attributes"),
    [
        ("fires", {"exactly": 0, "begin": 5}),
        ("fires", {"at_most": 3, "begin": 2, "end": 9}),
        ("fires", {"exactly": 0, "begin": 20, "end": 30}),
        ("range", {"of": "Va", "high": 9, "begin": 5}),
        ("range", {"of": "Vb", "what": "lowest", "low": -9, "begin": 1, "end": 9}),
        ("rate", {"high": 1e9, "begin": 4}),
        ("rate", {"high": 1e9, "begin": 5}),
    ],
    ids=str,
)
def test_a_run_that_ends_before_the_time_that_is_judged_does_not_pass(name, attributes):
    PROPERTIES[name](**attributes).see(run(edited(TUTORIAL, {"duration": 40})))
    with pytest.raises(WindowError, match="The run ends at 4 ms"):
        PROPERTIES[name](**attributes).see(run(SHORT))


@pytest.mark.parametrize(
    ("name", "attributes"),
    [
        ("fires", {}),
        ("neurons fire", {}),
        ("crosses", {"first": "Va", "second": "Vb"}),
        ("connections", {}),
        ("fires in order", {"neurons": (), "group": "inputs"}),
        ("fires in order", {"neurons": (0,), "group": "inputs"}),
        ("acts", {"of": "Va", "how": "nothing"}),
        ("acts", {"of": "Va", "how": "does nothing", "neuron": 7}),
        ("acts", {"of": "Va", "how": "does nothing", "source": "nobody"}),
    ],
    ids=str,
)
def test_a_check_that_asks_for_nothing_or_looks_nowhere_is_an_error(name, attributes):
    with pytest.raises(NeurolabError):
        PROPERTIES[name](**attributes).see(run(TUTORIAL))


@pytest.mark.parametrize(
    "sights",
    [
        [],
        [Sight(math.nan, "")],
        [Sight(None, "")],
        [Sight(1, "")],
        [Sight("no", "")],
        [Sight(True, ""), Sight(math.nan, "")],
    ],
    ids=str,
)
def test_what_is_neither_true_nor_false_is_no_verdict(sights):
    with pytest.raises(NeurolabError, match="no verdict"):
        check_sights(sights)


def test_a_variable_that_was_infinite_for_a_while_is_an_error_and_not_a_low_value():
    # The first step leads to 8 mV, the second to infinity; at the last step Vb fires and takes both back to 0 mV.
    network = set_neurons(
        TUTORIAL,
        "target",
        threshold="Vb > 2*mV",
        reset="Va = 0*mV; Vb = 0*mV",
        equations="dVa/dt = 80*mV/ms*exp(exp(Va/mV) - 1) : volt\ndVb/dt = -Vb/tau_b : volt",
    )
    with pytest.raises(NeurolabError, match="grew beyond all bounds"):
        run(edited(network, {"duration": 3.2}))


@pytest.mark.parametrize(
    "table",
    [
        {"what": "value", "of": "Va", "at": 50},
        {"what": "highest", "of": "Va", "begin": 50},
        {"what": "falling", "of": "Va", "level": -1},
        {"what": "falling", "of": "Va", "level": 90},
        {"what": "rate", "group": "inputs", "begin": 10},
        {"what": "spike time", "group": "target"},
        {"what": "crossing", "of": "Va", "other": "Va"},
    ],
    ids=str,
)
def test_a_right_number_that_cannot_be_measured_is_an_error(table):
    with pytest.raises(NeurolabError, match=table["what"]):
        measured(table, TUTORIAL)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_right_number_that_is_not_finite_is_an_error():
    # The reset takes Va to 0 mV at once: an exponential never gets there.
    firing = edited(TUTORIAL, {"weights": {"C1": [[15], [0]]}})
    with pytest.raises(NeurolabError, match="no answer can be compared"):
        measured({"what": "falling", "of": "Va", "level": 0}, firing)
