"""Groups of neurons with equations, in the script API."""

from types import MappingProxyType

import numpy as np

from ..errors import NeurolabError, ParseError, UnknownAttributeError, UnknownNameError
from ..units import SECOND, dimension_of, si_quantity, si_value
from . import magic
from .clock import seconds, to_steps
from .engine import Population
from .equations import Equations
from .groups import Group
from .integrators import integrator
from .model import check_dimensions, compile_model
from .names import namespace, statement
from .values import checked_values

# Options of the original that only tune how it computes.
_TUNING = {"level", "implicit", "unit_checking", "max_delay", "compile", "freeze", "max_refractory", "hierarchies"}


class NeuronGroup(Group):
    """Neurons of one model.

    Parameters
    ----------
    N : int
        Number of neurons.
    model : Equations or str
    threshold : quantity or str, optional
        A quantity acts on one variable: V, v, Vm or vm if exactly one exists, else the first. A text is a condition
        such as ``'V > Vt'``. A neuron fires when strictly above.
    reset : quantity or str, optional
        What a spike sets: the same variable to a quantity, or statements such as ``'V = Vr; w += 0.3*mV'``.
    refractory : quantity, optional
        How long after a spike the reset variable is held and further spikes are suppressed.
    method : str, optional
        ``'linear'``, ``'euler'``, ``'rk2'``, ``'rk4'`` or ``'exponential_euler'``; by default exact where the model is
        linear, else Euler.
    order : int, optional
        2 is another way to say ``method='rk2'``.
    clock : Clock, optional

    The variables are attributes: ``G.V = 3*mV``. So are `threshold`, `reset`, `refractory` and `method`, which can be set
    anew between runs.

    Raises
    ------
    NeurolabError
        The model cannot be understood, or its units clash; the message names the line.
    """

    _settable = ("threshold", "reset", "refractory", "method")

    def __init__(self, N, model, threshold=None, reset=None, refractory=0, method="", order=1, clock=None, **options):
        super().__init__(N, clock)
        for name in options.keys() - _TUNING:
            raise UnknownNameError(f"there is no option '{name}'", where=self.label)
        self._equations = Equations(model)
        for equation in self._equations.lines:
            if hasattr(type(self), equation.name):
                raise ParseError(f"a variable cannot be called {equation.name}, as every group has something of that name",
                                 where=equation.where, mend="Choose another name.")
            if equation.name.startswith("_"):
                raise ParseError(f"the name {equation.name} begins with _", where=equation.where, mend="Choose another name.")
        if order not in (1, 2):
            raise ParseError(f"the order is {order!r}", where=self.label, expected="1 (Euler) or 2 (the midpoint rule)",
                             mend="Fourth order is method='rk4'.")
        self._rules, self._names = {"threshold": ("", {}), "reset": ("", {})}, {}
        self._compile(threshold=threshold, reset=reset)
        self._state = np.zeros((len(self._model.states), self._size))
        self._parameters = np.zeros((len(self._model.parameters), self._size))
        self._population = self._running = self._first_state = None
        self.refractory = refractory
        self.method = method or ("rk2" if order == 2 else "")
        self._made = True

    def _compile(self, **given):
        """Compile the model with another threshold or reset; names that have a value keep it."""
        seen = {**magic.names_seen_by_caller(), **self._equations.values}
        default = compile_model(self._equations.text).default_state
        rules = dict(self._rules)
        for kind, value in given.items():
            rules[kind] = statement(value, f"{default} {'>' if kind == 'threshold' else '='} ", f"{kind}_value", seen)
        model = compile_model(self._equations.text, rules["threshold"][0], rules["reset"][0])
        brought = {name: value for _, names in rules.values() for name, value in names.items()}
        names = namespace(model, {**seen, **self._names, **brought}, self._size)
        dimensions = {name: dimension_of(value) for name, value in names.items()}
        check_dimensions(model, tuple(dimensions.items()))
        self._rules, self._model, self._names = rules, model, names
        plain = {name: si_value(value) for name, value in names.items()}
        self._numbers = {name: value if np.ndim(value) else float(value) for name, value in plain.items()}
        self._dimensions = model.dimensions(dimensions)
        self._prepared_for = self._prepared_parameters = None

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
    def threshold(self):
        """The condition on which a neuron fires, as text; may be set as when the group is made."""
        return self._rules["threshold"][0]

    @threshold.setter
    def threshold(self, value):
        self._compile(threshold=value)

    @property
    def reset(self):
        """The statements that a spike carries out, as text; may be set as when the group is made."""
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
        self._prepared_for = None

    @property
    def method(self):
        """The integration method; empty: exact where the model is linear, else Euler."""
        return self._method

    @method.setter
    def method(self, value):
        if not isinstance(value, str):
            raise ParseError(f"the method is {value!r}", where=self.label, expected="a text such as 'euler'")
        self._method, self._prepared_for = value, None

    def dimension(self, name):
        """Dimension of a variable of the model.

        Raises
        ------
        UnknownNameError
        """
        if not isinstance(name, str) or name not in {equation.name for equation in self._model.equations}:
            raise UnknownAttributeError(f"'{name}' is not a variable of the model", where=self.label,
                                   expected="one of " + ", ".join(e.name for e in self._model.equations))
        if self._model.is_noisy(name):
            raise UnknownNameError(f"'{name}' holds noise (xi) and has no value at one moment", where=self.label)
        return self._dimensions[name]

    def __getattr__(self, name):
        if name.startswith("_") or not self._made:
            raise AttributeError(name)
        if name.endswith("_") and name not in self._dimensions:
            return si_value(getattr(self, name[:-1]))
        dimension = self.dimension(name)
        if name in self._model.states:
            return si_quantity(self._states[self._model.states.index(name)], dimension)
        if name in self._model.parameters:
            return si_quantity(self._parameters[self._model.parameters.index(name)], dimension)
        return si_quantity(self._static(name), dimension)

    def __setattr__(self, name, value):
        if not self._made or name.startswith("_") or name in self._settable:
            object.__setattr__(self, name, value)
        else:
            self.write(name, slice(None), value, self.label)

    @property
    def _states(self):
        return self._running.current[:len(self._state)] if self._running else self._state

    def _static(self, name):
        env = {**self._constants(), **dict(zip(self._model.states, self._states)), "t": float(self.clock.t)}
        for static, expression in self._model.statics_for({name}):
            env[static] = expression.evaluate(env)
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
            raise UnknownNameError(f"'{name}' follows from its equation and cannot be set", where=where,
                                   expected="one of " + ", ".join((*self._model.states, *self._model.parameters)))
        array = self._states[self._model.states.index(name)] if name in self._model.states \
            else self._parameters[self._model.parameters.index(name)]
        array[neurons] = checked_values(value, dimension, array[neurons].shape, f"{where}.{name}")

    def _constants(self):
        return {**self._numbers, **dict(zip(self._model.parameters, self._parameters))}

    @property
    def changed(self):
        """Whether a number or a rule is another than in the last step; single parameters may have been set in place."""
        return self._prepared_for is None or not np.array_equal(self._parameters, self._prepared_parameters)

    def prepare(self, dt, step=0, end=0):
        """The population that the step loop moves on from this step, with the present state and numbers."""
        if self._prepared_for != dt or self.changed:
            try:
                with np.errstate(all="ignore"):  # what is not finite is told apart
                    self._bind(dt)
            except NeurolabError as error:
                error.located(self.label)
                raise
            self._prepared_for, self._prepared_parameters = dt, self._parameters.copy()
        if self._first_state is None:
            self._first_state = self._state.copy()
        self._population.start(step)
        return self._population

    def _bind(self, dt):
        constants = self._constants()
        stepper = integrator(self._model, constants, dt, self._size, self._method, magic.generator)
        hold = int(to_steps(self._refractory, dt))
        if self._population is None:
            self._population = Population(self.label, self._model, constants, stepper, self._state, dt, hold)
        else:
            self._population.bind(self._model, constants, stepper, dt, hold)

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
