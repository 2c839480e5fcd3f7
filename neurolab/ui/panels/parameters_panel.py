"""Panel: the named constants of the equations, one control each."""

import html

import ipywidgets as widgets

from ...experiment.edits import add_parameter, remove_parameter, set_parameter, unused_parameters
from ...experiment.typed_values import parse_parameter
from ...units import SECOND, unit
from ..controls.close_widgets import close_all
from ..controls.fields import Message, NumberField, panel
from ..controls.set_traits import update


class ParametersPanel:
    """Time constants, thresholds and whatever else the network's equations name."""

    def __init__(self, store):
        self._store = store
        self._fields = {}
        self._list = widgets.VBox()
        # Not sent while it is being typed: half a definition may already be another one.
        self._new = widgets.Text(
            description="new",
            placeholder="tau_c = 5 ms",
            tooltip="new parameter with its value",
            continuous_update=False,
        )
        self._new.observe(self._add, "value")
        self._add_button = widgets.Button(description="Add", tooltip="Add the parameter")
        self._add_button.on_click(self._add)
        self._new_message = Message()
        row = widgets.HBox([self._new, self._add_button])
        row.add_class("nl-row")
        self._unused = widgets.HTML()
        self._unused.add_class("nl-note")
        self._remove = widgets.Button(
            description="Remove", tooltip="Remove the parameters that nothing uses"
        )
        self._remove.on_click(self._remove_unused)
        self._left_over = widgets.HBox([self._unused, self._remove])
        self.widget = panel(
            "Parameters", [self._list, self._left_over, row, self._new_message], "nl-parameters"
        )

    def show(self, snapshot):
        """Follow the experiment: a control for each of its parameters."""
        parameters = snapshot.experiment.parameters
        shape = [(parameter.name, parameter.unit) for parameter in parameters]
        if shape != list(self._fields):
            old = self._fields
            self._fields = {
                key: old.pop(key, None) or self._field(*key, parameter.value)
                for key, parameter in zip(shape, parameters)
            }
            self._list.children = [field.widget for field in self._fields.values()]
            for field in old.values():
                close_all(field.widget)
        for parameter, field in zip(parameters, self._fields.values()):
            key = ("parameter", parameter.name)
            field.show(parameter.value, snapshot.wrong(key), typing=snapshot.typing)
        self._show_unused(snapshot)

    def _field(self, name, unit_name, value):
        def changed(number, typing):
            self._store.edit(
                ("parameter", name),
                lambda experiment: set_parameter(experiment, name, number()),
                typing,
            )

        if unit(unit_name)[1] == SECOND:
            return NumberField(name, unit_name, changed, logarithmic=True, low=0.1, high=100.0)
        high = _round_above(abs(value), 20.0 if unit_name else 2.0)
        return NumberField(name, unit_name, changed, logarithmic=False, low=-high, high=high)

    def _add(self, _):
        text = self._new.value
        if not text.strip():
            return

        def change(experiment):
            return add_parameter(experiment, *parse_parameter(text))

        self._store.edit(("parameter", "new"), change)

    def _remove_unused(self, _):
        def change(experiment):
            for name in unused_parameters(experiment):
                experiment = remove_parameter(experiment, name)
            return experiment

        self._store.edit(("parameter", "unused"), change)

    def _show_unused(self, snapshot):
        names = unused_parameters(snapshot.experiment)
        update(self._left_over.layout, display="" if names else "none")
        update(
            self._unused,
            value=f"{html.escape(', '.join(names))}: not used by any equation." if names else "",
        )
        error = snapshot.wrong(("parameter", "new"))
        self._new_message.show(error)
        if error is None and self._new.value:
            self._new.value = ""


def _round_above(value, least):
    """A round number well above a value, so that a slider is fine enough for it."""
    high = least
    while value > 0.8 * high:
        high *= 2.5 if f"{high:e}"[0] == "2" else 2
    return high
