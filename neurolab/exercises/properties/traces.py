"""Properties of traces: crossings, extremes, how fast a variable fades, and what it depends on."""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ...experiment.typed_values import format_short
from ...experiment.validate import state_unit
from ...units import unit
from ..curves import at_times, curve_of
from ..measures import MEASURES, crossings
from ..probes import after_a_bump, fading_time
from .sight import Sight, within

_FASTER = 1.1  # by how much, to be called faster
_NOTHING = 1e-9  # of the jump itself


@dataclass(frozen=True)
class Crosses:
    """Two variables cross so many times."""

    first: str
    second: str
    exactly: int | None = None
    at_least: int | None = None
    at_most: int | None = None

    def see(self, result):
        """How often they crossed, and when."""
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
class Range:
    """The highest, the lowest or the last value of a variable lies between two values, in the unit of the variable."""

    of: str
    what: str = "highest"
    low: float = -math.inf
    high: float = math.inf
    begin: float = 0.0
    end: float = math.inf

    _WORDS: ClassVar[dict] = {"highest": "reached at most", "lowest": "went down to"}

    def see(self, result):
        """That value."""
        group = result.experiment.group(curve_of(result.experiment, self.of).group)
        name = state_unit(result.experiment, group, curve_of(result.experiment, self.of).state)
        value = float(MEASURES[self.what](result, self.of, self.begin, self.end)) / unit(name)[0]
        return Sight(
            self.low <= value <= self.high,
            f"{self.of} {self._WORDS[self.what]} {format_short(value)} {name}.",
        )


@dataclass(frozen=True)
class Fades:
    """After a jump, one variable fades faster than another."""

    fast: str
    slow: str

    def see(self, result):
        """How long each takes to fade to 37 % of a jump."""
        times = [
            fading_time(result.experiment, curve_of(result.experiment, name))
            for name in (self.fast, self.slow)
        ]
        words = " and ".join(
            f"{name} {_fading(time)}" for name, time in zip((self.fast, self.slow), times)
        )
        return Sight(times[0] * _FASTER < times[1], f"After a jump, {words}.")


def _fading(time):
    return "does not fade" if math.isinf(time) else f"fades to 37 % within {format_short(time)} ms"


@dataclass(frozen=True)
class Depends:
    """A variable feels another one, or does not."""

    of: str
    on: str
    holds: bool = True

    def see(self, result):
        """Whether a jump of the one moves the other."""
        of, on = curve_of(result.experiment, self.of), curve_of(result.experiment, self.on)
        moved = np.abs(after_a_bump(result.experiment, on, of)).max()
        depends = bool(moved > _NOTHING * np.abs(after_a_bump(result.experiment, on, on)).max())
        return Sight(
            depends == self.holds,
            f"A jump of {self.on} {'moves' if depends else 'does not move'} {self.of}.",
        )
