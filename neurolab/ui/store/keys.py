"""Keys of controls: a tuple of the kind of setting and the names of what it belongs to."""

from typing import TypeAlias

from ...experiment.experiment import Experiment

Key: TypeAlias = tuple[str | int | None, ...]
"""Such as ``("parameter", "tau_a")`` or ``("weight", "C1", 0, 0)``."""
LOADING: Key = ("load",)
"""Key of errors of loading, undo and redo, which belong to no control."""
VIEW: Key = ("view",)
"""Key of a change of what is drawn, which leaves the experiment as it is."""


def exists(key: Key, experiment: Experiment) -> bool:
    """Return whether the control of a key is still on the page.

    Parameters
    ----------
    key : tuple
    experiment : Experiment

    Returns
    -------
    bool

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> exists(("parameter", "tau_a"), TUTORIAL), exists(("parameter", "tau_x"), TUTORIAL)
    (True, False)
    """
    kind, *names = key
    if kind in ("run", *LOADING):
        return True
    name = names[0]
    if kind == "parameter":
        return name in ("new", "unused") or any(p.name == name for p in experiment.parameters)
    sizes: dict[str | int | None, int] = {group.name: group.size for group in experiment.groups}
    if kind in ("spikes", "rate"):
        return names[1] is None or _is_below(names[1], sizes.get(name, 0))
    if kind in ("weight", "state", "delay", "rule", "wiring"):
        connection = next((c for c in experiment.connections if c.name == name), None)
        if connection is None or kind != "weight":
            return connection is not None
        return _is_below(names[1], sizes[connection.source]) and _is_below(
            names[2], sizes[connection.target]
        )
    return name in sizes


def _is_below(index: str | int | None, size: int) -> bool:
    return isinstance(index, int) and index < size
