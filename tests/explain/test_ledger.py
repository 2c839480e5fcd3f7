"""The ledger of a run: each event with its cause and its numbers, as worked out by hand and as the step loop did it."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.linalg import expm

from neurolab.experiment.edits import (
    set_connection,
    set_neurons,
    set_parameter,
    set_run,
    set_size,
    set_spikes,
    set_weight,
)
from neurolab.experiment.experiment import Experiment, Inputs, Neurons, Parameter, Rule, Synapses
from neurolab.experiment.presets import TUTORIAL
from neurolab.experiment.simulate import simulate
from neurolab.explain.events import COLUMNS, rows
from neurolab.explain.ledger import MOST_EVENTS, ledger

from ..experiment.any_network import any_network
from ..experiment.small_presets import SMALL

# The second spike of inputs 0 makes Va 0.35 mV + 11 mV, which a step later is still more than 10 mV.
FIRING = set_weight(set_spikes(TUTORIAL, "inputs", 0, (1.0, 1.1)), "C1", 0, 0, 6.0)


def events(experiment):
    return ledger(simulate(experiment)).events


def sentences(experiment):
    return [event.sentence for event in events(experiment)]


def of_kind(experiment, kind):
    return [event for event in events(experiment) if event.kind == kind]


def test_the_tutorial_s_events_are_those_found_by_hand():
    assert sentences(TUTORIAL) == [
        "t = 1.0 ms: inputs 0 fires → row 0 of C1 → Va[0]: 0 mV + 6.00 mV = 6.00 mV. 6.00 mV is below Vt = 10 mV, so no spike",
        "t = 1.0 ms: inputs 0 fires → row 0 of C2: C2[0, 0] = 0: Vb does not change",
        "t = 2.0 ms: inputs 1 fires → row 1 of C1: C1[1, 0] = 0: Va does not change",
        "t = 2.0 ms: inputs 1 fires → row 1 of C2 → Vb[0]: 0 mV + 3.00 mV = 3.00 mV",
        "t = 3.0 ms: inputs 1 fires → row 1 of C1: C1[1, 0] = 0: Va does not change",
        "t = 3.0 ms: inputs 1 fires → row 1 of C2 → Vb[0]: 2.71 mV + 3.00 mV = 5.71 mV",
        "t = 4.0 ms: inputs 0 fires → row 0 of C1 → Va[0]: 0.30 mV + 6.00 mV = 6.30 mV. 6.30 mV is below Vt = 10 mV, so no spike",
        "t = 4.0 ms: inputs 0 fires → row 0 of C2: C2[0, 0] = 0: Vb does not change",
    ]


def test_the_tutorial_s_jumps_are_those_of_the_closed_form():
    jumps = [
        (event.time, event.state, event.before, event.amount, event.after)
        for event in of_kind(TUTORIAL, "delivery")
    ]
    expected = [
        (1.0, "Va", 0.0, 6e-3),
        (2.0, "Vb", 0.0, 3e-3),
        (3.0, "Vb", 3e-3 * np.exp(-0.1), 3e-3),
        (4.0, "Va", 6e-3 * np.exp(-3), 6e-3),
    ]
    for (time, state, before, amount, after), (when, which, start, weight) in zip(
        jumps, expected, strict=True
    ):
        assert (time, state) == (when, which)
        assert (before, amount, after) == pytest.approx(
            (start, weight, start + weight), rel=1e-12, abs=1e-18
        )


def test_a_firing_is_delivery_then_crossing_then_reset_one_step_later():
    experiment = set_neurons(FIRING, "target", refractory=1.0)
    assert sentences(experiment)[2:3] + sentences(experiment)[4:7] == [
        "t = 1.1 ms: inputs 0 fires → row 0 of C1 → Va[0]: 5.4 mV + 6.0 mV = 11.4 mV. "
        "11.4 mV is above Vt = 10 mV: target 0 fires in the next step, at 1.2 ms",
        "t = 1.2 ms: Va of target 0 is above the threshold Vt: 10.3 mV > 10 mV, so it fires",
        "t = 1.2 ms: target 0 fires → reset Va = Vr → Va[0]: 10.3 mV → 0 mV",
        "t = 1.2 ms: target 0 fires → refractory for 1 ms → Va[0]: held at 0 mV until 2.2 ms",
    ]
    crossing, reset = of_kind(experiment, "threshold")[0], of_kind(experiment, "reset")[0]
    seen = (6e-3 * np.exp(-0.1) + 6e-3) * np.exp(-0.1)
    assert (crossing.after, reset.before, reset.after) == pytest.approx(
        (seen, seen, 0.0), rel=1e-12
    )


def test_a_threshold_that_is_crossed_between_two_spikes_is_told_with_the_value_of_that_step():
    result = simulate(SMALL["two-time-constants"])
    crossings = [event for event in ledger(result).events if event.kind == "threshold"]
    rates = np.array(
        [[-1 / 5, 1 / 5, 1 / 5], [0, -1 / 10, 0], [0, 0, -1 / 2]]
    )  # of V, ge and gi, per ms
    for event in crossings:
        before = result.recorded["target"][event.step - 1, :, 0]
        seen = (expm(0.1 * rates) @ before)[0]
        assert before[0] <= 10e-3 < event.after == pytest.approx(seen, rel=1e-12)
    assert len(crossings) > 1


def test_above_the_threshold_for_less_than_a_step_is_no_spike_and_the_ledger_says_why():
    event = of_kind(
        set_weight(set_spikes(TUTORIAL, "inputs", 0, (1.0,)), "C1", 0, 0, 10.5), "delivery"
    )[0]
    assert event.outcome == "sank"
    assert event.checked == pytest.approx(10.5e-3 * np.exp(-0.1), rel=1e-12)
    assert event.verdict == (
        "that is above Vt = 10 mV, but the simulation checks the threshold one step later. By then "
        "Va has decayed to 9.50 mV, so no spike. (A smaller dt would change this.)"
    )


def test_a_value_just_above_the_threshold_is_written_with_enough_digits():
    event = of_kind(set_weight(set_parameter(FIRING, "Vt", 10.34), "C1", 0, 0, 6.001), "threshold")[
        0
    ]
    assert event.numbers == "10.343 mV > 10.34 mV, so it fires"


def test_what_arrives_while_refractory_is_lost_on_the_held_variable_and_counts_on_the_other():
    experiment = set_spikes(
        set_neurons(set_weight(FIRING, "C1", 1, 0, 2.0), "target", refractory=1.0),
        "inputs",
        1,
        (2.0, 5.0),
    )
    lost, kept, later, _ = [event for event in of_kind(experiment, "delivery") if event.source == 1]
    assert lost.sentence == (
        "t = 2.0 ms: inputs 1 fires → row 1 of C1 → Va[0]: held at 0 mV, so the 2.00 mV input has no effect. "
        "Target 0 is refractory until 2.2 ms"
    )
    assert (lost.before, lost.amount, lost.after) == (0.0, pytest.approx(2e-3), 0.0)
    assert kept.numbers == "0 mV + 3.00 mV = 3.00 mV"
    assert later.after == pytest.approx(2e-3)
    (release,) = of_kind(experiment, "release")
    assert (
        release.sentence == "t = 2.3 ms: target 0 is no longer refractory → Va[0]: released at 0 mV"
    )


@pytest.mark.parametrize("refractory", [0.95, 1.05, 1.15, 2.15, 1.3])
def test_a_refractory_time_of_half_a_step_ends_when_the_step_loop_ends_it(refractory):
    experiment = set_neurons(
        set_spikes(FIRING, "inputs", 0, tuple(1 + 0.1 * k for k in range(60))),
        "target",
        refractory=refractory,
    )
    result = simulate(experiment)
    held = np.flatnonzero(result.trace("target", "Va")[0, 13:] != 0)[0] + 13
    assert of_kind(experiment, "release")[0].step == held


def test_what_arrives_in_the_step_of_firing_is_overwritten():
    experiment = set_spikes(FIRING, "inputs", 0, (1.0, 1.1, 1.2))
    crossing, delivery, _, reset = [event for event in events(experiment) if event.time == 1.2]
    seen = (6e-3 * np.exp(-0.1) + 6e-3) * np.exp(-0.1)
    assert [crossing.kind, delivery.kind, reset.kind] == ["threshold", "delivery", "reset"]
    assert (delivery.before, delivery.after, reset.before, reset.after) == pytest.approx(
        (seen, seen + 6e-3, seen + 6e-3, 0)
    )
    assert (
        delivery.verdict == "target 0 fires in this same step, so the reset overwrites this input"
    )


def test_several_spikes_into_one_variable_in_one_step_add_up_one_after_the_other():
    experiment = set_weight(set_spikes(TUTORIAL, "inputs", 1, (4.0,)), "C1", 1, 0, -2.5)
    first, second = [
        event
        for event in of_kind(experiment, "delivery")
        if (event.time, event.state) == (4.0, "Va")
    ]
    assert (first.numbers, second.numbers) == (
        "0.30 mV + 6.00 mV = 6.30 mV",
        "6.30 mV − 2.50 mV = 3.80 mV",
    )
    assert (first.verdict, second.verdict) == (
        "",
        "",
    )  # the threshold sees neither of them alone, and the sum has sunk


def test_a_delayed_spike_is_told_where_it_fires_and_where_it_arrives():
    experiment = replace(
        set_connection(TUTORIAL, "C1", delay=2.0),
        connections=(replace(TUTORIAL.connection("C1"), delay=2.0),),
    )
    said = sentences(experiment)
    assert said[0] == "t = 1.0 ms: inputs 0 fires: its spike arrives over C1 at 3.0 ms"
    assert said[3].startswith(
        "t = 3.0 ms: the spike of inputs 0 at 1.0 ms arrives → row 0 of C1 → Va[0]: 0 mV + 6.00 mV"
    )
    arrival = of_kind(experiment, "delivery")[0]
    assert (arrival.fired, arrival.time) == (1.0, 3.0)


def test_a_spike_is_said_to_arrive_in_the_step_in_which_it_does():
    experiment = replace(
        TUTORIAL, dt=0.25, connections=(replace(TUTORIAL.connection("C1"), delay=0.3),)
    )
    spike, delivery = events(experiment)[:2]
    assert spike.numbers == "its spike arrives over C1 at 1.50 ms"
    assert (delivery.kind, delivery.time) == ("delivery", 1.5)


def test_a_spike_that_would_arrive_after_the_end_is_only_fired():
    experiment = replace(TUTORIAL, connections=(replace(TUTORIAL.connection("C1"), delay=7.0),))
    assert [(event.kind, event.time) for event in events(experiment)] == [
        ("spike", 1.0),
        ("spike", 2.0),
        ("spike", 3.0),
        ("spike", 4.0),
        ("delivery", 8.0),
        ("nothing", 9.0),
    ]


def test_a_condition_that_is_no_level_is_told_with_the_values_it_depends_on():
    experiment = set_neurons(
        set_weight(TUTORIAL, "C1", 0, 0, 12.0),
        "target",
        threshold="Va > Vt and Vb < 3*mV",
        reset="Va = Vr; Vb += 1.25*mV",
    )
    crossing = of_kind(experiment, "threshold")[0]
    assert crossing.sentence == (
        "t = 1.1 ms: Va = 10.86 mV, Vt = 10 mV, Vb = 0 mV → Va > Vt and Vb < 3*mV is true: "
        "target 0 fires"
    )
    assert crossing.values[0] == ("Va", pytest.approx(12 * np.exp(-0.1), rel=1e-12), "mV")
    resets = [event.sentence for event in of_kind(experiment, "reset")[:2]]
    assert resets == [
        "t = 1.1 ms: target 0 fires → reset Va = Vr → Va[0]: 10.9 mV → 0 mV",
        "t = 1.1 ms: target 0 fires → reset Vb += 1.25*mV → Vb[0]: 0 mV + 1.25 mV = 1.25 mV",
    ]


@pytest.mark.parametrize(
    ("threshold", "cause"),
    [
        ("Va > Vt/pi", "Va of target 0 is above the threshold Vt / pi"),
        (
            "Va > Vt/pi and Vb < e*mV",
            "Va = 10.86 mV, Vt = 10 mV, Vb = 0 mV → Va > Vt/pi and Vb < e*mV is true",
        ),
        ("2*mV > 1*mV", "2*mV > 1*mV is true"),
    ],
)
def test_a_threshold_may_hold_numbers_alone_and_e_and_pi(threshold, cause):
    experiment = set_neurons(set_weight(TUTORIAL, "C1", 0, 0, 12.0), "target", threshold=threshold)
    told = next(
        event for event in of_kind(experiment, "threshold") if event.time == pytest.approx(1.1)
    )
    assert told.cause == cause


def test_conditions_know_static_equations_and_parameters_of_one_value_a_neuron():
    experiment = Experiment(
        (
            Inputs("inputs", ((1.0,),)),
            Neurons(
                "cells",
                2,
                "dV/dt = -V/tau : volt\nI = 2*V : volt\nlimit : volt",
                "I > limit",
                initial=(("limit", (9.0, 20.0)),),
            ),
        ),
        (Synapses("C", "inputs", "cells", "V", ((5.0, 5.0),)),),
        (Parameter("tau", 10.0, "ms"),),
    )
    first = of_kind(experiment, "threshold")[0]
    assert first.neuron == 0
    assert first.cause == "I = 9.9 mV, limit = 9 mV → I > limit is true"
    assert not [event for event in of_kind(experiment, "threshold") if event.neuron == 1]


def test_a_level_without_a_name_is_written_once():
    experiment = set_neurons(FIRING, "target", threshold="Va > 10*mV")
    assert of_kind(experiment, "threshold")[0].sentence == (
        "t = 1.2 ms: Va of target 0 is above its threshold: 10.3 mV > 10 mV, so it fires"
    )


def test_several_groups_and_targets_are_told_apart():
    chain = Experiment(
        (
            Inputs("inputs", ((1.0,),)),
            Neurons("first", 2, "dV/dt = -V/tau : volt", "V > Vt", "V = 0*mV"),
            Neurons("second", 1, "dV/dt = -V/tau : volt"),
        ),
        (
            Synapses("C1", "inputs", "first", "V", ((20.0, 4.0),)),
            Synapses("C2", "first", "second", "V", ((1.5,), (0.0,))),
        ),
        (Parameter("tau", 10.0, "ms"), Parameter("Vt", 10.0, "mV")),
    )
    assert [event.sentence.split(": ", 1)[1] for event in events(chain)] == [
        "inputs 0 fires → row 0 of C1 → first.V[0]: 0 mV + 20.0 mV = 20.0 mV. 20.0 mV is above Vt = 10 mV: "
        "first 0 fires in the next step, at 1.1 ms",
        "inputs 0 fires → row 0 of C1 → first.V[1]: 0 mV + 4.00 mV = 4.00 mV. 4.00 mV is below Vt = 10 mV, so no spike",
        "V of first 0 is above the threshold Vt: 19.8 mV > 10 mV, so it fires",
        "first 0 fires → row 0 of C2 → second.V[0]: 0 mV + 1.50 mV = 1.50 mV",
        "first 0 fires → reset V = 0*mV → first.V[0]: 19.8 mV → 0 mV",
    ]


@pytest.mark.parametrize(
    ("amount", "numbers"),
    [
        (6.125, "0.305 mV + 6.125 mV = 6.430 mV"),
        (-6.0, "−0.30 mV − 6.00 mV = −6.30 mV"),
        (120.0, "6 mV + 120 mV = 126 mV"),
        (2e7, "9.96e5 mV + 2e7 mV = 2.1e7 mV"),
        (1e-5, "4.98e−7 mV + 1e−5 mV = 1.05e−5 mV"),
    ],
)
def test_numbers_are_short_and_their_sum_is_right_in_its_last_digit(amount, numbers):
    experiment = set_neurons(
        set_weight(TUTORIAL, "C1", 0, 0, amount), "target", threshold="", reset=""
    )
    assert of_kind(experiment, "delivery")[-1].numbers == numbers


# --- bounds ---


@pytest.mark.parametrize("experiment", [*SMALL.values(), *map(any_network, range(12))])
def test_what_is_left_out_is_counted(experiment):
    result = simulate(experiment)
    whole, part = ledger(result, most=10**6), ledger(result, most=3)
    assert whole.left_out == 0
    assert len(part.events) == min(3, len(whole.events))
    assert len(part.events) + part.left_out == len(whole.events)


def test_of_a_large_network_only_the_first_neurons_are_told_to_the_end_of_the_run():
    many = Experiment(
        (
            Inputs("noise", ((),) * 50, rates=(100.0,) * 50),
            Neurons("cells", 400, "dV/dt = -V/tau : volt", "V > Vt", "V = Vr"),
        ),
        (Synapses("C", "noise", "cells", "V", Rule("random", 1.0, 0.2, seed=2)),),
        (Parameter("tau", 10.0, "ms"), Parameter("Vt", 10.0, "mV"), Parameter("Vr", 0.0, "mV")),
        100.0,
        seed=1,
    )
    result = simulate(many)
    found = ledger(result)
    assert len(found.events) <= MOST_EVENTS
    assert found.left_out > 10_000
    assert max(event.neuron for event in found.events) == 11
    assert found.events[-1].time > 90
    last = [event for event in found.events if (event.kind, event.neuron) == ("delivery", 7)][-1]
    assert last.after == pytest.approx(result.recorded["cells"][last.step, 0, 7])
    others = ledger(result, neurons={"cells": (3, 399)})
    assert {event.neuron for event in others.events if event.group == "cells"} == {3, 399}
    assert len(others.events) + others.left_out == len(found.events) + found.left_out


def test_events_of_a_step_are_found_by_its_number():
    found = ledger(simulate(TUTORIAL))
    assert [list(found.at(step)) for step in (9, 10, 20, 99)] == [[], [0, 1], [2, 3], []]


def test_the_table_has_the_values_in_the_unit_that_it_names():
    table = rows(events(TUTORIAL))
    assert all(len(row) == len(COLUMNS) for row in table)
    jump = dict(zip(COLUMNS, table[6]))
    assert (
        jump["time (ms)"],
        jump["event"],
        jump["connection"],
        jump["from group"],
        jump["from neuron"],
    ) == (4.0, "delivery", "C1", "inputs", 0)
    assert (jump["unit"], jump["before"], jump["amount"], jump["after"]) == (
        "mV",
        pytest.approx(6 * np.exp(-3)),
        pytest.approx(6.0),
        pytest.approx(6 + 6 * np.exp(-3)),
    )
    assert jump["sentence"].startswith("t = 4.0 ms: inputs 0 fires")


def test_a_time_that_no_float_holds_is_told_as_it_is_written():
    experiment = set_run(set_spikes(set_size(TUTORIAL, "inputs", 2), "inputs", 0, (1.3,)), dt=0.1)
    assert of_kind(experiment, "delivery")[0].time == 1.3
