"""The pictures: traces above, raster below, on one time axis."""

import logging
from dataclasses import replace

import ipywidgets as widgets

from ...experiment.edits import set_spikes
from ...experiment.validate import state_unit
from ...explain.prediction import drawing_room
from ...explain.threshold_levels import threshold_level
from ...units import unit
from ..controls.close_widgets import close_all
from ..controls.fields import show_if
from ..controls.neuron_curves import NeuronsShown
from ..controls.set_traits import update
from .event_lights import lit_jump, lit_spike
from .overlays import Drawn
from .raster import Raster, SpikeRow
from .spikefield import SpikeField, rows_and_bands
from .traces import Curve, TracesFigure

_LOG = logging.getLogger(__name__)


class Pictures:
    """Traces of all state variables, one figure a unit, and the raster of spikes.

    Parameters
    ----------
    store : Store

    Attributes
    ----------
    painters : list
        Panels that draw into the traces: each has ``overlays(snapshot)``.
    """

    def __init__(self, store):
        self._store = store
        self.painters = []
        self._figures = {}
        self._traces = widgets.VBox()
        self._traces.add_class("nl-traces")
        self._raster = Raster(on_move=self._moved, on_add=self._added, on_remove=self._removed)
        self._raster.add_class("nl-raster")
        self._row_keys = []
        self._field = SpikeField()
        self._choice, self._listeners = NeuronsShown(self._redraw), []
        self._shown = None
        self.widget = widgets.VBox([self._traces, self._choice.widget, self._raster, self._field])
        self.widget.add_class("nl-pictures")

    def on_choice(self, listener):
        """Have ``listener(neurons)`` called when other neurons are chosen: group → numbers of those whose traces are drawn."""
        self._listeners.append(listener)

    def _redraw(self):
        self.show(self._shown)
        for listener in self._listeners:
            listener(self._chosen)

    def show(self, snapshot):
        """Draw the last good run; say so where a control holds something else."""
        self._shown = snapshot
        experiment = snapshot.experiment
        chosen = self._chosen = self._choice.show(snapshot.result)
        curves = curves_by_unit(experiment, snapshot.result, chosen)
        if list(curves) != list(self._figures):
            old = self._figures
            self._figures = {name: old.pop(name, None) or TracesFigure(name) for name in curves}
            self._traces.children = [figure.widget for figure in self._figures.values()]
            for figure in old.values():
                close_all(figure.widget)
        levels = levels_by_unit(experiment)
        spikes = _spike_marks(snapshot.result, levels, chosen)
        lowest, curtain = list(self._figures)[-1], self._store.curtain
        for name, figure in self._figures.items():
            figure.hold(curtain.layer if name == curtain.unit else None)
            if snapshot.source is None:
                figure.fit_anew()
            figure.draw(
                snapshot.result.times * 1e3,
                curves[name],
                duration=experiment.duration,
                threshold=[
                    (label, value) for _, unit_name, value, label in levels if unit_name == name
                ],
                spikes=spikes.get(name, []),
                stale=snapshot.stale,
                time_label=name == lowest,
                room=drawing_room(experiment, snapshot.result, name)
                if snapshot.hidden_after is not None
                else (),
            )
        in_bands = self._draw_rows(snapshot.result)
        show_if(self._field, bool(in_bands))
        if in_bands:
            self._field.draw(snapshot.result, in_bands)
        overlays = _overlays(
            experiment,
            snapshot.result,
            [overlay for painter in self.painters for overlay in _painted(painter, snapshot)],
            snapshot.hidden_after,
        )
        for name, figure in self._figures.items():
            figure.draw_overlays(overlays.get(name, []))

    def lead(self, snapshot):
        """Show the input spikes that a long run is under way with: an edit of them is one of those."""
        if not self._store.follows:
            self._draw_rows(snapshot.result)

    def _draw_rows(self, result):
        """Draw the raster; return the groups that it has no room for."""
        experiment = result.experiment
        in_rows, in_bands = rows_and_bands(experiment)
        self._row_keys, rows = raster_rows(self._store.experiment, result, in_rows)
        self._raster.draw(rows, experiment.duration, experiment.dt)
        show_if(self._raster, bool(rows))
        return in_bands

    def follow(self, moment):
        """Light up what happens at the time cursor: the spikes in raster and field, and the jump in the trace."""
        name, jump = lit_jump(moment.event)
        for unit_name, figure in self._figures.items():
            figure.light(jump if unit_name == name else None)
        update(
            self._raster,
            lit=lit_spike(moment.event, self._row_keys, self._raster.rows, self._raster.step),
        )
        in_sight = self._field.layout.display != "none"
        update(self._field, lit=moment.step if in_sight and moment.time is not None else -1)

    def _edit_train(self, row, change):
        group, neuron = self._row_keys[row]
        self._store.edit(
            ("spikes", group, neuron),
            lambda experiment: set_spikes(
                experiment, group, neuron, change(list(experiment.group(group).spikes[neuron]))
            ),
        )

    def _moved(self, row, index, time):
        self._edit_train(row, lambda times: [*times[:index], time, *times[index + 1 :]])

    def _added(self, row, time):
        self._edit_train(row, lambda times: [*times, time])

    def _removed(self, row, index):
        self._edit_train(row, lambda times: [*times[:index], *times[index + 1 :]])


