"""Checks of calls in the script API: a call with unknown options is refused with advice."""

import difflib
import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, overload

from ..errors import ArgumentError

_POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)

_F = TypeVar("_F", bound=Callable[..., Any])


@overload
def checked_call(function: _F) -> _F: ...


@overload
def checked_call(
    *, tuning: tuple[str, ...] = (), lacking: Mapping[str, str] | None = None
) -> Callable[[_F], _F]: ...


def checked_call(
    function: Callable[..., Any] | None = None,
    *,
    tuning: tuple[str, ...] = (),
    lacking: Mapping[str, str] | None = None,
) -> Callable[..., Any]:
    """Decorate a public function so that it refuses options that it does not have, with advice.

    Parameters
    ----------
    function : callable
        A function, or the ``__init__`` of a class.
    tuning : tuple of str
        Options of Brian 1 that change how it computes and never what it computes. They are
        accepted and have no effect.
    lacking : mapping of str to str, optional
        Options of Brian 1 that are not available here, each with a sentence that says how to do
        without it.

    Returns
    -------
    callable
        The function. It raises ArgumentError if a call does not fit.

    Examples
    --------
    >>> @checked_call(lacking={"level": "Leave it out."})
    ... def scale(value, factor=2):
    ...     return value * factor
    >>> scale(3, factor=4)
    12
    >>> scale(3, level=1)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    neurolab.errors.ArgumentError: scale: Brian 1's option 'level' is not available here. Leave...
    """
    if function is None:
        return functools.partial(checked_call, tuning=tuning, lacking=lacking)
    signature = inspect.signature(function)
    name = function.__qualname__.removesuffix(".__init__")
    is_method = "." in function.__qualname__

    @functools.wraps(function)
    def checked(*values: Any, **options: Any) -> Any:
        for option in tuning:
            options.pop(option, None)
        try:
            signature.bind(*values, **options)
        except TypeError:
            given = values[1:] if is_method else values
            raise _explained(
                name, _parameters(signature, is_method), given, options, lacking or {}
            ) from None
        return function(*values, **options)

    return checked


def _parameters(signature: inspect.Signature, is_method: bool) -> list[inspect.Parameter]:
    parameters = list(signature.parameters.values())
    return parameters[1:] if is_method else parameters


def _explained(
    name: str,
    parameters: list[inspect.Parameter],
    values: tuple[Any, ...],
    options: Mapping[str, Any],
    lacking: Mapping[str, str],
) -> ArgumentError:
    """Return the error for a call that does not fit these parameters."""
    positional = [each.name for each in parameters if each.kind in _POSITIONAL]
    known = [
        each.name for each in parameters if each.kind not in (each.VAR_POSITIONAL, each.VAR_KEYWORD)
    ]
    for option in options:
        if option in known:
            continue
        if option in lacking:
            return ArgumentError(
                f"Brian 1's option '{option}' is not available here.",
                where=name,
                mend=lacking[option],
            )
        return _unknown_option(name, option, known)
    takes_any_number = any(each.kind is each.VAR_POSITIONAL for each in parameters)
    if len(values) > len(positional) and not takes_any_number:
        named = ", ".join(f"{each}=…" for each in known if each not in positional)
        allowed = " and ".join(positional) or "none"
        return ArgumentError(
            f"{len(values)} values are given without a name. It can have {allowed} without one.",
            where=name,
            mend=f"Give the others by name: {named}." if named else "",
        )
    twice = [each for each in positional[: len(values)] if each in options]
    if twice:
        return ArgumentError(
            f"{twice[0]} is given twice.", where=name, mend="Give it once, by position or by name."
        )
    return _missing(name, parameters, [*positional[: len(values)], *options], known)


def _missing(
    name: str, parameters: list[inspect.Parameter], given: list[str], known: list[str]
) -> ArgumentError:
    """Return the error for a call without some of the arguments."""
    missing = [
        each.name
        for each in parameters
        if each.default is each.empty and each.name in known and each.name not in given
    ]
    return ArgumentError(
        f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing.",
        where=name,
        mend=f"Write {name.rpartition('.')[2]}({', '.join(known)}).",
    )


def _unknown_option(name: str, option: str, known: list[str]) -> ArgumentError:
    similar = difflib.get_close_matches(option, known, n=1)
    if similar:
        mend = f"Did you mean {similar[0]}?"
    else:
        mend = f"The options are {', '.join(known)}." if known else "It has no options."
    return ArgumentError(f"'{option}' is not an option.", where=name, mend=mend)
