"""Links: the state of a page as a short text that fits into an address."""

import base64
import binascii
import json
import zlib

from ..errors import LimitError, NeurolabError, ParseError
from ..experiment.experiment import Entries, Experiment, Inputs
from ..experiment.session import Session
from ..experiment.wellformed import read_json

MOST_CHARACTERS = 60_000
MOST_KEPT = 1_000_000
"""Characters of a text for a browser's store instead of an address."""
_MOST_BYTES = 2_000_000  # of the JSON in a link
_MOST_NUMBERS = 100_000  # in lists; more are refused before packing, which would take a second
_MEND = "Ask for the link again, or copy all of it."


def to_link(experiment: Experiment) -> str:
    """Pack an experiment alone; see `session_to_link`.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> from_link(to_link(TUTORIAL)) == TUTORIAL
    True
    """
    return session_to_link(Session(experiment))


def from_link(text: str) -> Experiment:
    """Unpack the experiment of a link; see `session_from_link`."""
    return session_from_link(text).experiment


def session_to_link(session: Session, most: int = MOST_CHARACTERS) -> str:
    """Pack a session.

    Parameters
    ----------
    session : Session
    most : int
        The largest number of characters.

    Returns
    -------
    str
        Letters, digits, ``-`` and ``_`` only.

    Raises
    ------
    LimitError
        It is too large for an address; it must be saved as a file.
    """
    too_large = LimitError(
        "This network is too large for a link."
        if session == Session(session.experiment)
        else "The network and the runs that are kept with it are too large for a link.",
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


def session_from_link(text: str, most: int = MOST_CHARACTERS) -> Session:
    """Unpack a session whose experiments can be simulated; `most` as in `session_to_link`.

    Raises
    ------
    NeurolabError
        The text is damaged, or is not a link of the lab.
    """
    if len(text) > most:
        raise ParseError("The link is longer than any link of the lab.", where="link", mend=_MEND)
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
            f"The network in the link cannot be shown: {error.advice}.", where="link", mend=_MEND
        ) from None
    except (ValueError, TypeError, OverflowError, binascii.Error, zlib.error, RecursionError):
        raise ParseError("The link is damaged.", where="link", mend=_MEND) from None


def _numbers(experiment: Experiment) -> int:
    """Count the numbers in the lists of an experiment."""
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
