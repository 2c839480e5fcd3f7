"""The base class of groups with equations: their model, its numbers, and its variables."""

import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..array_types import FloatArray, Number
from ..engine.population import Population
from ..engine.undefined_values import without_value
from ..errors import NeurolabError, NeurolabWarning, UnknownAttributeError
from ..model.compilation import compile_model
from ..model.dimension_checks import check_dimensions
from ..model.model import Model
from ..units import Dimension, dimension_of, si_quantity, si_value
from . import magic
from .checked_calls import checked_call
from .checked_values import checked_values
from .clock import Clock
from .groups import Group
from .known_attributes import no_attribute
from .lacking import ATTRIBUTES
from .namespace import check_variable_names, namespace, statement
from .resting_state import resting_state
from .script_equations import Equations
from .thresholds_and_resets import Programmed

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
        self._numbers: dict[str, Number] = {}
        self._model = Model((), None, ())
        self._state: FloatArray = np.empty((0, self._size))
        self._parameters: FloatArray = np.empty((0, self._size))
        self._first_state: FloatArray | None = None
        self._population: Population | None = None
        self._running: Population | None = None

    def _compile(self, **given: object) -> None:
        """Compile the model, with other thresholds or resets; names that have a value keep it."""
        seen = {**magic.names_seen_by_caller(), **self._equations.values}
        bare = compile_model(self._equations.text)
        rules = dict(self._rules)
        for kind, value in given.items():
            rules[kind] = statement(value, bare, _RULES[kind], f"{kind}_value", seen)
        model = compile_model(self._equations.text, rules["threshold"][0], rules["reset"][0])
        brought = {name: value for _, names in rules.values() for name, value in names.items()}
        names = namespace(model, {**seen, **self._names, **brought}, self._size)
        dimensions = {name: dimension_of(value) for name, value in names.items()}
        check_dimensions(model, tuple(dimensions.items()))
        self._rules = rules
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

    @property
    def equations(self) -> Equations:
        """The model's equations."""
        return self._equations

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
                f"'{name}' is not a variable of the model",
                where=self.label,
                expected="one of " + ", ".join(e.name for e in self._model.equations),
            )
        if self._model.is_noisy(name):
            raise UnknownAttributeError(
                f"'{name}' holds noise (xi) and has no value at one moment", where=self.label
            )
        return self._dimensions[name]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or not self._made:
            raise AttributeError(name)
        if name in ATTRIBUTES and name not in self._dimensions:
            raise no_attribute(self, name)
        if name.endswith("_") and name not in self._dimensions:
            return self._values(name[:-1])
        return si_quantity(self._values(name), self.dimension(name))

    def __setattr__(self, name: str, value: object) -> None:
        if not self._made or name.startswith("_") or name in self._settable:
            object.__setattr__(self, name, value)
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
        return self._values(self._named(name))

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

    def _values(self, name: str) -> FloatArray:
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

    def _constants(self) -> dict[str, Number]:
        return {**self._numbers, **dict(zip(self._model.parameters, self._parameters))}

    def constants(self) -> dict[str, Number]:
        """SI values of the names that the model takes from outside, and of its parameters."""
        return self._constants()

    def state_array(self) -> FloatArray:
        """SI values of the states now, shape (states, neurons)."""
        return self._state
