"""Calls of the script API: options are taken, or refused by name with advice; whole-number floats are numbers of things."""

import inspect

import numpy as np
import pytest

import neurolab
from neurolab import *
from neurolab.errors import ArgumentError, NeurolabError, RangeError

MODEL = "dV/dt = (20*mV - V)/(5*ms) : volt"


def made():
    G = NeuronGroup(4, MODEL, threshold=10 * mV, reset=0 * mV)
    inputs = SpikeGeneratorGroup(2, [(0, 1 * ms)])
    C = Connection(inputs, G, "V")
    return G, inputs, C


CALLS = {
    "NeuronGroup": lambda **no: NeuronGroup(1, MODEL, **no),
    "Equations": lambda **no: Equations(MODEL, **no),
    "SpikeGeneratorGroup": lambda **no: SpikeGeneratorGroup(1, [], **no),
    "PoissonGroup": lambda **no: PoissonGroup(1, **no),
    "PulsePacket": lambda **no: PulsePacket(5 * ms, 3, 1 * ms, **no),
    "MultipleSpikeGeneratorGroup": lambda **no: MultipleSpikeGeneratorGroup([[]], **no),
    "Connection": lambda **no: Connection(made()[0], made()[0], "V", **no),
    "IdentityConnection": lambda **no: IdentityConnection(made()[0], made()[0], "V", 1 * mV, **no),
    "DelayConnection": lambda **no: DelayConnection(made()[0], made()[0], "V", **no),
    "connect": lambda **no: made()[2].connect(np.zeros((2, 4)), **no),
    "connect_full": lambda **no: made()[2].connect_full(weight=1 * mV, **no),
    "connect_random": lambda **no: made()[2].connect_random(p=1, weight=1 * mV, **no),
    "connect_one_to_one": lambda **no: made()[2].connect_one_to_one(weight=1 * mV, **no),
    "set_delays": lambda **no: made()[2].set_delays(delay=1 * ms, **no),
    "StateMonitor": lambda **no: StateMonitor(made()[0], "V", **no),
    "SpikeMonitor": lambda **no: SpikeMonitor(made()[0], **no),
    "SpikeCounter": lambda **no: SpikeCounter(made()[0], **no),
    "PopulationSpikeCounter": lambda **no: PopulationSpikeCounter(made()[0], **no),
    "PopulationRateMonitor": lambda **no: PopulationRateMonitor(made()[0], **no),
    "ISIHistogramMonitor": lambda **no: ISIHistogramMonitor(made()[0], [0, 5] * ms, **no),
    "smooth_rate": lambda **no: PopulationRateMonitor(made()[0]).smooth_rate(1 * ms, **no),
    "subgroup": lambda **no: made()[0].subgroup(2, **no),
    "Threshold": lambda **no: Threshold(**no),
    "EmpiricalThreshold": lambda **no: EmpiricalThreshold(**no),
    "VariableThreshold": lambda **no: VariableThreshold(**no),
    "Reset": lambda **no: Reset(**no),
    "Refractoriness": lambda **no: Refractoriness(**no),
    "set_global_preferences": lambda **no: set_global_preferences(**no),
    "seed": lambda **no: seed(1, **no),
    "reinit_default_clock": lambda **no: reinit_default_clock(**no),
    "Clock": lambda **no: Clock(dt=1 * ms, **no),
    "run": lambda **no: run(1 * ms, **no),
    "Network.run": lambda **no: Network(made()[0]).run(1 * ms, **no),
    "firing_rate": lambda **no: firing_rate([], **no),
}


@pytest.mark.parametrize("name", CALLS)
def test_an_option_that_does_not_exist_is_refused_by_its_name(name):
    with pytest.raises(ArgumentError, match="not_an_option"):
        CALLS[name](not_an_option=3)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda g: NeuronGroup(1, MODEL, init=3),
            "Brian 1's option 'init' is not available here. Set the variables",
        ),
        (
            lambda g: SpikeMonitor(g, delay=1 * ms),
            "Brian 1's option 'delay' is not available here. Add it to the recorded",
        ),
        (lambda g: EmpiricalThreshold(10 * mV, clock=defaultclock), "Brian 1's option 'clock'"),
        (
            lambda g: StateMonitor(g, "V", recrod=True),
            r"'recrod' is not an option.*Did you mean record\?",
        ),
        (
            lambda g: NeuronGroup(1, MODEL, 10 * mV, 0 * mV, None, 5 * ms),
            "6 values are given without a name.*refractory=…",
        ),
        (lambda g: Equations(MODEL, tau=3 * ms), "do not use 'tau'"),
        (
            lambda g: set_global_preferences(useweaver=True),
            "no preference 'useweaver'. Did you mean useweave",
        ),
        (lambda g: SpikeMonitor(g, record=[0]), "record is .*must be True or False"),
        (lambda g: Connection(g, g, "V", modulation="V"), "'V' is in volt.*plain number"),
        (lambda g: Connection(g, g, "V", modulation="g"), "'g' is not a variable of the source"),
    ],
)
def test_the_message_says_how_the_same_is_written(call, message):
    with pytest.raises(NeurolabError, match=message):
        call(made()[0])


