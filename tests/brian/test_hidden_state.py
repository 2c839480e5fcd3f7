"""What `run` simulates depends on what the program means, not on what else is alive or where an object is held."""

import types
import warnings

import numpy as np
import pytest

import neurolab
from neurolab import *  # noqa: F403

EQUATIONS = "dV/dt = -V/(5*ms) : volt"


def pair():
    return SpikeGeneratorGroup(1, [(0, 1 * ms)]), NeuronGroup(
        1, EQUATIONS, threshold=10 * mV, reset=0 * mV
    )


def joined(source, cell, weight=6):
    link = Connection(source, cell, "V")
    link[0, 0] = weight * mV
    return link


def peak(monitor):
    assert float(monitor.times[0]) == 0, "new objects begin at t = 0"
    return np.asarray(monitor[0]).max() * 1e3


def measured(cell):
    record = StateMonitor(cell, "V", record=True)
    run(10 * ms)
    return peak(record)


class Holder:
    pass


def as_attribute(source, cell, holder):
    holder.link = joined(source, cell)


def in_a_dict(source, cell, holder):
    holder.all = {"excitatory": [joined(source, cell)]}


def in_a_closure(source, cell, holder):
    link = joined(source, cell)
    holder.get = lambda: link


def in_a_generator(source, cell, holder):
    def made():
        link = joined(source, cell)
        yield 1
        yield link

    holder.generator = made()
    next(holder.generator)


@pytest.mark.parametrize("hold", [as_attribute, in_a_dict, in_a_closure, in_a_generator])
def test_a_connection_belongs_to_the_groups_that_it_joins_wherever_it_is_held(hold):
    source, cell = pair()
    holder = Holder()
    hold(source, cell, holder)
    assert measured(cell) == pytest.approx(6)


def test_a_connection_in_the_function_that_calls_another_takes_part():
    source, cell = pair()
    link = joined(source, cell)
    assert measured(cell) == pytest.approx(6)


def cell_of_a_notebook(names, text):
    exec(text, names)


NETWORK = """
G1 = SpikeGeneratorGroup(1, [(0, 1*ms)])
G2 = NeuronGroup(1, 'dV/dt = -V/(5*ms) : volt', threshold=10*mV, reset=0*mV)
C1 = Connection(G1, G2, 'V')
C1[0, 0] = 6*mV
M = StateMonitor(G2, 'V', record=True)
"""


@pytest.mark.parametrize(
    "keep",
    [
        "Mb = StateMonitor(G2, 'V', record=True)",
        "Out[1] = C1",
        "kept = [M]",
        "_1 = M",
        "old_cell = G2",
        "S = SpikeMonitor(G1)",
        "old = {'all': [G1, G2, C1, M]}",
    ],
)
def test_new_objects_begin_at_zero_whatever_is_left_of_old_ones(keep):
    names = {"Out": {}}
    cell_of_a_notebook(names, "from neurolab import *" + NETWORK + keep + "\nrun(10*ms)")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        cell_of_a_notebook(names, NETWORK + "run(10*ms)")
    assert peak(names["M"]) == pytest.approx(6)
    assert len(names["M"].times) == 100


def test_a_monitor_of_an_earlier_network_is_named_in_a_warning():
    names = {}
    cell_of_a_notebook(
        names,
        "from neurolab import *" + NETWORK + "Mb = StateMonitor(G2, 'V', record=True)\nrun(10*ms)",
    )
    with pytest.warns(neurolab.NeurolabWarning, match="records nothing in this run"):
        cell_of_a_notebook(names, NETWORK + "run(10*ms)")


FAILED = """
try:
    C1[5, 5] = 1*mV
except Exception as error:
    _error = error
"""


@pytest.mark.parametrize("leave", ["Out[1] = C1", "_1 = C1", FAILED])
def test_a_connection_that_only_history_or_a_traceback_holds_acts_no_more(leave):
    names = {"Out": {}}
    cell_of_a_notebook(names, "from neurolab import *" + NETWORK + leave)
    cell_of_a_notebook(names, "C1 = Connection(G1, G2, 'V')\nC1[0, 0] = 6*mV\nrun(10*ms)")
    assert peak(names["M"]) == pytest.approx(6)


def test_unconnected_networks_go_on_each_where_it_was():
    first = NeuronGroup(1, EQUATIONS)
    M1 = StateMonitor(first, "V", record=True)
    run(10 * ms)
    second = NeuronGroup(1, EQUATIONS)
    M2 = StateMonitor(second, "V", record=True)
    run(10 * ms)
    assert (len(M1.times), len(M2.times)) == (200, 100)
    assert float(M2.times[0]) == 0


def test_a_class_may_hold_its_network_and_run_it():
    class Model:
        def __init__(self):
            self.source, self.cell = pair()
            self.link = joined(self.source, self.cell)
            self.record = StateMonitor(self.cell, "V", record=True)

        def play(self):
            run(10 * ms)
            return peak(self.record)

    first, second = Model(), Model()
    assert first.play() == second.play() == pytest.approx(6)


def test_an_operation_takes_part_with_the_groups_that_it_uses():
    holder, (source, cell) = Holder(), pair()
    link = joined(source, cell)

    def operation():
        seen = []

        @network_operation
        def look():
            seen.append(float(cell.V[0]))

        return look, seen

    holder.operation, seen = operation()
    assert measured(cell) == pytest.approx(6)
    assert len(seen) == 100


@pytest.mark.parametrize("missing", ["connection", "monitor"])
def test_what_was_not_added_to_an_explicit_network_is_named(missing):
    source, cell = pair()
    link, record = joined(source, cell), StateMonitor(cell, "V", record=True)
    parts = {"connection": link, "monitor": record}
    left_out = parts.pop(missing)
    with pytest.warns(neurolab.NeurolabWarning, match="is not part of this network") as seen:
        Network(source, cell, *parts.values()).run(2 * ms)
    assert str(left_out) in str(seen[0].message)
    assert seen[0].filename == __file__


def test_reading_the_names_of_the_package_has_no_effect():
    defaultclock.dt = 0.5 * ms
    for _ in range(2):
        neurolab.__all__, dir(neurolab), neurolab.names.EXPORTED
        exec("from neurolab import *", types.ModuleType("program").__dict__)
    assert float(defaultclock.dt) == 0.0005
