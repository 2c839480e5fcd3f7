"""Spikes of many neurons as one picture, and below it how often they fire.

A row for each neuron has no room for thousands; here each spike is a dot on a canvas, on the time axis of the traces.
"""

from pathlib import Path

import anywidget
import numpy as np
import traitlets

from ...explain.populations import bin_width, population_rate, populations
from .timeaxis import LEFT, RIGHT, ticks

_HERE = Path(__file__).parent
MOST_ROWS = 24
"""Neurons that are shown as rows of the raster."""
MOST_DOTS = 200_000


def rows_and_bands(experiment):
    """Which groups are shown as rows of the raster, and which as bands of the field: inputs come first."""
    rows, bands, left = [], [], MOST_ROWS
    for group in (*experiment.inputs, *experiment.neurons):
        fits = group.size <= left
        (rows if fits else bands).append(group)
        left -= group.size if fits else 0
    return rows, bands


class SpikeField(anywidget.AnyWidget):
    """Dots for the spikes of large groups, and the rate of each population.

    Attributes
    ----------
    bands : list of dict
        Name and size of each group, and the number of its spikes and of those that are dots.
    populations : list of dict
        Label, band, first and past-the-last neuron, effect (1, -1 or 0) and mean rate in Hz.
    steps, neurons : bytes
        Time step and neuron of each dot, one band after the other, as 32-bit integers.
    rates : bytes
        Rate of each population in each bin, as 32-bit floats.
    bin, duration, step : float
        In ms.
    lit : int
        The time step whose spikes are lit up; -1 for none.
    """

    _esm = _HERE / "spikefield.js"
    _css = _HERE / "spikefield.css"

    bands = traitlets.List().tag(sync=True)
    populations = traitlets.List().tag(sync=True)
    steps = traitlets.Bytes().tag(sync=True)
    neurons = traitlets.Bytes().tag(sync=True)
    rates = traitlets.Bytes().tag(sync=True)
    rate_ticks = traitlets.List().tag(sync=True)
    bin = traitlets.Float(1.0).tag(sync=True)
    duration = traitlets.Float(10.0).tag(sync=True)
    step = traitlets.Float(0.1).tag(sync=True)
    ticks = traitlets.List().tag(sync=True)
    margins = traitlets.List([LEFT, RIGHT]).tag(sync=True)
    lit = traitlets.Int(-1).tag(sync=True)
    drawn = traitlets.Int().tag(sync=True)
    """Counts the pictures, so that the page draws each once."""

    def set_state(self, sync_data):
        """Take nothing that a page sets."""

    def draw(self, result, groups):
        """Show the spikes of these groups.

        Parameters
        ----------
        result : Result
        groups : list of Inputs or Neurons
        """
        experiment = result.experiment
        width = bin_width(experiment)
        bands, shown, dots, rates = [], [], [], []
        for place, group in enumerate(groups):
            neurons, times = result.spikes(group.name)
            every = max(1, -(-len(neurons) * len(groups) // MOST_DOTS))
            steps = np.rint(times[::every] / (experiment.dt * 1e-3))
            dots.append((steps.astype(np.uint32), neurons[::every].astype(np.uint32)))
            bands.append(
                {"name": group.name, "size": group.size, "spikes": len(neurons), "dots": len(steps)}
            )
            for population in populations(experiment, group):
                rate = population_rate(result, population, width)
                rates.append(rate)
                whole = population.last - population.first == group.size
                shown.append(
                    {
                        "label": group.name if whole else population.label,
                        "band": place,
                        "first": population.first,
                        "last": population.last,
                        "effect": population.effect,
                        "mean": float(rate.mean()),
                    }
                )
        with self.hold_sync():
            self.bands, self.populations = bands, shown
            self.steps, self.neurons = (
                b"".join(part.tobytes() for part in parts) for parts in zip(*dots)
            )
            self.rates = np.array(rates, dtype=np.float32).tobytes()
            self.rate_ticks = ticks(max(float(np.max(rates)), 1.0), most=3)
            self.bin, self.duration, self.step = width, experiment.duration, experiment.dt
            self.ticks = ticks(experiment.duration)
            self.drawn += 1
