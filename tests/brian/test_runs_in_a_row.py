"""Several runs of the same objects, of others in turn, with other time steps, and of programs one after the other."""

import numpy as np
import pytest

import neurolab
from neurolab import *  # noqa: F403
from neurolab.errors import BlowUpError, NeurolabError

tau = 10 * ms


@pytest.fixture(autouse=True)
def fresh_clock():
    defaultclock.dt = 0.1 * ms
    reinit_default_clock()


def milliseconds(times):
    return np.asarray(times, dtype=float) * 1e3


def spike_times(monitor):
    return [round(float(time) * 1e3, 6) for _, time in monitor.spikes]


@pytest.mark.filterwarnings("ignore:.*fires at 3 ms")
@pytest.mark.parametrize("dt", [0.1, 0.2, 0.05, 0.3])
def test_a_spike_after_the_last_step_of_a_run_fires_first_in_the_next_also_in_steps_of_another_length(
    dt,
):
    generator = SpikeGeneratorGroup(1, [(0, 1 * ms), (0, 2.85 * ms), (0, 4.5 * ms)])
    spikes = SpikeMonitor(generator)
    network = Network(generator, spikes)
    defaultclock.dt = 0.2 * ms
    network.run(3 * ms)
    defaultclock.dt = dt * ms
    network.run(3 * ms)
    assert spike_times(spikes)[:2] == [1, 3]
    assert len(spikes.spikes) == 3


def made(times=(2, 12)):
    """A source that drives one leaking neuron, and monitors of both."""
    source = SpikeGeneratorGroup(1, [(0, time * ms) for time in times])
    cell = NeuronGroup(1, "dV/dt = -V/tau : volt")
    link = Connection(source, cell, "V", weight=1 * mV)
    M, S = StateMonitor(cell, "V", record=True), SpikeMonitor(source)
    return Network(source, cell, link, M, S), M, S


def test_networks_that_run_in_turn_each_go_on_where_they_were():
    first, M1, S1 = made()
    second, M2, S2 = made(times=(3, 4))
    first.run(10 * ms)
    second.run(5 * ms)
    first.run(10 * ms)
    np.testing.assert_allclose(milliseconds(M1.times), np.arange(200) * 0.1, atol=1e-9)
    np.testing.assert_allclose(milliseconds(M2.times), np.arange(50) * 0.1, atol=1e-9)
    assert (spike_times(S1), spike_times(S2)) == ([2, 12], [3, 4])


def test_objects_added_to_some_that_have_run_go_on_with_them():
    source = SpikeGeneratorGroup(1, [(0, 2 * ms), (0, 12 * ms)])
    S = SpikeMonitor(source)
    run(10 * ms)
    late = SpikeMonitor(source)
    run(5 * ms)
    assert (spike_times(S), spike_times(late)) == ([2, 12], [12])
    assert defaultclock.t / ms == pytest.approx(15)


def test_a_group_in_two_networks_is_where_it_came_furthest():
    source = SpikeGeneratorGroup(1, [(0, t * ms) for t in (1, 6, 11)])
    first, second = (Network(source, SpikeMonitor(source)) for _ in range(2))
    for network in (first, second, first):
        network.run(5 * ms)
    assert [spike_times(network.objects[1]) for network in (first, second)] == [[1, 11], [6]]


def test_looking_at_names_of_the_package_changes_no_clock():
    defaultclock.dt = 0.5 * ms
    network, M, S = made()
    network.run(10 * ms)
    (
        neurolab.reinit_default_clock,
        neurolab.__all__,
        dir(neurolab),
        hasattr(neurolab, "defaultclock"),
    )
    network.run(10 * ms)
    np.testing.assert_allclose(milliseconds(M.times), np.arange(40) * 0.5, atol=1e-9)


@pytest.mark.parametrize(
    "again",
    [
        "from neurolab import *",
        "import neurolab; neurolab.__all__, dir(neurolab)",
        "from neurolab.exports.script import to_script",
    ],
)
def test_reading_the_names_of_the_package_changes_no_clock(again):
    program = f"""
from neurolab import *
defaultclock.dt = 0.5*ms
source = SpikeGeneratorGroup(1, [(0, 2*ms), (0, 7*ms)])
S = SpikeMonitor(source)
run(5*ms)
{again}
run(5*ms)
"""
    names = {}
    exec(program, names)
    assert spike_times(names["S"]) == [2, 7]
    assert (defaultclock.dt / ms, defaultclock.t / ms) == (pytest.approx(0.5), pytest.approx(10))
    assert isinstance(vars(neurolab)["__all__"], list)


