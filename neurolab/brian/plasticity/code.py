"""Code that spikes execute, as a program writes it: which names it uses, and in which units."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from ...engine.event_code import EventCode
from ...errors import NeurolabError, ParseError, ShapeError, UndefinedNameError, UnitsError
from ...model.dimensions import located_dimension
from ...model.event_code import Statement, parse_event_code
from ...model.expressions import Expression
from ...model.random_names import is_normal, is_random
from ...model.syntax_trees import substituted
from ...model.vocabulary import CONSTANTS
from ...units import (
    NAMES,
    Dimension,
    dimension_name,
    dimension_of,
    si_value,
    unit_quantity,
)
from ..called_functions import functions_called, program_functions

_NUMBERS = (int, float, np.number, np.ndarray)


def statements_of(
    text: object, where: str, given: Mapping[str, Any] | None = None
) -> tuple[Statement, ...]:
    """Parse code, which may call functions of the program; an error names the place `where`.

    Parameters
    ----------
    text : object
    where : str
    given : mapping, optional
        Values of names that count before the program's; functions among them can be called.

    Raises
    ------
    ParseError
        The code is not a text, or a statement has a syntax error.
    """
    if not isinstance(text, str):
        raise ParseError(
            f"The code has type {type(text).__name__}.",
            where=where,
            mend="Give a text such as 'A_pre += 1; w += A_post'.",
        )
    own = {name: value for name, value in (given or {}).items() if callable(value)}
    try:
        return parse_event_code(text, program_functions(functions_called(text, own)))
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
            The name of the code in messages, such as 'pre'.

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
            value = program_value(name, self._seen, tuple(self._variables), where)
            if value is not None:
                constants[name] = float(si_value(value))
                dimensions[name] = dimension_of(value)
        for one in statements:
            self._check(one, dimensions, where)
        return EventCode(statements, constants)

    def _check(self, one: Statement, dimensions: Mapping[str, Dimension], where: str) -> None:
        if one.expression.text.strip("-+() 0.") == "":
            return  # a bare 0 has no unit of its own
        actual = located_dimension(one.expression, dimensions, where)
        expected = dimensions[one.variable]
        if actual != expected:
            raise UnitsError(
                f"'{one.text}' gives {one.variable} a value in {dimension_name(actual)}. It "
                f"must be in {dimension_name(expected)}.",
                where=where,
                mend=_unit_hint(actual, expected),
            )


def program_value(
    name: str, seen: Mapping[str, Any], variables: Collection[str], where: str
) -> Any:
    """Return the one value that a name has in the program, or the unit of this name.

    Parameters
    ----------
    name : str
    seen : mapping
        The program's names.
    variables : collection of str
        The names that are known besides, for the message.
    where : str

    Returns
    -------
    quantity, float or None
        None for e and pi, where the program has none of its own.

    Raises
    ------
    UndefinedNameError, UnitsError, ShapeError
        The name is unknown, or its value is not a single number.
    """
    value = seen.get(name)
    if name in CONSTANTS and not isinstance(si_value(value), _NUMBERS):
        return None
    if value is None and name in NAMES:
        value = unit_quantity(name)
    if value is None:
        known = f"The code can use {', '.join(variables)}. " if variables else ""
        raise UndefinedNameError(
            f"'{_spoken(name)}' is not known.",
            where=where,
            mend=known + f"Give {_spoken(name)} a value before, or correct its spelling.",
        )
    number = si_value(value)
    if isinstance(number, bool) or not isinstance(number, _NUMBERS):
        raise UnitsError(
            f"'{name}' is a {type(value).__name__}.",
            where=where,
            mend="Give it a number or a quantity.",
        )
    if np.ndim(number):
        raise ShapeError(
            f"'{name}' has shape {np.shape(number)}.", where=where, mend="Give it one value."
        )
    return value


def _spoken(name: str) -> str:
    """Return a name as it was typed; random numbers have names of their own."""
    if is_normal(name):
        return "randn()"
    return "rand()" if is_random(name) else name


def _unit_hint(actual: Dimension, expected: Dimension) -> str:
    factor = expected / actual
    return f"Multiply it by a value in {dimension_name(factor)}, or change the unit of a variable."


def _names_read(statements: Iterable[Statement]) -> frozenset[str]:
    return frozenset[str]().union(*(one.expression.names for one in statements))
