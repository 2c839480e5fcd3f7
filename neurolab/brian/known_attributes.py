"""Objects whose attributes are known: one that is misspelt would be ignored without a word."""

import itertools

from ..errors import UnknownAttributeError

_numbers = itertools.count()


class Fixed:
    """Once made, an object takes no attributes but those in `_settable` (and private ones, which are its own affair)."""

    _settable = ()
    _made = False

    def __new__(cls, *arguments, **options):
        made = super().__new__(cls)
        object.__setattr__(made, "_number", next(_numbers))
        return made

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
        raise UnknownAttributeError(f"'{name}' cannot be set", where=getattr(self, "label", type(self).__name__),
                                    expected=" or ".join(self._settable),
                                    mend="" if self._settable else "Make a new object with the other value.")
