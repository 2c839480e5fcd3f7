"""Functions of a program that formulas call, in addition to the functions of the vocabulary."""

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from ..array_types import AnyArray
from ..errors import NeurolabError, ParseError
from ..units import DIMENSIONLESS, Dimension, dimension_of, si_quantity, si_value
from .affine import Affine, NotAffineError

Functions: TypeAlias = tuple["ProgramFunction", ...]
"""The functions of a program that a text may call."""


@dataclass(frozen=True, eq=False)
class ProgramFunction:
    """A function of a program, and the name by which formulas call it.

    Attributes
    ----------
    name : str
    function : callable
        It gets quantities (plain numbers where they have no unit) and returns one. If it has an
        attribute `si_function`, that one is called with SI numbers instead.
    """

    name: str
    function: Callable[..., Any]


class ProgramCall:
    """One call of a program's function in a formula.

    Parameters
    ----------
    function : ProgramFunction

    Examples
    --------
    >>> from neurolab.units import SECOND, dimension_name
    >>> call = ProgramCall(ProgramFunction("twice", lambda time: 2 * time))
    >>> dimension_name(call.dimension([SECOND]))
    'second'
    >>> float(call.value(np.float64(0.5)))
    1.0
    """

    def __init__(self, function: ProgramFunction) -> None:
        self.name = function.name
        self._function = function.function
        self._in_si = getattr(function.function, "si_function", None)
        self._dimensions: Sequence[Dimension] = ()

    def dimension(self, dimensions: Sequence[Dimension]) -> Dimension:
        """Return the dimension of the result for arguments of these dimensions.

        Raises
        ------
        ParseError
            The function cannot be called, or does not return a number.
        """
        self._dimensions = dimensions
        sample = [si_quantity(np.ones(1), each) for each in dimensions]
        try:
            with np.errstate(all="ignore"):
                result = self._function(*sample)
            np.asarray(si_value(result), dtype=float)
        except NeurolabError:
            raise
        except Exception as error:
            raise ParseError(
                f"The program's function '{self.name}' fails: {error}.",
                mend="Give a function that computes with quantities and arrays.",
            ) from error
        return dimension_of(result)

    def value(self, *arguments: Any) -> Any:
        """Return the SI result for SI arguments; each row of a stretch of steps is one call."""
        if any(isinstance(argument, Affine) for argument in arguments):
            raise NotAffineError
        rows = max((len(each) for each in arguments if np.ndim(each) == 2), default=0)
        if not rows:
            return self._call(arguments)
        results = [
            self._call([each[row] if np.ndim(each) == 2 else each for each in arguments])
            for row in range(rows)
        ]
        return np.array(results).reshape(rows, -1)

    def _call(self, arguments: Sequence[Any]) -> AnyArray:
        if self._in_si is not None:
            return np.asarray(self._in_si(*arguments))
        given = [
            value if dimension == DIMENSIONLESS else si_quantity(value, dimension)
            for value, dimension in zip(arguments, self._dimensions)
        ]
        return np.asarray(si_value(self._function(*given)))


def mark_calls(node: ast.expr, functions: Functions) -> None:
    """Note at each call of a program's function in a syntax tree what it calls."""
    known = {function.name: function for function in functions}
    for part in ast.walk(node):
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name):
            function = known.get(part.func.id)
            if function is not None:
                part.program_call = ProgramCall(function)  # type: ignore[attr-defined]  # our note


def call_of(node: ast.AST) -> ProgramCall | None:
    """Return the call of a program's function that a node is, or None."""
    return getattr(node, "program_call", None)


def calls_in(node: ast.AST) -> Iterator[ProgramCall]:
    """Yield the calls of a program's functions in a syntax tree."""
    return (call for part in ast.walk(node) if (call := call_of(part)) is not None)
