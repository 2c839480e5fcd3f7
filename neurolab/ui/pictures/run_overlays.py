"""The traces of another run as overlays."""

from ...experiment.result import Result
from ...explain.comparison import MOST_NEURONS
from ...explain.drawn_paths import path
from .overlay import Overlay


def run_overlays(result: Result, label: str, look: str) -> list[Overlay]:
    """Return an overlay for each variable of the first neurons of each group.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> from neurolab.experiment.simulate import simulate
    >>> [overlay.state for overlay in run_overlays(simulate(TUTORIAL), "run 1", "pinned")]
    ['Va', 'Vb']
    """
    overlays = []
    for name, states in result.states.items():
        group = result.experiment.neurons_of(name)
        for state in states:
            for neuron in range(min(result.recorded[name].shape[2], MOST_NEURONS)):
                times, values = path(result, group, state, neuron)
                overlays.append(Overlay(name, state, neuron, label, times, values, look))
    return overlays
