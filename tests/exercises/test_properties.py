"""What properties see in networks whose behaviour is known."""

import math
from dataclasses import replace

import pytest

from neurolab.errors import NeurolabError
from neurolab.exercises.checks import Checks
from neurolab.exercises.curves import AbsentError, Curve, curve_of
from neurolab.exercises.probes import effects, fading_time
from neurolab.exercises.properties import PROPERTIES, properties_of
from neurolab.exercises.questions.shows import Shows
from neurolab.exercises.starts import edited
from neurolab.experiment.edits import set_neurons, set_spikes, set_weight
from neurolab.experiment.presets import COUPLED, ONE_CONNECTION, TUTORIAL, TWO_TIME_CONSTANTS
from neurolab.experiment.simulate import simulate

FIRING = edited(TUTORIAL, {"weights": {"C1": [[15], [0]]}})


def seen(experiment, name, **attributes):
    return PROPERTIES[name](**attributes).see(simulate(experiment))


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ({"exactly": 2}, True),
        ({"exactly": 3}, False),
        ({"at_least": 2}, True),
        ({"at_least": 3}, False),
        ({"at_most": 1}, False),
        ({"exactly": 0}, False),
    ],
)
def test_spikes_are_counted(asked, holds):
    assert seen(FIRING, "fires", **asked) == (holds, "It fired twice, at 1.1 and 4.1 ms.")


def test_spikes_are_counted_between_two_times():
    assert seen(FIRING, "fires", exactly=1, begin=2, end=5) == (
        True,
        "Between 2 and 5 ms it fired once, at 4.1 ms.",
    )
    assert seen(FIRING, "fires", exactly=0, begin=5) == (True, "From 5 ms on it did not fire.")


def test_many_spikes_are_not_all_listed():
    often = edited(set_spikes(FIRING, "inputs", 0, range(1, 9)), {})
    assert (
        seen(often, "fires", exactly=0).words
        == "It fired 8 times, at 1.1, 2.1, 3.1, 4.1, 5.1, 6.1, … ms."
    )


@pytest.mark.parametrize(
    ("asked", "holds"),
    [({"before": 2}, True), ({"before": 1.1}, False), ({"after": 1}, True), ({"after": 2}, False)],
)
def test_the_first_spike(asked, holds):
    assert seen(FIRING, "first spike", **asked) == (holds, "It fired first at 1.1 ms.")


def test_who_never_fires_has_no_first_spike():
    assert seen(TUTORIAL, "first spike", before=100) == (False, "It did not fire.")


def test_order_of_first_spikes():
    assert seen(TUTORIAL, "fires in order", group="inputs", neurons=(0, 1)).holds
    assert not seen(TUTORIAL, "fires in order", group="inputs", neurons=(1, 0)).holds
    assert not seen(
        set_spikes(TUTORIAL, "inputs", 1, (1.0,)), "fires in order", group="inputs", neurons=(0, 1)
    ).holds
    silent = seen(
        set_spikes(TUTORIAL, "inputs", 1, ()), "fires in order", group="inputs", neurons=(0, 1)
    )
    assert silent == (False, "input 1 did not fire.")


def test_neurons_that_fire():
    one = set_spikes(TUTORIAL, "inputs", 1, ())
    assert seen(one, "neurons fire", group="inputs", exactly=1) == (
        True,
        "1 of the 2 neurons of inputs fired: 0.",
    )
    assert not seen(TUTORIAL, "neurons fire", group="inputs", at_most=1).holds


def test_a_rate_is_spikes_over_neurons_and_time():
    # Four spikes of two neurons in 10 ms: 200 Hz; from 2.5 ms on, two in 7.5 ms.
    assert seen(TUTORIAL, "rate", group="inputs", low=199, high=201).holds
    late = seen(TUTORIAL, "rate", group="inputs", begin=2.5, low=133, high=134)
    assert late == (True, "Mean firing rate of inputs: 133 spikes/s.")


