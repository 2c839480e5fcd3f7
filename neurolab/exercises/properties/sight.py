"""What a property gives."""

from typing import NamedTuple


class Sight(NamedTuple):
    """Whether a property holds, and what was seen, in a sentence."""

    holds: bool
    words: str


def within(count, exactly, at_least, at_most):
    """Whether a count is as it should be; what is None is not asked for."""
    return ((exactly is None or count == exactly) and (at_least is None or count >= at_least)
            and (at_most is None or count <= at_most))
