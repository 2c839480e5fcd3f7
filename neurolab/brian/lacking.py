"""Stand-ins for the names of Brian 1 that neurolab does not have.

Each name is exported, so that a program of Brian 1 stops where it uses the name, with advice, and
not at a NameError.
"""

from typing import Any, NoReturn

from ..errors import NotAvailableError, UnknownAttributeError
from .lacking_names import ATTRIBUTES, LACKING

__all__ = ["ATTRIBUTES", "LACKING", "Lacking", "advice"]


def advice(name: str) -> str:
    """Return the advice of a name: a sentence, and code on lines of its own if it is long.

    Examples
    --------
    >>> advice("RemoteControlServer")
    "A long run shows its progress. For example: run(5*ms, report='text')"
    """
    sentence, code = LACKING[name]
    code = code.strip("\n")
    if not code:
        return sentence
    return (
        f"{sentence} For example:\n\n{code}\n"
        if "\n" in code
        else f"{sentence} For example: {code}"
    )


class Lacking:
    """A stand-in for a name of Brian 1; every use of it raises an error with advice."""

    def __init__(self, name: str) -> None:
        self._name = name

    def _problem(self) -> str:
        return f"{self._name} of Brian 1 is not available here"

    def _refuse(self, *values: Any, **options: Any) -> NoReturn:
        raise NotAvailableError(self._problem(), mend=advice(self._name))

    __call__ = __getitem__ = __iter__ = __len__ = __enter__ = __mro_entries__ = _refuse

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("_"):
            raise AttributeError(name)
        raise UnknownAttributeError(self._problem(), mend=advice(self._name))

    def __repr__(self) -> str:
        return f"<{self._name} of Brian 1, not available here>"
