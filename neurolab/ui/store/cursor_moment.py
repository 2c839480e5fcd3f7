"""The moment of the run that is looked at: where the time cursor stands, and at which event."""

import logging
import math

from ...explain.ledger import ledger

_LOG = logging.getLogger(__name__)


class Moment:
    """A place in the present run. Nothing is worked out before somebody asks for the events.

    Parameters
    ----------
    store : Store
        Its listeners of before are shown a new result before those of the moment are told.

    Attributes
    ----------
    time : float or None
        In ms; None while there is no cursor.
    hidden_after : float or None
        In ms; the time after which the run is hidden, None while nothing is.
    """

    def __init__(self, store):
        self._result, self._ledger, self._watched = store.result, None, None
        self._listeners = []
        self.time, self._place, self.hidden_after = None, None, store.curtain.hidden_after
        store.subscribe(self._follow)

    def subscribe(self, listener):
        """Have ``listener(moment)`` called after every move, and when a new result has other events."""
        self._listeners.append(listener)

    @property
    def result(self):
        """The run that is looked at."""
        return self._result

    @property
    def ledger(self):
        """The ledger of the run."""
        if self._ledger is None:
            self._ledger = ledger(self._result, neurons=self._watched)
        return self._ledger

    def watch(self, neurons):
        """Of a run with very many events, look at those of these neurons: group → numbers."""
        if neurons != self._watched:
            self._watched, event = neurons, self.event
            self._renew(event)

    @property
    def events(self):
        """The events of the run, in order."""
        return self.ledger.events

    @property
    def place(self):
        """Which of the events the cursor stands on, or None."""
        return self._place

    @property
    def event(self):
        """The event the cursor stands on, or None."""
        return None if self._place is None else self.events[self._place]

    @property
    def step(self):
        """Number of the time step in which the cursor stands, or None."""
        return None if self.time is None else self._step_at(self.time)

    def _step_at(self, time):
        return min(max(round(time / self._result.experiment.dt), 0), len(self._result.times) - 1)

    def go(self, time):
        """Put the cursor at a time (ms; the nearest step of the run), and on the first jump there; None takes it away."""
        if time is not None and not math.isfinite(time):
            return
        self._stand(time)
        self._tell()

    def go_to(self, place):
        """Put the cursor on an event."""
        self.time, self._place = self.events[place].time, place
        self._tell()

    def next(self):
        """Go on to the next event; stay at the last."""
        places = range(len(self.events))
        if self._place is not None:
            later = places[self._place + 1 :]
        else:
            later = [
                place
                for place in places
                if self.time is None or self.events[place].time > self.time
            ]
        if later:
            self.go_to(later[0])

    def previous(self):
        """Go back to the event before; stay at the first."""
        places = range(len(self.events))
        if self._place is not None:
            earlier = places[: self._place]
        else:
            earlier = [
                place
                for place in places
                if self.time is None or self.events[place].time < self.time
            ]
        if earlier:
            self.go_to(earlier[-1])

    def _stand(self, time, like=None):
        """Stand at a time; of several events there on one `like` another, else on one with a jump, else on the first."""
        self.time = self._place = None
        if time is None:
            return
        step = self._step_at(time)
        self.time = float(f"{step * self._result.experiment.dt:.12g}")
        places = self.ledger.at(step)
        if places:
            jumps = [place for place in places if self.events[place].is_jump]
            same = [
                place for place in places if like is not None and _is_like(self.events[place], like)
            ]
            self._place = [*same, *jumps, *places][0]

    def _follow(self, snapshot):
        self.hidden_after = snapshot.hidden_after
        if snapshot.result is self._result:
            return
        event, self._result = self.event, snapshot.result
        self._renew(event)

    def _renew(self, event):
        self._ledger = None
        self._stand(self.time, like=event)
        self._tell()

    def _tell(self):
        for listener in self._listeners:
            try:
                listener(self)
            except Exception:  # one panel that fails must not keep the others from following
                _LOG.exception("a panel could not follow the time cursor")


def _is_like(event, other):
    return (event.kind, event.group, event.neuron, event.state, event.connection, event.source) == (
        other.kind,
        other.group,
        other.neuron,
        other.state,
        other.connection,
        other.source,
    )
