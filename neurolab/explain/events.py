"""What happens in a run: events as values, each with its cause and its numbers."""

import csv
import io
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property

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
        ``'spike'``: a source fires, and nothing arrives in the same step; ``'delivery'``; ``'nothing'``: a spike whose row
        of the connection matrix is empty; ``'threshold'``: a neuron fires; ``'reset'``; ``'hold'`` and ``'release'``: its
        refractory time begins, is over.
    step : int
    time : float
        In ms.
    group, neuron : str, int
        To whom it happens.
    connection, sender, source : str, str, int or None
        Over which connection it came, and from which neuron of which group.
    fired : float or None
        When that neuron fired, in ms.
    state, unit : str
        Variable that it happens to, and the unit in which it is shown.
    factor : float
        What one such unit is in SI units.
    before, amount, after : float or None
        Values of that variable in SI units.
    outcome : str
        What becomes of a delivery: ``'below'`` the threshold, ``'sank'`` below it before it was looked at, ``'fires'`` in
        the next step, ``'overwritten'`` by a reset in this step, ``'held'`` at the reset value, so that it is lost, or
        ``'refractory'``: the neuron cannot fire. Empty where there is nothing to say.
    checked : float or None
        What the threshold sees one step after a delivery, in SI units.
    until : float or None
        Last moment of a refractory time, in ms.
    values : tuple of (str, float, str)
        What a condition depends on: name, value in its unit, unit.
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
    values: tuple = ()
    words: object = field(default=None, repr=False, compare=False)

    def shown(self, value):
        """A value of its variable in the unit in which it is shown; None stays None."""
        return None if value is None else value / self.factor

    @property
    def when(self):
        """``'t = 4.0 ms'``"""
        return f"t = {self.words.time(self.time)} ms"

    @cached_property
    def cause(self):
        """Why it happens: ``'inputs 0 fires → row 0 of C1 → Va[0]'``"""
        return self.words.cause(self)

    @cached_property
    def numbers(self):
        """What happens: ``'0.30 mV + 6.00 mV = 6.30 mV'``"""
        return self.words.numbers(self)

    @cached_property
    def verdict(self):
        """What follows from it, if that is to be said: ``'6.30 mV is below Vt = 10 mV: no spike'``"""
        return self.words.verdict(self)

    @property
    def sentence(self):
        """All of it as text."""
        verdict = f". {self.verdict[0].upper()}{self.verdict[1:]}" if self.verdict else ""
        return f"{self.when}: {self.cause}: {self.numbers}{verdict}"

    @property
    def title(self):
        """The event in two or three words: ``'inputs 0 over C1'``"""
        return self.words.title(self)

    @property
    def is_jump(self):
        """Whether a variable takes another value at once."""
        return self.before is not None and self.after != self.before


@dataclass(frozen=True, eq=False)
class Ledger:
    """The events of a run.

    Attributes
    ----------
    events : tuple of Event
        In the order in which the simulator did them.
    left_out : int
        How many more there were.
    """

    events: tuple
    left_out: int

    @cached_property
    def steps(self):
        """Time step of each event."""
        return [event.step for event in self.events]

    def at(self, step):
        """Places of the events of a time step, as a range."""
        return range(bisect_left(self.steps, step), bisect_right(self.steps, step))


def rows(events):
    """The events as a table for a file: one list for each, in the order of `COLUMNS`, values in the unit shown."""
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


def csv_text(events):
    """The events as comma-separated values, with a line of names on top."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([COLUMNS, *rows(events)])
    return text.getvalue()


def _rounded(value):
    """Undo the last-digit noise of a unit conversion."""
    return None if value is None else float(f"{value:.12g}")
