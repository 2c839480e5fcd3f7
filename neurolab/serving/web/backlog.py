"""What the server holds of messages: those that pages have not taken, are still sending, or may take when they return,
and those that kernels have not answered."""

from collections import Counter
from collections.abc import Callable

from tornado.ioloop import PeriodicCallback

from .stalling import Stalled

MOST = 2**27  # bytes in all
MOST_OF_LINE = (
    2**23
)  # bytes that one line may leave unsent; the answer to a page that opens has about one MiB
_MESSAGE = 2**11  # bytes that a message which waits takes beside its own
_BETWEEN = 0.5  # seconds between two looks at all lines
_SILENCE = 30  # seconds for which a line may take nothing of what it is sent, or send no more of what it has begun


class Backlog:
    """The messages of all labs together, which may hold no more than `MOST` bytes.

    If it is more, the lab for which most is held loses its lines, or its messages that wait for its page. It is ended if
    its kernel has not answered much of what it was sent, because only this frees the memory.

    Parameters
    ----------
    refused : callable
        Is told the reason why a line was cut.
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
        self._lines = {}  # websocket connection → its lab
        self._in_hand = {}  # websocket connection → bytes of the message that has arrived, and that no kernel has yet
        self._waiting = {}  # lab → bytes that wait for its page, and what drops them
        self._most_now = 0  # an upper bound of all of it
        self._stalled = Stalled()
        self._timer = PeriodicCallback(self.look, 1000 * _BETWEEN)
        self._looks = 0

    def start(self) -> None:
        """Begin to look at the lines, on the loop that runs."""
        self._timer.start()

    def add(self, line: object, lab: str) -> None:
        """Watch a websocket's connection."""
        self._lines[line] = lab

    def discard(self, line: object) -> None:
        """Watch it no more."""
        self._lines.pop(line, None)
        self._in_hand.pop(line, None)

    def take(self, line: object, size: int) -> None:
        """Count the message that has arrived on a line, until `release`."""
        if line in self._lines:
            self._in_hand[line] = size
            self._add(size, 0)

    def release(self, line: object) -> None:
        """Count out the message that has arrived on a line."""
        self._in_hand.pop(line, None)

    def has_unsent(self, line: object) -> bool:
        """Whether a page has not taken all yet that it was sent."""
        return _unsent(line) > 0

    def has_room(self, line: object, size: int) -> bool:
        """Whether a message may be written to a line. Where too much waits there already, the line is cut.

        The message itself may be larger than what may wait; a page could never have it otherwise.
        """
        if _unsent(line) > MOST_OF_LINE:
            self._cut(line, "unread")
            return False
        self._add(size, size)
        return line in self._lines

    def keep(self, lab: str, size: int, drop: Callable[[], None]) -> None:
        """Count bytes that are kept for a page until it returns; `drop` ends them when they are too many."""
        held, _ = self._waiting.get(lab, (0, None))
        self._waiting[lab] = held + size + _MESSAGE, drop
        if held + size > MOST_OF_LINE:
            del self._waiting[lab]
            drop()
        else:
            self._add(size, 0)

    def forget(self, lab: str) -> None:
        """Count out what was kept for a page."""
        self._waiting.pop(lab, None)

    def _add(self, size: int, coming: int) -> None:
        """Add to what is held at most; count anew where that is too much, and make room where the count is."""
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

    def _make_room_of(self, lab: str, held: dict) -> None:
        """Cut all lines of a lab that hold much, and drop what waits for its page."""
        for line in [
            line for line in held if self._lines.get(line) == lab and held[line] > _MESSAGE
        ]:
            self._cut(line, "unread: all")
        if lab in self._waiting:
            _, drop = self._waiting.pop(lab)
            drop()

    def _cut(self, line: object, reason: str) -> None:
        self.discard(line)
        self._refused(reason)
        line._abort()

    def look(self) -> None:
        """Count all that is held, and now and then cut the lines that have not moved."""
        self._make_room()
        self._looks += 1
        if self._looks % round(_SILENCE / _BETWEEN) == 0:
            lines = {line.stream: line for line in self._lines}
            for stream in self._stalled.among(lines):
                self._cut(lines[stream], "stalled")


def _unsent(line: object) -> int:
    """Bytes that a page has not taken; tornado keeps a future for each message beside them."""
    stream = line.stream
    if stream.closed():
        return 0
    return len(stream._write_buffer) + _MESSAGE * len(stream._write_futures)


def _held(line: object) -> int:
    """Bytes that the server has for a line: those not taken, and those of a message that has not come to its end."""
    begun = line._fragmented_message_buffer
    return _unsent(line) + line.stream._read_buffer_size + (len(begun) if begun else 0)
