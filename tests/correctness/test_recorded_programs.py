"""Programs of the tutorial's kind agree with figures recorded from the original simulator.

The programs are as they were recorded but for the import line; ``figures.npz`` holds, under
``program/monitor/times``, ``program/monitor/neuron`` and ``program/monitor/spikes``, what its monitors recorded (SI).
"""

from pathlib import Path

import numpy as np
import pytest

from neurolab.brian.magic import defaultclock

HERE = Path(__file__).parent
PROGRAMS = sorted(path.stem for path in (HERE / "programs").glob("*.py"))
TOLERANCE = {"tutorial_2a": 1e-12, "tutorial_2a_firing": 1e-12}


def run_program(name):
    namespace = {}
    defaultclock.start_over()
    source = (HERE / "programs" / f"{name}.py").read_text()
    exec(compile(source, name, "exec"), namespace)
    return namespace["outputs"]


def recorded(figures, program, monitor):
    prefix = f"{program}/{monitor}/"
    return {key[len(prefix) :]: values for key, values in figures.items() if key.startswith(prefix)}


def assert_spikes_equal(monitor, spikes):
    ours = sorted((neuron, round(float(time) * 1e7)) for neuron, time in monitor.spikes)
    assert ours == sorted((int(neuron), round(time * 1e7)) for neuron, time in spikes)


def assert_traces_agree(monitor, figure, tolerance):
    times = figure.pop("times")
    np.testing.assert_allclose(np.asarray(monitor.times), times, rtol=0, atol=1e-12)
    assert figure, "a figure without traces would test nothing"
    for neuron, values in figure.items():
        peak = np.abs(values).max()
        np.testing.assert_allclose(
            np.asarray(monitor[int(neuron)]), values, rtol=0, atol=tolerance * peak
        )


def test_all_recorded_programs_are_here(figures):
    assert len(PROGRAMS) == 78
    assert {key.split("/")[0] for key in figures} == set(PROGRAMS)


@pytest.mark.parametrize("name", PROGRAMS)
def test_program_agrees_with_its_recorded_figure(name, figures):
    for label, monitor in run_program(name).items():
        figure = recorded(figures, name, label)
        if "spikes" in figure:
            assert_spikes_equal(monitor, figure["spikes"])
        else:
            assert_traces_agree(monitor, figure, TOLERANCE.get(name, 1e-9))
