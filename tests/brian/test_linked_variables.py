"""Variables that follow a variable of another group."""

import numpy as np
import pytest

from neurolab import *  # noqa: F403
from neurolab.errors import ArgumentError, NeurolabError, ShapeError, UnitsError


def source(n=1):
    return NeuronGroup(n, "dV/dt = 1*mV/ms : volt\ny = 2*V : volt")


def target(n=1):
    return NeuronGroup(n, "dx/dt = I/ms : volt\nI : volt")


@pytest.mark.parametrize(
    ("function", "value"),
    [
        (None, 0.9),
        (lambda v: 2 * v + 1 * mV, 2.8),
        (lambda v: np.minimum(v + 0.0001, 0.0005), 0.5),  # computes with SI numbers
    ],
)
def test_a_variable_follows_with_the_value_of_the_step_before(function, value):
    A, B = source(), target()
    B.I = linked_var(A, "V", func=function)
    Network(A, B).run(1 * ms)
    assert float(B.I[0]) * 1e3 == pytest.approx(value)


def test_static_equations_and_parts_of_groups_can_be_followed():
    A, B = source(3), target(2)
    A.V = [1, 2, 3] * mV
    B.I = linked_var(A[1:], "y", when="end")
    Network(A, B).run(1 * ms)
    assert np.asarray(B.I) * 1e3 == pytest.approx([6, 8])


def test_the_link_acts_in_run_without_a_name():
    A, B = source(), target()
    B.I = linked_var(A, "V", when="end")
    run(1 * ms)
    assert float(B.I[0]) * 1e3 == pytest.approx(1.0)


def test_a_link_can_copy_at_the_steps_of_a_slower_clock():
    A, B = source(), target()
    B.I = linked_var(A, "V", clock=EventClock(dt=0.5 * ms))
    Network(A, B).run(1 * ms)
    assert float(B.I[0]) * 1e3 == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: linked_var(PoissonGroup(1), "V"), ArgumentError),
        (lambda: linked_var(source(), "W"), NeurolabError),
        (lambda: linked_var(source(), "V", when="never"), NeurolabError),
        (lambda: setattr(target(), "I", linked_var(source(3), "V")), ShapeError),
        (
            lambda: setattr(target(), "I", linked_var(NeuronGroup(1, "dg/dt = -g/ms : amp"), "g")),
            UnitsError,
        ),
    ],
)
def test_a_link_that_does_not_fit_is_refused(make, error):
    with pytest.raises(error):
        make()
