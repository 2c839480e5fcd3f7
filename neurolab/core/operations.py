"""Functions of the program that are called in every step of a run."""

from ..errors import ParseError, UnknownNameError
from .clock import Clock
from .fixed import Fixed
from .values import arguments_of

# A step begins with its groups, so what is called before them can as well be called when the step before is over.
_BEFORE = ("start", "before_groups")
_AFTER = ("end",)


class Operation(Fixed):
    """A function that is called in every time step.

    Parameters
    ----------
    function : callable
        Takes the clock, or nothing.
    clock : Clock, optional
        Calls it less often: a clock whose step is some steps of the groups.
    when : str
        ``'end'`` (after the monitors) or ``'start'`` (before the groups).
    """

    def __init__(self, function, clock=None, when="end"):
        self.__name__ = getattr(function, "__name__", type(function).__name__)
        label = f"network_operation {self.__name__}"
        if when not in (*_BEFORE, *_AFTER):
            raise UnknownNameError(f"when is {when!r}", where=label, expected="'start' or 'end'")
        needed, _ = arguments_of(function)
        if needed > 1:
            raise ParseError(f"it needs {needed} values", where=label, expected="a function of the clock, or of nothing")
        self._function, self._takes_clock, self._label = function, needed == 1, label
        self._own_clock = clock
        self.before = when in _BEFORE

    def __call__(self, *arguments):
        return self._function(*arguments)

    def bound(self, clock):
        """The callable that a run uses, with the number of the step."""
        every, own = clock.steps_of(self._own_clock, self._label), self._own_clock or clock

        def call(step):
            if step % every == 0:
                clock.show(step)
                own.show(step // every)
                self._function(own) if self._takes_clock else self._function()
        return call


def network_operation(*arguments, **options):
    """Decorator: call this function (with the clock, if it takes an argument) in every time step of a run.

    ``@network_operation(clock, when='start')`` calls it at the steps of another clock, or before the groups of a step in
    place of after its monitors.
    """
    if len(arguments) == 1 and callable(arguments[0]) and not options:
        return Operation(arguments[0])
    for argument in arguments:
        options["when" if isinstance(argument, str) else "clock"] = argument
    if not isinstance(options.get("clock"), (Clock, type(None))):
        raise UnknownNameError(f"the clock is a {type(options['clock']).__name__}", where="network_operation",
                               expected="a Clock, or the function to call")
    for name in options.keys() - {"clock", "when"}:
        raise UnknownNameError(f"there is no option '{name}'", where="network_operation", expected="clock or when")
    return lambda function: Operation(function, **options)
