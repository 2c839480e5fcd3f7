"""The workbench: plots on one side, controls and explanations on the other."""

from collections.abc import Callable, Sequence
from typing import Protocol

from ..controls import plain_widgets as widgets
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
from ..panels.panel import PaintingPanel, Panel
from ..panels.parameters_panel import ParametersPanel
from ..panels.spikes_panel import SpikesPanel
from ..panels.step_panel import StepPanel
from ..pictures.plots import Pictures
from ..store.cursor_moment import Moment
from ..store.store import Store
from .access import Access

EXPLAINING: tuple[Callable[[Store], PaintingPanel], ...] = (
    ContributionsPanel,
    ExactPanel,
    ComparePanel,
)
"""The panels that explain a run, in their order on the page."""


class _Follower(Protocol):
    def follow(self, moment: Moment) -> None:
        """Follow the time cursor."""


class Bench:
    """All panels of a store on one page.

    Parameters
    ----------
    store : Store
    bar : Panel
        The bar at the top, which the caller places on the page.
    explaining : sequence of callable
        Panels that can be opened and closed and draw into the traces; each is made from the store.
    last : sequence of Panel
        Panels at the end.

    Attributes
    ----------
    pictures : Pictures
        Other painters can be added to its own.
    style, voice, body : Widget
        The style sheet, the part for screen readers, and the visible part.
    """

    def __init__(
        self,
        store: Store,
        bar: Panel,
        explaining: Sequence[Callable[[Store], PaintingPanel]] = EXPLAINING,
        last: Sequence[Panel] = (),
    ) -> None:
        self.pictures = Pictures(store)
        access = Access()
        progress = ProgressBar(store)
        connections = ConnectionsPanel(store)
        network = NetworkPanel(store)
        parameters = ParametersPanel(store)
        settings: list[Panel] = [SpikesPanel(store), ModelPanel(store), RunPanel(store)]
        explaining_panels = [panel(store) for panel in explaining]
        self.pictures.painters = list(explaining_panels)
        drawn = [self.pictures.show, progress.show, access.show]
        for listener in (*drawn, *(panel.show for panel in (*explaining_panels, *last))):
            store.subscribe(listener)
        store.subscribe(self.pictures.lead, ahead=True)
        controls_ahead: list[Panel] = [parameters, connections, *settings, network, bar]
        for control in controls_ahead:
            store.subscribe(control.show, ahead=True)
        moment = Moment(store)
        step, events = self._follow(moment, store, [self.pictures, connections, network])
        self.pictures.widget.children = (progress, *self.pictures.widget.children, step.widget)
        first = [network.widget, parameters.widget, connections.widget, events.widget]
        rest = [panel.widget for panel in (*settings, *explaining_panels, *last)]
        controls = widgets.VBox([*first, *rest])
        controls.add_class("nl-controls")
        self.style = style_sheet(lab_css())
        self.voice = access.widget
        self.body = widgets.Box([self.pictures.widget, controls])
        self.body.add_class("nl-body")

    def _follow(
        self, moment: Moment, store: Store, followers: Sequence[_Follower]
    ) -> tuple[StepPanel, EventsPanel]:
        """Make the panels of the time cursor, and have the others follow it."""
        step = StepPanel(moment)
        events = EventsPanel(moment)
        store.subscribe(step.show)
        self.pictures.on_choice(moment.watch)
        for part in followers:
            moment.subscribe(part.follow)
        return step, events
