"""Numbers that are equal on paper are equal in the simulator, and one rule holds for times between two steps."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neurolab import *  # noqa: F403
from neurolab.grid import ceil, floor, time_of, to_step, to_steps
from neurolab.model.expressions import parse_expression
from neurolab.units import unit_quantity

HELD = "dV/dt = 0*volt/second : volt"
FEW = settings(max_examples=40, deadline=None)
TENTHS = st.integers(1, 400)


@pytest.fixture(autouse=True)
def usual_step():
    defaultclock.dt = 0.1 * ms
    reinit_default_clock()


@given(
    value=st.integers(-(10**7), 10**7),
    name=st.sampled_from(["mV", "uV", "nA", "pA", "ms", "us", "nS", "pF", "mm", "cm2"]),
)
def test_a_quantity_in_si_units_is_rounded_once(value, name):
    power = {"m": 3, "u": 6, "n": 9, "p": 12, "c": 4}[name[0]]
    assert (value * unit_quantity(name)).si == float(Fraction(value, 10**power))
    formula = parse_expression(f"{abs(value)}*{name}")
    assert formula.evaluate({name: float(unit_quantity(name))}) == float(
        Fraction(abs(value), 10**power)
    )


@given(
    step=st.integers(0, 10**7),
    dt=st.sampled_from(["0.1", "0.05", "0.01", "0.025", "0.3", "0.125", "1"]),
)
def test_the_time_of_a_step_is_the_number_that_the_program_writes(step, dt):
    exact = Fraction(dt) / 1000
    assert time_of(step, float(exact)) == float(step * exact)
    assert to_steps(float(step * exact), float(exact)) == step
    assert to_steps(step * float(exact), float(exact)) == step
    assert to_step(step * float(exact), float(exact)) == step


@given(steps=st.floats(0, 1e9), dt=st.sampled_from([1e-4, 5e-5, 0.1, 1.0]))
def test_the_step_of_one_time_is_that_of_many(steps, dt):
    assert to_step(steps * dt, dt) == to_steps(np.array([steps * dt]), dt)[0]


@pytest.mark.parametrize("time", [1e18, np.inf, np.nan])
def test_a_time_without_a_step_of_its_own_is_refused(time):
    with pytest.raises(NeurolabError, match="too long a time"):
        to_step(time, 1e-4)


@pytest.mark.parametrize(
    ("time", "steps"),
    [
        (0.05, 1),
        (0.15, 2),
        (0.25, 3),
        (0.35, 4),
        (0.31, 4),
        (0.3, 3),
        (0.7, 7),
        (1e-9, 1),
        (0, 0),
        (0.1 + 0.2, 3),
    ],
)
def test_a_time_between_two_steps_moves_up_and_a_whole_multiple_stays(time, steps):
    assert to_steps(time * 1e-3, 1e-4) == steps


def test_whole_numbers_with_rounding_errors_are_not_rounded_to_their_neighbours():
    assert floor(2.9999999999999996) == 3
    assert ceil(3.0000000000000004) == 3
    assert (floor(2.999999), ceil(3.000001)) == (2, 4)


def spikes_of(weights, threshold, start=0 * mV, condition=None):
    """How often a neuron fires that takes up one weight (quantity) a millisecond and forgets nothing."""
    source = SpikeGeneratorGroup(len(weights), [(i, (i + 1) * ms) for i in range(len(weights))])
    Vt = threshold
    cell = NeuronGroup(1, HELD, threshold=condition or Vt, reset=-1000 * mV)
    cell.V = start
    link = Connection(source, cell, "V")
    for i, weight in enumerate(weights):
        link[i, 0] = weight
    fired = SpikeMonitor(cell)
    Network(source, cell, link, fired).run((len(weights) + 2) * ms)
    return fired.nspikes


@FEW
@given(
    parts=st.lists(st.integers(1, 60), min_size=1, max_size=8),
    start=st.sampled_from([0, -70, -65, 5]),
    condition=st.sampled_from(
        [None, "V > Vt", "V - Vt > 0*mV", "V > Vt and t > 0.5*ms", "2*V > 2*Vt", "Vt < V"]
    ),
)
def test_weights_that_add_up_to_the_threshold_do_not_fire_whatever_their_order(
    parts, start, condition
):
    tenths = [part / 10 for part in parts]
    threshold = (10 * start + sum(parts)) / 10
    assert spikes_of([part * mV for part in tenths], threshold * mV, start * mV, condition) == 0
    assert (
        spikes_of([part * mV for part in tenths], (threshold - 1e-6) * mV, start * mV, condition)
        == 1
    )


@pytest.mark.parametrize(
    ("weights", "threshold"),
    [([0.1] * 10, 1), ([0.1] * 300, 30), ([3, -1, -2, 0.3, -0.1, -0.2], 3.5)],
)
def test_many_small_weights_that_add_up_to_the_threshold_do_not_fire(weights, threshold):
    assert spikes_of([weight * mV for weight in weights], threshold * mV) == 0


def test_weights_that_add_up_to_zero_are_not_above_zero():
    assert spikes_of([-0.3 * mV, 0.1 * mV, 0.2 * mV], 0 * mV) == 0


@pytest.mark.parametrize("condition", ["V >= Vt", "Vt <= V"])
@pytest.mark.parametrize("weights", [[0.1] * 10, [0.7, 0.1, 0.2], [0.3, 0.6, 0.1]])
def test_at_least_holds_where_weights_add_up_to_the_threshold(weights, condition):
    assert spikes_of([weight * mV for weight in weights], 1 * mV, condition=condition) == 1


def test_each_neuron_has_its_own_threshold_with_the_same_tolerance():
    source = SpikeGeneratorGroup(2, [(0, 1 * ms), (1, 2 * ms)])
    levels = np.arange(2, 40)
    cells = NeuronGroup(len(levels), HELD + "\nVt : volt", threshold="V > Vt", reset=0 * mV)
    cells.Vt = levels * mV
    link = Connection(source, cells, "V")
    link[0, :] = 1 * mV
    link[1, :] = (levels - 1) * mV
    fired = SpikeMonitor(cells)
    Network(source, cells, link, fired).run(5 * ms)
    assert fired.nspikes == 0


GATES = {
    "t > {0}*ms": 1,
    "t >= {0}*ms": 0,
    "{0}*ms < t": 1,
    "t - 0.2*ms > {0}*ms - 0.2*ms": 1,
    "floor(t/({0}*ms)) >= 1": 0,
    "t/ms > {0}": 1,
    "t + 0.3*ms > {0}*ms + 0.3*ms": 1,
}


@pytest.mark.parametrize("gate", GATES)
@FEW
@given(tenths=TENTHS)
def test_a_condition_on_the_time_opens_on_the_grid(gate, tenths):
    cell = NeuronGroup(1, "dx/dt = 0*Hz : 1\ny = 1.0*(" + gate.format(tenths / 10) + ") : 1")
    record = StateMonitor(cell, "y", record=True)
    Network(cell, record).run((tenths + 3) * 0.1 * ms)
    assert int(np.argmax(np.asarray(record[0]) > 0)) == tenths + GATES[gate]


@pytest.mark.parametrize("gate", ["t < {0}*ms", "t <= {0}*ms"])
@FEW
@given(tenths=TENTHS)
def test_a_condition_on_the_time_closes_on_the_grid(gate, tenths):
    cell = NeuronGroup(1, "dx/dt = 0*Hz : 1\ny = 1.0*(" + gate.format(tenths / 10) + ") : 1")
    record = StateMonitor(cell, "y", record=True)
    Network(cell, record).run((tenths + 3) * 0.1 * ms)
    assert int(np.asarray(record[0]).sum()) == tenths + ("=" in gate)


@FEW
@given(tenths=TENTHS)
def test_functions_of_the_time_see_the_same_numbers_as_the_program_writes(tenths):
    seen = []
    inputs = PoissonGroup(1, rates=lambda t: seen.append(t > tenths / 10 * ms) or 0 * Hz)
    Network(inputs).run((tenths + 3) * 0.1 * ms)
    assert seen.index(True) == tenths + 1


@pytest.mark.parametrize("delay", [0.05, 0.15, 0.25, 0.35, 0.3, 0.7, 0.61])
@pytest.mark.parametrize("form", ["scalar", "matrix", "entry", "function"])
def test_delays_between_two_steps_arrive_at_the_next(delay, form):
    source, cell = SpikeGeneratorGroup(1, [(0, 1 * ms)]), NeuronGroup(1, HELD)
    given = {
        "scalar": delay * ms,
        "matrix": np.array([[delay]]) * ms,
        "entry": True,
        "function": lambda i, j: delay * ms,
    }[form]
    link = Connection(source, cell, "V", delay=given)
    link[0, 0] = 1 * mV
    if form == "entry":
        link.delay[0, 0] = delay * ms
    record = StateMonitor(cell, "V", record=True)
    Network(source, cell, link, record).run(3 * ms)
    assert np.argmax(np.asarray(record[0]) > 0) == 10 + np.ceil(round(delay * 10, 6))


@pytest.mark.parametrize("refractory", [0.25, 0.3, 0.35, 0.7, 1.05])
def test_a_refractory_period_between_two_steps_ends_at_the_next(refractory):
    cell = NeuronGroup(1, HELD, threshold="V >= 0*mV", reset=0 * mV, refractory=refractory * ms)
    fired = SpikeMonitor(cell)
    Network(cell, fired).run(5 * ms)
    assert np.diff(np.asarray(fired[0]) * 1e4).round(6) == pytest.approx(
        np.ceil(round(refractory * 10, 6))
    )
