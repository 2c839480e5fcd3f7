"""Times of an experiment in its time steps."""

from neurolab.experiment.edits import set_spikes
from neurolab.experiment.presets import TUTORIAL
from neurolab.experiment.simulate import simulate
from neurolab.experiment.step_counts import sharing_a_step


def test_spikes_in_one_step_are_found_and_the_run_fires_once_for_them():
    experiment = set_spikes(TUTORIAL, "inputs", 0, (1, 1.04, 1.05, 1.1, 3, 3.0, 5.3, 5.35))
    assert sharing_a_step(experiment.group("inputs").spikes[0], experiment.dt) == [
        [1.04, 1.05, 1.1]
    ]
    neurons, _ = simulate(experiment).spikes("inputs")
    assert (neurons == 0).sum() == 5  # at 1, 1.1, 3, 5.3 and 5.4 ms
    assert sharing_a_step((), 0.1) == []
