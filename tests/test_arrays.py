"""Lists that mix dimensions make no array: numpy would take the SI numbers of both without a word."""

import numpy as np
import pytest

from neurolab import *
from neurolab.errors import UnitsError
from neurolab.names import LIST_FUNCTIONS, NUMPY

MIXED = {
    "two units": lambda: array([1 * mV, 2 * ms]),
    "columns of two units": lambda: array([[1 * mV], [2 * ms]]),
    "a plain number": lambda: array([1 * mV, 2]),
    "times and voltages in pairs": lambda: array([(0, 1 * ms), (1, 2 * mV)]),
    "lists that are joined": lambda: concatenate([[1 * mV], [2 * ms]]),
    "arrays that are joined": lambda: vstack([[1, 2] * mV, [1, 2] * ms]),
    "a mean": lambda: mean([1 * mV, 2 * ms]),
    "asarray": lambda: asarray((1 * mV, 2 * ms)),
}


@pytest.mark.parametrize("case", MIXED)
def test_values_of_two_dimensions_are_refused(case):
    with pytest.raises(
        UnitsError, match=r"The values are in .* and in .*\. All must have the same dimension"
    ):
        MIXED[case]()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1 * mV, 2 * volt], [0.001, 2.0]),
        ([1 * mV, 0, inf], [0.001, 0.0, np.inf]),
        ([[1 * mV, 2 * mV], [3 * mV, 4 * mV]], [[0.001, 0.002], [0.003, 0.004]]),
        ([(0, 1 * ms), (1, 2 * ms)], [[0.0, 0.001], [1.0, 0.002]]),
        ([1, 2.5], [1.0, 2.5]),
        ([], []),
        (3 * mV, 0.003),
    ],
)
def test_values_of_one_dimension_become_si_numbers(values, expected):
    np.testing.assert_array_equal(array(values), expected)


def test_the_functions_are_those_of_numpy_in_all_else():
    assert set(LIST_FUNCTIONS) <= set(NUMPY)
    assert array([1, 2], dtype=float).dtype == float
    assert append([1, 2] * mV, 3 * mV)[2] == 3 * mV
    assert array.__doc__ == np.array.__doc__