def test_options_that_only_tune_the_original_change_no_number():
    outcomes = []
    for options in (
        {},
        {"compile": True, "freeze": True, "max_delay": 5 * ms, "unit_checking": False, "level": 1},
    ):
        G = NeuronGroup(2, MODEL, threshold=10 * mV, reset=0 * mV, **options)
        M = StateMonitor(G, "V", record=True)
        Network(G, M).run(10 * ms)
        outcomes.append(np.asarray(M[0]).tolist())
    assert outcomes[0] == outcomes[1]
    set_global_preferences(useweave=True, usecodegen=False)


def test_whole_number_floats_are_sizes_indices_and_seeds():
    G = NeuronGroup(4.0, MODEL, threshold=10 * mV, reset=0 * mV)
    assert len(G) == 4
    assert len(G.subgroup(np.float64(2))) == 2
    assert len(G[1.0:3.0]) == 2
    C = Connection(G, G, "V")
    C[0.0, np.array([1.0, 2.0])] = 3 * mV
    assert float(C[0, 2.0]) == 0.003
    M = StateMonitor(G, "V", record=[0.0, 2.0], timestep=2.0)
    S = SpikeMonitor(G)
    Network(G, M, S).run(8 * ms)
    assert np.asarray(M[2.0]).shape == (40,)
    assert len(S[1.0]) == 2
    assert float(([1, 2] * mV)[1.0]) == 0.002
    seed(3.0)
    first = rand(2.0)
    seed(3)
    assert (rand(2) == first).all()


@pytest.mark.parametrize("size", [2.5, float("nan"), float("inf"), -1.0, 0.0])
def test_a_size_with_a_fraction_or_below_one_is_refused(size):
    with pytest.raises(RangeError, match="N is"):
        NeuronGroup(size, MODEL)


def test_every_exported_class_of_the_script_api_checks_its_call():
    for name in neurolab.__all__:
        kind = getattr(neurolab, name)
        if inspect.isclass(kind) and kind.__module__.startswith("neurolab.brian") and name in CALLS:
            assert hasattr(kind.__init__, "__wrapped__"), name


def test_the_rates_of_a_part_of_a_poisson_group_are_set_alone():
    P = PoissonGroup(4, rates=10 * Hz)
    P[1:3].rate = 500 * Hz
    assert np.asarray(P.rates).tolist() == [10, 500, 500, 10]
    with pytest.raises(NeurolabError, match="a function"):
        PoissonGroup(2, rates=lambda t: 3 * Hz)[0:1].rate = 3 * Hz


def test_a_variable_is_named_by_its_number_too():
    G = NeuronGroup(1, "dV/dt = -V/(5*ms) : volt\ndw/dt = -w/(5*ms) : 1\nI : amp")
    G.w = 0.5
    assert G.state(1)[0] == 0.5
    assert np.asarray(G.state(0)).tolist() == [0]
    with pytest.raises(NeurolabError, match="'7' is not a variable"):
        G.state(7)


@pytest.mark.parametrize("flag", ["unless refractory", "constant", "event-driven", "shared"])
def test_a_flag_of_brian_2_is_named(flag):
    with pytest.raises(NeurolabError, match=rf"'\({flag}\)' is not part of a unit. Leave it out"):
        NeuronGroup(1, f"dV/dt = -V/(5*ms) : volt ({flag})")


def test_what_is_forgotten_does_not_run_until_it_is_recalled():
    G = NeuronGroup(1, "dV/dt = 1*mV/ms : volt")
    H = NeuronGroup(1, "dV/dt = 1*mV/ms : volt")
    forget(H)
    run(1 * ms)
    assert float(G.V[0]) == pytest.approx(0.001)
    assert float(H.V[0]) == 0
    recall(H)
    run(1 * ms)
    assert float(H.V[0]) == pytest.approx(0.001)
    clear(True, all=True)
    K = NeuronGroup(1, "dV/dt = 1*mV/ms : volt")
    run(1 * ms)
    assert float(K.V[0]) == pytest.approx(0.001)
    assert float(G.V[0]) == pytest.approx(0.002)
