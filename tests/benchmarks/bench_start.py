"""From the start of a process to its first result, beside a process that only imports numpy; and what a monitor holds."""

import os
import subprocess
import sys
import time

from tests.benchmarks.report import add, table
from tests.brian.test_costs import NEURONS, STEPS, held

ROUNDS = 8
PROCESSES = {
    "bare Python": "",
    "import numpy": "import numpy",
    "first result of the page": "from neurolab.experiment.presets import TUTORIAL\n"
    "from neurolab.experiment.simulate import simulate\n"
    "simulate(TUTORIAL)",
    "first result of a script": "from neurolab import *\nG = NeuronGroup(1, 'dV/dt = -V/(5*ms) : volt')\n"
    "M = StateMonitor(G, 'V', record=True)\nrun(10*ms)\nM[0]",
}


def milliseconds(code):
    """Wall and processor time of a process."""
    begin, used = time.perf_counter(), os.times()
    subprocess.run([sys.executable, "-c", code], check=True)
    wall, now = time.perf_counter() - begin, os.times()
    return wall * 1e3, (
        now.children_user + now.children_system - used.children_user - used.children_system
    ) * 1e3


def test_a_process_has_its_first_result_in_a_few_times_what_numpy_alone_takes():
    measured = {name: [] for name in PROCESSES}
    for _ in range(ROUNDS):  # in turn, so that all see the same machine
        for name, code in PROCESSES.items():
            measured[name].append(milliseconds(code))
    best = {name: [min(each) for each in zip(*times)] for name, times in measured.items()}
    numpy = best["import numpy"]
    add(
        "4 start",
        "From the start of a process",
        table(
            ("", "ms", "of the processor (ms)", "import numpy = 1"),
            [
                (name, f"{wall:.0f}", f"{used:.0f}", f"{wall / numpy[0]:.1f}")
                for name, (wall, used) in best.items()
            ],
        ),
    )
    assert best["first result of the page"][1] < 4 * numpy[1]
    assert best["first result of a script"][1] < 5 * numpy[1]


def test_a_monitor_holds_what_it_records():
    held(0)
    kept = {1: held(0)[0], NEURONS: held(True)[0]}
    add(
        "5 memory",
        f"What a StateMonitor holds after {STEPS} steps of {NEURONS:,} neurons",
        table(
            ("neurons recorded", "kB", "bytes a value"),
            [
                (f"{count:,}", f"{size / 1e3:,.0f}", f"{size / STEPS / count:.1f}")
                for count, size in kept.items()
            ],
        ),
    )
    assert kept[NEURONS] > 500 * kept[1]
