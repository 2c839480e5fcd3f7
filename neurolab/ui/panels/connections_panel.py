"""Panel: the connections, each as a matrix (source rows, target columns) or as a rule, and the variable it adds to."""

from collections.abc import Iterable, Mapping

import ipywidgets as widgets

from ...experiment.edits import set_connection, set_weight
from ...experiment.expansion import rows_of
from ...experiment.experiment import Experiment, Rule
from ...experiment.typed_values import parse_number
from ...experiment.validate import model_of, state_unit
from ...units import unit
from ..controls.close_widgets import close_all
from ..controls.fields import Message, NumberField, panel, show_if
from ..controls.set_traits import update
from .large_connections import RuleControl, WiringSummary
from .matrix import MAX_CELLS, WeightMatrix


class ConnectionsPanel:
    """The connection matrices."""

    def __init__(self, store):
        self._store = store
        self._matrices = {}
        self._list = widgets.Box()
        self._list.add_class("nl-matrices")
        note = widgets.HTML("positive excites, negative inhibits")
        note.add_class("nl-note")
        self.widget = panel("Connections", [self._list, note], "nl-connections")

    def show(self, snapshot):
        """Follow the experiment: a matrix for each connection."""
        names = [connection.name for connection in snapshot.experiment.connections]
        if names != list(self._matrices):
            old = self._matrices
            self._matrices = {
                name: old.pop(name, None) or ConnectionControl(self._store, name) for name in names
            }
            self._list.children = [matrix.widget for matrix in self._matrices.values()]
            for matrix in old.values():
                close_all(matrix.widget)
        show_if(self.widget, bool(names))
        for connection in snapshot.experiment.connections:
            self._matrices[connection.name].show(snapshot, connection)

    def follow(self, moment):
        """Light up the entry over which something arrives at the time cursor, or the row that adds nothing."""
        for name, matrix in self._matrices.items():
            matrix.light(moment.event if moment.event and moment.event.connection == name else None)


class ConnectionControl:
    """A connection: its matrix where that is small, else what it looks like from afar; its rule; its target variable."""

    def __init__(self, store, name):
        self._store, self._name, self._unit = store, name, ""
        self._parts = {}
        self._state = widgets.Dropdown(
            description="adds to", tooltip=f"variable that {name} adds to"
        )
        self._state.observe(self._chosen, "value")
        self._message = Message()
        self.widget = widgets.VBox()
        self.widget.add_class("nl-connection")

    def _edited(self, source: int, target: int, text: str, added: float, typing: bool) -> None:
        name, unit_name = self._name, self._unit

        def change(experiment: Experiment) -> Experiment:
            weight = parse_number(text, unit_name)
            if added:
                weight = _sum(weight, added)
            return set_weight(experiment, name, source, target, weight)

        self._store.edit(("weight", name, source, target), change, typing)
        # A text that is refused stays in its cell, also while nothing is said of it yet.
        update(
            self._parts["matrix", ""], errors=self._refused(self._store.errors, self._store.waiting)
        )

    def _refused(self, errors: Mapping[tuple, str], waiting: Iterable[tuple]) -> dict[str, str]:
        """Cells whose text cannot be taken, and what is said of it."""
        return {
            f"{key[2]},{key[3]}": errors.get(key, "")
            for key in {*errors, *waiting}
            if key[:2] == ("weight", self._name)
        }

    def _chosen(self, change):
        name, state = self._name, change["new"]
        if state is not None:
            self._store.edit(
                ("state", name), lambda experiment: set_connection(experiment, name, state=state)
            )

    def _delayed(self, number, typing):
        name = self._name
        self._store.edit(
            ("delay", name),
            lambda experiment: set_connection(experiment, name, delay=number()),
            typing,
        )

    def light(self, event):
        """Light up the entry that an event used; None for none."""
        cell = (
            []
            if event is None
            else [event.source]
            if event.kind == "nothing"
            else [event.source, event.neuron]
        )
        matrix = self._parts.get(("matrix", ""))
        if matrix:
            update(matrix, highlight=cell)

    def show(self, snapshot, connection):
        """Follow the connection."""
        experiment = snapshot.experiment
        source, target = experiment.group(connection.source), experiment.group(connection.target)
        self._unit = state_unit(experiment, target, connection.state)
        states = model_of(experiment, target)[0].states
        update(self._state, options=states)
        update(self._state, value=connection.state)
        self._choose_parts(connection, source.size * target.size)
        for (kind, _), part in self._parts.items():
            if kind == "matrix":
                self._show_matrix(part, snapshot, connection, source, target)
            elif kind == "summary":
                part.show(connection, source, target, self._unit)
            elif kind == "rule":
                part.show(snapshot, connection.weights)
            else:
                key = ("delay", connection.name)
                part.show(
                    connection.delay,
                    snapshot.wrong(key),
                    typing=snapshot.typing,
                    notice=snapshot.notice(key),
                )
        key = ("state", connection.name)
        self._message.show(snapshot.wrong(key), snapshot.notice(key))

    def _choose_parts(self, connection, cells):
        """Have the parts that this connection needs, and no others."""
        ruled = cells > MAX_CELLS or isinstance(connection.weights, Rule)
        wanted = [
            ("summary" if cells > MAX_CELLS else "matrix", ""),
            *[("rule", self._unit)] * ruled,
            *[("delay", "")] * bool(ruled or connection.delay),
        ]
        if wanted == list(self._parts):
            return
        old = self._parts
        self._parts = {key: old.pop(key, None) or self._part(*key) for key in wanted}
        self.widget.children = [*map(_widget, self._parts.values()), self._state, self._message]
        for part in old.values():
            close_all(_widget(part))

    def _part(self, kind, unit_name):
        if kind == "matrix":
            matrix = WeightMatrix()
            matrix.on_edit(self._edited)
            return matrix
        if kind == "summary":
            return WiringSummary()
        if kind == "rule":
            return RuleControl(self._store, self._name, unit_name)
        return NumberField("delay", "ms", self._delayed, logarithmic=False, low=0.0, high=20.0)

    def _show_matrix(self, matrix, snapshot, connection, source, target):
        update(
            matrix,
            caption=f"{connection.name}: {source.name} → {target.name}",
            unit=self._unit,
            rows=[f"{source.name} {i}" for i in range(source.size)],
            columns=[f"{target.name} {j}" for j in range(target.size)],
            disabled=isinstance(connection.weights, Rule),
            values=self._weights(connection, source, target),
            errors=self._refused(snapshot.errors, snapshot.waiting),
        )

    def _weights(self, connection, source, target):
        if not isinstance(connection.weights, Rule):
            return [list(row) for row in connection.weights]
        factor = unit(self._unit)[0]
        rows = rows_of(connection.weights, factor, source.size, target.size)
        matrix = [[0.0] * target.size for _ in range(source.size)]
        for i, row in enumerate(matrix):
            for j, weight in zip(*(part.tolist() for part in rows.row(i))):
                row[j] = weight / factor
        return matrix


def _widget(part):
    return part if isinstance(part, widgets.Widget) else part.widget


def _sum(weight: float, added: float) -> float:
    """A weight after arrow keys, without the rounding errors of the sum."""
    total = float(f"{weight + added:.12g}")
    return 0.0 if abs(total) < 1e-9 * abs(added) else total
