"""What monitors keep of a run."""

import numpy as np
import pytest

from neurolab import *  # noqa: F403
from neurolab.errors import ArgumentError, LimitError, NeurolabError, RangeError

tau, E = 10 * ms, 5 * mV


@pytest.fixture(autouse=True)
def fresh_clock():
    defaultclock.dt = 0.1 * ms
    reinit_default_clock()


def swinging_cells(n=3):
    cells = NeuronGroup(
        n, "dV/dt = (A*sin(2*pi*t/(7*ms)) - V)/tau : volt\nI = E - V : volt\nA : volt"
    )
    cells.A = linspace(1, 2, n) * mV
    return cells


def si(values):
    return np.asarray(values, dtype=float)


@pytest.mark.parametrize("variable", ["V", "I"])
def test_without_values_a_monitor_keeps_mean_and_variance_of_every_neuron(variable):
    cells = swinging_cells()
    kept, bare = (
        StateMonitor(cells, variable, record=True),
        StateMonitor(cells, variable, record=False),
    )
    run(10 * ms)
    run(5 * ms)
    values = si(kept.values)
    for monitor in (bare, kept):
        np.testing.assert_allclose(si(monitor.mean), values.mean(axis=1), rtol=1e-12)
        np.testing.assert_allclose(si(monitor.var), values.var(axis=1, ddof=1), rtol=1e-9)
        np.testing.assert_allclose(monitor.std / mV, values.std(axis=1, ddof=1) * 1e3, rtol=1e-9)
    assert (bare.var / mV**2).shape == (3,)


def test_the_moments_of_stretches_are_those_of_single_steps():
    """A linear cell is computed many steps at once, with an operation one by one; far from 0, where squares would cancel."""
    monitors = []
    for operations in ([], [network_operation(lambda: None)]):
        cell = NeuronGroup(1, "dV/dt = (1*volt - V)/tau : volt")
        cell.V = 1 * volt - 1 * uV
        monitors.append(StateMonitor(cell, "V", record=False))
        Network(cell, monitors[-1], *operations).run(20 * ms)
    times = 1e-6 * np.exp(-np.arange(1, 201) / 100)
    for monitor in monitors:
        assert si(monitor.var)[0] == pytest.approx(times.var(ddof=1), rel=1e-3)


def test_moments_go_on_over_a_change_of_the_time_step():
    cells = swinging_cells()
    bare, kept = StateMonitor(cells, "V", record=False), StateMonitor(cells, "V", record=True)
    run(5 * ms)
    defaultclock.dt = 0.25 * ms
    run(5 * ms)
    np.testing.assert_allclose(si(bare.mean), si(kept.values).mean(axis=1), rtol=1e-12)
    np.testing.assert_allclose(si(bare.std), si(kept.values).std(axis=1, ddof=1), rtol=1e-9)


def test_a_subgroup_has_the_moments_of_its_own_neurons():
    cells = swinging_cells(5)
    own, kept = StateMonitor(cells[2:4], "V", record=False), StateMonitor(cells, "V", record=True)
    run(5 * ms)
    np.testing.assert_allclose(si(own.mean), si(kept.values)[2:4].mean(axis=1), rtol=1e-12)


def test_no_values_are_stored_where_none_are_recorded():
    cells = swinging_cells()
    monitor = StateMonitor(cells, "V", record=False)
    run(5 * ms)
    assert (len(monitor.times), monitor.values.shape) == (0, (0, 0))
    with pytest.raises(RangeError, match=r"Neuron 1 was not recorded.*record=True"):
        monitor[1]


@pytest.mark.parametrize(
    ("record", "what", "message"),
    [
        (False, "mean", "Nothing was recorded yet"),
        (True, "std", "Nothing was recorded yet"),
        ([0], "mean", "Not all neurons are recorded.*record=False"),
    ],
)
def test_moments_that_are_not_there_are_refused_in_words(record, what, message):
    with pytest.raises(NeurolabError, match=message):
        getattr(StateMonitor(swinging_cells(), "V", record=record), what)


def test_one_value_has_a_mean_but_no_variance():
    monitor = StateMonitor(swinging_cells(), "V", record=False)
    run(0.1 * ms)
    assert np.isfinite(si(monitor.mean)).all()
    with pytest.raises(NeurolabError, match="One value has no variance"):
        monitor.var


@pytest.mark.parametrize("record", [[2, 0, 1], [1, 0], np.array([2]), 2, (0, 2)])
def test_recorded_neurons_keep_their_numbers_in_whatever_order_they_are_named(record):
    cells = swinging_cells()
    chosen, all_of_them = (
        StateMonitor(cells, "V", record=record),
        StateMonitor(cells, "V", record=True),
    )
    run(2 * ms)
    for neuron in np.atleast_1d(record):
        np.testing.assert_array_equal(si(chosen[neuron]), si(all_of_them[neuron]))


