"""A group of neurons with the names and formulas that it has in a Brian 2 program."""

import ast
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import numpy as np

from ..array_types import FloatArray, Number
from ..errors import NeurolabError
from ..experiment.checked import CheckedModel, external_values, parameter_values
from ..experiment.expansion import initial_values
from ..experiment.experiment import Entries, Experiment, Neurons, Rule, Weights
from ..model.expressions import Expression
from ..units import SECOND, display_factor
from .brian2_formulas import Translator
from .brian2_names import unit_by_name


class ProgramGroup:
    """A group as a program names it.

    Parameters
    ----------
    experiment : Experiment
    group : Neurons
    checked : CheckedModel
        The model of the group.
    name : str
        Name of the group in the program.
    parameters, variables : mapping
        Name in the experiment → name in the program.
    used : set of str
        All names of the program.

    Attributes
    ----------
    nodes : dict
        Name in the experiment → syntax tree that replaces it in the program.
    translator : Translator
        The translator of its formulas.
    """

    def __init__(
        self,
        experiment: Experiment,
        group: Neurons,
        checked: CheckedModel,
        name: str,
        parameters: Mapping[str, str],
        variables: Mapping[str, str],
        used: set[str],
    ) -> None:
        self.experiment = experiment
        self.group = group
        self.name = name
        self.used = used
        self.model = checked.model
        self.dimensions = checked.dimensions
        own = {equation.name for equation in self.model.equations}
        self.variables = {variable: variables[variable] for variable in own}
        self.nodes: dict[str, ast.expr] = {
            variable: ast.Name(new, ast.Load()) for variable, new in self.variables.items()
        }
        for external in self.model.external:
            if external in parameters:
                self.nodes[external] = ast.Name(parameters[external], ast.Load())
            else:
                self.nodes[external] = unit_by_name(external)
        self.translator = Translator(self.dimensions, self.nodes)

    @contextmanager
    def at(self, place: str) -> Iterator[None]:
        """Name the group and the place in an error."""
        try:
            yield
        except NeurolabError as error:
            error.located(f"{self.group.name}, {place}")
            raise

    @property
    def moving(self) -> list[str]:
        """The states whose derivative is not 0."""
        pairs = zip(self.model.states, self.model.derivatives)
        return [state for state, derivative in pairs if derivative.text != "0"]

    @property
    def noisy(self) -> set[str]:
        """The name xi and those of the static equations that contain it."""
        return {"xi", *(name for name, _ in self.model.statics if self.model.is_noisy(name))}

    @property
    def constants(self) -> dict[str, Number]:
        """SI values of all external names and parameters; some have one value a neuron."""
        values = external_values(self.model, parameter_values(self.experiment))
        for parameter in self.model.parameters:
            values[parameter] = self._initial(parameter)
        return values

    @property
    def start(self) -> dict[str, FloatArray]:
        """The initial values of the states, in SI units."""
        return {state: self._initial(state) for state in self.model.states}

    def _initial(self, name: str) -> FloatArray:
        size = self.group.size
        given = dict(self.group.initial).get(name, (0.0,) * size)
        values: FloatArray = initial_values(given, size) * display_factor(self.dimensions[name])
        return values

    def formulas(self) -> list[ast.expr]:
        """Return the translated right-hand sides of all equations."""
        formulas = []
        for equation in self.model.equations:
            if equation.expression is not None:
                dimension = self.dimensions[equation.name]
                if equation.kind == "differential":
                    dimension /= SECOND
                with self.at(equation.where):
                    number = equation.expression.as_number
                    formulas.append(self.translator.value(number, dimension))
        return formulas

    def with_noise(self, expression: Expression) -> Expression:
        """Return a formula in which the static equations with noise are written out."""
        statics = {name: static for name, static in self.model.statics if self.model.is_noisy(name)}

        class WrittenOut(ast.NodeTransformer):
            def visit_Name(self, node: ast.Name) -> ast.expr:
                if node.id not in statics:
                    return node
                copied: ast.expr = self.visit(_copied(statics[node.id].node))
                return copied

        return Expression(expression.text, WrittenOut().visit(_copied(expression.node)))

    def largest(self, state: str) -> float:
        """Return the largest absolute SI value of a state at the start, or of a weight of it."""
        factor = display_factor(self.dimensions[state])
        sizes = [float(np.max(np.abs(self.start[state])))]
        for connection in self.experiment.connections:
            if connection.target == self.group.name and connection.state == state:
                sizes.append(largest_weight(connection.weights) * factor)
        return max(sizes)


def _copied(node: ast.expr) -> ast.expr:
    return ast.parse(ast.unparse(node), mode="eval").body


def largest_weight(weights: Weights) -> float:
    """Return the largest absolute weight of a connection, in the unit of its weights.

    Examples
    --------
    >>> largest_weight(((6.0, -8.0),))
    8.0
    """
    if isinstance(weights, Rule):
        return abs(weights.weight)
    if isinstance(weights, Entries):
        return max(map(abs, weights.weights), default=0.0)
    return max((abs(weight) for row in weights for weight in row), default=0.0)
