"""What a run may hold in memory, and what a fresh process may load before its first result."""

import subprocess
import sys
import tracemalloc

import pytest

from neurolab import *  # noqa: F403

NEURONS, STEPS = 4000, 500
FLOAT = 8
# Loaded when they are needed, if at all: a page's kernel would otherwise be slower to its first trace.
LATE = (
    "sympy",
    "scipy.sparse",
    "scipy.linalg",
    "scipy.integrate",
    "pandas",
    "matplotlib",
    "tqdm",
    "ipywidgets",
    "bqplot",
)


def held(record):
    """Bytes that a run leaves behind in a monitor, and the most that it held meanwhile."""
    tau = 10 * ms
    G = NeuronGroup(NEURONS, "dV/dt = -V/tau : volt")
    Network(G).run(0.1 * ms)
    network = Network(G, StateMonitor(G, "V", record=record))
    tracemalloc.start()
    try:
        network.run(STEPS * 0.1 * ms)
        return tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()


def test_recording_one_neuron_of_many_stores_one():
    one, all_of_them = held(0)[0], held(True)[0]
    assert all_of_them > NEURONS * STEPS * FLOAT
    assert one < all_of_them / 500


def test_recording_three_neurons_stores_three():
    assert held([1, 70, 3999])[0] < 3 * STEPS * FLOAT + 20_000


def test_room_for_what_is_recorded_is_made_once():
    left, most = held(True)
    wanted = NEURONS * STEPS * FLOAT
    assert left < 1.02 * wanted
    assert most < 1.05 * wanted


@pytest.mark.parametrize(
    "program",
    [
        "from neurolab.experiment.presets import TUTORIAL\nfrom neurolab.experiment.simulate import simulate\nsimulate(TUTORIAL)",
        "from neurolab import *\nG = NeuronGroup(2, 'dV/dt = -V/(5*ms) : volt', threshold=1*mV, reset=0*mV)\n"
        "C = Connection(G, G, 'V', weight=1*mV)\nM, S = StateMonitor(G, 'V', record=True), SpikeMonitor(G)\nrun(5*ms)",
    ],
    ids=["page", "script"],
)
def test_the_first_result_loads_nothing_that_it_can_do_without(program):
    code = f"{program}\nimport sys\nprint(*[name for name in {LATE} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
