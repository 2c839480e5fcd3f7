"""A population: the neurons of one model, with threshold, reset and refractory period."""

from collections.abc import Sequence

import numpy as np

from ..array_types import BoolArray, Constants, FloatArray, IntArray
from ..errors import RangeError
from ..grid import TOLERANCE, Seconds, Steps, ratio
from ..model.model import Model
from .integrator import Integrator
from .projection import Projection
from .refractoriness import Refractoriness
from .reset_assignments import ResetAssignments
from .value_checks import ValueChecks

_NO_NEURONS = np.empty(0, dtype=int)


class Population:
    """Neurons of one model, as the step loop sees them.

    Parameters
    ----------
    name : str
        For messages.
    model : Model
    constants : mapping
        SI values of the model's external names and parameters.
    stepper : Integrator
    state : ndarray, shape (states, neurons)
        Initial values; `finish` writes the final values into it.
    dt : float
        Time step, in seconds.
    hold : int
        Refractory period, in steps. In as many steps after a spike, the held variable
        (`Model.held_row`) stays at its reset value; in all of them but the last, the neuron does
        not fire.
    clamps : bool
        Whether the held variable stays at its reset value; if not, only spikes are suppressed.

    Attributes
    ----------
    current : ndarray, shape (rows, neurons)
        The present state.
    spikes : ndarray of int
        Numbers of the neurons that fire in the present step.
    crossing : ndarray, shape (rows, neurons that fire)
        Their states when the threshold was checked, before deliveries and reset; only if
        `keeps_crossings` is true.
    """

    def __init__(
        self,
        name: str,
        model: Model,
        constants: Constants,
        stepper: Integrator,
        state: FloatArray,
        dt: Seconds,
        hold: Steps = 0,
        clamps: bool = True,
    ) -> None:
        self.name = name
        self.spikes: IntArray = _NO_NEURONS
        self.crossing: FloatArray = np.empty((0, 0))
        self.keeps_crossings = False
        self._state = state
        self._refractoriness = Refractoriness(self.size)
        self.bind(model, constants, stepper, dt, hold, clamps)

    def bind(
        self,
        model: Model,
        constants: Constants,
        stepper: Integrator,
        dt: Seconds,
        hold: Steps = 0,
        clamps: bool = True,
    ) -> None:
        """Take other constants, or another threshold and reset; the state stays as it is.

        Refractory neurons stay refractory.
        """
        self.model = model
        self._constants = constants
        self._stepper = stepper
        self._dt = dt
        self._numerator, self._denominator = ratio(dt)
        self._checks = ValueChecks(self.name, model, constants, stepper, self.size, dt)
        self._allocate_blocks()
        self._bind_threshold()
        self._assignments = ResetAssignments(model, constants)
        self._refractoriness.bind(hold, model.held_row if clamps else None, self._state)

    def _allocate_blocks(self) -> None:
        """Make room for the states of one stretch, in two buffers.

        The loop uses the buffers in turn, as a matrix product cannot write over its own operand.
        """
        states = len(self._state)
        stepper = self._stepper
        buffers = np.empty((2, stepper.longest, stepper.rows, self.size))
        buffers[:, :, states:] = 1.0
        self._block, self._other = buffers
        self._block[0, :states] = self._state
        self.current: FloatArray = self._block[0]
        self._above: BoolArray = np.zeros((stepper.longest, self.size), dtype=bool)

    def _bind_threshold(self) -> None:
        self.fires = self.model.threshold is not None
        self._threshold_env = dict(self._constants)
        self._level: tuple[int, np.ufunc, FloatArray] | None = None
        if self.model.level:
            row, comparison, level = self.model.level
            self._level = row, comparison, self._finite(level.evaluate(self._constants))
        self._compared = self._level

    def _finite(self, level: float | FloatArray) -> FloatArray:
        if not np.isfinite(level).all():
            text = self.model.threshold.text if self.model.threshold else ""
            raise RangeError(
                f"'{text}' compares with {level}.",
                where="threshold",
                mend="Compare with a finite value.",
            )
        return np.asarray(level)  # numpy compares with its own numbers in half the time

    def allow_for_rounding(self, projections: Sequence[Projection]) -> None:
        """Shift the threshold by a margin for rounding errors.

        A sum that equals the threshold up to rounding errors is then neither above nor below it.

        Parameters
        ----------
        projections : sequence of Projection
            Those that lead to this population. Rounding errors are as large as the largest weights
            that are added.
        """
        if not self._level:
            return
        row, comparison, level = self._level
        largest = max((one.largest for one in projections if one.row == row), default=0.0)
        largest = max(largest, np.maximum.reduce(np.absolute(self.current[row])))
        margin = TOLERANCE * (abs(level) + largest)
        shifted = level + margin if comparison is np.greater else level - margin
        self._compared = row, comparison, shifted

    @property
    def constants(self) -> Constants:
        """SI values of the model's external names and parameters."""
        return self._constants

    @property
    def size(self) -> int:
        """Number of neurons."""
        return self._state.shape[1]

    @property
    def longest(self) -> int:
        """How many steps can be done at once."""
        return self._stepper.longest

    def block(self, count: int) -> FloatArray:
        """Return the states after each of the last `count` steps, shape (steps, rows, neurons)."""
        return self._block[:count]

    def static_values(self, name: str, step: Steps, count: int) -> FloatArray:
        """Compute a static equation or parameter after each step of the stretch just done.

        Returns
        -------
        ndarray, shape (steps, neurons)

        Raises
        ------
        NoValueError, BlowUpError
            The formula has no finite value.
        """
        env = {**self._constants, "t": self._times(step, count), "xi": 0.0}
        for row, state in enumerate(self.model.states):
            env[state] = self._block[:count, row]
        for static, expression in self.model.statics:
            env[static] = expression.evaluate(env)
        values: FloatArray = np.broadcast_to(env[name], (count, self.size))
        if not np.isfinite(values).all():
            self._checks.refuse_static_values(values, self._block, step)
        return values

    def _times(self, step: Steps, count: int) -> FloatArray:
        """Return the times of the steps of a stretch, as a column."""
        return (step + np.arange(count, dtype=float)[:, None]) * self._numerator / self._denominator

    def next_event(self, step: Steps) -> Steps:
        """Return the last step that one stretch from `step` can reach."""
        return step if step <= self._refractoriness.last else step + self.longest - 1

    def integrate(self, step: Steps, count: int) -> int:
        """Compute up to `count` steps; return how many there are up to the first spike."""
        self._block, self._other = self._other, self._block
        time = step * self._numerator / self._denominator
        self._stepper.advance(self.current, self._block, count, time)
        if not self.fires:
            return count
        above = self._above[:count]
        self._compare(step, count, above)
        if count == 1:
            return 1
        # The index counts through all neurons of all steps; it is 0 if no neuron is above.
        first = int(above.argmax())
        return first // above.shape[1] + 1 if above.item(first) else count

    def _compare(self, step: Steps, count: int, above: BoolArray) -> None:
        """Set which neurons are above threshold at each step, shape (steps, neurons)."""
        if self._compared:
            row, comparison, level = self._compared
            comparison(self._block[:count, row], level, out=above)
        else:
            above[:] = self._condition(step, count)  # a function of time alone has one column
        if step <= self._refractoriness.last:
            self._refractoriness.exclude(above, step)

    def _condition(self, step: Steps, count: int) -> BoolArray:
        threshold, names, rows, statics = self.model.threshold_needs
        env = self._threshold_env
        for name, row in rows:
            env[name] = self._block[:count, row]
        if "t" in names:
            env["t"] = self._times(step, count)
        for name, expression in statics:
            env[name] = expression.evaluate(env)
        return threshold.evaluate(env)

    def settle(self, now: Steps, count: int) -> None:
        """Make the state after `count` steps the present one, and set which neurons fire in it."""
        self.current = self._block[count - 1]
        if self.fires:
            self.spikes = self._above[count - 1].nonzero()[0]
            if self.keeps_crossings and len(self.spikes):
                self.crossing = self.current[:, self.spikes]

    def reset(self, now: Steps) -> None:
        """Reset the neurons that fired and hold those that are refractory."""
        spikes = self.spikes
        refractoriness = self._refractoriness
        if len(spikes):
            self._assign(spikes, now)
            if refractoriness.period:
                refractoriness.hold(spikes, now, self.current)
        if now <= refractoriness.last and refractoriness.row is not None:
            refractoriness.clamp(now, self.current)

    def _assign(self, spikes: IntArray, now: Steps) -> None:
        time = now * self._numerator / self._denominator
        self._assignments.apply(self.current, spikes, time)

    def check_values(self, now: Steps, count: int) -> None:
        """Raise if a formula has no finite value in the stretch that ends with step `now`.

        Parameters
        ----------
        now : int
        count : int
            Steps of the stretch.

        Raises
        ------
        BlowUpError
            A state is infinite or not a number.
        NoValueError
            A formula, or a side of a comparison, has no value.
        """
        for index in range(count):
            step = now - count + 1 + index
            self._checks.check_state(self._block[index], self._other[0], step)
            self._checks.check_comparisons(self._block[index], step)

    def check_finite(self, now: Steps) -> None:
        """Raise if a state is infinite or not a number."""
        self._checks.check_state(self.current, self._other[0], now)

    def start(self, step: Steps) -> None:
        """Copy the state from the array that was given; refractory neurons stay refractory."""
        self.current[: len(self._state)] = self._state
        self._refractoriness.start(step, self._dt)

    def finish(self, end: Steps) -> None:
        """Copy the state back into the array that was given, and keep the refractory periods."""
        self._state[:] = self.current[: len(self._state)]
        self._refractoriness.finish(end, self._dt)

    def take_over(self, other: "Population") -> None:
        """Hold the neurons that another population of the same neurons holds."""
        self._refractoriness.take_over(other._refractoriness)

    def release(self) -> None:
        """End the refractory period of all neurons."""
        self._refractoriness.release()
