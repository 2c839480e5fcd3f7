"""What the plots show of a run: curves, thresholds, peaks, overlays and rows of spikes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeAlias

import numpy as np

from ...experiment.checked import state_unit
from ...experiment.experiment import Experiment
from ...experiment.result import Result
from ...explain.amounts import apart, time_text
from ...explain.drawn_paths import path
from ...explain.threshold_levels import threshold_level
from ...explain.threshold_misses import firing_peaks, misses
from ...grid import Ms
from ...units import unit
from .curve import Curve
from .driven_variables import driven_colour
from .figure_choice import Span, Variable
from .overlay import Overlay
from .overlays import Drawn
from .raster import SpikeRow
from .spikefield import Group

SpikeMark: TypeAlias = tuple[Ms, float]
"""Time (ms) of a peak, and its value in the unit of its figure."""


class Level(NamedTuple):
    """A threshold that is a level of a variable, in the unit of its figure."""

    group: str
    state: str
    value: float
    label: str


def variables_of(result: Result) -> list[Variable]:
    """Return all variables in order; the index of a variable determines its colour."""
    return [(group, state) for group, states in result.states.items() for state in states]


def label_of(experiment: Experiment, variable: Variable, neuron: int) -> str:
    """Return the name of a variable of a neuron, such as ``'Va'`` or ``'relay.V[2]'``."""
    group, state = variable
    label = f"{group}.{state}" if len(experiment.neurons) > 1 else state
    return f"{label}[{neuron}]" if experiment.group(group).size > 1 else label


def curves_of(
    experiment: Experiment, result: Result, chosen: Mapping[str, Iterable[int]]
) -> dict[Variable, list[Curve]]:
    """Return the curves of each variable, with vertical jumps.

    Parameters
    ----------
    experiment : Experiment
    result : Result
    chosen : dict
        Group name → the neurons whose curves are shown.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> from neurolab.experiment.simulate import simulate
    >>> curves = curves_of(TUTORIAL, simulate(TUTORIAL), {"target": [0]})
    >>> {variable: [curve.label for curve in own] for variable, own in curves.items()}
    {('target', 'Va'): ['Va'], ('target', 'Vb'): ['Vb']}
    """
    curves: dict[Variable, list[Curve]] = {}
    for style, variable in enumerate(variables_of(result)):
        group = experiment.neurons_of(variable[0])
        factor = unit(state_unit(experiment, group, variable[1]))[0]
        own = curves[variable] = []
        for place, neuron in enumerate(chosen[group.name]):
            times, values = path(result, group, variable[1], neuron)
            label = label_of(experiment, variable, neuron)
            own.append(Curve(label, times, values / factor, style=style, neuron=place))
    return curves


def spans_of(
    experiment: Experiment, curves: Mapping[Variable, Sequence[Curve]]
) -> dict[Variable, Span]:
    """Return the lowest and highest value of each variable's curves."""
    spans = {}
    for (group, state), own in curves.items():
        name = state_unit(experiment, experiment.neurons_of(group), state)
        values = [curve.values[np.isfinite(curve.values)] for curve in own]
        low = min((float(part.min()) for part in values if part.size), default=0.0)
        high = max((float(part.max()) for part in values if part.size), default=0.0)
        spans[group, state] = Span(name, low, high)
    return spans


def levels_of(experiment: Experiment) -> list[Level]:
    """Return the thresholds that are levels of a variable.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> levels_of(TUTORIAL)
    [Level(group='target', state='Va', value=10.0, label='Vt')]
    """
    levels = []
    for group in experiment.neurons:
        level = threshold_level(experiment, group)
        if level:
            state, value, label = level
            factor = unit(state_unit(experiment, group, state))[0]
            levels.append(Level(group.name, state, value / factor, label))
    return levels


def spike_marks(
    result: Result, levels: Iterable[Level], chosen: Mapping[str, Iterable[int]]
) -> dict[Variable, list[SpikeMark]]:
    """Return the peaks that made neurons fire, for each variable that a threshold compares."""
    marks = {}
    for level in levels:
        group = result.experiment.neurons_of(level.group)
        factor = unit(result.checked.unit(group.name, level.state))[0]
        marks[level.group, level.state] = [
            (peak.time, peak.value / factor)
            for peak in firing_peaks(result, group, chosen[level.group])
        ]
    return marks


