"""The choice of the neurons of large groups whose traces are drawn."""

from collections.abc import Callable

from ...errors import NeurolabError
from ...experiment.result import Result
from ...experiment.typed_lists import parse_neurons
from . import plain_widgets as widgets
from .fields import TextField

MOST_CURVES = 12
_ALL_OF = 6
"""Traces of all neurons are drawn up to this size of a group; more cannot be told apart."""
_AT_FIRST = 4
"""Number of curves of a large group at first."""


class NeuronsShown:
    """A list of neurons, shown only if a group has more neurons than can be drawn.

    Parameters
    ----------
    on_change : callable
        ``on_change()`` is called when a person types another list.
    """

    def __init__(self, on_change: Callable[[], object]) -> None:
        self._on_change = on_change
        self._text: str | None = None
        self._numbers: tuple[int, ...] = (0,)
        self._field = TextField(
            "traces of neurons", self._typed, name="neurons whose traces are drawn"
        )
        self._hint = widgets.HTML()
        self._hint.add_class("nl-note")
        self.widget = widgets.HBox([self._field.widget, self._hint])
        self.widget.add_class("nl-choice")
        self._showing = False

    def _typed(self, text: str) -> None:
        if not self._showing:
            self._text = text
            self._on_change()

    def show(self, result: Result) -> dict[str, tuple[int, ...]]:
        """Follow the result, which can have other traces.

        Returns
        -------
        dict
            Group name → neurons whose traces are drawn: all neurons if there is room.
        """
        recorded = {name: values.shape[2] for name, values in result.recorded.items()}
        self._offer(max(recorded.values()), sum(map(len, result.states.values())))
        left = MOST_CURVES
        chosen: dict[str, tuple[int, ...]] = {}
        needed = False
        for group in result.experiment.neurons:
            variables = len(result.states[group.name])
            fits = max(1, left // variables)
            if group.size <= min(fits, _ALL_OF):
                numbers = tuple(range(group.size))
            else:
                needed = True
                existing = [n for n in self._numbers if n < recorded[group.name]]
                numbers = tuple(existing[:fits]) or (0,)
            chosen[group.name] = numbers
            left -= len(numbers) * variables
        widgets.show_if(self.widget, needed)
        return chosen

    def _offer(self, recorded: int, variables: int) -> None:
        """Read the typed list, or suggest one; show what is wrong with the text."""
        text = self._text
        if text is None:
            text = ", ".join(map(str, range(max(1, _AT_FIRST // variables))[:recorded]))
        error = None
        try:
            self._numbers = parse_neurons(text, recorded, max(1, MOST_CURVES // variables))
        except NeurolabError as wrong:
            error = wrong.advice
        self._showing = True
        self._field.show(text, error)
        self._showing = False
        self._hint.value = f"0 to {recorded - 1} are recorded"
