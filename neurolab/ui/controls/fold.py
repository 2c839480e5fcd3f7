"""A part of the page that can be opened and closed; its contents are built when it first opens."""

import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import traitlets

from . import plain_widgets as widgets
from .assets import script

_LOG = logging.getLogger(__name__)
_HERE = Path(__file__).parent


class FoldHeading(widgets.AnyWidget):
    """A heading with a button in it; ipywidgets' button does not tell a screen reader its state."""

    _esm = script(_HERE / "fold.js")
    _css = _HERE / "fold.css"

    title = traitlets.Unicode().tag(sync=True)
    hint = traitlets.Unicode().tag(sync=True)
    opened = traitlets.Bool(False).tag(sync=True)


class Fold:
    """A part of the page that is closed at first.

    A closed fold does no work: its panel checks `opened` before it shows anything. After it is
    opened, the store must show it the present state:
    ``fold.on_toggle(lambda opened: store.refresh_pictures())``.

    Parameters
    ----------
    title : str
    hint : str
        One quiet line about the contents.
    css_class : str
    build : callable
        ``build()`` returns the contents, a list of widgets; called when the fold is first opened.

    Attributes
    ----------
    widget : Widget

    Examples
    --------
    >>> fold = Fold("Exact values", "to many digits", "nl-exact", lambda: [widgets.HTML("…")])
    >>> fold.built
    False
    >>> fold.opened = True
    >>> fold.built
    True
    """

    def __init__(
        self,
        title: str,
        hint: str,
        css_class: str,
        build: Callable[[], Sequence[widgets.Widget]],
    ) -> None:
        self._build: Callable[[], Sequence[widgets.Widget]] | None = build
        self._listeners: list[Callable[[bool], object]] = []
        self._heading = FoldHeading(title=title, hint=hint)
        self._body = widgets.VBox()
        widgets.show_if(self._body, False)
        self._body.add_class("nl-fold-body")
        self.widget = widgets.VBox([self._heading, self._body])
        for name in ("nl-panel", "nl-fold", css_class):
            self.widget.add_class(name)
        self._heading.observe(self._toggled, "opened")

    @property
    def opened(self) -> bool:
        """Whether the contents are visible; can be set."""
        return bool(self._heading.opened)

    @opened.setter
    def opened(self, wanted: bool) -> None:
        self._heading.opened = wanted

    @property
    def built(self) -> bool:
        """Whether the contents exist."""
        return self._build is None

    @property
    def hint(self) -> str:
        """The quiet line; can be set."""
        return str(self._heading.hint)

    @hint.setter
    def hint(self, text: str) -> None:
        self._heading.hint = text

    def on_toggle(self, listener: Callable[[bool], object]) -> None:
        """Call ``listener(opened)`` after each opening and closing."""
        self._listeners.append(listener)

    def _toggled(self, change: Mapping[str, Any]) -> None:
        is_open = bool(change["new"])
        try:
            build = self._build
            if is_open and build:
                self._build = None
                self._body.children = build()
            widgets.show_if(self._body, is_open)
            for listener in self._listeners:
                listener(is_open)
        except Exception:  # a traceback would appear on the page
            verb = "opened" if is_open else "closed"
            _LOG.exception("the fold %r could not be %s", self._heading.title, verb)
