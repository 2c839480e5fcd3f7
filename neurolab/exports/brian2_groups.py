"""A group of neurons as statements of a Brian 2 program."""

import ast
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import numpy as np

from ..engine.integrators import method_name
from ..engine.linear_integrators import step_matrix
from ..errors import NeurolabError, ParseError
from ..experiment.expansion import initial_values
from ..experiment.experiment import Entries, Experiment, Neurons, Rule, Spread
from ..experiment.validate import external_values, parameter_values
from ..model.expressions import Expression
from ..model.linearity import linear_coefficients
from ..units import DIMENSIONLESS, SECOND, display_factor, display_unit
from .brian2_formulas import ROUNDING, Translator, is_symbolic, keeps_names, keeps_text, written
from .brian2_names import unit_by_name, unit_node
from .brian2_steps import Affinity, StepWriter
from .writing import array_text, call, free_name, quantity, text, unit_text

_LONGEST_WRITTEN_OUT = (
    1000  # parts of an equation; Brian 2 writes static equations out, which can double each time
)
_LEAST_APART = 1e-3  # of two rates; closer ones cost the formula more digits than three


class NeuronsWriter:
    """Writes one group.

    Parameters
    ----------
    experiment : Experiment
    group : Neurons
    known : tuple
        Its model and the dimensions of all names, as `validate` gives them.
    name : str
        Name of the group in the program.
    parameters, variables : mapping
        Name in the experiment → name in the program.
    used : set of str
        All names of the program.
    """

    def __init__(
        self,
        experiment: Experiment,
        group: Neurons,
        known: tuple,
        name: str,
        parameters: Mapping,
        variables: Mapping,
        used: set,
    ) -> None:
        self._experiment, self._group, self._name, self._used = experiment, group, name, used
        self._model, self._dimensions, *_ = known
        own = {equation.name for equation in self._model.equations}
        self._variables = {variable: variables[variable] for variable in own}
        self._nodes = {
            variable: ast.Name(new, ast.Load()) for variable, new in self._variables.items()
        }
        for external in self._model.external:
            self._nodes[external] = (
                ast.Name(parameters[external], ast.Load())
                if external in parameters
                else unit_by_name(external)
            )
        self._translator = Translator(self._dimensions, self._nodes)
        self._extra = {}

    def lines(self, refractory: str) -> list[str]:
        """The statements.

        Parameters
        ----------
        refractory : str
            The refractory time as a piece of program; ``''`` for none.
        """
        method = self._method()
        with self._at("equations"):
            step, note = self._statements(method)
        with self._at("threshold"):
            threshold = self._threshold()
        options = {}
        if threshold:
            with self._at("reset"):
                options = {
                    "threshold": repr(threshold),
                    "reset": repr(self._reset()),
                    "refractory": refractory,
                }
        if not step and self._moving:
            options["method"] = repr(method)
        lines = [
            f"{self._name} = "
            + call(
                "NeuronGroup", str(self._group.size), text(self._equations(bool(step))), **options
            )
        ]
        if step:
            lines += [
                *self._formulas(),
                note,
                f"{self._name}.run_regularly({text(chr(10).join(step))}, when='groups')",
            ]
        lines += self._initial()
        if threshold and refractory and self._model.held_row is not None:
            lines += self._hold(refractory)
        return lines

    @contextmanager
    def _at(self, place: str) -> Iterator[None]:
        """Name the group and the place in an error."""
        try:
            yield
        except NeurolabError as error:
            error.located(f"{self._group.name}, {place}")
            raise

    def _formulas_of_equations(self) -> list[ast.expr]:
        """The translated right-hand sides of all equations."""
        found = []
        for equation in self._model.equations:
            if equation.expression is not None:
                dimension = self._dimensions[equation.name]
                if equation.kind == "differential":
                    dimension /= SECOND
                with self._at(equation.where):
                    found.append(self._translator.value(equation.expression.as_number, dimension))
        return found

    @property
    def _moving(self) -> list[str]:
        return [
            state
            for state, derivative in zip(self._model.states, self._model.derivatives)
            if derivative.text != "0"
        ]

    def _method(self) -> str:
        name = method_name(self._group.method)
        if not name:
            name = (
                "euler" if linear_coefficients(self._model, self._constants) is None else "linear"
            )
        return "exact" if name == "linear" else name

    @property
    def _constants(self) -> dict:
        """SI value of every external name and parameter; those of parameters with one value a neuron are arrays."""
        group, model = self._group, self._model
        values = external_values(model, parameter_values(self._experiment))
        given = dict(group.initial)
        for parameter in model.parameters:
            plain = initial_values(given.get(parameter, (0.0,) * group.size), group.size)
            values[parameter] = plain * display_factor(self._dimensions[parameter])
        return values

    def _equations(self, steps: bool) -> str:
        """The equations; without those of the states where their steps are written as statements."""
        lines = []
        for equation in sorted(self._model.equations, key=lambda equation: equation.line):
            name, unit = self._variables[equation.name], unit_text(self._dimensions[equation.name])
            if equation.kind == "parameter":
                lines.append(f"{name} : {unit} (constant)")
            elif equation.kind == "differential" and (steps or equation.expression.text == "0"):
                lines.append(f"{name} : {unit}")
            elif equation.kind == "differential":
                lines.append(
                    f"d{name}/dt = {self._derivative(equation.name, equation.expression)} : {unit}"
                )
            elif not self._model.is_noisy(equation.name):
                formula = self._text(
                    equation.expression.as_number,
                    equation.expression,
                    self._dimensions[equation.name],
                )
                lines.append(f"{name} = {formula} : {unit}")
        return "\n".join([*lines, *(f"{name} : 1 (constant)" for name in self._extra)])

    def _derivative(self, state: str, expression: Expression) -> str:
        translator = self._translator
        if expression.names & self._noisy():
            expression = self._with_noise(expression)
            translator = Translator(
                self._dimensions, {**self._nodes, "xi": ast.Name(f"xi_{self._variables[state]}")}
            )
        return self._text(expression, expression, self._dimensions[state] / SECOND, translator)

    def _noisy(self) -> set:
        return {"xi", *(name for name, _ in self._model.statics if self._model.is_noisy(name))}

    def _with_noise(self, expression: Expression) -> Expression:
        """A formula in which the static equations that hold noise are written out."""
        statics = {
            name: static for name, static in self._model.statics if self._model.is_noisy(name)
        }

        class WrittenOut(ast.NodeTransformer):
            def visit_Name(self, node: ast.Name) -> ast.expr:
                return (
                    self.visit(ast.parse(ast.unparse(statics[node.id].node), mode="eval").body)
                    if node.id in statics
                    else node
                )

        return Expression(
            expression.text,
            WrittenOut().visit(ast.parse(ast.unparse(expression.node), mode="eval").body),
        )

    def _text(
        self,
        expression: Expression,
        typed: Expression,
        dimension,
        translator: Translator | None = None,
    ) -> str:
        """A formula as text: as it was typed, where nothing in it is changed."""
        node = (translator or self._translator).value(expression, dimension)
        return typed.text if keeps_text(typed, node) else written(node)

    def _threshold(self) -> str:
        expression = self._model.threshold
        if expression is None:
            return ""
        if self._model.level:
            return self._level()
        node = self._translator.condition(expression.node)
        return expression.text if keeps_text(expression, node) else written(node)

    def _level(self) -> str:
        """A comparison of a state with a constant: a sum of weights that equals it is not above it."""
        row, _, level = self._model.level
        state = self._model.states[row]
        dimension = self._dimensions[state]
        largest = [np.max(np.abs(level.evaluate(self._constants)))]
        largest += [values for name, values in self._start().items() if name == state]
        largest += [weight * display_factor(dimension) for weight in self._weights(state)]
        size = float(max(np.max(np.abs(values)) for values in largest))
        node = self._model.threshold.node
        (op,) = node.ops
        first = self._translator.number(node.left)
        second = self._translator.number(node.comparators[0], dimension)
        if size > 0:
            margin = ast.Constant(float(f"{ROUNDING * size:.3g}"))
            unit = unit_node(dimension)
            margin = margin if dimension == DIMENSIONLESS else ast.BinOp(margin, ast.Mult(), unit)
            second = ast.BinOp(second, ast.Add() if isinstance(op, ast.Gt) else ast.Sub(), margin)
        return written(ast.Compare(first, [op], [second]))

    def _weights(self, state: str) -> list[float]:
        """The largest weight of each connection that leads to a variable."""
        found = []
        for connection in self._experiment.connections:
            if connection.target == self._group.name and connection.state == state:
                found.append(largest_weight(connection.weights))
        return found

    def _start(self) -> dict:
        """The initial values of the states, in SI units."""
        given, size = dict(self._group.initial), self._group.size
        return {
            state: initial_values(given.get(state, (0.0,) * size), size)
            * display_factor(self._dimensions[state])
            for state in self._model.states
        }

    def _reset(self) -> str:
        statements = [
            part.strip() for part in re.split(r"[;\n]", self._group.reset) if part.strip()
        ]
        lines = []
        for statement, assignment in zip(statements, self._model.reset):
            variable, expression = self._variables[assignment.variable], assignment.expression
            node = self._translator.value(expression, self._dimensions[assignment.variable])
            kept = keeps_text(expression, node) and variable == assignment.variable
            if assignment.adds:
                lines.append(
                    " ".join(statement.split()) if kept else f"{variable} += {written(node)}"
                )
            elif kept and keeps_names(node, variable) and re.match(r"\w+\s*=", statement):
                lines.append(" ".join(statement.split()))
            elif not keeps_names(node, variable):
                # Brian 2 simplifies a formula in which the variable itself stands, and stumbles where a name falls out.
                new = free_name(f"new_{variable}", self._used)
                lines += [f"{new} = {written(node)}", f"{variable} = {new}"]
            else:
                lines.append(f"{variable} = {written(node)}")
        return "\n".join(lines)

    def _hold(self, refractory: str) -> list[str]:
        state, assignment = self._model.states[self._model.held_row], self._model.reset[0]
        value = written(self._translator.value(assignment.expression, self._dimensions[state]))
        held = self._variables[state]
        return [
            "# While a neuron is refractory, this variable keeps its reset value.",
            f"{self._name}.run_regularly({f'{held} += ({value} - {held})*int(timestep(t - lastspike, dt) <= '!r}",
            f"    {f'timestep({refractory}, dt))'!r}, when='after_resets')",
        ]

    def _initial(self) -> list[str]:
        lines = []
        for variable, values in self._group.initial:
            shown = display_unit(self._dimensions[variable])
            if isinstance(values, Spread) and not (
                self._extra and variable in self._model.parameters
            ):
                given = (
                    f"{quantity(values.low, shown)} + rand({self._group.size})*"
                    f"{quantity(values.high - values.low, shown)}"
                )
            else:
                given = array_text(
                    np.asarray(initial_values(values, self._group.size)).tolist(), shown
                )
            lines.append(f"{self._name}.{self._variables[variable]} = {given}")
        return lines + [
            f"{self._name}.{name} = {array_text(values, '')}"
            for name, values in self._extra.items()
        ]

    def _formulas(self) -> list[str]:
        """The differential equations as comments."""
        lines = text(self._group.equations, "").strip("'").replace("\\n", "\n").strip().splitlines()
        return ["# " + line.strip() for line in lines]

    def _statements(self, method: str) -> tuple[list[str], str]:
        """A time step as statements, where Brian 2 does not integrate the equations as the lab does; and why."""
        if not self._moving:
            self._formulas_of_equations()  # for what cannot be written
            return [], ""
        if method == "exact":
            return self._numeric_step()
        if self._brian2_integrates(method):
            return [], ""
        writer = StepWriter(self._model, self._dimensions, self._nodes, self._used)
        return writer.write(
            method
        ), f"# Brian 2 cannot integrate these equations: here is a time step of method {method}."

    def _is_short(self) -> bool:
        """Whether all equations stay short when the static equations in them are written out, as Brian 2 does."""
        sizes = {}
        for name, static in self._model.statics:
            sizes[name] = _size_written_out(static.node, sizes)
        derivatives = (
            _size_written_out(derivative.node, sizes) for derivative in self._model.derivatives
        )
        return max((*sizes.values(), *derivatives), default=0) <= _LONGEST_WRITTEN_OUT

    def _brian2_integrates(self, method: str) -> bool:
        if not self._is_short():
            return False
        if not all(map(is_symbolic, self._formulas_of_equations())):
            return False
        if method == "exponential_euler":
            return not self._rate_vanishes()
        return not self._model.names_used & {"xi"} or self._noise_is_added()

    def _noise_is_added(self) -> bool:
        """Whether noise enters each derivative as a constant times xi, as Brian 2's Euler method wants it."""
        changing = {"t", *self._model.states, *(name for name, _ in self._model.statics)}
        for derivative in self._model.derivatives:
            if not derivative.names & self._noisy():
                continue
            try:
                _, factor = Affinity(self._model, "xi").parts(self._with_noise(derivative).node)
            except ParseError:  # not linear in the noise
                return False
            if factor is not None and Expression("", factor).names & changing:
                return False
        return True

    def _rate_vanishes(self) -> bool:
        """Whether the rate of a variable is 0 at the start, or where all variables are 0: Brian 2 divides by it."""
        model, size = self._model, self._group.size
        for values in (self._start(), dict.fromkeys(model.states, np.zeros(size))):
            env = {**self._constants, **values, "t": 0.0}
            with np.errstate(all="ignore"):
                for name, expression in model.statics:
                    env[name] = expression.evaluate(env)
                for state, derivative in zip(model.states, model.derivatives):
                    affinity = Affinity(model, state)
                    _, factor = affinity.parts(derivative.node)
                    for name, (node, *_) in affinity.named.items():
                        env[name] = Expression(name, node).evaluate(env)
                    if factor is None or not np.all(Expression("", factor).evaluate(env)):
                        return True
        return False

    def _numeric_step(self) -> tuple[list[str], str]:
        """The matrix of a time step in numbers, where Brian 2's formula fails."""
        model, dimensions = self._model, self._dimensions
        coefficients = linear_coefficients(model, self._constants)
        symbolic = all(map(is_symbolic, self._formulas_of_equations()))
        if symbolic and self._is_short() and self._has_formula(coefficients):
            return [], ""
        several = any(
            np.ndim(value)
            for factors, constant in coefficients
            for value in (constant, *factors.values())
        )
        matrix = step_matrix(
            model.states,
            coefficients,
            self._experiment.dt * 1e-3,
            (self._group.size,) if several else (),
        )
        sums = {}
        for row, state in enumerate(model.states):
            unit = unit_text(dimensions[state])
            terms = [
                self._term(matrix[..., row, column], state, other)
                for column, other in enumerate(model.states)
            ]
            constant = self._factor(matrix[..., row, -1], state, "1")
            sums[state] = " + ".join([*terms, f"{constant}*{unit}"])
        locals_ = {
            state: free_name(f"next_{self._variables[state]}", self._used) for state in model.states
        }
        return (
            [
                *(f"{locals_[state]} = {value}" for state, value in sums.items()),
                *(f"{self._variables[state]} = {name}" for state, name in locals_.items()),
            ],
            "# Brian 2 has no exact formula for these equations: here is a time step in numbers.",
        )

    def _term(self, factor: np.ndarray, state: str, other: str) -> str:
        units = [unit_text(self._dimensions[name]) for name in (state, other)]
        scale = "" if units[0] == units[1] else f"*(1*{units[0]})/(1*{units[1]})"
        return f"{self._factor(factor, state, other)}*{self._variables[other]}{scale}"

    def _factor(self, values: np.ndarray, state: str, other: str) -> str:
        """A number in brackets, or the name of a parameter where the neurons differ."""
        if (values == values.flat[0]).all():
            return f"({float(values.flat[0])!r})"
        name = free_name(f"step_{state}_{other}", self._used)
        self._used.add(name)
        self._extra[name] = values.tolist()
        return name

    def _has_formula(self, coefficients: list) -> bool:
        """Whether Brian 2 can solve the equations.

        Its formula takes the root of a negative number where the variables oscillate. It divides by the differences of
        the rates where variables are coupled, and by each rate.
        """
        model = self._model
        moving = [model.states.index(state) for state in self._moving]
        entries = [
            [coefficients[row][0].get(model.states[column], 0.0) for column in moving]
            for row in moving
        ]
        shape = np.broadcast_shapes(*(np.shape(entry) for row in entries for entry in row))
        rates = np.array([[np.broadcast_to(entry, shape) for entry in row] for row in entries])
        rates = rates.reshape(len(moving), len(moving), -1)
        return all(_is_solvable(matrix) for matrix in np.unique(rates, axis=-1).transpose(2, 0, 1))


def _size_written_out(node: ast.expr, sizes: Mapping) -> int:
    """The number of nodes of a formula; a name that has a size counts as many."""
    return sum(
        sizes.get(part.id, 1) if isinstance(part, ast.Name) else 1 for part in ast.walk(node)
    )


def _is_solvable(rates: np.ndarray) -> bool:
    own = np.linalg.eigvals(rates)
    sizes = np.abs(own)
    if own.imag.any() or sizes.min() <= 1e-9 * sizes.max():
        return False
    apart = np.abs(own[:, None] - own) / np.maximum(sizes[:, None], sizes)
    coupled = np.count_nonzero(rates - np.diag(np.diag(rates))) > 0
    return not coupled or bool((apart[np.triu_indices(len(own), 1)] > _LEAST_APART).all())


def largest_weight(weights: Rule | Entries | tuple) -> float:
    """The largest absolute weight of a connection, in the unit in which its weights are written."""
    if isinstance(weights, Rule):
        return abs(weights.weight)
    values = (
        weights.weights
        if isinstance(weights, Entries)
        else [weight for row in weights for weight in row]
    )
    return max(map(abs, values), default=0.0)
