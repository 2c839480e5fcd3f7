"""Mistakes in a worksheet's file are said when it is read, with their place."""

import copy
import math
import re
import tomllib

import pytest

from neurolab.errors import NeurolabError
from neurolab.exercises.judging import judge
from neurolab.exercises.loading import worksheet_of
from neurolab.exercises.measures import measured
from neurolab.exercises.starts import start_of
from neurolab.exercises.variants import variant
from neurolab.experiment.presets import TUTORIAL

SHEET = tomllib.loads("""
name = "mine"
title = "Mine"
goals = ["know it"]
minutes = 5
notebook = "05_mine"

[[exercise]]
name = "top"
title = "The top"
points = 1
prompt = "How high does `Va` get with {w} mV?"
kind = "number"
unit = "mV"
measure = {what = "highest", of = "Va"}
percent = 2
hints = ["Look."]
explanation = "So high."
start = {preset = "tutorial", weights = {C1 = [["{w}"], [0]]}}
vary = {w = [6, 4]}
""")


def test_a_worksheet_is_a_file_and_nothing_else():
    [exercise] = worksheet_of(SHEET).exercises
    assert exercise.prompt == "How high does `Va` get with 6 mV?"
    assert exercise.question.value == pytest.approx(6.2987, abs=1e-4)
    assert exercise.solution == {"text": "6.3 mV"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "poem"}, "kind is 'poem'"),
        ({"points": "many"}, "points is 'many'"),
        ({"pionts": 3}, "pionts"),
        ({"unit": "mw"}, "mw"),
        ({"start": None}, "There is no start"),
        ({"hints": "one"}, "hints is 'one'"),
        ({"start": "tutroial"}, "no preset 'tutroial'"),
        ({"start": {"preset": "tutorial", "wieghts": {}}}, "wieghts"),
        ({"start": {"preset": "tutorial", "duration": -1}}, "duration"),
        ({"start": {"preset": "tutorial", "spikes": {"inputs": [[1]]}}}, "1 lists of spikes"),
        ({"measure": {"what": "colour"}}, "colour"),
        ({"measure": {"what": "highest"}}, "of"),
        ({"measure": {"what": "spike time"}}, "no 'spike time' to measure"),
        ({"vary": {"w": [1], "v": [1, 2]}}, "differ in length"),
        ({"vary": {"w": []}}, "differ in length"),
    ],
)
def test_a_mistake_is_named_with_its_exercise(change, words):
    table = copy.deepcopy(SHEET)
    table["exercise"][0] |= change
    with pytest.raises(NeurolabError, match=words) as raised:
        worksheet_of(table)
    assert "mine/top" in str(raised.value)


def test_what_is_missing_is_named():
    table = copy.deepcopy(SHEET)
    del table["exercise"][0]["hints"], table["exercise"][0]["prompt"]
    with pytest.raises(NeurolabError, match="prompt, hints"):
        worksheet_of(table)


def test_the_exercise_of_the_teaching_page_can_be_solved(root):
    page = (root / "docs" / "teaching.md").read_text(encoding="utf-8")
    table = tomllib.loads(re.search(r"```toml\n(.*?)```", page, re.DOTALL)[1])
    for seed in range(5):
        [exercise] = worksheet_of({**SHEET, **table}, seed).exercises
        assert judge(exercise, exercise.solution).passed


def test_values_that_stand_together_are_drawn_together():
    table = {
        "name": "x",
        "prompt": "{a} and {b}, $\\frac{a b}{c}$",
        "value": "{a}",
        "list": ["{b}", 2],
        "vary": {"a": [1, 2.5], "b": [10, 20]},
    }
    found = {tuple(map(str, variant(table, "w", seed).items())) for seed in range(30)}
    assert len(found) == 2
    assert variant(table, "w", None) == {
        "name": "x",
        "prompt": "1 and 10, $\\frac{a b}{c}$",
        "value": 1,
        "list": [10, 2],
    }


def test_exercises_are_not_drawn_alike():
    table = {"vary": {"a": [0, 1]}, "a": "{a}"}
    drawn = {
        tuple(variant({**table, "name": name}, "w", seed)["a"] for name in "pq")
        for seed in range(30)
    }
    assert len(drawn) == 4


def test_a_network_of_its_own_is_read_with_its_units():
    start = start_of(
        {
            "groups": [
                {"kind": "neurons", "name": "cell", "size": 1, "equations": "dV/dt = -V/tau : volt"}
            ],
            "parameters": {"tau": "5 ms"},
        }
    )
    assert (start.parameter("tau").value, start.parameter("tau").unit) == (5.0, "ms")


@pytest.mark.parametrize(
    ("table", "value"),
    [
        ({"what": "highest", "of": "Vb"}, 3e-3 * (1 + math.exp(-0.1))),
        ({"what": "lowest", "of": "Vb", "begin": 3}, 3e-3 * (math.exp(-0.79) + math.exp(-0.69))),
        ({"what": "value", "of": "Va", "at": 2}, 6e-3 * math.exp(-1)),
        ({"what": "crossing", "of": "Va", "other": "Vb", "number": 2}, 4e-3),
        ({"what": "number of spikes", "group": "inputs", "neuron": 1}, 2),
        ({"what": "spike time", "group": "inputs", "number": 2}, 4e-3),
        ({"what": "time of highest", "of": "Va", "since": 1}, 3e-3),
        ({"what": "rate", "group": "inputs"}, 200),
    ],
)
def test_what_is_measured(table, value):
    assert measured(table, TUTORIAL) == pytest.approx(value, rel=1e-9)
