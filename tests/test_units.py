"""Quantities as programs use them: arithmetic, entries, numpy's functions, and clashes said in words."""

import numpy as np
import pytest

from neurolab import *  # noqa: F403
from neurolab.errors import NeurolabError, RangeError, UnitsError


@pytest.mark.parametrize(("action", "kind", "message"), [
    (lambda: 3*mV + 1, UnitsError, r"3.0 mV \(volt\) and 1 .* cannot be added"),
    (lambda: 3*mV > 1, UnitsError, "cannot be compared"),
    (lambda: 3*mV < 3*ms, UnitsError, "cannot be compared"),
    (lambda: 2 ** (3*mV), UnitsError, "base and exponent"),
    (lambda: int(3*mV), UnitsError, "made a whole number"),
    (lambda: (3*mV) % (2*ms), UnitsError, "divided with a rest"),
    (lambda: (3*mV) // (2*ms), UnitsError, "cannot be divided"),
    (lambda: ([1, 2]*mV).__iadd__(3*ms), UnitsError, "cannot be added"),
    (lambda: ([1, 2]*mV).__setitem__(0, 3*ms), UnitsError, r"3.0 ms \(second\) cannot be an entry of values in volt"),
    (lambda: ([1, 2]*mV).__setitem__(0, 3), UnitsError, "cannot be an entry of values in volt"),
    (lambda: ([1, 2]*mV)[2], RangeError, "no entry 2 in these values, expected an index from -2 to 1"),
    (lambda: ([1, 2]*mV).__setitem__(2, 3*mV), RangeError, "no entry 2"),
    (lambda: (3*mV)[0], RangeError, "no entry 0 in 3.0 mV"),
    (lambda: exp(3*mV), UnitsError, "combined by exp"),
])
def test_what_units_forbid_is_said_in_words(action, kind, message):
    with pytest.raises(kind, match=message):
        action()


def test_entries_and_parts_of_quantities_can_be_read_and_set():
    values = [1, 2, 3]*mV
    values[0] = 5*mV
    values[1:] += 1*mV
    assert np.asarray(values).tolist() == pytest.approx([0.005, 0.003, 0.004])
    assert float(values[-1]) == pytest.approx(0.004)
    assert (values > 3.5*mV).tolist() == [True, False, True]


def test_functions_of_numpy_that_know_no_units_take_the_numbers_in_si():
    times = [1, 1, 2, 5]*ms
    counts, edges = histogram(times, bins=[0, 1.5, 6]*ms)
    assert (counts.tolist(), edges.tolist()) == ([2, 2], [0, 0.0015, 0.006])
    assert unique(times).tolist() == [0.001, 0.002, 0.005]
    assert str(mean(times)) == "2.25 ms"
    assert str(diff(times)) == "[0.0 1.0 3.0] ms"


def test_a_single_value_of_a_group_is_set_in_its_unit_or_refused():
    G = NeuronGroup(2, "dV/dt = -V/(5*ms) : volt")
    G.V[0] = 5*mV
    G.V[1] += 1*mV
    assert (G.V / mV).tolist() == pytest.approx([5, 1])
    for action in (lambda: G.V.__setitem__(0, 3), lambda: G.V.__setitem__(2, 3*mV), lambda: setattr(G, "V", G.V + 3)):
        with pytest.raises(NeurolabError):
            action()
