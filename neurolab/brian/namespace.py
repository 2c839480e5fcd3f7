"""Values of the names in a model's text, as the program gives them."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from ..errors import ParseError, RangeError, ShapeError, UndefinedNameError, UnitsError
from ..model.equations import Equation
from ..model.model import Model
from ..model.vocabulary import CONSTANTS
from ..units import NAMES, Quantity, si_value, unit_quantity
from .programmed_rules import Programmed
from .thresholds_and_resets import Trigger

ANONYMOUS = ("threshold_value", "reset_value")
"""Names of quantities given as threshold and reset for which the program has no name."""
_NUMBERS = (Quantity, int, float, np.ndarray, np.number)


def statement(
    given: object, model: Model, sign: str, name: str, seen: Mapping[str, Any]
) -> tuple[str, dict[str, Any]]:
    """Return a threshold or reset as text, with the values of the names that it needs.

    Parameters
    ----------
    given : quantity, str, Trigger, Programmed or None
    model : Model
    sign : str
        Stands between the variable and a quantity.
    name : str
        Name of a quantity for which the program has none.
    seen : mapping
        The program's names.

    Returns
    -------
    text : str
    values : dict

    Raises
    ------
    UnitsError
        It is none of these kinds.
    """
    if given is None or isinstance(given, Programmed):
        return "", {}
    if isinstance(given, str):
        return given, {}
    if isinstance(given, Trigger):
        return given.statement(model), given.values
    prefix = f"{model.default_state} {sign} "
    if not isinstance(given, (Quantity, int, float, np.ndarray)):
        raise UnitsError(
            f"The {name.split('_')[0]} has type {type(given).__name__}.",
            where="NeuronGroup",
            mend="Give a quantity such as 10*mV, a text such as 'V > Vt', or a function.",
        )
    if not isinstance(given, Quantity) and np.all(given == 0):
        return f"{prefix}0", {}
    # Where the program has a name for this very quantity, messages and the lab can use it.
    known = next(
        (
            key
            for key, value in seen.items()
            if value is given and isinstance(value, Quantity) and not key.startswith("_")
        ),
        name,
    )
    return prefix + known, {known: given}


def namespace(model: Model, seen: Mapping[str, Any], size: int) -> dict[str, Any]:
    """Look up the values of a model's external names in the program's names, then in the units.

    A program's own `e` or `pi` takes precedence over the constant.
    """
    values = {
        name: _checked(name, seen[name], where, size)
        for name, where in model.constants.items()
        if isinstance(seen.get(name), _NUMBERS)
        and not np.array_equal(si_value(seen[name]), CONSTANTS[name])
    }
    for name, where in model.external.items():
        value = seen.get(name)
        if value is None and name in NAMES:
            value = unit_quantity(name)
        if value is None:
            raise UndefinedNameError(
                f"'{name}' is not known.",
                where=where,
                mend=f"Give {name} a value before the group is made, or correct its spelling.",
            )
        values[name] = _checked(name, value, where, size)
    return values


def _checked(name: str, value: Any, where: str, size: int) -> Any:
    number = si_value(value)
    if isinstance(number, bool) or not isinstance(number, _NUMBERS):
        raise UnitsError(
            f"'{name}' has type {type(value).__name__}.",
            where=where,
            mend="Give a number or a quantity.",
        )
    if np.shape(number) not in ((), (size,)):
        raise ShapeError(
            f"'{name}' has shape {np.shape(number)}.",
            where=where,
            mend=f"Give one value, or one for each of {size} neurons.",
        )
    if np.isnan(number).any():
        raise RangeError(f"'{name}' is {value}.", where=where, mend="Give a number.")
    return value


def check_variable_names(lines: Iterable[Equation], kind: type) -> None:
    """Refuse variables that a group of this kind could not have as attributes."""
    for line in lines:
        if hasattr(kind, line.name):
            raise ParseError(
                f"A variable cannot be called {line.name}, as every group has something of that "
                "name.",
                where=line.where,
                mend="Choose another name.",
            )
        if line.name.startswith("_"):
            raise ParseError(
                f"The name {line.name} begins with _.",
                where=line.where,
                mend="Choose another name.",
            )