def curves_by_unit(experiment, result, chosen):
    """Curves by unit, of the neurons chosen in each group."""
    found = {}
    several = len(experiment.neurons) > 1
    for group in experiment.neurons:
        for state in result.states[group.name]:
            name = state_unit(experiment, group, state)
            factor, style = unit(name)[0], _style(result, group.name, state)
            for place, neuron in enumerate(chosen[group.name]):
                label = f"{group.name}.{state}" if several else state
                if group.size > 1:
                    label += f"[{neuron}]"
                values = result.trace(group.name, state)[neuron] / factor
                found.setdefault(name, []).append(Curve(label, values, style=style, neuron=place))
    return found


def _style(result, group, state):
    """Place of a variable among those of all groups, which gives it its colour and dash."""
    return [(name, other) for name, states in result.states.items() for other in states].index(
        (group, state)
    )


def _painted(painter, snapshot):
    try:
        return painter.overlays(snapshot)
    except Exception:  # one panel that fails must not take the traces away
        _LOG.exception("%s could not draw into the traces", type(painter).__name__)
        return []


def _cut(overlay, time):
    seen = overlay.times <= time + 1e-9
    return replace(overlay, times=overlay.times[seen], values=overlay.values[seen])


def _overlays(experiment, result, overlays, hidden_after):
    """Overlays by unit, without those whose variable the present run lacks."""
    found = {}
    for overlay in overlays:
        states = result.states.get(overlay.group, ())
        if overlay.state in states:
            name = state_unit(experiment, experiment.group(overlay.group), overlay.state)
            overlay = overlay if hidden_after is None else _cut(overlay, hidden_after)
            style = _style(result, overlay.group, overlay.state)
            found.setdefault(name, []).append(Drawn(overlay, overlay.values / unit(name)[0], style))
    return found


def levels_by_unit(experiment):
    """Thresholds that are levels of a variable: group, unit, value in that unit, and label."""
    found = []
    for group in experiment.neurons:
        level = threshold_level(experiment, group)
        if level:
            state, value, label = level
            name = state_unit(experiment, group, state)
            found.append((group.name, name, value / unit(name)[0], label))
    return found


def _spike_marks(result, levels, chosen):
    """Output spikes on the traces, at the height of the threshold that was crossed."""
    found = {}
    for group, unit_name, level, _ in levels:
        neurons, times = result.spikes(group)
        found.setdefault(unit_name, []).extend(
            (time * 1e3, level, f"{group} {neuron} fires")
            for neuron in chosen[group]
            for time in times[neurons == neuron].tolist()
        )
    return found


def raster_rows(experiment, result, groups):
    """Rows of the raster, sources first, and what each stands for.

    Spikes that can be edited are those of the experiment; all others are those of the result.
    """
    keys, rows = [], []
    sources = {group.name: group for group in experiment.inputs}
    for group in groups:
        source = sources.get(group.name)
        editable = (
            source is not None and source.size == group.size and not (source.rates or source.period)
        )
        trains = source.spikes if editable else _trains(result, group)
        for neuron, times in enumerate(trains):
            keys.append((group.name, neuron))
            rows.append(SpikeRow(f"{group.name} {neuron}", times, editable))
    return keys, rows


def _trains(result, group):
    """Spike times of each neuron of a group, in ms."""
    neurons, times = result.spikes(group.name)
    return [tuple(times[neurons == neuron] * 1e3) for neuron in range(group.size)]
