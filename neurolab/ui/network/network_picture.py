"""Panel: a plot of the network, whose arrows lead to their entries in the connection matrices."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import traitlets

from ...experiment.experiment import Inputs, Neurons
from ...explain.network_drawing import Arrow, Cluster, End, Graph
from ...explain.network_graph import graph_of
from ..controls.assets import script
from ..controls.fields import panel
from ..controls.page_widget import PageWidget
from ..pictures.curve import COLOURS
from ..store.cursor_moment import Moment
from ..store.snapshot import Snapshot
from ..store.store import Store
from .arrow_labels import Placed, Size, labels
from .arrows import Curve, curves
from .network_lights import lit_network, spikes_under_way
from .positions import LETTER, MARGIN, ArrowKey, Layout, layout

_HERE = Path(__file__).parent
WIDTHS = 320, 480
"""Pixels for which the plot is laid out; the page chooses one of them and scales it a little."""
_MOST_LABELS = 24
_KINDS = 3
"""Kinds of labels, from the longest to the shortest."""
_SMALLER = 0.87
"""Size of the second line of a label, compared with the first."""
_ALONG = np.linspace(0.0, 1.0, 9)


class NetworkPicture(PageWidget):
    """Groups, neurons and arrows; a click on an arrow selects its entry in the matrix, in the page.

    Attributes
    ----------
    arrows : list of dict
        Name, sign and strength of each arrow.
    layouts : list of dict
        Places of everything, one layout for each of `WIDTHS`.
    labels : list of list of dict
        Labels of the arrows in each layout.
    summary : str
        The network in words.
    lit : dict
        ``'arrows'``: numbers of highlighted arrows; ``'ends'``: number of a neuron or box → why it
        is highlighted.
    dots : list of [number, share]
        Spikes under way: number of the arrow, and how far along it they are.
    """

    _esm = script(_HERE / "network_picture.js")
    _css = _HERE / "network_picture.css"

    arrows = traitlets.List(traitlets.Dict()).tag(sync=True)
    layouts = traitlets.List(traitlets.Dict()).tag(sync=True)
    labels = traitlets.List(traitlets.List()).tag(sync=True)
    summary = traitlets.Unicode().tag(sync=True)
    lit: "traitlets.Dict[str, Any]" = traitlets.Dict(default_value={"arrows": [], "ends": {}}).tag(
        sync=True
    )
    dots = traitlets.List(traitlets.List()).tag(sync=True)


class NetworkPanel:
    """The plot of the network.

    Parameters
    ----------
    store : Store
        Not used, because the plot sends no edits.
    """

    def __init__(self, store: Store) -> None:
        self._graph: Graph | None = None
        self._shown: object = None
        self._moment: Moment | None = None
        self._picture = NetworkPicture()
        self.widget = panel("Network", [self._picture], "nl-network")

    def show(self, snapshot: Snapshot) -> None:
        """Draw the network, if anything visible has changed."""
        experiment = snapshot.experiment
        shown = experiment.connections, tuple(map(_visible, experiment.groups))
        if shown == self._shown:
            return
        self._shown = shown
        self._graph = graph_of(experiment)
        with self._picture.hold_sync():
            self._picture.arrows = [_plain_arrow(arrow) for arrow in self._graph.arrows]
            drawn = [_drawn(self._graph, width) for width in WIDTHS]
            self._picture.layouts, self._picture.labels = (list(part) for part in zip(*drawn))
            self._picture.summary = self._graph.summary
            self._light()

    def follow(self, moment: Moment) -> None:
        """Highlight the neuron that fires at the time cursor, and the arrows that it uses."""
        self._moment = moment
        self._light()

    def _light(self) -> None:
        moment, picture = self._moment, self._picture
        if moment is None or self._graph is None:
            return
        lit = lit_network(self._graph, moment.event)
        dots = spikes_under_way(self._graph, moment)
        if (lit, dots) != (picture.lit, picture.dots):
            with picture.hold_sync():
                picture.lit = lit
                picture.dots = dots


def _visible(group: Inputs | Neurons) -> tuple[str, int, str]:
    return group.name, group.size, getattr(group, "equations", "")


def _plain_arrow(arrow: Arrow) -> dict[str, Any]:
    """Return an arrow as it is sent to the page."""
    is_single = arrow.synapses is None
    return {
        "connection": arrow.place,
        "row": arrow.source.first if is_single else None,
        "column": arrow.target.first if is_single else None,
        "name": arrow.sentence,
        "sign": arrow.sign,
        "strength": round(arrow.strength, 3),
        "colour": COLOURS[arrow.style % len(COLOURS)],
    }


def _drawn(graph: Graph, width: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the places of everything, and the labels of the arrows with their places."""
    arrows = tuple((arrow.source[:3], arrow.target[:3], arrow.sign) for arrow in graph.arrows)
    texts = [[_parts(arrow, kind) for arrow in graph.arrows] for kind in range(_KINDS)]
    sizes = tuple(tuple(map(_size, parts)) for parts in texts)
    places, placed = _places(graph.clusters, arrows, sizes, width)
    return places, [
        {
            "arrow": number,
            "at": at,
            **texts[kind][number],
            "colour": COLOURS[arrow.style % len(COLOURS)],
        }
        for number, (arrow, (kind, at)) in enumerate(zip(graph.arrows, placed))
        if at
    ]


