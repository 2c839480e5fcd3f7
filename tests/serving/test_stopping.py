"""A class whose server is killed leaves no process behind; what a server does that is asked to stop: test_served_page."""

import subprocess
import sys

import psutil
import pytest

from ..browser.server import command_line
from ..browser.waiting import patient, wait_until
from .client import LabClient
from .running import class_server

# What a worker of pytest does that starts a server.
TESTS = """
import sys, time
from pathlib import Path
from tests.serving.running import class_server

print(class_server(Path(sys.argv[1])).wait_until_up().process.pid, flush=True)
time.sleep(600)
"""


def test_a_server_that_is_killed_leaves_no_process_behind(run, tmp_path):
    running = class_server(tmp_path).wait_until_up()
    try:
        client = LabClient(running.root)
        run(client.open())
        processes = psutil.Process(running.process.pid).children(recursive=True)
        assert processes
        running.process.kill()
        running.process.wait(patient(20))
        wait_until(lambda: not any(command_line(process) for process in processes))
    finally:
        running.stop()
        client.http.close()


@pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere a process cannot ask to end with its parent"
)
def test_a_server_of_tests_that_are_killed_ends_with_them(tmp_path):
    tests = subprocess.Popen(
        [sys.executable, "-c", TESTS, tmp_path], stdout=subprocess.PIPE, text=True
    )
    try:
        server = psutil.Process(int(tests.stdout.readline()))
    finally:
        tests.kill()
        tests.wait(patient(20))
    wait_until(lambda: not server.is_running() or server.status() == psutil.STATUS_ZOMBIE)


def test_a_server_that_is_stopped_while_its_first_lab_starts_ends_without_an_error(tmp_path):
    running = class_server(tmp_path).wait_until_up()
    assert running.stop() == 0
    assert "Traceback" not in running.log
