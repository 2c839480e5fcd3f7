"""The contract of panels."""

from typing import Protocol

from ..controls import plain_widgets as widgets
from ..pictures.painter import Painter
from ..store.snapshot import Snapshot


class Panel(Protocol):
    """A part of the page with controls or explanations, made from a `Store`.

    A panel sends each change to the store as ``store.edit(key, change)``. It never changes the
    experiment itself and never calls another panel. Beside each control, it shows
    ``snapshot.wrong(key)``, the error of its input, or else ``snapshot.notice(key)``.

    If a panel raises an error, the error goes to the log and the other panels are still shown.
    """

    @property
    def widget(self) -> widgets.Widget:
        """The widget to place on the page; the same one for the life of the panel."""
        ...

    def show(self, snapshot: Snapshot) -> None:
        """Bring the widgets up to date; the store calls it after every change.

        It sets only traits that differ, so that an unchanged panel sends nothing to the page. What
        it sets does not count as an edit. While a panel is closed, it does nothing.
        """
        ...


class PaintingPanel(Panel, Painter, Protocol):
    """A panel that also draws into the traces."""
