"""What a page sends after its lab has ended reaches nothing. Labs that are stuck, unused or killed: test_faulty_labs."""

import time

import psutil
import pytest

from neurolab.serving.web.channels import ChannelsHandler, LabConnection

from .client import LabClient, packed
from .raw import MOST_GROWTH, RawLine, sends_after_the_end
from .running import asked, class_server


@pytest.mark.usefixtures("unharmed")
def test_a_message_after_a_page_has_ended_its_lab_costs_neither_memory_nor_time(
    run, server, open_lab
):
    lab = open_lab()
    with sends_after_the_end(run, server, lab):
        assert (
            asked(
                lab.url,
                f"/voila/api/shutdown/{lab.kernel_id}",
                "POST",
                Cookie=f"neurolab-lab={lab.cookie}",
            )[0]
            == 204
        )


def test_a_message_while_the_server_stops_costs_neither_memory_nor_time(run, tmp_path):
    running = class_server(tmp_path).wait_until_up()
    lab = LabClient(running.root)
    try:
        run(lab.open(), 60)
        line = RawLine(lab)
        process = psutil.Process(running.process.pid)
        before = most = process.memory_info().rss
        running.process.terminate()
        while running.process.poll() is None and line.send_anyway(
            packed("kernel_info_request", {})
        ):
            try:
                most = max(most, process.memory_info().rss)
            except psutil.Error:  # it has ended meanwhile
                break
            time.sleep(0.005)
        assert running.process.wait(30) == 0
        assert most - before < MOST_GROWTH
        line.close()
    finally:
        running.stop()
        lab.http.close()


def test_jupyters_decoder_of_messages_is_not_reachable():
    with pytest.raises(NotImplementedError):
        LabConnection.handle_incoming_message(object(), b"")
    assert ChannelsHandler.kernel_websocket_connection_class is LabConnection