def test_the_default_clock_put_back_keeps_its_time_step():
    defaultclock.dt = 0.5 * ms
    network, M, S = made()
    network.run(4 * ms)
    reinit_default_clock()
    assert (defaultclock.dt / ms, defaultclock.t / ms) == (pytest.approx(0.5), 0)
    network.run(4 * ms)
    assert spike_times(S) == [2, 2]


def test_a_clock_may_be_put_to_any_time():
    network, M, S = made()
    defaultclock.t = 11 * ms
    network.run(2 * ms)
    assert spike_times(S) == [12]
    assert milliseconds(M.times)[0] == pytest.approx(11)


def test_recorded_times_stay_when_the_time_step_changes():
    network, M, S = made()
    network.run(4 * ms)
    defaultclock.dt = 0.5 * ms
    network.run(10 * ms)
    expected = np.concatenate([np.arange(40) * 0.1, 4 + np.arange(20) * 0.5])
    np.testing.assert_allclose(milliseconds(M.times), expected, atol=1e-9)
    assert spike_times(S) == [2, 12]
    decay = np.exp(-(4.5 - 4.0) / 10)
    assert M[0][40] / M[0][39] == pytest.approx(decay)


def test_a_time_step_that_does_not_divide_the_time_reached_goes_on_with_its_next_step():
    network, M, S = made()
    network.run(0.5 * ms)
    defaultclock.dt = 0.2 * ms
    network.run(1 * ms)
    np.testing.assert_allclose(milliseconds(M.times)[5:], 0.6 + np.arange(5) * 0.2, atol=1e-9)


@pytest.mark.parametrize("dt", [0.05, 0.1, 0.25, 0.5])
def test_spikes_under_way_arrive_in_time_whatever_the_step_is_by_then(dt):
    source = SpikeGeneratorGroup(1, [(0, 1 * ms), (0, 1.5 * ms)])
    cell = NeuronGroup(2, "dV/dt = 0*volt/second : volt")
    link = Connection(source, cell, "V", weight=1 * mV, delay=3 * ms)
    each = Connection(source, cell, "V", weight=1 * mV, delay=True)
    each.delay[0, 1] = 2 * ms
    each[0, 0] = 0 * mV
    M = StateMonitor(cell, "V", record=True)
    run(2 * ms)
    defaultclock.dt = dt * ms
    run(4 * ms)
    times = milliseconds(M.times)
    for neuron, arrivals in ((0, (4, 4.5)), (1, (3, 3.5, 4, 4.5))):
        jumps = times[1:][np.diff(np.asarray(M[neuron])) > 0]
        np.testing.assert_allclose(jumps, arrivals, atol=1e-9)


def test_two_spikes_that_fall_into_one_longer_step_both_arrive():
    source = SpikeGeneratorGroup(1, [(0, 1 * ms), (0, 1.1 * ms)])
    cell = NeuronGroup(1, "dV/dt = 0*volt/second : volt")
    link = Connection(source, cell, "V", weight=1 * mV, delay=3 * ms)
    run(2 * ms)
    defaultclock.dt = 1 * ms
    run(4 * ms)
    assert cell.V[0] / mV == pytest.approx(2)


def test_a_delay_set_between_runs_is_that_of_the_spikes_to_come():
    source = SpikeGeneratorGroup(1, [(0, 1 * ms), (0, 3 * ms)])
    cell = NeuronGroup(1, "dV/dt = 0*volt/second : volt")
    link = Connection(source, cell, "V", weight=1 * mV, delay=4 * ms)
    M = StateMonitor(cell, "V", record=True)
    run(2 * ms)
    link.delay = 0.5 * ms
    run(5 * ms)
    assert milliseconds(M.times)[1:][np.diff(np.asarray(M[0])) > 0].round(6).tolist() == [3.5, 5]


def refractory_cell(**more):
    """Fires at 1 ms and would fire at every input after that, were it not held for 5 ms."""
    source = SpikeGeneratorGroup(1, [(0, t * ms) for t in range(1, 20)])
    cell = NeuronGroup(
        1,
        "dV/dt = -V/tau_m : volt\ntau_m : second",
        threshold=5 * mV,
        reset=1 * mV,
        refractory=5 * ms,
    )
    cell.tau_m = 10 * ms
    link = Connection(source, cell, "V", weight=20 * mV)
    return source, cell, link, SpikeMonitor(cell), StateMonitor(cell, "V", record=True)


