"""An experiment as a JSON document, and back."""

import json

from ..errors import LimitError, ParseError
from ..lab.experiment import Experiment

MOST_CHARACTERS = 20_000_000


def to_json(experiment):
    """Write an experiment as JSON, to be read by people too."""
    return json.dumps(experiment.to_dict(), indent=1, ensure_ascii=False) + "\n"


def from_json(text):
    """Read what `to_json` wrote.

    Raises
    ------
    NeurolabError
        It is no JSON, no experiment, or too long; the message says where.
    """
    if len(text) > MOST_CHARACTERS:
        raise LimitError(f"the file has {len(text):,} characters", where="experiment", expected=f"at most {MOST_CHARACTERS:,}")
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError):
        raise ParseError("this is not a file of the lab", where="experiment", expected="JSON, as the lab saves it") from None
    return Experiment.from_dict(plain)
