"""A quiet line of text in a panel."""

import html

import ipywidgets as widgets


class Note(widgets.HTML):
    """A quiet line of text.

    Parameters
    ----------
    text : str
    """

    def __init__(self, text=""):
        super().__init__(html.escape(text))
        self.add_class("nl-note")

    def say(self, text):
        """Show this text (as text, not as markup) instead."""
        if self.value != html.escape(text):
            self.value = html.escape(text)
