"""What was refused: counted each time, but logged seldom, or an attack would fill the disk."""

import contextvars
from collections import Counter

from prometheus_client import Counter as Metric
from tornado.ioloop import IOLoop

from ..event_log import log_event

MOST = 5  # lines that a reason gets in each period
PERIOD = 60  # seconds


class Refusals:
    """Counts and logs refusals by their reason.

    In each period the first `MOST` of a reason have a line each. How many there were beyond them is in one more line, at the
    period's end.

    Parameters
    ----------
    metric : prometheus_client.Counter
        With the reason as its label.
    """

    def __init__(self, metric: Metric) -> None:
        self._metric = metric
        self._seen = Counter()  # in this period, by reason

    def add(self, reason: str) -> None:
        """Count a refusal, on the server's loop."""
        self._metric.labels(reason).inc()
        if not self._seen:
            # In no request's context, which the timer would keep.
            contextvars.Context().run(IOLoop.current().call_later, PERIOD, self._end_period)
        self._seen[reason] += 1
        if self._seen[reason] <= MOST:
            log_event("refused", reason=reason)

    def _end_period(self) -> None:
        for reason, count in self._seen.items():
            if count > MOST:
                log_event("refused", reason=reason, more=count - MOST, seconds=PERIOD)
        self._seen.clear()
