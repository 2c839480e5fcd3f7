"""The equations of one neuron as a linear system, or the reason why they are not linear."""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from ..array_types import FloatArray
from ..engine.integrator import Integrator
from ..engine.integrators import integrator
from ..errors import NeurolabError
from ..experiment.checked import external_values, model_of, parameter_values
from ..experiment.expansion import initial_values
from ..experiment.experiment import Experiment, Neurons
from ..model.affine import Affine, affine_value
from ..model.expressions import Expression
from ..model.linearity import linear_coefficients
from ..model.model import Model
from ..units import display_factor, in_si


class NotLinearError(NeurolabError):
    """The equations do not form a linear system; the message names the term."""


@dataclass(frozen=True, eq=False)
class LinearSystem:
    """dx/dt = A x + b for one neuron, in SI units.

    Attributes
    ----------
    states : tuple of str
    rates : ndarray, shape (states, states)
        A.
    drive : ndarray, shape (states,)
        b.
    initial : ndarray, shape (states,)
    units : tuple of str
        The unit of each variable for display.
    """

    states: tuple[str, ...]
    rates: FloatArray
    drive: FloatArray
    initial: FloatArray
    units: tuple[str, ...]
    _make_stepper: Callable[[], Integrator]

    @cached_property
    def step(self) -> FloatArray:
        """One time step of the run as a matrix over (states, 1), by the run's own method."""
        size = len(self.states)
        matrix = np.eye(size + 1)
        matrix[:size, size] = self._stepped(np.zeros(size))
        for column, start in enumerate(np.eye(size)):
            matrix[:size, column] = self._stepped(start) - matrix[:size, size]
        return matrix

    @cached_property
    def _stepper(self) -> Any:
        return self._make_stepper()

    def _stepped(self, state: FloatArray) -> FloatArray:
        rows = np.ones((2, self._stepper.rows, 1))
        rows[0, : len(state), 0] = state
        self._stepper.advance(rows[0], rows[1:], 1, 0.0)
        return rows[1, : len(state), 0]


def linear_system(experiment: Experiment, group: Neurons, neuron: int = 0) -> LinearSystem:
    """Write the equations of one neuron as a linear system.

    Parameters
    ----------
    experiment : Experiment
        A valid one.
    group : Neurons
    neuron : int

    Returns
    -------
    LinearSystem

    Raises
    ------
    NotLinearError
        The equations are not linear; the message names the term.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> linear_system(TUTORIAL, TUTORIAL.neurons[0]).rates.tolist()
    [[-1000.0, 0.0], [0.0, -100.0]]
    """
    checked = model_of(experiment, group)
    model = checked.model
    initial = _own_values(experiment, group, neuron)
    constants = constants_of(experiment, group, neuron)
    return _system(
        model,
        tuple((name, value) for name, value in constants.items() if name in model.names_used),
        tuple(initial.get(name, 0.0) for name in model.states),
        tuple(map(checked.unit, model.states)),
        experiment.dt * 1e-3,
        group.method,
    )


def constants_of(experiment: Experiment, group: Neurons, neuron: int) -> dict[str, float]:
    """Return the SI values of all names in the equations of one neuron, except its variables."""
    model = model_of(experiment, group)[0]
    own = _own_values(experiment, group, neuron)
    external = external_values(model, parameter_values(experiment))
    constants = {name: float(value) for name, value in external.items()}
    return constants | {name: own.get(name, 0.0) for name in model.parameters}


def _own_values(experiment: Experiment, group: Neurons, neuron: int) -> dict[str, float]:
    """Return the values in SI units that each neuron of a group has for itself."""
    dimensions = model_of(experiment, group)[1]
    return {
        name: float(
            in_si(initial_values(numbers, group.size)[neuron], display_factor(dimensions[name]))
        )
        for name, numbers in group.initial
    }


@lru_cache(maxsize=64)  # edits of spikes, weights and the threshold do not change it
def _system(
    model: Model,
    named_constants: tuple[tuple[str, float], ...],
    initial: tuple[float, ...],
    units: tuple[str, ...],
    dt: float,
    method: str,
) -> LinearSystem:
    constants = dict(named_constants)
    coefficients = linear_coefficients(model, constants)
    if coefficients is None:
        raise _not_linear(model, constants)
    rates = np.array(
        [[factors.get(name, 0.0) for name in model.states] for factors, _ in coefficients]
    )
    drive = np.array([constant for _, constant in coefficients])
    return LinearSystem(
        model.states,
        rates,
        drive,
        np.array(initial),
        units,
        lambda: integrator(model, constants, dt, 1, method),
    )


def _not_linear(model: Model, constants: Mapping[str, float]) -> NotLinearError:
    for equation in model.equations:
        if equation.expression is None:
            continue
        name = f"d{equation.name}/dt" if equation.kind == "differential" else equation.name
        if "t" in equation.expression.names:
            return NotLinearError(
                f"{name} holds the time t: it is another equation at every moment."
            )
        if "xi" in equation.expression.names:
            return NotLinearError(
                f"{name} holds the noise xi: a part of the trace comes from no spike, "
                "and from no formula."
            )
    env = {**constants, **{name: Affine(0.0, {name: 1.0}) for name in model.states}}
    for name, expression in (
        *model.statics,
        *((f"d{name}/dt", e) for name, e in zip(model.states, model.derivatives)),
    ):
        env[name] = affine_value(expression.evaluate, env)
        if env[name] is None:
            term = _culprit(expression.node, env)
            text = ast.get_source_segment(expression.text, term) or ast.unparse(term)
            return NotLinearError(
                f"{name} holds {text}, which is not linear: {_why(term, model.states)}."
            )
    raise AssertionError("the model is linear")


def _culprit(node: ast.expr, env: Mapping[str, Any]) -> ast.expr:
    """Return the smallest part of a formula that is not affine."""
    for child in ast.iter_child_nodes(node):
        if (
            isinstance(child, ast.expr)
            and not _is_function(child, node)
            and affine_value(Expression("", child).evaluate, env) is None
        ):
            return _culprit(child, env)
    return node


def _is_function(child: ast.AST, node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and child is node.func


def _why(term: ast.expr, states: tuple[str, ...]) -> str:
    names = [name for name in states if name in Expression("", term).names]
    if len(names) > 1:
        return f"how much {names[0]} counts depends on {names[1]}"
    return f"twice the {names[0]} does not make it twice as large" if names else "it jumps"
