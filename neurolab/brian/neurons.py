"""Groups of neurons with equations, in the script API."""

import warnings
from types import MappingProxyType

import numpy as np

from ..engine.integrators import integrator, method_name, method_of_options
from ..engine.population import Population
from ..engine.undefined_values import without_value
from ..errors import (
    ArgumentError,
    DivisionError,
    NeurolabError,
    NeurolabWarning,
    ParseError,
    RangeError,
    UnknownAttributeError,
)
from ..model.compilation import compile_model
from ..model.dimension_checks import check_dimensions
from ..units import SECOND, dimension_of, si_quantity, si_value
from . import magic
from .checked_calls import checked_call
from .checked_values import checked_values
from .clock import seconds, steps_up
from .groups import Group
from .known_attributes import no_attribute
from .lacking import ATTRIBUTES
from .namespace import check_variable_names, namespace, statement
from .resting_state import resting_state
from .script_equations import Equations
from .thresholds_and_resets import Programmed, ProgrammedPopulation, Trigger

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
_RULES = {"threshold": ">", "reset": "="}
"""The sign between the variable and the quantity that each may be given as."""


_NEURONS_LOOKED_AT = 1000


def _programmed(value):
    """A threshold or reset that is a function, as `Programmed`; all else stays as it is."""
    return (
        Programmed(value)
        if callable(value) and not isinstance(value, (Programmed, Trigger))
        else value
    )


