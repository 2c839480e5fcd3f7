"""Functions of numpy that make an array from a list; here they refuse a list of mixed dimensions.

Numpy asks each quantity of a list for its SI number, so that ``array([1*mV, 2*ms])`` would be 0.001
and 0.002 without a word.
"""

import functools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from .errors import UnitsError
from .units import DIMENSIONLESS, Quantity, dimension_name, dimension_of


@functools.cache
def of_one_dimension(name: str) -> Callable[..., Any]:
    """Return a function of numpy that refuses lists in which quantities differ in dimension.

    Parameters
    ----------
    name : str
        One of `names.LIST_FUNCTIONS`.

    Returns
    -------
    callable
        It raises UnitsError where values differ in dimension. A pair of a plain number and a
        quantity, such as ``(0, 1*ms)``, is allowed in a list of pairs.
    """
    function = getattr(np, name)

    @functools.wraps(function)
    def checked(*values: Any, **options: Any) -> Any:
        for value in values:
            if isinstance(value, (list, tuple)):
                _check(value, name)
        return function(*values, **options)

    return checked


def _check(values: list[Any] | tuple[Any, ...], name: str) -> None:
    """Raise unless all quantities of a list have one dimension.

    A list of pairs may also contain plain numbers.
    """
    leaves = list(_leaves(values))
    if not any(issubclass(kind, Quantity) for kind in set(map(type, leaves))):
        return
    dimensions = {
        dimension_of(leaf) for leaf in leaves if isinstance(leaf, Quantity) or _counts(leaf)
    }
    allows_plain = any(isinstance(value, (list, tuple)) for value in values)
    if allows_plain:
        dimensions.discard(DIMENSIONLESS)
    if len(dimensions) > 1:
        listed = " and in ".join(
            sorted(
                "plain numbers" if one == DIMENSIONLESS else dimension_name(one)
                for one in dimensions
            )
        )
        raise UnitsError(
            f"The values are in {listed}.",
            where=name,
            mend="All must have the same dimension. Divide each by a unit first: "
            "x/mV is a plain number.",
        )


def _leaves(values: list[Any] | tuple[Any, ...]) -> Iterator[object]:
    for value in values:
        if isinstance(value, (list, tuple)):
            yield from _leaves(value)
        else:
            yield value


def _counts(value: object) -> bool:
    """Return whether a plain value needs a unit next to quantities; 0 and infinity need none."""
    if not isinstance(value, (int, float, np.ndarray, np.number)):
        return False
    plain = np.asarray(value)
    return plain.dtype.kind in "biuf" and bool(np.any((plain != 0) & np.isfinite(plain)))
