"""What is set between runs, or by an operation in the midst of one, counts from the next step on or is refused."""

from functools import partial

import numpy as np
import pytest

from neurolab import *  # noqa: F403
from neurolab.errors import NeurolabError, RangeError, UnitsError, UnknownNameError


@pytest.fixture(autouse=True)
def fresh_clock():
    defaultclock.dt = 0.1 * ms
    reinit_default_clock()


def cell_with_parameter():
    cell = NeuronGroup(1, "dV/dt = (E - V)/tau : volt\nE : volt\ntau : second")
    cell.tau = 10 * ms
    return cell, StateMonitor(cell, "V", record=True)


def at(step):
    """A condition that is true in one step."""
    return lambda clock: abs(clock.t / ms - 0.1 * step) < 0.01


def spike_times(monitor):
    return [round(float(time) * 1e3, 6) for _, time in monitor.spikes]


def test_a_parameter_set_by_an_operation_counts_from_the_next_step_on():
    cell, M = cell_with_parameter()
    due = at(9)

    @network_operation
    def switch(clock):
        if due(clock):
            cell.E = 4 * mV

    run(3 * ms)
    t = np.arange(30) * 0.1
    expected = np.where(t < 0.95, 0, 4 * (1 - np.exp(-(t - 0.9) / 10)))
    np.testing.assert_allclose(M[0] / mV, expected, rtol=1e-12, atol=1e-15)


def test_a_parameter_of_one_neuron_set_in_place_counts_as_one_that_is_set():
    cells = NeuronGroup(3, "dV/dt = E/ms : volt\nE : volt")
    part = cells[1:3]
    run(1 * ms)
    cells.E[0] = 1 * mV
    run(1 * ms)
    part.E[0] = 2 * mV
    due = at(24)

    @network_operation
    def switch(clock):
        if due(clock):
            cells.E[2] = 10 * mV

    run(1 * ms)
    np.testing.assert_allclose(cells.V / mV, [2, 2, 5], rtol=1e-9)


def test_a_drive_set_anew_in_every_step_gives_what_time_in_the_equation_gives():
    tau, A = 10 * ms, 3 * mV
    cell, M = cell_with_parameter()
    other = NeuronGroup(1, "dV/dt = (A*t/tau - V)/tau : volt", method="exponential_euler")
    N = StateMonitor(other, "V", record=True)

    @network_operation(when="start")
    def drive(clock):
        cell.E = A * clock.t / tau

    run(5 * ms)
    np.testing.assert_allclose(M[0] / mV, N[0] / mV, rtol=1e-12)


def test_weights_set_by_an_operation_count_from_the_next_step_on_also_for_spikes_under_way():
    source = SpikeGeneratorGroup(1, [(0, t * ms) for t in (1, 2, 3)])
    cell = NeuronGroup(2, "dV/dt = 0*volt/second : volt")
    straight = Connection(source, cell[0:1], "V", weight=1 * mV)
    late = Connection(source, cell[1:2], "V", weight=1 * mV, delay=0.5 * ms)
    M = StateMonitor(cell, "V", record=True)
    due = at(20)

    @network_operation
    def learn(clock):
        if due(clock):
            straight[0, 0] = 5 * mV
            late[0, 0] = 5 * mV

    run(4 * ms)
    np.testing.assert_allclose(np.asarray(M[0])[[15, 25, 35]] * 1e3, [1, 2, 7])
    np.testing.assert_allclose(np.asarray(M[1])[[17, 27, 37]] * 1e3, [1, 6, 11])


def test_a_delay_set_by_an_operation_is_that_of_the_spikes_to_come():
    source = SpikeGeneratorGroup(1, [(0, 1 * ms), (0, 2 * ms)])
    cell = NeuronGroup(1, "dV/dt = 0*volt/second : volt")
    link = Connection(source, cell, "V", weight=1 * mV, delay=3 * ms)
    M = StateMonitor(cell, "V", record=True)
    due = at(15)

    @network_operation
    def speed_up(clock):
        if due(clock):
            link.delay = 0.5 * ms

    run(6 * ms)
    assert (np.flatnonzero(np.diff(np.asarray(M[0]))) + 1).tolist() == [25, 40]


