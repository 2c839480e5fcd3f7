"""Layers of a network: how many connections lead from the inputs to each group."""

from ..experiment.experiment import Experiment


def layers_of(experiment: Experiment) -> dict[str, int]:
    """Return the layer of each group: the length of the longest path from an input without a cycle.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> layers_of(TUTORIAL)
    {'inputs': 0, 'target': 1}
    """
    leads: dict[str, list[str]] = {group.name: [] for group in experiment.groups}
    for connection in experiment.connections:
        leads[connection.source].append(connection.target)
    layers = dict.fromkeys(leads, 0)
    inputs = [group.name for group in experiment.inputs]
    order = _from_first_to_last(leads, inputs)
    for name in order:
        if inputs and name not in inputs:
            layers[name] = max(layers[name], 1)
        for target in leads[name]:
            if order.index(target) > order.index(name):
                layers[target] = max(layers[target], layers[name] + 1)
    return layers


def _from_first_to_last(leads: dict[str, list[str]], inputs: list[str]) -> list[str]:
    """Sort groups so that connections lead from earlier to later ones, except in cycles."""
    order: list[str] = []
    seen = set()

    def visit(name: str) -> None:
        if name not in seen:
            seen.add(name)
            for target in leads[name]:
                visit(target)
            order.insert(0, name)

    fed = {target for name, targets in leads.items() for target in targets if target != name}
    for name in (*inputs, *(name for name in leads if name not in fed), *leads):
        visit(name)
    return order
