"""`reinit`, `stop`, and functions that a run calls."""

import numpy as np
import pytest

from neurolab import *  # noqa: F403
from neurolab.errors import ArgumentError


def network():
    inputs = SpikeGeneratorGroup(1, [(0, 1 * ms)])
    G = NeuronGroup(1, "dV/dt = -V/(5*ms) : volt\nI : volt", threshold=9 * mV, reset=0 * mV)
    G.V = 5 * mV
    G.I = 1 * mV
    C = Connection(inputs, G, "V", weight=3 * mV, delay=2 * ms)
    M, S = StateMonitor(G, "V", record=True), SpikeMonitor(G)
    return Network(inputs, G, C, M, S), G, M


@pytest.mark.parametrize(("states", "start"), [(True, 0.0), (False, None)])
def test_reinit_begins_anew_with_or_without_the_states(states, start):
    net, G, M = network()
    net.run(2 * ms)
    before = float(G.V[0])
    net.reinit(states)
    assert len(M.times) == 0
    assert float(G.V[0]) == (before if start is None else start)
    assert float(G.I[0]) == (1e-3 if start is None else 0.0)
    net.run(4 * ms)
    assert float(M.times[0]) == 0.0
    # The spike that was on its way is gone; the input fires again and arrives at 3 ms.
    jumps = np.flatnonzero(np.diff(np.asarray(M[0])) > 1e-3) + 1
    assert jumps.tolist() == [30]


def test_reinit_of_all_objects_of_the_program():
    G = NeuronGroup(1, "dV/dt = 1*mV/ms : volt")
    run(1 * ms)
    reinit()
    assert float(G.V[0]) == 0.0
    assert float(defaultclock.t) == 0.0


def test_a_monitor_that_begins_anew_keeps_the_steps_that_it_records():
    G = NeuronGroup(1, "dV/dt = 1*mV/ms : volt")
    M = StateMonitor(G, "V", record=True, timestep=4)
    R = PopulationRateMonitor(G)
    net = Network(G, M, R)
    net.run(1 * ms)
    M.reinit()
    R.reinit()
    net.run(1 * ms)
    assert np.asarray(M.times) * 1e3 == pytest.approx([1.2, 1.6])
    assert np.asarray(R.times) * 1e3 == pytest.approx(np.arange(1.0, 2.0, 0.1))


def test_a_monitor_can_begin_anew_within_a_run():
    G = NeuronGroup(1, "dV/dt = 1*mV/ms : volt")
    M = StateMonitor(G, "V", record=True)

    @network_operation(when="start")
    def clear_once():
        if abs(float(defaultclock.t) - 0.5e-3) < 1e-9:
            M.reinit()

    Network(G, M, clear_once).run(1 * ms)
    assert np.asarray(M.times) * 1e3 == pytest.approx(np.arange(0.5, 1.0, 0.1))
    assert np.asarray(M[0]) * 1e3 == pytest.approx(np.arange(0.6, 1.05, 0.1))


@pytest.mark.parametrize("when", ["start", "middle", "before_resets", "end"])
def test_the_step_in_which_a_run_stops_is_finished_and_the_next_run_goes_on(when):
    G = NeuronGroup(1, "dV/dt = 1*mV/ms : volt")
    M = StateMonitor(G, "V", record=True)

    @network_operation(when=when)
    def halt():
        if abs(float(defaultclock.t) - 0.3e-3) < 1e-9:
            stop()

    net = Network(G, M, halt)
    net.run(10 * ms)
    assert len(M.times) == 4
    assert float(G.clock.t) == pytest.approx(0.4e-3)
    net.run(0.2 * ms)
    assert np.asarray(M.times) * 1e3 == pytest.approx(np.arange(0, 0.6, 0.1))


