"""A class that ends, in whatever way, leaves no process behind."""

import signal

import psutil
import pytest

from ..browser.server import command_line
from ..browser.waiting import wait_until
from .client import LabClient
from .running import class_server


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL])
def test_a_server_that_ends_leaves_no_process_behind(run, tmp_path, sign):
    running = class_server(tmp_path).wait_until_up()
    try:
        client = LabClient(running.root)
        run(client.open())
        processes = psutil.Process(running.process.pid).children(recursive=True)
        assert processes
        running.process.send_signal(sign)
        assert running.process.wait(20) == (0 if sign == signal.SIGTERM else -sign)
        wait_until(lambda: not any(command_line(process) for process in processes), seconds=10)
    finally:
        running.stop()
        client.http.close()
