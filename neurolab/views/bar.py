"""The bar on top: starting points, undo, redo, reset."""

import html

import ipywidgets as widgets

from ..lab.presets import PRESETS
from .update import update


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
        self._store = store
        self._starts = {key: (preset.title, preset.experiment) for key, preset in presets.items()}
        if own is not None:
            self._starts = {"": ("This network", own), **self._starts}
        self._preset = widgets.Dropdown(description="start from", tooltip="starting point",
                                        options=[(title, key) for key, (title, _) in self._starts.items()])
        self._preset.observe(self._chosen, "value")
        self._undo = self._button("Undo", "Undo the last change", store.undo)
        self._redo = self._button("Redo", "Redo what was undone", store.redo)
        self._reset = self._button("Reset all", "Back to the starting point", store.reset)
        self._task = widgets.HTML()
        self._task.add_class("nl-task")
        self.widget = widgets.HBox([*([self._preset] if self._starts else []), self._undo, self._redo, self._reset, self._task])
        self.widget.add_class("nl-bar")

    def _button(self, title, tooltip, action):
        button = widgets.Button(description=title, tooltip=tooltip)
        button.on_click(lambda _: action())
        return button

    def _chosen(self, change):
        _, experiment = self._starts[change["new"]]
        if experiment is not self._store.start:
            self._store.load(experiment)

    def show(self, snapshot):
        """Follow the store: which buttons do something, and which starting point it is."""
        for button, possible in ((self._undo, self._store.can_undo), (self._redo, self._store.can_redo),
                                 (self._reset, snapshot.experiment != self._store.start or bool(snapshot.errors))):
            update(button, disabled=not possible)
        key = next((key for key, (_, experiment) in self._starts.items() if experiment is self._store.start), None)
        if key is not None:
            update(self._preset, value=key)
        update(self._task, value=html.escape(PRESETS[key].task) if key in PRESETS else "")
