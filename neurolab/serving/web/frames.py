"""Kernel messages from a websocket, which are checked before they are used.

A frame contains the number of its offsets, the offsets, the name of a channel, and the message's
parts: header, parent, metadata, content, and its buffers. All numbers have eight bytes, the least
significant first.
"""

import json
import struct
from itertools import pairwise
from typing import NamedTuple

# Offsets of the channel, of four parts, and of the end; one more for each buffer.
_FEWEST = 6
_MOST = 4095
_LONGEST_HEADER = 10_000


class FrameError(Exception):
    """The bytes are not a kernel message."""


class Frame(NamedTuple):
    """A message as it was received, and the places of its parts.

    Attributes
    ----------
    channel : str
    kind : str
        Such as ``comm_msg``.
    name : str
        The message's id.
    data : bytes
        The whole frame.
    offsets : tuple of int
        The places of the channel, of each part, and of the end.
    """

    channel: str
    kind: str
    name: str
    data: bytes
    offsets: tuple[int, ...]

    @property
    def parts(self) -> list[bytes]:
        """Header, parent, metadata and content as JSON, and then buffers."""
        return [self.data[begin:end] for begin, end in pairwise(self.offsets[1:])]

    @property
    def parent(self) -> bytes:
        """The header of the message to which this one is an answer, as JSON."""
        return self.data[self.offsets[2] : self.offsets[3]]

    @property
    def content(self) -> bytes:
        """The content, as JSON."""
        return self.data[self.offsets[4] : self.offsets[5]]

    def begins(self, length: int) -> bytes:
        """Return the first bytes of the content."""
        return self.data[self.offsets[4] : min(self.offsets[5], self.offsets[4] + length)]


def read_frame(data: bytes) -> Frame:
    """Read a frame.

    Parameters
    ----------
    data : bytes

    Returns
    -------
    Frame

    Raises
    ------
    FrameError
        Its numbers do not fit its length, or its header cannot be read.
    """
    count = int.from_bytes(data[:8], "little")
    if not _FEWEST <= count <= _MOST or len(data) < 8 * (count + 1):
        raise FrameError("count")
    offsets = struct.unpack_from(f"<{count}Q", data, 8)
    if offsets[0] < 8 * (count + 1) or offsets[-1] > len(data) or list(offsets) != sorted(offsets):
        raise FrameError("offsets")
    if (
        offsets[2] - offsets[1] > _LONGEST_HEADER
        or offsets[5] == offsets[4]
        or data[offsets[4]] != ord("{")
    ):
        raise FrameError("parts")
    try:
        fields = json.loads(data[offsets[1] : offsets[2]])
        kind = fields["msg_type"]
        name = fields["msg_id"]
        if not (isinstance(kind, str) and isinstance(name, str)):
            raise FrameError("header")
        # The kernel's answers repeat the header. Half of a surrogate pair, which cannot be encoded,
        # raises an error here.
        json.dumps(fields, ensure_ascii=False).encode()
        return Frame(data[offsets[0] : offsets[1]].decode(), kind, name, data, offsets)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise FrameError("header") from None
