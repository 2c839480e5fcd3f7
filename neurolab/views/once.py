"""Hearing each message of the page once.

A page whose connection broke sends again what was not answered; it cannot know whether the message or its answer was
lost. A click that was heard must not be heard twice.
"""

from collections import deque

from IPython import get_ipython

_MOST = 1000  # messages that are remembered; a page has far fewer under way


def hear_once():
    """Have this process's kernel, where it is one, pass over messages of widgets that it has heard before."""
    kernel = getattr(get_ipython(), "kernel", None)
    if kernel is None or isinstance(kernel.shell_handlers["comm_msg"], _Once):
        return
    kernel.shell_handlers["comm_msg"] = _Once(kernel.shell_handlers["comm_msg"])


class _Once:
    """A handler of messages, called once for each."""

    def __init__(self, handler):
        self._handler, self._heard = handler, deque(maxlen=_MOST)

    def __call__(self, stream, ident, message):
        name = message["header"]["msg_id"]
        if name not in self._heard:
            self._heard.append(name)
            self._handler(stream, ident, message)
