"""What the server counts, for Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.005, 0.01, 0.02, 0.035, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """Counters of one server; Jupyter's own stand in a registry of their own."""

    def __init__(self):
        self._registry = registry = CollectorRegistry()
        self.sessions = Gauge("neurolab_sessions", "Labs that are open", registry=registry)
        self.most_sessions = Gauge(
            "neurolab_sessions_limit", "How many may be; 0: any number", registry=registry
        )
        self.memory = Gauge(
            "neurolab_memory_bytes", "Memory that labs take, each for itself", registry=registry
        )
        self.most_memory = Gauge(
            "neurolab_memory_limit_bytes",
            "How much they may take; 0: any amount",
            registry=registry,
        )
        self.opens = Counter("neurolab_opens", "Labs that were opened", registry=registry)
        self.refused = Counter(
            "neurolab_refused", "What was refused", ["reason"], registry=registry
        )
        self.errors = Counter("neurolab_errors", "Errors of the server", registry=registry)
        self.edits = Histogram(
            "neurolab_edit_seconds",
            "From an edit's arrival to what it changes on the page",
            registry=registry,
            buckets=_SECONDS,
        )

    def text(self):
        """All of them, as Prometheus reads it."""
        return generate_latest(self._registry)
