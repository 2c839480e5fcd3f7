"""Panel: equations, threshold, reset and number of neurons of each group."""

import html
from collections.abc import Callable

from ...characters import plain_lines
from ...engine.integrators import METHODS
from ...experiment.edits import set_neurons, set_size
from ...experiment.experiment import Inputs, Neurons
from ...explain.mathematics import equations_mathml
from ...model.compilation import compile_model
from ..controls import plain_widgets as widgets
from ..controls.close_widgets import close_all
from ..controls.fields import Message, TextField, WholeField, panel
from ..controls.note import Note
from ..store.snapshot import Snapshot
from ..store.store import Store
from .initial_values import Starts

_METHOD_NAMES = {
    "": "automatic",
    "linear": "exact (linear)",
    "euler": "Euler",
    "rk2": "midpoint (rk2)",
    "rk4": "Runge–Kutta (rk4)",
    "exponential_euler": "exponential Euler",
}


class ModelPanel:
    """One block for each group of the network.

    Parameters
    ----------
    store : Store
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._blocks: dict[str, InputsBlock | NeuronsBlock] = {}
        self._list = widgets.VBox()
        self.widget = panel("Neurons", [self._list], "nl-model")

    def show(self, snapshot: Snapshot) -> None:
        """Follow the experiment: a block for each group."""
        kinds = {group.name: isinstance(group, Inputs) for group in snapshot.experiment.groups}
        if kinds != {name: isinstance(block, InputsBlock) for name, block in self._blocks.items()}:
            for block in self._blocks.values():
                close_all(block.widget)
            self._blocks = {
                name: (InputsBlock if is_input else NeuronsBlock)(self._store, name)
                for name, is_input in kinds.items()
            }
            self._list.children = [block.widget for block in self._blocks.values()]
        for group in snapshot.experiment.groups:
            self._blocks[group.name].show(snapshot, group)


class SizeField(WholeField):
    """The number of neurons of a group.

    Parameters
    ----------
    store : Store
    group : str
        Name of the group.
    """

    def __init__(self, store: Store, group: str) -> None:
        def changed(size: Callable[[], int]) -> None:
            store.edit(("size", group), lambda experiment: set_size(experiment, group, size()))

        super().__init__(
            f"{group}: size",
            changed,
            name=f"number of neurons in {group}",
            what="number of neurons",
        )
        self._key = ("size", group)

    def follow(self, snapshot: Snapshot, size: int) -> None:
        """Follow the group's size."""
        self.show(str(size), snapshot.wrong(self._key), snapshot.notice(self._key))


class InputsBlock:
    """The size of an input group."""

    def __init__(self, store: Store, name: str) -> None:
        self._size = SizeField(store, name)
        self.widget = widgets.VBox([self._size.widget])

    def show(self, snapshot: Snapshot, group: Inputs | Neurons) -> None:
        """Follow the group."""
        self._size.follow(snapshot, group.size)


class NeuronsBlock:
    """A group with equations."""

    def __init__(self, store: Store, name: str) -> None:
        self._store = store
        self._name = name
        self._size = SizeField(store, name)
        self._fields = {
            "equations": TextField(
                "equations", self._typed("equations"), name=f"equations of {name}", lines=3
            ),
            "threshold": TextField(
                "threshold",
                self._typed("threshold"),
                name=f"threshold of {name}",
                hint="never fires; for example V > Vt",
            ),
            "reset": TextField(
                "reset",
                self._typed("reset"),
                name=f"reset of {name}",
                hint="nothing; for example V = Vr",
            ),
        }
        self._mathematics = widgets.HTML()
        self._mathematics.add_class("nl-mathematics")
        self._rerouted = Note()
        self._added_to: dict[str, str] = {}
        self._method = self._method_list()
        self._method_message = Message()
        self._starts = Starts(store, name)
        self.widget = widgets.VBox(
            [
                self._size.widget,
                self._fields["equations"].widget,
                self._rerouted,
                self._mathematics,
                self._fields["threshold"].widget,
                self._fields["reset"].widget,
                self._starts.widget,
                self._method,
                self._method_message,
            ]
        )

    def _method_list(self) -> widgets.Dropdown:
        methods = widgets.Dropdown(
            description="method",
            tooltip=f"integration method of {self._name}",
            options=[(_METHOD_NAMES[method], method) for method in ("", *METHODS)],
            value="",
        )
        methods.observe(lambda change: self._edit("method", change["new"]), "value")
        return methods

    def _typed(self, part: str) -> Callable[[str], None]:
        return lambda text: self._edit(part, text, typing=True)

    def _edit(self, part: str, text: str, typing: bool = False) -> None:
        name = self._name
        self._store.edit(
            (part, name), lambda experiment: set_neurons(experiment, name, **{part: text}), typing
        )

    def show(self, snapshot: Snapshot, group: Inputs | Neurons) -> None:
        """Follow the group."""
        self._size.follow(snapshot, group.size)
        if isinstance(group, Inputs):
            return
        for part, field in self._fields.items():
            key = (part, group.name)
            text = getattr(group, part)
            typed = snapshot.typing and plain_lines(field.text.value) == text
            field.show(
                field.text.value if typed else text, snapshot.wrong(key), snapshot.notice(key)
            )
        equations = self._fields["equations"].text
        rows = min(8, max(2, equations.value.count("\n") + 1))
        if equations.rows != rows:
            equations.rows = rows
        self._show_mathematics(group)
        self._tell_what_was_rerouted(snapshot)
        self._starts.show(snapshot, group)
        if snapshot.wrong(("method", group.name)) is None and self._method.value != group.method:
            self._method.value = group.method
        self._method_message.show(snapshot.wrong(("method", group.name)))

    def _tell_what_was_rerouted(self, snapshot: Snapshot) -> None:
        """Name the connections that add to another variable now, because theirs is gone."""
        added_to = {
            connection.name: connection.state
            for connection in snapshot.experiment.connections
            if connection.target == self._name
        }
        if snapshot.source != ("equations", self._name):
            self._added_to = added_to
        moved = [
            f"{self._added_to[name]} is gone: {name} adds to {state} now."
            for name, state in added_to.items()
            if self._added_to.get(name, state) != state
        ]
        self._rerouted.say(" ".join(moved))
        widgets.show_if(self._rerouted, bool(moved))

    def _show_mathematics(self, group: Neurons) -> None:
        model = compile_model(group.equations, group.threshold, group.reset)
        shown = equations_mathml(group.equations)
        if model.threshold is None:
            shown += "<p>It never fires.</p>"
        elif not model.reset:
            shown += f"<p>Fires when {html.escape(group.threshold)}; nothing is reset.</p>"
        if self._mathematics.value != shown:
            self._mathematics.value = shown
