"""Properties of spikes: their number, their times, their order and their rate."""

import math
from dataclasses import dataclass
from itertools import pairwise

from ...errors import NeurolabError
from ...experiment.result import Result
from ...experiment.typed_values import format_number, format_short
from ...units import unit
from ..curves import at_times, capital, check_window, group_of, listed, subject, train
from ..measures import MEASURES
from .sight import Property, Sight, within

_COUNTS = {0: "did not fire", 1: "fired once", 2: "fired twice"}


@dataclass(frozen=True)
class Fires(Property):
    """A neuron fires a given number of times, in the whole run or between two times (ms)."""

    exactly: int | None = None
    at_least: int | None = None
    at_most: int | None = None
    group: str = ""
    neuron: int = 0
    begin: float = 0.0
    end: float = math.inf

    def see(self, result: Result) -> Sight:
        """Count the spikes."""
        check_window(result, self.begin, self.end)
        times = [
            time
            for time in train(result, self.group, self.neuron)
            if self.begin - 1e-9 <= time < self.end - 1e-9
        ]
        words = _COUNTS.get(len(times), f"fired {len(times)} times")
        when = f", {at_times(times)}" if times else ""
        name = subject(result.experiment, self.group, self.neuron)
        sentence = f"{_window(self.begin, self.end)}{name} {words}{when}."
        return Sight(
            within(len(times), self.exactly, self.at_least, self.at_most), capital(sentence)
        )


def _window(begin: float, end: float) -> str:
    if end < math.inf:
        return f"between {format_number(begin)} and {format_number(end)} ms "
    return f"from {format_number(begin)} ms on " if begin else ""


@dataclass(frozen=True)
class FirstSpike(Property):
    """The first spike of a neuron comes before or after a time (ms)."""

    before: float = math.inf
    after: float = -math.inf
    group: str = ""
    neuron: int = 0

    def see(self, result: Result) -> Sight:
        """Find the first spike."""
        times = train(result, self.group, self.neuron)
        name = subject(result.experiment, self.group, self.neuron)
        if not times:
            return Sight(False, capital(f"{name} did not fire."))
        return Sight(
            self.after < times[0] < self.before,
            capital(f"{name} fired first {at_times(times[:1])}."),
        )


@dataclass(frozen=True)
class FiresInOrder(Property):
    """Neurons of a group begin to fire one after the other."""

    neurons: tuple[int, ...]
    group: str = ""

    def see(self, result: Result) -> Sight:
        """Compare their first spikes."""
        if len(self.neurons) < 2:
            raise NeurolabError("An order needs at least two neurons.", where="fires in order")
        firsts = [train(result, self.group, neuron)[:1] for neuron in self.neurons]
        names = [subject(result.experiment, self.group, neuron) for neuron in self.neurons]
        silent = [name for name, first in zip(names, firsts) if not first]
        if silent:
            return Sight(False, f"{listed(silent)} did not fire.")
        words = listed(
            [f"{name} fired first {at_times(first)}" for name, first in zip(names, firsts)]
        )
        return Sight(all(one[0] < other[0] for one, other in pairwise(firsts)), f"{words}.")


@dataclass(frozen=True)
class NeuronsFire(Property):
    """A given number of neurons of a group fire at least once."""

    exactly: int | None = None
    at_least: int | None = None
    at_most: int | None = None
    group: str = ""

    def see(self, result: Result) -> Sight:
        """Count the neurons that fired."""
        group = group_of(result.experiment, self.group)
        fired = sorted(set(result.spikes(group.name)[0].tolist()))
        which = f": {listed([str(neuron) for neuron in fired])}" if 0 < len(fired) <= 6 else ""
        words = f"{len(fired)} of the {group.size} neurons of {group.name} fired{which}."
        return Sight(within(len(fired), self.exactly, self.at_least, self.at_most), words)


@dataclass(frozen=True)
class Rate(Property):
    """The mean firing rate of a group, from a time (ms) on, lies in a range (Hz)."""

    low: float = 0.0
    high: float = math.inf
    group: str = ""
    begin: float = 0.0

    def see(self, result: Result) -> Sight:
        """Measure the mean rate."""
        rate = float(MEASURES["rate"](result, self.group, self.begin)) / unit("Hz")[0]
        name = group_of(result.experiment, self.group).name
        return Sight(
            self.low <= rate <= self.high,
            f"Mean firing rate of {name}: {format_short(rate)} spikes/s.",
        )
