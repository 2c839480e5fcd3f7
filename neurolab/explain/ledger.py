"""The ledger of a run: why every value jumped, in the order in which the simulator did it.

What a run records says what each variable is at the end of each step, and what the threshold saw of the neurons that
fired. The rest follows from the rules of a step: integrate and fire, deliver, reset, hold.
"""

import numpy as np

from ..experiment.experiment import Inputs
from .deliveries import Plan
from .events import Event, Ledger
from .sentences import Words
from .threshold_values import condition_values

MOST_EVENTS = 2000
"""More events of one run are not worked out."""
MOST_NEURONS = 12
"""Of a run with more events, only those of so many neurons of each group are, unless others are asked for."""


def ledger(result, most=MOST_EVENTS, neurons=None):
    """Work out what happened in a run.

    Parameters
    ----------
    result : Result
    most : int
    neurons : mapping, optional
        Group → those of its neurons that are looked at if there are more events than `most`; by default the first.

    Returns
    -------
    Ledger
    """
    plan = Plan(result)
    total = None if plan.is_small(most) else plan.count()
    few = None if total is None or total <= most else (neurons or {})
    writer = _Writer(result, plan, few)
    events = []
    for step in plan.steps():
        events += writer.events(step)
        if len(events) >= most:
            break
    del events[most:]
    return Ledger(tuple(events), 0 if total is None else total - len(events))


