"""The plots of a lab: traces above, raster below, on one time axis."""

import html
import logging
from collections.abc import Callable, Sequence

from ...experiment.edits import set_spikes
from ...experiment.experiment import Experiment
from ...experiment.result import Result
from ...explain.prediction import drawing_room
from ...grid import Ms
from ..controls import plain_widgets as widgets
from ..controls.close_widgets import close_all
from ..controls.neuron_curves import NeuronsShown
from ..controls.set_traits import update
from ..store.cursor_moment import Moment
from ..store.snapshot import Snapshot
from ..store.store import Store
from .curve import Curve
from .event_lights import lit_jump, lit_spike
from .figure_choice import Variable, choose_figures
from .motion import Motion
from .overlay import Overlay
from .painter import Painter
from .plot_contents import (
    curves_of,
    levels_of,
    missed_peaks,
    overlays_of,
    raster_rows,
    spans_of,
    spike_marks,
)
from .raster import Raster
from .spikefield import Group, SpikeField, rows_and_bands
from .traces import TracesFigure

_LOG = logging.getLogger(__name__)


class Pictures:
    """Traces of all state variables, one figure for each unit, and the raster of spikes.

    Parameters
    ----------
    store : Store

    Attributes
    ----------
    painters : list of Painter
        Panels that draw into the traces.
    widget : ipywidgets.VBox
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.painters: Sequence[Painter] = []
        self._figures: dict[str, TracesFigure] = {}
        self._figure_of: dict[Variable, str] = {}
        self._motion = Motion()
        self._traces = widgets.VBox()
        self._traces.add_class("nl-traces")
        self._raster = Raster(on_move=self._move, on_add=self._add, on_remove=self._remove)
        self._raster.add_class("nl-raster")
        self._row_keys: list[tuple[str, int]] = []
        self._field = SpikeField()
        self._missed = widgets.HTML()
        self._missed.add_class("nl-missed")
        self._choice = NeuronsShown(self._redraw)
        self._chosen: dict[str, tuple[int, ...]] = {}
        self._listeners: list[Callable[[dict[str, tuple[int, ...]]], None]] = []
        self._shown: Snapshot | None = None
        self.widget = widgets.VBox(
            [self._traces, self._choice.widget, self._raster, self._field, self._missed]
        )
        self.widget.add_class("nl-pictures")

    def on_choice(self, listener: Callable[[dict[str, tuple[int, ...]]], None]) -> None:
        """Call ``listener(neurons)`` when a person chooses other neurons.

        `neurons` is a dict: group name → numbers of the neurons whose traces are drawn.
        """
        self._listeners.append(listener)

    def _redraw(self) -> None:
        if self._shown is None:
            return
        self.show(self._shown)
        for listener in self._listeners:
            listener(self._chosen)

    def show(self, snapshot: Snapshot) -> None:
        """Draw the last run that could be simulated; mark it if a control holds something newer."""
        is_moving = self._motion.goes_on(snapshot, self._settle)
        self._draw(snapshot, is_moving)

    def _settle(self) -> None:
        """Fit the axes once a person has stopped moving a control."""
        if self._shown is not None:
            self._draw(self._shown, is_moving=False)

    def _draw(self, snapshot: Snapshot, is_moving: bool) -> None:
        self._shown = snapshot
        self._chosen = self._choice.show(snapshot.result)
        curves = curves_of(snapshot.experiment, snapshot.result, self._chosen)
        self._choose_figures(snapshot, curves, is_moving)
        self._draw_traces(snapshot, curves, is_moving)
        bands = self._draw_rows(snapshot.result)
        widgets.show_if(self._field, bool(bands))
        if bands:
            self._field.draw(snapshot.result, bands)
        self._draw_overlays(snapshot)

    def _choose_figures(
        self, snapshot: Snapshot, curves: dict[Variable, list[Curve]], is_moving: bool
    ) -> None:
        if is_moving and list(curves) == list(self._figure_of):
            return
        previous = self._figure_of if snapshot.source is not None else {}
        spans = spans_of(snapshot.experiment, curves)
        self._figure_of = choose_figures(spans, previous)
        units = {key: spans[variable].unit for variable, key in self._figure_of.items()}
        if list(units) == list(self._figures):
            return
        old = self._figures
        self._figures = {
            key: old.pop(key) if key in old else TracesFigure(name) for key, name in units.items()
        }
        self._traces.children = [figure.widget for figure in self._figures.values()]
        for figure in old.values():
            close_all(figure.widget)

    def _draw_traces(
        self, snapshot: Snapshot, curves: dict[Variable, list[Curve]], is_moving: bool
    ) -> None:
        experiment, result = snapshot.experiment, snapshot.result
        levels = levels_of(experiment)
        peaks = spike_marks(result, levels, self._chosen)
        missed, sentence = missed_peaks(result, levels, self._chosen)
        update(self._missed, value=html.escape(sentence))
        widgets.show_if(self._missed, bool(sentence))
        lowest = list(self._figures)[-1]
        layer = self._store.curtain.layer
        for key, figure in self._figures.items():
            own = [variable for variable, place in self._figure_of.items() if place == key]
            is_drawn_on = layer is not None and layer.variable in own
            figure.hold(layer if is_drawn_on else None)
            if snapshot.source is None:
                figure.fit_anew()
            room: Sequence[float] = ()
            if snapshot.hidden_after is not None:
                room = drawing_room(experiment, result, figure.unit)
            figure.draw(
                [curve for variable in own for curve in curves[variable]],
                duration=experiment.duration,
                threshold=[
                    (level.label, level.value)
                    for level in levels
                    if (level.group, level.state) in own
                ],
                peaks=[mark for variable in own for mark in peaks.get(variable, [])],
                missed=[mark for variable in own for mark in missed.get(variable, [])],
                stale=snapshot.stale,
                time_label=key == lowest,
                room=room,
                is_steady=is_moving,
            )

    def _draw_overlays(self, snapshot: Snapshot) -> None:
        overlays = overlays_of(
            snapshot.experiment,
            snapshot.result,
            [overlay for painter in self.painters for overlay in _painted(painter, snapshot)],
            snapshot.hidden_after,
        )
        for key, figure in self._figures.items():
            own = [variable for variable, place in self._figure_of.items() if place == key]
            figure.draw_overlays(
                [drawn for variable in own for drawn in overlays.get(variable, [])]
            )

    def lead(self, snapshot: Snapshot) -> None:
        """Show the input spikes of a long run that is under way; they can be edited meanwhile."""
        if not self._store.follows:
            self._draw_rows(snapshot.result)

    def _draw_rows(self, result: Result) -> list[Group]:
        """Draw the raster; return the groups for which it has no room."""
        experiment = result.experiment
        in_rows, in_bands = rows_and_bands(experiment)
        self._row_keys, rows = raster_rows(self._store.experiment, result, in_rows)
        self._raster.draw(rows, experiment.duration, experiment.dt)
        widgets.show_if(self._raster, bool(rows))
        return in_bands

    def follow(self, moment: Moment) -> None:
        """Highlight the event at the time cursor: its spike, and its jump in the trace."""
        event, jump = moment.event, lit_jump(moment.event)
        lit = self._figure_of.get((event.group, event.state)) if event else None
        for key, figure in self._figures.items():
            figure.light(jump if key == lit else None)
        raster = self._raster
        update(raster, lit=lit_spike(moment.event, self._row_keys, raster.rows, raster.step))
        in_sight = not widgets.is_hidden(self._field)
        update(self._field, lit=moment.step if in_sight and moment.time is not None else -1)

    def _edit_train(self, row: int, change: Callable[[list[Ms]], list[Ms]]) -> None:
        group, neuron = self._row_keys[row]

        def edit(experiment: Experiment) -> Experiment:
            train = list(experiment.inputs_of(group).spikes[neuron])
            return set_spikes(experiment, group, neuron, change(train))

        self._store.edit(("spikes", group, neuron), edit)

    def _move(self, row: int, index: int, time: Ms) -> None:
        self._edit_train(row, lambda times: [*times[:index], time, *times[index + 1 :]])

    def _add(self, row: int, time: Ms) -> None:
        self._edit_train(row, lambda times: [*times, time])

    def _remove(self, row: int, index: int) -> None:
        self._edit_train(row, lambda times: [*times[:index], *times[index + 1 :]])


def _painted(painter: Painter, snapshot: Snapshot) -> Sequence[Overlay]:
    try:
        return painter.overlays(snapshot)
    except Exception:  # one panel that fails must not remove the traces
        _LOG.exception("%s could not draw into the traces", type(painter).__name__)
        return []
