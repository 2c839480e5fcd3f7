"""Properties of connections: their number, their signs, and the time course of their effects."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ...errors import NeurolabError
from ...experiment.result import Result
from ...experiment.typed_values import format_short
from ...units import unit
from ..curves import curve_of, display_unit_of, listed, neuron_name, train
from ..probes import Effect, effects
from .sight import Property, Sight, within

_FASTER = 1.02  # least ratio of two times for one to be called faster


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
class OneSign(Property):
    """All weights of each source neuron have the same sign, as Dale's law says."""

    connection: str

    def see(self, result: Result) -> Sight:
        """Look for a neuron with weights of both signs."""
        connection = result.experiment.connection(self.connection)
        rows = result.rows[self.connection]
        for neuron in range(len(rows.starts) - 1):
            weights = rows.row(neuron)[1]
            if (weights > 0).any() and (weights < 0).any():
                words = (
                    f"Row {neuron} of {self.connection} has positive and negative weights. By "
                    f"Dale's law, neuron {neuron} of {connection.source} either excites or inhibits."
                )
                return Sight(False, words)
        return Sight(True, f"Each row of {self.connection} has weights of one sign.")


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
    """A spike of an input excites, inhibits or does nothing, by the area of its effect.

    Effects that are smaller than `least`, in the variable's unit, cannot be seen and do not count.
    """

    of: str
    how: str
    source: str = "inputs"
    neuron: int = 0
    least: float = 0.1

    def see(self, result: Result) -> Sight:
        """Measure the effect of one spike."""
        train(result, self.source, self.neuron)  # which refuses a neuron that does not exist
        if self.how not in _WORDS:
            raise NeurolabError(
                f"how is {self.how!r:.40}.", where="acts", mend=f"Write one of {', '.join(_WORDS)}."
            )
        curve = curve_of(result.experiment, self.of)
        spike = f"A spike of {neuron_name(self.source, self.neuron)}"
        for effect in effects(result.experiment, curve):
            if (effect.group, effect.neuron) == (self.source, self.neuron):
                return self._seen(spike, effect, display_unit_of(result.experiment, curve))
        return Sight(self.how == "does nothing", f"{spike} does not change {self.of}.")

    def _seen(self, spike: str, effect: Effect, unit_name: str) -> Sight:
        peak = abs(effect.peak) / unit(unit_name)[0]
        seen = "excites" if effect.area > 0 else "inhibits"
        if peak < self.least:
            words = (
                f"{spike} {_WORDS[seen]} {self.of} by {format_short(peak)} {unit_name} at most, "
                "which is too little to be seen."
            )
            return Sight(False, words)
        return Sight(seen == self.how, f"{spike} {_WORDS[seen]} {self.of}.")


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
        holds = max(lasting[self.fast]) * _FASTER < min(lasting[slow])
        words = (
            f"The mean delay of excitation's effect on {self.of} is {_time(lasting['excitation'])}, "
            f"of inhibition's {_time(lasting['inhibition'])}."
        )
        return Sight(holds, words)


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
            f"The area of inhibition's effect on {self.of} is {format_short(100 * down / up)} % "
            "of excitation's."
        )
        return Sight(abs(down / up - 1) <= self.percent / 100, words)
