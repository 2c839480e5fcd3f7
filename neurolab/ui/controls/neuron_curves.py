"""Which neurons of large groups have their traces drawn."""

import ipywidgets as widgets

from ...errors import NeurolabError
from ...experiment.typed_lists import parse_neurons
from .fields import TextField, show_if

MOST_CURVES = 12
_ALL_OF = 6  # neurons; the curves of more cannot be told apart
_AT_FIRST = 4  # curves of a large group


class NeuronsShown:
    """A list of neurons, there only where a group has more than can be drawn.

    Parameters
    ----------
    on_change : callable
        Called when something else has been typed.
    """

    def __init__(self, on_change):
        self._on_change = on_change
        self._text, self._numbers = None, (0,)
        self._field = TextField(
            "traces of neurons", self._typed, name="neurons whose traces are drawn"
        )
        self._hint = widgets.HTML()
        self._hint.add_class("nl-note")
        self.widget = widgets.HBox([self._field.widget, self._hint])
        self.widget.add_class("nl-choice")
        self._showing = False

    def _typed(self, text):
        if not self._showing:
            self._text = text
            self._on_change()

    def show(self, result):
        """Follow the result, which has other traces to choose from.

        Returns
        -------
        dict
            Group name → neurons whose traces are drawn: all of them where there is room.
        """
        recorded = {name: values.shape[2] for name, values in result.recorded.items()}
        self._offer(max(recorded.values()), sum(map(len, result.states.values())))
        left, chosen, needed = MOST_CURVES, {}, False
        for group in result.experiment.neurons:
            variables = len(result.states[group.name])
            fits = max(1, left // variables)
            if group.size <= min(fits, _ALL_OF):
                chosen[group.name] = tuple(range(group.size))
            else:
                needed = True
                chosen[group.name] = tuple(n for n in self._numbers if n < recorded[group.name])[
                    :fits
                ] or (0,)
            left -= len(chosen[group.name]) * variables
        show_if(self.widget, needed)
        return chosen

    def _offer(self, recorded, variables):
        """Take what is typed, or what is left of the last choice; say what is wrong with the text."""
        text = (
            self._text
            if self._text is not None
            else ", ".join(map(str, range(max(1, _AT_FIRST // variables))[:recorded]))
        )
        error = None
        try:
            self._numbers = parse_neurons(text, recorded, max(1, MOST_CURVES // variables))
        except NeurolabError as wrong:
            error = wrong.advice
        self._showing = True
        self._field.show(text, error)
        self._showing = False
        self._hint.value = f"0 to {recorded - 1} are recorded"
