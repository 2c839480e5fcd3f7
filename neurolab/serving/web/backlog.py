"""The messages in the server's memory.

They are messages that pages have not read, are still sending, or can read when they return, and
those that kernels have not answered.
"""

from collections import Counter
from collections.abc import Callable

from tornado.ioloop import PeriodicCallback
from tornado.websocket import WebSocketProtocol13

from .stalling import Stalled

MOST = 2**27  # bytes in all
MOST_OF_LINE = 2**23  # unsent bytes of one line; the answer to a page that opens has about one MiB
_MESSAGE = 2**11  # bytes that a waiting message takes in addition to its own
_BETWEEN = 0.5  # seconds between two checks of all lines
_SILENCE = 30  # seconds in which a line must read something, or send more of a message


Line = WebSocketProtocol13
"""The connection of a websocket."""


class Backlog:
    """The messages of all labs together, at most `MOST` bytes.

    If there are more, the lab with the most loses its lines, or the messages that wait for its
    page. It is ended if its kernel has many unanswered messages, because only this frees their
    memory.

    Parameters
    ----------
    refused : callable
        Is called with the reason when a line is cut.
    unanswered : callable
        Returns how many bytes of messages the kernel of each lab has not answered, by the lab's id.
    end : callable
        Ends a lab, some time later; takes its id.
    """

    def __init__(
        self,
        refused: Callable[[str], None],
        unanswered: Callable[[], dict[str, int]],
        end: Callable[[str], None],
    ) -> None:
        self._refused = refused
        self._unanswered = unanswered
        self._end = end
        self._lines: dict[Line, str] = {}  # line → its lab
        self._in_hand: dict[Line, int] = {}  # line → bytes of a message that no kernel has yet
        # Lab → bytes that wait for its page, and the function that drops them.
        self._waiting: dict[str, tuple[int, Callable[[], None]]] = {}
        self._most_now = 0  # an upper bound of all bytes
        self._stalled = Stalled()
        self._timer = PeriodicCallback(self.look, 1000 * _BETWEEN)
        self._looks = 0

    def start(self) -> None:
        """Start to check the lines, on the running loop."""
        self._timer.start()

    def add(self, line: Line, lab: str) -> None:
        """Watch a line."""
        self._lines[line] = lab

    def discard(self, line: Line) -> None:
        """Stop watching a line."""
        self._lines.pop(line, None)
        self._in_hand.pop(line, None)

    def take(self, line: Line, size: int) -> None:
        """Count the message that has arrived on a line, until `release`."""
        if line in self._lines:
            self._in_hand[line] = size
            self._add(size, 0)

    def release(self, line: Line) -> None:
        """Count out the message that has arrived on a line."""
        self._in_hand.pop(line, None)

    def has_unsent(self, line: Line) -> bool:
        """Return whether a page has unread messages."""
        return _unsent(line) > 0

    def has_room(self, line: Line, size: int) -> bool:
        """Return whether a message may be written; cut the line if too much waits there.

        The message itself may be larger than this limit, or the page could never get it.
        """
        if _unsent(line) > MOST_OF_LINE:
            self._cut(line, "unread")
            return False
        self._add(size, size)
        return line in self._lines

    def keep(self, lab: str, size: int, drop: Callable[[], None]) -> None:
        """Count bytes that are kept for a page; call `drop` if they are too many."""
        held = self._waiting[lab][0] if lab in self._waiting else 0
        self._waiting[lab] = held + size + _MESSAGE, drop
        if held + size > MOST_OF_LINE:
            del self._waiting[lab]
            drop()
        else:
            self._add(size, 0)

    def forget(self, lab: str) -> None:
        """Count out the messages that were kept for a page."""
        self._waiting.pop(lab, None)

    def _add(self, size: int, coming: int) -> None:
        """Add to the upper bound; if it is too high, count again, and make room if needed."""
        self._most_now += size + _MESSAGE
        if self._most_now > MOST:
            self._make_room(coming)

    def _make_room(self, coming: int = 0) -> None:
        held = {line: _held(line) + self._in_hand.get(line, 0) for line in self._lines}
        unanswered = self._unanswered()
        labs = Counter(unanswered)
        for lab, (size, _) in self._waiting.items():
            labs[lab] += size
        for line, size in held.items():
            labs[self._lines[line]] += size
        total = labs.total() + coming
        while total > MOST and labs:
            lab, size = labs.most_common(1)[0]
            total -= size
            del labs[lab]
            self._make_room_of(lab, held)
            if unanswered.get(lab, 0) > _MESSAGE:
                self._end(lab)
        self._most_now = total

    def _make_room_of(self, lab: str, held: dict[Line, int]) -> None:
        """Cut all lines of a lab with many bytes, and drop the messages that wait for its page."""
        for line in [
            line for line in held if self._lines.get(line) == lab and held[line] > _MESSAGE
        ]:
            self._cut(line, "unread: all")
        if lab in self._waiting:
            _, drop = self._waiting.pop(lab)
            drop()

    def _cut(self, line: Line, reason: str) -> None:
        self.discard(line)
        self._refused(reason)
        line._abort()

    def look(self) -> None:
        """Count all bytes, and at times cut the lines that have not moved."""
        self._make_room()
        self._looks += 1
        if self._looks % round(_SILENCE / _BETWEEN) == 0:
            lines = {line.stream: line for line in self._lines}
            for stream in self._stalled.among(lines):
                self._cut(lines[stream], "stalled")


def _unsent(line: Line) -> int:
    """Return the unread bytes of a page, with those of tornado's future for each message."""
    stream = line.stream
    if stream.closed():
        return 0
    return len(stream._write_buffer) + _MESSAGE * len(stream._write_futures)


def _held(line: Line) -> int:
    """Return the bytes of a line in memory: unread ones, and those of an incomplete message."""
    begun = line._fragmented_message_buffer
    return _unsent(line) + line.stream._read_buffer_size + (len(begun) if begun else 0)
