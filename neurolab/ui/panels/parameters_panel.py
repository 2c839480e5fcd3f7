"""Panel: the named constants of the equations, one control each."""

import html
from collections.abc import Callable

from ...experiment.edits import add_parameter, remove_parameter, set_parameter, unused_parameters
from ...experiment.experiment import Experiment
from ...experiment.typed_values import parse_parameter
from ...round_numbers import next_round
from ...units import SECOND, unit
from ..controls import plain_widgets as widgets
from ..controls.fields import Message, NumberField, panel
from ..controls.keyed_rows import keep_or_make
from ..controls.set_traits import update
from ..store.snapshot import Snapshot
from ..store.store import Store


class ParametersPanel:
    """Time constants, thresholds and the other named constants of the equations.

    Parameters
    ----------
    store : Store
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._fields: dict[tuple[str, str], NumberField] = {}
        self._list = widgets.VBox()
        # Sent when it is complete, because half of a definition can be a valid other one.
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

    def show(self, snapshot: Snapshot) -> None:
        """Follow the experiment: a control for each of its parameters."""
        parameters = snapshot.experiment.parameters
        values = {(parameter.name, parameter.unit): parameter.value for parameter in parameters}
        self._fields = keep_or_make(
            self._list, self._fields, values, lambda key: self._field(*key, values[key])
        )
        for parameter, field in zip(parameters, self._fields.values()):
            key = ("parameter", parameter.name)
            field.show(parameter.value, snapshot.wrong(key), typing=snapshot.typing)
        self._show_unused(snapshot)

    def _field(self, name: str, unit_name: str, value: float) -> NumberField:
        def changed(number: Callable[[], float], typing: bool) -> None:
            self._store.edit(
                ("parameter", name),
                lambda experiment: set_parameter(experiment, name, number()),
                typing,
            )

        if unit(unit_name)[1] == SECOND:
            return NumberField(name, unit_name, changed, logarithmic=True, low=0.1, high=100.0)
        high = _round_above(abs(value), 20.0 if unit_name else 2.0)
        return NumberField(name, unit_name, changed, logarithmic=False, low=-high, high=high)

    def _add(self, _: object) -> None:
        text = self._new.value
        if not text.strip():
            return

        def change(experiment: Experiment) -> Experiment:
            return add_parameter(experiment, *parse_parameter(text))

        self._store.edit(("parameter", "new"), change)

    def _remove_unused(self, _: object) -> None:
        def change(experiment: Experiment) -> Experiment:
            for name in unused_parameters(experiment):
                experiment = remove_parameter(experiment, name)
            return experiment

        self._store.edit(("parameter", "unused"), change)

    def _show_unused(self, snapshot: Snapshot) -> None:
        names = unused_parameters(snapshot.experiment)
        widgets.show_if(self._left_over, bool(names))
        update(
            self._unused,
            value=f"{html.escape(', '.join(names))}: not used by any equation." if names else "",
        )
        error = snapshot.wrong(("parameter", "new"))
        self._new_message.show(error)
        if error is None and self._new.value:
            self._new.value = ""


def _round_above(value: float, least: float) -> float:
    """Return a round number well above a value, as the end of its slider."""
    high = least
    while value > 0.8 * high:
        high = next_round(high)
    return high
