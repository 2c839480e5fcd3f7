"""Model equations as text: differential equations, static equations and parameters.

Each is one line.
"""

import ast
import re
from dataclasses import dataclass
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from keyword import iskeyword

from ..characters import plain, plain_lines
from ..errors import LimitError, NeurolabError, ParseError
from ..units import SECOND, Dimension, unit
from .dimensions import dimension_of_expression
from .expressions import Expression, parse_expression
from .program_functions import Functions
from .vocabulary import CONSTANTS, FUNCTIONS, INFINITE, shorten

MAX_LINES = 100
RESERVED = {"t": SECOND, "xi": SECOND**-0.5}
"""Names that every equation may use: the time, and white noise of unit variance per second."""

_LINE = re.compile(
    r"(?:d(?P<state>[A-Za-z_]\w*)\s*/\s*dt\s*=(?P<derivative>(?:[^:=]|[<>=]=)*)"
    r"|(?P<static>[A-Za-z_]\w*)\s*=(?P<formula>(?:[^:=]|[<>=]=)*)"
    r"|(?P<parameter>[A-Za-z_]\w*)\s*)"
    r"(?::(?P<unit>[^:=]*))?\Z",
    re.ASCII,
)

_FLAG = re.compile(r"\(\s*([a-z][a-z ,-]*)\)\s*\Z")
_FLAGS = {
    "unless refractory": "Leave it out and give the group a refractory period: "
    "NeuronGroup(…, refractory=5*ms) holds the variable that a spike resets.",
    "constant": "Leave it out: a parameter keeps its value until the program sets it.",
    "constant over dt": "Leave it out.",
    "shared": "Leave it out, and give the value to the program's variable of that name.",
    "linked": "Leave it out, and copy the values in a network operation.",
    "event-driven": "Leave it out: all equations are integrated in every step.",
}
"""Flags that Brian 2 has in brackets after a unit, and how to write the same here."""


@dataclass(frozen=True)
class Equation:
    """One line of a model.

    Attributes
    ----------
    kind : {'differential', 'static', 'parameter'}
    name : str
        The variable it defines.
    expression : Expression or None
        Right-hand side; None for a parameter.
    dimension : pint.util.UnitsContainer or None
        Of the variable; None for a static equation without a unit, which takes that of its
        right-hand side.
    line : int
        Its line in the text, counted from 1.
    """

    kind: str
    name: str
    expression: Expression | None
    dimension: Dimension | None
    line: int

    @property
    def where(self) -> str:
        """The place to name in an error."""
        return _place(self.kind, self.name, self.line)


def _place(kind: str, name: str, line: int) -> str:
    variable = f"d{name}/dt" if kind == "differential" else name
    return f"equations, line {line} ({variable})"


def parse_equations(text: str, functions: Functions = ()) -> tuple[Equation, ...]:
    """Parse the lines of a model.

    Static equations come last, in the order in which they can be computed.

    Parameters
    ----------
    text : str
    functions : tuple of ProgramFunction
        Functions of the program that the equations may call.

    Returns
    -------
    tuple of Equation

    Raises
    ------
    ParseError, UnitsError, LimitError

    Examples
    --------
    >>> [equation.kind for equation in parse_equations("dV/dt = -V/tau : volt\\ntau : second")]
    ['differential', 'parameter']
    """
    return _parsed_equations(text, functions) if functions else _equations_once(text)


@lru_cache(maxsize=512)
def _equations_once(text: str) -> tuple[Equation, ...]:
    return _parsed_equations(text, ())


def _parsed_equations(text: str, functions: Functions) -> tuple[Equation, ...]:
    joined = plain_lines(text).replace("\\\n", " ")
    lines = [
        (number, line.split("#")[0].strip()) for number, line in enumerate(joined.splitlines(), 1)
    ]
    lines = [(number, line) for number, line in lines if line]
    if len(lines) > MAX_LINES:
        raise LimitError(
            f"There are {len(lines)} equations. At most {MAX_LINES} are allowed.", where="equations"
        )
    equations = [_parse_line(line, number, functions) for number, line in lines]
    seen: set[str] = set()
    for equation in equations:
        if equation.name in seen:
            raise ParseError(
                f"{equation.name} is defined a second time.",
                where=equation.where,
                mend="Each variable has one equation.",
            )
        seen.add(equation.name)
    return (
        *(e for e in equations if e.kind != "static"),
        *_ordered([e for e in equations if e.kind == "static"]),
    )


def _parse_line(line: str, number: int, functions: Functions) -> Equation:
    where = f"equations, line {number}"
    match = _LINE.match(line)
    if not match:
        raise ParseError(
            f"'{shorten(line)}' is not an equation.",
            where=where,
            mend="One colon stands before the unit."
            if line.count(":") > 1
            else "Write a line such as dV/dt = -V/tau : volt.",
        )
    name = match["state"] or match["static"] or match["parameter"]
    _check_name(name, where)
    _check_flag(match["unit"] or "", where)
    if match["state"]:
        kind = "differential"
    else:
        kind = "static" if match["static"] else "parameter"
    if not (match["unit"] or "").strip() and kind != "static":
        bare = shorten(line).rstrip(" :")
        raise ParseError(
            f"'{bare}' has no unit.",
            where=where,
            mend=f"End the line with : volt, or : 1 for a plain number (line: {bare} : volt).",
        )
    formula = match["derivative"] if kind == "differential" else match["formula"]
    try:
        return Equation(
            kind,
            name,
            parse_expression(formula, functions) if formula is not None else None,
            parse_unit(match["unit"]) if match["unit"] else None,
            number,
        )
    except NeurolabError as error:
        error.located(_place(kind, name, number))
        raise


