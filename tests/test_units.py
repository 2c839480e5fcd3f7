"""Quantities as programs use them: arithmetic, entries, numpy's functions, and clashes said in words."""

import copy
import operator

import numpy as np
import pytest

from neurolab import *  # noqa: F403
from neurolab.errors import NeurolabError, RangeError, UnitsError


@pytest.mark.parametrize(
    ("action", "kind", "message"),
    [
        (lambda: 3 * mV + 1, UnitsError, r"3.0 mV \(volt\) and 1 .* cannot be added"),
        (lambda: 3 * mV > 1, UnitsError, "cannot be compared"),
        (lambda: 3 * mV < 3 * ms, UnitsError, "cannot be compared"),
        (lambda: 2 ** (3 * mV), UnitsError, "base and exponent"),
        (lambda: int(3 * mV), UnitsError, "made a whole number"),
        (lambda: (3 * mV) % (2 * ms), UnitsError, "divided with a remainder"),
        (lambda: (3 * mV) // (2 * ms), UnitsError, "cannot be divided"),
        (lambda: ([1, 2] * mV).__iadd__(3 * ms), UnitsError, "cannot be added"),
        (
            lambda: ([1, 2] * mV).__setitem__(0, 3 * ms),
            UnitsError,
            r"3.0 ms \(second\) cannot be an entry of values in volt",
        ),
        (
            lambda: ([1, 2] * mV).__setitem__(0, 3),
            UnitsError,
            "cannot be an entry of values in volt",
        ),
        (
            lambda: ([1, 2] * mV)[2],
            RangeError,
            "no entry 2 in these values. Use an index from -2 to 1",
        ),
        (lambda: ([1, 2] * mV).__setitem__(2, 3 * mV), RangeError, "no entry 2"),
        (lambda: (3 * mV)[0], RangeError, "no entry 0 in 3.0 mV"),
        (lambda: exp(3 * mV), UnitsError, "combined by exp"),
    ],
)
def test_what_units_forbid_is_said_in_words(action, kind, message):
    with pytest.raises(kind, match=message):
        action()


def test_entries_and_parts_of_quantities_can_be_read_and_set():
    values = [1, 2, 3] * mV
    values[0] = 5 * mV
    values[1:] += 1 * mV
    assert np.asarray(values).tolist() == pytest.approx([0.005, 0.003, 0.004])
    assert float(values[-1]) == pytest.approx(0.004)
    assert (values > 3.5 * mV).tolist() == [True, False, True]


def test_functions_of_numpy_that_know_no_units_take_the_numbers_in_si():
    times = [1, 1, 2, 5] * ms
    counts, edges = histogram(times, bins=[0, 1.5, 6] * ms)
    assert (counts.tolist(), edges.tolist()) == ([2, 2], [0, 0.0015, 0.006])
    assert unique(times).tolist() == [0.001, 0.002, 0.005]
    assert str(mean(times)) == "2.25 ms"
    assert str(diff(times)) == "[0.0 1.0 3.0] ms"


def test_a_single_value_of_a_group_is_set_in_its_unit_or_refused():
    G = NeuronGroup(2, "dV/dt = -V/(5*ms) : volt")
    G.V[0] = 5 * mV
    G.V[1] += 1 * mV
    assert (G.V / mV).tolist() == pytest.approx([5, 1])
    for action in (
        lambda: G.V.__setitem__(0, 3),
        lambda: G.V.__setitem__(2, 3 * mV),
        lambda: setattr(G, "V", G.V + 3),
    ):
        with pytest.raises(NeurolabError):
            action()


VALUES = {
    "volts": 3 * mV,
    "many volts": [1.0, 2.0, 3.0] * mV,
    "seconds": 2 * ms,
    "two seconds": [1.0, 2.0] * ms,
    "a table": np.ones((2, 3)) * mV,
    "zero": 0,
    "a number": 1.5,
    "true": True,
    "numpy's true": np.True_,
    "nothing": None,
    "a text": "a",
    "numbers": np.arange(3.0),
    "flags": np.array([True, False, True]),
    "a list": [1, 2, 3],
    "mixed": [1 * mV, 2 * ms],
    "complex": 1j,
    "infinity": np.inf,
    "texts": np.array(["a", "b"]),
    "a dict": {},
    "a slice": slice(0, 1),
    "a broken number": 0.5,
    "rows": [[1, 2], [3]],
}
PAIRS = (
    operator.add,
    operator.sub,
    operator.mul,
    operator.truediv,
    operator.floordiv,
    operator.mod,
    operator.pow,
    operator.matmul,
    divmod,
    operator.lt,
    operator.ge,
    operator.eq,
    operator.iadd,
    operator.imul,
    operator.itruediv,
    operator.ipow,
    operator.imod,
    operator.ifloordiv,
    operator.and_,
    operator.or_,
    operator.getitem,
    min,
    max,
    round,
    np.add,
    np.multiply,
    np.power,
    np.maximum,
    np.hypot,
    np.dot,
    np.append,
    np.searchsorted,
    np.allclose,
    np.isclose,
    np.convolve,
    np.linspace,
    np.fmod,
    np.logical_and,
    np.copysign,
    np.outer,
    np.full_like,
)
SINGLE = (
    int,
    float,
    complex,
    round,
    abs,
    len,
    list,
    bool,
    sum,
    min,
    sorted,
    operator.neg,
    operator.invert,
    operator.index,
    np.sum,
    np.mean,
    np.exp,
    np.log,
    np.sqrt,
    np.floor,
    np.prod,
    np.cumsum,
    np.cumprod,
    np.sort,
    np.unique,
    np.logical_not,
    np.radians,
    np.zeros,
    np.reciprocal,
    range,
    rand,
)
WORDS_OF_PINT = (
    "Cannot convert",
    "dimensionless",
    "pint",
    "magnitude",
    "PlainQuantity",
    "_is_multiplicative",
    "Quantity'",
    "Neither Quantity",
)


def complaint(action):
    """What an action that fails says; empty where it works."""
    try:
        with np.errstate(all="ignore"):
            action()
    except Exception as error:
        return f"{type(error).__module__} {error}"
    return ""


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "name", [name for name, value in VALUES.items() if hasattr(value, "units")]
)
def test_no_operation_on_a_quantity_answers_in_words_of_pint(name):
    quantity, found = VALUES[name], []
    for other_name, other in VALUES.items():
        for function in PAIRS:
            for one, two in ((quantity, other), (other, quantity)):
                said = complaint(
                    lambda f=function, a=one, b=two: f(copy.deepcopy(a), copy.deepcopy(b))
                )
                if any(word in said for word in WORDS_OF_PINT) or len(said) > 400:
                    found.append((function.__name__, name, other_name, said[:120]))
    for function in SINGLE:
        said = complaint(lambda f=function: f(copy.deepcopy(quantity)))
        if any(word in said for word in WORDS_OF_PINT):
            found.append((function.__name__, name, said[:120]))
    assert found == []


