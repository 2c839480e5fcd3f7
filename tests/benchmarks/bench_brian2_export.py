"""Exported programs, run by the real Brian 2, give the lab's traces."""

import json
import subprocess

import numpy as np
import pytest

from neurolab.exports.brian2 import to_brian2
from neurolab.lab.simulate import simulate
from tests.benchmarks.bench_peers import PEERS, PROGRAMS
from tests.benchmarks.report import add
from tests.correctness.test_recorded_programs import PROGRAMS as RECORDED
from tests.lab.small_presets import SMALL
from tests.lab.test_from_objects import describe, run_program


@pytest.fixture(scope="module")
def experiments():
    return {**SMALL, **{name: describe(run_program(name)) for name in RECORDED[::2]}}


@pytest.fixture(scope="module")
def run_by_brian2(experiments, tmp_path_factory):
    assert PEERS.exists(), "the peers are not installed: make bench does it"
    folder = tmp_path_factory.mktemp("brian2")
    texts = {name: to_brian2(experiment) for name, experiment in experiments.items()}
    (folder / "programs.json").write_text(json.dumps(texts))
    subprocess.run([str(PEERS), str(PROGRAMS / "brian2_scripts.py"), str(folder / "programs.json"), str(folder / "found.npz")],
                   check=True, cwd=folder)
    with np.load(folder / "found.npz") as stored:
        return dict(stored)


def test_brian_2_gives_the_traces_of_the_lab(experiments, run_by_brian2):
    farthest = 0.0
    for name, experiment in experiments.items():
        result = simulate(experiment)
        for group in experiment.neurons:
            for state in result.states[group.name]:
                ours, theirs = result.trace(group.name, state), run_by_brian2[f"{name}/{group.name}/{state}"]
                peak = max(np.abs(ours).max(), 1e-12)
                np.testing.assert_allclose(theirs, ours, rtol=0, atol=1e-9 * peak, err_msg=f"{name}: {state}")
                farthest = max(farthest, np.abs(theirs - ours).max() / peak)
    add("6 export", "Exported programs, run by Brian 2", [
        f"{len(experiments)} programs; the largest difference of a trace from the lab's is {farthest:.1g} of its peak."])