def test_a_threshold_function_can_stop_a_run():
    def fires(V):
        if V[0] > 0.45 * mV:
            stop()
        return 999 * mV < V

    G = NeuronGroup(1, "dV/dt = 1*mV/ms : volt", threshold=fires)
    Network(G).run(10 * ms)
    assert float(G.V[0]) * 1e3 == pytest.approx(0.5)


def test_the_function_of_a_monitor_is_called_in_each_step_before_the_reset():
    seen = []
    G = NeuronGroup(3, "dV/dt = 1*mV/ms : volt", threshold="V > 0.25*mV", reset="V = 0*mV")
    S = SpikeMonitor(G[1:], function=lambda spikes: seen.append((spikes.tolist(), float(G.V[1]))))
    Network(G, S).run(0.4 * ms)
    assert [spikes for spikes, _ in seen] == [[], [], [0, 1], []]
    assert seen[2][1] == pytest.approx(0.3e-3)
    with pytest.warns(NeurolabWarning, match="records nothing"):
        assert S.nspikes == 0
    with pytest.raises(ArgumentError):
        SpikeMonitor(G, function=3)


def test_a_group_tells_the_spikes_of_the_present_step():
    G = SpikeGeneratorGroup(4, [(1, 0.1 * ms), (3, 0.1 * ms)])
    seen = []

    @network_operation
    def watch():
        seen.append((G.get_spikes(0).tolist(), G[2:].get_spikes().tolist()))

    Network(G, watch).run(0.2 * ms)
    assert seen == [([], []), ([1, 3], [1])]
    with pytest.raises(ArgumentError):
        G.get_spikes(1 * ms)


@pytest.mark.parametrize("kind", [SimpleCustomRefractoriness, CustomRefractoriness])
def test_a_custom_reset_holds_a_variable_over_runs_and_lets_it_go(kind):
    def back(group, neurons):
        group.V[neurons] = 1 * mV

    G = NeuronGroup(
        2, "dV/dt = 1*mV/ms : volt", threshold=3 * mV, reset=kind(back, period=0.5 * ms)
    )
    G.V = [2.75, 0] * mV
    M, S = StateMonitor(G, "V", record=True), SpikeMonitor(G)
    net = Network(G, M, S)
    for _ in range(2):
        net.run(0.5 * ms)
    assert [round(float(time) * 1e3, 6) for _, time in S.spikes] == [0.2]
    # Held from the spike in step 2 to step 7, then it moves again.
    expected = [2.85, 2.95, 1, 1, 1, 1, 1, 1, 1.1, 1.2]
    assert np.asarray(M[0]) * 1e3 == pytest.approx(expected)
    assert np.asarray(M[1]) * 1e3 == pytest.approx(np.arange(1, 11) * 0.1)


def test_a_custom_refractoriness_calls_its_second_function_for_all_held_neurons():
    seen = []
    reset = CustomRefractoriness(
        lambda group, neurons: group.V.__setitem__(neurons, 0.0),  # SI numbers, as in Brian 1
        period=0.2 * ms,
        refracfunc=lambda group, neurons: seen.append(neurons.tolist()),
    )
    G = NeuronGroup(2, "dV/dt = 1*mV/ms : volt", threshold=0.25 * mV, reset=reset)
    G.V = [0.1, 0] * mV
    Network(G).run(0.5 * ms)
    assert seen == [[0], [0, 1], [0, 1], [0, 1]]


@pytest.mark.parametrize(
    ("kind", "expected"), [(PoissonThreshold, (0, 1)), (HomogeneousPoissonThreshold, (0, 0))]
)
def test_neurons_fire_at_random_at_the_rate_of_a_variable(kind, expected):
    G = NeuronGroup(2000, "dV/dt = -V/ms : volt\nr : hertz", threshold=kind("r"))
    G[1000:].r = 1000 * Hz
    S = SpikeCounter(G)
    Network(G, S).run(20 * ms)
    means = S.count[:1000].mean() / 20, S.count[1000:].mean() / 20
    assert means == pytest.approx(expected, abs=0.02)
