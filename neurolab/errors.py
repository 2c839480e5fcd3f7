"""Errors that say what was wrong, where, what was expected, and how to correct it."""


class NeurolabError(Exception):
    """Base of every error that neurolab raises on purpose.

    Each kind is also the built-in exception that Python or numpy raises for the same mistake, so
    that a program may catch either: an index that does not exist is an `IndexError`, an unknown
    option a `TypeError`.

    Parameters
    ----------
    problem : str
        A sentence that says what was wrong, with the value that was given.
    where : str
        The object, equation line or control it concerns.
    mend : str
        A sentence that says what was expected, or how to correct it.

    Examples
    --------
    >>> print(RangeError("The step is 0 ms.", where="clock", mend="Give a time such as 0.1*ms."))
    clock: The step is 0 ms. Give a time such as 0.1*ms.
    """

    def __init__(self, problem: str, *, where: str = "", mend: str = "") -> None:
        self.problem = problem
        self.where = where
        self.mend = mend
        super().__init__(problem, where, mend)

    def __str__(self) -> str:
        return f"{self.where}: {self.advice}" if self.where else self.advice

    @property
    def advice(self) -> str:
        """The message without the place, for display next to that place."""
        if not self.mend:
            return self.problem
        end = "" if self.problem.endswith((".", "?")) else "."
        return f"{self.problem}{end} {self.mend}"

    def located(self, where: str) -> None:
        """Set the place, unless there already is one."""
        if not self.where:
            self.where = where
            self.args = (self.problem, where, self.mend)


class ParseError(NeurolabError, ValueError):
    """A text is not a formula, an equation, a list of times or a number."""


class ArgumentError(NeurolabError, TypeError):
    """A call has an unknown option, too many or too few values, or an object of the wrong kind."""


class UnknownNameError(NeurolabError):
    """A name means nothing here."""


class UndefinedNameError(UnknownNameError, NameError):
    """A formula uses a name that has no value."""


class UnknownAttributeError(UnknownNameError, AttributeError):
    """An object has no variable or setting of this name (`hasattr` says so too)."""


class NotAvailableError(UndefinedNameError, NotImplementedError):
    """A name or option of Brian 1 is not available; the message says how to write the same."""


class UnitsError(NeurolabError, TypeError, ValueError):
    """Two quantities differ in dimension where they must agree."""


DimensionMismatchError = UnitsError
"""The name that Brian 1 has for it."""


class ShapeError(NeurolabError, ValueError):
    """An array has the wrong number of rows, columns or entries."""


class RangeError(NeurolabError, ValueError):
    """A number lies outside the values that make sense."""


class OutOfRangeError(RangeError, IndexError):
    """An index names a neuron, an entry or a part that does not exist."""


class DivisionError(RangeError, ZeroDivisionError):
    """A formula divides by zero."""


class LimitError(NeurolabError, ValueError):
    """A request would take more time or memory than is allowed."""


class BlowUpError(NeurolabError, FloatingPointError):
    """A state variable left the finite numbers during a run."""


class NoValueError(BlowUpError, RangeError):
    """A formula has no value for the present values of its variables, as 0/0 has none."""


class NotReadyError(NeurolabError, RuntimeError):
    """A result was asked for before the run that makes it, or there is nothing to run."""


class MissingPackageError(NeurolabError, ImportError):
    """An optional package is needed and not installed."""


class NeurolabWarning(UserWarning):
    """The input is valid, but it probably does not do what was meant.

    Examples are a spike time before the present time and a threshold that can never be reached.
    """
