"""Messages between a page and its kernel: each is heard once, and none is dropped.

A page whose connection broke sends again what was not answered; it cannot know whether the message or its answer was
lost. A click that was heard must not be heard twice.

To another preset, or to a cell that is run again, belong hundreds of messages at once. ZeroMQ keeps a thousand at most of
those that are not on their way yet, and drops the rest: on a busy machine a page would miss a part, or wait for ever.
"""

from collections import deque

import zmq
from IPython import get_ipython

_MOST_HEARD = 1000  # messages that are remembered; a page has far fewer under way
_MOST_UNSENT = 100_000


def deliver_all_once():
    """Have this process's kernel, where it is one, pass over messages of widgets that it has heard before, and drop none."""
    kernel = getattr(get_ipython(), "kernel", None)
    if kernel is None or isinstance(kernel.shell_handlers["comm_msg"], _Once):
        return
    kernel.shell_handlers["comm_msg"] = _Once(kernel.shell_handlers["comm_msg"])
    thread = kernel.iopub_thread
    thread.schedule(lambda: thread.socket.set(zmq.SNDHWM, _MOST_UNSENT))  # only this thread may touch its socket


class _Once:
    """A handler of messages, called once for each."""

    def __init__(self, handler):
        self._handler, self._heard = handler, deque(maxlen=_MOST_HEARD)

    def __call__(self, stream, ident, message):
        name = message["header"]["msg_id"]
        if name not in self._heard:
            self._heard.append(name)
            self._handler(stream, ident, message)
