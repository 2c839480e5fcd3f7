"""Panel: the spike times of each source neuron as a list of text, the keyboard's way to what the raster does by mouse."""

import ipywidgets as widgets

from ..errors import NeurolabError
from ..lab.edits import set_spikes
from ..lab.parsing import format_times, parse_times
from .fields import TextField, close_all, panel


class SpikesPanel:
    """One list for each source neuron."""

    def __init__(self, store):
        self._store = store
        self._fields = {}
        self._list = widgets.VBox()
        note = widgets.HTML("times in ms; 10:50:10 means 10, 20, 30, 40, 50")
        note.add_class("nl-note")
        self.widget = panel("Input spikes", [self._list, note], "nl-spikes")

    def show(self, snapshot):
        """Follow the experiment: a list for each source neuron that fires at given times."""
        trains = {(group.name, neuron): times for group in snapshot.experiment.inputs if not group.rates
                  for neuron, times in enumerate(group.spikes)}
        if list(trains) != list(self._fields):
            old = self._fields
            self._fields = {key: old.pop(key, None) or self._field(*key) for key in trains}
            self._list.children = [field.widget for field in self._fields.values()]
            for field in old.values():
                close_all(field.widget)
        for (group, neuron), times in trains.items():
            key = ("spikes", group, neuron)
            field = self._fields[group, neuron]
            if key == snapshot.source and _reads_as(field.text.value, times, snapshot.experiment.duration):
                field.show(field.text.value, snapshot.errors.get(key))
            else:
                field.show(format_times(times), snapshot.errors.get(key))

    def _field(self, group, neuron):
        def typed(text):
            self._store.edit(("spikes", group, neuron), lambda experiment: set_spikes(
                experiment, group, neuron, parse_times(text, experiment.duration)), typing=True)

        return TextField(f"{group} {neuron}", typed, name=f"spike times of {group} {neuron}, in ms", hint="no spikes")


def _reads_as(text, times, duration):
    try:
        return parse_times(text, duration) == tuple(sorted(set(times)))
    except NeurolabError:
        return False
