"""Each mistake is an error of neurolab and also the built-in kind that Python or numpy raises for the same mistake."""

import numpy as np
import pytest

from neurolab import *
from neurolab import DimensionMismatchError, NeurolabError
from neurolab.errors import BlowUpError, NotReadyError

MODEL = "dV/dt = -V/(5*ms) : volt\nI : amp"


def group(size=3):
    return NeuronGroup(size, MODEL)


MISTAKES = {
    "an index beyond the end": (lambda: group()[5], IndexError),
    "an entry beyond the end": (lambda: ([1, 2] * mV)[2], IndexError),
    "a weight beyond the end": (lambda: Connection(group(), group(), "V")[0, 7], IndexError),
    "a spike of a neuron that does not exist": (
        lambda: SpikeGeneratorGroup(1, [(1, 1 * ms)]),
        IndexError,
    ),
    "a neuron that was not recorded": (
        lambda: StateMonitor(group(), "V", record=[0])[1],
        IndexError,
    ),
    "a neuron that a monitor does not have": (lambda: SpikeMonitor(group())[3], IndexError),
    "no neurons": (lambda: NeuronGroup(0, MODEL), ValueError),
    "half a neuron": (lambda: NeuronGroup(2.5, MODEL), ValueError),
    "a size that is no number": (lambda: NeuronGroup("two", MODEL), TypeError),
    "an unknown option": (lambda: NeuronGroup(1, MODEL, tresh=3), TypeError),
    "a missing argument": (lambda: NeuronGroup(1), TypeError),
    "too many arguments": (
        lambda: Connection(group(), group(), "V", 0 * ms, None, None),
        TypeError,
    ),
    "an argument given twice": (lambda: NeuronGroup(1, MODEL, N=2), TypeError),
    "a source that is no group": (lambda: Connection(3, group(), "V"), TypeError),
    "a clock that is none": (lambda: NeuronGroup(1, MODEL, clock=3), TypeError),
    "an unknown name in equations": (
        lambda: NeuronGroup(1, "dV/dt = -V/tau_none : volt"),
        NameError,
    ),
    "an unknown variable": (lambda: group().W, AttributeError),
    "an unknown variable that is set": (lambda: setattr(group(), "W", 3), AttributeError),
    "a variable that cannot be driven": (lambda: Connection(group(), group(), "W"), AttributeError),
    "a monitor of an unknown variable": (lambda: StateMonitor(group(), "W"), AttributeError),
    "a setting that a monitor does not have": (
        lambda: setattr(SpikeMonitor(group()), "spiks", 3),
        AttributeError,
    ),
    "equations that are none": (lambda: NeuronGroup(1, "dV/dt = : volt"), ValueError),
    "a method that does not exist": (lambda: NeuronGroup(1, MODEL, method="rk9"), ValueError),
    "a seed below 0": (lambda: seed(-1), ValueError),
    "a seed that is no number": (lambda: seed("a"), TypeError),
    "units that differ in a sum": (lambda: 3 * mV + 2 * ms, TypeError),
    "units that differ in a sum, as a value": (lambda: 3 * mV + 2 * ms, ValueError),
    "units that differ in a sum, as the original calls it": (
        lambda: 3 * mV + 2 * ms,
        DimensionMismatchError,
    ),
    "units that differ in an assignment": (
        lambda: setattr(group(), "V", 3 * ms),
        DimensionMismatchError,
    ),
    "a wrong shape": (lambda: setattr(group(), "V", [1, 2] * mV), ValueError),
    "a wrong matrix": (
        lambda: Connection(group(), group(2), "V").connect(W=np.zeros((2, 3))),
        ValueError,
    ),
    "a division by 0": (lambda: (3 * mV) / (0 * ms), ZeroDivisionError),
    "a length of one value": (lambda: len(3 * mV), TypeError),
    "an array as a condition": (lambda: bool([1, 2] * mV), ValueError),
    "a name of the original that is lacking": (lambda: MembraneEquation(), NameError),
    "a name of the original that is lacking, by its kind": (
        lambda: Compartments(),
        NotImplementedError,
    ),
    "a mean before any run": (lambda: StateMonitor(group(), "V").mean, RuntimeError),
    "a root of a negative number": (
        lambda: Network(NeuronGroup(1, "dx/dt = sqrt(x - 1)/ms : 1")).run(1 * ms),
        ValueError,
    ),
    "a variable that grows without bound": (lambda: blown_up(), FloatingPointError),
}


def blown_up():
    cell = NeuronGroup(1, "dx/dt = x*x/ms : 1")
    cell.x = 100
    Network(cell).run(5 * ms)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_our_error_and_the_kind_that_python_raises(mistake):
    action, kind = MISTAKES[mistake]
    with pytest.raises(NeurolabError) as caught:
        action()
    assert isinstance(caught.value, kind)
    assert str(caught.value)


def test_the_kinds_of_results_that_are_not_there_yet_are_told_apart():
    with pytest.raises(NotReadyError, match=r"Call run\(…\) first"):
        StateMonitor(group(), "V").mean
    with pytest.raises(BlowUpError, match="x of neuron 0 grew beyond all bounds"):
        blown_up()
