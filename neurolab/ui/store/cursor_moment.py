"""The moment of the run that is inspected: the place of the time cursor, and the event there."""

import logging
import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from ...experiment.result import Result
from ...explain.event_writer import Watch
from ...explain.events import Event, Ledger
from ...explain.ledger import ledger
from ...grid import Ms, Steps
from .snapshot import Snapshot

if TYPE_CHECKING:
    from .store import Store

_LOG = logging.getLogger(__name__)


class Moment:
    """A place in the present run. Its events are computed when they are first read.

    Parameters
    ----------
    store : Store
        Its earlier listeners are shown a new result before the listeners of the moment.

    Attributes
    ----------
    time : float or None
        In ms; None without a cursor.
    hidden_after : float or None
        In ms: the time after which the run is hidden; None if nothing is hidden.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> from neurolab.ui.store.store import Store
    >>> moment = Moment(Store(TUTORIAL))
    >>> moment.go(1.0)
    >>> moment.step, moment.event.kind
    (10, 'delivery')
    """

    def __init__(self, store: "Store") -> None:
        self._result = store.result
        self._ledger: Ledger | None = None
        self._watched: Watch | None = None
        self._listeners: list[Callable[[Moment], object]] = []
        self.time: Ms | None = None
        self._place: int | None = None
        self.hidden_after: Ms | None = store.curtain.hidden_after
        store.subscribe(self._follow)

    def subscribe(self, listener: "Callable[[Moment], object]") -> None:
        """Call ``listener(moment)`` after every move, and when the events are other ones."""
        self._listeners.append(listener)

    @property
    def result(self) -> Result:
        """The run."""
        return self._result

    @property
    def ledger(self) -> Ledger:
        """The ledger of the run."""
        if self._ledger is None:
            self._ledger = ledger(self._result, neurons=self._watched)
        return self._ledger

    def watch(self, neurons: Watch) -> None:
        """In a run with too many events, compute those of these neurons: group → indices."""
        if neurons != self._watched:
            event = self.event
            self._watched = neurons
            self._renew(event)

    @property
    def events(self) -> tuple[Event, ...]:
        """The events of the run, in order."""
        return self.ledger.events

    @property
    def place(self) -> int | None:
        """Index of the event at the cursor, or None."""
        return self._place

    @property
    def event(self) -> Event | None:
        """The event at the cursor, or None."""
        return None if self._place is None else self.events[self._place]

    @property
    def step(self) -> Steps | None:
        """The time step of the cursor, or None."""
        return None if self.time is None else self._step_at(self.time)

    def _step_at(self, time: Ms) -> Steps:
        return min(max(round(time / self._result.experiment.dt), 0), len(self._result.times) - 1)

    def go(self, time: Ms | None) -> None:
        """Move the cursor to the step nearest to a time in ms, and to the first jump there.

        None removes the cursor.
        """
        if time is not None and not math.isfinite(time):
            return
        self._stand(time)
        self._tell()

    def go_to(self, place: int) -> None:
        """Move the cursor to an event."""
        self.time = self.events[place].time
        self._place = place
        self._tell()

    def next(self) -> None:
        """Go to the next event; stay at the last one."""
        if self._place is not None:
            first = self._place + 1
        else:
            first = sum(self.time is not None and event.time <= self.time for event in self.events)
        if first < len(self.events):
            self.go_to(first)

    def previous(self) -> None:
        """Go to the previous event; stay at the first one."""
        if self._place is not None:
            last = self._place - 1
        else:
            last = sum(self.time is None or event.time < self.time for event in self.events) - 1
        if last >= 0:
            self.go_to(last)

    def _stand(self, time: Ms | None, like: Event | None = None) -> None:
        """Set the cursor to a time.

        Of several events there, prefer one of the same kind as `like`, then a jump.
        """
        self.time = None
        self._place = None
        if time is None:
            return
        step = self._step_at(time)
        self.time = float(f"{step * self._result.experiment.dt:.12g}")
        places = list(self.ledger.at(step))
        if places:
            jumps = [place for place in places if self.events[place].is_jump]
            same = [place for place in places if like and _is_like(self.events[place], like)]
            self._place = [*same, *jumps, *places][0]

    def _follow(self, snapshot: Snapshot) -> None:
        self.hidden_after = snapshot.hidden_after
        if snapshot.result is self._result:
            return
        event = self.event
        self._result = snapshot.result
        self._renew(event)

    def _renew(self, event: Event | None) -> None:
        self._ledger = None
        self._stand(self.time, like=event)
        self._tell()

    def _tell(self) -> None:
        for listener in self._listeners:
            try:
                listener(self)
            except Exception:  # a panel that fails must not keep the others from following
                _LOG.exception("a panel could not follow the time cursor")


def _is_like(event: Event, other: Event) -> bool:
    """Return whether two events of two runs have the same cause and the same effect."""
    names = ("kind", "group", "neuron", "state", "connection", "source")
    return all(getattr(event, name) == getattr(other, name) for name in names)
