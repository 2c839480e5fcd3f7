"""The ledger of a run: the cause of every jump, in the order of the simulation.

A run records the value of each variable at the end of each step, and the values with which the
threshold was checked for the neurons that fired. The rest follows from the rules of a step:
integrate and fire, deliver, reset, hold.
"""

from ..experiment.result import Result
from .deliveries import Plan
from .event_writer import EventWriter, Watch
from .events import Event, Ledger

MOST_EVENTS = 2000
"""Further events of a run are not computed."""


def ledger(result: Result, most: int = MOST_EVENTS, neurons: Watch | None = None) -> Ledger:
    """Compute the events of a run.

    Parameters
    ----------
    result : Result
    most : int
        Most events to compute.
    neurons : mapping, optional
        Group → its neurons that are watched if there are more than `most` events; by default, the
        first ones.

    Returns
    -------
    Ledger

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> from neurolab.experiment.simulate import simulate
    >>> events = ledger(simulate(TUTORIAL)).events
    >>> events[0].when, events[0].numbers
    ('t = 1.0 ms', '0 mV + 6.00 mV = 6.00 mV')
    """
    plan = Plan(result)
    total = None if plan.is_small(most) else plan.count()
    is_complete = total is None or total <= most
    writer = EventWriter(result, plan, None if is_complete else (neurons or {}))
    events: list[Event] = []
    for step in plan.steps():
        events += writer.events(step)
        if len(events) >= most:
            break
    del events[most:]
    return Ledger(tuple(events), 0 if total is None else total - len(events))
