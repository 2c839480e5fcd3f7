"""A neuron model: its equations, threshold and reset, and what follows from their text alone."""

import ast
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..units import Dimension
from .dimensions import located_dimension
from .equations import RESERVED, Assignment, Equation
from .expressions import Expression
from .vocabulary import CONSTANTS

Static = tuple[str, Expression]
"""Name and formula of a static equation."""

_VOLTAGE_NAMES = ("V", "v", "Vm", "vm")
_ABOVE = {ast.Gt: np.greater, ast.GtE: np.greater_equal}


@dataclass(frozen=True, eq=False)  # compared by identity: compile_model gives one object per text
class Model:
    """What follows from the text of a model alone; numbers are bound to it later.

    Attributes
    ----------
    equations : tuple of Equation
    threshold : Expression or None
        None if the neurons never fire.
    reset : tuple of Assignment
    """

    equations: tuple[Equation, ...]
    threshold: Expression | None
    reset: tuple[Assignment, ...]

    @cached_property
    def states(self) -> tuple[str, ...]:
        """State variables, in the order of the equations; the rows of a group's state array."""
        return tuple(e.name for e in self.equations if e.kind == "differential")

    @cached_property
    def derivatives(self) -> tuple[Expression, ...]:
        """Right-hand sides of the differential equations, in the order of `states`."""
        return tuple(
            e.expression for e in self.equations if e.kind == "differential" and e.expression
        )

    @cached_property
    def statics(self) -> tuple[Static, ...]:
        """Static equations, in the order in which they can be computed."""
        return tuple(
            (e.name, e.expression.as_number)
            for e in self.equations
            if e.kind == "static" and e.expression
        )

    def statics_for(self, names: Collection[str]) -> list[Static]:
        """Return the static equations that formulas with these names need, in order."""
        needed = set(names)
        chain = []
        for name, expression in reversed(self.statics):
            if name in needed:
                needed |= expression.names
                chain.append((name, expression))
        return chain[::-1]

    def is_noisy(self, name: str) -> bool:
        """Return whether a static equation contains noise, and so has no value at one moment."""
        return any("xi" in expression.names for _, expression in self.statics_for({name}))

    @cached_property
    def threshold_needs(
        self,
    ) -> tuple[Expression, frozenset[str], list[tuple[str, int]], list[Static]]:
        """The threshold and what it is computed from.

        It is a tuple of the formula, all names, (state, row) pairs, and static equations in order.
        """
        assert self.threshold is not None, "a model without a threshold never fires"
        statics = self.statics_for(self.threshold.names)
        names = self.threshold.names.union(*(expression.names for _, expression in statics))
        rows = [(name, row) for row, name in enumerate(self.states) if name in names]
        return self.threshold, names, rows, statics

    @cached_property
    def level(self) -> tuple[int, np.ufunc, Expression] | None:
        """The threshold as (row, comparison, expression) if it compares a state with a constant."""
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
        if (
            right.calls_program
            or right.names - self.external.keys() - {*self.parameters} - CONSTANTS.keys()
        ):
            return None
        return self.states.index(node.left.id), _ABOVE[type(node.ops[0])], right

    @cached_property
    def reset_rows(self) -> list[tuple[int, bool, Expression]]:
        """The reset as a list of (row of the state, whether it adds, expression)."""
        return [(self.states.index(a.variable), a.adds, a.expression) for a in self.reset]

    @cached_property
    def held_row(self) -> int | None:
        """Row of the state that a refractory neuron is held at its reset value, or None.

        A variable is held if the reset is one statement that sets it to a constant. After any other
        reset, a refractory neuron does not fire, but its variables change.
        """
        if len(self.reset_rows) != 1:
            return None
        row, adds, expression = self.reset_rows[0]
        if expression.calls_program:
            return None
        return None if adds or expression.names - self.external.keys() - CONSTANTS.keys() else row

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """Names with one value for each neuron, as in ``tau : second``."""
        return tuple(e.name for e in self.equations if e.kind == "parameter")

    @cached_property
    def default_state(self) -> str:
        """The variable that a scalar threshold applies to.

        It is the only one named V, v, Vm or vm, or else the first.
        """
        named = [name for name in self.states if name in _VOLTAGE_NAMES]
        moving = [
            name
            for name, derivative in zip(self.states, self.derivatives)
            if derivative.text != "0"
        ]
        return named[0] if len(named) == 1 else (moving or self.states)[0]

    @cached_property
    def applies_functions_to_parameters(self) -> bool:
        """Whether a function or a condition is applied to a parameter.

        As in Brian 1, such equations are not treated as linear.
        """
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
    def calls_program(self) -> bool:
        """Whether an equation calls a function of the program; it is then not treated as linear."""
        return any(e.expression.calls_program for e in self.equations if e.expression)

    @cached_property
    def expressions(self) -> tuple[tuple[Expression, str], ...]:
        """All formulas with the place to name in an error."""
        places = [(e.expression, e.where) for e in self.equations if e.expression]
        if self.threshold:
            places.append((self.threshold, "threshold"))
        return (*places, *((a.expression, f"reset of {a.variable}") for a in self.reset))

    @cached_property
    def compared(self) -> list[tuple[str, Expression, ast.expr]]:
        """Both sides of all comparisons.

        Each entry is the place to name in an error, the whole formula, and one side.

        A side without a value makes a comparison false, and no result shows it. A threshold that
        compares a state with a constant is left out, because the constant is checked once and the
        states are checked anyway.
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
    def external(self) -> dict[str, str]:
        """Names that must come from outside, each with the first place that uses it."""
        own = {e.name for e in self.equations} | RESERVED.keys() | CONSTANTS.keys()
        return {name: where for name, where in self._places.items() if name not in own}

    @cached_property
    def constants(self) -> dict[str, str]:
        """Those of e and pi that the model uses, each with the first place that uses it."""
        return {name: where for name, where in self._places.items() if name in CONSTANTS}

    @cached_property
    def _places(self) -> dict[str, str]:
        seen: dict[str, str] = {}
        for expression, where in self.expressions:
            for name in sorted(expression.names):
                seen.setdefault(name, where)
        return seen

    @cached_property
    def names_used(self) -> frozenset[str]:
        """Every name in the right-hand sides of the equations."""
        return frozenset[str]().union(*(e.expression.names for e in self.equations if e.expression))

    def dimensions(self, external: Mapping[str, Dimension]) -> dict[str, Dimension]:
        """Return the dimensions of all names, given those of the external ones.

        A static equation without a unit has the dimension of its right-hand side.
        """
        known: dict[str, Dimension] = {
            **RESERVED,
            **external,
            **{e.name: e.dimension for e in self.equations if e.dimension is not None},
        }
        for equation in self.equations:
            if equation.expression and equation.kind == "static" and equation.dimension is None:
                known[equation.name] = located_dimension(equation.expression, known, equation.where)
        return known


def _names_in(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
