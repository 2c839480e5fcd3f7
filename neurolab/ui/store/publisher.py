"""The listeners of a store, and what they are shown."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from ...experiment.experiment import Experiment
from .keys import VIEW
from .snapshot import Snapshot

_LOG = logging.getLogger(__name__)

Listener: TypeAlias = Callable[[Snapshot], object]


class Publisher:
    """Shows each snapshot to all listeners, in the order in which they subscribed.

    Attributes
    ----------
    is_showing : bool
        Whether listeners are being called. What a widget reports meanwhile is not an edit.
    """

    def __init__(self) -> None:
        self._listeners: list[tuple[Listener, bool]] = []
        self._shown: Snapshot | None = None
        self.is_showing = False

    def subscribe(self, listener: Listener, ahead: bool) -> None:
        """Add a listener; see `Store.subscribe`."""
        self._listeners.append((listener, ahead))

    def publish(self, snapshot: Snapshot, experiment: Experiment, is_busy: bool) -> None:
        """Call the listeners.

        Parameters
        ----------
        snapshot : Snapshot
            With the experiment of its result.
        experiment : Experiment
            The present one, for listeners that are shown it while its run is under way.
        is_busy : bool
            Whether a run is under way.
        """
        ahead_of_it = snapshot
        if experiment != snapshot.experiment:
            ahead_of_it = replace(snapshot, experiment=experiment)
        content = replace(snapshot, source=None)
        # Until a run ends, there is nothing new to show to listeners that wait for its result.
        is_old = is_busy and snapshot.source not in (None, VIEW) and content == self._shown
        self.is_showing = True
        self._shown = content
        try:
            for listener, ahead in self._listeners:
                if ahead or not is_old:
                    _call(listener, ahead_of_it if ahead else snapshot)
        finally:
            self.is_showing = False


def _call(listener: Listener, snapshot: Snapshot) -> None:
    try:
        listener(snapshot)
    except Exception:  # a panel that fails must not keep the others from following
        _LOG.exception("a panel could not show the experiment")
