"""Whether a synapse excites or inhibits follows from the equations, not from the weight alone."""

import pytest

from neurolab.exercises.starts import start_of
from neurolab.experiment.checked import model_of
from neurolab.experiment.presets import PRESETS, TWO_TIME_CONSTANTS
from neurolab.explain.effect_signs import effect_sign
from neurolab.explain.network_graph import graph_of
from neurolab.explain.populations import populations


def network(equations, weights=((2,),), **changes):
    neurons = {
        "kind": "neurons",
        "name": "target",
        "size": 1,
        "equations": equations,
        "threshold": "V > -50*mV",
        "reset": "V = El",
        **changes,
    }
    return start_of(
        {
            "groups": [{"kind": "inputs", "name": "inputs", "spikes": [[1]]}, neurons],
            "connections": [
                {
                    "name": "C",
                    "source": "inputs",
                    "target": "target",
                    "state": "g",
                    "weights": [list(row) for row in weights],
                }
            ],
            "parameters": {
                "tau": "10 ms",
                "tau_g": "5 ms",
                "El": "-70 mV",
                "low": "-80 mV",
                "high": "0 mV",
            },
        }
    )


CONDUCTANCE = "dV/dt = (El - V + g*({} - V))/tau : volt\ndg/dt = -g/tau_g : 1"


@pytest.mark.parametrize("start", [-70, -60, 0])
@pytest.mark.parametrize(
    ("reversal", "sign"), [("low", "inhibits"), ("high", "excites"), ("El", "inhibits")]
)
def test_a_positive_weight_of_a_conductance_acts_towards_its_reversal_potential(
    reversal, sign, start
):
    experiment = network(CONDUCTANCE.format(reversal), initial=[["V", [start]]])
    [arrow] = graph_of(experiment).arrows
    assert (arrow.weight > 0, arrow.sign) == (True, sign)
    [population] = populations(experiment, experiment.group("inputs"))
    assert population.effect == (1 if sign == "excites" else -1)


def test_a_current_that_is_subtracted_inhibits():
    experiment = network("dV/dt = (El - V - g)/tau : volt\ndg/dt = -g/tau_g : volt")
    assert graph_of(experiment).arrows[0].sign == "inhibits"


def test_an_effect_passes_through_other_variables_and_names():
    equations = """
    I = g*(high - V) : volt
    dV/dt = (El - V + h)/tau : volt
    dh/dt = (-h - 2*I)/tau_g : volt
    dg/dt = -g/tau_g : 1"""
    assert graph_of(network(equations)).arrows[0].sign == "inhibits"


def test_a_weight_of_zero_does_neither():
    experiment = network(CONDUCTANCE.format("low"), weights=((0,),))
    assert [arrow.sign for arrow in graph_of(experiment).arrows] == ["zero"]


@pytest.mark.parametrize("name", PRESETS)
def test_in_the_presets_the_sign_of_the_weight_is_that_of_the_effect(name):
    experiment = PRESETS[name].experiment
    for group in experiment.neurons:
        for state in model_of(experiment, group)[0].states:
            assert effect_sign(experiment, group, state) == 1


def test_a_group_without_a_threshold_has_no_potential():
    [group] = TWO_TIME_CONSTANTS.neurons
    assert effect_sign(TWO_TIME_CONSTANTS, group, "gi") == 1
