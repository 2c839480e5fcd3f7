"""A part of the page that folds away: a heading that is a button, and contents that are made when it is first opened."""

import logging
from pathlib import Path

import anywidget
import ipywidgets as widgets
import traitlets

_LOG = logging.getLogger(__name__)
_HERE = Path(__file__).parent


class FoldHeading(anywidget.AnyWidget):
    """A heading with a button in it; ipywidgets' own button cannot say whether what it governs is open."""

    _esm = _HERE / "fold.js"
    _css = _HERE / "fold.css"

    title = traitlets.Unicode().tag(sync=True)
    hint = traitlets.Unicode().tag(sync=True)
    opened = traitlets.Bool(False).tag(sync=True)


class Fold:
    """A panel that is closed at first.

    A closed fold does no work: its owner looks at `opened` before it shows anything, and shows it once it is opened
    (``fold.on_toggle(lambda opened: store.refresh_pictures())`` has the store call it again).

    Parameters
    ----------
    title : str
    hint : str
        One quiet line that says what is there.
    css_class : str
    build : callable
        Gives the contents, a list of widgets; called when the fold is first opened.

    Attributes
    ----------
    widget : Widget
    """

    def __init__(self, title, hint, css_class, build):
        self._build, self._listeners = build, []
        self._heading = FoldHeading(title=title, hint=hint)
        self._body = widgets.VBox(layout={"display": "none"})
        self._body.add_class("nl-fold-body")
        self.widget = widgets.VBox([self._heading, self._body])
        for name in ("nl-panel", "nl-fold", css_class):
            self.widget.add_class(name)
        self._heading.observe(self._toggled, "opened")

    @property
    def opened(self):
        """Whether the contents are in sight; can be set."""
        return self._heading.opened

    @opened.setter
    def opened(self, wanted):
        self._heading.opened = wanted

    @property
    def built(self):
        """Whether there are contents already."""
        return self._build is None

    @property
    def hint(self):
        """The quiet line; can be set."""
        return self._heading.hint

    @hint.setter
    def hint(self, text):
        self._heading.hint = text

    def on_toggle(self, listener):
        """Have ``listener(opened)`` called after each opening and closing."""
        self._listeners.append(listener)

    def _toggled(self, change):
        try:
            if change["new"] and self._build:
                build, self._build = self._build, None
                self._body.children = build()
            self._body.layout.display = "" if change["new"] else "none"
            for listener in self._listeners:
                listener(change["new"])
        except Exception:  # a traceback would end on the page
            _LOG.exception(
                "the fold %r could not be %s",
                self._heading.title,
                "opened" if change["new"] else "closed",
            )
