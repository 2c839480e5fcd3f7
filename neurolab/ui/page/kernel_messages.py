"""Messages between a page and its kernel: each is heard once and in well-formed text, and none is dropped.

A page whose connection broke sends again what was not answered; it cannot know whether the message or its answer was
lost. A click that was heard must not be heard twice.

A text with half a character, as a broken emoji has it, would become a part of a widget's state, and then this state could
not be sent to any page: it is mended before any widget has it.

To another preset, or to a cell that is run again, belong hundreds of messages at once. ZeroMQ keeps a thousand at most of
those that are not on their way yet, and drops the rest: on a busy machine a page would miss a part, or wait for ever.
"""

import logging
from collections import deque
from collections.abc import Callable

import zmq
from IPython import get_ipython

from ...experiment.wellformed import wellformed

_LOG = logging.getLogger(__name__)
_MOST_HEARD = 1000  # messages that are remembered; a page has far fewer under way
_MOST_UNSENT = 100_000


def deliver_all_once() -> None:
    """Have this process's kernel, where it is one, hear each message of widgets once and well-formed, and drop none."""
    kernel = getattr(get_ipython(), "kernel", None)
    if kernel is None or isinstance(kernel.shell_handlers["comm_msg"], _Once):
        return
    kernel.shell_handlers["comm_msg"] = _Once(kernel.shell_handlers["comm_msg"])
    kernel.shell_handlers["comm_open"] = _Once(kernel.shell_handlers["comm_open"])
    kernel.session.pack = _packing(kernel.session.pack)
    thread = kernel.iopub_thread
    thread.schedule(
        lambda: thread.socket.set(zmq.SNDHWM, _MOST_UNSENT)
    )  # only this thread may touch its socket


def _packing(pack: Callable[[object], bytes]) -> Callable[[object], bytes]:
    """The same packer of messages, which also packs half a character: a warning that quotes one must not stop all others."""

    def pack_all(value: object) -> bytes:
        try:
            return pack(value)
        except UnicodeEncodeError:
            return pack(wellformed(value))

    return pack_all


class _Once:
    """A handler of messages, called once for each, with a well-formed one.

    Parameters
    ----------
    handler : callable
        As ipykernel calls it: with a stream, identities, and the message.
    """

    def __init__(self, handler: Callable[[object, object, dict], None]) -> None:
        self._handler, self._heard = handler, deque(maxlen=_MOST_HEARD)

    def __call__(self, stream: object, ident: object, message: dict) -> None:
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
