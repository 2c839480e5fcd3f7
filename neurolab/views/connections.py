"""Panel: one matrix for each connection, source rows and target columns, and the variable it adds to."""

import ipywidgets as widgets

from ..lab.edits import set_connection, set_weight
from ..lab.experiment import Rule
from ..lab.parsing import parse_number
from ..lab.validate import model_of, state_unit
from ..units import unit
from .fields import Message, close_all, panel
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
            self._matrices = {name: old.pop(name, None) or ConnectionControl(self._store, name) for name in names}
            self._list.children = [matrix.widget for matrix in self._matrices.values()]
            for matrix in old.values():
                close_all(matrix.widget)
        for connection in snapshot.experiment.connections:
            self._matrices[connection.name].show(snapshot, connection)

    def follow(self, moment):
        """Light up the entry over which something arrives at the time cursor, or the row that adds nothing."""
        for name, matrix in self._matrices.items():
            matrix.light(moment.event if moment.event and moment.event.connection == name else None)


class ConnectionControl:
    """A connection's matrix and target variable."""

    def __init__(self, store, name):
        self._store, self._name, self._unit = store, name, ""
        self._matrix = WeightMatrix()
        self._matrix.on_edit(self._edited)
        self._state = widgets.Dropdown(description="adds to", tooltip=f"variable that {name} adds to")
        self._state.observe(self._chosen, "value")
        self._message = Message()
        self.widget = widgets.VBox([self._matrix, self._state, self._message])
        self.widget.add_class("nl-connection")

    def _edited(self, source, target, text):
        name, unit = self._name, self._unit
        self._store.edit(("weight", name, source, target), lambda experiment: set_weight(
            experiment, name, source, target, parse_number(text, unit)))

    def _chosen(self, change):
        name, state = self._name, change["new"]
        if state is not None:
            self._store.edit(("state", name), lambda experiment: set_connection(experiment, name, state=state))

    def _weights(self, snapshot, connection, source, target):
        if not isinstance(connection.weights, Rule):
            return [list(row) for row in connection.weights]
        factor = unit(self._unit)[0]
        matrix = [[0.0] * target.size for _ in range(source.size)] if source.size * target.size <= MAX_CELLS else []
        for i, row in enumerate(matrix):
            for j, weight in zip(*(part.tolist() for part in snapshot.result.rows[connection.name].row(i))):
                row[j] = weight / factor
        return matrix

    def light(self, event):
        """Light up the entry that an event used; None for none."""
        cell = [] if event is None else [event.source] if event.kind == "nothing" else [event.source, event.neuron]
        if self._matrix.highlight != cell:
            self._matrix.highlight = cell

    def show(self, snapshot, connection):
        """Follow the connection."""
        experiment = snapshot.experiment
        source, target = experiment.group(connection.source), experiment.group(connection.target)
        self._unit = state_unit(experiment, target, connection.state)
        states = model_of(experiment, target)[0].states
        if self._state.options != states:
            self._state.options = states
        if self._state.value != connection.state:
            self._state.value = connection.state
        with self._matrix.hold_sync():
            self._matrix.caption = f"{connection.name}: {source.name} → {target.name}"
            self._matrix.unit = self._unit
            self._matrix.rows = [f"{source.name} {i}" for i in range(source.size)]
            self._matrix.columns = [f"{target.name} {j}" for j in range(target.size)]
            self._matrix.disabled = isinstance(connection.weights, Rule)
            self._matrix.values = self._weights(snapshot, connection, source, target)
            self._matrix.errors = {f"{key[2]},{key[3]}": text for key, text in snapshot.errors.items()
                                   if key[:2] == ("weight", connection.name)}
        self._message.show(snapshot.errors.get(("state", connection.name)))
