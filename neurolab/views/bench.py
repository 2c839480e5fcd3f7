"""What a lab is worked with: pictures on one side, controls and explanations on the other."""

import ipywidgets as widgets

from .access import Access
from .compare import ComparePanel
from .connections import ConnectionsPanel
from .contributions import ContributionsPanel
from .events import EventsPanel
from .exact import ExactPanel
from .model import ModelPanel
from .moment import Moment
from .network import NetworkPanel
from .parameters import ParametersPanel
from .pictures import Pictures
from .progress import ProgressBar
from .run import RunPanel
from .spikes import SpikesPanel
from .step import StepPanel
from .styles import lab_css, style_sheet

EXPLAINING = (ContributionsPanel, ExactPanel, ComparePanel)


class Bench:
    """The panels of a store, composed.

    Parameters
    ----------
    store : Store
    bar : Bar
    explaining : sequence of type
        Panels that fold away and may draw into the traces; each is made of the store.
    last : sequence of panel
        What stands below them.

    Attributes
    ----------
    pictures : Pictures
        Other painters than those panels may be added to its own.
    style, voice, body : Widget
        Style sheets; what only a screen reader gets; and what is seen.
    """

    def __init__(self, store, bar, explaining=EXPLAINING, last=()):
        self.pictures = pictures = Pictures(store)
        progress, access = ProgressBar(store), Access()
        connections, drawing = ConnectionsPanel(store), NetworkPanel(store)
        panels = [ParametersPanel(store), connections, SpikesPanel(store), ModelPanel(store), RunPanel(store)]
        explaining = [panel(store) for panel in explaining]
        pictures.painters = explaining
        for part in (pictures, progress, access, *explaining, *last):
            store.subscribe(part.show)
        store.subscribe(pictures.lead, ahead=True)
        for control in (*panels, drawing, bar):
            store.subscribe(control.show, ahead=True)
        moment = Moment(store)
        step, events = StepPanel(moment), EventsPanel(moment)
        store.subscribe(step.show)
        pictures.on_choice(moment.watch)
        for part in (pictures, connections, drawing):
            moment.subscribe(part.follow)
        pictures.widget.children = (progress, *pictures.widget.children, step.widget)
        controls = widgets.VBox([panel.widget for panel in (drawing, *panels[:2], events, *panels[2:], *explaining, *last)])
        controls.add_class("nl-controls")
        self.style, self.voice = style_sheet(lab_css()), access.widget
        self.body = widgets.Box([pictures.widget, controls])
        self.body.add_class("nl-body")
