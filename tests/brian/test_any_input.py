"""Whatever a program gives, it runs or gets an error of ours: no other exception, no hang, no silent NaN."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neurolab import *  # noqa: F403
from neurolab.errors import NeurolabError

tau, E = 5 * ms, 3 * mV
NUMBERS = st.one_of(
    st.floats(),
    st.integers(-5, 5),
    st.sampled_from([0.0, -1.0, 1e400, -1e400, float("nan"), 1e-320, 1e300]),
)
UNITS = st.sampled_from([1, mV, ms, nA, Hz, nS, volt, second])
QUANTITIES = st.builds(lambda number, unit: number * unit, NUMBERS, UNITS)
ODDITIES = st.one_of(
    QUANTITIES,
    st.none(),
    st.text(max_size=5),
    st.booleans(),
    st.lists(QUANTITIES, max_size=3),
    st.builds(lambda shape: np.ones(shape) * mV, st.lists(st.integers(0, 3), max_size=3)),
)
EQUATIONS = st.sampled_from(
    [
        "dV/dt = -V/tau : volt",
        "dV/dt = (E - V)/tau : volt\ndw/dt = V/tau : volt",
        "dV/dt = V*V/(tau*mV) : volt",
        "dV/dt = -V/tau + xi*mV*tau**-0.5 : volt",
        "dx/dt = x/tau : 1",
        "dV/dt = (V - w)/tau : volt\ndw/dt = (V + w)/E*mV/tau : volt",
    ]
)


@pytest.fixture(autouse=True)
def fresh_clock():
    reinit_default_clock()


def assert_runs_or_explains(action):
    """The action succeeds with finite results, or raises an error of ours."""
    reinit_default_clock()
    try:
        monitor = action()
    except NeurolabError:
        return
    if monitor is not None:
        assert np.isfinite(np.asarray(monitor.values)).all(), (
            "a NaN or infinity was recorded without a word"
        )


def with_one_oddity(**usual):
    """Usual arguments, one of which is replaced by something odd."""
    return st.sampled_from(sorted(usual)).flatmap(
        lambda name: ODDITIES.map(lambda odd: {**usual, name: odd})
    )


@settings(max_examples=300)
@given(
    EQUATIONS,
    with_one_oddity(
        tau=5 * ms, E=3 * mV, threshold="t > 0.5*ms", reset=None, start=0, refractory=0
    ),
)
def test_any_constants_threshold_reset_and_initial_value(equations, given):
    def action():
        known = {name: given[name] for name in ("tau", "E") if given[name] is not None}
        G = NeuronGroup(
            2,
            Equations(equations, **known),
            threshold=given["threshold"],
            reset=given["reset"],
            refractory=given["refractory"],
        )
        setattr(G, G.model.states[0], given["start"])
        M = StateMonitor(G, G.model.states[0], record=True)
        Network(M).run(1 * ms)
        return M

    assert_runs_or_explains(action)


@settings(max_examples=200)
@given(
    st.lists(st.tuples(st.one_of(st.integers(-2, 4), NUMBERS), ODDITIES), max_size=4),
    st.one_of(st.none(), ODDITIES),
)
def test_any_spike_times_and_period(spiketimes, period):
    def action():
        G = SpikeGeneratorGroup(2, spiketimes, period=period)
        Network(SpikeMonitor(G)).run(1 * ms)

    assert_runs_or_explains(action)


INDICES = st.one_of(
    st.integers(-4, 4),
    st.slices(4),
    st.lists(st.integers(-3, 3), max_size=3),
    st.none(),
    st.floats(),
    st.text(max_size=2),
)


@settings(max_examples=300)
@given(
    st.one_of(INDICES, st.tuples(INDICES, INDICES), st.tuples(INDICES, INDICES, INDICES)), ODDITIES
)
def test_any_entry_and_weight(index, weight):
    def action():
        G, H = SpikeGeneratorGroup(2, [(0, 0.1 * ms)]), NeuronGroup(3, "dV/dt = -V/tau : volt")
        C = Connection(G, H, "V")
        C[index] = weight
        C[index]
        M = StateMonitor(H, "V", record=True)
        Network(C, M).run(0.5 * ms)
        return M

    assert_runs_or_explains(action)


@settings(max_examples=200)
@given(with_one_oddity(weight=1 * mV, sparseness=0.5, delay=0.1 * ms, state="V"))
def test_any_weight_sparseness_and_delay_of_a_whole_connection(given):
    def action():
        G, H = SpikeGeneratorGroup(2, [(0, 0.1 * ms)]), NeuronGroup(3, "dV/dt = -V/tau : volt")
        C = Connection(G, H, **given)
        M = StateMonitor(H, "V", record=True)
        Network(C, M).run(0.5 * ms)
        return M

    assert_runs_or_explains(action)


@settings(max_examples=200)
@given(with_one_oddity(size=2, variable="V", record=True, duration=1 * ms, timestep=1))
def test_any_size_variable_record_and_duration(given):
    def action():
        # A run of years is allowed, but not waited for here.
        length = given["duration"]
        length = (
            1 * ms
            if hasattr(length, "si") and np.max(np.abs(length.si), initial=0) > 0.1
            else length
        )
        G = NeuronGroup(given["size"], "dV/dt = -V/tau : volt")
        Network(
            StateMonitor(G, given["variable"], record=given["record"], timestep=given["timestep"])
        ).run(length)

    assert_runs_or_explains(action)


CHANGES = st.sampled_from(
    [
        ("cell", "V"),
        ("cell", "k"),
        ("cell", "threshold"),
        ("cell", "reset"),
        ("cell", "refractory"),
        ("cell", "method"),
        ("link", "delay"),
        ("source", "spiketimes"),
        ("source", "period"),
        ("noise", "rates"),
        ("clock", "dt"),
        ("clock", "t"),
    ]
)


@settings(max_examples=300)
@given(
    CHANGES,
    st.one_of(ODDITIES, st.sampled_from(["V > 1*mV", "V = 2*mV", "rk2", "linear", True])),
    st.booleans(),
    INDICES,
)
def test_any_change_between_two_runs_or_in_the_midst_of_one(change, value, in_the_midst, index):
    def action():
        defaultclock.dt = 0.1 * ms
        things = {
            "source": SpikeGeneratorGroup(1, [(0, 0.2 * ms), (0, 0.4 * ms)]),
            "noise": PoissonGroup(1, rates=100 * Hz),
            "cell": NeuronGroup(
                2,
                "dV/dt = -k*V/tau : volt\nk : 1",
                threshold=3 * mV,
                reset=0 * mV,
                refractory=0.3 * ms,
            ),
            "clock": defaultclock,
        }
        things["link"] = C = Connection(
            things["source"], things["cell"], "V", weight=4 * mV, delay=0.3 * ms
        )
        M = StateMonitor(things["cell"], "V", record=True)

        def spoil():
            setattr(things[change[0]], change[1], value)
            if change[1] == "V":
                things["cell"].V[index] = value
            if change[1] == "delay":
                C.delay[index] = value

        operations = (
            [network_operation(lambda: spoil() if len(done) == 4 else done.append(0))]
            if in_the_midst
            else []
        )
        done = []
        network = Network(things["source"], things["noise"], things["cell"], C, M, *operations)
        network.run(0.6 * ms)
        if not in_the_midst:
            spoil()
        if defaultclock.dt < 1 * ms and np.asarray(defaultclock.dt) > 1e-6:
            network.run(0.6 * ms)
        return M

    try:
        assert_runs_or_explains(action)
    finally:
        defaultclock.dt = 0.1 * ms


def test_what_would_fill_the_memory_is_refused_before_it_does():
    with pytest.raises(NeurolabError, match="at most 10,000,000 neurons"):
        NeuronGroup(10**12, "dV/dt = -V/tau : volt")
    G = NeuronGroup(1000, "dV/dt = -V/tau : volt")
    M = StateMonitor(G, "V", record=True)
    with pytest.raises(NeurolabError, match=r"values would be recorded.*Record fewer neurons"):
        run(1000 * second)
