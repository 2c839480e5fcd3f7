"""Panel: spike times of the input neurons as text, and the rates of those that fire at random."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from ...errors import NeurolabError
from ...experiment.edits import set_rates, set_spikes
from ...experiment.experiment import Inputs
from ...experiment.typed_lists import format_times, parse_times
from ..controls import plain_widgets as widgets
from ..controls.fields import NumberField, TextField, panel
from ..controls.keyed_rows import keep_or_make
from ..pictures.spikefield import MOST_ROWS
from ..store.snapshot import Snapshot
from ..store.store import Store

_MOST_RATES = 6
"""Larger groups have one slider for all neurons."""


_Key: TypeAlias = tuple[str, str, Any]
"""Kind, group and neuron; None for a rate of all neurons."""


class SpikesPanel:
    """One list of times for each input neuron, one slider for each rate; hidden without inputs.

    Parameters
    ----------
    store : Store
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._texts: dict[_Key, TextField] = {}
        self._rates: dict[_Key, NumberField] = {}
        self._times = widgets.VBox()
        self._sliders = widgets.VBox()
        self._note = widgets.HTML()
        self._note.add_class("nl-note")
        self.widget = panel("Input spikes", [self._times, self._sliders, self._note], "nl-spikes")

    def show(self, snapshot: Snapshot) -> None:
        """Follow the experiment."""
        inputs = snapshot.experiment.inputs
        trains: dict[_Key, tuple[float, ...]] = {
            ("spikes", group.name, neuron): times
            for group in inputs
            if not group.rates
            for neuron, times in enumerate(group.spikes[:MOST_ROWS])
        }
        rates: dict[_Key, float] = {
            ("rate", group.name, neuron): rate
            for group in inputs
            if group.rates
            for neuron, rate in _rates(group)
        }
        self._texts = keep_or_make(self._times, self._texts, trains, self._text_field)
        self._rates = keep_or_make(self._sliders, self._rates, rates, self._rate_field)
        for key, times in trains.items():
            field = self._texts[key]
            typed = snapshot.typing and _reads_as(field.text.value, times)
            text = field.text.value if typed else format_times(times)
            field.show(text, snapshot.wrong(key), snapshot.notice(key))
        for key, rate in rates.items():
            self._rates[key].show(rate, snapshot.wrong(key), typing=snapshot.typing)
        self._show_note(inputs)

    def _show_note(self, inputs: Sequence[Inputs]) -> None:
        notes = []
        if any(not group.rates for group in inputs):
            notes.append("times in ms; 10:50:10 means 10, 20, 30, 40, 50")
        notes += [
            f"the first {MOST_ROWS} of {group.size:,} neurons of {group.name}"
            for group in inputs
            if not group.rates and group.size > MOST_ROWS
        ]
        notes += [
            f"{group.name} fires at random, each of {group.size:,} neurons on its own"
            for group in inputs
            if group.rates
        ]
        text = "<br>".join(notes)
        if self._note.value != text:
            self._note.value = text
        widgets.show_if(self.widget, bool(inputs))

    def _text_field(self, key: _Key) -> TextField:
        _, group, neuron = key

        def typed(text: str) -> None:
            self._store.edit(
                ("spikes", group, neuron),
                lambda experiment: set_spikes(experiment, group, neuron, parse_times(text)),
                typing=True,
            )

        return TextField(
            f"{group} {neuron}",
            typed,
            name=f"spike times of {group} {neuron}, in ms",
            hint="no spikes",
        )

    def _rate_field(self, key: _Key) -> NumberField:
        _, group, neuron = key

        def changed(number: Callable[[], float], typing: bool) -> None:
            self._store.edit(
                ("rate", group, neuron),
                lambda experiment: set_rates(experiment, group, number(), neuron),
                typing,
            )

        label = group if neuron is None else f"{group} {neuron}"
        return NumberField(f"{label}: rate", "Hz", changed, logarithmic=False, low=0.0, high=100.0)


def _rates(group: Inputs) -> list[tuple[int | None, float]]:
    """Return neurons and their rates, or one rate for all (None)."""
    if group.size <= _MOST_RATES:
        return list(enumerate(group.rates))
    return [(None, sum(group.rates) / group.size)]


def _reads_as(text: str, times: tuple[float, ...]) -> bool:
    try:
        return parse_times(text) == tuple(sorted(set(times)))
    except NeurolabError:
        return False
