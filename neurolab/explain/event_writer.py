"""The events of a run, written step by step in the order of the step loop."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

from ..array_types import BoolArray, FloatArray, IntArray
from ..experiment.experiment import Inputs, Neurons, Synapses
from ..experiment.result import Result
from .deliveries import Plan, Rules
from .events import Event
from .sentences import Words
from .threshold_values import condition_values

MOST_NEURONS = 12
"""Number of neurons of each group that are watched in a run with many events."""

Watch: TypeAlias = Mapping[str, Sequence[int]]
"""Group name → neurons whose events are computed."""
Key: TypeAlias = tuple[str, str, int]
"""Group, state variable and neuron."""


class EventWriter:
    """Computes the events of each step; the steps must be asked for in order.

    Parameters
    ----------
    result : Result
    plan : Plan
    few : mapping or None
        Group → neurons that are watched; of other groups, the first neurons. None for all neurons.
    """

    def __init__(self, result: Result, plan: Plan, few: Watch | None) -> None:
        self._result = result
        self._plan = plan
        self._experiment = result.experiment
        self._words = Words(result.experiment)
        self._watched = {
            group.name: _watched(group, result, few) for group in result.experiment.groups
        }
        self._held_until: dict[tuple[str, int], int] = {}  # last step of each hold
        self._values: dict[Key, float] = {}  # values during the present step
        # Step → sum of the weights that arrive, and their number.
        self._sums: dict[int, dict[Key, tuple[float, int]]] = {}

    def events(self, step: int) -> list[Event]:
        """Compute the events of a step, in the order of the step loop."""
        self._values = {}
        self._sums = {key: value for key, value in self._sums.items() if key >= step}
        return [
            *self._released(step),
            *self._fired(step),
            *self._delivered(step),
            *self._reset(step),
        ]

    def _event(
        self, kind: str, step: int, group: str, neuron: int, state: str = "", **values: Any
    ) -> Event:
        unit, factor = (
            self._words.unit(group, state) if state and group in self._plan.rules else ("", 1.0)
        )
        return Event(
            kind,
            step,
            self._time(step),
            group,
            neuron,
            state=state,
            unit=unit,
            factor=factor,
            words=self._words,
            **values,
        )

    def _time(self, step: int) -> float:
        return float(f"{step * self._experiment.dt:.12g}")

    def _seen(self, group: str, neurons: IntArray) -> list[int]:
        """Return those of the neurons that are watched."""
        watched = self._watched[group]
        return (neurons if watched is None else neurons[watched[neurons]]).tolist()

    def _is_seen(self, group: str, neuron: int) -> bool:
        watched = self._watched[group]
        return watched is None or bool(watched[neuron])

    def _recorded(self, group: str, state: str, neuron: int, step: int) -> float:
        return float(
            self._result.recorded[group][step, self._plan.rules[group].states.index(state), neuron]
        )

    def _crossing(self, group: str, neuron: int, step: int) -> FloatArray | None:
        """Return the states with which the threshold of a firing neuron was checked, or None."""
        for name, neurons, place in self._plan.firings.get(step, ()):
            if name == group:
                at = int(neurons.searchsorted(neuron))
                if at < len(neurons) and neurons[at] == neuron:
                    return self._result.crossings[group][place][:, at]
        return None

    def _arriving(self, step: int) -> dict[Key, tuple[float, int]]:
        """Sum up and count the weights that arrive at each variable in a step."""
        if step in self._sums:
            return self._sums[step]
        sums: dict[Key, tuple[float, int]] = {}
        for connection, sources, _ in self._plan.arrivals.get(step, ()):
            for source in sources.tolist():
                for target, weight in self._row(connection, source):
                    key = connection.target, connection.state, target
                    total, parts = sums.get(key, (0.0, 0))
                    sums[key] = total + weight, parts + 1
        self._sums[step] = sums
        return sums

    def _row(self, connection: Synapses, source: int) -> Iterator[tuple[int, float]]:
        targets, weights = self._result.rows[connection.name].row(source)
        watched = self._watched[connection.target]
        if watched is not None:
            targets, weights = targets[watched[targets]], weights[watched[targets]]
        return zip(targets.tolist(), weights.tolist())

    def _is_held(self, group: str, neuron: int, step: int) -> bool:
        return self._held_until.get((group, neuron), -1) >= step

    def _integrated(self, group: str, state: str, neuron: int, step: int) -> float:
        """Return a value after integration and before any delivery, or the value of a hold."""
        rules = self._plan.rules[group]
        crossing = self._crossing(group, neuron, step)
        if crossing is not None:
            return float(crossing[rules.states.index(state)])
        value = self._recorded(group, state, neuron, step)
        if state == rules.held_state and self._is_held(group, neuron, step):
            return value
        return value - self._arriving(step).get((group, state, neuron), (0.0, 0))[0]

    def _value(self, group: str, state: str, neuron: int, step: int) -> float:
        key = group, state, neuron
        if key not in self._values:
            self._values[key] = self._integrated(group, state, neuron, step)
        return self._values[key]

    def _released(self, step: int) -> Iterator[Event]:
        for group, neurons in self._plan.releases.get(step, ()):
            for neuron in self._seen(group, neurons):
                yield self._release(step, group, neuron)

    def _release(self, step: int, group: str, neuron: int) -> Event:
        state = self._plan.rules[group].held_state
        if not state:
            return self._event("release", step, group, neuron)
        return self._event(
            "release",
            step,
            group,
            neuron,
            state,
            before=self._recorded(group, state, neuron, step - 1),
            after=self._value(group, state, neuron, step),
        )

    def _fired(self, step: int) -> Iterator[Event]:
        for group, neurons, _ in self._plan.firings.get(step, ()):
            for neuron in self._seen(group, neurons):
                if group in self._plan.rules:
                    yield self._threshold(step, group, neuron)
                elif group not in self._plan.at_once:
                    yield self._event("spike", step, group, neuron)

    def _threshold(self, step: int, group: str, neuron: int) -> Event:
        level = self._words.level(group)
        if level:
            return self._event(
                "threshold",
                step,
                group,
                neuron,
                level[0],
                after=self._value(group, level[0], neuron, step),
            )
        crossing = self._crossing(group, neuron, step)
        assert crossing is not None
        values = condition_values(
            self._experiment,
            self._experiment.neurons_of(group),
            neuron,
            crossing.tolist(),
            self._time(step) * 1e-3,
        )
        return self._event("threshold", step, group, neuron, values=values)

    def _delivered(self, step: int) -> Iterator[Event]:
        done: dict[Key, int] = {}
        for connection, sources, fired in self._plan.arrivals.get(step, ()):
            starts = self._result.rows[connection.name].starts
            for source in sources.tolist():
                over = {
                    "connection": connection.name,
                    "sender": connection.source,
                    "source": source,
                    "fired": self._time(fired),
                }
                for target, weight in self._row(connection, source):
                    key = connection.target, connection.state, target
                    done[key] = done.get(key, 0) + 1
                    yield self._delivery(
                        step, key, weight, over, done[key] == self._arriving(step)[key][1]
                    )
                if starts[source] == starts[source + 1] and self._is_seen(
                    connection.source, source
                ):
                    yield self._event(
                        "nothing", step, connection.source, source, connection.state, **over
                    )

    def _delivery(
        self, step: int, key: Key, weight: float, over: dict[str, Any], is_last: bool
    ) -> Event:
        group, state, neuron = key
        before = self._value(group, state, neuron, step)
        held = (
            state == self._plan.rules[group].held_state
            and self._is_held(group, neuron, step)
            and self._crossing(group, neuron, step) is None
        )
        after = before if held else before + weight
        self._values[key] = after
        until = self._held_until.get((group, neuron), -1)
        outcome, checked = "held", None
        if not held:
            outcome, checked = self._outcome(step, key, after, weight > 0 and is_last)
        return self._event(
            "delivery",
            step,
            group,
            neuron,
            state,
            before=before,
            amount=weight,
            after=after,
            outcome=outcome,
            checked=checked,
            until=self._time(until) if until >= step else None,
            **over,
        )

    def _outcome(
        self, step: int, key: Key, after: float, may_fire: bool
    ) -> tuple[str, float | None]:
        """Return the outcome of a delivery, and the value that is checked in the next step."""
        group, state, neuron = key
        if self._crossing(group, neuron, step) is not None:
            return ("overwritten" if state in self._plan.rules[group].overwritten else ""), None
        level = self._words.level(group)
        if not may_fire or not level or level[0] != state or step + 1 == self._plan.end:
            return "", None
        if self._held_until.get((group, neuron), -1) > step + 1:
            return "refractory", None
        checked = self._integrated(group, state, neuron, step + 1)
        if self._crossing(group, neuron, step + 1) is not None:
            return "fires", checked
        return ("below" if after <= level[1] else "sank"), checked

    def _reset(self, step: int) -> Iterator[Event]:
        # All resets come first, as in the step loop; then the neurons that fired are held.
        for group, rules, neuron in self._firing(step):
            for state in rules.reset:
                yield self._reset_of(step, group, rules, neuron, state)
        for group, rules, neuron in self._firing(step):
            if rules.hold:
                yield self._hold(step, group, rules, neuron)

    def _firing(self, step: int) -> Iterator[tuple[str, Rules, int]]:
        """Yield the watched neurons with a threshold that fire in a step."""
        for group, neurons, _ in self._plan.firings.get(step, ()):
            rules = self._plan.rules.get(group)
            if rules:
                for neuron in self._seen(group, neurons):
                    yield group, rules, neuron

    def _reset_of(self, step: int, group: str, rules: Rules, neuron: int, state: str) -> Event:
        before = self._value(group, state, neuron, step)
        after = self._recorded(group, state, neuron, step)
        amount = after - before if rules.is_addition(state) else None
        values = {"before": before, "amount": amount, "after": after}
        return self._event("reset", step, group, neuron, state, **values)

    def _hold(self, step: int, group: str, rules: Rules, neuron: int) -> Event:
        self._held_until[group, neuron] = step + rules.hold
        state = rules.held_state
        value = self._recorded(group, state, neuron, step) if state else None
        until = self._time(step + rules.hold)
        return self._event(
            "hold", step, group, neuron, state, before=value, after=value, until=until
        )


def _watched(group: Inputs | Neurons, result: Result, few: Watch | None) -> BoolArray | None:
    """Return whether each neuron of a group is watched, as an array; None if all are."""
    recorded = group.size if isinstance(group, Inputs) else result.recorded[group.name].shape[2]
    if few is None and recorded == group.size:
        return None
    chosen = range(recorded) if few is None else few.get(group.name, range(MOST_NEURONS))
    watched = np.zeros(group.size, dtype=bool)
    watched[[neuron for neuron in chosen if neuron < recorded]] = True
    return watched
