"""Keys of controls: a tuple whose first entry says what it controls, followed by the names of the things it does so for."""

LOADING = ("load",)
"""Where it is said that what was loaded, undone or redone could not be run."""


def exists(key, experiment):
    """Whether the control that a key names is still on the page."""
    kind, *names = key
    sizes = {group.name: group.size for group in experiment.groups}
    if kind in ("run", *LOADING):
        return True
    if kind in ("spikes", "rate"):
        return names[1] is None or names[1] < sizes.get(names[0], 0)
    if kind in ("weight", "state", "delay", "rule", "wiring"):
        found = next((c for c in experiment.connections if c.name == names[0]), None)
        if kind == "weight":
            return (
                found is not None
                and names[1] < sizes[found.source]
                and names[2] < sizes[found.target]
            )
        return found is not None
    if kind == "parameter":
        return names[0] in ("new", "unused") or any(
            parameter.name == names[0] for parameter in experiment.parameters
        )
    return names[0] in sizes