def test_crossings_are_changes_of_side():
    crossings = seen(TUTORIAL, "crosses", first="Va", second="Vb", exactly=3)
    assert crossings == (True, "Va and Vb crossed 3 times, at 2, 4 and 4.3 ms.")
    # With both in rest they are the same, which is no crossing; nor is it one if they only meet there again.
    touching = edited(TUTORIAL, {"spikes": {"inputs": [[1, 4], []]}})
    assert seen(touching, "crosses", first="Va", second="Vb", exactly=0).holds


def test_extremes_within_a_time():
    assert seen(TUTORIAL, "range", of="Va", low=6.29, high=6.31).holds
    assert seen(TUTORIAL, "range", of="Va", high=6, end=3.9) == (True, "Va reached at most 6 mV.")
    lowest = seen(
        edited(TUTORIAL, {"weights": {"C2": [[0], [-3]]}}), "range", of="Vb", what="lowest", low=-5
    )
    assert lowest == (False, "Vb fell to −5.71 mV.")


def test_fading_is_measured_and_not_read_from_a_name():
    assert fading_time(TUTORIAL, Curve("target", "Va")) == pytest.approx(1.0)
    assert fading_time(TUTORIAL, Curve("target", "Vb")) == pytest.approx(10.0)
    written_otherwise = set_neurons(
        TUTORIAL, "target", equations="dVa/dt = -2*Va/tau_b : volt\ndVb/dt = -5*Vb/tau_b : volt"
    )
    assert fading_time(written_otherwise, Curve("target", "Va")) == pytest.approx(5.0)
    assert seen(written_otherwise, "fades faster", fast="Vb", slow="Va").holds
    assert not seen(written_otherwise, "fades faster", fast="Va", slow="Vb").holds
    still = set_neurons(
        TUTORIAL, "target", equations="dVa/dt = 0*Va/tau_a : volt\ndVb/dt = -Vb/tau_b : volt"
    )
    assert (
        seen(still, "fades faster", fast="Vb", slow="Va").words
        == "After a jump, Vb decays to 37 % within 10 ms and Va does not decay."
    )


def test_dependence_has_a_direction():
    assert seen(COUPLED, "depends", of="Va", on="Vb") == (True, "A jump of Vb changes Va.")
    assert seen(COUPLED, "depends", of="Vb", on="Va") == (False, "A jump of Va does not change Vb.")
    assert seen(TUTORIAL, "depends", of="Va", on="Vb", holds=False).holds


def test_connections_without_weights_do_not_count():
    assert seen(TUTORIAL, "connections", exactly=2) == (True, "There are 2 connections: C1 and C2.")
    assert seen(set_weight(TUTORIAL, "C1", 0, 0, 0.0), "connections", exactly=1) == (
        True,
        "There is one connection: C2.",
    )


def test_only_negative_weights():
    negative = set_weight(TUTORIAL, "C2", 1, 0, -3.0)
    assert seen(negative, "only negative", of="Vb") == (
        True,
        "Of the weights that reach Vb, 0 are positive and 1 negative.",
    )
    assert not seen(set_weight(negative, "C2", 0, 0, 1.0), "only negative", of="Vb").holds
    assert seen(set_weight(negative, "C2", 1, 0, 0.0), "only negative", of="Vb") == (
        False,
        "Of the weights that reach Vb, 0 are positive and 0 negative.",
    )


def test_what_a_spike_does_by_itself():
    assert seen(ONE_CONNECTION, "acts", of="V", neuron=0, how="excites").holds
    assert seen(ONE_CONNECTION, "acts", of="V", neuron=1, how="inhibits") == (
        True,
        "A spike of input 1 lowers V.",
    )
    assert seen(TUTORIAL, "acts", of="Va", neuron=1, how="does nothing") == (
        True,
        "A spike of input 1 does not change Va.",
    )
    # Whether it fires anything, and when its spikes come, does not matter.
    assert seen(
        set_spikes(ONE_CONNECTION, "inputs", 1, ()), "acts", of="V", neuron=1, how="inhibits"
    ).holds


