"""What happens in a run: events as values, each with its cause and its numbers."""

import csv
import io
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .sentences import Words

COLUMNS = (
    "time (ms)",
    "event",
    "group",
    "neuron",
    "connection",
    "from group",
    "from neuron",
    "fired (ms)",
    "variable",
    "unit",
    "before",
    "amount",
    "after",
    "sentence",
)
"""Names of what `rows` gives."""


@dataclass(frozen=True)
class Event:
    """One thing that the simulator did in one time step.

    Attributes
    ----------
    kind : str
        ``'spike'``: a source fires, and nothing arrives in the same step. ``'delivery'``: a weight
        is added to a variable. ``'nothing'``: a spike whose row of the connection matrix is empty.
        ``'threshold'``: a neuron fires. ``'reset'``: a variable is reset. ``'hold'`` and
        ``'release'``: a refractory period begins and ends.
    step : int
    time : float
        In ms.
    group, neuron : str, int
        The neuron that the event changes.
    connection, sender, source : str, str, int or None
        The connection of a delivery, its source group and its source neuron.
    fired : float or None
        When the source neuron fired, in ms.
    state, unit : str
        The variable that changes, and the unit in which it is shown.
    factor : float
        Size of this unit in SI units.
    before, amount, after : float or None
        Values of the variable in SI units.
    outcome : str
        The result of a delivery: ``'below'`` the threshold; ``'sank'`` below it before it was
        checked; ``'fires'`` in the next step; ``'overwritten'`` by a reset in this step; ``'held'``
        at the reset value, so that it has no effect; ``'refractory'``: the neuron cannot fire.
        Empty if there is nothing to say.
    checked : float or None
        The value with which the threshold is checked one step after a delivery, in SI units.
    until : float or None
        Last moment of a refractory period, in ms.
    values : tuple of (str, float, str)
        The quantities on which a condition depends: name, value in its unit, unit.
    """

    kind: str
    step: int
    time: float
    group: str
    neuron: int
    connection: str = ""
    sender: str = ""
    source: int | None = None
    fired: float | None = None
    state: str = ""
    unit: str = ""
    factor: float = 1.0
    before: float | None = None
    amount: float | None = None
    after: float | None = None
    outcome: str = ""
    checked: float | None = None
    until: float | None = None
    values: tuple[tuple[str, float, str], ...] = ()
    words: "Words | None" = field(default=None, repr=False, compare=False)

    def shown(self, value: float | None) -> float | None:
        """Convert a value of its variable to the unit in which it is shown; None stays None."""
        return None if value is None else value / self.factor

    @property
    def when(self) -> str:
        """The time as text: ``'t = 4.0 ms'``."""
        return f"t = {self._words.time(self.time)} ms"

    @cached_property
    def cause(self) -> str:
        """Why it happens: ``'inputs 0 fires → row 0 of C1 → Va[0]'``."""
        return self._words.cause(self)

    @cached_property
    def numbers(self) -> str:
        """What happens: ``'0.30 mV + 6.00 mV = 6.30 mV'``."""
        return self._words.numbers(self)

    @cached_property
    def verdict(self) -> str:
        """The consequence: ``'6.30 mV is below Vt = 10 mV: no spike'``; empty if there is none."""
        return self._words.verdict(self)

    @property
    def sentence(self) -> str:
        """The time, the cause, the numbers and the verdict as one text."""
        verdict = f". {self.verdict[0].upper()}{self.verdict[1:]}" if self.verdict else ""
        return f"{self.when}: {self.cause}: {self.numbers}{verdict}"

    @property
    def title(self) -> str:
        """The event in two or three words: ``'inputs 0 over C1'``."""
        return self._words.title(self)

    @property
    def is_jump(self) -> bool:
        """Whether a variable changes its value at once."""
        return self.before is not None and self.after != self.before

    @property
    def _words(self) -> "Words":
        assert self.words is not None
        return self.words


@dataclass(frozen=True, eq=False)
class Ledger:
    """The events of a run.

    Attributes
    ----------
    events : tuple of Event
        In the order of the simulation.
    left_out : int
        Number of further events that were not computed.
    """

    events: tuple[Event, ...]
    left_out: int

    @cached_property
    def steps(self) -> list[int]:
        """Time step of each event."""
        return [event.step for event in self.events]

    def at(self, step: int) -> range:
        """Return the places of the events of a time step, as a range."""
        return range(bisect_left(self.steps, step), bisect_right(self.steps, step))


def rows(events: Iterable[Event]) -> list[list[Any]]:
    """Write the events as rows of a table, in the order of `COLUMNS`, values in the unit shown."""
    return [
        [
            event.time,
            event.kind,
            event.group,
            event.neuron,
            event.connection,
            event.sender,
            event.source,
            event.fired,
            event.state,
            event.unit,
            *(_rounded(event.shown(value)) for value in (event.before, event.amount, event.after)),
            event.sentence,
        ]
        for event in events
    ]


def csv_text(events: Iterable[Event]) -> str:
    """Write the events as comma-separated values, with a line of names on top."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([COLUMNS, *rows(events)])
    return text.getvalue()


def _rounded(value: float | None) -> float | None:
    """Undo the last-digit noise of a unit conversion."""
    return None if value is None else float(f"{value:.12g}")
