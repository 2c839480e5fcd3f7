"""What a page sends after its lab has ended reaches nothing, however the lab ended."""

import time

import psutil
import pytest

from ..browser.waiting import wait_until
from .client import LabClient, packed
from .conftest import health
from .raw import RawLine
from .running import asked, class_server, impatient_server, metrics
from .test_faulty_labs import press

OPTIONS = {"edit_seconds": 1, "idle_minutes": 0.1}
MIB = 2**20


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A page with a button that hangs, whose labs end soon when nobody uses them."""
    running = impatient_server(tmp_path_factory.mktemp("ended"), "stuck", **OPTIONS)
    try:
        yield running.wait_until_up()
    finally:
        running.stop()


def end_by_page(run, server, lab):
    assert asked(lab.url, f"/voila/api/shutdown/{lab.kernel_id}", "POST", Cookie=f"neurolab-lab={lab.cookie}")[0] == 204


def end_stuck(run, server, lab):
    run(press(lab, "deaf"))
    wait_until(lambda: '"event": "ended: stuck"' in server.log)


def end_unused(run, server, lab):
    wait_until(lambda: '"event": "ended: unused"' in server.log)


def end_killed(run, server, lab):
    """Kill the kernel each time that it is started anew, until the server gives up or the lab is closed as unused."""
    def kill():
        kernel = server.kernel_named(lab.kernel_id)
        if kernel:
            kernel.kill()
        return metrics(server.root)["neurolab_sessions"] == 0

    wait_until(kill, 60)


async def opened(server):
    client = LabClient(server.root)
    return await client.open()


def attack(line, seconds=3):
    """Send what any page may send, and larger ones, again and again for a while."""
    for message in (packed("kernel_info_request", {}), packed("comm_msg", {"comm_id": "x", "data": {}}, buffers=[b"x"] * 4)):
        line.send_anyway(message)
    end = time.monotonic() + seconds
    while time.monotonic() < end and line.send_anyway(packed("kernel_info_request", {})):
        time.sleep(0.05)


@pytest.mark.parametrize("end", [end_by_page, end_stuck, end_unused, end_killed])
def test_a_message_after_the_labs_end_costs_neither_memory_nor_time(run, server, end):
    lab = run(opened(server))
    process = psutil.Process(server.process.pid)
    lines = [RawLine(lab) for _ in range(2)]
    before = process.memory_info().rss
    try:
        end(run, server, lab)
        for line in lines:
            attack(line, 1)
        assert run(health(lab), 5) < 1
        assert process.memory_info().rss - before < 50 * MIB
        wait_until(lambda: metrics(server.root)["neurolab_sessions"] == 0)
        assert metrics(server.root)["neurolab_errors_total"] == 0 or end is not end_by_page
    finally:
        for line in lines:
            line.close()
        run(lab.close())


def test_a_message_while_the_server_stops_costs_neither_memory_nor_time(run, tmp_path):
    running = class_server(tmp_path).wait_until_up()
    try:
        lab = run(opened(running))
        line = RawLine(lab)
        process = psutil.Process(running.process.pid)
        before = most = process.memory_info().rss
        running.process.terminate()
        for _ in range(1000):
            if not line.send_anyway(packed("kernel_info_request", {})) or running.process.poll() is not None:
                break
            try:
                most = max(most, process.memory_info().rss)
            except psutil.Error:
                break
            time.sleep(0.005)
        assert running.process.wait(20) == 0
        assert most - before < 50 * MIB
        line.close()
        lab.http.close()
    finally:
        running.stop()


def test_jupyters_decoder_of_messages_is_not_reachable():
    from neurolab.serving.channels import ChannelsHandler, LabConnection

    with pytest.raises(NotImplementedError):
        LabConnection.handle_incoming_message(object(), b"")
    assert ChannelsHandler.kernel_websocket_connection_class is LabConnection
