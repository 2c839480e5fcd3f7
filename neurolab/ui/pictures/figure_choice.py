"""The figure of each variable: variables of a unit share one, unless they squeeze each other."""

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

Variable: TypeAlias = tuple[str, str]
"""Group and name of a state variable."""

_FAR = 1.0
"""A variable is far from 0 if 0 is this many times its own span away from its values."""
_SMALL = 25.0
"""A variable is small if the largest one of its unit is more than so many times larger."""
_STAYS = 2.0
"""A variable that is apart stays apart up to a limit that is weaker by this factor."""


class Span(NamedTuple):
    """The values of a variable over a run.

    Attributes
    ----------
    unit : str
    low, high : float
        Lowest and highest value, in that unit.
    """

    unit: str
    low: float
    high: float

    @property
    def peak(self) -> float:
        """Largest distance from 0."""
        return max(abs(self.low), abs(self.high))

    @property
    def distance(self) -> float:
        """Distance of 0 from the values, in spans."""
        if self.low <= 0 <= self.high or self.high == self.low:
            return 0.0
        return min(abs(self.low), abs(self.high)) / (self.high - self.low)


def choose_figures(
    spans: Mapping[Variable, Span], previous: Mapping[Variable, str]
) -> dict[Variable, str]:
    """Return the key of each variable's figure.

    Parameters
    ----------
    spans : dict
        Values of each variable.
    previous : dict
        The keys before. A variable does not change its figure at every small change.

    Examples
    --------
    A membrane potential and a conductance, both in mV:

    >>> spans = {("cells", "V"): Span("mV", -65.0, -50.0), ("cells", "ge"): Span("mV", 0.0, 8.0)}
    >>> choose_figures(spans, {})
    {('cells', 'V'): 'mV, far from 0', ('cells', 'ge'): 'mV'}
    """
    figures = {}
    for unit in dict.fromkeys(span.unit for span in spans.values()):
        own = {variable: span for variable, span in spans.items() if span.unit == unit}
        far = {
            variable
            for variable, span in own.items()
            if span.distance > _limit(_FAR, previous.get(variable), far_key(unit))
        }
        near = {variable: span for variable, span in own.items() if variable not in far}
        largest = max((span.peak for span in near.values()), default=0.0)
        for variable, span in own.items():
            limit = _limit(_SMALL, previous.get(variable), small_key(unit))
            if variable in far and near:
                figures[variable] = far_key(unit)
            elif variable in near and 0 < span.peak < largest / limit:
                figures[variable] = small_key(unit)
            else:
                figures[variable] = unit
    return {variable: figures[variable] for variable in spans}


def far_key(unit: str) -> str:
    """Return the key of the figure for variables of a unit that are far from 0."""
    return f"{unit}, far from 0"


def small_key(unit: str) -> str:
    """Return the key of the figure for small variables of a unit."""
    return f"{unit}, small"


def _limit(limit: float, previous: str | None, key: str) -> float:
    return limit / _STAYS if previous == key else limit
