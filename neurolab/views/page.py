"""The lab: one page that composes the panels."""

import ipywidgets as widgets

from ..lab.experiment import Experiment
from ..lab.from_objects import experiment_from_objects
from ..lab.presets import TUTORIAL
from . import cells
from .address import Address
from .bar import Bar
from .bench import EXPLAINING, Bench
from .closing import close_all
from .match import MatchPanel
from .predict import PredictPanel
from .store import Store
from .take import TakePanel


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
        bench = Bench(self._store, bar, (*EXPLAINING, MatchPanel, PredictPanel), [TakePanel(self._store, address)])
        self._store.subscribe(address.show)
        self._store.refresh()
        super().__init__([bench.style, bench.voice, address, bar.widget, bench.body])
        self.add_class("neurolab-lab")
        cells.adopt(self)

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
