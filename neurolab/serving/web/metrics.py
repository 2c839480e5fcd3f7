"""The server's metrics, for Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.005, 0.01, 0.02, 0.035, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """The metrics of one server, in another registry than Jupyter's own."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self.sessions = Gauge("neurolab_sessions", "Open labs", registry=registry)
        self.most_sessions = Gauge(
            "neurolab_sessions_limit", "Largest number of open labs; 0: no limit", registry=registry
        )
        self.memory = Gauge(
            "neurolab_memory_bytes", "Private memory of all labs", registry=registry
        )
        self.most_memory = Gauge(
            "neurolab_memory_limit_bytes",
            "Largest private memory of all labs; 0: no limit",
            registry=registry,
        )
        self.opens = Counter("neurolab_opens", "Labs opened", registry=registry)
        self.refused = Counter(
            "neurolab_refused", "Refused requests and messages", ["reason"], registry=registry
        )
        self.errors = Counter("neurolab_errors", "Errors of the server", registry=registry)
        self.edits = Histogram(
            "neurolab_edit_seconds",
            "Time from an edit to its first effect on the page",
            registry=registry,
            buckets=_SECONDS,
        )

    def text(self) -> bytes:
        """Return all metrics in the form that Prometheus reads."""
        return generate_latest(self._registry)
