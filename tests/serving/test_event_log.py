"""The server's log: where it cannot be written, and what it takes for an error of a lab."""

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest

from neurolab.errors import ParseError
from neurolab.serving import event_log

LOG_MUCH = """
import logging
from prometheus_client import Counter
from neurolab.serving.event_log import log_as_json, log_event
log_as_json(logging.getLogger("application"), Counter("errors", "Errors."))
for _ in range(500):
    log_event("refused", reason="stranger")
print("still here")
"""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
def test_a_server_whose_log_cannot_be_written_goes_on():
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-c", LOG_MUCH],
            stdout=subprocess.PIPE,
            stderr=full,
            timeout=60,
            text=True,
        )
    assert (done.returncode, done.stdout) == (0, "still here\n")


@pytest.fixture
def logged(caplog):
    """What is logged of the text that labs write to their standard error."""

    def read(text):
        caplog.clear()
        with caplog.at_level(logging.ERROR, logger="neurolab.serving"):
            event_log._log_tracebacks(text.splitlines(keepends=True))
        return [json.loads(event_log.JsonLines().format(record)) for record in caplog.records]

    return read


def test_of_an_error_in_a_lab_its_kind_and_place_are_logged_and_not_what_it_says(logged):
    text = f'Traceback (most recent call last):\n  File "{__file__}", line 7, in f\nneurolab.errors.ParseError: my secret\n'
    [line] = logged(text)
    assert (line["kind"], line["at"]) == (
        f"neurolab.errors.{ParseError.__name__}",
        "test_event_log.py:7",
    )
    assert "secret" not in json.dumps(line)


def test_a_text_that_was_made_to_look_like_an_error_does_not_get_into_the_log(logged):
    [line] = logged('  File "my secret", line 7\nMySecretError: x\n')
    assert "ecret" not in json.dumps(line)
    assert line["kind"] == "Exception"
