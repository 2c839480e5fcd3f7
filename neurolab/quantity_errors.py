"""Messages for operations that units forbid: the values, their dimensions, and how to correct it.

pint raises its own exceptions, in its own words, from many places. `guard` wraps the operations of
a quantity class so that each of them raises an error of neurolab instead.
"""

import functools
from collections.abc import Callable
from typing import Any

import numpy as np
import pint

from .errors import (
    ArgumentError,
    DivisionError,
    NeurolabError,
    OutOfRangeError,
    ShapeError,
    UndefinedNameError,
    UnitsError,
)

SAME_DIMENSION = "Both must have the same dimension."
CONDITIONS = "Compare first, and join conditions with brackets: (V > 2*mV) & (V < 4*mV)."

_OPERATORS = {
    "add": "added",
    "sub": "subtracted",
    "mul": "multiplied",
    "truediv": "divided",
    "floordiv": "divided",
    "mod": "divided with a remainder",
    "divmod": "divided with a remainder",
    "pow": "base and exponent",
    "matmul": "multiplied as matrices",
}
_WITHOUT_MEANING = ("and", "or", "xor", "lshift", "rshift")
_SAME = ("add", "sub", "floordiv", "mod", "divmod")


class ConversionError(UnitsError):
    """A quantity cannot be converted to a unit; if another operation needed it, that one failed."""


def guard(kind: type[Any], described: Callable[[Any], str]) -> None:
    """Wrap the operations of a quantity class.

    Parameters
    ----------
    kind : type
        The class; its methods are replaced.
    described : callable
        Gives a value with its dimension, in words.
    """
    for name, verb in _OPERATORS.items():
        for prefix in ("", "r", "i"):
            method = getattr(kind, f"__{prefix}{name}__", None)
            if method is not None:
                setattr(
                    kind,
                    f"__{prefix}{name}__",
                    _operator(method, name, verb, prefix == "r", described),
                )
    for name in _WITHOUT_MEANING:
        for prefix in ("", "r"):
            setattr(kind, f"__{prefix}{name}__", _without_meaning(described))
    kind.__invert__ = _without_meaning(described)
    for name in ("to", "ito", "m_as"):
        setattr(kind, name, _conversion(getattr(kind, name), described))
    for name, problem in {
        "__int__": "cannot be made a whole number",
        "__complex__": "cannot be made a complex number",
        "__round__": "cannot be rounded",
        "__format__": "cannot be written that way",
    }.items():
        setattr(kind, name, _single(getattr(kind, name), problem, described))
    for name in ("put", "fill", "clip", "searchsorted", "dot", "prod"):
        if hasattr(kind, name):
            setattr(kind, name, _function(getattr(kind, name), name, described))


def explained(
    error: Exception, name: str, values: tuple[Any, ...], described: Callable[[Any], str]
) -> Exception:
    """Return the error for a function of numpy that failed on quantities.

    The errors of numpy itself stay as they are.

    Parameters
    ----------
    error : Exception
        What was raised.
    name : str
        Name of the function.
    values : tuple
        What it was given.
    described : callable
    """
    if isinstance(error, NeurolabError) and not isinstance(error, ConversionError):
        return error
    if isinstance(error, (IndexError, NotImplementedError)):
        return error
    if isinstance(error, (pint.PintError, TypeError, AttributeError)):
        shown = " and ".join(described(value) for value in values[:2])
        return UnitsError(
            f"{shown} cannot be combined by {name}.",
            mend="Give all values the same dimension, or divide "
            "each by a unit first: x/mV is a plain number.",
        )
    return error


def _operator(
    method: Callable[..., Any], name: str, verb: str, reflected: bool, described: Callable[..., Any]
) -> Callable[..., Any]:
    @functools.wraps(method)
    def guarded(self: Any, *others: Any) -> Any:
        if len(others) == 1 and isinstance(others[0], (bool, np.bool_)):
            others = (int(others[0]),)
        try:
            result = method(self, *others)
        except Exception as error:
            if isinstance(error, NeurolabError) and not isinstance(error, ConversionError):
                raise
            raise _clash(error, (self, *others[:1]), name, verb, reflected, described) from error
        if result is NotImplemented and others and _is_builtin(others[0]):
            raise _clash(None, (self, *others[:1]), name, verb, reflected, described)
        return result

    return guarded


def _is_builtin(value: Any) -> bool:
    return type(value).__module__ in ("builtins", "numpy")


