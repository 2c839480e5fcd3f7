"""Events in words: what a student reads at a moment of the run."""

import math

from ..experiment.step_counts import steps_of
from ..experiment.typed_values import format_number
from ..experiment.validate import model_of
from ..model.compilation import compile_model
from ..model.expressions import parse_expression
from ..units import display_factor, display_unit
from .threshold_levels import threshold_level

_DIGITS = 3
_MOST_DECIMALS = 6
# A weight is shown in full up to so many decimals, so that the sum that is shown is right in its last digit.
_MOST_WEIGHT_DECIMALS = 4


class Words:
    """Names, units and sentences for the events of one experiment.

    Parameters
    ----------
    experiment : Experiment
    """

    def __init__(self, experiment):
        self._experiment = experiment
        self._several = len(experiment.neurons) > 1
        self._units, self._levels = {}, {}

    def unit(self, group, state):
        """Unit in which a state variable is shown, and what one such unit is in SI units."""
        found = self._units.get((group, state))
        if found is None:
            dimension = model_of(self._experiment, self._experiment.group(group))[1][state]
            found = self._units[group, state] = display_unit(dimension), display_factor(dimension)
        return found

    def level(self, group):
        """What `threshold_level` gives for a group."""
        if group not in self._levels:
            self._levels[group] = threshold_level(self._experiment, self._experiment.group(group))
        return self._levels[group]

    def time(self, milliseconds):
        """A time with as many decimals as the time step has."""
        return time_text(milliseconds, self._experiment.dt)

    def label(self, group, state, neuron):
        """A variable of a neuron: ``'Va[0]'``, with the group in front where there are several."""
        return f"{group}.{state}[{neuron}]" if self._several else f"{state}[{neuron}]"

    def cause(self, event):
        """See `Event.cause`."""
        return getattr(self, f"_{event.kind}_cause")(event)

    def numbers(self, event):
        """See `Event.numbers`."""
        return getattr(self, f"_{event.kind}_numbers")(event)

    def verdict(self, event):
        """See `Event.verdict`."""
        return getattr(self, f"_{event.outcome}_verdict")(event) if event.outcome else ""

    def title(self, event):
        """See `Event.title`."""
        if event.kind in ("delivery", "nothing"):
            return f"{event.sender} {event.source} over {event.connection}"
        done = {"reset": "is reset", "hold": "is refractory", "release": "is free again"}.get(
            event.kind, "fires"
        )
        return f"{event.group} {event.neuron} {done}"

    def _own_label(self, event):
        return self.label(event.group, event.state, event.neuron)

    def _way(self, event):
        """From the neuron that fired to the row of the matrix."""
        neuron, row = f"{event.sender} {event.source}", f"row {event.source} of {event.connection}"
        if event.fired == event.time:
            return f"{neuron} fires → {row}"
        return f"the spike of {neuron} at {self.time(event.fired)} ms arrives → {row}"

    def _spike_cause(self, event):
        return f"{event.group} {event.neuron} fires"

    def _spike_numbers(self, event):
        outgoing = [c for c in self._experiment.connections if c.source == event.group]
        if not outgoing:
            return "no connection leads on from it"
        dt, delays = self._experiment.dt, [steps_of(c.delay, self._experiment) for c in outgoing]
        arrivals = [
            f"over {c.name} at {self.time(event.time + steps * dt)} ms"
            for c, steps in zip(outgoing, delays)
        ]
        return f"its spike arrives {' and '.join(arrivals)}"

    def _delivery_cause(self, event):
        return f"{self._way(event)} → {self._own_label(event)}"

    def _delivery_numbers(self, event):
        if event.outcome == "held":
            held, lost = amounts([event.shown(event.before), event.shown(event.amount)], event.unit)
            return f"held at {held}: {lost} is lost"
        return self._sum(event)

    def _sum(self, event):
        before, amount, after = map(event.shown, (event.before, event.amount, event.after))
        before, size, after = amounts([before, abs(amount), after], event.unit, exact=amount)
        return f"{before} {'−' if amount < 0 else '+'} {size} = {after}"

    def _nothing_cause(self, event):
        return f"{self._way(event)} is {'all ' if self._width(event) > 1 else ''}0"

    def _nothing_numbers(self, event):
        return f"adds nothing to {event.state}"

    def _width(self, event):
        return self._experiment.group(self._experiment.connection(event.connection).target).size

    def _threshold_cause(self, event):
        if not event.state:
            known = ", ".join(
                f"{name} = {_with_unit(f'{value:.4g}'.replace('-', '−'), unit)}"
                for name, value, unit in event.values
            )
            condition = f"{' '.join(self._experiment.group(event.group).threshold.split())} is true"
            return f"{known} → {condition}" if known else condition
        name = self._level_name(event)
        return f"{event.state} of {event.group} {event.neuron} is above {f'the threshold {name}' if name else 'its threshold'}"

    def _threshold_numbers(self, event):
        if not event.state:
            return f"{event.group} {event.neuron} fires"
        value, level = self._compared(event, event.after)
        sign = ">" if event.after > self.level(event.group)[1] else "≥"
        return f"{value} {sign} {level.split(' = ')[-1]}, so it fires"

    def _compared(self, event, value):
        """A value with enough digits to tell it from the threshold, and the threshold."""
        level = float(f"{event.shown(self.level(event.group)[1]):.12g}")
        written, name = (
            _with_unit(format_number(level).replace("-", "−"), event.unit),
            self._level_name(event),
        )
        return apart(
            event.shown(value), level, event.unit
        ), f"{name} = {written}" if name else written

    def _level_name(self, event):
        """The level as the threshold names it; empty where it is only a number."""
        label = self.level(event.group)[2]
        return (
            label
            if parse_expression(label).names & {item.name for item in self._experiment.parameters}
            else ""
        )

    def _reset_cause(self, event):
        return f"{event.group} {event.neuron} fires → reset {self._assignments(event)} → {self._own_label(event)}"

    def _assignments(self, event):
        group = self._experiment.group(event.group)
        reset = compile_model(group.equations, group.threshold, group.reset).reset
        return "; ".join(
            f"{item.variable} {'+=' if item.adds else '='} {item.expression.text}"
            for item in reset
            if item.variable == event.state
        )

    def _reset_numbers(self, event):
        before, after = map(event.shown, (event.before, event.after))
        if event.amount is None:
            return " → ".join(amounts([before, after], event.unit))
        return self._sum(event)

    def _hold_cause(self, event):
        group = self._experiment.group(event.group)
        refractory = f"{event.group} {event.neuron} fires → refractory for {format_number(group.refractory)} ms"
        return f"{refractory} → {self._own_label(event)}" if event.state else refractory

    def _hold_numbers(self, event):
        if not event.state:
            return f"it does not fire before {self.time(event.until)} ms"
        held = amounts([event.shown(event.after)], event.unit)[0]
        return f"held at {held} until {self.time(event.until)} ms"

    def _release_cause(self, event):
        free = f"{event.group} {event.neuron} is no longer refractory"
        return f"{free} → {self._own_label(event)}" if event.state else free

    def _release_numbers(self, event):
        if not event.state:
            return "it may fire again"
        return f"free again, from {amounts([event.shown(event.before)], event.unit)[0]}"

    def _below_verdict(self, event):
        value, level = self._compared(event, event.after)
        return f"{value} is {'not above' if event.after == self.level(event.group)[1] else 'below'} {level}: no spike"

    def _sank_verdict(self, event):
        seen, _ = self._compared(event, event.checked)
        return (
            f"that is above {self._compared(event, event.after)[1]}, but the threshold looks one step later: "
            f"by then it is {seen}, and there is no spike"
        )

    def _fires_verdict(self, event):
        fires = f"{event.group} {event.neuron} fires in the next step, at {self.time(event.time + self._experiment.dt)} ms"
        if event.after <= self.level(event.group)[1]:
            return fires
        value, level = self._compared(event, event.after)
        return f"{value} is above {level}: {fires}"

    def _overwritten_verdict(self, event):
        return f"{event.group} {event.neuron} fires in this very step: the reset overwrites what arrives"

    def _held_verdict(self, event):
        return f"{event.group} {event.neuron} is refractory until {self.time(event.until)} ms"

    def _refractory_verdict(self, event):
        return f"{event.group} {event.neuron} is refractory until {self.time(event.until)} ms: no spike"


