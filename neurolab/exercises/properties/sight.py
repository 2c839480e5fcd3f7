"""The base class of properties, and the verdict that they give."""

from abc import ABC, abstractmethod
from typing import NamedTuple

from ...errors import NeurolabError
from ...experiment.result import Result


class Sight(NamedTuple):
    """Whether a property holds, and what was seen, in a sentence."""

    holds: bool
    words: str


class Property(ABC):
    """Something that a network can be asked to show.

    Every property is a frozen dataclass whose attributes are the entries of its table in a
    worksheet's file. It is listed in `PROPERTIES`.
    """

    @abstractmethod
    def see(self, result: Result) -> Sight:
        """Look at a run.

        The words say what was seen and never what would be right. A check that finds nothing to
        look at raises an error; it never passes.
        """


def within(count: int, exactly: int | None, at_least: int | None, at_most: int | None) -> bool:
    """Tell whether a count is as it must be.

    Parameters
    ----------
    count : int
    exactly, at_least, at_most : int or None
        None: this bound is not asked for.

    Raises
    ------
    NeurolabError
        No bound is asked for; every count would pass.
    """
    if exactly is None and at_least is None and at_most is None:
        raise NeurolabError(
            "No count is asked for.", where="check", mend="Give exactly, at_least or at_most."
        )
    return (
        (exactly is None or count == exactly)
        and (at_least is None or count >= at_least)
        and (at_most is None or count <= at_most)
    )
