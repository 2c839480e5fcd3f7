"""Tutorial 2a's and 2c's networks here and in the compiled simulators, side by side in one run.

The peers live in an environment of their own, which ``make bench`` makes. Set-up is building and connecting; the run is that
of a program which has run before, so that Brian 2 finds its code compiled; a second run goes on from there.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from neurolab.experiment.simulate import simulate
from tests.benchmarks.bench_rerun import EDITS, microseconds
from tests.benchmarks.report import add, table

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(__file__).parent / "peers"
PEERS = ROOT / ".venv-peers" / "bin" / "python"
ROUNDS = 3
AHEAD = {4000: 4, 20_000: 1}
"""How many times as long the compiled simulators must take at least, by the number of neurons."""
NETWORKS = {
    "neurolab": (sys.executable, "neurolab_cuba.py"),
    "Brian 2, Cython": (PEERS, "brian2_cuba.py", "cython"),
    "Brian 2, numpy": (PEERS, "brian2_cuba.py", "numpy"),
    "NEST, one thread": (PEERS, "nest_cuba.py", "1"),
    "NEST, two threads": (PEERS, "nest_cuba.py", "2"),
}
LEARNING = {
    "neurolab": (sys.executable, "neurolab_stdp.py"),
    "Brian 2, Cython": (PEERS, "brian2_stdp.py", "cython"),
}
LEARNING_SECONDS = 100
RERUNS = {
    "Brian 2, Cython": (PEERS, "brian2_tutorial.py", "cython"),
    "NEST": (PEERS, "nest_tutorial.py"),
}


def measured(command, *numbers):
    """The figures that a program prints as its last line."""
    interpreter, program, *rest = command
    # The peers need another numpy: what our environment adds to the path is not for them.
    environment = {
        name: value
        for name, value in os.environ.items()
        if name != "PYTHONPATH" or interpreter != PEERS
    }
    done = subprocess.run(
        [str(interpreter), str(PROGRAMS / program), *numbers, *rest],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
        cwd=PROGRAMS,
    )
    return json.loads(done.stdout.splitlines()[-1])


def versions():
    """What the peers' environment holds."""
    code = "from importlib.metadata import version as v\nprint(f\"Brian 2 {v('brian2')}, NEST {v('nest-simulator')}\")"
    return subprocess.run(
        [str(PEERS), "-c", code], check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture(scope="module", autouse=True)
def peers():
    assert PEERS.exists(), "the peers are not installed: make bench does it"


@pytest.mark.parametrize("neurons", AHEAD)
def test_the_network_of_tutorial_2c(neurons):
    rounds = {name: [] for name in NETWORKS}
    for _ in range(ROUNDS):  # in turn, so that all see the same machine
        for name, command in NETWORKS.items():
            rounds[name].append(measured(command, str(neurons), "500"))
    best = {
        name: {figure: min(each[figure] for each in found) for figure in found[0]}
        for name, found in rounds.items()
    }
    own = best["neurolab"]["run"]
    add(
        f"1 network {neurons:06}",
        f"Tutorial 2c's network, {neurons:,} neurons, 500 ms ({versions()})",
        table(
            ("seconds", "set-up", "run", "second run", "run, neurolab = 1", "spikes"),
            [
                (
                    name,
                    f"{figures['setup']:.2f}",
                    f"{figures['run']:.2f}",
                    f"{figures['again']:.2f}",
                    f"{figures['run'] / own:.1f}",
                    f"{figures['spikes']:,}",
                )
                for name, figures in best.items()
            ],
        ),
        short=True,
    )
    for name, figures in best.items():
        assert figures["spikes"] == pytest.approx(best["neurolab"]["spikes"], rel=0.25), (
            f"{name} runs another network"
        )
    for name in ("Brian 2, Cython", "NEST, one thread"):
        assert best[name]["run"] > AHEAD[neurons] * own, name


def test_a_neuron_that_learns_from_a_thousand_inputs():
    rounds = {name: [] for name in LEARNING}
    for _ in range(2):
        for name, command in LEARNING.items():
            rounds[name].append(measured(command, str(LEARNING_SECONDS)))
    best = {name: min(each["again"] for each in found) for name, found in rounds.items()}
    spikes = {name: found[0]["spikes"] for name, found in rounds.items()}
    add(
        "3 plasticity",
        f"1000 Poisson inputs with spike-timing-dependent plasticity, {LEARNING_SECONDS} s",
        table(
            ("seconds", "run", "run, neurolab = 1", "spikes"),
            [
                (name, f"{each:.1f}", f"{each / best['neurolab']:.1f}", f"{spikes[name]:,}")
                for name, each in best.items()
            ],
        ),
        short=True,
    )
    assert spikes["Brian 2, Cython"] == pytest.approx(spikes["neurolab"], rel=0.25)
    assert best["Brian 2, Cython"] > 3 * best["neurolab"]


def test_a_rerun_of_the_tutorial_after_an_edit():
    own = microseconds(lambda k: simulate(EDITS["time constant"](k))) / 1e3
    peers = {
        name: min(measured(command)["rerun"] for _ in range(2))  # the second time, all is compiled
        for name, command in RERUNS.items()
    }
    times = {"neurolab": own, **peers}
    add(
        "2 rerun",
        "Tutorial 2a again after an edit, build and all",
        table(
            ("", "ms", "neurolab = 1"),
            [(name, f"{each:.2f}", f"{each / own:.0f}") for name, each in times.items()],
        ),
        short=True,
    )
    assert times["NEST"] > 5 * own
    assert times["Brian 2, Cython"] > 500 * own
