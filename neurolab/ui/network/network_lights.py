"""What the network's plot highlights at an event of the run, and the spikes under way."""

from typing import Any

from ...explain.events import Event
from ...explain.network_drawing import End, Graph
from ..store.cursor_moment import Moment

_MOST_DOTS = 8
"""On one arrow."""
_WHY = {
    "spike": "fires",
    "threshold": "fires",
    "reset": "is reset",
    "hold": "is held",
    "release": "is held",
}


def lit_network(graph: Graph, event: Event | None) -> dict[str, Any]:
    """Return the neurons and arrows that an event concerns.

    Returns
    -------
    dict
        ``'arrows'``: numbers of the arrows that the spike uses; ``'ends'``: number of a neuron or
        box → why it is highlighted, and the number of the neuron.
    """
    if event is None:
        return {"arrows": [], "ends": {}}
    ends = [end for cluster in graph.clusters for end in cluster.ends]
    return {
        "arrows": _used_arrows(graph, event),
        "ends": {
            str(number): [why, neuron]
            for (group, neuron), why in _concerned(event).items()
            for number, end in enumerate(ends)
            if _holds(end, group, neuron)
        },
    }


def _concerned(event: Event) -> dict[tuple[str, int], str]:
    """Return the neurons that an event concerns, and why."""
    if event.kind in _WHY:
        return {(event.group, event.neuron): _WHY[event.kind]}
    concerned = {}
    if event.kind == "delivery":
        concerned[event.group, event.neuron] = "receives"
    if event.source is not None:
        why = "fires" if event.fired == event.time else "has fired"
        concerned[event.sender, event.source] = why
    return concerned


def _used_arrows(graph: Graph, event: Event) -> list[int]:
    """Return the numbers of the arrows over which the event's spike leaves or arrives."""
    if _WHY.get(event.kind) == "fires":
        return [
            number
            for number, arrow in enumerate(graph.arrows)
            if arrow.weight and _holds(arrow.source, event.group, event.neuron)
        ]
    if event.kind != "delivery":
        return []
    return [
        number
        for number, arrow in enumerate(graph.arrows)
        if arrow.connection == event.connection
        and _holds(arrow.source, event.sender, event.source)
        and _holds(arrow.target, event.group, event.neuron)
    ]


def spikes_under_way(graph: Graph, moment: Moment) -> list[list[float]]:
    """Return the spikes that have been fired and have not arrived at the time of the cursor.

    Returns
    -------
    list of [number, share]
        Number of the arrow, and the share of the delay that has passed, from 0 to 1.
    """
    if moment.time is None:
        return []
    dots: list[list[float]] = []
    for number, arrow in enumerate(graph.arrows):
        if not (arrow.delay and arrow.weight and arrow.source.group in moment.result.firings):
            continue
        neurons, times = moment.result.spikes(arrow.source.group)
        passed = (moment.time - times * 1e3) / arrow.delay
        is_own = (neurons >= arrow.source.first) & (neurons < arrow.source.last)
        here = is_own & (passed > -1e-9) & (passed < 1 - 1e-9)
        shares = sorted(set(passed[here].tolist()))[:_MOST_DOTS]
        dots += [[number, round(max(share, 0.0), 4)] for share in shares]
    return dots


def _holds(end: End, group: str, neuron: int | None) -> bool:
    return end.group == group and neuron is not None and end.first <= neuron < end.last
