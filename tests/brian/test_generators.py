"""Groups that fire at given times: periods that are no whole number of steps, times between steps, generators without end."""

import itertools
import warnings

import numpy as np
import pytest

from neurolab import *  # noqa: F403
from neurolab.brian import generators
from neurolab.engine.spike_schedule import schedule
from neurolab.errors import LimitError, NeurolabError, RangeError
from neurolab.experiment.experiment import Experiment, Inputs, Neurons
from neurolab.experiment.simulate import simulate


@pytest.fixture(autouse=True)
def fresh_clock():
    defaultclock.dt = 0.1 * ms
    reinit_default_clock()


def steps_of(source, duration):
    S = SpikeMonitor(source)
    Network(S).run(duration)
    neurons, times = S.arrays()
    return [(round(time * 1e4), neuron) for time, neuron in zip(times.tolist(), neurons.tolist())]


def next_steps(spikes, period, end, dt=0.1):
    """Steps and neurons by the rule itself: each spike of each round in the first step that is not before it (ms)."""
    found = {
        (int(np.ceil((k * period + time) / dt - 1e-6)), neuron)
        for k in range(int(end / period) + 2)
        for neuron, time in spikes
        if time < period
    }
    return sorted(each for each in found if each[0] < round(end / dt))


@pytest.mark.parametrize("period", [5.0, 0.25, 0.33, 1.0 / 3, 2.5, 0.05, 7.01, 0.1])
@pytest.mark.parametrize(
    "spikes", [[(0, 0.0)], [(0, 0.0), (1, 0.2), (0, 4.95)], [(1, 0.04), (0, 0.24), (0, 0.31)]]
)
def test_every_round_of_a_period_begins_at_its_multiple_however_long_it_runs(spikes, period):
    source = SpikeGeneratorGroup(2, [(i, t * ms) for i, t in spikes], period=period * ms)
    assert steps_of(source, 40 * ms) == next_steps(spikes, period, 40)


def test_rounds_keep_their_place_over_ten_thousand_periods():
    given = schedule(np.array([0.0]), np.array([0]), 0.25e-3, 1e-4)
    source = SpikeGeneratorGroup(1, [(0, 0 * ms)], period=0.25 * ms).prepare(1e-4)
    assert source.next_event(25_000 - 1) == 25_000
    assert source.next_event(25_001) == 25_003
    assert given.period == 5


def test_the_lab_repeats_spikes_by_the_same_rule():
    inputs = Inputs("inputs", ((0.0, 0.31), (0.2,)), period=0.33)
    experiment = Experiment((inputs, Neurons("cell", 1, "dV/dt = -V/(5*ms) : volt")), duration=20.0)
    neurons, times = simulate(experiment).spikes("inputs")
    found = sorted(zip(np.rint(times * 1e4).astype(int).tolist(), neurons.tolist()))
    assert found == next_steps([(0, 0.0), (0, 0.31), (1, 0.2)], 0.33, 20)


def test_a_period_that_never_fits_the_steps_is_refused():
    with pytest.raises(
        RangeError, match=r"SpikeGeneratorGroup\(1\): The period of 0.314159.* ms does not fit"
    ):
        steps_of(SpikeGeneratorGroup(1, [(0, 0 * ms)], period=0.314159265 * ms), 1 * ms)
    with pytest.raises(NeurolabError, match="does not fit"):
        steps_of(SpikeGeneratorGroup(1, [(0, 0 * ms)], period=1e-9 * ms), 1 * ms)


def test_a_second_run_goes_on_in_the_middle_of_a_period():
    spikes = [(0, 0.1), (1, 0.24)]
    source = SpikeGeneratorGroup(2, [(i, t * ms) for i, t in spikes], period=0.25 * ms)
    S = SpikeMonitor(source)
    for duration in (0.7 * ms, 0.4 * ms, 2 * ms):
        run(duration)
    neurons, times = S.arrays()
    assert sorted(zip(np.rint(times * 1e4).astype(int).tolist(), neurons.tolist())) == next_steps(
        spikes, 0.25, 3.1
    )


def test_no_spike_fires_twice_when_the_time_step_grows():
    source = SpikeGeneratorGroup(2, [(0, 0.5 * ms), (1, 0.9 * ms)], period=1 * ms)
    S = SpikeMonitor(source)
    run(2 * ms)
    defaultclock.dt = 0.5 * ms
    run(2 * ms)
    times = sorted((round(float(t) * 1e3, 6), i) for i, t in S.spikes)
    assert times == [(0.5, 0), (0.9, 1), (1.5, 0), (1.9, 1), (2.5, 0), (3.0, 1), (3.5, 0)]


def test_a_period_set_anew_counts_from_then_on():
    source = SpikeGeneratorGroup(1, [(0, 1 * ms)])
    S = SpikeMonitor(source)
    run(5 * ms)
    source.period = 3 * ms
    run(5 * ms)
    assert [round(float(t) * 1e3) for _, t in S.spikes] == [1, 7]
    assert source.period / ms == pytest.approx(3)


def test_a_spike_behind_the_last_step_of_a_run_is_announced_and_fires_in_the_next():
    source = SpikeGeneratorGroup(1, [(0, 9.95 * ms)])
    S = SpikeMonitor(source)
    with pytest.warns(
        UserWarning, match=r"the spike at 9.95 ms lies after the last step of the run \(9.9 ms\)"
    ) as told:
        run(10 * ms)
    assert told[0].filename == __file__
    assert S.nspikes == 0
    run(1 * ms)
    assert [round(float(t) * 1e3, 6) for _, t in S.spikes] == [10]


def test_a_spike_on_a_step_or_after_the_run_is_not_announced():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        steps_of(
            SpikeGeneratorGroup(1, [(0, 9.9 * ms), (0, 10 * ms), (0, 10.05 * ms), (0, 30 * ms)]),
            10 * ms,
        )


def test_a_generator_without_end_is_read_as_far_as_the_run_goes(monkeypatch):
    monkeypatch.setattr(generators, "_LOT", 100)
    source = SpikeGeneratorGroup(3, ((k % 3, 0.1 * k * ms) for k in itertools.count()))
    assert steps_of(source, 25 * ms) == [(k, k % 3) for k in range(250)]
    assert 25 <= source.times.max() * 1e3 < 40


def test_a_long_generator_must_be_in_order_and_must_get_on(monkeypatch):
    monkeypatch.setattr(generators, "_LOT", 100)
    monkeypatch.setattr(generators, "MAX_SPIKES", 300)
    with pytest.raises(RangeError, match="in order of time"):
        steps_of(
            SpikeGeneratorGroup(1, ((0, (k % 150) * 0.1 * ms) for k in itertools.count())), 20 * ms
        )
    with pytest.raises(LimitError, match="more than 300 spikes"):
        steps_of(SpikeGeneratorGroup(1, ((0, 1 * ms) for _ in itertools.count())), 20 * ms)


@pytest.mark.parametrize(
    "spiketimes",
    [
        3,
        "ab",
        None,
        [("a", 1 * ms)],
        [(0,)],
        [3],
        [(0, "1 ms")],
        {0: 1},
        [(0, None)],
        [(None, 1 * ms)],
    ],
)
def test_what_is_no_list_of_spikes_is_refused(spiketimes):
    with pytest.raises(NeurolabError, match="cannot be read"):
        SpikeGeneratorGroup(1, spiketimes)
