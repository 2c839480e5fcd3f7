"""Objects whose attributes are fixed, so that a misspelt attribute is an error."""

import difflib
import itertools
from typing import Any, NoReturn, Self

from ..errors import UnknownAttributeError
from .lacking import ATTRIBUTES

_numbers = itertools.count()


class Fixed:
    """An object that, once made, refuses new attributes except private ones and `_settable`."""

    _settable: tuple[str, ...] = ()
    _made = False

    def __new__(cls, *arguments: Any, **options: Any) -> Self:
        made = super().__new__(cls)
        object.__setattr__(made, "_number", next(_numbers))
        return made

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("_"):
            raise AttributeError(name)
        raise no_attribute(self, name)

    @property
    def creation_number(self) -> int:
        """Number of the object in the order of creation, which is the order in `run`."""
        return self._number

    def __setattr__(self, name: str, value: Any) -> None:
        if self._made and not name.startswith("_") and name not in self._settable:
            self._refuse(name)
        object.__setattr__(self, name, value)

    def __repr__(self) -> str:
        return getattr(self, "label", type(self).__name__)

    def _refuse(self, name: str) -> NoReturn:
        raise UnknownAttributeError(
            f"'{name}' cannot be set.",
            where=getattr(self, "label", type(self).__name__),
            mend=f"Only {' and '.join(self._settable)} can be set."
            if self._settable
            else "Make a new object with the other value.",
        )


def no_attribute(item: object, name: str) -> UnknownAttributeError:
    """Return the error for an attribute that an object does not have.

    It says how the same is written if Brian 1 has the attribute, or else names a similar one.

    Parameters
    ----------
    item : object
    name : str

    Returns
    -------
    UnknownAttributeError
    """
    kind = type(item).__name__
    if name in ATTRIBUTES:
        return UnknownAttributeError(
            f"{kind}.{name} of Brian 1 is not available here.", mend=ATTRIBUTES[name]
        )
    known = [each for each in dir(type(item)) if not each.startswith("_")]
    similar = difflib.get_close_matches(name, known, n=1)
    return UnknownAttributeError(
        f"A {kind} has no '{name}'.", mend=f"Did you mean {similar[0]}?" if similar else ""
    )
