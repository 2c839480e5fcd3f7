"""Programs with synapses of their own agree with figures recorded from the original simulator.

The programs are as they were recorded but for the import line; ``synapses.npz`` holds what their
monitors recorded (SI).
"""

from pathlib import Path

import numpy as np
import pytest

from neurolab.brian.magic import defaultclock

from .test_recorded_programs import assert_spikes_equal, recorded

HERE = Path(__file__).parent
PROGRAMS = sorted(path.stem for path in (HERE / "synapses").glob("*.py"))
# The original integrates a linear system with a parameter, or a variable that nothing but spikes
# change, by 100 Euler steps in each step; ours is exact.
INEXACT = {
    "alpha",
    "continuous_parameter",
    "driving_force",
    "gap",
    "nmda",
    "source_variable",
    "step",
}


@pytest.fixture(scope="module")
def figures():
    with np.load(HERE / "synapses.npz") as stored:
        return dict(stored)


def test_all_programs_have_a_figure(figures):
    assert len(PROGRAMS) == 38
    assert {key.split("/")[0] for key in figures} == set(PROGRAMS)


@pytest.mark.parametrize("name", PROGRAMS)
def test_program_agrees_with_its_recorded_figure(name, figures):
    namespace = {}
    defaultclock.start_over()
    source = (HERE / "synapses" / f"{name}.py").read_text()
    exec(compile(source, name, "exec"), namespace)
    assert namespace["outputs"], "a program without outputs would test nothing"
    tolerance = 2e-4 if name in INEXACT else 1e-9
    for label, monitor in namespace["outputs"].items():
        figure = recorded(figures, name, label)
        if "spikes" in figure:
            assert_spikes_equal(monitor, figure["spikes"])
            continue
        times = figure.pop("times")
        np.testing.assert_allclose(np.asarray(monitor.times, float), times, rtol=0, atol=1e-12)
        assert figure, "a figure without traces would test nothing"
        for neuron, values in figure.items():
            ours = np.asarray(monitor[int(neuron)], dtype=float)
            peak = np.abs(values).max()
            np.testing.assert_allclose(ours, values, rtol=0, atol=tolerance * peak)
