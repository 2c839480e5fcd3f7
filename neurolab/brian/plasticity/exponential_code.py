"""The code of spike-timing-dependent plasticity with exponential windows."""

from dataclasses import dataclass
from typing import Any

from ...errors import ArgumentError

INTERACTIONS = ("all", "nearest", "nearest_pre", "nearest_post")
UPDATES = ("additive", "multiplicative", "mixed")
_SIDES = {"pre": ("A_pre", "Ap", "A_post"), "post": ("A_post", "Am", "A_pre")}
"""The trace that a spike changes, by what, and the trace by which it changes the weight."""


@dataclass(frozen=True)
class ExponentialCode:
    """Code of both sides, and which traces are in the unit of the weight.

    Attributes
    ----------
    pre, post : str
    scaled : dict of str to bool
        Trace → whether it is in the unit of the weight; else it is a plain number.
    """

    pre: str
    post: str
    scaled: dict[str, bool]


def exponential_code(
    up: float, down: float, interactions: str, update: str, label: str
) -> ExponentialCode:
    """Write the code for the options of the rule.

    Parameters
    ----------
    up, down : float
        Ap and Am; their signs matter.
    interactions, update : str
    label : str
        Of the rule, for messages.

    Raises
    ------
    ArgumentError
        An option does not exist, or both signs are the same in a mixed update.

    Examples
    --------
    >>> code = exponential_code(0.1, -0.1, "all", "mixed", "rule")
    >>> code.pre, code.post
    ('A_pre += Ap; w *= 1 + A_post', 'A_post += Am; w += A_pre')
    """
    _check_option(interactions, INTERACTIONS, "interactions", label)
    _check_option(update, UPDATES, "update", label)
    if update == "mixed" and up * down >= 0:
        raise ArgumentError(
            f"Ap is {up:g} and Am is {down:g}.",
            where=label,
            mend="With update='mixed', one must be positive and the other negative.",
        )
    negative = {"A_pre": up < 0, "A_post": down < 0}
    scaled = {
        trace: update == "additive" or (update == "mixed" and not negative[trace])
        for trace in negative
    }
    code: dict[str, str] = {}
    for side, (own, step, other) in _SIDES.items():
        adds = interactions == "all" or (interactions == "nearest_post" and side == "pre")
        change = _weight_change(other, scaled[other], negative[other])
        code[side] = f"{own} {'+=' if adds else '='} {step}; {change}"
    return ExponentialCode(code["pre"], code["post"], scaled)


def _weight_change(trace: str, scaled: bool, negative: bool) -> str:
    if scaled:
        return f"w += {trace}"
    return f"w *= 1 + {trace}" if negative else f"w += (wmax - w)*{trace}"


def _check_option(value: Any, known: tuple[str, ...], name: str, label: str) -> None:
    if value not in known:
        raise ArgumentError(
            f"{name} is {value!r}.",
            where=label,
            mend=f"It must be {' or '.join(map(repr, known))}.",
        )
