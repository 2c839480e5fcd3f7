"""Panel: the connections, each as a matrix or as a rule, and the variable to which it adds."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ...experiment.checked import model_of, state_unit
from ...experiment.edits import set_connection, set_weight
from ...experiment.expansion import rows_of
from ...experiment.experiment import Experiment, Rule, Synapses
from ...experiment.typed_values import parse_number
from ...explain.events import Event
from ...units import unit
from ..controls import plain_widgets as widgets
from ..controls.close_widgets import close_all
from ..controls.fields import Message, NumberField, panel
from ..controls.keyed_rows import keep_or_make
from ..controls.set_traits import update
from ..pictures.curve import COLOURS
from ..pictures.spikefield import Group
from ..store.cursor_moment import Moment
from ..store.keys import Key
from ..store.snapshot import Snapshot
from ..store.store import Store
from .large_connections import RuleControl, WiringSummary
from .matrix import MAX_CELLS, WeightMatrix


class ConnectionsPanel:
    """The connection matrices.

    Parameters
    ----------
    store : Store
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._matrices: dict[str, ConnectionControl] = {}
        self._list = widgets.Box()
        self._list.add_class("nl-matrices")
        note = widgets.HTML("positive weight: raises the variable · negative weight: lowers it")
        note.add_class("nl-note")
        self.widget = panel("Connections", [self._list, note], "nl-connections")

    def show(self, snapshot: Snapshot) -> None:
        """Follow the experiment: a matrix for each connection."""
        names = [connection.name for connection in snapshot.experiment.connections]
        self._matrices = keep_or_make(
            self._list, self._matrices, names, lambda name: ConnectionControl(self._store, name)
        )
        widgets.show_if(self.widget, bool(names))
        for connection in snapshot.experiment.connections:
            self._matrices[connection.name].show(snapshot, connection)

    def follow(self, moment: Moment) -> None:
        """Highlight the entry of the event at the time cursor, or the row that adds nothing."""
        event = moment.event
        for name, matrix in self._matrices.items():
            matrix.light(event if event and event.connection == name else None)


class ConnectionControl:
    """A connection: its matrix, or a summary if it is large; its rule; its target variable.

    Parameters
    ----------
    store : Store
    name : str
        Name of the connection.
    """

    def __init__(self, store: Store, name: str) -> None:
        self._store = store
        self._name = name
        self._unit = ""
        self._parts: dict[tuple[str, str], Any] = {}
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
        # A text that is refused stays in its cell, even before there is a message about it.
        update(
            self._parts["matrix", ""], errors=self._refused(self._store.errors, self._store.waiting)
        )

    def _refused(self, errors: Mapping[Key, str], waiting: Iterable[Key]) -> dict[str, str]:
        """Return the cells whose text is refused, and the message about each."""
        return {
            f"{key[2]},{key[3]}": errors.get(key, "")
            for key in {*errors, *waiting}
            if key[:2] == ("weight", self._name)
        }

    def _chosen(self, change: Mapping[str, Any]) -> None:
        name, state = self._name, change["new"]
        if state is not None:
            self._store.edit(
                ("state", name), lambda experiment: set_connection(experiment, name, state=state)
            )

    def _delayed(self, number: Callable[[], float], typing: bool) -> None:
        name = self._name
        self._store.edit(
            ("delay", name),
            lambda experiment: set_connection(experiment, name, delay=number()),
            typing,
        )

    def light(self, event: Event | None) -> None:
        """Highlight the entry that an event used; None for none."""
        cell = []
        if event:
            cell = [event.source] if event.kind == "nothing" else [event.source, event.neuron]
        matrix = self._parts.get(("matrix", ""))
        if matrix:
            update(matrix, highlight=cell)

    def show(self, snapshot: Snapshot, connection: Synapses) -> None:
        """Follow the connection."""
        experiment = snapshot.experiment
        source, target = (
            experiment.group(connection.source),
            experiment.neurons_of(connection.target),
        )
        self._unit = state_unit(experiment, target, connection.state)
        states = model_of(experiment, target).model.states
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

    def _choose_parts(self, connection: Synapses, cells: int) -> None:
        """Make the parts that this connection needs, and close the others."""
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

    def _part(self, kind: str, unit_name: str) -> Any:
        if kind == "matrix":
            matrix = WeightMatrix()
            matrix.on_edit(self._edited)
            return matrix
        if kind == "summary":
            return WiringSummary()
        if kind == "rule":
            return RuleControl(self._store, self._name, unit_name)
        return NumberField("delay", "ms", self._delayed, logarithmic=False, low=0.0, high=20.0)

    def _show_matrix(
        self,
        matrix: WeightMatrix,
        snapshot: Snapshot,
        connection: Synapses,
        source: Group,
        target: Group,
    ) -> None:
        update(
            matrix,
            caption=f"{connection.name}: {source.name} → {target.name}",
            unit=self._unit,
            colour=_colour(snapshot.experiment, connection),
            rows=[f"{source.name} {i}" for i in range(source.size)],
            columns=[f"{target.name} {j}" for j in range(target.size)],
            disabled=isinstance(connection.weights, Rule),
            values=self._weights(connection, source, target),
            errors=self._refused(snapshot.errors, snapshot.waiting),
        )

    def _weights(self, connection: Synapses, source: Group, target: Group) -> list[list[float]]:
        if isinstance(connection.weights, tuple):
            return [list(row) for row in connection.weights]
        factor = unit(self._unit)[0]
        rows = rows_of(connection.weights, factor, source.size, target.size)
        matrix = [[0.0] * target.size for _ in range(source.size)]
        for i, row in enumerate(matrix):
            for j, weight in zip(*(part.tolist() for part in rows.row(i))):
                row[j] = weight / factor
        return matrix


def _colour(experiment: Experiment, connection: Synapses) -> str:
    """Return the colour of the variable to which a connection adds."""
    variables = [
        (group.name, state)
        for group in experiment.neurons
        for state in model_of(experiment, group).model.states
    ]
    return COLOURS[variables.index((connection.target, connection.state)) % len(COLOURS)]


def _widget(part: Any) -> widgets.Widget:
    return part if isinstance(part, widgets.Widget) else part.widget


def _sum(weight: float, added: float) -> float:
    """Return a weight after arrow keys, without the rounding errors of the sum."""
    total = float(f"{weight + added:.12g}")
    return 0.0 if abs(total) < 1e-9 * abs(added) else total
