"""Calculations with numbers, units and functions, such as ``6*mV*exp(-1)``, by the grammar of formulas.

The text is parsed and never run as Python: see `neurolab.model.expressions`.
"""

import math
import re

import numpy as np

from ..characters import plain, visible
from ..errors import ParseError, RangeError, UndefinedNameError, UnitsError
from ..model.dimensions import dimension_of_expression
from ..model.expressions import parse_expression
from ..model.vocabulary import CONSTANTS
from ..units import DIMENSIONLESS, unit
from .unit_names import measured, typed_unit

_MODULE = re.compile(r"\b(?:np|numpy|math)\.(?=[a-z])")
_OPERATION = re.compile(r"[^\s+*/-].*[-+*/^(]|\(", re.DOTALL)
_LONGEST = 1000


def is_calculation(text: str) -> bool:
    """Whether a text has an operation or a function in it, so that it is more than one number."""
    return bool(_OPERATION.search(plain(text[:_LONGEST])))


def calculate(text: str, unit_name: str = "") -> float:
    """Compute a typed calculation.

    Parameters
    ----------
    text : str
        Such as ``'6*exp(-1)'`` or ``'6*mV*exp(-4*ms/(10*ms))'``.
    unit_name : str
        The unit of the result. A calculation without a unit gives a number in it.

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
    """
    expression = parse_expression(_MODULE.sub("", plain(text)).replace("^", "**"))
    if expression.is_condition:
        raise ParseError(
            f"'{visible(text, 30)}' is a comparison.", mend="Write a number or a calculation."
        )
    units = {name: _unit_in(name) for name in expression.names - CONSTANTS.keys()}
    dimension = dimension_of_expression(
        expression, {name: dimension for name, (_, dimension) in units.items()}
    )
    with np.errstate(all="ignore"):
        value = float(expression.evaluate({name: factor for name, (factor, _) in units.items()}))
    if not math.isfinite(value):
        raise RangeError(
            f"'{visible(text, 30)}' has no finite value.",
            mend="Write another calculation, or a number.",
        )
    factor, own_dimension = unit(unit_name)
    if dimension == DIMENSIONLESS:
        return float(f"{value:.12g}")
    if dimension != own_dimension:
        wanted = f"in {unit_name}" if unit_name else "without a unit"
        raise UnitsError(
            f"The result of '{visible(text, 30)}' is a {measured(dimension)}.",
            mend=f"Write a result {wanted}.",
        )
    return float(f"{value / factor:.12g}")


def _unit_in(name: str) -> tuple:
    try:
        return unit(typed_unit(name))
    except UndefinedNameError:
        raise UndefinedNameError(
            f"'{name}' is not a unit or a function that can be used here.",
            mend="Write its value instead.",
        ) from None
