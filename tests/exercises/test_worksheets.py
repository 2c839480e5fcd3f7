"""The worksheets that come with the package, in all their variants."""

import math
import re
import tomllib

import numpy as np
import pytest

from neurolab.errors import UnknownNameError
from neurolab.exercises.judging import judge
from neurolab.exercises.laws import broken_laws
from neurolab.exercises.loading import FOLDER, load, names
from neurolab.exercises.questions import Choice
from neurolab.exercises.runs import run
from neurolab.exercises.starts import edited, start_of
from neurolab.experiment.simulate import simulate

from .answering import GIVEN

SEEDS = (None, *range(21))
VARIANTS = {name: [load(name, seed) for seed in SEEDS] for name in names()}
ALL = [
    (worksheet, exercise)
    for found in VARIANTS.values()
    for worksheet in found
    for exercise in worksheet.exercises
]
each_worksheet = pytest.mark.parametrize("name", VARIANTS)


def numbers(text):
    return [float(number) for number in re.findall(r"\d+(?:\.\d+)?", text)]


def of_kind(kind):
    return [exercise for _, exercise in ALL if isinstance(exercise.question, kind)]


def test_they_are_listed_in_the_order_of_the_notebooks():
    assert names() == ("connection", "excitation", "threshold", "networks")


def test_another_name_is_refused():
    with pytest.raises(UnknownNameError, match="connection"):
        load("../connection")


@each_worksheet
def test_a_worksheet_has_exercises_of_at_least_four_kinds(name):
    exercises = load(name).exercises
    assert len({type(exercise.question) for exercise in exercises}) >= 4


@each_worksheet
def test_a_worksheet_keeps_all_rules_in_every_variant(name):
    table = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    assert broken_laws(table) == []


@each_worksheet
def test_the_same_seed_gives_the_same_worksheet_and_other_seeds_another(name):
    assert load(name, 7) == load(name, 7)
    assert (
        len(
            {
                tuple(exercise.prompt for exercise in worksheet.exercises)
                for worksheet in VARIANTS[name]
            }
        )
        > 5
    )


def number_in(pattern, exercise):
    return float(re.search(pattern.replace("#", r"([\d.]+)"), " ".join(exercise.prompt.split()))[1])


@pytest.mark.parametrize("seed", SEEDS)
def test_measured_numbers_are_those_of_the_closed_forms(seed):
    connection, excitation, threshold = (
        load(name, seed) for name in ("connection", "excitation", "threshold")
    )

    second = connection.exercise("second-peak")
    time, weight, tau = (number_in(p, second) for p in ("and at # ms", "adds # mV", "= # ms. How"))
    assert second.question.value == pytest.approx(
        weight * (1 + math.exp(-(time - 1) / tau)), rel=1e-9
    )

    half = connection.exercise("half-way-down")
    assert half.question.value == pytest.approx(
        number_in("`tau_a` = # ms", half) * math.log(2), rel=1e-9
    )

    peak = excitation.exercise("time-of-peak")
    tau_m, tau_e = number_in("`tau_m` = # ms", peak), number_in("`tau_e` = # ms", peak)
    assert peak.question.value == pytest.approx(
        tau_m * tau_e / (tau_m - tau_e) * math.log(tau_m / tau_e), abs=0.03
    )

    close = threshold.exercise("how-close")
    weight, tau = number_in("add # mV", close), number_in("`tau` = # ms", close)
    assert close.question.value == pytest.approx(tau * math.log(weight / (10 - weight)), rel=1e-9)

    # The longest interval that fires, by running the neuron: at 1 % less it fires, at 1 % more not.
    lowest = threshold.exercise("lowest-rate")
    for share, fires in ((0.99, True), (1.01, False)):
        interval = share * lowest.question.value
        times = [[interval * count for count in range(1, 41)], []]
        edits = {"spikes": {"inputs": times}, "dt": 0.01, "duration": 41 * interval}
        result = simulate(edited(lowest.start, edits))
        assert bool(result.firings["target"]) == fires


@pytest.mark.parametrize("seed", SEEDS)
def test_counted_numbers_are_those_of_a_count_by_hand(seed):
    ring = load("networks", seed).exercise("round")
    delay, end = number_in("arrives after # ms", ring), number_in("within # ms", ring)
    assert ring.question.value == math.ceil((end - 1.1) / (3 * (delay + 0.1)) - 1e-9)


