"""A server without a free file turns connections away; it neither ends nor fills its log."""

import os
import socket
import sys
from contextlib import ExitStack

import pytest

from ..browser.waiting import wait_until
from .client import LabClient
from .conftest import health, still_works
from .running import asked, class_server, metrics

if sys.platform != "linux":
    pytest.skip("only Linux can change the limits of another process", allow_module_level=True)

import resource


@pytest.fixture
def server(tmp_path):
    """A class of its own, whose limits are changed."""
    running = class_server(tmp_path)
    try:
        yield running.wait_until_up()
    finally:
        running.stop()


def open_files(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


def allow_files(pid, most):
    hard = resource.prlimit(pid, resource.RLIMIT_NOFILE)[1]
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (most, hard))


def connections(stack, port, count):
    for _ in range(count):
        stack.enter_context(socket.create_connection(("127.0.0.1", port)))


def status_or_cut(server):
    """Return the status of the page, or 0 if the connection was turned away."""
    try:
        return asked(server.root, "/")[0]
    except OSError:
        return 0


async def opened(url):
    client = LabClient(url)
    await client.open()
    client.listen()
    return client


async def connects(client):
    """Return whether the client gets another websocket to its lab."""
    try:
        line = await client.connect()
    except Exception:
        return False
    line.close()
    return True


def test_a_server_without_free_files_goes_on_and_is_as_before_when_there_are_some(
    run, server, tmp_path
):
    pid = server.process.pid
    port = int(server.root.rsplit(":", 1)[1].strip("/"))
    lab = run(opened(server.root))
    hard = resource.prlimit(pid, resource.RLIMIT_NOFILE)[1]
    for left in (3, 12, 24, 36, 48):
        with ExitStack() as stack:
            allow_files(pid, open_files(pid) + left)
            connections(stack, port, 20)
            assert status_or_cut(server) in (0, 503)
            assert not run(connects(lab))
            assert not run(connects(lab))
            connections(stack, port, left + 5)
            assert status_or_cut(server) == 0
            run(still_works(lab))  # its own line needs no other file
        allow_files(pid, hard)
        assert server.process.poll() is None
        run(health(lab))
    wait_until(lambda: asked(server.root, "/")[0] == 200)
    assert run(connects(lab))
    assert metrics(server.root)['neurolab_refused_total{reason="files"}'] > 40
    log = (tmp_path / f"serve-{port}.log").read_text()
    assert log.count('"refused"') < 20
    assert "OSError" not in log
    run(lab.close())