class _Writer:
    """Writes the events of one step after the other.

    Parameters
    ----------
    result : Result
    plan : Plan
    few : mapping or None
        Group → neurons that are looked at, the first of those groups that it leaves out; None for all neurons.
    """

    def __init__(self, result, plan, few):
        self._result, self._plan, self._experiment = result, plan, result.experiment
        self._words = Words(result.experiment)
        self._watched = {
            group.name: _watched(group, result, few) for group in result.experiment.groups
        }
        self._held_until = {}  # (group, neuron) → last step
        self._values = {}  # (group, state, neuron) → value in the course of the present step
        self._sums = {}  # step → (group, state, neuron) → what arrives, and in how many parts

    def events(self, step):
        """The events of a step, in the order of the step loop."""
        self._values = {}
        self._sums = {key: value for key, value in self._sums.items() if key >= step}
        return [
            *self._released(step),
            *self._fired(step),
            *self._delivered(step),
            *self._reset(step),
        ]

    def _event(self, kind, step, group, neuron, state="", **values):
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

    def _time(self, step):
        return float(f"{step * self._experiment.dt:.12g}")

    def _seen(self, group, neurons):
        """Those of the neurons that are looked at."""
        watched = self._watched[group]
        return (neurons if watched is None else neurons[watched[neurons]]).tolist()

    def _is_seen(self, group, neuron):
        return self._watched[group] is None or self._watched[group][neuron]

    def _recorded(self, group, state, neuron, step):
        return float(
            self._result.recorded[group][step, self._plan.rules[group].states.index(state), neuron]
        )

    def _crossing(self, group, neuron, step):
        """States of a neuron that fires in this step, as the threshold saw them; None for one that does not."""
        for name, neurons, place in self._plan.firings.get(step, ()):
            if name == group:
                at = int(neurons.searchsorted(neuron))
                if at < len(neurons) and neurons[at] == neuron:
                    return self._result.crossings[group][place][:, at]
        return None

    def _arriving(self, step):
        """What arrives in a step: (group, state, neuron) → sum and number of its parts."""
        if step not in self._sums:
            found = self._sums[step] = {}
            for connection, sources, _ in self._plan.arrivals.get(step, ()):
                for source in sources.tolist():
                    for target, weight in self._row(connection, source):
                        key = connection.target, connection.state, target
                        total, parts = found.get(key, (0.0, 0))
                        found[key] = total + weight, parts + 1
        return self._sums[step]

    def _row(self, connection, source):
        targets, weights = self._result.rows[connection.name].row(source)
        watched = self._watched[connection.target]
        if watched is not None:
            targets, weights = targets[watched[targets]], weights[watched[targets]]
        return zip(targets.tolist(), weights.tolist())

    def _is_held(self, group, neuron, step):
        return self._held_until.get((group, neuron), -1) >= step

    def _integrated(self, group, state, neuron, step):
        """A value after integration, before anything arrives; that of a variable that is held is what it is held at."""
        rules, crossing = self._plan.rules[group], self._crossing(group, neuron, step)
        if crossing is not None:
            return float(crossing[rules.states.index(state)])
        value = self._recorded(group, state, neuron, step)
        if state == rules.held_state and self._is_held(group, neuron, step):
            return value
        return value - self._arriving(step).get((group, state, neuron), (0.0, 0))[0]

    def _value(self, group, state, neuron, step):
        key = group, state, neuron
        if key not in self._values:
            self._values[key] = self._integrated(group, state, neuron, step)
        return self._values[key]

    def _released(self, step):
        for group, neurons in self._plan.releases.get(step, ()):
            for neuron in self._seen(group, neurons):
                yield self._release(step, group, neuron)

    def _release(self, step, group, neuron):
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

    def _fired(self, step):
        for group, neurons, _ in self._plan.firings.get(step, ()):
            for neuron in self._seen(group, neurons):
                if group in self._plan.rules:
                    yield self._threshold(step, group, neuron)
                elif group not in self._plan.at_once:
                    yield self._event("spike", step, group, neuron)

    def _threshold(self, step, group, neuron):
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
        values = condition_values(
            self._experiment,
            self._experiment.group(group),
            neuron,
            self._crossing(group, neuron, step).tolist(),
            self._time(step) * 1e-3,
        )
        return self._event("threshold", step, group, neuron, values=values)

    def _delivered(self, step):
        done = {}
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

    def _delivery(self, step, key, weight, over, is_last):
        group, state, neuron = key
        before = self._value(group, state, neuron, step)
        held = (
            state == self._plan.rules[group].held_state
            and self._is_held(group, neuron, step)
            and self._crossing(group, neuron, step) is None
        )
        after = self._values[key] = before if held else before + weight
        until = self._held_until.get((group, neuron), -1)
        outcome, checked = (
            ("held", None) if held else self._outcome(step, key, after, weight > 0 and is_last)
        )
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

    def _outcome(self, step, key, after, may_fire):
        """What becomes of a delivery, and what the threshold sees of it in the next step."""
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

    def _reset(self, step):
        for group, neurons, _ in self._plan.firings.get(step, ()):
            rules = self._plan.rules.get(group)
            for neuron in self._seen(group, neurons) if rules else ():
                for state in rules.reset:
                    before, after = (
                        self._value(group, state, neuron, step),
                        self._recorded(group, state, neuron, step),
                    )
                    amount = after - before if rules.is_addition(state) else None
                    yield self._event(
                        "reset",
                        step,
                        group,
                        neuron,
                        state,
                        before=before,
                        amount=amount,
                        after=after,
                    )
        # All resets come first, as in the step loop; then those who fired are held.
        for group, neurons, _ in self._plan.firings.get(step, ()):
            rules = self._plan.rules.get(group)
            for neuron in self._seen(group, neurons) if rules and rules.hold else ():
                self._held_until[group, neuron] = step + rules.hold
                value = (
                    self._recorded(group, rules.held_state, neuron, step)
                    if rules.held_state
                    else None
                )
                yield self._event(
                    "hold",
                    step,
                    group,
                    neuron,
                    rules.held_state,
                    before=value,
                    after=value,
                    until=self._time(step + rules.hold),
                )


def _watched(group, result, few):
    """Whether each neuron of a group is looked at, as an array; None where all are."""
    recorded = group.size if isinstance(group, Inputs) else result.recorded[group.name].shape[2]
    if few is None and recorded == group.size:
        return None
    chosen = range(recorded) if few is None else few.get(group.name, range(MOST_NEURONS))
    watched = np.zeros(group.size, dtype=bool)
    watched[[neuron for neuron in chosen if neuron < recorded]] = True
    return watched
