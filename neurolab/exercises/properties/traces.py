"""Properties of traces: crossings, extremes, decay, and dependence on other variables."""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ...experiment.result import Result
from ...experiment.typed_values import format_short
from ...units import unit
from ..curves import at_times, curve_of, neurons_of
from ..measures import MEASURES, crossings
from ..probes import after_a_bump, fading_time
from .sight import Property, Sight, within

_FASTER = 1.1  # least ratio of two times for one to be called faster
_NOTHING = 1e-9  # of the jump itself: the limit for a variable that must not depend on another
_SEEN = 0.05  # of the jump itself: the least effect that can be seen


@dataclass(frozen=True)
class Crosses(Property):
    """Two variables cross a given number of times."""

    first: str
    second: str
    exactly: int | None = None
    at_least: int | None = None
    at_most: int | None = None

    def see(self, result: Result) -> Sight:
        """Count the crossings."""
        times = crossings(result, self.first, self.second)
        count = {0: "did not cross", 1: "crossed once", 2: "crossed twice"}.get(
            len(times), f"crossed {len(times)} times"
        )
        when = f", {at_times(times)}" if times else ""
        return Sight(
            within(len(times), self.exactly, self.at_least, self.at_most),
            f"{self.first} and {self.second} {count}{when}.",
        )


@dataclass(frozen=True)
class Range(Property):
    """The highest or lowest value of a variable lies in a range, given in the variable's unit."""

    of: str
    what: str = "highest"
    low: float = -math.inf
    high: float = math.inf
    begin: float = 0.0
    end: float = math.inf

    _WORDS: ClassVar[dict[str, str]] = {"highest": "reached at most", "lowest": "fell to"}

    def see(self, result: Result) -> Sight:
        """Measure the value."""
        curve = curve_of(result.experiment, self.of)
        group = neurons_of(result.experiment, curve.group)
        name = result.checked.unit(group.name, curve.state)
        value = float(MEASURES[self.what](result, self.of, self.begin, self.end)) / unit(name)[0]
        return Sight(
            self.low <= value <= self.high,
            f"{self.of} {self._WORDS[self.what]} {format_short(value)} {name}.",
        )


@dataclass(frozen=True)
class Fades(Property):
    """After a jump, one variable decays faster than another."""

    fast: str
    slow: str

    def see(self, result: Result) -> Sight:
        """Measure how long each takes to decay to 37 % of a jump."""
        times = [
            fading_time(result.experiment, curve_of(result.experiment, name))
            for name in (self.fast, self.slow)
        ]
        words = " and ".join(
            f"{name} {_fading(time)}" for name, time in zip((self.fast, self.slow), times)
        )
        return Sight(times[0] * _FASTER < times[1], f"After a jump, {words}.")


def _fading(time: float) -> str:
    if math.isinf(time):
        return "does not decay"
    return f"decays to 37 % within {format_short(time)} ms"


@dataclass(frozen=True)
class Depends(Property):
    """A variable depends on another one, or does not."""

    of: str
    on: str
    holds: bool = True

    def see(self, result: Result) -> Sight:
        """Test whether a jump of the one moves the other."""
        of = curve_of(result.experiment, self.of)
        on = curve_of(result.experiment, self.on)
        moved = np.abs(after_a_bump(result.experiment, on, of)).max()
        share = float(moved / np.abs(after_a_bump(result.experiment, on, on)).max())
        if share <= _NOTHING:
            return Sight(not self.holds, f"A jump of {self.on} does not change {self.of}.")
        if share < _SEEN and self.holds:
            words = (
                f"A jump of {self.on} by 1 mV changes {self.of} by {format_short(share)} mV at "
                "most, which is too little to be seen."
            )
            return Sight(False, words)
        return Sight(self.holds, f"A jump of {self.on} changes {self.of}.")


@dataclass(frozen=True)
class Decays(Property):
    """A jump of a variable decays to 37 % within a range of times (ms)."""

    of: str
    low: float = 0.0
    high: float = math.inf

    def see(self, result: Result) -> Sight:
        """Measure the time."""
        time = fading_time(result.experiment, curve_of(result.experiment, self.of))
        holds = self.low <= time <= self.high
        return Sight(holds, f"After a jump, {self.of} {_fading(time)}.")
