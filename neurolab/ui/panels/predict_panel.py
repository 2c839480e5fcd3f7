"""Panel: hide the traces after a time, draw a prediction, and compare it with the run."""

import html
import time
from collections.abc import Callable

import numpy as np

from ...errors import NeurolabError, RangeError
from ...experiment.checked import state_unit
from ...experiment.experiment import Experiment
from ...experiment.result import Result
from ...experiment.typed_values import format_number, format_short
from ...explain.prediction import Score, score
from ...grid import Ms
from ...units import unit
from ..controls import plain_widgets as widgets
from ..controls.close_widgets import close_all
from ..controls.fields import NumberField
from ..controls.fold import Fold
from ..controls.guarded_callbacks import guarded
from ..controls.note import Note
from ..controls.set_traits import update
from ..pictures.drawing_layer import SAMPLES, DrawingLayer
from ..pictures.overlay import Overlay
from ..store.snapshot import Snapshot
from ..store.store import Store

MOST_CURVES = 12
_IMPATIENT = 1.5
"""Seconds in which nobody can have thought of a curve: a second press is ignored meanwhile."""
_HIDE, _REVEAL = "Hide and draw", "Reveal"
_HIDE_HINT = "Hide what comes after this time"


class PredictPanel:
    """The variable, the time after which it is hidden, and the prediction.

    Parameters
    ----------
    store : Store
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._after: Ms = 0.0
        self._drawn = np.zeros(0)
        self._revealed: tuple[Result, Overlay, str] | None = None
        self._closed_at = 0.0
        self._fold = Fold("Predict, then reveal", "draw what comes next", "nl-predict", self._build)
        self._fold.on_toggle(self._toggled)
        self.widget = self._fold.widget

    def _build(self) -> list[widgets.Widget]:
        self._choice = widgets.Dropdown(description="variable", tooltip="variable to predict")
        self._time = NumberField(
            "hide after",
            "ms",
            self._time_given,
            logarithmic=False,
            low=0.0,
            high=self._store.experiment.duration,
        )
        # One button for both, so that the focus stays on it.
        self._button = widgets.Button(description=_HIDE, tooltip=_HIDE_HINT)
        self._button.on_click(self._pressed)
        row = widgets.HBox([self._button])
        row.add_class("nl-row")
        self._settings = widgets.VBox([self._choice, self._time.widget])
        self._said, self._verdict = Note(), widgets.HTML()
        self._verdict.add_class("nl-verdict")
        self._after = _early(self._store.experiment)
        return [self._verdict, self._said, self._settings, row]

    def _time_given(self, number: Callable[[], Ms], typing: bool) -> None:
        try:
            after = number()
            if not 0 <= after < self._last_time():
                raise RangeError(
                    f"{format_number(after)} ms leaves nothing to predict.",
                    mend="Choose a time from 0 to less than "
                    f"{format_number(self._last_time())} ms.",
                )
        except NeurolabError as error:
            self._time.show(self._after, error.advice)
            return
        self._after = after
        self._time.show(after, typing=typing)

    def _last_time(self) -> Ms:
        return float(self._store.result.times[-1]) * 1e3

    def _toggled(self, opened: bool) -> None:
        if not opened:
            self._revealed = None
        self._put_away()

    @guarded
    def _pressed(self, _: object) -> None:
        if self._store.curtain.layer is None:
            self._close()
        elif self._is_drawn() or time.monotonic() - self._closed_at > _IMPATIENT:
            self._lift()

    def _is_drawn(self) -> bool:
        return bool(np.ptp(self._drawn))

    def _close(self) -> None:
        """Hide the rest, and put a drawing layer over the figure of the variable."""
        experiment, result = self._store.experiment, self._store.result
        group, state, neuron = self._choice.value
        name = state_unit(experiment, experiment.neurons_of(group), state)
        seen = float(result.until(self._after).trace(group, state)[neuron, -1] / unit(name)[0])
        layer = DrawingLayer(
            self._draw,
            (group, state),
            name=self._choice.label,
            unit=name,
            begin=self._after,
            end=experiment.duration,
            values=[seen] * (SAMPLES + 1),
        )
        self._drawn = np.array(layer.values)
        self._revealed = None
        self._closed_at = time.monotonic()
        self._store.curtain.close(self._after, name, layer)
        self._store.refresh_pictures()

    def _draw(self, values: list[float]) -> None:
        self._drawn = np.array(values)

    def _lift(self) -> None:
        """Show the rest together with the prediction, and judge it."""
        layer, result = self._store.curtain.layer, self._store.result
        if layer is None:
            return
        group, state, neuron = self._choice.value
        is_there = (layer.name, self._choice.value) in _variables(self._store.experiment, result)
        if is_there and layer.begin < self._last_time():
            times, values = np.array(layer.times()), self._drawn * unit(layer.unit)[0]
            overlay = Overlay(group, state, neuron, "your prediction", times, values, "prediction")
            judged = score(result, group, state, neuron, times, values)
            self._revealed = (result, overlay, _verdict(judged, layer.unit))
        self._put_away()

    def _put_away(self) -> None:
        layer = self._store.curtain.layer
        self._store.curtain.lift()
        self._store.refresh_pictures()
        if layer is not None:
            close_all(layer)

    def overlays(self, snapshot: Snapshot) -> list[Overlay]:
        """Return the prediction beside the run that it was about."""
        if not self._fold.opened or self._revealed is None:
            return []
        result, overlay, _ = self._revealed
        return [overlay] if result is snapshot.result else []

    def show(self, snapshot: Snapshot) -> None:
        """Follow the experiment, while the panel is open."""
        if not self._fold.opened:
            return
        layer, duration = self._store.curtain.layer, snapshot.experiment.duration
        if layer is None:
            self._offer(snapshot)
        elif layer.end != duration:
            layer.end = duration
        title = _HIDE if layer is None else _REVEAL
        if self._button.description != title:
            widgets.show_if(self._settings, layer is None)
            self._button.description = title
            self._button.tooltip = (
                _HIDE_HINT if layer is None else "Show what comes, and how close it is"
            )
        self._said.say(
            ""
            if layer is None
            else f"Draw what {layer.name} will do, with the mouse or a finger over the shaded "
            "part, or by the arrow keys. You may change the network meanwhile."
        )
        is_seen = self._revealed is not None and self.overlays(snapshot)
        update(self._verdict, value=self._revealed[2] if self._revealed and is_seen else "")

    def _offer(self, snapshot: Snapshot) -> None:
        """Offer the variables that are drawn, and a time within the run."""
        options = tuple(_variables(snapshot.experiment, snapshot.result))
        if options != self._choice.options:
            chosen = self._choice.label
            self._choice.options = options
            self._choice.label = chosen if chosen in dict(options) else options[0][0]
        if self._after >= self._last_time():
            self._after = _early(snapshot.experiment)
        self._time.show(self._after)


def _early(experiment: Experiment) -> Ms:
    """Return a third of the run: part of it is shown, and part is left to predict."""
    return float(f"{experiment.duration / 3:.2g}")


def _variables(experiment: Experiment, result: Result) -> list[tuple[str, tuple[str, str, int]]]:
    """Return the names of variables, each with its group, state and neuron."""
    several = len(experiment.neurons) > 1
    variables: list[tuple[str, tuple[str, str, int]]] = []
    for group in experiment.neurons:
        for state in result.states[group.name]:
            name = f"{group.name}.{state}" if several else state
            variables += [
                (name if group.size == 1 else f"{name}[{neuron}]", (group.name, state, neuron))
                for neuron in range(min(result.recorded[group.name].shape[-1], MOST_CURVES))
            ]
    return variables[:MOST_CURVES]


def _verdict(judged: Score, unit_name: str) -> str:
    rms, flat = (format_short(value / unit(unit_name)[0]) for value in (judged.rms, judged.flat))
    share = f": {100 * judged.share:.0f} % of the way" if judged.share > 0 else ""
    return (
        f'<p role="status"><b>{judged.words}</b> Your curve is {rms} {html.escape(unit_name)} off '
        f"(RMS), a flat line would be {flat} {html.escape(unit_name)} off{share}.</p>"
    )
