"""What of the network's picture lights up at an event of the run, and which spikes are on their way."""

_MOST_DOTS = 8  # on one arrow
_WHY = {
    "spike": "fires",
    "threshold": "fires",
    "reset": "is reset",
    "hold": "is held",
    "release": "is held",
}


def lit_network(graph, event):
    """Neurons and arrows that an event concerns.

    Parameters
    ----------
    graph : Graph
    event : Event or None

    Returns
    -------
    dict
        ``'arrows'``: numbers of the arrows that the spike uses; ``'ends'``: number of a neuron or box → why it lights up
        and which of its neurons it is.
    """
    if event is None:
        return {"arrows": [], "ends": {}}
    if event.kind in _WHY:
        found = {(event.group, event.neuron): _WHY[event.kind]}
        used = [
            number
            for number, arrow in enumerate(graph.arrows)
            if _WHY[event.kind] == "fires"
            and arrow.weight
            and _holds(arrow.source, event.group, event.neuron)
        ]
    else:
        found = {(event.group, event.neuron): "receives"} if event.kind == "delivery" else {}
        found[event.sender, event.source] = "fires" if event.fired == event.time else "has fired"
        used = [
            number
            for number, arrow in enumerate(graph.arrows)
            if event.kind == "delivery"
            and arrow.connection == event.connection
            and _holds(arrow.source, event.sender, event.source)
            and _holds(arrow.target, event.group, event.neuron)
        ]
    ends = [end for cluster in graph.clusters for end in cluster.ends]
    return {
        "arrows": used,
        "ends": {
            str(number): [why, neuron]
            for (group, neuron), why in found.items()
            for number, end in enumerate(ends)
            if _holds(end, group, neuron)
        },
    }


def spikes_under_way(graph, moment):
    """Spikes that have been fired and not yet arrived at the time of the cursor.

    Parameters
    ----------
    graph : Graph
    moment : Moment

    Returns
    -------
    list of [int, float]
        Number of the arrow, and how much of the delay is over, from 0 to 1.
    """
    if moment.time is None:
        return []
    found = []
    for number, arrow in enumerate(graph.arrows):
        if arrow.delay and arrow.weight and arrow.source.group in moment.result.firings:
            neurons, times = moment.result.spikes(arrow.source.group)
            over = (moment.time - times * 1e3) / arrow.delay
            here = (
                (neurons >= arrow.source.first)
                & (neurons < arrow.source.last)
                & (over > -1e-9)
                & (over < 1 - 1e-9)
            )
            found += [
                [number, round(max(fraction, 0.0), 4)]
                for fraction in sorted(set(over[here].tolist()))[:_MOST_DOTS]
            ]
    return found


def _holds(end, group, neuron):
    return end.group == group and end.first <= neuron < end.last
