"""The contract of panels."""

from typing import Protocol

import ipywidgets as widgets

from ..store.snapshot import Snapshot


class Panel(Protocol):
    """A part of the page that shows an experiment, and sends what a person changes.

    A panel sends a change as ``store.edit(key, change)``. It never changes the experiment itself and
    never calls another panel. What `show` sets is not sent back as an edit. An error in `show` goes
    to the log, and the other panels are still shown.

    Attributes
    ----------
    widget : ipywidgets.Widget
        The part of the page.
    """

    widget: widgets.Widget

    def show(self, snapshot: Snapshot) -> None:
        """Show a snapshot, and set only what differs; called after every change."""
        ...