def time_text(milliseconds, dt):
    """A time with as many decimals as the time step has: ``'4.0'``"""
    return f"{milliseconds:.{decimals_of(dt, _MOST_DECIMALS)}f}"


def decimals_of(value, most):
    """How many decimals it takes to write a number, at most `most`."""
    return next(
        (
            n
            for n in range(most)
            if math.isclose(round(value, n), value, rel_tol=1e-9, abs_tol=1e-12)
        ),
        most,
    )


def amounts(values, unit, exact=None):
    """Numbers with their unit, all with as many decimals as give the largest three digits.

    Parameters
    ----------
    values : list of float
        In the unit.
    unit : str
    exact : float, optional
        A number to be written in full, where it has not many more decimals.

    Returns
    -------
    list of str
    """
    largest = max(map(abs, values))
    if not 1e-3 <= largest < 1e6:
        return [_with_unit(_scientific(value), unit) for value in values]
    decimals = _decimals(largest)
    if exact is not None:
        decimals = max(decimals, decimals_of(exact, _MOST_WEIGHT_DECIMALS))
    return [_with_unit(_fixed(value, decimals), unit) for value in values]


def apart(value, level, unit):
    """A number with as many digits as it takes to tell it from another one."""
    decimals = _decimals(abs(value))
    while (
        value != level
        and decimals < 15
        and float(f"{value:.{decimals}f}") == float(f"{level:.{decimals}f}")
    ):
        decimals += 1
    return _with_unit(_fixed(value, decimals), unit)


def _decimals(largest):
    return (
        min(max(_DIGITS - 1 - math.floor(math.log10(largest)), 0), _MOST_DECIMALS) if largest else 0
    )


def _fixed(value, decimals):
    if value == 0:
        return "0"
    text = f"{value:.{decimals}f}"
    return text.replace("-", "" if float(text) == 0 else "−")


def _scientific(value):
    return f"{value:.3g}".replace("-", "−").replace("e+0", "e").replace("e−0", "e−")


def _with_unit(number, unit):
    return f"{number} {unit}".rstrip()
