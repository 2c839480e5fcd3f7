"""Between which values each neuron starts, where that is drawn at random."""

import ipywidgets as widgets

from ...errors import NeurolabError
from ...experiment.edits import set_spread
from ...experiment.experiment import Spread
from ...experiment.typed_values import format_ends, parse_ends
from ...experiment.validate import model_of
from ...units import display_unit
from ..controls.close_widgets import close_all
from ..controls.fields import TextField


class Starts:
    """One text, such as ``-60 to -50``, for each variable of a group that starts at random."""

    def __init__(self, store, group):
        self._store, self._group = store, group
        self._fields = {}
        self.widget = widgets.VBox()

    def show(self, snapshot, group):
        """Follow the group."""
        spreads = {name: values for name, values in group.initial if isinstance(values, Spread)}
        if not (spreads or self._fields):
            return
        dimensions = model_of(snapshot.experiment, group)[1]
        units = {name: display_unit(dimensions[name]) for name in spreads}
        keys = list(units.items())
        if keys != list(self._fields):
            old = self._fields
            self._fields = {key: old.pop(key, None) or self._field(*key) for key in keys}
            self.widget.children = [field.widget for field in self._fields.values()]
            for field in old.values():
                close_all(field.widget)
        for (name, unit_name), field in self._fields.items():
            key, ends = ("starts", self._group, name), (spreads[name].low, spreads[name].high)
            typed = snapshot.typing and _reads_as(field.text.value, unit_name, ends)
            field.show(field.text.value if typed else format_ends(*ends), snapshot.wrong(key))

    def _field(self, name, unit_name):
        group = self._group

        def typed(text):
            def change(experiment):
                low, high = parse_ends(text, unit_name)
                return set_spread(experiment, group, name, low=low, high=high)

            self._store.edit(("starts", group, name), change, typing=True)

        return TextField(
            f"{name} starts ({unit_name})",
            typed,
            name=f"between which values {name} of {group} starts, in {unit_name}",
            hint="-60 to -50",
        )


def _reads_as(text, unit_name, ends):
    try:
        return parse_ends(text, unit_name) == ends
    except NeurolabError:
        return False
