"""The step loop: one for the script API and for experiments alike.

All numbers are SI floats. Step k begins at t = k·dt, and everything in it is stamped with that time.
"""

from typing import NoReturn

import numpy as np

from ..errors import RangeError
from ..grid import TOLERANCE, ratio, to_steps
from .undefined_values import Flag, blow_up, comparison_without_value, without_value

# A blow-up is looked for after this many steps: a check of 4000 neurons costs as much as a step.
_CHECK_EVERY = 100
_NOBODY = np.empty(0, dtype=int)


class Engine:
    """Groups, projections and recorders, and the loop that moves them on.

    Parameters
    ----------
    groups : sequence of Population, SpikeSource or PoissonSource
    projections : sequence of Projection
    recorders : sequence of StateRecorder or SpikeRecorder
    calls : Calls, optional
        What else is called within each step; their presence keeps the loop at one step at a time.

    Attributes
    ----------
    step : int
        The first step that is not done.
    begun : bool
        Whether the calls that begin this step are done.
    """

    def __init__(self, groups, projections=(), recorders=(), calls=None):
        self.groups = groups
        self.projections = projections
        self.recorders = recorders
        self.calls = calls
        # Calls that do nothing would be half of a small network's time: each part of a step goes to those it concerns.
        self._populations = [group for group in groups if isinstance(group, Population)]
        self._resetting = [population for population in self._populations if population.fires]
        self._scheduled = [*groups, *(projection for projection in projections if projection.delay)]
        for population in self._resetting:
            population.allow_for_rounding(
                [projection for projection in projections if projection.target is population]
            )

    def run(self, first, count, progress=None, begun=False):
        """Do the steps ``first … first + count - 1``, or fewer if a call changes what they were prepared for.

        Between two events nothing happens but integration, so a whole stretch is computed at once, up to and including
        the next step in which a spike is due; a step in which a neuron fires ends it early. With many neurons, or
        nonlinear models, the stretch is one step long.

        Raises
        ------
        BlowUpError
            A state variable is no finite number any more.
        """
        step, end, next_check = first, first + count, first + _CHECK_EVERY
        self.step, self.begun = first, begun
        if self.calls:
            self._run_with_calls(first, count, progress)
            return
        step_by_step = any(population.longest == 1 for population in self._populations)
        flag = Flag()
        with np.errstate(over="call", divide="call", invalid="call", under="ignore", call=flag):
            while step < end:
                stretch = 1 if step_by_step else self._steps_to_next_event(step, end)
                # 1. every group integrates its state, and it is decided who fires
                for population in self._populations:
                    stretch = population.integrate(step, stretch)
                now = step + stretch - 1
                for group in self.groups:
                    group.settle(now, stretch)
                if flag.raised:  # before a reset can hide it
                    self._check_values(now, stretch)
                # 2. every connection adds its weights for the sources that fired
                for projection in self.projections:
                    projection.deliver(now)
                # 3. resets
                for population in self._resetting:
                    population.reset(now)
                # 4. recorders look at all steps of the stretch
                for recorder in self.recorders:
                    recorder.record(step, stretch)
                self.step = step = now + 1
                if step >= next_check or step == end or flag.raised:
                    flag.raised = False
                    next_check = step + _CHECK_EVERY
                    self._check_finite(now)
                    if progress:
                        progress((step - first) / count)

    def _run_with_calls(self, first, count, progress):
        """The same steps one by one, with the calls between their parts."""
        calls = self.calls
        flag = Flag()
        watched = {
            "over": "call",
            "divide": "call",
            "invalid": "call",
            "under": "ignore",
            "call": flag,
        }
        for now in range(first, first + count):
            if not self.begun:
                calls.make("begin", now)
                self.begun = True
                if calls.outdated():
                    return
            with np.errstate(**watched):
                for population in self._populations:
                    population.integrate(now, 1)
                for group in self.groups:
                    group.settle(now, 1)
            if flag.raised:
                self._check_values(now, 1)
            calls.make("before connections", now)
            for projection in calls.projections(now):
                projection.deliver(now)
            for recorder in self.recorders:
                recorder.record(now, 1)
            calls.make("before resets", now)
            with np.errstate(**watched):
                for population in self._resetting:
                    population.reset(now)
            self.step, self.begun = now + 1, False
            calls.make("end", now)
            outdated = calls.outdated()
            if outdated or flag.raised or now % _CHECK_EVERY == 0 or now == first + count - 1:
                flag.raised = False
                self._check_finite(now)
                if progress:
                    progress((now + 1 - first) / count)
            if outdated:
                return

    def _steps_to_next_event(self, step, end):
        last = end - 1
        for part in self._scheduled:
            event = part.next_event(step)
            if event < last:
                last = event
        return last - step + 1

    def _check_values(self, now: int, count: int) -> None:
        """Raise if a state, or a side of a comparison, has no finite value in the stretch that ends with step `now`."""
        for population in self._populations:
            population.check_values(now, count)

    def _check_finite(self, now):
        for population in self._populations:
            population.check_finite(now)


