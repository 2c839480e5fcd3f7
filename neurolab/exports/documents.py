"""An experiment as a JSON document, and back."""

import json

from ..errors import LimitError, NeurolabError, ParseError
from ..experiment.experiment import Experiment
from ..experiment.validate import validate
from ..experiment.wellformed import read_json

MOST_CHARACTERS = 20_000_000


def to_json(experiment):
    """Write an experiment as JSON, to be read by people too."""
    return json.dumps(experiment.to_dict(), indent=1, ensure_ascii=False) + "\n"


def from_json(text):
    """Read what `to_json` wrote.

    Raises
    ------
    NeurolabError
        It is no JSON, no experiment that can be simulated, or too long; the message says where.
    """
    if len(text) > MOST_CHARACTERS:
        raise LimitError(
            f"the file has {len(text):,} characters",
            where="experiment",
            expected=f"at most {MOST_CHARACTERS:,}",
        )
    try:
        experiment = Experiment.from_dict(read_json(text))
        validate(experiment)
    except NeurolabError:
        raise
    except (ValueError, TypeError, OverflowError, RecursionError):
        raise ParseError(
            "this is not a file of the lab",
            where="experiment",
            expected="JSON, as the lab saves it",
        ) from None
    return experiment
