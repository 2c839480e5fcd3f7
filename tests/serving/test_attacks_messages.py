"""What a page may send to its kernel, tried from a page that sends anything."""

import asyncio
import contextlib
import json
import random
import time

import psutil
import pytest
from tornado.httpclient import HTTPClientError
from tornado.websocket import WebSocketClosedError

from neurolab.serving.web.allowed_messages import asks_for_everything
from neurolab.serving.web.frames import read_frame
from neurolab.serving.web.session_limits import MOST_LINES

from .client import packed
from .conftest import still_works
from .running import refusals

pytestmark = pytest.mark.usefixtures("unharmed")
CODE = "open({path!r}, 'w').close()"
BREAKPOINT = {"type": "request", "seq": 1, "command": "evaluate"}


def forbidden(path):
    """Messages that would run code, or tell of code and files."""
    code = CODE.format(path=str(path))
    execute = {
        "code": code,
        "silent": False,
        "store_history": True,
        "user_expressions": {"x": code},
        "allow_stdin": True,
    }
    return [
        *(
            (channel, "execute_request", execute)
            for channel in ("shell", "control", "stdin", "iopub")
        ),
        *(
            (channel, "debug_request", {**BREAKPOINT, "arguments": {"expression": code}})
            for channel in ("control", "shell")
        ),
        ("shell", "inspect_request", {"code": "open", "cursor_pos": 4, "detail_level": 1}),
        ("shell", "complete_request", {"code": "open", "cursor_pos": 4}),
        ("shell", "is_complete_request", {"code": "1"}),
        (
            "shell",
            "history_request",
            {"output": False, "raw": True, "hist_access_type": "tail", "n": 5},
        ),
        ("stdin", "input_reply", {"value": code}),
        ("control", "shutdown_request", {"restart": True}),
        ("control", "interrupt_request", {}),
        ("control", "create_subshell_request", {}),
        ("shell", "usage_request", {}),
        ("shell", "apply_request", {}),
        (
            "shell",
            "comm_open",
            {
                "comm_id": "a",
                "target_name": "jupyter.widget",
                "data": {
                    "state": {
                        "_model_module": "@jupyter-widgets/controls",
                        "_model_name": "ImageModel",
                        "_view_name": "ImageView",
                    }
                },
            },
        ),
    ]


def test_only_messages_of_widgets_reach_a_kernel(run, page, server, tmp_path):
    before = refusals(server.root)

    async def attack():
        sent = [
            await page.send(kind, content, channel)
            for channel, kind, content in forbidden(tmp_path / "ran")
        ]
        answers = await page.answers(await page.send("kernel_info_request", {}))
        assert not {answer.parent for answer in answers} & set(sent)
        return len(sent)

    count = run(attack())
    assert refusals(server.root) == before + count
    # What the attacks would have done had they arrived, they would have done before this edit.
    run(still_works(page))
    assert not (tmp_path / "ran").exists()


def number(value):
    return value.to_bytes(8, "little")


def with_offset(message, place, value):
    """A message, one of whose offsets is another."""
    return message[: 8 * (place + 1)] + number(value) + message[8 * (place + 2) :]


def malformed():
    """Bytes that are no message."""
    draw, good = random.Random(6), packed("kernel_info_request", {})
    nested = b"[" * 9000
    yield from (draw.randbytes(draw.randrange(1, 400)) for _ in range(10))
    yield from (good[: draw.randrange(len(good))] for _ in range(10))
    yield from (
        b"",
        "text",
        b"\xff" * 64,
        number(2**40) + bytes(64),
        number(4096) + bytes(9 * 4096),
    )
    yield number(6) + number(2**63) * 6
    yield with_offset(good, 5, len(good) + 1)
    yield with_offset(good, 3, len(good))
    yield with_offset(good, 0, 8)
    yield number(6) + b"".join(map(number, (56, 61, 60, 60, 60, 60))) + bytes(10)
    yield number(6) + b"".join(map(number, (56, 61, 9061, 9061, 9061, 9061))) + b"shell" + nested
    yield number(6) + b"".join(map(number, (56, 61, 63, 63, 63, 63))) + b"shell{}"
    yield number(6) + b"".join(map(number, (56, 57, 57, 57, 57, 57))) + b"\xff"
    yield packed("comm_info_request", {}, name="\ud800")
    yield from (packed("comm_msg", content) for content in ([], "text", 7, None))


def test_what_is_no_message_ends_the_connection_and_nothing_else(run, page):
    async def attack(message):
        line = await page.connect()
        await line.write_message(message, binary=isinstance(message, bytes))
        await asyncio.wait_for(is_closed(line), 5)
        return line.close_code

    for message in malformed():
        assert run(attack(message)) == 1003, message[:80]
    run(still_works(page))


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"comm_id": 7},
        {"comm_id": {}},
        {"comm_id": "none", "data": []},
        {"comm_id": "own", "data": []},
        {"comm_id": "own", "data": {"method": {}}},
        {"comm_id": "own", "data": {"method": "update", "state": [], "buffer_paths": 7}},
        {"comm_id": "own", "data": {"method": "update", "state": {}, "buffer_paths": [[[]]]}},
        {"comm_id": "own", "data": {"method": "backbone"}},
    ],
)
def test_messages_of_odd_contents_leave_the_lab_as_it_was(run, page, content):
    if isinstance(content, dict) and content.get("comm_id") == "own":
        content = {**content, "comm_id": page.find(description="tau_a (ms)")}

    async def attack():
        for kind in ("comm_msg", "comm_info_request"):
            await page.send(kind, content, buffers=[b"xyz"])
        answers = await page.answers(await page.send("kernel_info_request", {}), others=True)
        assert not [answer for answer in answers if answer.kind in ("error", "stream")]

    run(attack())
    run(still_works(page))


