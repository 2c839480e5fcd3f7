"""Check of a student's changes, if only some settings may be changed."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ..errors import NeurolabError
from ..experiment.experiment import Experiment, Inputs, Neurons
from ..explain.comparison import differences
from .curves import listed

_OF_CONNECTIONS = {"weights": "weights", "delays": "delay", "targets": "state"}
_OF_INPUTS = {"spikes": "spikes", "rates": "rates"}
_OF_NEURONS = {name: name for name in ("equations", "threshold", "reset", "refractory", "initial")}
_OF_ALL = ("duration", "dt", "seed")


def check_changes(start: Experiment, changed: Experiment, only: tuple[str, ...]) -> None:
    """Refuse an experiment that differs from the start in a setting that must not be changed.

    Parameters
    ----------
    start, changed : Experiment
    only : tuple of str
        ``'weights'``, ``'delays'``, ``'targets'``, ``'spikes'``, ``'rates'``, ``'equations'``,
        ``'threshold'``, ``'reset'``, ``'refractory'``, ``'initial'``, ``'parameters'``,
        ``'duration'``, ``'dt'``, ``'seed'``, or the name of a parameter or of a connection (for its
        weights). Empty: all settings may be changed.

    Raises
    ------
    NeurolabError
        Another setting was changed; the message names it.
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
            f"You changed {also}, but only {listed(only)} may change here.",
            mend="Undo it, or reset the network.",
        )


def _undone(start: Experiment, changed: Experiment, kind: str) -> Experiment:
    """Return the changed experiment with one kind of setting as at the start."""
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


def _as_before(
    before: Iterable[Any], items: Iterable[Any], entry: str, kind: type[Any] = object
) -> tuple[Any, ...]:
    known = {item.name: item for item in before if isinstance(item, kind)}
    return tuple(
        replace(item, **{entry: getattr(known[item.name], entry)})
        if isinstance(item, kind) and item.name in known
        else item
        for item in items
    )