def test_what_a_choice_calls_right_is_so():
    for worksheet in VARIANTS["excitation"]:
        exercise = worksheet.exercise("longer-effect")
        tau_e, tau_i = (number_in(f"`{name}` = # ms", exercise) for name in ("tau_e", "tau_i"))
        assert (exercise.question.right == 0) == (tau_e > tau_i)
    start = load("networks").exercise("without-inhibition").start
    free = edited(start, {"weights": {"Ci": 0}})
    assert len(run(free).spikes("neurons")[0]) > 3 * len(run(start).spikes("neurons")[0])
    # Every neuron receives inhibition, and would fire without any input at all.
    received = np.bincount(run(start).rows["Ci"].targets, minlength=400)
    assert received.min() >= 3
    alone = edited(free, {"weights": {"Ce": 0}})
    fired = np.unique(run(edited(alone, {"duration": 200})).spikes("neurons")[0])
    assert len(fired) == 400


def test_what_the_questions_about_conductances_call_right_is_so():
    for worksheet in VARIANTS["excitation"]:
        exercise = worksheet.exercise("epsp-or-ipsp")
        reversal = float(
            re.search(r"\$E\$ = (\S+) mV", " ".join(exercise.prompt.split()))[1].replace("−", "-")
        )
        moved = conductance_trace(reversal, held=-70)
        expected = 2 if abs(moved) < 1e-6 else int(moved < 0)
        assert exercise.question.right == expected
    # At the reversal potential an opened conductance makes the effect of a current smaller.
    assert abs(conductance_trace(-70, held=-70)) < 1e-6
    assert (
        0
        < conductance_trace(-70, held=-70, current=5)
        < 0.9 * conductance_trace(-70, held=-70, current=5, weight=0)
    )


def conductance_trace(reversal, held, current=0.0, weight=1.0):
    """The largest change (mV) of a membrane at rest after a spike opens a conductance at 1 ms."""
    equations = (
        "dV/dt = (El - V + g*(E - V) + I)/tau : volt\ndg/dt = -g/tau_g : 1\ndI/dt = -I/tau_g : volt"
    )
    network = {
        "groups": [
            {"kind": "inputs", "name": "inputs", "spikes": [[1], [2]]},
            {
                "kind": "neurons",
                "name": "target",
                "size": 1,
                "equations": equations,
                "initial": [["V", [held]]],
            },
        ],
        "connections": [
            {
                "name": name,
                "source": "inputs",
                "target": "target",
                "state": state,
                "weights": weights,
            }
            for name, state, weights in (
                ("G", "g", [[weight], [0]]),
                ("J", "I", [[0], [current]]),
            )
        ],
        "parameters": {"tau": "10 ms", "tau_g": "5 ms", "El": "-70 mV", "E": f"{reversal} mV"},
        "duration": 30,
    }
    trace = run(start_of(network)).trace("target", "V")[0] * 1e3 - held
    return trace[np.abs(trace).argmax()]


def test_a_conclusion_that_changes_with_the_time_step_is_called_an_artefact():
    for worksheet in VARIANTS["threshold"]:
        exercise = worksheet.exercise("model-or-method")
        peak, tau, dt, small = (
            number_in(p, exercise)
            for p in ("to # mV", "`tau` = # ms", "`dt` = # ms, the", "`dt` = # ms, it")
        )
        start = load("threshold").exercise("how-close").start
        spike = {"weights": {"C": [[peak], [0]]}, "parameters": {"tau": tau}}
        for step, fires in ((dt, False), (small, True)):
            result = simulate(edited(start, {**spike, "dt": step}))
            assert bool(result.firings["target"]) == fires


def test_every_exercise_has_at_least_six_variants():
    many = {name: [load(name, seed) for seed in range(60)] for name in names()}
    for worksheets in many.values():
        for exercise in worksheets[0].exercises:
            variants = {
                repr((each.prompt, each.start, each.question.solution(each.start)))
                for each in (worksheet.exercise(exercise.name) for worksheet in worksheets)
            }
            assert len(variants) >= 6, exercise.name


def test_only_the_right_pair_of_a_choice_passes():
    for exercise in of_kind(Choice):
        question = exercise.question
        passed = [
            (option, reason)
            for option in range(len(question.options))
            for reason in range(len(question.reasons))
            if judge(exercise, {"choice": option, "reason": reason}).passed
        ]
        assert passed == [(question.right, question.right_reason)]
    assert GIVEN["connection"]["matrix-entry"]["right"] == [[1, 1]]
