"""The choice of the neuron about which a panel gives information."""

from collections.abc import Callable

from ...experiment.result import Result
from . import plain_widgets as widgets

MOST = 50
"""Most neurons of a group that can be chosen."""


class NeuronChoice:
    """A list of the neurons that have equations; hidden if there is only one.

    Parameters
    ----------
    on_change : callable
        ``on_change()`` is called when a person chooses another neuron.
    """

    def __init__(self, on_change: Callable[[], object]) -> None:
        self.widget = widgets.Dropdown(description="neuron", tooltip="neuron to look at")
        widgets.show_if(self.widget, False)
        self._on_change = on_change
        self._following = False
        self.widget.observe(self._chosen, "value")

    def _chosen(self, _: object) -> None:
        if not self._following:
            self._on_change()

    def follow(self, result: Result) -> None:
        """Offer the neurons whose traces are recorded; keep the chosen one if it still exists."""
        names = [
            (group, neuron)
            for group, values in result.recorded.items()
            for neuron in range(min(values.shape[-1], MOST))
        ]
        options = tuple((f"{group} {neuron}", (group, neuron)) for group, neuron in names)
        if options != self.widget.options:
            chosen = self.widget.value
            self._following = True
            try:
                self.widget.options = options
                self.widget.value = chosen if chosen in names else names[0]
                widgets.show_if(self.widget, len(names) > 1)
            finally:
                self._following = False

    @property
    def value(self) -> tuple[str, int]:
        """Name of the group, and index of the neuron."""
        group, neuron = self.widget.value
        return group, neuron
