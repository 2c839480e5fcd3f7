"""Refusals: each is counted, but few are logged, because an attack would fill the disk."""

import contextvars
from collections import Counter

from prometheus_client import Counter as Metric
from tornado.ioloop import IOLoop

from ..event_log import log_event

MOST = 5  # lines that a reason gets in each period
PERIOD = 60  # seconds


class Refusals:
    """Counts and logs refusals by their reason.

    In each period, the first `MOST` refusals for a reason have a line each. At the end of the
    period, one more line has the number of the others.

    Parameters
    ----------
    metric : prometheus_client.Counter
        Its label is the reason.
    """

    def __init__(self, metric: Metric) -> None:
        self._metric = metric
        self._seen: Counter[str] = Counter()  # in this period, by reason

    def add(self, reason: str) -> None:
        """Count a refusal, on the server's loop."""
        self._metric.labels(reason).inc()
        if not self._seen:
            # In a new context, because the timer would keep that of the request alive.
            contextvars.Context().run(IOLoop.current().call_later, PERIOD, self._end_period)
        self._seen[reason] += 1
        if self._seen[reason] <= MOST:
            log_event("refused", reason=reason)

    def _end_period(self) -> None:
        for reason, count in self._seen.items():
            if count > MOST:
                log_event("refused", reason=reason, more=count - MOST, seconds=PERIOD)
        self._seen.clear()
