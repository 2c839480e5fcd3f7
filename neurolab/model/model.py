"""A neuron model: equations, threshold and reset, checked once per text; numbers are bound to it later."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np

from ..errors import NeurolabError, ParseError, UndefinedNameError, UnitsError
from ..units import SECOND, dimension_name
from .affine import Affine, affine_value, parts
from .dimensions import dimension_of_expression
from .equations import RESERVED, parse_equations, parse_reset
from .expressions import CONSTANTS, Expression, parse_expression

_VOLTAGE_NAMES = ("V", "v", "Vm", "vm")
_ABOVE = {ast.Gt: np.greater, ast.GtE: np.greater_equal}


@dataclass(frozen=True, eq=False)  # compared by identity: compile_model gives one object per text
class Model:
    """What follows from the text of a model alone.

    Attributes
    ----------
    states : tuple of str
        State variables, in the order of the equations; the rows of a group's state array.
    derivatives : tuple of Expression
        Right-hand sides of their equations.
    statics : tuple of (str, Expression)
        Static equations, in the order in which they can be computed.
    parameters : tuple of str
        Names with one value a neuron (``tau : second``).
    threshold : Expression or None
    reset : tuple of Assignment
    """

    equations: tuple
    threshold: Expression | None
    reset: tuple

    @cached_property
    def states(self):
        return tuple(e.name for e in self.equations if e.kind == "differential")

    @cached_property
    def derivatives(self):
        return tuple(e.expression for e in self.equations if e.kind == "differential")

    @cached_property
    def statics(self):
        return tuple((e.name, e.expression.as_number) for e in self.equations if e.kind == "static")

    def statics_for(self, names):
        """The static equations that formulas with these names need, in order."""
        needed, chain = set(names), []
        for name, expression in reversed(self.statics):
            if name in needed:
                needed |= expression.names
                chain.append((name, expression))
        return chain[::-1]

    def is_noisy(self, name):
        """Whether a static equation holds noise, so that it has no value at one moment."""
        return any("xi" in expression.names for _, expression in self.statics_for({name}))

    @cached_property
    def threshold_needs(self):
        """What the threshold is computed from: all names, (state, row) pairs, and static equations in order."""
        statics = self.statics_for(self.threshold.names)
        names = self.threshold.names.union(*(expression.names for _, expression in statics))
        return (
            names,
            [(name, row) for row, name in enumerate(self.states) if name in names],
            statics,
        )

    @cached_property
    def level(self):
        """The threshold as (row of the state, comparison, expression), where it compares a state with a constant."""
        node = self.threshold and self.threshold.node
        if not (
            isinstance(node, ast.Compare)
            and len(node.ops) == 1
            and type(node.ops[0]) in _ABOVE
            and isinstance(node.left, ast.Name)
            and node.left.id in self.states
        ):
            return None
        right = Expression(ast.unparse(node.comparators[0]), node.comparators[0])
        if right.names - self.external.keys() - {*self.parameters} - CONSTANTS.keys():
            return None
        return self.states.index(node.left.id), _ABOVE[type(node.ops[0])], right

    @cached_property
    def reset_rows(self):
        """The reset as (row of the state, whether it adds, expression)."""
        return [(self.states.index(a.variable), a.adds, a.expression) for a in self.reset]

    @cached_property
    def held_row(self):
        """Row of the state that a refractory neuron is held at its reset value, or None.

        Only what one statement sets to a constant is held; after any other reset, a refractory neuron just does not fire.
        """
        if len(self.reset_rows) != 1:
            return None
        row, adds, expression = self.reset_rows[0]
        return None if adds or expression.names - self.external.keys() - CONSTANTS.keys() else row

    @cached_property
    def parameters(self):
        return tuple(e.name for e in self.equations if e.kind == "parameter")

    @cached_property
    def default_state(self):
        """The variable that a scalar threshold acts on: the one named V, v, Vm or vm if exactly one is, else the first."""
        named = [name for name in self.states if name in _VOLTAGE_NAMES]
        moving = [
            name
            for name, derivative in zip(self.states, self.derivatives)
            if derivative.text != "0"
        ]
        return named[0] if len(named) == 1 else (moving or self.states)[0]

    @cached_property
    def applies_functions_to_parameters(self):
        """Whether a function or a condition is applied to a parameter: as in Brian 1, such equations are not linear."""
        tainted = set(self.parameters)
        for name, expression in self.statics:
            if expression.names & tainted:
                tainted.add(name)
        formulas = [*self.derivatives, *(expression for _, expression in self.statics)]
        return any(
            isinstance(part, (ast.Call, ast.Compare)) and _names_in(part) & tainted
            for expression in formulas
            for part in ast.walk(expression.node)
        )

    @cached_property
    def expressions(self):
        """All formulas with the place to name in an error."""
        places = [(e.expression, e.where) for e in self.equations if e.expression]
        if self.threshold:
            places.append((self.threshold, "threshold"))
        return (*places, *((a.expression, f"reset of {a.variable}") for a in self.reset))

    @cached_property
    def compared(self) -> list[tuple[str, Expression, ast.expr]]:
        """Both sides of all comparisons: the place to name in an error, the whole formula, and one side.

        A side that has no value makes a comparison false without a trace in any result. A threshold that compares a
        state with a constant is left out, as the constant is checked once and the states are checked anyway.
        """
        watched = [(e.where, e.expression) for e in self.equations if e.expression]
        if self.threshold and not self.level:
            watched.append(("threshold", self.threshold))
        return [
            (where, expression, side)
            for where, expression in watched
            for part in ast.walk(expression.node)
            if isinstance(part, ast.Compare)
            for side in (part.left, *part.comparators)
            if not isinstance(side, (ast.Name, ast.Constant))
        ]

    @cached_property
    def external(self):
        """Names that must come from outside (the model's constants), each with the first place that uses it."""
        own = {e.name for e in self.equations} | RESERVED.keys() | CONSTANTS.keys()
        return {name: where for name, where in self._places.items() if name not in own}

    @cached_property
    def constants(self):
        """Which of e and pi it uses, each with the first place that does."""
        return {name: where for name, where in self._places.items() if name in CONSTANTS}

    @cached_property
    def _places(self):
        seen = {}
        for expression, where in self.expressions:
            for name in sorted(expression.names):
                seen.setdefault(name, where)
        return seen

    @cached_property
    def names_used(self):
        """Every name in the equations' right-hand sides."""
        return frozenset().union(*(e.expression.names for e in self.equations if e.expression))

    def dimensions(self, external):
        """Dimensions of all names, given those of the external ones; static equations without a unit take theirs."""
        known = {
            **RESERVED,
            **external,
            **{e.name: e.dimension for e in self.equations if e.dimension is not None},
        }
        for equation in self.equations:
            if equation.kind == "static" and equation.dimension is None:
                known[equation.name] = _located(equation.expression, known, equation.where)
        return known


def _names_in(node):
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


@lru_cache(maxsize=256)
def compile_model(equations, threshold="", reset=""):
    """Parse the three texts of a model.

    Parameters
    ----------
    equations, threshold, reset : str
        ``''`` for no threshold (the neuron never fires) or no reset.

    Returns
    -------
    Model

    Raises
    ------
    ParseError, UnknownNameError, LimitError
    """
    lines, assignments = parse_equations(equations), _parsed_reset(reset)
    moves = any(equation.kind == "differential" for equation in lines)
    driven = {assignment.variable for assignment in assignments}
    # A parameter that a reset changes is a state that stays where it is put; so are all where nothing else moves.
    lines = tuple(
        replace(equation, kind="differential", expression=parse_expression("0"))
        if equation.kind == "parameter" and (equation.name in driven or not moves)
        else equation
        for equation in lines
    )
    if not any(equation.kind == "differential" for equation in lines):
        raise ParseError(
            "there is no differential equation",
            where="equations",
            expected="at least one line such as dV/dt = -V/tau : volt",
        )
    model = Model(lines, _parsed_threshold(threshold), assignments)
    for assignment in model.reset:
        if assignment.variable not in model.states:
            raise UndefinedNameError(
                f"'{assignment.variable}' is not a state variable",
                where="reset",
                expected=f"one of {', '.join(model.states)}",
            )
        _refuse_noise(model, assignment.expression, "reset")
    if model.threshold:
        _refuse_noise(model, model.threshold, "threshold")
    return model


def _refuse_noise(model, expression, where):
    if "xi" in expression.names or any(map(model.is_noisy, expression.names)):
        raise ParseError(
            f"xi is noise and has no value at one moment ('{expression.text}' needs it)",
            where=where,
        )


def _parsed_threshold(text):
    if not text.strip():
        return None
    try:
        expression = parse_expression(text)
    except NeurolabError as error:
        error.located("threshold")
        raise
    if not expression.is_condition:
        raise ParseError(
            f"'{expression.text}' is a number, not a condition",
            where="threshold",
            expected="a comparison such as V > Vt",
        )
    return expression


def _parsed_reset(text):
    try:
        return parse_reset(text)
    except NeurolabError as error:
        error.located("reset")
        raise


@lru_cache(maxsize=256)
def check_dimensions(model, external):
    """Check that every equation, the threshold and the reset agree in dimension.

    Parameters
    ----------
    model : Model
    external : tuple of (str, dimension)
        Dimension of each external name.

    Raises
    ------
    UnitsError
        Naming the variable, both dimensions and the line.
    UnknownNameError
        A name that is neither in the model nor in `external`.
    """
    external = dict(external)
    for name, where in model.external.items():
        if name not in external:
            raise UndefinedNameError(
                f"'{name}' is not known",
                where=where,
                mend=f"Give {name} a value, or correct its spelling.",
            )
    known = model.dimensions(external)
    for equation in model.equations:
        if equation.expression is None or equation.dimension is None:
            continue
        found = _located(equation.expression, known, equation.where)
        wanted = (
            equation.dimension / SECOND if equation.kind == "differential" else equation.dimension
        )
        if found != wanted and equation.expression.text.strip("-+ 0.") != "":
            raise UnitsError(
                f"the right-hand side of {equation.name} has dimension {dimension_name(found)}",
                where=equation.where,
                expected=dimension_name(wanted),
                mend=_equation_hint(equation, found, wanted),
            )
    _check_threshold_and_reset(model, known)


def _equation_hint(equation, found, wanted):
    if equation.kind == "differential" and found == equation.dimension:
        return f"d{equation.name}/dt is a change per time: divide by a time constant."
    if equation.kind == "differential" and found * SECOND != equation.dimension:
        return f"Change the formula, or the unit after the colon ({dimension_name(equation.dimension)})."
    return "Change the formula, or the unit after the colon."


def _check_threshold_and_reset(model, known):
    if model.threshold:
        _located(model.threshold, known, "threshold")
    for assignment in model.reset:
        if assignment.expression.text.strip("-+() 0.") == "":
            continue
        found = _located(assignment.expression, known, f"reset of {assignment.variable}")
        if found != known[assignment.variable]:
            raise UnitsError(
                f"{assignment.variable} is set to a value in {dimension_name(found)}",
                where="reset",
                expected=dimension_name(known[assignment.variable]),
            )


def _located(expression, known, where):
    try:
        return dimension_of_expression(expression, known)
    except NeurolabError as error:
        error.located(where)
        raise


def linear_coefficients(model, constants: Mapping):
    """Coefficients of a linear model dx/dt = A x + b at given numbers.

    Returns
    -------
    list of (coefficients, constant) or None
        Per state variable a dict from state to factor (numbers, or arrays with one entry a neuron) and the constant
        term; None where the model is not linear, or depends on time or noise.
    """
    if model.names_used & {"t", "xi"} or model.applies_functions_to_parameters:
        return None
    env = {**constants, **{name: Affine(0.0, {name: 1.0}) for name in model.states}}
    for name, expression in model.statics:
        env[name] = affine_value(expression.evaluate, env)
        if env[name] is None:
            return None
    values = [affine_value(expression.evaluate, env) for expression in model.derivatives]
    return None if any(value is None for value in values) else [parts(value) for value in values]
