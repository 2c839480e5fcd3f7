"""The integration of a group in Brian 2: by its own formulas, or by a time step as statements."""

import ast
from collections.abc import Mapping
from typing import Any

import numpy as np

from ..array_types import FloatArray
from ..engine.integrators import method_name
from ..engine.linear_integrators import step_matrix
from ..errors import ParseError
from ..model.expressions import Expression
from ..model.linearity import Coefficients, linear_coefficients
from .brian2_affinity import Affinity
from .brian2_program_group import ProgramGroup
from .brian2_steps import StepWriter
from .brian2_trees import is_symbolic
from .writing import free_name, unit_text

_LONGEST_WRITTEN_OUT = 1000
"""Parts of an equation; Brian 2 substitutes static equations, which can double it each time."""
_LEAST_APART = 1e-3
"""Relative difference of two rates; for closer ones the formula loses more than three digits."""


class Integration:
    """How a program integrates a group.

    Parameters
    ----------
    group : ProgramGroup

    Attributes
    ----------
    method : str
        The integration method, as Brian 2 names it.
    statements : list of str
        A time step, if Brian 2 does not integrate the equations as the lab does.
    reason : str
        The comment that gives the reason for the statements.
    parameters : dict
        Values, one a neuron, of parameters that the statements use in addition.
    """

    def __init__(self, group: ProgramGroup) -> None:
        self._group = group
        self._model = group.model
        self.parameters: dict[str, list[float]] = {}
        self.method = self._method()
        with group.at("equations"):
            self.statements, self.reason = self._step()

    def _method(self) -> str:
        name = method_name(self._group.group.method)
        if not name:
            is_linear = linear_coefficients(self._model, self._group.constants) is not None
            name = "linear" if is_linear else "euler"
        return "exact" if name == "linear" else name

    def _step(self) -> tuple[list[str], str]:
        group = self._group
        if not group.moving:
            group.formulas()  # raises an error if one cannot be written
            return [], ""
        if self.method == "exact":
            return self._numeric_step()
        if self._brian2_integrates():
            return [], ""
        writer = StepWriter(self._model, group.dimensions, group.nodes, group.used)
        return (
            writer.write(self.method),
            "# Brian 2 cannot integrate these equations: "
            f"here is a time step of method {self.method}.",
        )

    def _brian2_integrates(self) -> bool:
        if not self._is_short():
            return False
        if not all(map(is_symbolic, self._group.formulas())):
            return False
        if self.method == "exponential_euler":
            return not self._rate_vanishes()
        return "xi" not in self._model.names_used or self._noise_is_added()

    def _is_short(self) -> bool:
        """Return whether all equations stay short when Brian 2 substitutes static equations."""
        sizes: dict[str, int] = {}
        for name, static in self._model.statics:
            sizes[name] = _size_written_out(static.node, sizes)
        derivatives = (
            _size_written_out(derivative.node, sizes) for derivative in self._model.derivatives
        )
        return max((*sizes.values(), *derivatives), default=0) <= _LONGEST_WRITTEN_OUT

    def _noise_is_added(self) -> bool:
        """Return whether each derivative contains a constant times xi, as Brian 2's Euler needs."""
        changing = {"t", *self._model.states, *(name for name, _ in self._model.statics)}
        for derivative in self._model.derivatives:
            if not derivative.names & self._group.noisy:
                continue
            written_out = self._group.with_noise(derivative)
            try:
                _, factor = Affinity(self._model, "xi").parts(written_out.node)
            except ParseError:  # not linear in the noise
                return False
            if factor is not None and Expression("", factor).names & changing:
                return False
        return True

    def _rate_vanishes(self) -> bool:
        """Return whether the rate of a variable, by which Brian 2 divides, can be 0.

        It is computed at the start, and with all variables at 0.
        """
        zeros = dict.fromkeys(self._model.states, np.zeros(self._group.group.size))
        return any(self._rate_vanishes_at(states) for states in (self._group.start, zeros))

    def _rate_vanishes_at(self, states: Mapping[str, FloatArray]) -> bool:
        model = self._model
        env: dict[str, Any] = {**self._group.constants, **states, "t": 0.0}
        with np.errstate(all="ignore"):
            for name, expression in model.statics:
                env[name] = expression.evaluate(env)
            for state, derivative in zip(model.states, model.derivatives):
                affinity = Affinity(model, state)
                _, factor = affinity.parts(derivative.node)
                for name, part in affinity.named.items():
                    env[name] = Expression(name, part.node).evaluate(env)
                if factor is None or not np.all(Expression("", factor).evaluate(env)):
                    return True
        return False

    def _numeric_step(self) -> tuple[list[str], str]:
        """Return the matrix of a time step in numbers, if Brian 2's formula fails."""
        model = self._model
        coefficients = linear_coefficients(model, self._group.constants)
        assert coefficients is not None  # the method is exact
        symbolic = all(map(is_symbolic, self._group.formulas()))
        if symbolic and self._is_short() and self._has_formula(coefficients):
            return [], ""
        matrix = step_matrix(
            model.states,
            coefficients,
            self._group.experiment.dt * 1e-3,
            (self._group.group.size,) if _differ(coefficients) else (),
        )
        variables = self._group.variables
        names = {
            state: free_name(f"next_{variables[state]}", self._group.used) for state in model.states
        }
        lines = []
        for row, state in enumerate(model.states):
            terms = [
                self._term(matrix[..., row, column], state, other)
                for column, other in enumerate(model.states)
            ]
            constant = self._factor(matrix[..., row, -1], state, "1")
            terms.append(f"{constant}*{unit_text(self._group.dimensions[state])}")
            lines.append(f"{names[state]} = {' + '.join(terms)}")
        lines += [f"{variables[state]} = {name}" for state, name in names.items()]
        return (
            lines,
            "# Brian 2 has no exact formula for these equations: here is a time step in numbers.",
        )

    def _term(self, factor: FloatArray, state: str, other: str) -> str:
        unit = unit_text(self._group.dimensions[state])
        other_unit = unit_text(self._group.dimensions[other])
        scale = "" if unit == other_unit else f"*(1*{unit})/(1*{other_unit})"
        return f"{self._factor(factor, state, other)}*{self._group.variables[other]}{scale}"

    def _factor(self, values: FloatArray, state: str, other: str) -> str:
        """Return a number in brackets, or the name of a parameter if the neurons differ."""
        if (values == values.flat[0]).all():
            return f"({float(values.flat[0])!r})"
        name = free_name(f"step_{state}_{other}", self._group.used)
        self._group.used.add(name)
        self.parameters[name] = values.tolist()
        return name

    def _has_formula(self, coefficients: Coefficients) -> bool:
        """Return whether Brian 2 can solve the equations.

        Its formula takes the square root of a negative number if the variables oscillate. It
        divides by the differences of the rates if variables are coupled, and by each rate.
        """
        states = self._model.states
        moving = [states.index(state) for state in self._group.moving]
        entries = [
            [coefficients[row][0].get(states[column], 0.0) for column in moving] for row in moving
        ]
        shape = np.broadcast_shapes(*(np.shape(entry) for row in entries for entry in row))
        rates = np.array([[np.broadcast_to(entry, shape) for entry in row] for row in entries])
        rates = rates.reshape(len(moving), len(moving), -1)
        return all(_is_solvable(matrix) for matrix in np.unique(rates, axis=-1).transpose(2, 0, 1))


def _differ(coefficients: Coefficients) -> bool:
    """Return whether a coefficient has one value a neuron."""
    return any(
        np.ndim(value)
        for factors, constant in coefficients
        for value in (constant, *factors.values())
    )


def _size_written_out(node: ast.expr, sizes: Mapping[str, int]) -> int:
    """Return the number of nodes of a formula in which names are replaced by formulas."""
    return sum(
        sizes.get(part.id, 1) if isinstance(part, ast.Name) else 1 for part in ast.walk(node)
    )


def _is_solvable(rates: FloatArray) -> bool:
    own = np.linalg.eigvals(rates)
    sizes = np.abs(own)
    if own.imag.any() or sizes.min() <= 1e-9 * sizes.max():
        return False
    apart = np.abs(own[:, None] - own) / np.maximum(sizes[:, None], sizes)
    coupled = np.count_nonzero(rates - np.diag(np.diag(rates))) > 0
    return not coupled or bool((apart[np.triu_indices(len(own), 1)] > _LEAST_APART).all())
