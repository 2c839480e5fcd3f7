"""Panel: a picture of the network, whose arrows lead to their entries in the connection matrices."""

import logging
from functools import lru_cache
from pathlib import Path

import anywidget
import numpy as np
import traitlets

from ...explain.network_graph import graph_of
from ..controls.fields import panel
from ..pictures.curve import COLOURS
from .arrow_labels import labels
from .arrows import curves
from .network_lights import lit_network, spikes_under_way
from .positions import LETTER, MARGIN, layout

_LOG = logging.getLogger(__name__)
_HERE = Path(__file__).parent
WIDTHS = 320, 480
"""Pixels for which the picture is laid out; the page takes the one that fits better, and scales it a little."""
_MOST_LABELS = 24
_KINDS = 3  # of labels
_SMALLER = 0.87  # the second line of a label
_ALONG = np.linspace(0.0, 1.0, 9)


class NetworkPicture(anywidget.AnyWidget):
    """Groups, neurons and arrows; a click on an arrow leads to its entry in the matrix, within the page.

    Attributes
    ----------
    arrows : list of dict
        What the arrows say and how strong they are.
    layouts : list of dict
        Where everything is, one for each of `WIDTHS`.
    labels : list of list of dict
        What is written on the arrows of each layout.
    summary : str
        The network in words.
    lit : dict
        ``'arrows'``: numbers of those that light up; ``'ends'``: number of a neuron or box → why it does.
    dots : list of (int, float)
        Spikes under way: number of the arrow, and how far along it they are.
    """

    _esm = _HERE / "network_picture.js"
    _css = _HERE / "network_picture.css"

    arrows = traitlets.List().tag(sync=True)
    layouts = traitlets.List().tag(sync=True)
    labels = traitlets.List().tag(sync=True)
    summary = traitlets.Unicode().tag(sync=True)
    lit = traitlets.Dict({"arrows": [], "ends": {}}).tag(sync=True)
    dots = traitlets.List().tag(sync=True)

    def set_state(self, sync_data):
        """Take nothing that a page sets: it has nothing to say."""


class NetworkPanel:
    """The picture of the network.

    Parameters
    ----------
    store : Store
    """

    def __init__(self, store):
        self._graph, self._shown, self._moment = None, None, None
        self._picture = NetworkPicture()
        self.widget = panel("Network", [self._picture], "nl-network")

    def show(self, snapshot):
        """Draw the network, if anything of it that can be seen has changed."""
        experiment = snapshot.experiment
        shown = experiment.connections, tuple(map(_visible, experiment.groups))
        if shown == self._shown:
            return
        self._shown, self._graph = shown, graph_of(experiment)
        with self._picture.hold_sync():
            self._picture.arrows = [_said(arrow) for arrow in self._graph.arrows]
            drawn = [_drawn(self._graph, width) for width in WIDTHS]
            self._picture.layouts, self._picture.labels = (list(part) for part in zip(*drawn))
            self._picture.summary = self._graph.summary
            self._light()

    def follow(self, moment):
        """Light up the neuron that fires at the time cursor and the arrows that it uses."""
        self._moment = moment
        self._light()

    def _light(self):
        moment, picture = self._moment, self._picture
        if moment is None:
            return
        lit, dots = lit_network(self._graph, moment.event), spikes_under_way(self._graph, moment)
        if (lit, dots) != (picture.lit, picture.dots):
            with picture.hold_sync():
                picture.lit, picture.dots = lit, dots


def _visible(group):
    return group.name, group.size, getattr(group, "equations", "")


def _said(arrow):
    """What the page is told of an arrow."""
    single = arrow.synapses is None
    return {
        "connection": arrow.place,
        "row": arrow.source.first if single else None,
        "column": arrow.target.first if single else None,
        "name": arrow.sentence,
        "sign": arrow.sign,
        "strength": round(arrow.strength, 3),
    }


def _drawn(graph, width):
    """Where everything is, and the labels of the arrows with their places and the parts of their text."""
    arrows = tuple((arrow.source[:3], arrow.target[:3], arrow.sign) for arrow in graph.arrows)
    texts = [[_parts(arrow, kind) for arrow in graph.arrows] for kind in range(_KINDS)]
    places, written = _places(
        graph.clusters, arrows, tuple(tuple(map(_size, parts)) for parts in texts), width
    )
    return places, [
        {
            "arrow": number,
            "at": at,
            **texts[kind][number],
            "colour": COLOURS[arrow.style % len(COLOURS)],
        }
        for number, (arrow, (kind, at)) in enumerate(zip(graph.arrows, written))
        if at
    ]


@lru_cache(maxsize=64)  # a weight that keeps its sign and its length moves nothing
def _places(clusters, arrows, sizes, width):
    placed, lines, places = _geometry(clusters, arrows, width)
    few = sum(sign != "zero" for *_, sign in arrows) <= _MOST_LABELS
    return places, labels(placed, lines, sizes) if few else []


@lru_cache(maxsize=64)
def _geometry(clusters, arrows, width):
    placed = layout(clusters, arrows, width)
    lines = curves(placed, arrows)
    heights = np.concatenate(
        [*(curve.at(_ALONG)[:, 1] for curve in lines), [MARGIN, placed.height - MARGIN]]
    )
    return (
        placed,
        lines,
        {
            "width": placed.width,
            "top": float(heights.min()) - MARGIN,
            "height": float(np.ptp(heights)) + 2 * MARGIN,
            "groups": [_frame(cluster, placed) for cluster in clusters],
            "ends": [_end(end, cluster, placed) for cluster in clusters for end in cluster.ends],
            "arrows": [
                {
                    "path": curve.path,
                    "tip": [round(value, 1) for value in (*curve.tip, curve.angle)],
                }
                for curve in lines
            ],
        },
    )


def _frame(cluster, placed):
    frame, title = placed.frames[cluster.name], placed.titles[cluster.name]
    name, room = cluster.name, int(2 * title.half_width / LETTER + 0.5)
    if len(name) > room:  # what tells groups apart may be the end
        name = f"{name[: room // 2]}…{name[len(name) - (room - 1) // 2 :]}"
    return {
        "title": name,
        "titleAt": [title.x, title.y],
        "frame": [frame.x, frame.y, frame.half_width, frame.half_height]
        if len(cluster.ends) > 1
        else None,
    }


def _end(end, cluster, placed):
    place = placed.ends[end[:3]]
    lines = [str(end.first)]
    if cluster.shape == "stack":
        lines = [
            f"{end.last - end.first:,}",
            "neurons" if len(cluster.ends) == 1 else f"{end.first}–{end.last - 1}",
        ]
    return {
        "at": [place.x, place.y],
        "half": [place.half_width, place.half_height],
        "round": place.round,
        "lines": lines,
    }


def _parts(arrow, kind):
    """A label: connection, variable and weight; variable and weight; the variable alone."""
    below = ""
    if arrow.synapses and kind == 0:
        below = f"{arrow.synapses.synapses:,} synapses, {float(f'{100 * arrow.synapses.probability:.2g}'):g} %"
    return {
        "before": f"{arrow.connection} → " if kind == 0 else "",
        "state": arrow.state if arrow.weight else "",
        "after": f" {arrow.amount}" if kind < 2 else "",
        "below": below,
    }


def _size(parts):
    """Letters and lines of a label; an arrow without a synapse has none."""
    if not parts["state"]:
        return 0, 0
    first, second = len(parts["before"] + parts["state"] + parts["after"]), len(parts["below"])
    return max(first, round(_SMALLER * second)), 1 + bool(second)
