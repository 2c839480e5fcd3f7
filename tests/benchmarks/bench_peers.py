"""Tutorial 2a's and 2c's networks here and in the compiled simulators, side by side in one run.

The peers live in an environment of their own, which ``make bench`` makes; the table is printed and written to
``.benchmarks/peers.md``.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from neurolab.lab.simulate import simulate
from tests.benchmarks.bench_rerun import EDITS, microseconds

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(__file__).parent / "peers"
PEERS = ROOT / ".venv-peers" / "bin" / "python"
ROUNDS = 3
NETWORKS = {
    "neurolab": (sys.executable, "neurolab_cuba.py"),
    "Brian 2, Cython": (PEERS, "brian2_cuba.py", "cython"),
    "Brian 2, numpy": (PEERS, "brian2_cuba.py", "numpy"),
    "NEST, one thread": (PEERS, "nest_cuba.py", "1"),
    "NEST, two threads": (PEERS, "nest_cuba.py", "2"),
}
RERUNS = {"Brian 2, Cython": (PEERS, "brian2_tutorial.py", "cython"), "NEST": (PEERS, "nest_tutorial.py")}


def measured(command, *numbers):
    """The figures that a program prints as its last line."""
    interpreter, program, *rest = command
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run([str(interpreter), str(PROGRAMS / program), *numbers, *rest], check=True, capture_output=True,
                          text=True, env=environment, cwd=PROGRAMS)
    return json.loads(done.stdout.splitlines()[-1])


def report(title, lines):
    """Print a table and add it to the file."""
    text = f"\n{title}\n\n" + "\n".join(lines) + "\n"
    print(text)
    folder = ROOT / ".benchmarks"
    folder.mkdir(exist_ok=True)
    with (folder / "peers.md").open("a") as file:
        file.write(text)


@pytest.fixture(scope="module", autouse=True)
def peers():
    assert PEERS.exists(), "the peers are not installed: make bench does it"


@pytest.mark.parametrize("neurons", [4000, 20_000])
def test_the_network_of_tutorial_2c(neurons):
    best = {}
    for _ in range(ROUNDS):  # in turn, so that all see the same machine
        for name, command in NETWORKS.items():
            figures = measured(command, str(neurons), "500")
            if name not in best or figures["run"] < best[name]["run"]:
                best[name] = figures
    own = best["neurolab"]["run"]
    report(f"Tutorial 2c with {neurons:,} neurons, 500 ms, best of {ROUNDS} rounds", [
        "| | set-up (s) | run (s) | run, neurolab = 1 | spikes |", "|---|---|---|---|---|",
        *(f"| {name} | {figures['setup']:.2f} | {figures['run']:.2f} | {figures['run'] / own:.1f} | {figures['spikes']} |"
          for name, figures in best.items())])
    for name, figures in best.items():
        assert figures["spikes"] == pytest.approx(best["neurolab"]["spikes"], rel=0.25), f"{name} runs another network"


def test_a_rerun_of_the_tutorial_after_an_edit():
    own = microseconds(lambda k: simulate(EDITS["time constant"](k))) / 1e3
    times = {"neurolab": own, **{name: measured(command)["rerun"] for name, command in RERUNS.items()}}
    report("One rerun of tutorial 2a after an edit, build and all", [
        "| | ms | neurolab = 1 |", "|---|---|---|",
        *(f"| {name} | {time:.2f} | {time / own:.0f} |" for name, time in times.items())])
    assert times["NEST"] > 5 * own
    assert times["Brian 2, Cython"] > 500 * own