def test_a_message_that_is_too_large_ends_the_connection(run, page):
    async def attack():
        line = await page.connect()
        with contextlib.suppress(WebSocketClosedError):
            await line.write_message(
                packed("comm_info_request", {"target_name": "x" * 10_000_000}), binary=True
            )
        await asyncio.wait_for(is_closed(line), 5)

    run(attack())
    run(still_works(page))


def test_two_hundred_idle_lines_come_down_to_three(run, page, server):
    process = psutil.Process(server.process.pid)
    before = process.memory_info().rss

    async def attack():
        tried = await asyncio.gather(*(page.connect() for _ in range(200)), return_exceptions=True)
        lines = [line for line in tried if not isinstance(line, Exception)]
        assert all(line.code == 429 for line in tried if isinstance(line, Exception))
        ends = {asyncio.ensure_future(is_closed(line)) for line in lines}
        while len(ends) > 2:  # the page's own is the third
            done, ends = await asyncio.wait(ends, timeout=10, return_when=asyncio.FIRST_COMPLETED)
            assert done
        for line in lines:
            line.close()
        await asyncio.wait(ends)

    run(attack())
    assert process.memory_info().rss - before < 100e6


def test_a_lab_that_has_its_lines_gets_no_further_one_and_the_refusal_says_nothing_of_the_server(
    run, page, server
):
    async def attack():
        lines = [await page.connect() for _ in range(MOST_LINES - 1)]
        with pytest.raises(HTTPClientError) as refusal:
            await page.connect()
        for line in lines:
            line.close()
            await is_closed(line)
        return refusal.value

    refusal = run(attack())
    assert refusal.code == 429
    assert refusal.response.headers["Server"] == "neurolab"
    assert "Content-Security-Policy" in refusal.response.headers


def test_a_request_for_everything_is_known_however_it_is_written():
    plain = read_frame(packed("comm_msg", {"data": {"method": "request_states"}}))
    escaped = b'{"data": {"method": "request_st\\u0061tes"}}'
    end = plain.offsets[4] + len(escaped)
    other = plain._replace(
        data=plain.data[: plain.offsets[4]] + escaped, offsets=(*plain.offsets[:5], end)
    )
    assert json.loads(other.content) == json.loads(plain.content)
    assert asks_for_everything(plain)
    assert asks_for_everything(other)
    assert not asks_for_everything(
        read_frame(packed("comm_msg", {"data": {"method": "update", "state": {"value": "\n"}}}))
    )


@pytest.mark.parametrize("session", ["x" * 65, "x" * 256, "a/b", "%ff"])
def test_a_line_whose_name_no_page_has_is_refused_and_takes_no_place(run, page, session):
    for _ in range(MOST_LINES):
        with pytest.raises(HTTPClientError, match="400"):
            run(page.connect(session=session))
    run(still_works(page))

    async def connect():
        line = await page.connect()
        await page.send("kernel_info_request", {}, line=line)
        while (await page.receive(line=line)).kind != "kernel_info_reply":
            pass
        line.close()

    run(connect())


def test_what_was_sent_on_a_line_that_is_closed_counts_for_the_next_one(run, open_lab):
    lab = open_lab()

    async def attack():
        began = time.monotonic()
        for _ in range(4):
            line = await lab.connect()
            await lab.send("comm_info_request", {"target_name": "x" * 6 * 2**20}, line=line)
            await lab.send("kernel_info_request", {}, line=line)
            while (await lab.receive(line=line)).kind != "kernel_info_reply":
                pass
            line.close()
        return time.monotonic() - began

    assert run(attack()) > 1.9  # 24 MiB, of which 20 go at once and 2 each second


async def is_closed(line):
    while await line.read_message() is not None:
        pass


def test_without_the_protocol_there_is_no_connection(run, page):
    for protocols in ((), ("v2.kernel.websocket.jupyter.org",)):
        with pytest.raises(Exception, match="400"):
            run(page.connect(protocols))


def test_no_edit_of_a_burst_is_lost(run, page):
    slider = page.find(_model_name="FloatLogSliderModel", description="tau_a (ms)")

    async def burst():
        for place in range(300):
            last = await page.send(
                "comm_msg",
                {
                    "comm_id": slider,
                    "data": {
                        "method": "update",
                        "state": {"value": 0.3 + place / 1000},
                        "buffer_paths": [],
                    },
                },
            )
        return await page.answers(last)

    run(burst())