def test_an_effect_lasts_as_long_as_both_time_constants_together():
    excitation, inhibition = effects(TWO_TIME_CONSTANTS, Curve("target", "V"))
    assert (excitation.lasts, inhibition.lasts) == pytest.approx((15.0, 7.0), abs=0.1)
    # The area under a jump that fades is its height times its time constant.
    assert (excitation.area, inhibition.area) == pytest.approx(
        (8e-3 * 10e-3, -12e-3 * 2e-3), rel=0.02
    )


def test_a_delay_makes_an_effect_later_and_not_longer():
    late = TWO_TIME_CONSTANTS.with_connection(
        replace(TWO_TIME_CONSTANTS.connection("Ci"), delay=20.0)
    )
    assert effects(late, Curve("target", "V"))[1].lasts == pytest.approx(7.0, abs=0.1)


def test_which_acts_faster():
    assert seen(TWO_TIME_CONSTANTS, "acts faster", of="V", fast="inhibition").holds
    assert not seen(TWO_TIME_CONSTANTS, "acts faster", of="V", fast="excitation").holds
    alone = set_weight(TWO_TIME_CONSTANTS, "Ci", 1, 0, 0.0)
    assert seen(alone, "acts faster", of="V").words == "There is no inhibition: no input lowers V."


def test_areas_that_balance():
    assert not seen(TWO_TIME_CONSTANTS, "balances", of="V").holds
    assert seen(set_weight(TWO_TIME_CONSTANTS, "Ci", 1, 0, -40.0), "balances", of="V").holds
    assert (
        seen(set_weight(TWO_TIME_CONSTANTS, "Ce", 0, 0, 0.0), "balances", of="V").words
        == "There is no excitation: no input raises V."
    )


def test_what_is_not_there_is_said_and_does_not_pass():
    anything = PROPERTIES["range"](of="Vb", low=-math.inf)
    assert Checks((anything,)).judge(ONE_CONNECTION) == (False, "There is no variable Vb here.")
    with pytest.raises(AbsentError):
        curve_of(TUTORIAL, "target.Va[1]")
    with pytest.raises(AbsentError):
        PROPERTIES["fires"](exactly=0, neuron=3).see(simulate(TUTORIAL))


def test_only_what_fails_is_said():
    passing, failing = PROPERTIES["fires"](exactly=2), PROPERTIES["range"](of="Vb", low=100)
    assert Checks((passing, failing)).judge(FIRING) == (False, "Vb reached at most 5.71 mV.")


def test_what_may_be_changed_is_checked_when_a_file_is_read():
    table = {
        "check": [{"property": "fires", "exactly": 2}],
        "solution": {"weights": {"C1": [[15], [0]]}},
    }
    for only in (["weights"], ["C1"], ["C1", "tau_a"], []):
        assert Shows.from_table({**table, "only": only}, TUTORIAL).only == tuple(only)
    for only in (["spikes"], ["C2"], ["tau_a"]):
        with pytest.raises(NeurolabError, match="C1"):
            Shows.from_table({**table, "only": only}, TUTORIAL)
    with pytest.raises(NeurolabError, match="wieghts"):
        Shows.from_table({**table, "only": ["wieghts"]}, TUTORIAL)


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        ([{"property": "flies"}], "'flies'"),
        ([{"property": "fires", "excatly": 2}], "excatly"),
        ([], "Nothing is checked"),
        ([{"property": "fires", "exactly": "two"}], "exactly is 'two'"),
        ([{"property": "crosses", "first": "Va"}], "second"),
        ([{"property": "range", "of": "Vc"}], "Vc"),
        ([{"property": "fires", "exactly": 1, "group": "targte"}], "targte"),
        (["fires"], "None"),
    ],
)
def test_mistakes_in_a_worksheets_file_show_when_it_is_read(tables, words):
    with pytest.raises(NeurolabError, match=words):
        properties_of(tables, TUTORIAL)
