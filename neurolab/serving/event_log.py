"""The server's log: a line of JSON for each event. It names sessions by their number, and holds nothing that anybody typed."""

import json
import logging
import os
import re
import threading
import traceback
from datetime import UTC, datetime
from pathlib import Path

_LOG = logging.getLogger("neurolab.serving")
_PLACE = re.compile(r'\s*File "([^"]+)", line (\d+)')
_KIND = re.compile(r"((?:\w+\.)*\w*(?:Error|Exception|Interrupt|Exit))\b(?::|$)")


def log_event(event, **fields):
    """Write an event, where there is a log."""
    _LOG.info(event, extra={"fields": fields})


class JsonLines(logging.Formatter):
    """A record as a line. What other libraries say may hold addresses or values, so that of theirs only the place is kept."""

    def format(self, record):
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        }
        if record.name == _LOG.name:
            line |= {"event": record.getMessage(), **record.fields}
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


class Lines(logging.StreamHandler):
    """Where lines go. One that cannot be written (a full disk, a reader that has gone) is lost, and the server goes on.

    Python would report it on the standard error: the pipe whose reader writes here, so that it would go round for ever.
    """

    def handleError(self, record):
        """Say nothing."""


class ErrorCount(logging.Handler):
    """Counts errors, whoever reports them."""

    def __init__(self, counter):
        super().__init__(logging.ERROR)
        self._counter = counter

    def emit(self, record):
        self._counter.inc()


def log_as_json(application_log, errors):
    """Have all that is logged in this process written as JSON, to the standard error, and its errors counted."""
    handler = Lines(_own_standard_error())
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler, ErrorCount(errors)], level=logging.ERROR, force=True)
    application_log.handlers[:] = logging.getLogger().handlers
    application_log.setLevel(logging.ERROR)
    _LOG.setLevel(logging.INFO)
    # It writes each refused address, with its query.
    logging.getLogger("tornado.access").setLevel(logging.CRITICAL)


def _own_standard_error():
    """The standard error, for this log alone: what labs write there is read, and logged without what was typed into them."""
    own = os.fdopen(os.dup(2), "w")
    labs, ours = os.pipe()
    os.dup2(ours, 2)  # the labs' processes inherit it, however they are started
    os.close(ours)
    threading.Thread(
        target=_log_tracebacks, args=(os.fdopen(labs, errors="replace"),), daemon=True
    ).start()
    return own


def _log_tracebacks(lines):
    """Log the kind of each error, and the last place that its traceback names; its message may hold anything.

    What was typed may look like a traceback: a place is a file that there is, a kind one that this process knows.
    """
    place = ""
    for line in lines:
        if found := _PLACE.match(line):
            if os.path.isfile(found[1]):
                place = f"{Path(found[1]).name}:{found[2]}"
        elif found := _KIND.match(line):
            kind = found[1] if found[1].rpartition(".")[2] in _known(BaseException) else "Exception"
            _LOG.error("error in a lab", extra={"fields": {"kind": kind, "at": place}})
            place = ""


def _known(kind):
    """Names of a kind of exception and of all below it."""
    return {kind.__name__}.union(*(_known(each) for each in type.__subclasses__(kind)))