def test_a_name_with_an_underscore_is_the_same_without_its_unit():
    cells = swinging_cells()
    M, R = StateMonitor(cells, "V", record=True), PopulationRateMonitor(cells)
    run(1 * ms)
    for name in ("times", "values", "mean", "var", "std"):
        assert type(getattr(M, name + "_")) is np.ndarray
        np.testing.assert_array_equal(getattr(M, name + "_"), si(getattr(M, name)))
    assert type(R.rate_) is np.ndarray
    assert not hasattr(M, "valuess_")


def firing_cells():
    """Neuron k fires every 2 + k ms, from its first crossing on."""
    cells = NeuronGroup(
        3, "dV/dt = drive : volt\ndrive : volt/second", threshold=0.995 * mV, reset=0 * mV
    )
    cells.drive = 1 * mV / ([2, 3, 4] * ms)
    return cells


def test_a_rate_counts_from_where_its_monitor_began_to_look():
    cells = firing_cells()
    whole = PopulationRateMonitor(cells, bin=5 * ms)
    run(10 * ms)
    late = PopulationRateMonitor(cells, bin=5 * ms)
    run(20 * ms)
    np.testing.assert_allclose(si(whole.times) * 1e3, np.arange(6) * 5, atol=1e-9)
    np.testing.assert_allclose(si(late.times) * 1e3, np.arange(10, 30, 5), atol=1e-9)
    np.testing.assert_array_equal(si(late.rate), si(whole.rate)[2:])
    assert si(whole.rate).sum() * 0.005 * 3 == pytest.approx(whole.nspikes)


def test_a_rate_keeps_its_bins_when_the_time_step_changes_or_the_clock_is_put_back():
    cells = firing_cells()
    R = PopulationRateMonitor(cells, bin=2 * ms)
    run(4 * ms)
    before = si(R.rate)
    defaultclock.dt = 0.25 * ms
    run(4 * ms)
    reinit_default_clock()
    run(2 * ms)
    np.testing.assert_allclose(si(R.times) * 1e3, [0, 2, 4, 6, 0], atol=1e-9)
    np.testing.assert_array_equal(si(R.rate)[:2], before)
    assert si(R.rate).sum() * 0.002 * 3 == pytest.approx(R.nspikes)


@pytest.mark.parametrize(
    ("bin", "width"), [(0.01, 0.1), (0.25, 0.3), (0.3, 0.3), (0.05, 0.1), (0.7, 0.7)]
)
def test_a_bin_between_two_steps_becomes_the_next_whole_one_and_holds_every_spike(bin, width):
    source = SpikeGeneratorGroup(2, [(0, k * ms) for k in range(10)])
    rates = PopulationRateMonitor(source, bin=bin * ms)
    network = Network(source, rates)
    if bin == width:
        network.run(10 * ms)
    else:
        with pytest.warns(NeurolabWarning, match=f"is {bin} ms, .* It becomes {width} ms"):
            network.run(10 * ms)
    assert np.diff(np.asarray(rates.times) * 1e3) == pytest.approx(width)
    assert np.asarray(rates.rate).sum() * 2 * width * 1e-3 == pytest.approx(10)


def test_spikes_of_one_neuron_by_its_number():
    cells = firing_cells()
    S, counter = SpikeMonitor(cells), SpikeCounter(cells)
    run(12 * ms)
    for neuron in range(3):
        own = [float(t) for i, t in S.spikes if i == neuron]
        np.testing.assert_array_equal(si(S[neuron]), own)
        np.testing.assert_array_equal(si(S.spiketimes[neuron]), own)
        assert counter[neuron] == len(own) > 0
    assert counter[-1] == counter[2]
    for index in (3, -4, "a", 1.5):
        for monitor in (S, counter):
            with pytest.raises(RangeError, match="There is no neuron"):
                monitor[index]


def test_a_monitor_of_nothing_is_refused():
    with pytest.raises(ArgumentError, match="no state variables"):
        StateMonitor(SpikeGeneratorGroup(1, []), "V")
    with pytest.raises(ArgumentError, match="The source has type int"):
        SpikeMonitor(3)
    cells = swinging_cells()
    with pytest.raises(NeurolabError, match="The clock has type int"):
        StateMonitor(cells, "V", clock=3)
    with pytest.raises(NeurolabError, match="timestep is True"):
        StateMonitor(cells, "V", timestep=True)
    huge = NeuronGroup(100_000, "dV/dt = -V/tau : volt")
    with pytest.raises(LimitError, match="would be recorded"):
        Network(StateMonitor(huge, "V", record=True)).run(1 * second)
