"""Panel: the contribution of each spike, as curves that can be added up to the trace."""

import html
from collections.abc import Sequence

import numpy as np

from ...errors import NeurolabError
from ...experiment.checked import state_unit
from ...experiment.result import Result
from ...experiment.typed_values import format_short
from ...explain.contributions import Contribution, contributions
from ...explain.drawn_paths import drawn
from ...explain.linear_system import NotLinearError
from ...units import unit
from ..controls import plain_widgets as widgets
from ..controls.fold import Fold
from ..controls.neuron_choice import NeuronChoice
from ..controls.note import Note
from ..pictures.overlay import Overlay
from ..store.snapshot import Snapshot
from ..store.store import Store

MOST_GHOSTS = 24
MOST_LISTED = 12
_VISIBLE = 1e-6
"""Share of the trace's peak below which a curve is left out."""


class ContributionsPanel:
    """Thin curves, a list that names them, and a slider that adds them up.

    Parameters
    ----------
    store : Store
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._fold = Fold(
            "What each spike contributed",
            "ghost curves that add up",
            "nl-contributions",
            self._build,
        )
        self._fold.on_toggle(lambda _: store.refresh_pictures())
        self.widget = self._fold.widget
        self._seen: object = None
        self._parts: list[Contribution] = []
        self._problem = ""
        self._following = False

    def _build(self) -> list[widgets.Widget]:
        self._choice = NeuronChoice(self._store.refresh_pictures)
        self._added = widgets.IntSlider(description="0 added", min=0, max=1, value=0, readout=False)
        self._drawn = widgets.Checkbox(
            value=True, description="draw them on the traces", indent=False
        )
        self._next = widgets.Button(description="Add next", tooltip="Add the next curve to the sum")
        self._apart = widgets.Button(
            description="All apart", tooltip="Show the curves without their sum"
        )
        self._said, self._list = Note(), widgets.HTML()
        self._list.add_class("nl-parts")
        row = widgets.HBox([self._next, self._apart, self._added])
        row.add_class("nl-adding")
        self._controls = widgets.VBox([self._drawn, row])
        self._next.on_click(lambda _: self._add(self._added.value + 1))
        self._apart.on_click(lambda _: self._add(0))
        for control in (self._added, self._drawn):
            control.observe(self._changed, "value")
        return [self._choice.widget, self._said, self._controls, self._list]

    def _add(self, count: int) -> None:
        self._added.value = min(count, self._added.max)

    def _changed(self, _: object) -> None:
        if not self._following:
            self._store.refresh_pictures()

    def _prepare(self, snapshot: Snapshot) -> None:
        """Compute the contributions, once for each run and neuron."""
        self._choice.follow(snapshot.result)
        key = (snapshot.result, self._choice.value)
        if key == self._seen:
            return
        self._seen = key
        self._parts, self._problem = [], ""
        group, neuron = self._choice.value
        try:
            self._parts = contributions(
                snapshot.result, snapshot.experiment.neurons_of(group), neuron
            )
        except NotLinearError as error:
            self._problem = (
                f"{error.advice} Therefore the effects of two spikes do not simply add up, and no "
                "spike has a curve of its own."
            )
        except NeurolabError as error:
            self._problem = error.advice
        if not self._parts and not self._problem:
            self._problem = "Nothing reaches this neuron."
        self._following = True
        try:
            self._added.max = max(len(self._parts), 1)
        finally:
            self._following = False

    def overlays(self, snapshot: Snapshot) -> list[Overlay]:
        """Return a curve for each contribution, and the sum of those that are added up."""
        if not self._fold.opened or not self._drawn.value:
            return []
        self._prepare(snapshot)
        group, neuron = self._choice.value
        overlays = []
        for row, state in enumerate(snapshot.result.states[group]):
            peak = np.abs(snapshot.result.recorded[group][:, row, neuron]).max()
            visible = [
                part for part in self._parts if np.abs(part.values[row]).max() > _VISIBLE * peak
            ]
            overlays += [
                _overlay(snapshot.result, (group, state, neuron), part.label, [part], row, "ghost")
                for part in visible[:MOST_GHOSTS]
            ]
            if self._added.value and self._parts:
                added = self._parts[: self._added.value]
                variable = (group, state, neuron)
                overlays.append(_overlay(snapshot.result, variable, "added up", added, row, "sum"))
        return overlays

    def show(self, snapshot: Snapshot) -> None:
        """Follow the run, while the panel is open."""
        if not self._fold.opened:
            return
        self._prepare(snapshot)
        hidden = snapshot.hidden_after is not None
        text = self._problem or self._summary(snapshot)
        self._said.say("This waits until the traces are shown again." if hidden else text)
        widgets.show_if(self._controls, not (hidden or self._problem))
        self._added.description = f"{self._added.value} of {len(self._parts)} added"
        self._next.disabled = self._added.value == self._added.max
        self._apart.disabled = self._added.value == 0
        text = "" if hidden or self._problem else self._listed(snapshot)
        if self._list.value != text:
            self._list.value = text

    def _summary(self, snapshot: Snapshot) -> str:
        count, added = len(self._parts), self._added.value
        if added == 0:
            text = "Each thin curve is what one spike did; their sum is the trace."
        elif added < count:
            text = f"The dotted curve is the sum of the first {added} of {count}."
        else:
            text = f"All {count} added up: that is the trace."
        if (
            any(part.kind == "reset" for part in self._parts)
            or snapshot.result.firings[self._choice.value[0]]
        ):
            text += " A reset ends what came before it."
        return text

    def _listed(self, snapshot: Snapshot) -> str:
        group, added = snapshot.experiment.neurons_of(self._choice.value[0]), self._added.value
        units = [
            state_unit(snapshot.experiment, group, state)
            for state in snapshot.result.states[group.name]
        ]
        lines = [
            _line(part, snapshot.result.states[group.name], units, place < added)
            for place, part in enumerate(self._parts[:MOST_LISTED])
        ]
        if len(self._parts) > MOST_LISTED:
            lines.append(f"<li>and {len(self._parts) - MOST_LISTED} more</li>")
        return f"<ol>{''.join(lines)}</ol>"


def _overlay(
    result: Result,
    variable: tuple[str, str, int],
    label: str,
    parts: Sequence[Contribution],
    row: int,
    look: str,
) -> Overlay:
    """Return the sum of contributions to a variable; one by itself is drawn where it begins."""
    begin = parts[0].begin if look == "ghost" else 0.0
    times, values = drawn(
        result,
        np.sum([part.values[row] for part in parts], axis=0),
        np.sum([part.before_of(row) for part in parts], axis=0),
        float(sum(part.end[row] for part in parts)),
        first=round(begin / result.experiment.dt),
    )
    return Overlay(*variable, label, times, values, look)


def _line(part: Contribution, states: Sequence[str], units: Sequence[str], added: bool) -> str:
    effects = []
    for state, unit_name, values in zip(states, units, part.values):
        peak = values[np.abs(values).argmax()] / unit(unit_name)[0]
        if peak:
            effects.append(f"{html.escape(state)} {format_short(peak)} {unit_name}")
    effect = ", ".join(effects) or "nothing is left of it: the neuron is being reset"
    mark = (
        '<b class="nl-added" title="added">✓<span class="nl-unseen"> added</span></b>'
        if added
        else ""
    )
    return f"<li>{html.escape(part.label)}: {effect} {mark}</li>"