def test_rates_spikes_and_periods_set_by_an_operation_count_from_the_next_step_on():
    seed(1)
    noise, source = PoissonGroup(500, rates=0 * Hz), SpikeGeneratorGroup(1, [(0, 1 * ms)])
    S, T = SpikeMonitor(noise), SpikeMonitor(source)
    due = at(49)

    @network_operation
    def change(clock):
        if due(clock):
            noise.rates = 1 * kHz
            source.spiketimes = [(0, 7 * ms), (0, 2 * ms)]

    run(10 * ms)
    assert spike_times(T) == [1, 7]
    times = np.array(spike_times(S))
    assert times.min() == pytest.approx(5.0)
    assert len(times) == pytest.approx(2500, abs=200)


def test_threshold_and_reset_set_after_a_run_take_effect():
    Vt = 20 * mV
    cell = NeuronGroup(1, "dV/dt = 1*mV/ms : volt", threshold=Vt, reset=0 * mV)
    S = SpikeMonitor(cell)
    run(10 * ms)
    cell.threshold = 14.95 * mV
    cell.reset = "V = 8*mV"
    run(20 * ms)
    assert spike_times(S) == [14.9, 21.9, 28.9]
    cell.threshold = None
    run(20 * ms)
    assert S.nspikes == 3


def test_a_threshold_set_by_an_operation_counts_from_the_next_step_on():
    cell = NeuronGroup(1, "dV/dt = 1*mV/ms : volt", threshold=20 * mV, reset=0 * mV)
    S = SpikeMonitor(cell)
    due = at(49)

    @network_operation
    def lower(clock):
        if due(clock):
            cell.threshold = "V > 2*mV"

    run(6 * ms)
    assert spike_times(S)[0] == pytest.approx(5.0)


def test_a_threshold_keeps_the_values_its_names_had_when_the_group_was_made():
    tau, Vt = 10 * ms, 5 * mV
    cell = NeuronGroup(1, "dV/dt = (30*mV - V)/tau : volt", threshold=Vt, reset=0 * mV)
    tau = 1 * ms
    cell.reset = 1 * mV
    M = StateMonitor(cell, "V", record=True)
    run(1 * ms)
    assert M[0][0] / mV == pytest.approx(30 * (1 - np.exp(-0.01)))


def test_method_and_refractory_set_after_a_run_take_effect():
    tau = 1 * ms
    cell = NeuronGroup(1, "dx/dt = -x/tau : 1", threshold="x < 2", refractory=0 * ms)
    cell.x = 1
    M, S = StateMonitor(cell, "x", record=True), SpikeMonitor(cell)
    run(0.1 * ms)
    cell.method = "euler"
    run(0.1 * ms)
    assert M[0][1] / M[0][0] == pytest.approx(0.9)
    cell.refractory = 1 * ms
    run(2.2 * ms)
    assert spike_times(S) == [0, 0.1, 0.2, 1.2, 2.2]


def test_a_change_that_cannot_be_is_refused_and_leaves_all_as_it_was():
    cell = NeuronGroup(1, "dV/dt = 1*mV/ms : volt", threshold=5 * mV, reset=0 * mV)
    for kind, change in (
        (UnitsError, lambda: setattr(cell, "threshold", 3 * ms)),
        (UnknownNameError, lambda: setattr(cell, "reset", "W = 0*mV")),
        (UnitsError, lambda: setattr(cell, "refractory", 3 * mV)),
        (NeurolabError, lambda: setattr(cell, "method", 7)),
    ):
        with pytest.raises(kind):
            change()
    S = SpikeMonitor(cell)
    run(6 * ms)
    assert spike_times(S) == [5.0]


