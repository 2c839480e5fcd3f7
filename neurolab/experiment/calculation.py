"""Calculations with numbers, units and functions, such as ``6*mV*exp(-1)``.

They have the grammar of formulas. The text is parsed and never run as Python: see
`neurolab.model.expressions`.
"""

import math
import re

import numpy as np

from ..characters import plain, visible
from ..errors import ParseError, RangeError, UndefinedNameError, UnitsError
from ..model.dimensions import dimension_of_expression
from ..model.expressions import parse_expression
from ..model.vocabulary import CONSTANTS
from ..units import DIMENSIONLESS, Dimension, unit
from .unit_names import measured, typed_unit

_MODULE = re.compile(r"\b(?:np|numpy|math)\.(?=[a-z])")
_OPERATION = re.compile(r"[^\s+*/-].*[-+*/^(]|\(", re.DOTALL)
_LONGEST = 1000


def is_calculation(text: str) -> bool:
    """Return whether a text contains an operation or a function, and not only one number.

    Examples
    --------
    >>> is_calculation("6*exp(-1)"), is_calculation("-6 mV")
    (True, False)
    """
    return bool(_OPERATION.search(plain(text[:_LONGEST])))


def calculate(text: str, unit_name: str = "") -> float:
    """Compute a typed calculation.

    Parameters
    ----------
    text : str
        Such as ``'6*exp(-1)'`` or ``'6*mV*exp(-4*ms/(10*ms))'``.
    unit_name : str
        The unit of the result. A calculation without units is a number in this unit.

    Returns
    -------
    float

    Raises
    ------
    ParseError, LimitError
        It is not a calculation with numbers, units and functions.
    UndefinedNameError
        A name in it is not a unit.
    UnitsError
        Its terms, or the result, have the wrong dimension.
    RangeError
        It has no finite value.

    Examples
    --------
    >>> calculate("6*mV*exp(-4*ms/(10*ms))", "mV")
    4.02192027621
    """
    shown = visible(text, 30)
    expression = parse_expression(_MODULE.sub("", plain(text)).replace("^", "**"))
    if expression.is_condition:
        raise ParseError(f"'{shown}' is a comparison.", mend="Write a number or a calculation.")
    units = {name: _unit_in(name) for name in expression.names - CONSTANTS.keys()}
    dimension = dimension_of_expression(expression, {name: units[name][1] for name in units})
    with np.errstate(all="ignore"):
        value = float(expression.evaluate({name: units[name][0] for name in units}))
    if not math.isfinite(value):
        raise RangeError(
            f"'{shown}' has no finite value.", mend="Write another calculation, or a number."
        )
    factor, own_dimension = unit(unit_name)
    if dimension == DIMENSIONLESS:
        return float(f"{value:.12g}")
    if dimension != own_dimension:
        wanted = f"in {unit_name}" if unit_name else "without a unit"
        raise UnitsError(
            f"The result of '{shown}' is a {measured(dimension)}.", mend=f"Write a result {wanted}."
        )
    return float(f"{value / factor:.12g}")


def _unit_in(name: str) -> tuple[float, Dimension]:
    try:
        return unit(typed_unit(name))
    except UndefinedNameError:
        raise UndefinedNameError(
            f"'{name}' is not a unit or a function that can be used here.",
            mend="Write its value instead.",
        ) from None
