"""Groups of neurons in the script API."""

import inspect

import numpy as np

from ..errors import LimitError, RangeError, ShapeError, UnitsError, UnknownNameError
from ..units import DIMENSIONLESS, dimension_name, dimension_of, si_quantity, si_value
from . import magic
from .binding import Equations
from .engine import Population
from .integrators import integrator, method_of_options
from .model import check_dimensions, compile_model
from .names import namespace, statement
from .triggers import ProgrammedPopulation, Trigger

# Options of the original that only tune how it computes.
_TUNING = {"level", "unit_checking", "max_delay", "compile", "freeze", "max_refractory", "hierarchies"}


MAX_NEURONS = 10_000_000


class Group:
    """Anything that fires: sized, sliceable, a source of connections and monitors."""

    _first = 0

    def __init__(self, size, clock=None):
        if isinstance(size, bool) or not isinstance(size, (int, np.integer)) or size < 1:
            raise RangeError(f"N is {size!r}", where=type(self).__name__, expected="a whole number of neurons, at least 1")
        if size > MAX_NEURONS:
            raise LimitError(f"N is {size:,}", where=type(self).__name__, expected=f"at most {MAX_NEURONS:,} neurons")
        self._size = int(size)
        self._clock = clock
        self._given = 0
        self._running = None

    def __len__(self):
        return self._size

    def __getitem__(self, index):
        if isinstance(index, (int, np.integer)):
            index = slice(index, index + 1 or None)
        if not isinstance(index, slice):
            raise RangeError(f"{index!r} is not a range of neurons", where=self.label, expected="a slice such as G[0:10]")
        first, last, step = index.indices(self._size)
        if step != 1 or last <= first:
            raise RangeError(f"[{first}:{last}] holds no neurons" if step == 1 else "a subgroup cannot skip neurons",
                             where=self.label, expected=f"a range of neurons between 0 and {self._size}")
        return Subgroup(self, first, last)

    def __iter__(self):
        return (self[neuron] for neuron in range(self._size))

    def subgroup(self, size):
        """The next `size` neurons that no subgroup has taken yet."""
        first = self._given
        if size < 1 or first + size > self._size:
            raise RangeError(f"a subgroup of {size} neurons was asked for", where=self.label,
                             expected=f"at most {self._size - first}, the neurons not given out yet")
        self._given += size
        return Subgroup(self, first, first + size)

    @property
    def whole(self):
        """The group itself (of a subgroup: the group it is part of)."""
        return self

    @property
    def span(self):
        """First and past-the-last neuron, in the whole group."""
        return self._first, self._first + self._size

    @property
    def label(self):
        """Kind and size, for messages."""
        return f"{type(self).__name__}({self._size})"


class Subgroup(Group):
    """A range of neurons of a group; indices count from its first one."""

    def __init__(self, group, first, last):
        self.__dict__.update(_whole=group.whole, _first=group._first + first)
        super().__init__(last - first, group._clock)

    @property
    def whole(self):
        return self._whole

    @property
    def model(self):
        return self._whole.model

    def dimension(self, name):
        """Dimension of a variable of the whole group."""
        return self._whole.dimension(name)

    def __getattr__(self, name):
        if name.startswith("__") or name == "_whole":
            raise AttributeError(name)
        value = getattr(self._whole, name)
        return value[slice(*self.span)] if np.ndim(value) == 1 and len(value) == len(self._whole) else value

    def __setattr__(self, name, value):
        model = getattr(self._whole, "model", None)
        if model and name in (*model.states, *model.parameters):
            self._whole._write(name, slice(*self.span), value, self.label)
        else:
            object.__setattr__(self, name, value)


