"""Options, threshold objects and words in equations agree with figures recorded from the original simulator.

The programs are as they were recorded but for the import line; ``options.npz`` holds what their monitors recorded (SI).
"""

from pathlib import Path

import numpy as np
import pytest

from .test_recorded_programs import assert_spikes_equal, recorded

HERE = Path(__file__).parent
PROGRAMS = sorted(path.stem for path in (HERE / "options").glob("*.py"))
# The original integrates a linear system with a parameter by 100 Euler steps in each step; ours is exact.
TOLERANCE = 2e-4


@pytest.fixture(scope="module")
def figures():
    with np.load(HERE / "options.npz") as stored:
        return dict(stored)


def test_all_programs_have_a_figure(figures):
    assert len(PROGRAMS) == 11
    assert {key.split("/")[0] for key in figures} == set(PROGRAMS)


@pytest.mark.parametrize("name", PROGRAMS)
def test_program_agrees_with_its_recorded_figure(name, figures):
    namespace = {}
    exec(compile((HERE / "options" / f"{name}.py").read_text(), name, "exec"), namespace)
    for label, monitor in namespace["outputs"].items():
        figure = recorded(figures, name, label)
        if "spikes" in figure:
            assert_spikes_equal(monitor, figure["spikes"])
            continue
        np.testing.assert_allclose(
            np.asarray(monitor.times), figure.pop("times"), rtol=0, atol=1e-12
        )
        for neuron, values in figure.items():
            peak = np.abs(values).max()
            ours = np.asarray(monitor[int(neuron)], dtype=float)
            np.testing.assert_allclose(ours, values, rtol=0, atol=TOLERANCE * peak)
