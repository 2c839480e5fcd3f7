"""Messages between a page and its kernel: each is handled once, well-formed, and none is dropped.

If a page's connection breaks, the page sends unanswered messages again: it cannot know whether a
message or its answer was lost. A click must not be handled twice.

A text with half of a surrogate pair, as in a broken emoji, would become a part of a widget's state,
and then this state could not be sent to any page. Such a text is repaired before a widget gets it.

Another preset, or a cell that is run again, leads to hundreds of messages at once. ZeroMQ keeps at
most a thousand unsent messages and drops the rest. On a busy machine, a page would then lack a part
or wait for ever.
"""

import logging
from collections import deque
from collections.abc import Callable
from typing import Any, TypeAlias

import zmq
from IPython import get_ipython

from ...experiment.wellformed import wellformed

_LOG = logging.getLogger(__name__)
_MOST_HEARD = 1000
"""Number of messages that are remembered; a page has far fewer unanswered ones."""
_MOST_UNSENT = 100_000

Handler: TypeAlias = Callable[[object, object, dict[str, Any]], object]
"""A handler of ipykernel, called with a stream, identities, and the message."""


def deliver_all_once() -> None:
    """Make this process's kernel handle each message of widgets once, and drop none.

    If the process has no kernel, nothing happens.
    """
    kernel = getattr(get_ipython(), "kernel", None)
    if kernel is None or isinstance(kernel.shell_handlers["comm_msg"], _Once):
        return
    kernel.shell_handlers["comm_msg"] = _Once(kernel.shell_handlers["comm_msg"])
    kernel.shell_handlers["comm_open"] = _Once(kernel.shell_handlers["comm_open"])
    kernel.session.pack = _packing(kernel.session.pack)
    thread = kernel.iopub_thread
    # Only this thread may use its socket.
    thread.schedule(lambda: thread.socket.set(zmq.SNDHWM, _MOST_UNSENT))


def _packing(pack: Callable[[object], bytes]) -> Callable[[object], bytes]:
    """Wrap a packer of messages so that it also packs half of a surrogate pair.

    Otherwise a warning that quotes one would stop all later messages.
    """

    def pack_all(value: object) -> bytes:
        try:
            return pack(value)
        except UnicodeEncodeError:
            return pack(wellformed(value))

    return pack_all


class _Once:
    """A handler of messages that is called once for each, with a well-formed message.

    Parameters
    ----------
    handler : callable
    """

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._heard: deque[str] = deque(maxlen=_MOST_HEARD)

    def __call__(self, stream: object, ident: object, message: dict[str, Any]) -> None:
        name = message["header"]["msg_id"]
        if name in self._heard:
            return
        self._heard.append(name)
        try:
            message["content"] = wellformed(message["content"])
        except ValueError as error:
            _LOG.warning("A message of a page was passed over: %s.", error)
            return
        self._handler(stream, ident, message)
