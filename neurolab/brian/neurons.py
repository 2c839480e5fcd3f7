"""Groups of neurons with equations, in the script API."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from ..array_types import FloatArray
from ..engine.integrators import integrator, method_name, method_of_options
from ..engine.population import Population
from ..engine.undefined_values import without_value
from ..errors import ArgumentError, DivisionError, NeurolabError, ParseError, RangeError
from ..grid import Seconds, Steps
from ..units import SECOND, Quantity, si_quantity
from . import magic
from .checked_calls import checked_call
from .clock import Clock, seconds, steps_up
from .equation_groups import EquationGroup
from .programmed_population import ProgrammedPopulation
from .programmed_rules import Programmed
from .script_equations import Equations
from .thresholds_and_resets import Trigger

# Options of the original that only tune how it computes.
_TUNING = (
    "level",
    "unit_checking",
    "max_delay",
    "compile",
    "freeze",
    "max_refractory",
    "hierarchies",
)
_LACKING = {"init": "Set the variables when the group is made: G.V = 3*mV."}
_NEURONS_LOOKED_AT = 1000


def _programmed(value: object) -> object:
    """Return a threshold or reset that is a function as `Programmed`; anything else unchanged."""
    if callable(value) and not isinstance(value, (Programmed, Trigger)):
        return Programmed(value)
    return value


class NeuronGroup(EquationGroup):
    """Neurons of one model.

    Parameters
    ----------
    N : int
        Number of neurons.
    model : Equations or str
    threshold : quantity, str or function, optional
        A quantity acts on one variable: V, v, Vm or vm if exactly one exists, else the first. A
        text is a condition such as ``'V > Vt'``. A neuron fires when strictly above. A function
        gets that variable, or all state variables, as SI arrays of shape (N,).
    reset : quantity, str or function, optional
        The value to which a spike sets the same variable, or statements such as
        ``'V = Vr; w += 0.3*mV'``. A function gets the group and the indices of the neurons that
        fire.
    refractory : quantity, optional
        Time after a spike during which the reset variable keeps its value and the neuron cannot
        fire; 0 by default.
    method : str, optional
        ``'linear'``, ``'euler'``, ``'rk2'``, ``'rk4'`` or ``'exponential_euler'``; by default
        exact where the model is linear, else Euler.
    order : int, optional
        2 means ``method='rk2'`` where the model is not linear.
    implicit : bool, optional
        True means ``method='exponential_euler'`` where the model is not linear.
    clock : Clock, optional
        By default the only clock that the program has made, else the default clock.

    Raises
    ------
    NeurolabError
        The model cannot be read, or its units do not match; the message names the line.

    Notes
    -----
    The variables are attributes of shape (N,): ``G.V = 3*mV``. The attributes ``threshold``,
    ``reset``, ``refractory`` and ``method`` can be changed between runs.

    Examples
    --------
    A neuron without input decays exponentially (exact, because the model is linear).

    >>> from neurolab import Network, NeuronGroup, ms, mV
    >>> G = NeuronGroup(1, 'dV/dt = -V/(10*ms) : volt', threshold=10*mV, reset=0*mV)
    >>> G.V = 8*mV
    >>> G.threshold
    'V > threshold_value'
    >>> Network(G).run(10*ms)
    >>> print(round(float(G.V[0]/mV), 3))  # 8/e
    2.943
    """

    _settable = ("threshold", "reset", "refractory", "method")

    @checked_call(tuning=_TUNING, lacking=_LACKING)
    def __init__(
        self,
        N: int,
        model: Equations | str,
        threshold: object = None,
        reset: object = None,
        *,
        refractory: Quantity | float = 0,
        method: str = "",
        order: int = 1,
        clock: Clock | None = None,
        implicit: bool = False,
    ) -> None:
        super().__init__(N, model, clock)
        if order not in (1, 2):
            raise ParseError(
                f"The order is {order!r}.",
                where=self.label,
                mend="Choose 1 (Euler) or 2 (the midpoint rule). Fourth order is method='rk4'.",
            )
        self._prepared_parameters: FloatArray = np.empty((0, 0))
        self._population_functions: tuple[Programmed | None, Programmed | None] = (None, None)
        self._method = ""
        self.refractory = refractory
        self._check_one_period(threshold, reset)
        self._compile(threshold=threshold, reset=reset)
        constants = {**self._constants(), **dict.fromkeys(self._model.parameters, 1.0)}
        self.method = method_of_options(method, order, implicit, self._model, constants)
        self._made = True

    def _compile(self, **given: object) -> None:
        """Compile the model; a threshold or reset can bring a refractory period with it."""
        super()._compile(**{kind: _programmed(value) for kind, value in given.items()})
        for value in given.values():
            if isinstance(value, Trigger) and value.refractory is not None:
                self.refractory = value.refractory
                self._clamps = value.holds

    def _check_one_period(self, *rules: object) -> None:
        """Refuse several refractory periods, of which only one could count."""
        periods = [
            rule.refractory
            for rule in rules
            if isinstance(rule, Trigger) and rule.refractory is not None
        ]
        if len(periods) + (self._refractory > 0) > 1:
            raise ArgumentError(
                "Several refractory periods are given.",
                where=self.label,
                mend="Give one: as refractory=…, with the threshold, or with the reset.",
            )

    @property
    def clamps(self) -> bool:
        """Whether the reset variable keeps its value during the refractory period."""
        return self._clamps

    @property
    def namespace(self) -> Mapping[str, Any]:
        """Values of the names that the model's text uses, as they were when it was made."""
        return MappingProxyType(self._names)

    @property
    def functions(self) -> tuple[Programmed | None, Programmed | None]:
        """Threshold and reset, where the program gave functions; else None."""
        return self._functions["threshold"], self._functions["reset"]

    @property
    def threshold(self) -> str:
        """The condition on which a neuron fires, as text; can be set like the argument."""
        return self._rules["threshold"][0]

    @threshold.setter
    def threshold(self, value: object) -> None:
        self._compile(threshold=value)

    @property
    def reset(self) -> str:
        """The statements that a spike executes, as text; can be set like the argument."""
        return self._rules["reset"][0]

    @reset.setter
    def reset(self, value: object) -> None:
        self._compile(reset=value)

    @property
    def refractory(self) -> Quantity:
        """How long a neuron is held after a spike (quantity)."""
        return si_quantity(self._refractory, SECOND)

    @refractory.setter
    def refractory(self, value: Quantity | float) -> None:
        self._refractory = seconds(value, f"{self.label}, refractory")
        self._clamps = True
        self._prepared_for = None

    @property
    def method(self) -> str:
        """The integration method; empty: exact where the model is linear, else Euler."""
        return self._method

    @method.setter
    def method(self, value: object) -> None:
        if not isinstance(value, str):
            raise ParseError(
                f"The method is {value!r}.", where=self.label, mend="Give a text such as 'euler'."
            )
        chosen = method_of_options(value, 1, False, self._model, {})
        method_name(chosen)
        self._method = chosen
        self._prepared_for = None

    @property
    def changed(self) -> bool:
        """Whether a number or a rule has changed since the last step.

        Single parameters can be set in place, so they are compared.
        """
        if self._prepared_for is None:
            return True
        parameters = self._parameters
        return bool(parameters.size) and not np.array_equal(parameters, self._prepared_parameters)

    def prepare(self, dt: Seconds, step: Steps = 0, end: Steps = 0) -> Population:
        """Return the population for the step loop, with the present state and numbers."""
        if self._prepared_for != dt or self.changed or self._population is None:
            try:
                with np.errstate(all="ignore"):  # what is not finite is told apart
                    self._bind(dt)
            except DivisionError as error:
                error.located(self.label)
                raise
            except RangeError as error:
                error.located(self.label)
                raise self._without_value() or error from None
            except NeurolabError as error:
                error.located(self.label)
                raise
            self._prepared_for = dt
            self._prepared_parameters = self._parameters.copy()
        if self._first_state is None:
            self._first_state = self._state.copy()
        assert self._population is not None, "binding makes the population"
        self._population.start(step)
        return self._population

    def _without_value(self) -> NeurolabError | None:
        """Return the error for the first formula without a finite value now, or None."""
        known = {
            **self._constants(),
            **dict(zip(self._model.states, self._state)),
            "t": float(self.clock.t),
            "xi": 0.0,
        }
        errors = (
            without_value(self._model, known, neuron, self.label, known["t"])
            for neuron in range(min(self._size, _NEURONS_LOOKED_AT))
        )
        return next(filter(None, errors), None)

    def _bind(self, dt: Seconds) -> None:
        constants = self._constants()
        stepper = integrator(self._model, constants, dt, self._size, self._method, magic.generator)
        hold = steps_up(self._refractory, dt, f"the refractory period of {self.label}", self)
        before = self._population
        if before and self.functions == self._population_functions:
            before.bind(self._model, constants, stepper, dt, hold, self._clamps)
            return
        arguments = self.label, self._model, constants, stepper, self._state, dt, hold, self._clamps
        if any(self.functions):
            self._population = ProgrammedPopulation(self, *self.functions, *arguments)
        else:
            self._population = Population(*arguments)
        self._population_functions = self.functions
        if before:
            self._population.take_over(before)

    def begin(self) -> None:
        """Begin a run: from now on, the present state is the population's."""
        self._running = self._population

    def finish(self, end: Steps) -> None:
        """End a run: take over the state."""
        self._running = None
        if self._population:
            self._population.finish(end)

    def forget(self) -> None:
        """Begin anew: no neuron is refractory any more."""
        if self._population:
            self._population.release()
