"""Code that spikes execute, as a program writes it: which names it uses, and in which units."""

import ast
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from ...engine.event_code import EventCode
from ...errors import NeurolabError, ParseError, ShapeError, UndefinedNameError, UnitsError
from ...model.dimensions import located_dimension
from ...model.event_code import Statement, parse_event_code
from ...model.expressions import Expression
from ...model.vocabulary import CONSTANTS
from ...units import (
    NAMES,
    Dimension,
    dimension_name,
    dimension_of,
    si_value,
    unit_quantity,
)

_NUMBERS = (int, float, np.number, np.ndarray)


def statements_of(text: object, where: str) -> tuple[Statement, ...]:
    """Parse code; an error names the place `where`.

    Raises
    ------
    ParseError
        The code is no text, or a statement cannot be read.
    """
    if not isinstance(text, str):
        raise ParseError(
            f"the code is a {type(text).__name__}",
            where=where,
            expected="a text such as 'A_pre += 1; w += A_post'",
        )
    try:
        return parse_event_code(text)
    except NeurolabError as error:
        error.located(where)
        raise


def with_statics(
    statements: Iterable[Statement], statics: Mapping[str, Expression]
) -> tuple[Statement, ...]:
    """Put the formulas of static equations in place of their names."""
    return tuple(
        Statement(one.variable, one.adds, substituted(one.expression, statics), one.text)
        for one in statements
    )


def substituted(expression: Expression, statics: Mapping[str, Expression]) -> Expression:
    """Put the formulas of static equations in place of their names, in one formula.

    Examples
    --------
    >>> from neurolab.model.expressions import parse_expression
    >>> both = {"both": parse_expression("p + s")}
    >>> substituted(parse_expression("2*both"), both).text
    '2 * (p + s)'
    """
    if not expression.names & statics.keys():
        return expression
    node = _Substitution(statics).visit(ast.parse(ast.unparse(expression.node), mode="eval").body)
    return Expression(ast.unparse(node), node)


class _Substitution(ast.NodeTransformer):
    """Replaces names by formulas, also within these formulas."""

    def __init__(self, statics: Mapping[str, Expression]) -> None:
        self._statics = statics

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id not in self._statics:
            return node
        formula = ast.parse(ast.unparse(self._statics[node.id].node), mode="eval").body
        return self.visit(formula)


class CodeNames:
    """The names that a program gives to the code of a rule, with their values.

    Parameters
    ----------
    seen : mapping
        The program's names.
    variables : mapping
        Dimension of each variable that the code may use.
    where : str
        For messages.
    """

    def __init__(
        self, seen: Mapping[str, Any], variables: Mapping[str, Dimension], where: str
    ) -> None:
        self._seen = seen
        self._variables = variables
        self._where = where

    def code(self, statements: Sequence[Statement], place: str) -> EventCode:
        """Look up all names and check the dimensions.

        Parameters
        ----------
        statements : sequence of Statement
        place : str
            What the code is, such as 'pre', for messages.

        Raises
        ------
        UndefinedNameError
            A name is known neither here nor in the program.
        UnitsError
            A value does not have the dimension of the variable to which it is assigned.
        """
        where = f"{self._where}, {place}"
        constants: dict[str, float] = {}
        dimensions = dict(self._variables)
        for name in sorted(_names_read(statements) - self._variables.keys()):
            value = self._value(name, where)
            if value is not None:
                constants[name] = float(si_value(value))
                dimensions[name] = dimension_of(value)
        for one in statements:
            self._check(one, dimensions, where)
        return EventCode(statements, constants)

    def _value(self, name: str, where: str) -> Any:
        value = self._seen.get(name)
        if name in CONSTANTS and not isinstance(si_value(value), _NUMBERS):
            return None
        if value is None and name in NAMES:
            value = unit_quantity(name)
        if value is None:
            raise UndefinedNameError(
                f"'{name}' is not known",
                where=where,
                expected=f"one of {', '.join(self._variables)}, or a name of the program",
                mend=f"Give {name} a value before, or correct its spelling.",
            )
        number = si_value(value)
        if isinstance(number, bool) or not isinstance(number, _NUMBERS):
            raise UnitsError(
                f"'{name}' is a {type(value).__name__}",
                where=where,
                expected="a number or a quantity",
            )
        if np.ndim(number):
            raise ShapeError(
                f"'{name}' has shape {np.shape(number)}", where=where, expected="one value"
            )
        return value

    def _check(self, one: Statement, dimensions: Mapping[str, Dimension], where: str) -> None:
        if one.expression.text.strip("-+() 0.") == "":
            return  # a bare 0 has no unit of its own
        actual = located_dimension(one.expression, dimensions, where)
        expected = dimensions[one.variable]
        if actual != expected:
            raise UnitsError(
                f"'{one.text}' gives {one.variable} a value in {dimension_name(actual)}",
                where=where,
                expected=dimension_name(expected),
                mend=_unit_hint(actual, expected),
            )


def _unit_hint(actual: Dimension, expected: Dimension) -> str:
    factor = expected / actual
    return f"Multiply it by a value in {dimension_name(factor)}, or change the unit of a variable."


def _names_read(statements: Iterable[Statement]) -> frozenset[str]:
    return frozenset[str]().union(*(one.expression.names for one in statements))
