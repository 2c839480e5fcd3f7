"""How many messages of a page may wait for their kernel."""

import asyncio
import json
import time

import pytest

from neurolab.serving.web import unanswered
from neurolab.serving.web.unanswered import Unanswered


def parent(name):
    return json.dumps({"msg_id": name}).encode()


async def has_room(line, size=1, **options):
    try:
        await asyncio.wait_for(line.wait_for_room(size, **options), 0.02)
    except TimeoutError:
        return False
    return True


def test_a_kernel_has_few_messages_to_answer_at_a_time():
    async def use():
        line = Unanswered(patience=60)
        for place in range(unanswered.MOST):
            assert await has_room(line)
            line.sent(f"m{place}", 1)
        assert not await has_room(line)
        waiting = asyncio.ensure_future(line.wait_for_room(1))
        await asyncio.sleep(0)
        line.answered(parent("m5"))
        await asyncio.wait_for(waiting, 5)

    asyncio.run(use())


def test_messages_of_one_name_count_each():
    async def use():
        line = Unanswered(patience=60)
        for _ in range(unanswered.MOST):
            line.sent("same", 1)
        line.answered(parent("same"))
        assert await has_room(line)
        line.sent("same", 1)
        assert not await has_room(line)

    asyncio.run(use())


def test_bytes_count_too_and_a_large_message_goes_alone():
    async def use():
        line = Unanswered(patience=60)
        assert await has_room(line, 10 * unanswered.MOST_BYTES)
        line.sent("large", 10 * unanswered.MOST_BYTES)
        assert not await has_room(line)
        line.answered(parent("large"))
        assert await has_room(line)

    asyncio.run(use())


def test_what_asks_for_everything_waits_until_nothing_else_does():
    async def use():
        line = Unanswered(patience=60)
        line.sent("edit", 1)
        assert not await has_room(line, all_of_it=True)
        line.answered(parent("edit"))
        assert await has_room(line, all_of_it=True)

    asyncio.run(use())


def test_what_is_never_answered_stops_counting_after_a_while_or_with_its_kernel():
    async def use():
        line = Unanswered(patience=0.05)
        line.sent("damaged", 1)
        began = time.monotonic()
        await asyncio.wait_for(line.wait_for_room(1, all_of_it=True), 5)
        assert time.monotonic() - began > 0.04
        line = Unanswered(patience=60)
        line.sent("old", 1)
        line.clear()
        assert await has_room(line, all_of_it=True)

    asyncio.run(use())


def test_who_waits_on_a_line_that_is_closed_waits_no_longer():
    async def use():
        lab, closed = Unanswered(patience=60), []
        lab.sent("edit", 1)
        waiting = asyncio.ensure_future(
            lab.wait_for_room(1, all_of_it=True, is_over=lambda: bool(closed))
        )
        await asyncio.sleep(0.02)
        assert not waiting.done()
        closed.append(True)
        lab.wake()
        await asyncio.wait_for(waiting, 5)

    asyncio.run(use())


def test_the_bytes_of_what_is_not_answered_are_known():
    lab = Unanswered(patience=60)
    lab.sent("a", 100)
    lab.sent("b", 7)
    assert lab.size == 107
    lab.answered(parent("a"))
    assert lab.size == 7


@pytest.mark.parametrize(
    "text", [b"", b"[]", b"7", b"{}", b"{", b'{"msg_id": []}', b'{"msg_id": {}}', b"[" * 5000]
)
def test_an_answer_to_nothing_changes_nothing(text):
    async def use():
        line = Unanswered(patience=60)
        line.sent("edit", 1)
        line.answered(text)
        assert not await has_room(line, all_of_it=True)

    asyncio.run(use())
