"""The state of a page as a short text that fits into an address, and back."""

import base64
import binascii
import json
import zlib

from ..errors import LimitError, NeurolabError, ParseError
from ..experiment.experiment import Entries, Inputs
from ..experiment.session import Session
from ..experiment.wellformed import read_json

MOST_CHARACTERS = 60_000
MOST_KEPT = 1_000_000
"""Characters of a text that does not go into an address, but into a browser's store."""
_MOST_BYTES = 2_000_000  # what a link may unpack to
_MOST_NUMBERS = (
    100_000  # written out one by one; what holds more is not even packed, which would take a second
)
_MEND = "Ask for the link again, or copy all of it."


def to_link(experiment):
    """Pack an experiment, with nothing beside it; as `session_to_link`."""
    return session_to_link(Session(experiment))


def from_link(text):
    """The experiment of a link; as `session_from_link`."""
    return session_from_link(text).experiment


def session_to_link(session, most=MOST_CHARACTERS):
    """Pack a session.

    Parameters
    ----------
    session : Session
    most : int
        Characters that the text may have.

    Returns
    -------
    str
        Letters, digits, ``-`` and ``_`` only.

    Raises
    ------
    LimitError
        It is too large for an address; a file holds the network.
    """
    too_large = LimitError(
        "this network is too large for a link"
        if session == Session(session.experiment)
        else "the network and the runs that are kept beside it are too large for a link",
        where="link",
        mend="Save it as a file.",
    )
    if sum(map(_numbers, session.experiments)) > _MOST_NUMBERS:
        raise too_large
    plain = json.dumps(session.to_dict(), separators=(",", ":")).encode()
    text = base64.urlsafe_b64encode(zlib.compress(plain, 9)).decode().rstrip("=")
    if len(text) > most or len(plain) > _MOST_BYTES:
        raise too_large
    return text


def session_from_link(text, most=MOST_CHARACTERS):
    """Unpack a session whose experiments can be simulated; `most` as in `session_to_link`.

    Raises
    ------
    NeurolabError
        The text is damaged, or unpacks to something else.
    """
    if len(text) > most:
        raise ParseError("the link is longer than any of the lab's", where="link", mend=_MEND)
    unpacker = zlib.decompressobj()
    try:
        packed = base64.b64decode(
            text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True
        )
        plain = unpacker.decompress(packed, _MOST_BYTES)
        if unpacker.unconsumed_tail or not unpacker.eof:
            raise ValueError
        return Session.from_dict(read_json(plain))
    except NeurolabError as error:
        raise ParseError(
            f"the link holds no network that can be shown: {error.advice}", where="link", mend=_MEND
        ) from None
    except (ValueError, TypeError, OverflowError, binascii.Error, zlib.error, RecursionError):
        raise ParseError("the link is damaged", where="link", mend=_MEND) from None


def _numbers(experiment):
    spikes = sum(
        len(train)
        for group in experiment.groups
        if isinstance(group, Inputs)
        for train in group.spikes
    )
    return spikes + sum(
        len(connection.weights.weights)
        for connection in experiment.connections
        if isinstance(connection.weights, Entries)
    )