class Population:
    """Neurons of one model, as the loop sees them.

    Parameters
    ----------
    name : str
        For messages.
    model : Model
    constants : mapping
        SI values of the model's external names and parameters.
    stepper : integrator
    state : ndarray, shape (states, neurons)
        Initial values; written back by `finish`.
    dt : float
    hold : int
        Refractory steps: as many steps after the firing step, the held variable (`Model.held_row`) stays at its reset
        value; in all of them but the last, the neuron does not fire.
    clamps : bool
        Whether the held variable stays at its reset value; if not, only spikes are suppressed.

    Attributes
    ----------
    spikes : ndarray of int
        Who fires in the present step.
    crossing : ndarray, shape (rows, neurons that fire)
        Their states as the threshold saw them, before deliveries and reset; where `keeps_crossings` is set.
    """

    def __init__(self, name, model, constants, stepper, state, dt, hold=0, clamps=True):
        self.name = name
        self.spikes = _NOBODY
        self.crossing, self.keeps_crossings = None, False
        self._state = state
        self._held_row, self._held_until, self._held_value = None, None, None
        self._last_held, self._still_held = -1, 0.0
        self.bind(model, constants, stepper, dt, hold, clamps)

    def bind(self, model, constants, stepper, dt, hold=0, clamps=True):
        """Take other numbers, or another threshold and reset; the state and who is held stay as they are."""
        self.model, self._constants, self._stepper, self._dt, self._hold = (
            model,
            constants,
            stepper,
            dt,
            hold,
        )
        self._numerator, self._denominator = ratio(dt)
        state, size = self._state, self.size
        # Two buffers in turn: a matrix product cannot write over its own operand.
        buffers = np.empty((2, stepper.longest, stepper.rows, size))
        buffers[:, :, len(state) :] = 1.0
        self._block, self._other = buffers
        self._block[0, : len(state)] = state
        self.current = self._block[0]
        self.fires = model.threshold is not None
        self._threshold_env = dict(constants)
        self._level = self._compared = None
        if model.level:
            row, comparison, level = model.level
            self._level = row, comparison, self._finite(level.evaluate(constants))
            self._compared = self._level
        self._above = np.zeros((stepper.longest, size), dtype=bool)
        # A reset to a constant is the same for every spike.
        self._reset_values = [
            float(expression.evaluate(constants)) if self._is_constant(expression) else None
            for _, _, expression in model.reset_rows
        ]
        held_row = model.held_row if clamps else None
        if hold and self._held_until is None:
            self._held_until, self._held_value = np.full(size, -1), np.zeros(size)
        elif self._held_row != held_row is not None and self._held_until is not None:
            self._held_value = state[held_row].copy()
        self._held_row = held_row

    def _finite(self, level):
        if not np.isfinite(level).all():
            raise RangeError(
                f"'{self.model.threshold.text}' compares with {level}",
                where="threshold",
                expected="a finite value",
            )
        return np.asarray(level)  # numpy compares with its own numbers in half the time

    def allow_for_rounding(self, projections):
        """Compare with the level such that sums which equal it, up to rounding errors, are neither above nor below.

        Parameters
        ----------
        projections : list of Projection
            Those that lead to it: rounding errors are as large as the largest weights that are added up.
        """
        if not self._level:
            return
        row, comparison, level = self._level
        largest = max([one.largest for one in projections if one.row == row], default=0.0)
        largest = max(largest, np.maximum.reduce(np.absolute(self.current[row])))
        margin = TOLERANCE * (abs(level) + largest)
        self._compared = (
            row,
            comparison,
            level + margin if comparison is np.greater else level - margin,
        )

    @property
    def constants(self):
        """SI values of the model's external names and parameters."""
        return self._constants

    @property
    def size(self):
        return self._state.shape[1]

    @property
    def longest(self):
        """How many steps can be done at once."""
        return self._stepper.longest

    def block(self, count):
        """States after each step of the stretch just done: shape (steps, rows, neurons)."""
        return self._block[:count]

    def static_values(self, name, step, count):
        """Values of a static equation or parameter after each step of the stretch just done: shape (steps, neurons)."""
        env = {**self._constants, "t": self._times(step, count), "xi": 0.0}
        for row, state in enumerate(self.model.states):
            env[state] = self._block[:count, row]
        for static, expression in self.model.statics:
            env[static] = expression.evaluate(env)
        values = np.broadcast_to(env[name], (count, self.size))
        if not np.isfinite(values).all():
            self._refuse_missing(values, step)
        return values

    def _refuse_missing(self, values, step):
        """Raise for the first static equation that has no value in the stretch just done."""
        index, neuron = np.argwhere(~np.isfinite(values))[0].tolist()
        time = (step + index) * self._dt
        known = {
            **self._constants,
            "xi": 0.0,
            "t": time,
            **dict(zip(self.model.states, self._block[index])),
        }
        error = without_value(self.model, known, neuron, self.name, time)
        if error:
            raise error

    def _times(self, step, count):
        """Times of the steps of a stretch, as a column."""
        return (step + np.arange(count)[:, None]) * self._numerator / self._denominator

    def next_event(self, step):
        """Last step that one stretch from `step` can reach."""
        return step if step <= self._last_held else step + self.longest - 1

    def integrate(self, step, count):
        """Fill the block with up to `count` steps; return how many it takes until the first firing, included."""
        self._block, self._other = self._other, self._block
        self._stepper.advance(
            self.current, self._block, count, step * self._numerator / self._denominator
        )
        if not self.fires:
            return count
        above = self._above[:count]
        self._compare(step, count, above)
        if count == 1:
            return 1
        first = int(
            above.argmax()
        )  # counted through all neurons of all steps; 0 where nobody is above
        return first // above.shape[1] + 1 if above.item(first) else count

    def _compare(self, step, count, above):
        """Who is above threshold at each step: booleans, shape (steps, neurons)."""
        if self._compared:
            row, comparison, level = self._compared
            comparison(self._block[:count, row], level, out=above)
        else:
            above[:] = self._condition(step, count)  # of the time alone it has one column
        if step <= self._last_held:
            above &= self._held_until <= step

    def _condition(self, step, count):
        names, rows, statics = self.model.threshold_needs
        env = self._threshold_env
        for name, row in rows:
            env[name] = self._block[:count, row]
        if "t" in names:
            env["t"] = self._times(step, count)
        for name, expression in statics:
            env[name] = expression.evaluate(env)
        return self.model.threshold.evaluate(env)

    def settle(self, now, count):
        """Take the state after `count` steps as the current one, and note who fires in the last."""
        self.current = self._block[count - 1]
        if self.fires:
            self.spikes = self._above[count - 1].nonzero()[0]
            if self.keeps_crossings and len(self.spikes):
                self.crossing = self.current[:, self.spikes]

    def reset(self, now):
        """Reset the neurons that fired and hold those that are refractory."""
        spikes = self.spikes
        if len(spikes):
            self._assign(spikes, now)
            if self._hold:
                self._held_until[spikes] = self._last_held = now + self._hold
                if self._held_row is not None:
                    self._held_value[spikes] = self.current[self._held_row, spikes]
        if now <= self._last_held and self._held_row is not None:
            held = self._held_until >= now
            self.current[self._held_row, held] = self._held_value[held]

    def _assign(self, spikes, now):
        for (row, adds, expression), value in zip(self.model.reset_rows, self._reset_values):
            if value is None:
                value = expression.evaluate(self._reset_environment(spikes, now))
            values = self.current[row]
            if adds:
                values[spikes] += value
            else:
                values[spikes] = value

    def _is_constant(self, expression):
        constants = self._constants
        return all(name in constants and np.ndim(constants[name]) == 0 for name in expression.names)

    def _reset_environment(self, spikes, now):
        """Values of all names for the neurons that fire, as the statements before have left them."""
        env = {
            name: value[spikes] if np.ndim(value) else value
            for name, value in self._constants.items()
        }
        env["t"], env["xi"] = now * self._numerator / self._denominator, 0.0
        for name, row in zip(self.model.states, self.current):
            env[name] = row[spikes]
        for name, expression in self.model.statics:
            env[name] = expression.evaluate(env)
        return env

    def check_values(self, now: int, count: int) -> None:
        """Raise if a state, or a side of a comparison, has no finite value in the stretch that ends with step `now`.

        Parameters
        ----------
        now : int
        count : int
            Steps of the stretch.

        Raises
        ------
        BlowUpError, NoValueError
        """
        for index in range(count):
            state = self._block[index]
            step = now - count + 1 + index
            if not np.isfinite(state).all():
                self._refuse_state(state, step)
            if self.model.compared:
                self._check_compared(state, step)

    def _check_compared(self, state: np.ndarray, step: int) -> None:
        time = step * self._numerator / self._denominator
        known = {**self._constants, "xi": 0.0, "t": time, **dict(zip(self.model.states, state))}
        error = comparison_without_value(self.model, known, self.size, self.name, time)
        if error:
            raise error

    def check_finite(self, now):
        """Raise if a state is infinite or no number."""
        if not np.isfinite(self.current).all():
            self._refuse_state(self.current, now)

    def _refuse_state(self, state: np.ndarray, now: int) -> NoReturn:
        row, neuron = np.argwhere(~np.isfinite(state))[0].tolist()
        raise blow_up(
            self.model, self.name, neuron, row, self._situations(state, now), now * self._dt
        )

    def _situations(self, state: np.ndarray, now: int) -> list[dict]:
        """Values of all names with which the formulas were evaluated in the last step, as far as they are known."""
        before = self._other[0]
        stages = getattr(self._stepper, "stages", None)
        states = stages(before, now * self._dt) if stages and np.isfinite(before).all() else []
        states.append((np.where(np.isfinite(state), state, before), now * self._dt))
        return [
            {**self._constants, "xi": 0.0, "t": time, **dict(zip(self.model.states, state))}
            for state, time in states
        ]

    def start(self, step):
        """Take the state from the array that was given, as it is now; who is held stays so from this step on."""
        self.current[: len(self._state)] = self._state
        if self._held_until is not None:
            steps = to_steps(self._still_held, self._dt)
            self._held_until[:] = np.where(steps > 0, step - 1 + steps, -1)
            self._last_held = int(self._held_until.max())

    def finish(self, end):
        """Write the state back into the array that was given, and note how much longer (s) neurons are held."""
        self._state[:] = self.current[: len(self._state)]
        if self._held_until is not None:
            self._still_held = np.maximum(self._held_until + 1 - end, 0) * self._dt

    def take_over(self, other):
        """Hold those whom another population of the same neurons holds."""
        self._still_held = other._still_held
        if other._held_until is not None and self._held_until is not None:
            self._held_value[:] = other._held_value

    def release(self):
        """Hold nobody any more."""
        self._still_held = 0.0