class NeuronGroup(Group):
    """Neurons of one model.

    Parameters
    ----------
    N : int
        Number of neurons.
    model : Equations or str
    threshold : quantity, str or function, optional
        A quantity acts on one variable: V, v, Vm or vm if exactly one exists, else the first. A text is a condition
        such as ``'V > Vt'``. A neuron fires when strictly above. A function gets that variable, or all state variables.
    reset : quantity, str or function, optional
        What a spike sets: the same variable to a quantity, or statements such as ``'V = Vr; w += 0.3*mV'``. A function
        gets the group and the numbers of the neurons that fire.
    refractory : quantity, optional
        How long after a spike the reset variable is held and further spikes are suppressed.
    method : str, optional
        ``'linear'``, ``'euler'``, ``'rk2'``, ``'rk4'`` or ``'exponential_euler'``; by default exact where the model is
        linear, else Euler.
    order : int, optional
        2 means ``method='rk2'`` where the model is not linear.
    implicit : bool, optional
        True means ``method='exponential_euler'`` where the model is not linear.
    clock : Clock, optional

    Raises
    ------
    NeurolabError
        The model cannot be understood, or its units clash; the message names the line.
    """

    def __init__(self, N, model, threshold=None, reset=None, refractory=0, method="", order=1, clock=None,
                 implicit=False, **options):
        super().__init__(N, clock)
        for name in options.keys() - _TUNING:
            raise UnknownNameError(f"there is no option '{name}'", where=self.label)
        self.equations = Equations(model)
        seen = {**magic.names_seen_by_caller(), **self.equations.values}
        bare = compile_model(self.equations.text)
        self.functions = tuple(given if inspect.isroutine(given) else None for given in (threshold, reset))
        self.threshold, extra = statement(threshold, bare, ">", "threshold_value", seen)
        self.reset, more = statement(reset, bare, "=", "reset_value", seen)
        for given in (threshold, reset):
            if isinstance(given, Trigger) and given.refractory is not None:
                refractory = given.refractory
        self.refractory = magic.seconds(refractory, f"{self.label}, refractory")
        self.method = ""
        self._population = self._prepared_for = self._first_state = None
        model = self._bind({**seen, **extra, **more})
        self._state = np.zeros((len(model.states), self._size))
        self._parameters = np.zeros((len(model.parameters), self._size))
        constants = {**self._constants(model), **dict.fromkeys(model.parameters, 1.0)}
        self.method = method_of_options(method, order, implicit, model, constants)
        self.model = model  # last: from here on, only the model's variables can be set

    def _bind(self, names):
        """The model of the equations, with the values of its names."""
        model = compile_model(self.equations.text, self.threshold, self.reset)
        self.namespace = namespace(model, names, self._size)
        dimensions = {name: dimension_of(value) for name, value in self.namespace.items()}
        check_dimensions(model, tuple(dimensions.items()))
        self._dimensions = model.dimensions(dimensions)
        return model

    def drive(self, name):
        """Make a state of a parameter, for spikes to act on it: one that stays where they put it."""
        values = {**dict(zip(self.model.parameters, self._parameters)), **dict(zip(self.model.states, self._state))}
        first = {**values, **dict(zip(self.model.states, self.initial_state()))}
        self.equations = self.equations.with_states(name)
        self.model = model = self._bind(self.namespace)
        self._state = np.array([values[state] for state in model.states])
        self._parameters = np.array([values[name] for name in model.parameters]).reshape(-1, self._size)
        if self._first_state is not None:
            self._first_state = np.array([first[state] for state in model.states])
        self._prepared_for = None

    def dimension(self, name):
        """Dimension of a variable of the model.

        Raises
        ------
        UnknownNameError
        """
        if not isinstance(name, str) or name not in {equation.name for equation in self.model.equations}:
            raise UnknownNameError(f"'{name}' is not a variable of the model", where=self.label,
                                   expected="one of " + ", ".join(e.name for e in self.model.equations))
        return self._dimensions[name]

    def __getattr__(self, name):
        if name.startswith("_") or "model" not in self.__dict__:
            raise AttributeError(name)
        if name.endswith("_"):
            return self._values(name[:-1])
        return si_quantity(self._values(name), self.dimension(name))

    def __setattr__(self, name, value):
        model = self.__dict__.get("model")
        if model is None or name.startswith("_") or name in self.__dict__:
            object.__setattr__(self, name, value)
        else:
            self._write(name, slice(None), value, self.label)

    @property
    def _states(self):
        return self._running.current[:len(self._state)] if self._running else self._state

    def state(self, name):
        """Values of a variable (quantity), as the attribute of that name."""
        return getattr(self, name)

    def state_(self, name):
        """Values of a variable in SI units, as a plain array."""
        return self._values(name)

    def _values(self, name):
        """SI values of a variable: what is stored, not a copy, of states and parameters."""
        self.dimension(name)
        if name in self.model.states:
            return self._states[self.model.states.index(name)]
        if name in self.model.parameters:
            return self._parameters[self.model.parameters.index(name)]
        return self._static(name)

    def _static(self, name):
        env = {**self._constants(self.model), **dict(zip(self.model.states, self._states)), "t": 0.0}
        for static, expression in self.model.statics:
            env[static] = expression.evaluate(env)
        return np.broadcast_to(env[name], (self._size,))

    def _write(self, name, neurons, value, where):
        dimension = self.dimension(name)
        if name not in (*self.model.states, *self.model.parameters):
            raise UnknownNameError(f"'{name}' follows from its equation and cannot be set", where=where,
                                   expected="one of " + ", ".join((*self.model.states, *self.model.parameters)))
        array = self._states[self.model.states.index(name)] if name in self.model.states \
            else self._parameters[self.model.parameters.index(name)]
        array[neurons] = checked_values(value, dimension, array[neurons].shape, f"{where}.{name}")
        self._prepared_for = self._prepared_for if name in self.model.states else None

    def _constants(self, model):
        return {**{name: si_value(value) for name, value in self.namespace.items()},
                **dict(zip(model.parameters, self._parameters))}

    def prepare(self, dt):
        """The population that the step loop moves, with the present state; made anew when dt or a parameter changed."""
        if self._prepared_for != dt:
            constants = self._constants(self.model)
            stepper = integrator(self.model, constants, dt, self._size, self.method, magic.generator)
            hold = int(magic.to_steps(self.refractory, dt))
            arguments = self.label, self.model, constants, stepper, self._state, dt, hold
            self._population = ProgrammedPopulation(self, *self.functions, *arguments) if any(self.functions) \
                else Population(*arguments)
            self._prepared_for = dt
        if self._first_state is None:
            self._first_state = self._state.copy()
        self._population.start()
        return self._population

    def initial_state(self):
        """SI values with which the first run began or will begin, shape (states, neurons)."""
        return self._state if self._first_state is None else self._first_state


def checked_values(value, dimension, shape, where):
    """Values as an SI array of this shape, checked for dimension, shape and finiteness.

    Raises
    ------
    UnitsError, ShapeError, RangeError
    """
    plain = np.asarray(si_value(value))
    if plain.dtype.kind not in "iuf":
        raise UnitsError(f"{value!r} is not a number", where=where, expected=dimension_name(dimension))
    if dimension_of(value) != dimension and not (dimension_of(value) == DIMENSIONLESS and not plain.any()):
        raise UnitsError(f"got {dimension_name(dimension_of(value))}", where=where, expected=dimension_name(dimension),
                         mend=f"Multiply by a unit of {dimension_name(dimension)}, such as 3*mV for volts.")
    if not np.isfinite(plain).all():
        raise RangeError("got infinity or a value that is no number", where=where, expected="finite values")
    try:
        return np.broadcast_to(plain, shape).astype(float)
    except ValueError:
        turned = plain.ndim == 2 and plain.shape[::-1] == tuple(shape)
        raise ShapeError(f"values have shape {plain.shape}", where=where,
                         expected=f"{tuple(shape)}{' = (source, target)' if len(shape) == 2 else ''}",
                         mend="If rows are targets, pass the transpose (.T)." if turned else "") from None
