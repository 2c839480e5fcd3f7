"""What the plots show of a run: curves, thresholds, spike marks, overlays and rows of spikes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from ...experiment.experiment import Experiment
from ...experiment.result import Result
from ...experiment.validate import state_unit
from ...explain.threshold_levels import threshold_level
from ...grid import Ms
from ...units import unit
from .curve import Curve
from .overlay import Overlay
from .overlays import Drawn
from .raster import SpikeRow
from .spikefield import Group

SpikeMark: TypeAlias = tuple[Ms, float, str]
"""Time (ms), value in the unit of the figure, and label of an output spike."""


class Level(NamedTuple):
    """A threshold that is a level of a variable, in the unit of its figure."""

    group: str
    unit: str
    value: float
    label: str


def curves_by_unit(
    experiment: Experiment, result: Result, chosen: Mapping[str, Iterable[int]]
) -> dict[str, list[Curve]]:
    """Return the curves of each unit.

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
    >>> curves = curves_by_unit(TUTORIAL, simulate(TUTORIAL), {"target": [0]})
    >>> [curve.label for curve in curves["mV"]]
    ['Va', 'Vb']
    """
    curves: dict[str, list[Curve]] = {}
    several = len(experiment.neurons) > 1
    for group in experiment.neurons:
        for state in result.states[group.name]:
            name = state_unit(experiment, group, state)
            style = style_of(result, group.name, state)
            traces = result.trace(group.name, state) / unit(name)[0]
            for place, neuron in enumerate(chosen[group.name]):
                label = f"{group.name}.{state}" if several else state
                if group.size > 1:
                    label += f"[{neuron}]"
                curve = Curve(label, traces[neuron], style=style, neuron=place)
                curves.setdefault(name, []).append(curve)
    return curves


def style_of(result: Result, group: str, state: str) -> int:
    """Return the index of a variable among those of all groups, which determines its colour."""
    variables = [(name, other) for name, states in result.states.items() for other in states]
    return variables.index((group, state))


def levels_by_unit(experiment: Experiment) -> list[Level]:
    """Return the thresholds that are levels of a variable.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> levels_by_unit(TUTORIAL)
    [Level(group='target', unit='mV', value=10.0, label='Vt')]
    """
    levels = []
    for group in experiment.neurons:
        level = threshold_level(experiment, group)
        if level:
            state, value, label = level
            name = state_unit(experiment, group, state)
            levels.append(Level(group.name, name, value / unit(name)[0], label))
    return levels


def spike_marks(
    result: Result, levels: Iterable[Level], chosen: Mapping[str, Iterable[int]]
) -> dict[str, list[SpikeMark]]:
    """Return the output spikes of each unit, at the height of the threshold that was crossed."""
    marks: dict[str, list[SpikeMark]] = {}
    for level in levels:
        neurons, times = result.spikes(level.group)
        marks.setdefault(level.unit, []).extend(
            (time * 1e3, level.value, f"{level.group} {neuron} fires")
            for neuron in chosen[level.group]
            for time in times[neurons == neuron].tolist()
        )
    return marks


def overlays_by_unit(
    experiment: Experiment, result: Result, overlays: Iterable[Overlay], hidden_after: Ms | None
) -> dict[str, list[Drawn]]:
    """Return the overlays of each unit, without those whose variable the run does not have.

    Parameters
    ----------
    experiment : Experiment
    result : Result
    overlays : iterable of Overlay
    hidden_after : float or None
        Time (ms) after which overlays are cut off; None for no cut.
    """
    drawn: dict[str, list[Drawn]] = {}
    for overlay in overlays:
        if overlay.state not in result.states.get(overlay.group, ()):
            continue
        name = state_unit(experiment, experiment.neurons_of(overlay.group), overlay.state)
        if hidden_after is not None:
            overlay = _cut(overlay, hidden_after)
        style = style_of(result, overlay.group, overlay.state)
        drawn.setdefault(name, []).append(Drawn(overlay, overlay.values / unit(name)[0], style))
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
    >>> rows[0]
    SpikeRow(label='inputs 0', times=(1.0, 4.0), editable=True)
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
            rows.append(SpikeRow(f"{group.name} {neuron}", times, is_editable))
    return keys, rows


def _trains(result: Result, group: Group) -> list[tuple[Ms, ...]]:
    """Return the spike times of each neuron of a group, in ms."""
    neurons, times = result.spikes(group.name)
    return [tuple(times[neurons == neuron] * 1e3) for neuron in range(group.size)]
