"""What a lab is worked with: pictures on one side, controls and explanations on the other."""

import ipywidgets as widgets

from ..controls.progress import ProgressBar
from ..controls.styles import lab_css, style_sheet
from ..network.network_picture import NetworkPanel
from ..panels.compare_panel import ComparePanel
from ..panels.connections_panel import ConnectionsPanel
from ..panels.contributions_panel import ContributionsPanel
from ..panels.duration_panel import RunPanel
from ..panels.event_table import EventsPanel
from ..panels.exact_panel import ExactPanel
from ..panels.model_panel import ModelPanel
from ..panels.parameters_panel import ParametersPanel
from ..panels.spikes_panel import SpikesPanel
from ..panels.step_panel import StepPanel
from ..pictures.plots import Pictures
from ..store.cursor_moment import Moment
from .access import Access

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
        panels = [
            ParametersPanel(store),
            connections,
            SpikesPanel(store),
            ModelPanel(store),
            RunPanel(store),
        ]
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
        controls = widgets.VBox(
            [
                panel.widget
                for panel in (drawing, *panels[:2], events, *panels[2:], *explaining, *last)
            ]
        )
        controls.add_class("nl-controls")
        self.style, self.voice = style_sheet(lab_css()), access.widget
        self.body = widgets.Box([pictures.widget, controls])
        self.body.add_class("nl-body")