def _check_name(name: str, where: str) -> None:
    if (
        name in RESERVED
        or name in FUNCTIONS
        or name in CONSTANTS
        or name in INFINITE
        or iskeyword(name)
    ):
        raise ParseError(
            f"{name} already means something else.", where=where, mend="Choose another name."
        )


def _check_flag(text: str, where: str) -> None:
    """Raise if a flag of Brian 2 follows the unit."""
    flag = _FLAG.search(text)
    if flag:
        raise ParseError(
            f"'({flag[1]})' is not part of a unit.",
            where=where,
            mend=_FLAGS.get(
                flag[1].strip().split(",")[0], "Flags belong to Brian 2. Leave it out."
            ),
        )


@lru_cache(maxsize=256)
def parse_unit(text: str) -> Dimension:
    """Return the dimension of a unit in an equation: ``'volt'``, ``'siemens/metre**2'``, ``'1'``.

    Examples
    --------
    >>> parse_unit("volt/second") == parse_unit("volt") / parse_unit("second")
    True
    """
    expression = parse_expression(text)
    _check_unit(expression.node, expression.text)
    return dimension_of_expression(expression, {name: unit(name)[1] for name in expression.names})


def _check_unit(node: ast.expr, text: str) -> None:
    match node:
        case ast.Name() | ast.Constant(value=1):
            return
        case ast.BinOp(left=left, op=ast.Mult() | ast.Div(), right=right):
            _check_unit(left, text)
            _check_unit(right, text)
        case ast.BinOp(
            left=left, op=ast.Pow(), right=ast.Constant() | ast.UnaryOp(operand=ast.Constant())
        ):
            _check_unit(left, text)
        case _:
            raise ParseError(
                f"'{ast.unparse(node)}' cannot be part of a unit ('{shorten(text)}').",
                mend="Move the factor into the formula."
                if isinstance(node, ast.Constant)
                else "Write a unit such as volt or siemens/metre**2.",
            )


def _ordered(statics: list[Equation]) -> list[Equation]:
    by_name = {equation.name: equation for equation in statics}
    graph = {
        name: equation.expression.names & by_name.keys()
        for name, equation in by_name.items()
        if equation.expression
    }
    try:
        return [by_name[name] for name in TopologicalSorter(graph).static_order()]
    except CycleError as error:
        circle = " → ".join(error.args[1])
        raise ParseError(
            f"These equations need each other: {circle}.",
            where=by_name[error.args[1][0]].where,
            mend="A static equation can only use what is known before it.",
        ) from None


@dataclass(frozen=True)
class Assignment:
    """One statement of a reset: ``variable = expression`` or ``variable += expression``."""

    variable: str
    adds: bool
    expression: Expression


def parse_reset(text: str, functions: Functions = ()) -> tuple[Assignment, ...]:
    """Parse a reset such as ``'V = Vr; w += 0.3*mV'`` into assignments.

    The operators ``-=``, ``*=`` and ``/=`` are allowed too.

    Parameters
    ----------
    text : str
    functions : tuple of ProgramFunction
        Functions of the program that it may call.

    Returns
    -------
    tuple of Assignment

    Examples
    --------
    >>> [(one.variable, one.adds, one.expression.text) for one in parse_reset("V = Vr; w -= d")]
    [('V', False, 'Vr'), ('w', True, '-( d)')]
    """
    return _parsed_reset(text, functions) if functions else _reset_once(text)


@lru_cache(maxsize=512)
def _reset_once(text: str) -> tuple[Assignment, ...]:
    return _parsed_reset(text, ())


def _parsed_reset(text: str, functions: Functions) -> tuple[Assignment, ...]:
    assignments = []
    for statement in (part.strip() for part in re.split(r"[;\n]", plain(text)) if part.strip()):
        match = re.match(
            r"([A-Za-z_]\w*)\s*([+\-*/]?)=(?!=)(.*)\Z", statement, re.ASCII | re.DOTALL
        )
        if not match:
            raise ParseError(
                f"'{shorten(statement)}' is not a reset.",
                mend="Write one such as V = Vr or w += 0.3*mV.",
            )
        name, operator, formula = match.groups()
        parse_expression(formula, functions)
        if operator in ("-", "*", "/"):
            formula = f"{name} {operator} ({formula})" if operator != "-" else f"-({formula})"
        expression = parse_expression(formula, functions)
        assignments.append(Assignment(name, operator in ("+", "-"), expression))
    return tuple(assignments)