@pytest.mark.parametrize("name", ["equations", "model", "namespace", "label", "clock"])
def test_what_a_group_is_cannot_be_changed(name):
    cell, _ = cell_with_parameter()
    with pytest.raises(UnknownNameError, match=f"'{name}' is not a variable"):
        setattr(cell, name, None)


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (
            lambda c, i, g: setattr(c, "weight", 3 * mV),
            "'weight' cannot be set.*Set weights as",
        ),
        (lambda c, i, g: setattr(c, "state", "V"), "'state' cannot be set"),
        (lambda c, i, g: setattr(c, "delay", 3 * mV), "dimension volt"),
        (
            lambda c, i, g: setattr(i, "spiketime", []),
            "'spiketime' cannot be set.*spiketimes and period",
        ),
        (lambda c, i, g: setattr(i, "V", 3 * mV), "'V' cannot be set"),
        (lambda c, i, g: setattr(i[0:1], "V", 3 * mV), "'V' cannot be set"),
        (lambda c, i, g: setattr(g[0:1], "Vx", 3 * mV), "'Vx' is not a variable"),
        (
            lambda c, i, g: setattr(PoissonGroup(1, 3 * Hz), "ratio", 3 * Hz),
            "'ratio' cannot be set. Only rates",
        ),
        (lambda c, i, g: setattr(PoissonGroup(1, 3 * Hz), "rates", 3 * mV), "dimension volt"),
        (lambda c, i, g: setattr(StateMonitor(g, "V"), "record", True), "'record' cannot be set"),
        (lambda c, i, g: setattr(StateMonitor(g, "V"), "times", 3), "'times' cannot be set"),
        (
            lambda c, i, g: setattr(defaultclock, "dT", 3 * ms),
            "'dT' cannot be set. Only dt and t",
        ),
    ],
)
def test_a_name_that_nothing_looks_at_cannot_be_set(action, message):
    tau = 5 * ms
    inputs, cells = SpikeGeneratorGroup(2, [(0, 1 * ms)]), NeuronGroup(2, "dV/dt = -V/tau : volt")
    with pytest.raises(NeurolabError, match=message):
        action(Connection(inputs, cells, "V"), inputs, cells)


def test_a_parameter_that_an_operation_makes_impossible_stops_the_run_there():
    cell, M = cell_with_parameter()
    due = at(9)

    @network_operation
    def spoil(clock):
        if due(clock):
            cell.tau = 0 * ms

    with pytest.raises(RangeError, match=r"beyond all bounds|which is 0"):
        run(3 * ms)
    assert len(M.times) == 10
    assert defaultclock.t / ms == pytest.approx(1)


def test_with_an_operation_all_given_spikes_fire():
    source = SpikeGeneratorGroup(1, [(0, t * ms) for t in (1, 3, 5)], period=6 * ms)
    S = SpikeMonitor(source)

    @network_operation
    def nothing():
        pass

    run(10 * ms)
    assert spike_times(S) == [1, 3, 5, 7, 9]


def test_an_operation_may_be_a_partial_function_a_method_or_have_defaults():
    cell, M = cell_with_parameter()
    seen = []

    class Watcher:
        def look(self):
            seen.append("method")

        def look_at(self, clock):
            seen.append("clock")

    def note(what, twice=False):
        seen.append(what)

    operations = [
        network_operation(each)
        for each in (
            partial(note, "partial"),
            Watcher().look,
            Watcher().look_at,
            lambda what="default": seen.append(what),
        )
    ]
    run(0.1 * ms)
    assert sorted(seen) == ["clock", "default", "method", "partial"]
    with pytest.raises(NeurolabError, match="needs 2 values"):
        network_operation(lambda a, b: None)
    with pytest.raises(UnknownNameError, match="when is 'between'"):
        network_operation(when="between")(note)


def test_an_operation_at_the_start_is_called_before_the_groups_of_each_step():
    cell, M = cell_with_parameter()
    order = []

    @network_operation(when="start")
    def before(clock):
        order.append(("before", round(clock.t / ms, 6), float(cell.V[0])))
        cell.V = 1 * mV

    @network_operation
    def after(clock):
        order.append(("after", round(clock.t / ms, 6), float(cell.V[0])))

    run(0.2 * ms)
    left = 1e-3 * np.exp(-0.01)
    assert order == [
        ("before", 0, 0),
        ("after", 0, pytest.approx(left)),
        ("before", 0.1, pytest.approx(left)),
        ("after", 0.1, pytest.approx(left)),
    ]
