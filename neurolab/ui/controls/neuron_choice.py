"""Which neuron a panel speaks of, where there are several."""

import ipywidgets as widgets

MOST = 50


class NeuronChoice:
    """A list of the neurons that have equations; out of sight while there is only one.

    Parameters
    ----------
    on_change : callable
        Called when a person has chosen another one.
    """

    def __init__(self, on_change):
        self.widget = widgets.Dropdown(
            description="neuron", tooltip="neuron to look at", layout={"display": "none"}
        )
        self._on_change, self._following = on_change, False
        self.widget.observe(self._chosen, "value")

    def _chosen(self, _):
        if not self._following:
            self._on_change()

    def follow(self, result):
        """Offer the neurons that this result has traces of, and stay with the chosen one where it still exists."""
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
                self.widget.layout.display = "" if len(names) > 1 else "none"
            finally:
                self._following = False

    @property
    def value(self):
        """Name of the group, and number of the neuron."""
        return self.widget.value
