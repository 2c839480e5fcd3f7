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
    """A message's way and kind.

    Attributes
    ----------
    channel : str
    parent, content : bytes
        JSON.
    kind : str
        Such as ``comm_msg``.
    name : str
        The message's own.
    """

    channel: str
    parent: bytes
    content: bytes
    kind: str
    name: str


def read_frame(data):
    """Read a frame.

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
    channel, header, parent, _, content = (data[begin:end] for begin, end in pairwise(offsets[:6]))
    if len(header) > _LONGEST_HEADER or content[:1] != b"{":
        raise FrameError("parts")
    try:
        fields = json.loads(header)
        kind, name = fields["msg_type"], fields["msg_id"]
        if not (isinstance(kind, str) and isinstance(name, str)):
            raise FrameError("header")
        (kind + name).encode()  # fails for half a character, which nothing further on can write
        return Frame(channel.decode(), parent, content, kind, name)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise FrameError("header") from None
