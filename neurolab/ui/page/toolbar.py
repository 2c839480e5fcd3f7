"""The bar at the top: starting points, undo, redo and reset."""

import html
from collections.abc import Callable, Mapping
from typing import Any

from ...experiment.experiment import Experiment
from ...experiment.presets import PRESETS, Preset
from ..controls import plain_widgets as widgets
from ..controls.set_traits import update
from ..store.after_rest import Rest
from ..store.edit import Edit
from ..store.snapshot import Snapshot
from ..store.store import Store
from .page_input import PageInput

_OTHER = "other"


class Bar:
    """Starting points, undo, redo, reset, and one line with a task.

    The tooltips of undo and redo name the edit: what it changes, from what to what.

    Parameters
    ----------
    store : Store
    own : Experiment, optional
        A starting point beside the presets.
    presets : mapping
        Key → preset; if it is empty, no starting points are offered.

    Attributes
    ----------
    widget : Widget
    """

    def __init__(
        self,
        store: Store,
        own: Experiment | None = None,
        presets: Mapping[str, Preset] = PRESETS,
    ) -> None:
        self._store = store
        self._rest = Rest()
        self._listing = False
        self._starts = {key: (preset.title, preset.experiment) for key, preset in presets.items()}
        if own is not None:
            self._starts = {"": ("This network", own), **self._starts}
        self._preset = widgets.Dropdown(
            description="start from", tooltip="starting point", options=self._options()
        )
        self._preset.observe(self._chosen, "value")
        self._undo = _button("Undo", "Undo the last change", store.undo)
        self._redo = _button("Redo", "Redo what was undone", store.redo)
        self._reset = _button("Reset all", "Back to the starting point", store.reset)
        self._task = widgets.HTML()
        self._task.add_class("nl-task")
        parts = [self._undo, self._redo, self._reset, self._task, PageInput(store.begin_gesture)]
        self.widget = widgets.HBox([self._preset, *parts] if self._starts else parts)
        self.widget.add_class("nl-bar")

    def _options(self) -> list[tuple[str, str]]:
        return [(title, key) for key, (title, _) in self._starts.items()]

    def _chosen(self, change: Mapping[str, Any]) -> None:
        if not self._listing and change["new"] != self._key():
            self._store.load(self._starts[change["new"]][1])

    def _key(self) -> str | None:
        """Return the key of the store's starting point; None if it is not offered."""
        start = self._store.start
        for key, (_, experiment) in self._starts.items():
            if experiment is start:
                return key
        for key, (_, experiment) in self._starts.items():
            if experiment == start:
                return key
        return None

    def _offer(self, start: Experiment) -> None:
        """Offer a starting point from a link or a file, in place of the last such one."""
        self._starts[_OTHER] = ("Another network", start)
        if len(self._preset.options) < len(self._starts):
            self._listing = True  # a new list chooses its first entry by itself
            try:
                self._preset.options = self._options()
            finally:
                self._listing = False

    def show(self, snapshot: Snapshot) -> None:
        """Follow the store: the buttons that do something, and the starting point."""
        is_changed = snapshot.experiment != self._store.start or bool(snapshot.errors)
        update(self._undo, disabled=not self._store.can_undo)
        update(self._redo, disabled=not self._store.can_redo)
        update(self._reset, disabled=not is_changed)
        key = self._key()
        if key is None and self._starts:
            self._offer(self._store.start)
            key = _OTHER
        update(self._preset, value=key)
        update(self._task, value=html.escape(PRESETS[key].task) if key in PRESETS else "")
        self._rest.then(self._name_edits)

    def _name_edits(self) -> None:
        """Name the edits in the tooltips; while a slider moves, this would slow it down."""
        if self._undo.comm is None:
            return
        update(self._undo, tooltip=_tooltip("Undo", self._store.last_edit, "the last change"))
        update(self._redo, tooltip=_tooltip("Redo", self._store.undone_edit, "what was undone"))


def _tooltip(verb: str, edit: Edit | None, otherwise: str) -> str:
    return f"{verb} {edit.text if edit else otherwise}"


def _button(title: str, tooltip: str, action: Callable[[], object]) -> widgets.Button:
    button = widgets.Button(description=title, tooltip=tooltip)
    button.on_click(lambda _: action())
    return button
