"""The base class of groups with equations: their model, its numbers, and its variables."""

import warnings
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from ..array_types import FloatArray, IntArray, Number
from ..engine.population import Population
from ..engine.undefined_values import without_value
from ..errors import NeurolabError, NeurolabWarning, RangeError, UnknownAttributeError
from ..model.compilation import compile_model
from ..model.dimension_checks import check_dimensions
from ..model.linearity import linear_coefficients
from ..model.model import Model
from ..units import Dimension, dimension_of, si_quantity, si_value
from . import magic
from .called_functions import functions_called, program_functions
from .checked_calls import checked_call
from .checked_values import checked_values
from .clock import Clock
from .groups import Group
from .known_attributes import no_attribute
from .lacking import ATTRIBUTES
from .linked_variables import LinkedVariable, VariableSetter
from .namespace import check_variable_names, namespace, statement
from .programmed_rules import Programmed
from .resting_state import resting_state
from .script_equations import Equations
from .timed_arrays import TimedArray
from .warnings_given import say

_RULES = {"threshold": ">", "reset": "="}
"""The sign between the variable and the quantity that each may be given as."""


class EquationGroup(Group):
    """A group whose neurons have state variables and parameters, which are its attributes."""

    def __init__(self, N: int, model: Equations | str, clock: Clock | None) -> None:
        super().__init__(N, clock)
        self._equations = Equations(model)
        check_variable_names(self._equations.lines, type(self))
        self._rules: dict[str, tuple[str, dict[str, Any]]] = dict.fromkeys(_RULES, ("", {}))
        self._functions: dict[str, Programmed | None] = dict.fromkeys(_RULES)
        self._names: dict[str, Any] = {}
        self._called: dict[str, Callable[..., Any]] = {}
        self._numbers: dict[str, Number] = {}
        self._model = Model((), None, ())
        self._state: FloatArray = np.empty((0, self._size))
        self._parameters: FloatArray = np.empty((0, self._size))
        self._first_state: FloatArray | None = None
        self._population: Population | None = None
        self._running: Population | None = None
        self._setters: dict[object, VariableSetter] = {}

    def _compile(self, **given: object) -> None:
        """Compile the model, with other thresholds or resets; names that have a value keep it."""
        seen = {**magic.names_seen_by_caller(), **self._equations.values}
        text = self._equations.text
        bare = compile_model(text, functions=program_functions(self._equations.functions))
        rules = dict(self._rules)
        for kind, value in given.items():
            rules[kind] = statement(value, bare, _RULES[kind], f"{kind}_value", seen)
        threshold, reset = rules["threshold"][0], rules["reset"][0]
        called = {**self._called, **self._equations.functions}
        called = functions_called(f"{text}\n{threshold}\n{reset}", called)
        model = compile_model(text, threshold, reset, program_functions(called))
        brought = {name: value for _, names in rules.values() for name, value in names.items()}
        names = namespace(model, {**seen, **self._names, **brought}, self._size)
        dimensions = {name: dimension_of(value) for name, value in names.items()}
        check_dimensions(model, tuple(dimensions.items()))
        self._rules = rules
        self._called = called
        self._names = names
        plain = {name: si_value(value) for name, value in names.items()}
        self._numbers = {
            name: value if np.ndim(value) else float(value) for name, value in plain.items()
        }
        self._dimensions = model.dimensions(dimensions)
        for kind, value in given.items():
            self._functions[kind] = value if isinstance(value, Programmed) else None
        self._arrange(model)

    def _arrange(self, model: Model) -> None:
        """Make arrays for the variables of a model; existing variables keep their values."""
        before = self._model
        self._model = model
        self._prepared_for = None
        if (before.states, before.parameters) == (model.states, model.parameters):
            return
        values = dict(zip((*before.states, *before.parameters), (*self._state, *self._parameters)))
        first = {**values, **dict(zip(before.states, self.initial_state()))}
        self._state = self._rows(model.states, values)
        if self._first_state is not None:
            self._first_state = self._rows(model.states, first)
        self._parameters = self._rows(model.parameters, values)
        self._population = None

    def _rows(self, names: Sequence[str], values: Mapping[str, FloatArray]) -> FloatArray:
        """Return a new array with one row for each name: its values, or zeros."""
        rows = np.zeros((len(names), self._size))
        for row, name in zip(rows, names):
            if name in values:
                row[:] = values[name]
        return rows

    def initial_state(self) -> FloatArray:
        """SI values with which the first run began or will begin, shape (states, neurons)."""
        return self._state if self._first_state is None else self._first_state

    def let_spikes_move(self, name: str) -> None:
        """Turn a parameter into a state variable that only spikes change."""
        self._equations = self._equations.with_states(name)
        self._compile()

    def reinit(self, states: bool = True) -> None:
        """Begin anew: no neuron is refractory, and with `states` all variables are 0."""
        super().reinit(states)
        if states:
            self._state[:] = 0.0
            self._parameters[:] = 0.0
            self._first_state = None

    def _present_spikes(self) -> IntArray:
        return self._population.spikes if self._population else super()._present_spikes()

    @property
    def setters(self) -> list[VariableSetter]:
        """What sets its variables in each step, in the order in which the program said so."""
        return list(self._setters.values())

    def prepare_to_set(self, name: str, where: str) -> None:
        """Prepare a variable to be set in each step.

        A parameter whose values change is a state variable with derivative 0, because the
        integrator is computed anew for other parameters. A parameter without which a model would
        be linear stays one.
        """
        self._check_settable(name, where)
        if name in self._model.states or self._running is not None:
            return
        constants = {**self._constants(), **dict.fromkeys(self._model.parameters, 1.0)}
        text = self._equations.with_states(name).text
        moved = compile_model(text, functions=program_functions(self._called))
        try:
            was_linear = linear_coefficients(self._model, constants) is not None
            if was_linear and linear_coefficients(moved, constants) is None:
                return
        except RangeError:  # a division by 0, which is an error only with the final numbers
            return
        self.let_spikes_move(name)

    def _check_settable(self, name: str, where: str) -> None:
        self.dimension(name)
        if name not in (*self._model.states, *self._model.parameters):
            raise UnknownAttributeError(
                f"'{name}' is computed by its equation and cannot be set.",
                where=where,
                mend=f"Set one of {', '.join((*self._model.states, *self._model.parameters))}.",
            )

    @property
    def equations(self) -> Equations:
        """The model's equations."""
        return self._equations

    @property
    def called_functions(self) -> Mapping[str, Callable[..., Any]]:
        """Functions of the program that the equations, the threshold and the reset call."""
        return MappingProxyType(self._called)

    @property
    def model(self) -> Model:
        """The compiled model."""
        return self._model

    def dimension(self, name: str | int) -> Dimension:
        """Dimension of a variable of the model.

        Raises
        ------
        UnknownNameError
        """
        if not isinstance(name, str) or name not in {
            equation.name for equation in self._model.equations
        }:
            raise UnknownAttributeError(
                f"'{name}' is not a variable of the model.",
                where=self.label,
                mend=f"Its variables are {', '.join(e.name for e in self._model.equations)}.",
            )
        if self._model.is_noisy(name):
            raise UnknownAttributeError(
                f"'{name}' holds noise (xi) and has no value at one moment.", where=self.label
            )
        return self._dimensions[name]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or not self._made:
            raise AttributeError(name)
        if name in ATTRIBUTES and name not in self._dimensions:
            raise no_attribute(self, name)
        if name.endswith("_") and name not in self._dimensions:
            return self.variable(name[:-1])
        return si_quantity(self.variable(name), self.dimension(name))

    def __setattr__(self, name: str, value: object) -> None:
        if not self._made or name.startswith("_") or name in self._settable:
            object.__setattr__(self, name, value)
        elif hasattr(value, "sum_into"):  # a variable of synapses: its sum over each neuron's
            value.sum_into(self, name)
        else:
            self.write(name, slice(None), value, self.label)

    @property
    def _states(self) -> FloatArray:
        return self._running.current[: len(self._state)] if self._running else self._state

    @checked_call
    def state(self, name: str | int) -> Any:
        """Return the values of a variable (quantity), given by its name or its index."""
        return getattr(self, self._named(name))

    @checked_call
    def state_(self, name: str | int) -> FloatArray:
        """Values of a variable in SI units, as a plain array."""
        return self.variable(self._named(name))

    def _named(self, variable: str | int) -> str:
        names = (*self._model.states, *self._model.parameters)
        if isinstance(variable, (int, np.integer)) and 0 <= variable < len(names):
            return names[variable]
        self.dimension(variable)  # refuses anything but the name of a variable
        return str(variable)

    @checked_call
    def rest(self) -> None:
        """Put all variables where they are at rest; the equations must be linear."""
        try:
            self._states[:] = resting_state(self._model, self._constants(), self._size)
        except NeurolabError as error:
            error.located(self.label)
            raise

    def variable(self, name: str) -> FloatArray:
        """SI values of a variable: what is stored, not a copy, of states and parameters."""
        self.dimension(name)
        if name in self._model.states:
            return self._states[self._model.states.index(name)]
        if name in self._model.parameters:
            return self._parameters[self._model.parameters.index(name)]
        return self._static(name)

    def _static(self, name: str) -> FloatArray:
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

    def write(self, name: str, neurons: slice, value: object, where: str) -> None:
        """Set a state variable or a parameter of some neurons.

        Parameters
        ----------
        name : str
        neurons : slice
        value : quantity, TimedArray or LinkedVariable
            An array over time, or a variable of another group, sets the values in each step.
        where : str
            For messages.
        """
        self._check_settable(name, where)
        key = name, neurons.indices(self._size)
        if isinstance(value, (TimedArray, LinkedVariable)):
            self.prepare_to_set(name, where)
            self._setters.pop(key, None)
            self._setters[key] = VariableSetter(self, name, neurons, value, where)
            return
        array = self.variable(name)
        array[neurons] = checked_values(
            value, self.dimension(name), array[neurons].shape, f"{where}.{name}"
        )
        if key in self._setters:
            say(
                f"{where}.{name} is set in each step of a run, so this value will be replaced.",
                "Make the group anew to give it a value that stays.",
                self,
            )

    def _constants(self) -> dict[str, Number]:
        return {**self._numbers, **dict(zip(self._model.parameters, self._parameters))}

    def constants(self) -> dict[str, Number]:
        """SI values of the names that the model takes from outside, and of its parameters."""
        return self._constants()

    def state_array(self) -> FloatArray:
        """SI values of the states now, shape (states, neurons)."""
        return self._state