def _clash(
    error: Exception | None,
    pair: tuple[Any, ...],
    name: str,
    verb: str,
    reflected: bool,
    described: Callable[..., Any],
) -> Exception:
    first, second = (described(value) for value in (pair[::-1] if reflected else pair))
    if isinstance(error, ZeroDivisionError):
        return DivisionError(f"{first} cannot be divided by {second}.", mend="The divisor is 0.")
    if isinstance(error, ValueError) and not isinstance(error, (pint.PintError, ConversionError)):
        shapes = " and ".join(str(np.shape(getattr(value, "magnitude", value))) for value in pair)
        return ShapeError(
            f"{first} and {second} cannot be {verb}.",
            mend=f"Their shapes {shapes} do not fit together.",
        )
    if name == "pow":
        return UnitsError(
            f"{first} and {second} cannot be {verb}.",
            mend="The exponent must be a plain number. If there are several exponents, the base "
            "must be a plain number, too.",
        )
    if not all(_is_number(value) for value in pair):
        return UnitsError(
            f"{first} and {second} cannot be {verb}.", mend="Use numbers or quantities."
        )
    return UnitsError(
        f"{first} and {second} cannot be {verb}.", mend=SAME_DIMENSION if name in _SAME else ""
    )


def _is_number(value: Any) -> bool:
    try:
        return np.asarray(getattr(value, "magnitude", value)).dtype.kind in "biufc"
    except (TypeError, ValueError):
        return False


def _without_meaning(described: Callable[..., Any]) -> Callable[..., Any]:
    def refused(self: Any, other: Any = None) -> Any:
        raise UnitsError(f"{described(self)} is neither true nor false.", mend=CONDITIONS)

    return refused


def _conversion(method: Callable[..., Any], described: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def guarded(self: Any, *units: Any, **options: Any) -> Any:
        try:
            return method(self, *units, **options)
        except pint.UndefinedUnitError as error:
            raise UndefinedNameError(
                f"'{units[0]}' is not a unit.", mend="Write one such as mV, ms, nS, pA, Mohm or Hz."
            ) from error
        except pint.PintError as error:
            target = units[0] if str(units[0]) else "a plain number"
            raise ConversionError(
                f"{described(self)} cannot be converted to {target}.", mend=SAME_DIMENSION
            ) from error

    return guarded


def _single(
    method: Callable[..., Any], problem: str, described: Callable[..., Any]
) -> Callable[..., Any]:
    @functools.wraps(method)
    def guarded(self: Any, *options: Any) -> Any:
        try:
            return method(self, *options)
        except (pint.PintError, TypeError, ValueError) as error:
            raise UnitsError(
                f"{described(self)} {problem}.",
                mend="Divide by a unit first: x/mV is a plain number.",
            ) from error

    return guarded


def _function(
    method: Callable[..., Any], name: str, described: Callable[..., Any]
) -> Callable[..., Any]:
    @functools.wraps(method)
    def guarded(self: Any, *values: Any, **options: Any) -> Any:
        try:
            return method(self, *values, **options)
        except Exception as error:
            clearer = explained(error, name, (self, *values[:1]), described)
            if clearer is error:
                raise
            raise clearer from error

    return guarded


def entry_error(
    error: Exception, values: Any, index: Any, given: tuple[Any, ...], described: Callable[..., Any]
) -> NeurolabError:
    """Return the error for reading or setting an entry of a quantity.

    Parameters
    ----------
    error : Exception
        What was raised.
    values : Quantity
    index : object
    given : tuple
        The value to be set, if one was.
    described : callable
    """
    shape = np.shape(values.magnitude)
    if isinstance(error, IndexError):
        shown = "these values" if shape else str(values)
        where = " and ".join(f"from {-size} to {size - 1}" for size in shape)
        mend = f"Use an index {where}." if shape else "It is one value and has no entries."
        if 0 in shape:
            return OutOfRangeError(f"There is no entry {index!s:.60}, as there are no values.")
        return OutOfRangeError(f"There is no entry {index!s:.60} in {shown}.", mend=mend)
    if (
        isinstance(error, ValueError)
        and not isinstance(error, (pint.PintError, ConversionError))
        and given
    ):
        shapes = np.shape(getattr(given[0], "magnitude", given[0]))
        return ShapeError(
            f"Values of shape {shapes} cannot be set at [{index}] of values of shape {shape}."
        )
    if given:
        dimension = described(values).rpartition("(")[2][:-1]
        return UnitsError(
            f"{described(given[0])} cannot be an entry of values in {dimension}.",
            mend="Give it the same dimension.",
        )
    return ArgumentError(
        f"{index!s:.60} is not an index.",
        mend="Use whole numbers, a slice, or an array of whole numbers.",
    )
