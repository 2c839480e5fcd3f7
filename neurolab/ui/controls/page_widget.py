"""The base of widgets whose page sends messages and does not set their state."""

import logging
from collections.abc import Mapping
from typing import Any, TypeGuard

import traitlets

from . import plain_widgets as widgets

_LOG = logging.getLogger(__name__)
_LARGEST = 2**53
"""Whole numbers of JavaScript are exact below this."""


class PageWidget(widgets.AnyWidget):
    """A widget that checks what its page sends.

    A page can send anything. Therefore it cannot set traits; it sends messages, which subclasses
    read in `_act`. An error in `_act` goes to the log, because a traceback would appear on the
    page.

    Attributes
    ----------
    answered : int
        Number of the last message that was handled. A page that numbers its messages waits for it
        before it sends the next one.
    """

    answered = traitlets.Int().tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.on_msg(self._receive)

    def set_state(self, sync_data: Mapping[str, object]) -> None:
        """Ignore traits that a page sets."""

    def _act(self, content: Mapping[str, Any]) -> None:
        """Handle a message of the page."""

    def _receive(self, _: object, content: object, buffers: object) -> None:
        if not isinstance(content, dict):
            return
        # The answer and the changes that follow from the message reach the page together.
        with self.hold_sync():
            try:
                self._act(content)
            except Exception:
                _LOG.exception("%s could not handle a message from its page", type(self).__name__)
            number = content.get("number")
            if is_index(number, _LARGEST):
                self.answered = number


def is_index(value: object, end: int) -> TypeGuard[int]:
    """Return whether a value from a page is a whole number from 0 to `end` - 1.

    Examples
    --------
    >>> is_index(2, 3), is_index(3, 3), is_index(True, 3), is_index("2", 3)
    (True, False, False, False)
    """
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < end
