"""Panel: what the source neurons do. Spike times as lists of text, the keyboard's way to what the raster does by mouse;
rates of those that fire at random."""

import ipywidgets as widgets

from ...errors import NeurolabError
from ...experiment.edits import set_rates, set_spikes
from ...experiment.typed_lists import format_times, parse_times
from ..controls.close_widgets import close_all
from ..controls.fields import NumberField, TextField, panel, show_if
from ..pictures.spikefield import MOST_ROWS

_MOST_RATES = 6  # sliders; larger groups have one for all


class SpikesPanel:
    """One list for each source neuron, one slider for each rate; not there where there are no source neurons."""

    def __init__(self, store):
        self._store = store
        self._fields = {}
        self._list = widgets.VBox()
        self._note = widgets.HTML()
        self._note.add_class("nl-note")
        self.widget = panel("Input spikes", [self._list, self._note], "nl-spikes")

    def show(self, snapshot):
        """Follow the experiment."""
        inputs = snapshot.experiment.inputs
        trains = {
            ("spikes", group.name, neuron): times
            for group in inputs
            if not group.rates
            for neuron, times in enumerate(group.spikes[:MOST_ROWS])
        }
        rates = {
            ("rate", group.name, neuron): rate
            for group in inputs
            if group.rates
            for neuron, rate in _rates(group)
        }
        keys = [*trains, *rates]
        if keys != list(self._fields):
            old = self._fields
            self._fields = {key: old.pop(key, None) or self._field(*key) for key in keys}
            self._list.children = [field.widget for field in self._fields.values()]
            for field in old.values():
                close_all(field.widget)
        for key, times in trains.items():
            field, error = self._fields[key], snapshot.wrong(key)
            typed = snapshot.typing and _reads_as(field.text.value, times)
            field.show(
                field.text.value if typed else format_times(times), error, snapshot.notice(key)
            )
        for key, rate in rates.items():
            self._fields[key].show(rate, snapshot.wrong(key), typing=snapshot.typing)
        self._show_note(inputs)

    def _show_note(self, inputs):
        notes = ["times in ms; 10:50:10 means 10, 20, 30, 40, 50"] * any(
            not group.rates for group in inputs
        )
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
        show_if(self.widget, bool(inputs))

    def _field(self, kind, group, neuron):
        if kind == "rate":
            return self._rate_field(group, neuron)

        def typed(text):
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

    def _rate_field(self, group, neuron):
        def changed(number, typing):
            self._store.edit(
                ("rate", group, neuron),
                lambda experiment: set_rates(experiment, group, number(), neuron),
                typing,
            )

        label = group if neuron is None else f"{group} {neuron}"
        return NumberField(f"{label}: rate", "Hz", changed, logarithmic=False, low=0.0, high=100.0)


def _rates(group):
    """Neurons and their rates, or one rate for all (None)."""
    if group.size <= _MOST_RATES:
        return list(enumerate(group.rates))
    return [(None, sum(group.rates) / group.size)]


def _reads_as(text, times):
    try:
        return parse_times(text) == tuple(sorted(set(times)))
    except NeurolabError:
        return False
