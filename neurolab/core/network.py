"""Running what was built."""

from contextlib import contextmanager

from ..errors import UnknownNameError
from . import magic
from .connection import Connection
from .engine import Engine
from .groups import Group
from .monitors import SpikeMonitor, StateMonitor

_Monitor = (StateMonitor, SpikeMonitor)


class Operation:
    """A function that is called after every time step."""

    def __init__(self, function):
        self.function = function
        self._takes_clock = function.__code__.co_argcount > 0
        self.__name__ = function.__name__

    def __call__(self, *arguments):
        return self.function(*arguments)

    def bound(self, clock):
        """The callable that the step loop uses."""
        def call(step):
            clock.step = step
            self.function(clock) if self._takes_clock else self.function()
        return call


def network_operation(*arguments, **options):
    """Decorator: call this function (with the clock, if it takes an argument) after every time step of a run."""
    if len(arguments) == 1 and callable(arguments[0]):
        return Operation(arguments[0])
    return lambda function: Operation(function)


_KINDS = (Group, Connection, *_Monitor, Operation)


class Network:
    """The objects that are simulated together.

    Parameters
    ----------
    *objects
        Groups, connections, monitors and network operations, or lists of them. The groups that they need come along.
    """

    def __init__(self, *objects):
        self.objects = []
        self.add(*objects)

    def add(self, *objects):
        """Add objects, or lists of them."""
        for item in objects:
            if isinstance(item, (list, tuple, set)):
                self.add(*item)
            elif not isinstance(item, _KINDS):
                raise UnknownNameError(f"a {type(item).__name__} cannot be simulated", where="Network",
                                       expected="groups, connections, monitors or network operations")
            elif item not in self.objects:
                self.objects.append(item)

    def parts(self, *kinds):
        """Its objects of these kinds."""
        return [item for item in self.objects if isinstance(item, kinds)]

    def groups(self):
        """All whole groups, those that connections and monitors refer to among them."""
        named = [item.whole for item in self.parts(Group)]
        named += [end.whole for item in self.parts(Connection) for end in (item.source, item.target)]
        named += [item.source.whole for item in self.parts(*_Monitor)]
        return list(dict.fromkeys(named))

    def run(self, duration, report=None, clock=None):
        """Simulate for a time; a second run goes on where the first ended.

        Parameters
        ----------
        duration : quantity
        report : str, optional
            ``'text'`` shows a progress bar.
        """
        clock = clock or self._clock()
        dt = magic.si_value(clock.dt)
        count = int(magic.to_steps(magic.seconds(duration, "run(duration)"), dt, upwards=True))
        first = clock.step
        groups = {group: group.prepare(dt) for group in self.groups()}
        projections = [projection for c in self.parts(Connection)
                       for projection in c.prepare(dt, groups[c.source.whole], groups[c.target.whole])]
        recorders = [monitor.prepare(groups, dt, first, count) for monitor in self.parts(*_Monitor)]
        operations = [operation.bound(clock) for operation in self.parts(Operation)]
        for group, prepared in groups.items():
            group._running = prepared
        try:
            with _progress(report) as progress:
                Engine(list(groups.values()), projections, recorders, operations).run(first, count, progress)
        finally:
            for group, prepared in groups.items():
                group._running = None
                prepared.finish()
        clock.step = first + count

    def _clock(self):
        clocks = {group._clock for group in self.groups() if group._clock}
        if len(clocks) > 1:
            raise UnknownNameError("the groups have different clocks", where="run",
                                   expected="one clock for all groups of a network")
        clock = clocks.pop() if clocks else magic.defaultclock
        if not any(item in magic.have_run for item in self.objects):
            clock.step = 0  # new objects begin at t = 0, so that a notebook's cells can be run again
        magic.have_run.update(self.objects)
        return clock


@contextmanager
def _progress(report):
    """A callable that takes the fraction done, or None where no report is wanted."""
    if not report:
        yield None
        return
    from tqdm.auto import tqdm
    with tqdm(total=100, unit="%", desc="run", leave=False) as bar:
        yield lambda fraction: bar.update(round(100 * fraction) - bar.n)


def run(duration, report=None):
    """Simulate all the objects that the calling program has made.

    Parameters
    ----------
    duration : quantity
        Such as ``10*ms``; a second run goes on where the first ended.
    report : str, optional
        ``'text'`` shows a progress bar.
    """
    objects = magic.objects_of_caller(_KINDS)
    if not objects:
        raise UnknownNameError("there is nothing to simulate", where="run",
                               mend="Make groups and connections in the same program, or use Network(…).run(…).")
    Network(*objects).run(duration, report)
