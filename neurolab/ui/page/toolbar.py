"""The bar on top: starting points, undo, redo, reset."""

import html

import ipywidgets as widgets

from ...experiment.presets import PRESETS
from ..controls.set_traits import update

_OTHER = "other"


class Bar:
    """Preset, undo, redo, reset, and one line that says what to try.

    Parameters
    ----------
    store : Store
    own : Experiment, optional
        A starting point beside the presets.
    presets : mapping
        Where there are no starting points at all, none are offered.
    """

    def __init__(self, store, own=None, presets=PRESETS):
        self._store, self._listing = store, False
        self._starts = {key: (preset.title, preset.experiment) for key, preset in presets.items()}
        if own is not None:
            self._starts = {"": ("This network", own), **self._starts}
        self._preset = widgets.Dropdown(
            description="start from", tooltip="starting point", options=self._options()
        )
        self._preset.observe(self._chosen, "value")
        self._undo = self._button("Undo", "Undo the last change", store.undo)
        self._redo = self._button("Redo", "Redo what was undone", store.redo)
        self._reset = self._button("Reset all", "Back to the starting point", store.reset)
        self._task = widgets.HTML()
        self._task.add_class("nl-task")
        self.widget = widgets.HBox(
            [
                *([self._preset] if self._starts else []),
                self._undo,
                self._redo,
                self._reset,
                self._task,
            ]
        )
        self.widget.add_class("nl-bar")

    def _button(self, title, tooltip, action):
        button = widgets.Button(description=title, tooltip=tooltip)
        button.on_click(lambda _: action())
        return button

    def _options(self):
        return [(title, key) for key, (title, _) in self._starts.items()]

    def _chosen(self, change):
        if not self._listing and change["new"] != self._key():
            self._store.load(self._starts[change["new"]][1])

    def _key(self):
        """Which starting point the store has; None for one that is not offered."""
        start = self._store.start
        same = [key for key, (_, experiment) in self._starts.items() if experiment is start]
        return next(
            iter(
                same
                or [key for key, (_, experiment) in self._starts.items() if experiment == start]
            ),
            None,
        )

    def _offer(self, start):
        """Have a starting point that came from a link or a file among the others, in place of the last such one."""
        self._starts[_OTHER] = "Another network", start
        if len(self._preset.options) < len(self._starts):
            self._listing = True  # a new list chooses its first entry by itself
            try:
                self._preset.options = self._options()
            finally:
                self._listing = False

    def show(self, snapshot):
        """Follow the store: which buttons do something, and which starting point it is."""
        for button, possible in (
            (self._undo, self._store.can_undo),
            (self._redo, self._store.can_redo),
            (self._reset, snapshot.experiment != self._store.start or bool(snapshot.errors)),
        ):
            update(button, disabled=not possible)
        key = self._key()
        if key is None and self._starts:
            self._offer(self._store.start)
            key = _OTHER
        update(self._preset, value=key)
        update(self._task, value=html.escape(PRESETS[key].task) if key in PRESETS else "")