@lru_cache(maxsize=64)  # a weight whose sign and length of text stay the same moves nothing
def _places(
    clusters: tuple[Cluster, ...],
    arrows: tuple[ArrowKey, ...],
    sizes: tuple[tuple[Size, ...], ...],
    width: int,
) -> tuple[dict[str, Any], list[Placed]]:
    placed, lines, places = _geometry(clusters, arrows, width)
    are_few = sum(sign != "zero" for *_, sign in arrows) <= _MOST_LABELS
    return places, labels(placed, lines, sizes) if are_few else []


@lru_cache(maxsize=64)
def _geometry(
    clusters: tuple[Cluster, ...], arrows: tuple[ArrowKey, ...], width: int
) -> tuple[Layout, Sequence[Curve], dict[str, Any]]:
    placed = layout(clusters, arrows, width)
    lines = curves(placed, arrows)
    heights = np.concatenate(
        [*(curve.at(_ALONG)[:, 1] for curve in lines), [MARGIN, placed.height - MARGIN]]
    )
    places = {
        "width": placed.width,
        "top": float(heights.min()) - MARGIN,
        "height": float(np.ptp(heights)) + 2 * MARGIN,
        "groups": [_frame(cluster, placed) for cluster in clusters],
        "ends": [_end(end, cluster, placed) for cluster in clusters for end in cluster.ends],
        "arrows": [_line(curve) for curve in lines],
    }
    return placed, lines, places


def _line(curve: Curve) -> dict[str, Any]:
    return {
        "path": curve.path,
        "tip": [round(value, 1) for value in (*curve.tip, curve.angle)],
    }


def _frame(cluster: Cluster, placed: Layout) -> dict[str, Any]:
    frame, title = placed.frames[cluster.name], placed.titles[cluster.name]
    name, room = cluster.name, int(2 * title.half_width / LETTER + 0.5)
    if len(name) > room:  # the end stays, because names of groups often differ there
        name = f"{name[: room // 2]}…{name[len(name) - (room - 1) // 2 :]}"
    sides = [frame.x, frame.y, frame.half_width, frame.half_height]
    return {
        "title": name,
        "titleAt": [title.x, title.y],
        "frame": sides if len(cluster.ends) > 1 else None,
    }


def _end(end: End, cluster: Cluster, placed: Layout) -> dict[str, Any]:
    place = placed.ends[end[:3]]
    lines = [str(end.first)]
    if cluster.shape == "stack":
        part = "neurons" if len(cluster.ends) == 1 else f"{end.first}–{end.last - 1}"
        lines = [f"{end.last - end.first:,}", part]
    return {
        "at": [place.x, place.y],
        "half": [place.half_width, place.half_height],
        "round": place.round,
        "lines": lines,
    }


def _parts(arrow: Arrow, kind: int) -> dict[str, str]:
    """Return a label: connection, variable and weight; variable and weight; only the variable."""
    below = ""
    if arrow.synapses and kind == 0:
        percent = float(f"{100 * arrow.synapses.probability:.2g}")
        below = f"{arrow.synapses.synapses:,} synapses, {percent:g} %"
    return {
        "before": f"{arrow.connection} → " if kind == 0 else "",
        "state": arrow.state if arrow.weight else "",
        "after": f" {arrow.amount}" if kind < 2 else "",
        "below": below,
    }


def _size(parts: dict[str, str]) -> Size:
    """Return letters and lines of a label; an arrow without a synapse has none."""
    if not parts["state"]:
        return 0, 0
    first = len(parts["before"] + parts["state"] + parts["after"])
    second = len(parts["below"])
    return max(first, round(_SMALLER * second)), 1 + bool(second)
