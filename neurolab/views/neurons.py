"""Which neurons of large groups have their traces drawn."""

import ipywidgets as widgets

from ..errors import NeurolabError
from ..lab.parsing import parse_neurons
from .fields import TextField

MOST_CURVES = 12


class NeuronsShown:
    """A list of neurons, there only where a group has more than can be drawn.

    Parameters
    ----------
    on_change : callable
        Called when something else has been typed.
    """

    def __init__(self, on_change):
        self._on_change = on_change
        self._text, self._numbers = "0", (0,)
        self._field = TextField("traces of neurons", self._typed, name="neurons whose traces are drawn")
        self._hint = widgets.HTML()
        self._hint.add_class("nl-note")
        self.widget = widgets.HBox([self._field.widget, self._hint])
        self.widget.add_class("nl-choice")

    def _typed(self, text):
        if text != self._text:
            self._text = text
            self._on_change()

    def show(self, result):
        """Follow the result, which has other traces to choose from.

        Returns
        -------
        dict
            Group name → neurons whose traces are drawn: all of them where there is room.
        """
        left, chosen = MOST_CURVES, {}
        needed = False
        recorded = {name: values.shape[2] for name, values in result.recorded.items()}
        error = self._read(max(recorded.values()), max(1, MOST_CURVES // sum(map(len, result.states.values()))))
        for group in result.experiment.neurons:
            fits = max(1, left // len(result.states[group.name]))
            if group.size <= fits:
                chosen[group.name] = tuple(range(group.size))
            else:
                needed = True
                own = tuple(neuron for neuron in self._numbers if neuron < recorded[group.name])
                chosen[group.name] = own[:fits] or (0,)
            left -= len(chosen[group.name]) * len(result.states[group.name])
        display = "" if needed else "none"
        if self.widget.layout.display != display:
            self.widget.layout.display = display
        self._field.show(self._text, error)
        hint = f"0 to {max(recorded.values()) - 1} are recorded"
        if self._hint.value != hint:
            self._hint.value = hint
        return chosen

    def _read(self, recorded, most):
        """Take what is typed, or what is left of the last choice; return what is wrong with the text."""
        try:
            self._numbers = parse_neurons(self._text, recorded, most)
        except NeurolabError as error:
            return error.advice
        return None
