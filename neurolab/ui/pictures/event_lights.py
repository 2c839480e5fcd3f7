"""What the plots highlight at an event of the run."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ...explain.events import Event
from ...grid import Ms


class Jump(NamedTuple):
    """A jump of a curve.

    Attributes
    ----------
    time : float
        In ms.
    before : float or None
        Value before the jump, in the unit of the plot; None where only one value is marked.
    after : float
        Value after the jump, in the unit of the plot.
    """

    time: Ms
    before: float | None
    after: float


def lit_jump(event: Event | None) -> Jump | None:
    """Return the jump that an event made, in the unit of its variable; None for no jump."""
    if event is None or event.after is None:
        return None
    before = event.shown(event.before) if event.is_jump else None
    return Jump(event.time, before, event.after / event.factor)


def lit_spike(
    event: Event | None,
    keys: Sequence[tuple[str, int]],
    rows: Sequence[Mapping[str, Any]],
    step: Ms,
) -> list[float]:
    """Return row and time (ms) of the spike of an event in the raster; empty for no spike.

    Parameters
    ----------
    event : Event or None
    keys : sequence of (group, neuron)
        The neuron of each row.
    rows : sequence of dict
        The rows; ``'times'`` holds their spike times in ms.
    step : float
        Time step of the run, in ms.
    """
    if event is None or event.kind == "release":
        return []
    key = (event.group, event.neuron)
    fired = event.time
    if event.connection and event.source is not None and event.fired is not None:
        key = (event.sender, event.source)
        fired = event.fired
    if key not in keys:
        return []
    row = keys.index(key)
    # A spike whose time lies between two steps fires at the second of them.
    near = [time for time in rows[row]["times"] if fired - step < time <= fired + 1e-9 * step]
    return [row, max(near, default=fired)]