def missed_peaks(
    result: Result, levels: Iterable[Level], chosen: Mapping[str, Iterable[int]]
) -> tuple[dict[Variable, list[SpikeMark]], str]:
    """Return the peaks above a threshold without a spike, and a sentence about the first one."""
    experiment = result.experiment
    marks: dict[Variable, list[SpikeMark]] = {}
    sentence = ""
    for level in levels:
        group = experiment.neurons_of(level.group)
        name = state_unit(experiment, group, level.state)
        factor = unit(name)[0]
        variable = (level.group, level.state)
        missed = misses(result, group, chosen[level.group])
        marks[variable] = [(miss.peak.time, miss.peak.value / factor) for miss in missed]
        if missed and not sentence:
            peak, checked = missed[0]
            label = label_of(experiment, variable, peak.neuron)
            value = apart(peak.value / factor, level.value, name)
            later = apart(checked / factor, level.value, name)
            sentence = (
                f"{label} is {value} at {time_text(peak.time, experiment.dt)} ms, above "
                f"{level.label}, but the neuron does not fire: the threshold is checked once a "
                "step, before the spikes of that step arrive, and at the next check "
                f"{label} is {later}."
            )
    return marks, sentence


def overlays_of(
    experiment: Experiment, result: Result, overlays: Iterable[Overlay], hidden_after: Ms | None
) -> dict[Variable, list[Drawn]]:
    """Return the overlays of each variable, without those whose variable the run does not have.

    Parameters
    ----------
    experiment : Experiment
    result : Result
    overlays : iterable of Overlay
    hidden_after : float or None
        Time (ms) after which overlays are cut off; None for no cut.
    """
    styles = {variable: style for style, variable in enumerate(variables_of(result))}
    drawn: dict[Variable, list[Drawn]] = {}
    for overlay in overlays:
        variable = (overlay.group, overlay.state)
        if variable not in styles:
            continue
        factor = unit(state_unit(experiment, experiment.neurons_of(overlay.group), overlay.state))[
            0
        ]
        if hidden_after is not None:
            overlay = _cut(overlay, hidden_after)
        own = Drawn(overlay, overlay.values / factor, styles[variable])
        drawn.setdefault(variable, []).append(own)
    return drawn


def _cut(overlay: Overlay, time: Ms) -> Overlay:
    seen = overlay.times <= time + 1e-9
    return replace(overlay, times=overlay.times[seen], values=overlay.values[seen])


def raster_rows(
    experiment: Experiment, result: Result, groups: Sequence[Group]
) -> tuple[list[tuple[str, int]], list[SpikeRow]]:
    """Return the neuron of each row of the raster, and the rows; inputs come first.

    Spikes that can be edited are those of the experiment; all others are those of the result.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> from neurolab.experiment.simulate import simulate
    >>> keys, rows = raster_rows(TUTORIAL, simulate(TUTORIAL), TUTORIAL.groups)
    >>> keys
    [('inputs', 0), ('inputs', 1), ('target', 0)]
    >>> rows[0].label, rows[0].times, rows[0].editable, rows[0].colour
    ('inputs 0', (1.0, 4.0), True, 'var(--nl-curve-0, #1f6fb4)')
    """
    keys, rows = [], []
    sources = {group.name: group for group in experiment.inputs}
    for group in groups:
        source = sources.get(group.name)
        trains: Sequence[tuple[Ms, ...]] = _trains(result, group)
        is_editable = False
        if source is not None and source.size == group.size:
            is_editable = not (source.rates or source.period)
        if source is not None and is_editable:
            trains = source.spikes
        for neuron, times in enumerate(trains):
            keys.append((group.name, neuron))
            colour = ""
            if source is not None:
                colour = driven_colour(result, group.name, neuron, neuron + 1)
            rows.append(SpikeRow(f"{group.name} {neuron}", times, is_editable, colour))
    return keys, rows


def _trains(result: Result, group: Group) -> list[tuple[Ms, ...]]:
    """Return the spike times of each neuron of a group, in ms."""
    neurons, times = result.spikes(group.name)
    return [tuple(times[neurons == neuron] * 1e3) for neuron in range(group.size)]
