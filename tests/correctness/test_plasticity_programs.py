"""Programs with plastic connections agree with figures recorded from the original simulator.

The programs are as they were recorded but for the import line; ``plasticity.npz`` holds what their
monitors recorded (SI).
"""

from pathlib import Path

import numpy as np
import pytest

from neurolab.brian.magic import defaultclock

from .test_recorded_programs import assert_spikes_equal, assert_traces_agree, recorded

HERE = Path(__file__).parent
PROGRAMS = sorted(path.stem for path in (HERE / "plasticity").glob("*.py"))


@pytest.fixture(scope="module")
def figures():
    with np.load(HERE / "plasticity.npz") as stored:
        return dict(stored)


def test_all_programs_have_a_figure(figures):
    assert len(PROGRAMS) == 25
    assert {key.split("/")[0] for key in figures} == set(PROGRAMS)


@pytest.mark.parametrize("name", PROGRAMS)
def test_program_agrees_with_its_recorded_figure(name, figures):
    namespace = {}
    defaultclock.start_over()
    source = (HERE / "plasticity" / f"{name}.py").read_text()
    exec(compile(source, name, "exec"), namespace)
    assert namespace["outputs"], "a program without outputs would test nothing"
    for label, monitor in namespace["outputs"].items():
        figure = recorded(figures, name, label)
        if "spikes" in figure:
            assert_spikes_equal(monitor, figure["spikes"])
        else:
            assert_traces_agree(monitor, figure, 1e-9)
