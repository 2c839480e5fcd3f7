"""Properties of connections: their number, their signs, and the time course of their effects."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ...errors import NeurolabError
from ...experiment.result import Result
from ...experiment.typed_values import format_short
from ..curves import curve_of, listed, train
from ..probes import effects
from .sight import Property, Sight, within

_FASTER = 1.1  # least ratio of two times for one to be called faster


@dataclass(frozen=True)
class Connections(Property):
    """A given number of connections have a weight other than zero."""

    exactly: int | None = None
    at_least: int | None = None
    at_most: int | None = None

    def see(self, result: Result) -> Sight:
        """Count the connections."""
        names = [
            connection.name
            for connection in result.experiment.connections
            if (result.rows[connection.name].weights != 0).any()
        ]
        few = {0: "There is no connection", 1: "There is one connection"}
        count = few.get(len(names), f"There are {len(names)} connections")
        which = f": {listed(names)}" if names else ""
        return Sight(
            within(len(names), self.exactly, self.at_least, self.at_most), f"{count}{which}."
        )


@dataclass(frozen=True)
class OnlyNegative(Property):
    """All weights that reach a variable are negative, and at least one exists."""

    of: str

    def see(self, result: Result) -> Sight:
        """Count the signs of the weights that reach it."""
        group, state, _ = curve_of(result.experiment, self.of)
        weights = [
            weight
            for connection in result.experiment.connections
            if (connection.target, connection.state) == (group, state)
            for weight in result.rows[connection.name].weights.tolist()
            if weight
        ]
        positive = sum(weight > 0 for weight in weights)
        words = (
            f"Of the weights that reach {self.of}, {positive} are positive "
            f"and {len(weights) - positive} negative."
        )
        return Sight(bool(weights) and not positive, words)


_WORDS = {"excites": "raises", "inhibits": "lowers", "does nothing": "does not change"}


@dataclass(frozen=True)
class Acts(Property):
    """A spike of an input excites, inhibits or does nothing, by the area of its effect."""

    of: str
    how: str
    source: str = "inputs"
    neuron: int = 0

    def see(self, result: Result) -> Sight:
        """Measure the effect of one spike."""
        train(result, self.source, self.neuron)  # which refuses a neuron that does not exist
        area = next(
            (
                effect.area
                for effect in effects(result.experiment, curve_of(result.experiment, self.of))
                if (effect.group, effect.neuron) == (self.source, self.neuron)
            ),
            0.0,
        )
        seen = "does nothing"
        if area:
            seen = "excites" if area > 0 else "inhibits"
        if self.how not in _WORDS:
            raise NeurolabError(
                f"how is {self.how!r:.40}.", where="acts", mend=f"Write one of {', '.join(_WORDS)}."
            )
        return Sight(
            seen == self.how, f"A spike of {self.source} {self.neuron} {_WORDS[seen]} {self.of}."
        )


@dataclass(frozen=True)
class ActsFaster(Property):
    """The effect of excitation on a variable is shorter than that of inhibition, or the reverse.

    Inputs are judged by the effect of one spike of each alone: the sign of its area, and its mean
    delay after the onset.
    """

    of: str
    fast: str = "excitation"

    def see(self, result: Result) -> Sight:
        """Measure the mean delays of both."""
        found = effects(result.experiment, curve_of(result.experiment, self.of))
        lasting = {
            "excitation": [effect.lasts for effect in found if effect.area > 0],
            "inhibition": [effect.lasts for effect in found if effect.area < 0],
        }
        for kind, times in lasting.items():
            if not times:
                verb = "raises" if kind == "excitation" else "lowers"
                return Sight(False, f"There is no {kind}: no input {verb} {self.of}.")
        [slow] = set(lasting) - {self.fast}
        words = " and ".join(f"{kind} lasts {_time(times)}" for kind, times in lasting.items())
        return Sight(
            max(lasting[self.fast]) * _FASTER < min(lasting[slow]),
            f"In {self.of}, {words} on average.",
        )


def _time(times: Sequence[float]) -> str:
    ends = dict.fromkeys(
        format_short(time) if time < math.inf else "for ever" for time in (min(times), max(times))
    )
    return f"{' to '.join(ends)} ms"


@dataclass(frozen=True)
class Balances(Property):
    """The areas of the effects of excitation and inhibition on a variable agree."""

    of: str
    percent: float = 5.0

    def see(self, result: Result) -> Sight:
        """Compare the areas."""
        areas = [
            effect.area
            for effect in effects(result.experiment, curve_of(result.experiment, self.of))
        ]
        up = sum(area for area in areas if area > 0)
        down = -sum(area for area in areas if area < 0)
        if not (up and down):
            missing, verb = ("excitation", "raises") if not up else ("inhibition", "lowers")
            return Sight(False, f"There is no {missing}: no input {verb} {self.of}.")
        words = (
            f"On the whole, inhibition takes away {format_short(100 * down / up)} % "
            f"of what excitation adds to {self.of}."
        )
        return Sight(abs(down / up - 1) <= self.percent / 100, words)
