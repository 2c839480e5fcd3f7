"""What a student has changed, where only some things may be."""

from dataclasses import replace

from ..errors import NeurolabError
from ..experiment.experiment import Inputs, Neurons
from ..explain.comparison import differences
from .curves import listed

_OF_CONNECTIONS = {"weights": "weights", "delays": "delay", "targets": "state"}
_OF_INPUTS = {"spikes": "spikes", "rates": "rates"}
_OF_NEURONS = {name: name for name in ("equations", "threshold", "reset", "refractory", "initial")}
_OF_ALL = ("duration", "dt", "seed")


def check_changes(start, changed, only):
    """Refuse an experiment that differs from the start in more than what may be changed.

    Parameters
    ----------
    start, changed : Experiment
    only : tuple of str
        ``'weights'``, ``'delays'``, ``'targets'``, ``'spikes'``, ``'rates'``, ``'equations'``, ``'threshold'``, ``'reset'``,
        ``'refractory'``, ``'initial'``, ``'parameters'``, ``'duration'``, ``'dt'``, ``'seed'``, or the name of a parameter or
        of a connection (for its weights); empty: anything may be changed.
    """
    if not only:
        return
    rest = changed
    for kind in only:
        rest = _undone(start, rest, kind)
    if rest != start:
        names = [difference.what for difference in differences(start, rest)]
        also = listed(names[:3]) if names else "something else"
        raise NeurolabError(
            f"you changed {also}",
            expected=f"changes of {listed(only)} only",
            mend="Take that back, or begin again from the start.",
        )


def _undone(start, changed, kind):
    """The changed experiment with this one thing as it was at the start."""
    if kind in _OF_CONNECTIONS:
        return replace(
            changed,
            connections=_as_before(start.connections, changed.connections, _OF_CONNECTIONS[kind]),
        )
    if kind in _OF_INPUTS:
        return replace(
            changed, groups=_as_before(start.groups, changed.groups, _OF_INPUTS[kind], Inputs)
        )
    if kind in _OF_NEURONS:
        return replace(
            changed, groups=_as_before(start.groups, changed.groups, _OF_NEURONS[kind], Neurons)
        )
    if kind in _OF_ALL:
        return replace(changed, **{kind: getattr(start, kind)})
    if kind == "parameters":
        return replace(changed, parameters=start.parameters)
    own = [connection for connection in start.connections if connection.name == kind]
    if own:
        return replace(changed, connections=_as_before(own, changed.connections, "weights"))
    return changed.with_parameter(start.parameter(kind))


def _as_before(before, items, entry, kind=object):
    known = {item.name: item for item in before if isinstance(item, kind)}
    return tuple(
        replace(item, **{entry: getattr(known[item.name], entry)})
        if isinstance(item, kind) and item.name in known
        else item
        for item in items
    )
