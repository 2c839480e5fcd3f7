"""Objects whose attributes are known: one that is misspelt would be ignored without a word."""

import difflib
import itertools
from typing import NoReturn

from ..errors import UnknownAttributeError
from .lacking import ATTRIBUTES

_numbers = itertools.count()


class Fixed:
    """Once made, an object takes no attributes but those in `_settable` (and private ones, which are its own affair)."""

    _settable = ()
    _made = False

    def __new__(cls, *arguments, **options):
        made = super().__new__(cls)
        object.__setattr__(made, "_number", next(_numbers))
        return made

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("_"):
            raise AttributeError(name)
        raise no_attribute(self, name)

    @property
    def creation_number(self):
        """Objects are numbered in the order in which they are made; `run` keeps to it."""
        return self._number

    def __setattr__(self, name, value):
        if self._made and not name.startswith("_") and name not in self._settable:
            self._refuse(name)
        object.__setattr__(self, name, value)

    def __repr__(self):
        return getattr(self, "label", type(self).__name__)

    def _refuse(self, name):
        raise UnknownAttributeError(
            f"'{name}' cannot be set",
            where=getattr(self, "label", type(self).__name__),
            expected=" or ".join(self._settable),
            mend="" if self._settable else "Make a new object with the other value.",
        )


def no_attribute(item: object, name: str) -> UnknownAttributeError:
    """The error for an attribute that an object does not have: it says how Brian 1's are written, or names a similar one.

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
            f"{kind}.{name} of Brian 1 is not available here", mend=ATTRIBUTES[name]
        )
    known = [each for each in dir(type(item)) if not each.startswith("_")]
    similar = difflib.get_close_matches(name, known, n=1)
    return UnknownAttributeError(
        f"a {kind} has no '{name}'", mend=f"Did you mean {similar[0]}?" if similar else ""
    )
