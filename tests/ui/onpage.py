"""A panel with its store, without a browser, and what it shows."""

import re

import ipywidgets as widgets

from neurolab.experiment.presets import TUTORIAL
from neurolab.ui.controls.plain_widgets import is_hidden
from neurolab.ui.store.store import Snapshot, Store


class OnPage:
    """A panel that draws into the traces, opened or not."""

    def __init__(self, kind, experiment=TUTORIAL, opened=True):
        self.store = Store(experiment)
        self.curtain = self.store.curtain
        self.panel = kind(self.store)
        self.store.subscribe(self.panel.show)
        self.panel._fold.opened = opened
        self.store.refresh()

    def overlays(self):
        return self.panel.overlays(
            Snapshot(
                self.store.experiment,
                self.curtain.seen(self.store.result),
                {},
                frozenset(),
                None,
                self.curtain.hidden_after,
            )
        )

    def text(self):
        """All that it says, where it is in sight."""
        return re.sub("<[^>]+>", " ", " ".join(widget.value for widget in self.every(widgets.HTML)))

    def every(self, kind):
        """All widgets of a kind that are in sight."""
        found, left = [], [self.panel.widget]
        while left:
            widget = left.pop(0)
            if is_hidden(widget):
                continue
            left = [*getattr(widget, "children", ()), *left]
            if isinstance(widget, kind):
                found.append(widget)
        return found

    def button(self, title):
        return next(button for button in self.every(widgets.Button) if button.description == title)

    def edit(self, change, *arguments, **options):
        """An edit from elsewhere on the page."""
        self.store.edit(("run", "dt"), lambda experiment: change(experiment, *arguments, **options))
