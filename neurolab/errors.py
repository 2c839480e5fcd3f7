"""Errors that teach: what was wrong, where, what was expected, how to mend it."""


class NeurolabError(Exception):
    """Base of every error that neurolab raises on purpose.

    Parameters
    ----------
    problem : str
        What was wrong, with the value that was given.
    where : str
        The object, equation line or control it concerns.
    expected : str
        What would have been right.
    mend : str
        One sentence that says how to put it right.
    """

    def __init__(self, problem, *, where="", expected="", mend=""):
        self.problem = problem
        self.where = where
        self.expected = expected
        self.mend = mend
        super().__init__(problem, where, expected, mend)

    def __str__(self):
        return f"{self.where}: {self.advice}" if self.where else self.advice

    @property
    def advice(self):
        """The message without the place, for showing right beside that place."""
        expected = f", expected {self.expected}" if self.expected else ""
        sentence = f"{self.problem}{expected}"
        if not self.mend:
            return sentence
        return f"{sentence}{'' if sentence.endswith(('.', '?')) else '.'} {self.mend}"

    def located(self, where):
        """Fill in the place, unless there already is one."""
        if not self.where:
            self.where = where
            self.args = (self.problem, where, self.expected, self.mend)


class ParseError(NeurolabError):
    """A text is not a formula, an equation, a list of times or a number."""


class UnknownNameError(NeurolabError):
    """A formula or an object uses a name that means nothing here."""


class UnknownAttributeError(UnknownNameError, AttributeError):
    """An object has no variable of this name (`hasattr` says so too)."""


class UnitsError(NeurolabError):
    """Two quantities differ in dimension where they must agree."""


class ShapeError(NeurolabError):
    """An array has the wrong number of rows, columns or entries."""


class RangeError(NeurolabError):
    """A number or an index lies outside the values that make sense."""


class LimitError(NeurolabError):
    """What was asked would take more time or memory than is allowed."""


class BlowUpError(NeurolabError):
    """A state variable left the finite numbers during a run."""


class MissingPackageError(NeurolabError):
    """An optional package is needed and not installed."""


class NeurolabWarning(UserWarning):
    """The input is valid, but it probably does not do what was meant.

    Examples are a spike time before the present time and a threshold that can never be reached.
    """
