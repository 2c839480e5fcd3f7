"""Callbacks of widgets that may fail."""

import functools
import logging

_LOG = logging.getLogger(__name__)


def guarded(callback):
    """The same callback, whose failure goes to the log: its traceback would end on the page."""

    @functools.wraps(callback)
    def call(*arguments):
        try:
            return callback(*arguments)
        except Exception:
            _LOG.exception("%s failed", callback.__qualname__)
            return None

    return call
