"""Functions of the program that are called in every step of a run."""

from collections.abc import Callable
from typing import Any

from ..errors import ParseError, UnknownNameError
from ..grid import Steps
from . import magic
from .checked_calls import checked_call
from .checked_values import arguments_of
from .clock import Clock
from .known_attributes import Fixed

WHEN = (
    "start",
    "before_groups",
    "after_groups",
    "middle",
    "before_connections",
    "after_connections",
    "before_resets",
    "after_resets",
    "end",
)
"""Places in a time step: groups integrate, connections deliver, resets act, the step ends."""


def checked_when(when: Any, where: str) -> str:
    """Return a place in a time step, checked.

    Raises
    ------
    UnknownNameError
        There is no such place.
    """
    if when not in WHEN:
        raise UnknownNameError(
            f"when is {when!r}.", where=where, mend=f"It must be {' or '.join(map(repr, WHEN))}."
        )
    return when


class Operation(Fixed):
    """A function that is called in every time step.

    Parameters
    ----------
    function : callable
        Takes the clock, or nothing.
    clock : Clock, optional
        Calls it at the steps of this clock, and not at those of the groups.
    when : str
        One of `WHEN`; by default ``'end'``. Operations and monitors of the same place act in the
        order in which they were added to the network; in `run`, in the order in which they were
        made.
    """

    _stands_alone = True
    """Whether it takes part in a run by itself, and not as a part of a group."""
    group: Any = None
    """The whole group to which it belongs, if it acts on a single one."""

    def __init__(
        self, function: Callable[..., Any], clock: Clock | None = None, when: str = "end"
    ) -> None:
        self.__name__ = getattr(function, "__name__", type(function).__name__)
        label = f"network_operation {self.__name__}"
        self.when = checked_when(when, label)
        needed, _ = arguments_of(function)
        if needed > 1:
            raise ParseError(
                f"The function needs {needed} values.",
                where=label,
                mend="Give a function of the clock, or of nothing.",
            )
        self.function, self._takes_clock, self.label = function, needed == 1, label
        self.has_run = False
        self.own_clock = clock
        if self._stands_alone:
            magic.operations.add(self)

    def __call__(self, *arguments: Any) -> Any:
        return self.function(*arguments)

    def bound(self, clock: Clock) -> Callable[[Steps], None]:
        """Return the callable that a run uses; it takes the number of the step."""
        every, own = clock.steps_of(self.own_clock, self.label), self.own_clock or clock

        def call(step: Steps) -> None:
            self.has_run = True
            if step % every == 0:
                clock.show(step)
                own.show(step // every)
                self.function(own) if self._takes_clock else self.function()

        return call


class NetworkOperation(Operation):
    """A function that is called in every time step, as an object: `network_operation` makes one.

    Parameters
    ----------
    function : callable
        Takes the clock, or nothing.
    clock : Clock, optional
    when : str

    Examples
    --------
    >>> from neurolab import Network, NetworkOperation, NeuronGroup, ms
    >>> G = NeuronGroup(1, 'x : 1')
    >>> def count():
    ...     G.x += 1
    >>> Network(G, NetworkOperation(count)).run(1*ms)
    >>> float(G.x[0])
    10.0
    """

    @checked_call
    def __init__(
        self, function: Callable[..., Any], clock: Clock | None = None, when: str = "end"
    ) -> None:
        super().__init__(function, clock, when)


def network_operation(*arguments: Any, **options: Any) -> Any:
    """Decorate a function so that it is called in every time step of a run.

    The function gets the clock if it takes an argument. ``@network_operation(clock, when='start')``
    calls it at the steps of another clock, or at another place in the step: one of `WHEN`.

    Examples
    --------
    >>> from neurolab import Network, NeuronGroup, ms, network_operation
    >>> G = NeuronGroup(1, 'x : 1')
    >>> @network_operation
    ... def count():
    ...     G.x += 1
    >>> Network(G, count).run(1*ms)
    >>> float(G.x[0])
    10.0
    """
    if len(arguments) == 1 and callable(arguments[0]) and not options:
        return Operation(arguments[0])
    for argument in arguments:
        options["when" if isinstance(argument, str) else "clock"] = argument
    if not isinstance(options.get("clock"), (Clock, type(None))):
        raise UnknownNameError(
            f"The clock has type {type(options['clock']).__name__}.",
            where="network_operation",
            mend="Give a Clock, or the function to call.",
        )
    for name in options.keys() - {"clock", "when"}:
        raise UnknownNameError(
            f"'{name}' is not an option.",
            where="network_operation",
            mend="The options are clock and when.",
        )
    return lambda function: Operation(function, **options)
