"""An experiment as a JSON document, and back."""

import json

from ..errors import LimitError, NeurolabError, ParseError
from ..experiment.checked import check
from ..experiment.experiment import Experiment
from ..experiment.wellformed import read_json

MOST_CHARACTERS = 20_000_000


def to_json(experiment: Experiment) -> str:
    """Write an experiment as JSON that people can read, too.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> from_json(to_json(TUTORIAL)) == TUTORIAL
    True
    """
    return json.dumps(experiment.to_dict(), indent=1, ensure_ascii=False) + "\n"


def from_json(text: str) -> Experiment:
    """Read what `to_json` wrote.

    Raises
    ------
    NeurolabError
        It is not JSON, or not an experiment that can be simulated, or too long. The message names
        the entry.
    """
    if len(text) > MOST_CHARACTERS:
        raise LimitError(
            f"The file has {len(text):,} characters. At most {MOST_CHARACTERS:,} are allowed.",
            where="experiment",
        )
    try:
        experiment = Experiment.from_dict(read_json(text))
        check(experiment)
    except NeurolabError:
        raise
    except (ValueError, TypeError, OverflowError, RecursionError):
        raise ParseError(
            "This is not a file of the lab.",
            where="experiment",
            mend="Choose a JSON file that the lab has saved.",
        ) from None
    return experiment
