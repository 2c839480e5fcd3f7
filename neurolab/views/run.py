"""Panel: how long the network runs, and in which time steps."""

import ipywidgets as widgets

from ..lab.edits import set_run
from ..lab.simulate import needs_chance
from .fields import Message, NumberField, panel, show_if


class RunPanel:
    """Duration and time step; the seed, where chance plays a part."""

    def __init__(self, store):
        self._store = store
        self._fields = {
            "duration": NumberField("duration", "ms", self._changed("duration"), logarithmic=True, low=1.0, high=1000.0),
            "dt": NumberField("dt", "ms", self._changed("dt"), logarithmic=True, low=0.01, high=1.0),
        }
        self._seed = widgets.IntText(description="seed", tooltip="seed of what is random: another number, another draw",
                                     continuous_update=False)
        self._seed.observe(self._drawn, "value")
        self._message = Message()
        fields = [*(field.widget for field in self._fields.values()), self._seed, self._message]
        self.widget = panel("Run", [widgets.VBox(fields)], "nl-run")

    def _drawn(self, change):
        self._store.edit(("run", "seed"), lambda experiment: set_run(experiment, seed=change["new"]))

    def _changed(self, name):
        def changed(number, typing):
            self._store.edit(("run", name), lambda experiment: set_run(experiment, **{name: number()}), typing)

        return changed

    def show(self, snapshot):
        """Follow the experiment."""
        for name, field in self._fields.items():
            key = ("run", name)
            field.show(getattr(snapshot.experiment, name), snapshot.wrong(key), typing=snapshot.typing)
        error = snapshot.wrong(("run", "seed"))
        if error is None and self._seed.value != snapshot.experiment.seed:
            self._seed.value = snapshot.experiment.seed
        self._message.show(error)
        show_if(self._seed, needs_chance(snapshot.experiment))
