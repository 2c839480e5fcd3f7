"""A group of neurons as statements of a Brian 2 program."""

import ast
import re

import numpy as np

from ..experiment.expansion import initial_values
from ..experiment.experiment import Spread
from ..model.equations import Assignment, Equation
from ..model.expressions import Expression
from ..units import DIMENSIONLESS, SECOND, Dimension, display_unit
from .brian2_formulas import Translator
from .brian2_integration import Integration
from .brian2_names import unit_node
from .brian2_program_group import ProgramGroup
from .brian2_trees import ROUNDING, keeps_names, keeps_text, written
from .writing import array_text, call, free_name, quantity, text, unit_text


class NeuronsWriter:
    """Writes one group.

    Parameters
    ----------
    group : ProgramGroup
    """

    def __init__(self, group: ProgramGroup) -> None:
        self._group = group
        self._model = group.model
        self._dimensions = group.dimensions
        self._variables = group.variables
        self._translator = group.translator

    def lines(self, refractory: str) -> list[str]:
        """Return the statements.

        Parameters
        ----------
        refractory : str
            The refractory period as a piece of program; ``''`` for none.
        """
        group = self._group
        integration = Integration(group)
        step = integration.statements
        with group.at("threshold"):
            threshold = self._threshold()
        options = {}
        if threshold:
            with group.at("reset"):
                options = {
                    "threshold": repr(threshold),
                    "reset": repr(self._reset()),
                    "refractory": refractory,
                }
        if not step and group.moving:
            options["method"] = repr(integration.method)
        equations = text(self._equations(bool(step), list(integration.parameters)))
        made = call("NeuronGroup", str(group.group.size), equations, **options)
        lines = [f"{group.name} = {made}"]
        if step:
            code = text("\n".join(step))
            lines += self._formulas_as_comments()
            lines.append(integration.reason)
            lines.append(f"{group.name}.run_regularly({code}, when='groups')")
        lines += self._initial(bool(integration.parameters))
        lines += [
            f"{group.name}.{name} = {array_text(values, '')}"
            for name, values in integration.parameters.items()
        ]
        if threshold and refractory and self._model.held_row is not None:
            lines += self._hold(self._model.held_row, refractory)
        return lines

    def _equations(self, has_step: bool, parameters: list[str]) -> str:
        """Return the equations; with a step as statements, the derivatives are left out."""
        lines = []
        for equation in sorted(self._model.equations, key=lambda equation: equation.line):
            lines += self._equation(equation, has_step)
        return "\n".join([*lines, *(f"{name} : 1 (constant)" for name in parameters)])

    def _equation(self, equation: Equation, has_step: bool) -> list[str]:
        name = self._variables[equation.name]
        dimension = self._dimensions[equation.name]
        unit = unit_text(dimension)
        expression = equation.expression
        if expression is None:
            return [f"{name} : {unit} (constant)"]
        if equation.kind == "differential":
            if has_step or expression.text == "0":
                return [f"{name} : {unit}"]
            return [f"d{name}/dt = {self._derivative(equation.name, expression)} : {unit}"]
        if self._model.is_noisy(equation.name):
            return []
        formula = self._text(self._translator, expression.as_number, expression, dimension)
        return [f"{name} = {formula} : {unit}"]

    def _derivative(self, state: str, expression: Expression) -> str:
        translator = self._translator
        if expression.names & self._group.noisy:
            expression = self._group.with_noise(expression)
            noise = ast.Name(f"xi_{self._variables[state]}")
            translator = Translator(self._dimensions, {**self._group.nodes, "xi": noise})
        return self._text(translator, expression, expression, self._dimensions[state] / SECOND)

    def _text(
        self,
        translator: Translator,
        expression: Expression,
        typed: Expression,
        dimension: Dimension,
    ) -> str:
        """Return a formula as text: as it was typed, if the translation changes nothing."""
        node = translator.value(expression, dimension)
        return typed.text if keeps_text(typed, node) else written(node)

    def _threshold(self) -> str:
        expression = self._model.threshold
        if expression is None:
            return ""
        if self._model.level:
            return self._level(expression)
        node = self._translator.condition(expression.node)
        return expression.text if keeps_text(expression, node) else written(node)

    def _level(self, expression: Expression) -> str:
        """Return a comparison of a state with a constant, with a margin for rounding errors."""
        assert self._model.level
        assert isinstance(expression.node, ast.Compare)
        row, _, level = self._model.level
        state = self._model.states[row]
        dimension = self._dimensions[state]
        level_size = float(np.max(np.abs(level.evaluate(self._group.constants))))
        size = max(level_size, self._group.largest(state))
        (op,) = expression.node.ops
        first = self._translator.number(expression.node.left)
        second = self._translator.number(expression.node.comparators[0], dimension)
        if size > 0:
            margin: ast.expr = ast.Constant(float(f"{ROUNDING * size:.3g}"))
            if dimension != DIMENSIONLESS:
                margin = ast.BinOp(margin, ast.Mult(), unit_node(dimension))
            sign = ast.Add() if isinstance(op, ast.Gt) else ast.Sub()
            second = ast.BinOp(second, sign, margin)
        return written(ast.Compare(first, [op], [second]))

    def _reset(self) -> str:
        parts = re.split(r"[;\n]", self._group.group.reset)
        statements = [part.strip() for part in parts if part.strip()]
        lines = []
        for statement, assignment in zip(statements, self._model.reset):
            lines += self._assignment(" ".join(statement.split()), assignment)
        return "\n".join(lines)

    def _assignment(self, statement: str, assignment: Assignment) -> list[str]:
        variable = self._variables[assignment.variable]
        expression = assignment.expression
        node = self._translator.value(expression, self._dimensions[assignment.variable])
        kept = keeps_text(expression, node) and variable == assignment.variable
        if assignment.adds:
            return [statement if kept else f"{variable} += {written(node)}"]
        if not keeps_names(node, variable):
            # Brian 2 simplifies a formula that contains the variable itself, and fails if a name
            # is lost thereby.
            new = free_name(f"new_{variable}", self._group.used)
            return [f"{new} = {written(node)}", f"{variable} = {new}"]
        if kept and re.match(r"\w+\s*=", statement):
            return [statement]
        return [f"{variable} = {written(node)}"]

    def _hold(self, row: int, refractory: str) -> list[str]:
        state = self._model.states[row]
        expression = self._model.reset[0].expression
        value = written(self._translator.value(expression, self._dimensions[state]))
        held = self._variables[state]
        first = f"{held} += ({value} - {held})*int(timestep(t - lastspike, dt) <= "
        second = f"timestep({refractory}, dt))"
        return [
            "# While a neuron is refractory, this variable keeps its reset value.",
            f"{self._group.name}.run_regularly({first!r}",
            f"    {second!r}, when='after_resets')",
        ]

    def _initial(self, has_parameters: bool) -> list[str]:
        """Return the assignments of initial values.

        Parameters of a step in numbers are computed from the values that the lab draws. So if there
        are any, the parameters of the model must have these values, too.
        """
        lines = []
        size = self._group.group.size
        for variable, given in self._group.group.initial:
            unit = display_unit(self._dimensions[variable])
            if isinstance(given, Spread) and not (
                has_parameters and variable in self._model.parameters
            ):
                width = quantity(given.high - given.low, unit)
                values = f"{quantity(given.low, unit)} + rand({size})*{width}"
            else:
                values = array_text(initial_values(given, size).tolist(), unit)
            lines.append(f"{self._group.name}.{self._variables[variable]} = {values}")
        return lines

    def _formulas_as_comments(self) -> list[str]:
        written_out = text(self._group.group.equations, "").strip("'").replace("\\n", "\n")
        return [f"# {line.strip()}" for line in written_out.strip().splitlines()]
