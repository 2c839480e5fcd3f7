"""The largest experiments that can be simulated."""

from ..grid import Ms

MAX_NEURONS = 10_000
MAX_STEPS = 200_000
MAX_WORK = 200_000_000
"""Most steps × neurons of one run: some ten seconds, with a progress bar and a button to stop."""
MAX_SYNAPSES = 2_000_000
"""Most synapses of one connection: 32 MB."""
MAX_SYNAPSES_TOGETHER = 5_000_000
MAX_PAIRS = 200_000_000
"""Most pairs of neurons that are drawn at random, in all connections together: two seconds."""
MAX_PARTS = 200
"""Most groups, connections, or parameters: each has controls on the page."""
LONGEST_TIME: Ms = 1e9
"""Of a delay, a spike or a period: longer than any run."""
