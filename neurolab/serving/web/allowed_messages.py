"""Which messages a page may send to its kernel: those of widgets, and none that runs code."""

import json

ALLOWED_MESSAGES = [
    "comm_open",
    "comm_close",
    "comm_msg",
    "comm_info_request",
    "kernel_info_request",
]
"""Kinds, all on the shell channel."""
UNHEARD = ["error", "stream", "execute_input"]
"""Kinds of which the page hears nothing: tracebacks, what is printed, and code."""
_CONTROL = "jupyter.widget.control"


def is_allowed(frame):
    """Whether a frame may reach the kernel.

    Pages open one comm by themselves, to ask for the state of all widgets. Others would make new widgets, of any kind
    that the kernel knows.
    """
    if frame.channel != "shell" or frame.kind not in ALLOWED_MESSAGES:
        return False
    if frame.kind != "comm_open":
        return True
    try:
        return json.loads(frame.content)["target_name"] == _CONTROL
    except (ValueError, KeyError, TypeError, RecursionError):
        return False


def asks_for_everything(frame):
    """Return whether a frame may ask for the state of all widgets, whose answer is thousands of times as large.

    A name in JSON can be written with escapes, as pages do only for control characters; such a frame counts as one that asks.
    """
    content = frame.content
    return frame.kind == "comm_msg" and (b"request_state" in content or b"\\u00" in content)
