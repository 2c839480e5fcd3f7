"""The server's log: a line of JSON for each event.

It names sessions by their number, and contains nothing that a user has typed.
"""

import json
import logging
import os
import re
import threading
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from prometheus_client import Counter

_LOG = logging.getLogger("neurolab.serving")
_PLACE = re.compile(r'\s*File "([^"]+)", line (\d+)')
_KIND = re.compile(r"((?:\w+\.)*\w*(?:Error|Exception|Interrupt|Exit))\b(?::|$)")


def log_event(event: str, **fields: object) -> None:
    """Write an event, if there is a log."""
    _LOG.info(event, extra={"fields": fields})


class JsonLines(logging.Formatter):
    """Formats a record as a line.

    Messages of other libraries can contain addresses or values. Only their place is written.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        }
        if record.name == _LOG.name:
            line |= {"event": record.getMessage(), **vars(record)["fields"]}
        else:
            line |= {
                "event": record.levelname.lower(),
                "logger": record.name,
                "at": f"{record.filename}:{record.lineno}",
            }
            if record.exc_info and record.exc_info[0]:
                line |= {
                    "kind": record.exc_info[0].__name__,
                    "trace": [
                        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
                        for frame in traceback.extract_tb(record.exc_info[2])
                    ],
                }
        return json.dumps(line)


class Lines(logging.StreamHandler[TextIO]):
    """Writes lines. A line that cannot be written, for example on a full disk, is lost.

    Python would report it on the standard error, which is a pipe whose reader writes here: an
    endless loop.
    """

    def handleError(self, record: logging.LogRecord) -> None:
        """Do nothing."""


class ErrorCount(logging.Handler):
    """Counts the errors of all loggers."""

    def __init__(self, counter: Counter) -> None:
        super().__init__(logging.ERROR)
        self._counter = counter

    def emit(self, record: logging.LogRecord) -> None:
        """Count an error."""
        self._counter.inc()


def log_as_json(application_log: logging.Logger, errors: Counter) -> None:
    """Write everything that this process logs as JSON to the standard error, and count errors."""
    handler = Lines(_own_standard_error())
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler, ErrorCount(errors)], level=logging.ERROR, force=True)
    application_log.handlers[:] = logging.getLogger().handlers
    application_log.setLevel(logging.ERROR)
    _LOG.setLevel(logging.INFO)
    # This logger writes the address of each refused request, with its query.
    logging.getLogger("tornado.access").setLevel(logging.CRITICAL)


def _own_standard_error() -> TextIO:
    """Return the standard error, for this log alone.

    The standard error of the labs is read, and logged without the values that users have typed.
    """
    own = os.fdopen(os.dup(2), "w")
    labs, ours = os.pipe()
    os.dup2(ours, 2)  # all processes of labs inherit it
    os.close(ours)
    threading.Thread(
        target=_log_tracebacks, args=(os.fdopen(labs, errors="replace"),), daemon=True
    ).start()
    return own


def _log_tracebacks(lines: TextIO) -> None:
    """Log the kind of each error, and the last place in its traceback, without its message.

    A text that a user has typed can look like a traceback. Therefore a place must be an existing
    file, and a kind must be an exception that this process knows.
    """
    place = ""
    for line in lines:
        if match := _PLACE.match(line):
            if os.path.isfile(match[1]):
                place = f"{Path(match[1]).name}:{match[2]}"
        elif match := _KIND.match(line):
            is_known = match[1].rpartition(".")[2] in _known(BaseException)
            kind = match[1] if is_known else "Exception"
            _LOG.error("error in a lab", extra={"fields": {"kind": kind, "at": place}})
            place = ""


def _known(kind: type[BaseException]) -> set[str]:
    """Return the names of a class of exceptions and of all its subclasses."""
    return {kind.__name__}.union(*(_known(each) for each in type.__subclasses__(kind)))
