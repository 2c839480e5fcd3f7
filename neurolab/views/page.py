"""The lab: one page that composes the panels."""

from importlib.resources import files

import ipywidgets as widgets

from ..lab.experiment import Experiment
from ..lab.from_objects import experiment_from_objects
from ..lab.presets import TUTORIAL
from . import cells
from .access import Access
from .address import Address
from .bar import Bar
from .compare import ComparePanel
from .connections import ConnectionsPanel
from .contributions import ContributionsPanel
from .events import EventsPanel
from .exact import ExactPanel
from .fields import close_all
from .match import MatchPanel
from .model import ModelPanel
from .moment import Moment
from .network import NetworkPanel
from .parameters import ParametersPanel
from .pictures import Pictures
from .predict import PredictPanel
from .progress import ProgressBar
from .run import RunPanel
from .spikes import SpikesPanel
from .step import StepPanel
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
        bar = Bar(self._store, experiment if network else None)
        pictures, progress = Pictures(self._store), ProgressBar(self._store)
        connections, drawing = ConnectionsPanel(self._store), NetworkPanel(self._store)
        panels = [ParametersPanel(self._store), connections, SpikesPanel(self._store),
                  ModelPanel(self._store), RunPanel(self._store)]
        explaining = [panel(self._store) for panel in (
            ContributionsPanel, ExactPanel, ComparePanel, MatchPanel, PredictPanel)]
        pictures.painters = explaining
        access, address = Access(), Address(self._store)
        take = TakePanel(self._store, address)
        for part in (pictures, progress, access, address, *explaining, take):
            self._store.subscribe(part.show)
        for control in (*panels, drawing, bar):
            self._store.subscribe(control.show, ahead=True)
        moment = Moment(self._store)
        step, events = StepPanel(moment), EventsPanel(moment)
        self._store.subscribe(step.show)
        pictures.on_choice(moment.watch)
        for part in (pictures, connections, drawing):
            moment.subscribe(part.follow)
        pictures.widget.children = (progress, *pictures.widget.children, step.widget)
        self._store.refresh()
        controls = widgets.VBox([panel.widget for panel in (drawing, *panels[:2], events, *panels[2:], *explaining, take)])
        controls.add_class("nl-controls")
        body = widgets.Box([pictures.widget, controls])
        body.add_class("nl-body")
        super().__init__([_style(), access.widget, address, bar.widget, body])
        self.add_class("neurolab-lab")
        cells.adopt(self)

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


def _style():
    room = files(__package__)
    dark = room.joinpath("dark.css").read_text()
    # JupyterLab says by itself which scheme it has; elsewhere it is the system's.
    schemes = (f"@media (prefers-color-scheme: dark) {{ body:not([data-jp-theme-light]) .neurolab-lab {{ {dark} }} }}\n"
               f"body[data-jp-theme-light='false'] .neurolab-lab {{ {dark} }}")
    sheets = "".join(room.joinpath(name).read_text() for name in ("lab.css", "explain.css"))
    style = widgets.HTML(f"<style>{sheets}\n{schemes}</style>")
    style.add_class("nl-style")
    return style
