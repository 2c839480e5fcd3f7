"""The messages that a page may send to its kernel: those of widgets, and none that runs code."""

import json

from .frames import Frame

ALLOWED_MESSAGES = [
    "comm_open",
    "comm_close",
    "comm_msg",
    "comm_info_request",
    "kernel_info_request",
]
"""Kinds of messages, all on the shell channel."""
UNHEARD = ["error", "stream", "execute_input"]
"""Kinds that are not sent to the page: tracebacks, printed text, and code."""
_CONTROL = "jupyter.widget.control"


def is_allowed(frame: Frame) -> bool:
    """Return whether a frame may reach the kernel.

    A page opens one comm itself, to ask for the state of all widgets. Other comms would create new
    widgets of any kind that the kernel knows.
    """
    if frame.channel != "shell" or frame.kind not in ALLOWED_MESSAGES:
        return False
    if frame.kind != "comm_open":
        return True
    try:
        return bool(json.loads(frame.content)["target_name"] == _CONTROL)
    except (ValueError, KeyError, TypeError, RecursionError):
        return False


def asks_for_everything(frame: Frame) -> bool:
    """Return whether a frame may ask for the state of all widgets, a very large answer.

    A name in JSON can be written with escapes. Pages use them only for control characters, so a
    frame with escapes counts as one that asks.
    """
    content = frame.content
    return frame.kind == "comm_msg" and (b"request_state" in content or b"\\u00" in content)
