"""Running what was built."""

from contextlib import contextmanager

from ..errors import UnknownNameError
from . import magic
from .calls import checked_call
from .clock import seconds, to_steps
from .connection import Connection
from .engine import Engine
from .generators import SpikeGeneratorGroup
from .groups import Group
from .monitors import StateMonitor
from .operations import Operation
from .spikemonitors import SpikeMonitor

_Monitor = (StateMonitor, SpikeMonitor)
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

    @checked_call(tuning=("threads", "report_period"))
    def run(self, duration, report=None):
        """Simulate for a time; a second run goes on where the first ended, new objects alone begin at t = 0.

        Parameters
        ----------
        duration : quantity
        report : str, optional
            ``'text'`` shows a progress bar.
        """
        clock = self._clock()
        first = clock.next_step([*self.groups(), *self.objects])
        count = int(to_steps(seconds(duration, "run(duration)"), clock._dt, upwards=True))
        with _progress(report) as progress:
            Run(self, clock, first, first + count).do(progress)

    def _clock(self):
        clocks = {group.clock for group in self.groups()}
        if len(clocks) > 1:
            raise UnknownNameError("the groups have different clocks", where="run",
                                   expected="one clock for all groups of a network",
                                   mend="Give each group the same clock=…, or none and set defaultclock.dt.")
        return clocks.pop() if clocks else magic.defaultclock


class Run:
    """One run of a network. Where an operation changes a number of it, the steps that follow are as a run of their own.

    Parameters
    ----------
    network : Network
    clock : Clock
    first, end : int
        The first step, and the one after the last.
    """

    def __init__(self, network, clock, first, end):
        self._clock, self._first, self._end = clock, first, end
        self._groups, self._paths = network.groups(), [connection.paths for connection in network.parts(Connection)]
        self._monitors = network.parts(*_Monitor)
        self._items = [*self._groups, *network.objects]
        operations = network.parts(Operation)
        self._before = [operation.bound(clock) for operation in operations if operation.before]
        self._after = [operation.bound(clock) for operation in operations if not operation.before]

    def do(self, progress=None):
        """Do all steps."""
        for part in (*self._groups, *self._paths):
            if not self._clock.has_moved(part):
                part.forget()
        recorders, step = None, self._first
        self._call_before(step)
        while step < self._end:
            groups, projections = self._prepared(step)
            recorders = recorders or [monitor.prepare(groups, self._clock, self._first, self._end)
                                      for monitor in self._monitors]
            for monitor in self._monitors:
                monitor.follow(groups)
            step = self._go_on(step, Engine(list(groups.values()), projections, recorders), progress)
        for group in self._groups:
            if isinstance(group, SpikeGeneratorGroup):
                group.warn_of_missed(self._end, self._clock._dt)

    def _prepared(self, step):
        dt = self._clock._dt
        groups = {group: group.prepare(dt, step, self._end) for group in self._groups}
        return groups, [projection for paths in self._paths for projection in paths.prepare(dt, step, groups)]

    def _go_on(self, step, engine, progress):
        """Do the steps from this one on, to the end or to the next change; gives the step after them."""
        if self._before or self._after:
            engine.operations = [*self._after, lambda now: self._call_before(now + 1), lambda now: self._look(engine)]
        length = self._end - self._first
        share = progress and (lambda part: progress((step - self._first + part * (self._end - step)) / length))
        for group in self._groups:
            group.begin()
        try:
            engine.run(step, self._end - step, share)
        finally:
            for part in (*self._groups, *self._paths, *self._monitors):
                part.finish(engine.step)
            self._clock.advance((*self._items, *self._paths), engine.step)
        return engine.step

    def _call_before(self, step):
        for call in self._before if step < self._end else ():
            call(step)

    def _look(self, engine):
        engine.stopped = any(part.changed for part in (*self._groups, *self._paths))


@contextmanager
def _progress(report):
    """A callable that takes the fraction done, or None where no report is wanted."""
    if not report:
        yield None
        return
    from tqdm.auto import tqdm
    with tqdm(total=100, unit="%", desc="run", leave=False) as bar:
        yield lambda fraction: bar.update(round(100 * fraction) - bar.n)


@checked_call(tuning=("threads", "report_period"))
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
