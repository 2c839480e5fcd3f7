"""Panel: how long the network runs, and in which time steps."""

import ipywidgets as widgets

from ..lab.edits import set_run
from .fields import NumberField, panel


class RunPanel:
    """Duration and time step."""

    def __init__(self, store):
        self._store = store
        self._fields = {
            "duration": NumberField("duration", "ms", self._changed("duration"), logarithmic=True, low=1.0, high=1000.0),
            "dt": NumberField("dt", "ms", self._changed("dt"), logarithmic=True, low=0.01, high=1.0),
        }
        self.widget = panel("Run", [widgets.VBox([field.widget for field in self._fields.values()])], "nl-run")

    def _changed(self, name):
        def changed(number, typing):
            self._store.edit(("run", name), lambda experiment: set_run(experiment, **{name: number()}), typing)

        return changed

    def show(self, snapshot):
        """Follow the experiment."""
        for name, field in self._fields.items():
            key = ("run", name)
            field.show(getattr(snapshot.experiment, name), snapshot.errors.get(key), typing=snapshot.source == key)
