"""A quiet line of text in a panel."""

import html

from . import plain_widgets as widgets
from .set_traits import update


class Note(widgets.HTML):
    """A quiet line of text.

    Parameters
    ----------
    text : str

    Examples
    --------
    >>> note = Note()
    >>> note.say("a < b")
    >>> note.value
    'a &lt; b'
    """

    def __init__(self, text: str = "") -> None:
        super().__init__(html.escape(text))
        self.add_class("nl-note")

    def say(self, text: str) -> None:
        """Show another text; markup in it is shown as text."""
        update(self, value=html.escape(text))
