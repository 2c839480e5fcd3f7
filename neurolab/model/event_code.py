"""Statements that a spike executes, such as ``A_pre += dA; w = clip(w + A_post, 0, wmax)``."""

import re
from dataclasses import dataclass
from functools import cached_property

from ..characters import plain
from ..errors import LimitError, NeurolabError, ParseError
from .expressions import Expression
from .program_functions import Functions
from .random_names import parse_with_random
from .vocabulary import CONSTANTS, FUNCTIONS, INFINITE, shorten

MAX_STATEMENTS = 100
_STATEMENT = re.compile(
    r"(?P<variable>[A-Za-z_]\w*)\s*(?P<operator>\*\*|[+\-*/]?)=(?!=)(?P<formula>.*)\Z",
    re.ASCII | re.DOTALL,
)


@dataclass(frozen=True)
class Statement:
    """One assignment: ``variable = expression`` or ``variable += expression``.

    Attributes
    ----------
    variable : str
    adds : bool
        Whether the value is added to the variable.
    expression : Expression
    text : str
        As it was typed.
    """

    variable: str
    adds: bool
    expression: Expression
    text: str

    @cached_property
    def reads(self) -> frozenset[str]:
        """The names whose values it needs."""
        return self.expression.names | ({self.variable} if self.adds else frozenset())


def parse_event_code(text: str, functions: Functions = ()) -> tuple[Statement, ...]:
    """Parse statements that are separated by semicolons or ends of lines.

    The operators ``=``, ``+=``, ``-=``, ``*=``, ``/=`` and ``**=`` are allowed; ``#`` starts a
    comment.

    Parameters
    ----------
    text : str
    functions : tuple of ProgramFunction
        Functions of the program that it may call.

    Raises
    ------
    ParseError
        A statement cannot be read.
    LimitError
        There are too many.

    Examples
    --------
    >>> code = parse_event_code("p += 1; w *= q")
    >>> [(one.variable, one.adds, one.expression.text) for one in code]
    [('p', True, '1'), ('w', False, 'w * ( q)')]
    """
    lines = [line.split("#")[0] for line in plain(text).splitlines()]
    texts = [part.strip() for line in lines for part in line.split(";") if part.strip()]
    if len(texts) > MAX_STATEMENTS:
        raise LimitError(
            f"There are {len(texts)} statements.", mend=f"Write at most {MAX_STATEMENTS}."
        )
    return tuple(_statement(one, functions) for one in texts)


def _statement(text: str, functions: Functions) -> Statement:
    match = _STATEMENT.match(text)
    if not match:
        raise ParseError(
            f"'{shorten(text)}' is not a statement.",
            mend="Write one such as w += A_post or w = clip(w, 0, wmax).",
        )
    name, operator, formula = match["variable"], match["operator"], match["formula"]
    if name in FUNCTIONS or name in CONSTANTS or name in INFINITE:
        raise ParseError(f"'{shorten(text)}' sets {name}, which already means something else.")
    try:
        parse_with_random(
            formula, functions
        )  # quotes the formula as it was typed if it cannot be read
        if operator in ("*", "/", "**"):
            formula = f"{name} {operator} ({formula})"
        elif operator == "-":
            formula = f"-({formula})"
        expression = parse_with_random(formula, functions)
    except NeurolabError as error:
        error.located(f"'{shorten(text)}'")
        raise
    return Statement(name, operator in ("+", "-"), expression.as_number, text)