@pytest.mark.parametrize(
    "between",
    [
        lambda cell: None,
        lambda cell: setattr(cell, "tau_m", 20 * ms),
        lambda cell: setattr(defaultclock, "dt", 0.2 * ms),
        lambda cell: setattr(cell, "refractory", 7 * ms),
    ],
    ids=["nothing", "parameter", "time step", "refractory"],
)
def test_a_refractory_neuron_stays_held_over_a_change_between_runs(between):
    source, cell, link, S, M = refractory_cell()
    run(3 * ms)
    between(cell)
    run(5 * ms)
    times, values = milliseconds(M.times), np.asarray(M[0])
    assert spike_times(S)[0] == 1.1
    held = (times > 1.05) & (times < 6.05)
    np.testing.assert_allclose(values[held], 1e-3)
    assert spike_times(S)[1] > 7


def test_the_clock_put_back_holds_nobody_and_leaves_no_spike_under_way():
    source, cell, link, S, M = refractory_cell()
    link.delay = 2 * ms
    run(3.5 * ms)
    assert spike_times(S) == [3.1]
    reinit_default_clock()
    cell.V = 0 * mV
    run(3.5 * ms)
    assert spike_times(S) == [3.1, 3.1]
    assert not np.asarray(M[0])[35:65].any()


def test_after_a_blow_up_the_clock_stands_where_it_happened_and_the_rest_is_kept():
    cell = NeuronGroup(1, "dx/dt = x*x/(1*ms) : 1")
    cell.x = 1
    M = StateMonitor(cell, "x", record=True)
    with pytest.raises(BlowUpError, match="x of neuron 0"):
        run(100 * ms)
    reached = defaultclock.t / ms
    assert 2 < reached < 100
    assert len(M.times) == round(reached / 0.1)
    cell.x = 0
    run(1 * ms)
    np.testing.assert_allclose(np.diff(milliseconds(M.times)), 0.1, atol=1e-9)


def test_what_an_operation_raises_leaves_the_step_before_it_done():
    cell = NeuronGroup(1, "dV/dt = -V/tau : volt")
    M = StateMonitor(cell, "V", record=True)

    @network_operation
    def stop(clock):
        if clock.t > 0.95 * ms:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(5 * ms)
    del stop
    run(1 * ms)
    np.testing.assert_allclose(milliseconds(M.times), np.arange(len(M.times)) * 0.1, atol=1e-9)


def test_a_program_with_one_clock_of_its_own_runs_on_it():
    clock = Clock(dt=0.5 * ms)
    cell = NeuronGroup(1, "dV/dt = -V/tau : volt")
    M = StateMonitor(cell, "V", record=True)
    run(2 * ms)
    np.testing.assert_allclose(milliseconds(M.times), [0, 0.5, 1, 1.5])


def test_several_clocks_must_be_told_apart():
    fine, coarse = Clock(dt=0.05 * ms), Clock(dt=0.5 * ms)
    with pytest.raises(NeurolabError, match="2 clocks"):
        NeuronGroup(1, "dV/dt = -V/tau : volt")


def test_a_slower_clock_of_a_monitor_or_an_operation_picks_its_steps():
    slow = EventClock(dt=0.5 * ms)
    cell = NeuronGroup(1, "dV/dt = -V/tau : volt")
    M = StateMonitor(cell, "V", record=True, clock=slow)
    seen = []

    @network_operation(slow)
    def look(clock):
        assert clock is slow
        seen.append((clock.t / ms, defaultclock.t / ms))

    run(2 * ms)
    np.testing.assert_allclose(milliseconds(M.times), [0, 0.5, 1, 1.5])
    np.testing.assert_allclose(seen, [(t, t) for t in (0, 0.5, 1, 1.5)], atol=1e-9)
    odd = StateMonitor(cell, "V", record=True, clock=EventClock(dt=0.25 * ms))
    run(1 * ms)
    np.testing.assert_allclose(milliseconds(odd.times), [2, 2.25, 2.5, 2.75])


@pytest.mark.parametrize(
    ("duration", "steps"), [(0.25, 3), (0.3, 3), (0.01, 1), (0, 0), (0.7, 7), (0.71, 8)]
)
def test_a_run_lasts_at_least_as_long_as_it_was_told(duration, steps):
    M = StateMonitor(NeuronGroup(1, "dV/dt = -V/tau : volt"), "V", record=True)
    Network(M).run(duration * ms)
    assert len(M.times) == steps
