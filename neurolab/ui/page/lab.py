"""The lab: one page that composes the panels."""

from ...experiment.experiment import Experiment
from ...experiment.from_objects import experiment_from_objects
from ...experiment.presets import TUTORIAL
from ...experiment.result import Result
from ..controls import plain_widgets as widgets
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
    """An interactive page on a network: change anything and see the effect at once.

    Parameters
    ----------
    *network
        Nothing for the tutorial's network; an `Experiment`; or the groups and connections of a
        program that is written in the script API: ``Lab(G1, G2, C1, C2)``.

    Attributes
    ----------
    experiment : Experiment
        The experiment on the page.
    result : Result
        Its simulation.

    Raises
    ------
    NeurolabError
        The network cannot be shown.

    Examples
    --------
    >>> lab = Lab()
    >>> lab
    <Lab of inputs, target>
    >>> lab.experiment.duration, lab.result.states["target"]
    (10.0, ('Va', 'Vb'))
    >>> lab.close()
    """

    def __init__(self, *network: object) -> None:
        experiment = _experiment(network)
        self._store = Store(experiment)
        bar = Bar(self._store, experiment if network else None)
        address = Address(self._store)
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

    def __repr__(self) -> str:
        # Where widgets cannot be shown, this text is; ipywidgets would write out all parts.
        groups = ", ".join(group.name for group in self.experiment.groups)
        return f"<Lab of {groups}>"

    @property
    def experiment(self) -> Experiment:
        """The experiment on the page."""
        return self._store.experiment

    @property
    def result(self) -> Result:
        """The simulation on the page."""
        return self._store.result

    def close(self) -> None:
        """Remove the lab from the page and from the kernel."""
        self._store.close()
        close_all(self)


def _experiment(network: tuple[object, ...]) -> Experiment:
    if not network:
        return TUTORIAL
    if len(network) == 1 and isinstance(network[0], Experiment):
        return network[0]
    return experiment_from_objects(*network)