class NeuronGroup(Group):
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
        N,
        model,
        threshold=None,
        reset=None,
        *,
        refractory=0,
        method="",
        order=1,
        clock=None,
        implicit=False,
    ):
        super().__init__(N, clock)
        if order not in (1, 2):
            raise ParseError(
                f"the order is {order!r}",
                where=self.label,
                expected="1 (Euler) or 2 (the midpoint rule)",
                mend="Fourth order is method='rk4'.",
            )
        self._equations = Equations(model)
        check_variable_names(self._equations.lines, type(self))
        self._rules, self._functions, self._names = (
            dict.fromkeys(_RULES, ("", {})),
            dict.fromkeys(_RULES),
            {},
        )
        self._method, self._model, self._population, self._running, self._first_state = (
            "",
            None,
            None,
            None,
            None,
        )
        self.refractory = refractory
        self._check_one_period(threshold, reset)
        self._compile(threshold=threshold, reset=reset)
        constants = {**self._constants(), **dict.fromkeys(self._model.parameters, 1.0)}
        self.method = method_of_options(method, order, implicit, self._model, constants)
        self._made = True

    def _check_one_period(self, *rules: object) -> None:
        """Refuse several refractory periods, of which only one could count."""
        periods = [
            rule.refractory
            for rule in rules
            if isinstance(rule, Trigger) and rule.refractory is not None
        ]
        if len(periods) + (self._refractory > 0) > 1:
            raise ArgumentError(
                "Several refractory periods are given",
                where=self.label,
                mend="Give one: as refractory=…, with the threshold, or with the reset.",
            )

    @property
    def clamps(self) -> bool:
        """Whether the reset variable keeps its value during the refractory period."""
        return self._clamps

    def _compile(self, **given):
        """Compile the model, with other thresholds or resets; names that have a value keep it."""
        seen = {**magic.names_seen_by_caller(), **self._equations.values}
        given = {kind: _programmed(value) for kind, value in given.items()}
        bare, rules = compile_model(self._equations.text), dict(self._rules)
        for kind, value in given.items():
            rules[kind] = statement(value, bare, _RULES[kind], f"{kind}_value", seen)
        model = compile_model(self._equations.text, rules["threshold"][0], rules["reset"][0])
        brought = {name: value for _, names in rules.values() for name, value in names.items()}
        names = namespace(model, {**seen, **self._names, **brought}, self._size)
        dimensions = {name: dimension_of(value) for name, value in names.items()}
        check_dimensions(model, tuple(dimensions.items()))
        self._rules, self._names = rules, names
        plain = {name: si_value(value) for name, value in names.items()}
        self._numbers = {
            name: value if np.ndim(value) else float(value) for name, value in plain.items()
        }
        self._dimensions = model.dimensions(dimensions)
        for kind, value in given.items():
            self._functions[kind] = value if isinstance(value, Programmed) else None
            if isinstance(value, Trigger) and value.refractory is not None:
                self.refractory = value.refractory
                self._clamps = value.holds
        self._arrange(model)

    def _arrange(self, model):
        """Make arrays for the variables of a model; existing variables keep their values."""
        before, self._model, self._prepared_for, self._prepared_parameters = (
            self._model,
            model,
            None,
            None,
        )
        if before and (before.states, before.parameters) == (model.states, model.parameters):
            return
        values, first = {}, {}
        if before:
            values = dict(
                zip((*before.states, *before.parameters), (*self._state, *self._parameters))
            )
            first = {**values, **dict(zip(before.states, self.initial_state()))}
        nothing = np.zeros(self._size)
        self._state, starts, self._parameters = (
            np.array([found.get(name, nothing) for name in names]).reshape(-1, self._size)
            for names, found in (
                (model.states, values),
                (model.states, first),
                (model.parameters, values),
            )
        )
        self._first_state = None if self._first_state is None else starts
        self._population = None

    def let_spikes_move(self, name):
        """Turn a parameter into a state variable that only spikes change."""
        self._equations = self._equations.with_states(name)
        self._compile()

    @property
    def equations(self):
        """The model's equations."""
        return self._equations

    @property
    def model(self):
        """The compiled model."""
        return self._model

    @property
    def namespace(self):
        """Values of the names that the model's text uses, as they were when it was made."""
        return MappingProxyType(self._names)

    @property
    def functions(self):
        """Threshold and reset, where the program gave functions; else None."""
        return tuple(self._functions[kind] for kind in _RULES)

    @property
    def threshold(self):
        """The condition on which a neuron fires, as text; can be set like the argument."""
        return self._rules["threshold"][0]

    @threshold.setter
    def threshold(self, value):
        self._compile(threshold=value)

    @property
    def reset(self):
        """The statements that a spike executes, as text; can be set like the argument."""
        return self._rules["reset"][0]

    @reset.setter
    def reset(self, value):
        self._compile(reset=value)

    @property
    def refractory(self):
        """How long a neuron is held after a spike (quantity)."""
        return si_quantity(self._refractory, SECOND)

    @refractory.setter
    def refractory(self, value):
        self._refractory = seconds(value, f"{self.label}, refractory")
        self._clamps = True
        self._prepared_for = None

    @property
    def method(self):
        """The integration method; empty: exact where the model is linear, else Euler."""
        return self._method

    @method.setter
    def method(self, value):
        if not isinstance(value, str):
            raise ParseError(
                f"the method is {value!r}", where=self.label, expected="a text such as 'euler'"
            )
        chosen = method_of_options(value, 1, False, self._model, {})
        method_name(chosen)
        self._method = chosen
        self._prepared_for = None

    def dimension(self, name):
        """Dimension of a variable of the model.

        Raises
        ------
        UnknownNameError
        """
        if not isinstance(name, str) or name not in {
            equation.name for equation in self._model.equations
        }:
            raise UnknownAttributeError(
                f"'{name}' is not a variable of the model",
                where=self.label,
                expected="one of " + ", ".join(e.name for e in self._model.equations),
            )
        if self._model.is_noisy(name):
            raise UnknownAttributeError(
                f"'{name}' holds noise (xi) and has no value at one moment", where=self.label
            )
        return self._dimensions[name]

    def __getattr__(self, name):
        if name.startswith("_") or not self._made:
            raise AttributeError(name)
        if name in ATTRIBUTES and name not in self._dimensions:
            raise no_attribute(self, name)
        if name.endswith("_") and name not in self._dimensions:
            return self._values(name[:-1])
        return si_quantity(self._values(name), self.dimension(name))

    def __setattr__(self, name, value):
        if not self._made or name.startswith("_") or name in self._settable:
            object.__setattr__(self, name, value)
        else:
            self.write(name, slice(None), value, self.label)

    @property
    def _states(self):
        return self._running.current[: len(self._state)] if self._running else self._state

    @checked_call
    def state(self, name):
        """Return the values of a variable (quantity), given by its name or its index."""
        return getattr(self, self._named(name))

    @checked_call
    def state_(self, name):
        """Values of a variable in SI units, as a plain array."""
        return self._values(self._named(name))

    def _named(self, variable):
        names = (*self._model.states, *self._model.parameters)
        if isinstance(variable, (int, np.integer)) and 0 <= variable < len(names):
            return names[variable]
        self.dimension(variable)
        return variable

    @checked_call
    def rest(self):
        """Put all variables where they are at rest; the equations must be linear."""
        try:
            self._states[:] = resting_state(self._model, self._constants(), self._size)
        except NeurolabError as error:
            error.located(self.label)
            raise

    def _values(self, name):
        """SI values of a variable: what is stored, not a copy, of states and parameters."""
        self.dimension(name)
        if name in self._model.states:
            return self._states[self._model.states.index(name)]
        if name in self._model.parameters:
            return self._parameters[self._model.parameters.index(name)]
        return self._static(name)

    def _static(self, name):
        env = {
            **self._constants(),
            **dict(zip(self._model.states, self._states)),
            "t": float(self.clock.t),
        }
        known = dict(env)
        with np.errstate(all="ignore"):
            for static, expression in self._model.statics_for({name}):
                env[static] = expression.evaluate(env)
        missing = np.isnan(np.broadcast_to(env[name], (self._size,)))
        if missing.any():
            error = without_value(self._model, known, int(missing.argmax()), self.label, known["t"])
            warnings.warn(
                str(error or f"{self.label}: {name} has no value"), NeurolabWarning, stacklevel=5
            )
        return np.broadcast_to(env[name], (self._size,))

    def write(self, name, neurons, value, where):
        """Set a state variable or a parameter of some neurons.

        Parameters
        ----------
        name : str
        neurons : slice
        value : quantity
        where : str
            For messages.
        """
        dimension = self.dimension(name)
        if name not in (*self._model.states, *self._model.parameters):
            raise UnknownAttributeError(
                f"'{name}' follows from its equation and cannot be set",
                where=where,
                expected="one of " + ", ".join((*self._model.states, *self._model.parameters)),
            )
        array = (
            self._states[self._model.states.index(name)]
            if name in self._model.states
            else self._parameters[self._model.parameters.index(name)]
        )
        array[neurons] = checked_values(value, dimension, array[neurons].shape, f"{where}.{name}")

    def _constants(self):
        return {**self._numbers, **dict(zip(self._model.parameters, self._parameters))}

    def constants(self):
        """SI values of the names that the model takes from outside, and of its parameters."""
        return self._constants()

    def state_array(self):
        """SI values of the states now, shape (states, neurons)."""
        return self._state

    @property
    def changed(self):
        """Whether a number or a rule is another than in the last step; single parameters may have been set in place."""
        return self._prepared_for is None or not np.array_equal(
            self._parameters, self._prepared_parameters
        )

    def prepare(self, dt, step=0, end=0):
        """The population that the step loop moves on from this step, with the present state and numbers."""
        if self._prepared_for != dt or self.changed:
            try:
                with np.errstate(all="ignore"):  # what is not finite is told apart
                    self._bind(dt)
            except DivisionError as error:
                error.located(self.label)
                raise
            except RangeError as error:
                raise self._without_value() or error.located(self.label) or error from None
            except NeurolabError as error:
                error.located(self.label)
                raise
            self._prepared_for, self._prepared_parameters = dt, self._parameters.copy()
        if self._first_state is None:
            self._first_state = self._state.copy()
        self._population.start(step)
        return self._population

    def _without_value(self):
        """The error for the first formula that has no finite value now; None where all have."""
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

    def _bind(self, dt):
        constants = self._constants()
        stepper = integrator(self._model, constants, dt, self._size, self._method, magic.generator)
        hold = steps_up(self._refractory, dt, f"the refractory period of {self.label}", self)
        before, numbers = (
            self._population,
            (self._model, constants, stepper, dt, hold, self._clamps),
        )
        if before and self.functions == self._population_functions:
            before.bind(*numbers)
            return
        arguments = self.label, self._model, constants, stepper, self._state, dt, hold, self._clamps
        self._population = (
            ProgrammedPopulation(self, *self.functions, *arguments)
            if any(self.functions)
            else Population(*arguments)
        )
        self._population_functions = self.functions
        if before:
            self._population.take_over(before)

    def begin(self):
        """A run begins: from now on, the present state is the population's."""
        self._running = self._population

    def finish(self, end):
        """A run is over: take over the state."""
        self._running = None
        self._population.finish(end)

    def forget(self):
        """Begin anew: nobody is refractory any more."""
        if self._population:
            self._population.release()

    def initial_state(self):
        """SI values with which the first run began or will begin, shape (states, neurons)."""
        return self._state if self._first_state is None else self._first_state
