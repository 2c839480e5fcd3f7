"""Operations and monitors at every place of a time step agree with figures recorded from the original simulator."""

from pathlib import Path

import numpy as np
import pytest

from neurolab import *  # noqa: F403
from tests.correctness.test_recorded_programs import assert_traces_agree, recorded

HERE = Path(__file__).parent
PROGRAMS = sorted((HERE / "operations").glob("*.py"))


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_operations_and_monitors_act_at_their_place_in_the_step(path):
    names = {}
    exec(compile(path.read_text(), str(path), "exec"), names)
    with np.load(HERE / "operations.npz") as stored:
        figures = dict(stored)
    assert names["outputs"], "a program without outputs would test nothing"
    for label, monitor in names["outputs"].items():
        assert_traces_agree(monitor, recorded(figures, path.stem, label), 1e-9)


@pytest.mark.parametrize("first", ["operation", "monitor"])
def test_what_acts_at_the_same_place_acts_in_the_order_in_which_it_was_added(first):
    cell = NeuronGroup(1, "dV/dt = 0*volt/second : volt")
    record = StateMonitor(cell, "V", record=True)

    @network_operation
    def push():
        cell.V += 1 * mV

    order = (push, record) if first == "operation" else (record, push)
    Network(cell, *order).run(0.3 * ms)
    assert np.asarray(record[0]) * 1e3 == pytest.approx(
        [1, 2, 3] if first == "operation" else [0, 1, 2]
    )


def test_in_run_what_was_made_first_acts_first():
    cell = NeuronGroup(1, "dV/dt = 0*volt/second : volt")

    @network_operation
    def zpush():
        cell.V += 1 * mV

    a_record = StateMonitor(cell, "V", record=True)
    run(0.3 * ms)
    assert np.asarray(a_record[0]) * 1e3 == pytest.approx([1, 2, 3])
