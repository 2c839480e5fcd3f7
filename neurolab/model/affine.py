"""Affine forms c + Σ aᵢxᵢ with arithmetic.

A formula that is evaluated on them shows whether it is linear, and its coefficients.
"""

from collections.abc import Callable, Mapping
from typing import Any, NoReturn


class NotAffineError(Exception):
    """The formula is not linear in the variables that were given as affine forms."""


class Affine:
    """A constant and coefficients of variables; each is a number or an array.

    Parameters
    ----------
    constant : float or ndarray
    coefficients : dict
        Variable → factor.

    Examples
    --------
    >>> x = Affine(0.0, {"x": 1.0})
    >>> form = (3.0 - x) / 2.0
    >>> form.constant, form.coefficients
    (1.5, {'x': -0.5})
    """

    __slots__ = ("constant", "coefficients")
    __array_ufunc__ = None  # so that array * form comes here instead of making an object array

    def __init__(self, constant: Any, coefficients: dict[str, Any]) -> None:
        self.constant = constant
        self.coefficients = coefficients

    def __add__(self, other: Any) -> "Affine":
        if not isinstance(other, Affine):
            return Affine(self.constant + other, self.coefficients)
        joined = dict(self.coefficients)
        for name, factor in other.coefficients.items():
            joined[name] = joined[name] + factor if name in joined else factor
        return Affine(self.constant + other.constant, joined)

    __radd__ = __add__

    def __neg__(self) -> "Affine":
        return self * -1.0

    def __pos__(self) -> "Affine":
        return self

    def __sub__(self, other: Any) -> "Affine":
        return self + -other

    def __rsub__(self, other: Any) -> "Affine":
        return -self + other

    def __mul__(self, other: Any) -> "Affine":
        if isinstance(other, Affine):
            raise NotAffineError
        return Affine(
            self.constant * other,
            {name: factor * other for name, factor in self.coefficients.items()},
        )

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> "Affine":
        if isinstance(other, Affine):
            raise NotAffineError
        return Affine(
            self.constant / other,
            {name: factor / other for name, factor in self.coefficients.items()},
        )

    def __pow__(self, other: Any) -> "Affine":
        if other == 1:
            return self
        raise NotAffineError

    def _refuse(self, *_: Any) -> NoReturn:
        raise NotAffineError

    __rtruediv__ = __rpow__ = __gt__ = __ge__ = __lt__ = __le__ = _refuse


def affine_value(evaluate: Callable[[Mapping[str, Any]], Any], env: Mapping[str, Any]) -> Any:
    """Evaluate a formula's closure on affine forms.

    Returns
    -------
    Affine, float, ndarray or None
        A plain value where it does not depend on the forms; None where it is not affine in them.
    """
    try:
        return evaluate(env)
    except (NotAffineError, TypeError):  # numpy's functions refuse a form with TypeError
        return None


def parts(value: Any) -> tuple[dict[str, Any], Any]:
    """Return the coefficients and the constant of an affine value."""
    return (value.coefficients, value.constant) if isinstance(value, Affine) else ({}, value)