@pytest.mark.parametrize(
    ("action", "value"),
    [
        (lambda: 500 * Hz * (2 * ms > 1 * ms), 500 * Hz),
        (lambda: 500 * Hz * (1 * ms > 2 * ms), 0 * Hz),
        (lambda: (2 * ms > 1 * ms) * 500 * Hz, 500 * Hz),
        (lambda: clip([-1, 2] * nA, 0, inf), [0, 2] * nA),
        (lambda: maximum([-1, 2] * mV, 0), [0, 2] * mV),
        (lambda: linspace(0, 10 * ms, 3), [0, 5, 10] * ms),
        (lambda: ([1, 2] * mV)[1.0], 2 * mV),
        (lambda: sum([1 * mV, 2 * mV]), 3 * mV),
        (lambda: ([1, 7] * ms) % (5 * ms), [1, 2] * ms),
        (lambda: fmod(7 * ms, 5 * ms), 2 * ms),
        (lambda: ([1, 7] * ms) // (3 * ms), [0, 2]),
        (lambda: where([1, 3] * mV > 2 * mV, [1, 3] * mV, 0), [0, 3] * mV),
    ],
)
def test_conditions_zeros_and_bounds_go_with_every_unit(action, value):
    np.testing.assert_allclose(np.asarray(action()), np.asarray(value), rtol=1e-12)


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (lambda: (np.arange(3.0) % (5 * ms)) / (5 * ms), r"plain number\) and 5.0 ms \(second\)"),
        (
            lambda: np.remainder([1, 2] * mV, 5 * ms),
            r"\(volt\) and 5.0 ms \(second\) cannot be divided with a remainder",
        ),
        (lambda: np.digitize([1, 2] * mV, [1, 2] * ms), "cannot be combined by digitize"),
        (lambda: histogram([1, 2] * mV, [1, 2] * ms), "cannot be combined by histogram"),
        (lambda: ([1, 2] * mV)[1.5], r"There is no entry 1.5|1.5 is not an index"),
        (
            lambda: np.ones(1000) * mV + np.ones(1000) * ms,
            r"values of shape \(1000,\) in mV \(volt\) and values of shape",
        ),
        (lambda: [1, 2] * mV + [1, 2, 3] * mV, r"Their shapes \(2,\) and \(3,\) do not fit"),
        (lambda: (3 * mV) & (2 * mV), "neither true nor false.*join conditions with brackets"),
        (lambda: (3 * mV).volts, "A quantity has no 'volts'"),
        (lambda: ([] * mV)[-1], "there are no values"),
        (lambda: 3 * mV < None, "cannot be compared"),
        (lambda: [3, 4] * mV + "a", "Use numbers or quantities"),
    ],
)
def test_a_message_about_units_says_which_values_and_how_to_mend_it(action, message):
    with pytest.raises(NeurolabError, match=message) as caught:
        action()
    assert len(str(caught.value)) < 300
