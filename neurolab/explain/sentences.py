"""Events in words: what a student reads at a moment of the run."""

from typing import TypeAlias

from ..experiment.checked import model_of
from ..experiment.experiment import Experiment
from ..experiment.step_counts import steps_of
from ..experiment.typed_values import format_number
from ..model.compilation import compile_model
from ..model.expressions import parse_expression
from .amounts import amounts, apart, time_text, with_unit
from .events import Event
from .threshold_levels import threshold_level

_Level: TypeAlias = tuple[str, float, str]


class Words:
    """Names, units and sentences for the events of one experiment.

    Parameters
    ----------
    experiment : Experiment
    """

    def __init__(self, experiment: Experiment) -> None:
        self._experiment = experiment
        self._several = len(experiment.neurons) > 1
        self._units: dict[tuple[str, str], tuple[str, float]] = {}
        self._levels: dict[str, _Level | None] = {}

    def unit(self, group: str, state: str) -> tuple[str, float]:
        """Return the unit in which a state variable is shown, and its size in SI units."""
        if (group, state) not in self._units:
            checked = model_of(self._experiment, self._experiment.neurons_of(group))
            self._units[group, state] = checked.unit(state), checked.factor(state)
        return self._units[group, state]

    def level(self, group: str) -> _Level | None:
        """Return the `threshold_level` of a group."""
        if group not in self._levels:
            self._levels[group] = threshold_level(
                self._experiment, self._experiment.neurons_of(group)
            )
        return self._levels[group]

    def time(self, milliseconds: float) -> str:
        """Write a time with as many decimals as the time step has."""
        return time_text(milliseconds, self._experiment.dt)

    def label(self, group: str, state: str, neuron: int) -> str:
        """Name a variable of a neuron: ``'Va[0]'``, or ``'cells.Va[0]'`` in several groups."""
        return f"{group}.{state}[{neuron}]" if self._several else f"{state}[{neuron}]"

    def cause(self, event: Event) -> str:
        """Write `Event.cause`."""
        return getattr(self, f"_{event.kind}_cause")(event)

    def numbers(self, event: Event) -> str:
        """Write `Event.numbers`."""
        return getattr(self, f"_{event.kind}_numbers")(event)

    def verdict(self, event: Event) -> str:
        """Write `Event.verdict`."""
        return getattr(self, f"_{event.outcome}_verdict")(event) if event.outcome else ""

    def title(self, event: Event) -> str:
        """Write `Event.title`."""
        if event.kind in ("delivery", "nothing"):
            return f"{event.sender} {event.source} over {event.connection}"
        done = {"reset": "is reset", "hold": "is refractory", "release": "is free again"}.get(
            event.kind, "fires"
        )
        return f"{event.group} {event.neuron} {done}"

    def _own_label(self, event: Event) -> str:
        return self.label(event.group, event.state, event.neuron)

    def _way(self, event: Event) -> str:
        """Name the neuron that fired and the row of the matrix."""
        neuron = f"{event.sender} {event.source}"
        row = f"row {event.source} of {event.connection}"
        if event.fired == event.time:
            return f"{neuron} fires → {row}"
        return f"the spike of {neuron} at {self.time(_given(event.fired))} ms arrives → {row}"

    def _spike_cause(self, event: Event) -> str:
        return f"{event.group} {event.neuron} fires"

    def _spike_numbers(self, event: Event) -> str:
        outgoing = [c for c in self._experiment.connections if c.source == event.group]
        if not outgoing:
            return "it has no outgoing connections"
        dt = self._experiment.dt
        arrivals = [
            f"over {each.name} at "
            f"{self.time(event.time + steps_of(each.delay, self._experiment) * dt)} ms"
            for each in outgoing
        ]
        return f"its spike arrives {' and '.join(arrivals)}"

    def _delivery_cause(self, event: Event) -> str:
        return f"{self._way(event)} → {self._own_label(event)}"

    def _delivery_numbers(self, event: Event) -> str:
        if event.outcome == "held":
            held, lost = amounts(
                [_shown(event, event.before), _shown(event, event.amount)], event.unit
            )
            return f"held at {held}, so the {lost} input has no effect"
        return self._sum(event)

    def _sum(self, event: Event) -> str:
        amount = _shown(event, event.amount)
        values = [_shown(event, event.before), abs(amount), _shown(event, event.after)]
        before, size, after = amounts(values, event.unit, exact=amount)
        return f"{before} {'−' if amount < 0 else '+'} {size} = {after}"

    def _nothing_cause(self, event: Event) -> str:
        if self._width(event) > 1:
            return f"{self._way(event)} is all 0"
        return f"{self._way(event)}: {event.connection}[{event.source}, 0] = 0"

    def _nothing_numbers(self, event: Event) -> str:
        return f"{event.state} does not change"

    def _width(self, event: Event) -> int:
        return self._experiment.group(self._experiment.connection(event.connection).target).size

    def _threshold_cause(self, event: Event) -> str:
        if not event.state:
            known = ", ".join(
                f"{name} = {with_unit(f'{value:.4g}'.replace('-', '−'), unit)}"
                for name, value, unit in event.values
            )
            condition = (
                f"{' '.join(self._experiment.neurons_of(event.group).threshold.split())} is true"
            )
            return f"{known} → {condition}" if known else condition
        name = self._level_name(event)
        level = f"the threshold {name}" if name else "its threshold"
        return f"{event.state} of {event.group} {event.neuron} is above {level}"

    def _threshold_numbers(self, event: Event) -> str:
        if not event.state:
            return f"{event.group} {event.neuron} fires"
        after = _given(event.after)
        value, level = self._compared(event, after)
        sign = ">" if after > self._own_level(event)[1] else "≥"
        return f"{value} {sign} {level.split(' = ')[-1]}, so it fires"

    def _compared(self, event: Event, value: float) -> tuple[str, str]:
        """Write a value with enough digits to tell it from the threshold, and the threshold."""
        level = float(f"{_shown(event, self._own_level(event)[1]):.12g}")
        written = with_unit(format_number(level).replace("-", "−"), event.unit)
        name = self._level_name(event)
        if name:
            written = f"{name} = {written}"
        return apart(_shown(event, value), level, event.unit), written

    def _own_level(self, event: Event) -> _Level:
        """Return the level of a group whose events name it."""
        level = self.level(event.group)
        assert level is not None
        return level

    def _level_name(self, event: Event) -> str:
        """Return the level as the threshold names it; empty if it is only a number."""
        label = self._own_level(event)[2]
        parameters = {item.name for item in self._experiment.parameters}
        return label if parse_expression(label).names & parameters else ""

    def _reset_cause(self, event: Event) -> str:
        neuron = f"{event.group} {event.neuron}"
        return f"{neuron} fires → reset {self._assignments(event)} → {self._own_label(event)}"

    def _assignments(self, event: Event) -> str:
        group = self._experiment.neurons_of(event.group)
        reset = compile_model(group.equations, group.threshold, group.reset).reset
        return "; ".join(
            f"{item.variable} {'+=' if item.adds else '='} {item.expression.text}"
            for item in reset
            if item.variable == event.state
        )

    def _reset_numbers(self, event: Event) -> str:
        if event.amount is not None:
            return self._sum(event)
        values = [_shown(event, event.before), _shown(event, event.after)]
        return " → ".join(amounts(values, event.unit))

    def _hold_cause(self, event: Event) -> str:
        group = self._experiment.neurons_of(event.group)
        period = format_number(group.refractory)
        refractory = f"{event.group} {event.neuron} fires → refractory for {period} ms"
        return f"{refractory} → {self._own_label(event)}" if event.state else refractory

    def _hold_numbers(self, event: Event) -> str:
        if not event.state:
            return f"it does not fire before {self._end(event)} ms"
        held = amounts([_shown(event, event.after)], event.unit)[0]
        return f"held at {held} until {self._end(event)} ms"

    def _end(self, event: Event) -> str:
        """Write the last moment of a refractory period."""
        return self.time(_given(event.until))

    def _release_cause(self, event: Event) -> str:
        free = f"{event.group} {event.neuron} is no longer refractory"
        return f"{free} → {self._own_label(event)}" if event.state else free

    def _release_numbers(self, event: Event) -> str:
        if not event.state:
            return "it may fire again"
        return f"released at {amounts([_shown(event, event.before)], event.unit)[0]}"

    def _below_verdict(self, event: Event) -> str:
        after = _given(event.after)
        value, level = self._compared(event, after)
        relation = "not above" if after == self._own_level(event)[1] else "below"
        return f"{value} is {relation} {level}, so no spike"

    def _sank_verdict(self, event: Event) -> str:
        seen, level = self._compared(event, _given(event.checked))
        return (
            f"that is above {level}, but the simulation checks the threshold one step later. By then "
            f"{event.state} has decayed to {seen}, so no spike. (A smaller dt would change this.)"
        )

    def _fires_verdict(self, event: Event) -> str:
        next_step = self.time(event.time + self._experiment.dt)
        fires = f"{event.group} {event.neuron} fires in the next step, at {next_step} ms"
        after = _given(event.after)
        if after <= self._own_level(event)[1]:
            return fires
        value, level = self._compared(event, after)
        return f"{value} is above {level}: {fires}"

    def _overwritten_verdict(self, event: Event) -> str:
        neuron = f"{event.group} {event.neuron}"
        return f"{neuron} fires in this same step, so the reset overwrites this input"

    def _held_verdict(self, event: Event) -> str:
        return f"{event.group} {event.neuron} is refractory until {self._end(event)} ms"

    def _refractory_verdict(self, event: Event) -> str:
        return f"{self._held_verdict(event)}, so no spike"


def _given(value: float | None) -> float:
    """Return a number that every event of this kind has."""
    assert value is not None
    return value


def _shown(event: Event, value: float | None) -> float:
    """Return a number that every event of this kind has, in the unit in which it is shown."""
    return _given(value) / event.factor
