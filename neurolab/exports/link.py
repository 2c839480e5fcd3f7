"""An experiment as a short text that fits into an address, and back."""

import base64
import binascii
import json
import zlib

from ..errors import LimitError, NeurolabError, ParseError
from ..lab.experiment import Experiment
from ..lab.validate import validate

MOST_CHARACTERS = 60_000
_MOST_BYTES = 2_000_000  # what a link may unpack to
_MEND = "Ask for the link again, or copy all of it."


def to_link(experiment):
    """Pack an experiment.

    Returns
    -------
    str
        Letters, digits, ``-`` and ``_`` only.

    Raises
    ------
    LimitError
        It is too large for an address; a file holds it.
    """
    plain = json.dumps(experiment.to_dict(), separators=(",", ":")).encode()
    text = base64.urlsafe_b64encode(zlib.compress(plain, 9)).decode().rstrip("=")
    if len(text) > MOST_CHARACTERS:
        raise LimitError("this network is too large for a link", where="link", mend="Save it as a file.")
    return text


def from_link(text):
    """Unpack an experiment that can be simulated.

    Raises
    ------
    NeurolabError
        The text is damaged, or unpacks to something else.
    """
    if len(text) > MOST_CHARACTERS:
        raise ParseError("the link is longer than any of the lab's", where="link", mend=_MEND)
    unpacker = zlib.decompressobj()
    try:
        packed = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
        plain = unpacker.decompress(packed, _MOST_BYTES)
        if unpacker.unconsumed_tail or not unpacker.eof:
            raise ValueError
        experiment = Experiment.from_dict(json.loads(plain))
        validate(experiment)
    except (ValueError, TypeError, OverflowError, binascii.Error, zlib.error, RecursionError):
        raise ParseError("the link is damaged", where="link", mend=_MEND) from None
    except NeurolabError as error:
        raise ParseError(f"the link holds no network that can be shown: {error.advice}", where="link", mend=_MEND) from None
    return experiment
