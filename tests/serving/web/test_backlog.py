"""What the server holds for all pages together, and which line is cut where that is too much."""

from types import SimpleNamespace

import pytest

from neurolab.serving.web import backlog
from neurolab.serving.web.backlog import Backlog
from neurolab.serving.web.stalling import Stalled

MIB = 2**20


class Line:
    """A websocket's connection whose page takes nothing by itself."""

    def __init__(self, unsent=0, unread=0):
        self.unsent, self.is_cut = 0, False
        self._fragmented_message_buffer = None
        self.stream = SimpleNamespace(
            _write_buffer=b"",
            _write_futures=[],
            _read_buffer_size=unread,
            closed=lambda: self.is_cut,
        )
        self.put(unsent)

    def put(self, size):
        self.unsent += size
        self.stream._write_buffer = range(self.unsent)  # as long, and empty

    def _abort(self):
        self.is_cut = True


@pytest.fixture
def said():
    return []


@pytest.fixture
def unanswered():
    """Bytes that each lab's kernel has not answered."""
    return {}


@pytest.fixture
def held(said, unanswered):
    return Backlog(said.append, lambda: unanswered, lambda lab: said.append(f"ended {lab}"))


def write(held, line, size):
    """Write a message, as the handler does, and say whether it was."""
    if not held.has_room(line, size):
        return False
    line.put(size)
    return True


def test_a_line_is_cut_once_more_waits_there_than_it_may_leave(held, said):
    line = Line()
    held.add(line, "lab")
    sizes = 0
    while write(held, line, MIB // 2):
        sizes += MIB // 2
    assert backlog.MOST_OF_LINE < sizes <= backlog.MOST_OF_LINE + MIB // 2
    assert line.is_cut
    assert said == ["unread"]


def test_a_message_that_is_larger_than_what_may_wait_goes_to_a_page_that_takes_it(held):
    line = Line()
    held.add(line, "lab")
    assert write(held, line, 2 * backlog.MOST_OF_LINE)
    assert not line.is_cut


def test_where_all_hold_too_much_the_lab_that_holds_most_is_cut_and_the_others_are_not(held, said):
    modest = [Line(7 * MIB) for _ in range(10)]
    greedy = [Line(unread=7 * MIB) for _ in range(3)]
    late = Line()
    for number, line in enumerate(modest):
        held.add(line, f"lab {number}")
    for line in greedy:
        held.add(line, "greedy")
    held.add(late, "late")
    held.keep("away", 5 * MIB, lambda: said.append("dropped"))
    held.look()
    assert not said  # 96 MiB of 128
    late.put(7 * MIB)
    held.keep("away too", 8 * MIB, lambda: said.append("dropped"))
    assert write(held, late, 26 * MIB)
    assert [line.is_cut for line in greedy] == [True] * 3
    assert not any(line.is_cut for line in modest)
    assert said == ["unread: all"] * 3


def test_what_waits_for_a_page_that_is_away_counts_and_is_dropped(held, said):
    for place in range(backlog.MOST // (7 * MIB) + 1):
        held.keep(f"lab {place}", 7 * MIB, lambda: said.append("dropped"))
    assert said == ["dropped"]
    held.keep("alone", backlog.MOST_OF_LINE + 1, lambda: said.append("alone"))
    assert said[-1] == "alone"


def test_a_message_that_has_arrived_counts_until_its_kernel_has_it(held, said):
    lines = [Line() for _ in range(2 * backlog.MOST // backlog.MOST_OF_LINE)]
    for number, line in enumerate(lines):
        held.add(line, f"lab {number}")
        held.take(line, 8 * MIB)
        held.release(line)
    assert said == []
    for line in lines:
        held.take(line, 8 * MIB)
    assert sum(line.is_cut for line in lines) == len(lines) // 2


def test_a_lab_whose_kernel_answers_nothing_of_much_is_ended_and_no_other_one(
    held, said, unanswered
):
    unanswered |= {"modest": 10 * MIB, "stuck": 100 * MIB, "small": 1}
    lines = {lab: Line() for lab in unanswered}
    for lab, line in lines.items():
        held.add(line, lab)
    held.look()
    assert said == []
    held.take(lines["modest"], 20 * MIB)
    assert said == ["ended stuck"]


def test_a_page_that_is_back_no_longer_counts_as_away(held, said):
    for place in range(100):
        held.keep(f"lab {place}", 7 * MIB, lambda: said.append("dropped"))
        held.forget(f"lab {place}")
    assert said == []


def test_of_small_messages_what_each_costs_the_server_counts_too(held):
    line = Line()
    held.add(line, "lab")
    line.stream._write_futures = range(backlog.MOST_OF_LINE // 1000)
    assert not held.has_room(line, 1)


def stream(done, unread, writing=False, reading=True):
    return SimpleNamespace(
        _total_write_done_index=done,
        _read_buffer_size=unread,
        writing=lambda: writing,
        reading=lambda: reading,
    )


class Moving:
    """A stream that can be looked at in a dictionary."""

    def __init__(self, **now):
        self.__dict__.update(vars(stream(**now)))


def test_streams_that_have_something_to_move_and_do_not_are_stalled():
    looks = Stalled()
    unsent, begun = Moving(done=5, unread=0, writing=True), Moving(done=5, unread=100)
    taking, going_on = Moving(done=5, unread=0, writing=True), Moving(done=5, unread=100)
    quiet, unread = Moving(done=5, unread=0), Moving(done=5, unread=100, reading=False)
    streams = [unsent, begun, taking, going_on, quiet, unread]
    assert looks.among(streams) == []
    taking._total_write_done_index += 1
    going_on._read_buffer_size += 1
    assert looks.among(streams) == [unsent, begun]
