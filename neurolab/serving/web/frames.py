"""Kernel messages as they come over a websocket: looked at before anything relies on them.

A frame holds the number of its offsets, the offsets, the name of a channel, and the message's parts: header, parent,
metadata, content, and its buffers. All numbers are eight bytes, the smallest first.
"""

import json
import struct
from itertools import pairwise
from typing import NamedTuple

# A channel, four parts, an end; one more offset for each buffer.
_FEWEST, _MOST = 6, 4095
_LONGEST_HEADER = 10_000


class FrameError(Exception):
    """The bytes are no kernel message."""


class Frame(NamedTuple):
    """A message as it came, and where its parts are.

    Attributes
    ----------
    channel : str
    kind : str
        Such as ``comm_msg``.
    name : str
        The message's own.
    data : bytes
        All of it.
    offsets : tuple of int
        Where the channel, each part, and the end are.
    """

    channel: str
    kind: str
    name: str
    data: bytes
    offsets: tuple

    @property
    def parts(self) -> list:
        """Header, parent, metadata and content as JSON, and then buffers."""
        return [self.data[begin:end] for begin, end in pairwise(self.offsets[1:])]

    @property
    def parent(self) -> bytes:
        """The header of the message that this one answers, as JSON."""
        return self.data[self.offsets[2] : self.offsets[3]]

    @property
    def content(self) -> bytes:
        """The content, as JSON."""
        return self.data[self.offsets[4] : self.offsets[5]]

    def begins(self, length: int) -> bytes:
        """The first bytes of the content."""
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
        Its numbers do not fit its length, or its header is none.
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
        kind, name = fields["msg_type"], fields["msg_id"]
        if not (isinstance(kind, str) and isinstance(name, str)):
            raise FrameError("header")
        # The kernel's answers repeat the header; it fails here if it has half a character, which cannot be written.
        json.dumps(fields, ensure_ascii=False).encode()
        return Frame(data[offsets[0] : offsets[1]].decode(), kind, name, data, offsets)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise FrameError("header") from None
