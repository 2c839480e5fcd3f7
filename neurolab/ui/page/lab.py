"""The lab: one page that composes the panels."""

import ipywidgets as widgets

from ...experiment.experiment import Experiment
from ...experiment.from_objects import experiment_from_objects
from ...experiment.presets import TUTORIAL
from ..controls.close_widgets import close_all
from ..panels.export_panel import TakePanel
from ..panels.match_panel import MatchPanel
from ..panels.predict_panel import PredictPanel
from ..store.store import Store
from . import notebook_cells
from .page_address import Address
from .toolbar import Bar
from .workbench import EXPLAINING, Bench


class Lab(widgets.VBox):
    """An interactive page on a network: change anything, and see at once what follows.

    Parameters
    ----------
    *network
        Nothing for the tutorial's network; an `Experiment`; or the groups and connections of a program written in the
        script API: ``Lab(G1, G2, C1, C2)``.

    Attributes
    ----------
    experiment : Experiment
        What the page shows now.
    result : Result
        Its simulation.

    Raises
    ------
    NeurolabError
        The network cannot be shown; the message says why.
    """

    def __init__(self, *network):
        experiment = _experiment(network)
        self._store = Store(experiment)
        bar, address = Bar(self._store, experiment if network else None), Address(self._store)
        bench = Bench(
            self._store,
            bar,
            (*EXPLAINING, MatchPanel, PredictPanel),
            [TakePanel(self._store, address)],
        )
        self._store.subscribe(address.show)
        self._store.refresh()
        super().__init__([bench.style, bench.voice, address, bar.widget, bench.body])
        self.add_class("neurolab-lab")
        notebook_cells.adopt(self)

    def __repr__(self):
        # Where widgets cannot be shown, their text is; ipywidgets would write out all parts, with their styles.
        groups = ", ".join(group.name for group in self.experiment.groups)
        return f"<Lab of {groups}>"

    @property
    def experiment(self):
        return self._store.experiment

    @property
    def result(self):
        return self._store.result

    def close(self):
        """Take the lab off the page, and all that belongs to it out of the kernel."""
        self._store.close()
        close_all(self)


def _experiment(network):
    if not network:
        return TUTORIAL
    if len(network) == 1 and isinstance(network[0], Experiment):
        return network[0]
    return experiment_from_objects(*network)
