"""The spikes of many neurons as one plot, with the rate of each population below it.

There is no room for a row for each of thousands of neurons. Here each spike is a dot on a canvas,
on the time axis of the traces.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import traitlets
from numpy.typing import NDArray

from ...array_types import FloatArray
from ...experiment.experiment import Experiment, Inputs, Neurons
from ...experiment.result import Result
from ...explain.populations import Population, bin_width, population_rate, populations
from ..controls.assets import script
from ..controls.page_widget import PageWidget
from .driven_variables import driven_colour
from .timeaxis import LEFT, RIGHT, ticks

_HERE = Path(__file__).parent
MOST_ROWS = 24
"""Number of neurons that are shown as rows of the raster."""
MOST_DOTS = 200_000

Group: TypeAlias = Inputs | Neurons


def rows_and_bands(experiment: Experiment) -> tuple[list[Group], list[Group]]:
    """Return the groups that the raster shows as rows, and those that the field shows as bands.

    Examples
    --------
    >>> from neurolab.experiment.presets import BALANCED, TUTORIAL
    >>> [len(groups) for groups in rows_and_bands(TUTORIAL)]
    [2, 0]
    >>> [len(groups) for groups in rows_and_bands(BALANCED)]
    [0, 1]
    """
    rows: list[Group] = []
    bands: list[Group] = []
    left = MOST_ROWS
    groups: tuple[Group, ...] = (*experiment.inputs, *experiment.neurons)
    for group in groups:
        if group.size <= left:
            rows.append(group)
            left -= group.size
        else:
            bands.append(group)
    return rows, bands


class SpikeField(PageWidget):
    """Dots for the spikes of large groups, and the rate of each population.

    Attributes
    ----------
    bands : list of dict
        Name and size of each group, the number of its spikes, and how many of them are dots.
    populations : list of dict
        Label, band, first and past-the-last neuron, effect (1, -1 or 0), colour, mean rate in Hz.
    steps, neurons : bytes
        Time step and neuron of each dot, one band after the other, as 32-bit integers.
    rates : bytes
        Rate of each population in each bin, as 32-bit floats.
    bin, duration, step : float
        In ms.
    lit : int
        The time step whose spikes are highlighted; -1 for none.
    drawn : int
        Number of drawings; the page draws each one once.
    """

    _esm = script(_HERE / "spikefield.js")
    _css = _HERE / "spikefield.css"

    bands = traitlets.List(traitlets.Dict()).tag(sync=True)
    populations = traitlets.List(traitlets.Dict()).tag(sync=True)
    steps = traitlets.Bytes().tag(sync=True)
    neurons = traitlets.Bytes().tag(sync=True)
    rates = traitlets.Bytes().tag(sync=True)
    rate_ticks = traitlets.List(traitlets.Float()).tag(sync=True)
    bin = traitlets.Float(1.0).tag(sync=True)
    duration = traitlets.Float(10.0).tag(sync=True)
    step = traitlets.Float(0.1).tag(sync=True)
    ticks = traitlets.List(traitlets.Float()).tag(sync=True)
    margins = traitlets.List(traitlets.Int(), [LEFT, RIGHT]).tag(sync=True)
    lit = traitlets.Int(-1).tag(sync=True)
    drawn = traitlets.Int().tag(sync=True)

    def draw(self, result: Result, groups: Sequence[Group]) -> None:
        """Show the spikes of these groups."""
        experiment = result.experiment
        width = bin_width(experiment)
        most = MOST_DOTS // len(groups)
        dots = [_dots(result, group, most) for group in groups]
        parts = [
            (place, group, population)
            for place, group in enumerate(groups)
            for population in populations(experiment, group)
        ]
        rates = [population_rate(result, population, width) for *_, population in parts]
        with self.hold_sync():
            self.bands = [
                _band(group, len(result.spikes(group.name)[0]), len(steps))
                for group, (steps, _) in zip(groups, dots)
            ]
            self.populations = [_plain(result, *part, rate) for part, rate in zip(parts, rates)]
            self.steps = b"".join(steps.tobytes() for steps, _ in dots)
            self.neurons = b"".join(neurons.tobytes() for _, neurons in dots)
            self.rates = np.array(rates, dtype=np.float32).tobytes()
            self.rate_ticks = ticks(max(float(np.max(rates)), 1.0), most=3)
            self.bin = width
            self.duration = experiment.duration
            self.step = experiment.dt
            self.ticks = ticks(experiment.duration)
            self.drawn += 1


def _dots(result: Result, group: Group, most: int) -> tuple[NDArray[np.uint32], ...]:
    """Return time steps and neurons of a group's spikes, evenly thinned out to at most `most`."""
    neurons, times = result.spikes(group.name)
    every = max(1, -(-len(neurons) // most))
    steps = np.rint(times[::every] / (result.experiment.dt * 1e-3))
    return steps.astype(np.uint32), neurons[::every].astype(np.uint32)


def _band(group: Group, spikes: int, dots: int) -> dict[str, Any]:
    return {"name": group.name, "size": group.size, "spikes": spikes, "dots": dots}


def _plain(
    result: Result, place: int, group: Group, population: Population, rate: FloatArray
) -> dict[str, Any]:
    is_whole = population.last - population.first == group.size
    return {
        "label": group.name if is_whole else population.label,
        "band": place,
        "first": population.first,
        "last": population.last,
        "effect": population.effect,
        "colour": driven_colour(result, group.name, population.first, population.last),
        "mean": float(rate.mean()),
    }
