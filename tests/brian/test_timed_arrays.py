"""Arrays over time: as functions in equations, and as values of variables."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neurolab import *  # noqa: F403
from neurolab.errors import ArgumentError, RangeError, ShapeError, UnitsError


def group(n=1):
    return NeuronGroup(n, "dV/dt = (I - V)/(5*ms) : volt\nI : volt")


@pytest.mark.parametrize(
    ("time", "value"), [(0, 0), (0.5, 0), (0.6, 1), (1.4, 1), (1.5, 2), (2.5, 2), (2.6, 3), (99, 3)]
)
def test_the_value_is_that_of_the_nearest_time_and_of_the_even_one_halfway(time, value):
    array_over_time = TimedArray([0, 1, 2, 3], dt=1 * ms)
    assert float(array_over_time(time * ms)) == value


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.floats(-20, 20), min_size=1, max_size=40),
    st.integers(1, 60),
)
def test_a_variable_that_follows_an_array_integrates_to_the_closed_form(values, steps):
    G = group()
    G.I = TimedArray(np.array(values) * mV)
    Network(G).run(steps * 0.1 * ms)
    decay = np.exp(-0.1 / 5)
    expected = 0.0
    for step in range(steps):
        present = values[min(step, len(values) - 1)] * 1e-3
        expected = present + (expected - present) * decay
    assert float(G.V[0]) == pytest.approx(expected, abs=1e-12)


def test_a_variable_and_an_equation_that_follow_the_same_array_agree_with_euler():
    J = TimedArray(np.arange(30.0) * mV)
    called = NeuronGroup(1, "dV/dt = (J(t) - V)/(5*ms) : volt")
    set_ = NeuronGroup(1, "dV/dt = (I - V)/(5*ms) : volt\nI : volt", method="euler")
    set_.I = J
    Network(called, set_).run(5 * ms)
    assert float(called.V[0]) == pytest.approx(float(set_.V[0]), rel=1e-12)


def test_columns_are_those_of_the_neurons():
    G = group(3)
    G.I = TimedArray([[1, 2, 3], [4, 5, 6]] * mV)
    Network(G).run(0.2 * ms)
    assert np.asarray(G.I) * 1e3 == pytest.approx([4, 5, 6])


def test_a_part_of_a_group_follows_an_array_and_the_rest_does_not():
    G = group(3)
    G.I = 7 * mV
    G[1:].I = TimedArray([1, 2] * mV)
    Network(G).run(0.2 * ms)
    assert np.asarray(G.I) * 1e3 == pytest.approx([7, 2, 2])


def test_an_array_with_a_slower_clock_sets_the_variable_at_its_steps():
    G = group()
    G.I = TimedArray([1, 2, 3] * mV, dt=1 * ms)
    M = StateMonitor(G, "I", record=True)
    Network(G, M).run(3 * ms)
    assert np.asarray(M[0]) * 1e3 == pytest.approx(np.repeat([1, 2, 3], 10))


def test_between_two_runs_an_array_begins_at_the_present_time():
    G = group()
    network = Network(G)
    network.run(1 * ms)
    G.I = TimedArray([1, 2, 3] * mV)
    network.run(0.2 * ms)
    assert float(G.I[0]) == pytest.approx(2e-3)


def test_a_parameter_that_an_array_sets_still_gives_its_place_to_thresholds_as_functions():
    seen = []

    def fires(V, w, p, current):
        seen.append((V.shape, float(current[0] / mV)))
        return 999 * mV < V

    G = NeuronGroup(
        2,
        "dV/dt = (I - V)/(5*ms) : volt\ndw/dt = -w/ms : 1\np : 1\nI : volt",
        threshold=FunThreshold(fires),
    )
    G.I = TimedArray([3, 4] * mV)
    Network(G).run(0.2 * ms)
    assert seen == [((2,), 3.0), ((2,), 4.0)]


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: TimedArray([]), RangeError),
        (lambda: TimedArray(np.zeros((2, 2, 2))), ShapeError),
        (lambda: TimedArray([1, 2] * mV, times=[2, 1] * ms), RangeError),
        (lambda: TimedArray([1, 2] * mV, times=[1, 2] * ms, dt=1 * ms), ArgumentError),
        (lambda: TimedArray([1, 2] * mV, times=[1, 2] * ms)(0 * ms), ArgumentError),
        (lambda: TimedArray([1, 2] * mV)(1 * mV), UnitsError),
        (lambda: setattr(group(), "I", TimedArray([1, 2] * ms)), UnitsError),
        (lambda: setattr(group(3), "I", TimedArray([[1, 2]] * mV)), ShapeError),
        (lambda: TimedArraySetter(None, "I", [1, 2] * mV), ArgumentError),
    ],
)
def test_an_array_that_does_not_fit_is_refused(make, error):
    with pytest.raises(error):
        make()


def test_a_value_that_an_array_will_replace_gives_a_warning():
    G = group()
    G.I = TimedArray([1, 2] * mV)
    with pytest.warns(NeurolabWarning, match="is set in each step of a run"):
        G.I = 3 * mV
