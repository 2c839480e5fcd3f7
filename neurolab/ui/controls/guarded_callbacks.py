"""Callbacks of widgets whose errors go to the log."""

import functools
import logging
from collections.abc import Callable
from typing import ParamSpec, TypeVar

_LOG = logging.getLogger(__name__)
_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


def guarded(callback: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result | None]:
    """Wrap a callback so that an error goes to the log; its traceback would appear on the page.

    Examples
    --------
    >>> guarded(lambda text: text.upper())("ms")
    'MS'
    """

    @functools.wraps(callback)
    def call(*arguments: _Arguments.args, **options: _Arguments.kwargs) -> _Result | None:
        try:
            return callback(*arguments, **options)
        except Exception:
            _LOG.exception("%s failed", callback.__qualname__)
            return None

    return call
