"""A class whose server is killed leaves no process behind; what a server does that is asked to stop: test_served_page."""

import psutil

from ..browser.server import command_line
from ..browser.waiting import wait_until
from .client import LabClient
from .running import class_server


def test_a_server_that_is_killed_leaves_no_process_behind(run, tmp_path):
    running = class_server(tmp_path).wait_until_up()
    try:
        client = LabClient(running.root)
        run(client.open())
        processes = psutil.Process(running.process.pid).children(recursive=True)
        assert processes
        running.process.kill()
        running.process.wait(20)
        wait_until(lambda: not any(command_line(process) for process in processes), seconds=10)
    finally:
        running.stop()
        client.http.close()


def test_a_server_that_is_stopped_while_its_first_lab_starts_ends_without_an_error(tmp_path):
    running = class_server(tmp_path).wait_until_up()
    assert running.stop() == 0
    assert "Traceback" not in running.log
