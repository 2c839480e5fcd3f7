"""What a program's monitors recorded, as tables."""

import csv
import io
import runpy
from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner

from neurolab.cli import main
from neurolab.errors import NeurolabError
from neurolab.experiment.presets import TUTORIAL
from neurolab.experiment.simulate import simulate
from neurolab.exports.recordings import recorded_spikes_csv, recorded_traces_csv
from neurolab.exports.tables import spikes_csv, table, traces_csv

PROGRAM = """from neurolab import *
tau = 5*ms
G = SpikeGeneratorGroup(1, [(0, 1*ms)])
H = NeuronGroup(4, model='''dV/dt = -V/tau : volt
                            dw/dt = -w/tau : 1''', threshold=10*mV, reset=0*mV)
H.V = 2*mV
H.w = 1
C = Connection(G, H[2:4], 'V', weight=20*mV)
monitors = [StateMonitor(H, 'V', record=[3, 0]), StateMonitor(H[1:2], 'w', record=True, timestep=10)]
mean = StateMonitor(H, 'V', record=False)
S = SpikeMonitor(H[2:4])
count = SpikeCounter(H)
run(2*ms)
H.V = 7*mV
run(1*ms)
"""


@pytest.fixture
def program(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(PROGRAM)
    return path


def rows_of(text):
    return list(csv.reader(io.StringIO(text)))


def test_the_table_has_what_the_state_monitors_recorded_and_no_more(program):
    rows = rows_of(recorded_traces_csv(runpy.run_path(str(program))))
    assert rows[0] == ["time (ms)", "H[3].V (mV)", "H[0].V (mV)", "H[1].w"]
    assert len(rows) == 1 + 30
    time = np.array([float(row[0]) for row in rows[1:]])
    np.testing.assert_allclose(time, np.arange(30) * 0.1, atol=1e-9)
    # A line of the program changes V between the runs: no description of the network alone would know that.
    first = np.array([float(row[2]) for row in rows[1:]])
    np.testing.assert_allclose(first[:20] / first[0], np.exp(-time[:20] / 5), rtol=1e-9)
    np.testing.assert_allclose(
        first[20:] / first[20], np.exp(-(time[20:] - time[20]) / 5), rtol=1e-9
    )
    assert first[20] > 6.5 > 2 >= first[0]


def test_a_monitor_of_every_tenth_step_leaves_the_others_cells_empty(program):
    rows = rows_of(recorded_traces_csv(runpy.run_path(str(program))))
    given = [index for index, row in enumerate(rows[1:]) if row[3]]
    assert given == [0, 10, 20]


def test_the_spikes_are_those_of_the_spike_monitors_with_the_neurons_of_the_whole_group(program):
    names = runpy.run_path(str(program))
    rows = rows_of(recorded_spikes_csv(names))
    assert rows[0] == ["time (ms)", "group", "neuron"]
    assert [row[1:] for row in rows[1:]] == [["H", "2"], ["H", "3"]]
    assert {float(row[0]) for row in rows[1:]} == {1.1}


def test_the_command_writes_what_the_monitors_recorded(program, tmp_path):
    traces, spikes = tmp_path / "traces.csv", tmp_path / "spikes.csv"
    done = CliRunner().invoke(
        main, ["run", str(program), "--csv", str(traces), "--spikes", str(spikes)]
    )
    assert done.exit_code == 0, done.output
    assert traces.read_text().startswith("time (ms),H[3].V (mV),H[0].V (mV),H[1].w\n")
    assert spikes.read_text().count("H,") == 2


@pytest.mark.parametrize(
    ("write", "words"),
    [(recorded_traces_csv, "StateMonitor"), (recorded_spikes_csv, "SpikeMonitor")],
)
def test_a_program_without_monitors_is_told_what_to_add(program, write, words):
    program.write_text("\n".join(line for line in PROGRAM.splitlines() if "Monitor" not in line))
    with pytest.raises(NeurolabError, match=words):
        write(runpy.run_path(str(program)))


def test_monitors_inside_a_network_are_found(program):
    program.write_text(
        "from neurolab import *\nG = NeuronGroup(1, model='dV/dt = -V/(5*ms) : volt')\n"
        "net = Network(G, StateMonitor(G, 'V', record=True))\nnet.run(1*ms)\n"
    )
    assert len(rows_of(recorded_traces_csv(runpy.run_path(str(program))))) == 11


def test_two_monitors_of_one_group_do_not_write_a_spike_twice(program):
    program.write_text(PROGRAM.replace("S = ", "T = SpikeMonitor(H)\nS = "))
    assert len(rows_of(recorded_spikes_csv(runpy.run_path(str(program))))) == 3


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_name_becomes_a_formula_of_a_spreadsheet(start):
    name = f"{start}1+1"
    target = replace(TUTORIAL.group("target"), name=name)
    experiment = replace(TUTORIAL, groups=(target,), connections=())
    result = simulate(experiment)
    assert all(cell[0] == "'" for cell in rows_of(traces_csv(result))[0][1:])
    for head in (name, f"\t{name}", f"\r\n{name}"):
        assert rows_of(table([head], [[head, -1.5]])) == [[f"'{name}"], [f"'{name}", "-1.5"]]
    fires = replace(target, threshold="Va > -1*mV", reset="")
    cells = [
        row[1] for row in rows_of(spikes_csv(simulate(replace(experiment, groups=(fires,)))))[1:]
    ]
    assert cells
    assert all(cell.startswith("'") for cell in cells)


def test_a_monitor_without_a_name_is_found_with_its_group(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text("""from neurolab import *

class Model:
    def __init__(self):
        self.cells = NeuronGroup(1, "dV/dt = -V/(5*ms) : volt")
        self.cells.V = 2*mV
        self.monitors = {"inner": {"most": [[StateMonitor(self.cells, "V", record=True)]]}}

model = Model()
H = model.cells
run(1*ms)
""")
    assert recorded_traces_csv(runpy.run_path(str(path))).startswith("time (ms),H[0].V (mV)")
