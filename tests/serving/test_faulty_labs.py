"""A lab that hangs, hoards, idles, or was never looked at: it ends alone, or goes on."""

import asyncio
import contextlib
import json

import psutil
import pytest
from tornado.websocket import WebSocketClosedError

from neurolab.serving.kernels.forking import CAN_FORK

from ..browser.waiting import patient, wait_for_change, wait_until
from .client import LabClient
from .raw import sends_after_the_end
from .running import asked, impatient_server, metrics

ENDED, ENDED_FOR_MEMORY = 4001, 4002
OPTIONS = {
    "memory": 380 * 2**20,
    "edit_seconds": 1,
    "connect_seconds": 5,
    "return_seconds": 2,
    "idle_minutes": 0.35,
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A page that can be brought to do all this."""
    running = impatient_server(tmp_path_factory.mktemp("stuck"), "stuck", **OPTIONS)
    try:
        yield running.wait_until_up()
    finally:
        running.stop()


@pytest.fixture
def lab(run, server):
    client = LabClient(server.root)
    run(client.open())
    yield client
    run(client.close())


async def press(client, name):
    button = client.find(description=name)
    return await client.send(
        "comm_msg", {"comm_id": button, "data": {"method": "custom", "content": {"event": "click"}}}
    )


async def counts(client, number):
    """Whether the page still answers an edit as it should."""
    answers = await client.set(client.find(description="number"), value=number)
    return any(answer.data.get("state", {}).get("value") == str(number + 1) for answer in answers)


def test_an_edit_that_never_ends_is_interrupted_and_the_lab_lives_on(run, lab):
    answers = run(lab.answers(run(press(lab, "busy")), 10))
    assert {answer.kind for answer in answers} == {"status"}
    assert run(counts(lab, 4))


def test_an_edit_that_wants_all_memory_fails_and_the_lab_lives_on(run, lab):
    answers = run(lab.answers(run(press(lab, "hoard")), 10))
    assert [answer.data["state"] for answer in answers if answer.data] == [{"value": "too much"}]
    assert run(counts(lab, 5))


def test_an_error_in_a_lab_is_logged_and_counted_without_what_was_typed(run, server, lab):
    before = metrics(server.root)["neurolab_errors_total"]
    answers = run(lab.answers(run(press(lab, "fail"))))
    assert {answer.kind for answer in answers} == {"status"}
    wait_until(lambda: '"kind": "ValueError"' in server.log)
    assert metrics(server.root)["neurolab_errors_total"] > before
    assert "pupil" not in server.log
    assert "Traceback" not in server.log


def test_a_lab_that_cannot_be_interrupted_is_ended_and_its_page_told(run, server, lab):
    with sends_after_the_end(run, server, lab):
        run(press(lab, "deaf"))
        run(until_closed(lab.line), 15)
    assert lab.line.close_code == ENDED
    assert '"event": "ended: stuck"' in server.log


@pytest.mark.skipif(not CAN_FORK, reason="elsewhere the system has no such limit")
def test_when_labs_together_take_too_much_the_largest_is_ended_and_its_page_told(run, server):
    large, small = LabClient(server.root), LabClient(server.root)
    run(together(large.open(), small.open()))
    try:
        run(together(press(large, "fill much"), press(small, "fill little")))
        run(until_closed(large.line), 15)
        assert large.line.close_code == ENDED_FOR_MEMORY
        assert '"event": "ended: memory"' in server.log
        assert run(counts(small, 8))
        found = metrics(server.root)
        assert found["neurolab_memory_limit_bytes"] == OPTIONS["memory"]
        assert 150 * 2**20 < found["neurolab_memory_bytes"] < OPTIONS["memory"]
    finally:
        run(together(large.close(), small.close()))


async def together(*tasks):
    """Do several things at once."""
    await asyncio.gather(*tasks)


@pytest.mark.skipif(not CAN_FORK, reason="elsewhere a kernel's process is not found by its name")
def test_a_lab_that_somebody_has_stopped_is_ended_and_its_page_told(run, server, lab):
    server.kernel_named(lab.kernel_id).suspend()
    run(until_closed(lab.line), 30)
    assert lab.line.close_code == ENDED
    assert '"event": "ended: stopped"' in server.log


def test_a_lab_in_which_nothing_changes_is_ended_although_its_page_sends_messages(run, server, lab):
    assert run(counts(lab, 6))
    with sends_after_the_end(run, server, lab):
        run(until_closed_in_spite_of_messages(lab), 60)
    assert lab.line.close_code == ENDED
    assert (
        asked(lab.url, f"/api/kernels/{lab.kernel_id}", Cookie=f"neurolab-lab={lab.cookie}")[0]
        == 404
    )


def test_a_page_that_never_connects_gives_its_place_back(server):
    asked(server.root, "/")
    assert metrics(server.root)["neurolab_sessions"] >= 1
    wait_until(lambda: metrics(server.root)["neurolab_sessions"] == 0)
    assert '"event": "never connected"' in server.log


def test_a_page_that_is_gone_without_a_word_gives_its_place_back_unless_it_returns(
    run, server, lab
):
    run(comes_back(lab))
    assert run(wait_and_count(lab, 3))
    run(leaves(lab))
    wait_until(lambda: '"event": "left"' in server.log)
    wait_until(lambda: metrics(server.root)["neurolab_sessions"] == 0)


@pytest.mark.skipif(not CAN_FORK, reason="elsewhere labs are reached by ports")
def test_a_lab_that_says_more_to_nobody_than_is_kept_is_ended(run, server, lab):
    process = server.kernel_named(lab.kernel_id)
    process.suspend()
    try:
        run(has_it_talk_and_leaves(lab))
        assert metrics(server.root)["neurolab_sessions"] == 1
    finally:
        process.resume()
    wait_until(lambda: '"event": "ended: unheard"' in server.log)
    wait_until(lambda: metrics(server.root)["neurolab_sessions"] == 0)


@pytest.mark.skipif(not CAN_FORK, reason="elsewhere the system has no such limit")
def test_a_kernel_in_the_place_of_one_that_died_may_take_no_more_memory(run, server, lab):
    first = server.kernel_named(lab.kernel_id)
    limit = first.rlimit(psutil.RLIMIT_AS)
    assert OPTIONS["memory"] < limit[1] < 2**32
    with sends_after_the_end(run, server, lab):
        first.kill()
        first.wait(patient(10))
    second = wait_for_change(lambda: server.kernel_named(lab.kernel_id), None)
    assert second.pid != first.pid
    wait_until(lambda: second.rlimit(psutil.RLIMIT_AS) == limit)


async def has_it_talk_and_leaves(lab):
    """Have the lab say 12 MiB as soon as it goes on, and leave before."""
    await press(lab, "talk")
    lab.line.close()
    await until_closed(lab.line)


async def leaves(lab):
    """Close the line without ending the lab."""
    lab.line.close()


async def comes_back(lab):
    await leaves(lab)
    lab.line = await lab.connect()


async def wait_and_count(lab, seconds):
    """Whether the page still answers after a while in which somebody else's time to return is over."""
    await asyncio.sleep(seconds)
    return await counts(lab, 7)


async def until_closed_in_spite_of_messages(lab):
    """Wait for the end while messages go on that change nothing."""
    ended = asyncio.ensure_future(until_closed(lab.line))
    comm = {
        "comm_id": lab.find(description="number"),
        "data": {"method": "update", "state": {"value": 6}, "buffer_paths": []},
    }
    control = {"comm_id": "control", "target_name": "jupyter.widget.control", "data": {}}
    while not ended.done():
        with contextlib.suppress(WebSocketClosedError):
            await lab.send("comm_msg", {"comm_id": "none", "data": {}})
            await lab.send("comm_msg", comm)
            await lab.send("comm_open", control)
            await lab.send("comm_msg", {"comm_id": "control", "data": {"method": "request_states"}})
            await lab.send("kernel_info_request", {})
        await asyncio.wait([ended], timeout=0.2)


async def until_closed(line):
    while await line.read_message() is not None:
        pass


@pytest.mark.skipif(not CAN_FORK, reason="kernels are forked on Linux only")
def test_a_page_whose_lab_cannot_be_started_says_so_and_tries_again_and_so_does_the_server_s_health(
    tmp_path,
):
    running = impatient_server(tmp_path, "unstartable")
    try:
        wait_until(lambda: answers(running.root))
        status, headers, text = asked(running.root, "/")
        assert status == 500
        assert '<meta http-equiv="refresh" content="10">' in text
        assert (
            "The lab could not be started. Leave this page open: it tries again by itself." in text
        )
        assert metrics(running.root)["neurolab_sessions"] == 0
        status, headers, text = asked(running.root, "/health")
        assert status == 503
        assert json.loads(text)["status"] == "labs cannot be started"
    finally:
        assert running.stop() == 0


def answers(url):
    """Whether a server is there, well or not."""
    try:
        return asked(url, "/health")[0] in (200, 503)
    except ConnectionError:
        return False
