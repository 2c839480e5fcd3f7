"""Running what was built."""

from contextlib import contextmanager
from typing import NoReturn

from ..engine.step_loop import Engine
from ..errors import UnknownNameError
from . import magic
from .checked_calls import checked_call
from .clock import seconds, steps_up
from .collection import groups_of, networks_of_caller
from .connection import Connection
from .generators import SpikeGeneratorGroup
from .groups import Group
from .input_without_effect import say_what_cannot_act
from .known_attributes import no_attribute
from .operations import WHEN, Operation
from .program_objects import namespaces, objects_in, still_held
from .spike_monitors import SpikeMonitor
from .state_monitors import StateMonitor
from .warnings_given import say

_Monitor = (StateMonitor, SpikeMonitor)
_KINDS = (Group, Connection, *_Monitor, Operation)


class Network:
    """The objects that are simulated together.

    Parameters
    ----------
    *objects
        Groups, connections, monitors and network operations, or lists of them. The groups of
        connections and monitors are included.

    Raises
    ------
    UnknownNameError
        One of the objects cannot be simulated.

    Examples
    --------
    A second run continues where the first ended.

    >>> from neurolab import Network, SpikeGeneratorGroup, SpikeMonitor, ms
    >>> G = SpikeGeneratorGroup(1, [(0, 1*ms), (0, 6*ms)])
    >>> M = SpikeMonitor(G)
    >>> network = Network(G, M)
    >>> network.run(5*ms)
    >>> network.run(5*ms)
    >>> M.nspikes
    2
    """

    def __init__(self, *objects):
        self.objects = []
        self.add(*objects)
        magic.networks.add(self)

    @classmethod
    def _of(cls, objects):
        """A network that `run` has found, in this order."""
        network = cls.__new__(cls)
        network.objects = objects
        return network

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("_") or name == "objects":
            raise AttributeError(name)
        raise no_attribute(self, name)

    def add(self, *objects):
        """Add objects, or lists of them."""
        for item in objects:
            if isinstance(item, (list, tuple, set)):
                self.add(*item)
            elif not isinstance(item, _KINDS):
                raise UnknownNameError(
                    f"a {type(item).__name__} cannot be simulated",
                    where="Network",
                    expected="groups, connections, monitors or network operations",
                )
            elif item not in self.objects:
                self.objects.append(item)

    def parts(self, *kinds):
        """Its objects of these kinds."""
        return [item for item in self.objects if isinstance(item, kinds)]

    def groups(self):
        """All whole groups, those that connections and monitors refer to among them."""
        named = [item.whole for item in self.parts(Group)]
        named += [
            end.whole for item in self.parts(Connection) for end in (item.source, item.target)
        ]
        named += [item.source.whole for item in self.parts(*_Monitor)]
        return list(dict.fromkeys(named))

    @checked_call(tuning=("threads", "report_period"))
    def run(self, duration, report=None):
        """Simulate for a time.

        A second run continues where the first ended. If all objects are new, they begin at t = 0.

        Parameters
        ----------
        duration : quantity
            A time such as ``10*ms``; a time between two steps is rounded up.
        report : str, optional
            ``'text'`` shows a progress bar.
        """
        self._say_what_is_missing()
        self._run(duration, report)

    def _run(self, duration, report):
        clock = self._clock()
        first = clock.next_step(self.groups())
        count = steps_up(
            seconds(duration, "run(duration)"), clock._dt, "the duration of run", clock
        )
        with _progress(report) as progress:
            Run(self, clock, first, first + count).do(progress)

    def _say_what_is_missing(self):
        """Say so if a connection or a monitor belongs to these groups alone, and was not added."""
        groups = self.groups()
        own = {
            item: None
            for group in groups
            for item in group.attached_objects
            if {*groups_of(item)} <= {*groups}
        }
        missing = [item for item in own if item not in self.objects]
        missing = [
            item
            for item in missing
            if not any(item in network.objects for network in magic.networks)
        ]
        del own
        if not missing:
            return
        frame = magic.caller()
        in_sight = {id(item) for names in namespaces(frame) for item in objects_in(names, _KINDS)}
        hidden, seen = (
            [item for item in missing if (id(item) in in_sight) == known] for known in (False, True)
        )
        del missing  # a list that holds an object would make it look held
        for item in [*seen, *still_held(hidden, frame)]:
            say(
                f"{item} is not part of this network and takes no part in its run.",
                once_for=item,
                mend="Add it: Network(…, that), or network.add(that).",
            )

    def _clock(self):
        clocks = {group.clock for group in self.groups()}
        if len(clocks) > 1:
            raise UnknownNameError(
                "the groups have different clocks",
                where="run",
                expected="one clock for all groups of a network",
                mend="Give each group the same clock=…, or none and set defaultclock.dt.",
            )
        return clocks.pop() if clocks else magic.defaultclock


class Run:
    """One run of a network. If a call changes one of its numbers, the next steps are prepared anew.

    Parameters
    ----------
    network : Network
    clock : Clock
    first, end : int
        The first step, and the one after the last.
    """

    def __init__(self, network, clock, first, end):
        self._clock, self._first, self._end = clock, first, end
        self._groups, self._paths = (
            network.groups(),
            [connection.paths for connection in network.parts(Connection)],
        )
        self._monitors = network.parts(*_Monitor)
        self._items = [*self._groups, *network.objects]
        self._operations = network.parts(Operation)
        self._objects = network.objects

    def do(self, progress=None):
        """Do all steps."""
        for part in (*self._groups, *self._paths):
            if not self._clock.has_moved(part):
                part.forget()
        say_what_cannot_act(self._objects, self._groups, self._clock, self._first, self._end)
        recorders, calls, step, begun = None, None, self._first, False
        while step < self._end:
            groups, projections = self._prepared(step)
            if recorders is None:
                recorders = {
                    monitor: monitor.prepare(groups, self._clock, self._first, self._end)
                    for monitor in self._monitors
                }
                calls = self._calls(recorders)
            for monitor in self._monitors:
                monitor.follow(groups)
            if calls:
                calls.groups, calls.prepared = groups, projections
            within = [
                recorder
                for monitor, recorder in recorders.items()
                if not calls or monitor.when is None
            ]
            engine = Engine(list(groups.values()), projections, within, calls)
            self._go_on(step, engine, progress, begun)
            step, begun = engine.step, engine.begun
        for group in self._groups:
            if isinstance(group, SpikeGeneratorGroup):
                group.warn_of_missed(self._end, self._clock._dt)

    def _calls(self, recorders):
        """The calls within each step; None if there are none, so that many steps can run at once."""
        if not self._operations and all(
            monitor.when in (None, "end") for monitor in self._monitors
        ):
            return None
        bound = {operation: operation.bound(self._clock) for operation in self._operations}
        placed = [
            item
            for item in self._objects
            if item in bound or item in recorders and item.when is not None
        ]
        placed += [item for item in recorders if item not in placed and item.when is not None]
        calls = {
            when: [
                bound.get(item) or _recording(recorders[item])
                for item in placed
                if item.when == when
            ]
            for when in WHEN
        }
        return Calls(calls, self._groups, self._paths, self._clock._dt)

    def _prepared(self, step):
        dt = self._clock._dt
        groups = {group: group.prepare(dt, step, self._end) for group in self._groups}
        return groups, [
            projection for paths in self._paths for projection in paths.prepare(dt, step, groups)
        ]

    def _go_on(self, step, engine, progress, begun):
        """Do the steps from this one on, to the end or to the next change."""
        length = self._end - self._first
        share = progress and (
            lambda part: progress((step - self._first + part * (self._end - step)) / length)
        )
        for group in self._groups:
            group.begin()
        try:
            engine.run(step, self._end - step, share, begun)
        finally:
            for part in (*self._groups, *self._paths, *self._monitors):
                part.finish(engine.step)
            self._clock.advance((*self._items, *self._paths), engine.step)


class Calls:
    """What is called within each step: the program's operations, and the recorders of its monitors.

    Parameters
    ----------
    by_place : dict
        Place in a time step (`WHEN`) → callables that take the number of the step, in their order.
    groups, paths : list
        What a call may change.
    dt : float
    """

    _PARTS = {
        "begin": ("start", "before_groups"),
        "before connections": ("after_groups", "middle", "before_connections"),
        "before resets": ("after_connections", "before_resets"),
        "end": ("after_resets", "end"),
    }

    def __init__(self, by_place, groups, paths, dt):
        self._parts = {
            part: [call for place in places for call in by_place[place]]
            for part, places in self._PARTS.items()
        }
        self._groups, self._paths, self._dt = groups, paths, dt
        self.groups, self.prepared = {}, []

    def make(self, part, now):
        """Make the calls of one part of step `now`."""
        for call in self._parts[part]:
            call(now)

    def outdated(self):
        """Whether a call has changed something for which the next step must be prepared anew."""
        return any(part.changed for part in (*self._groups, *self._paths))

    def projections(self, now):
        """The projections with the weights that hold now."""
        if self._parts["before connections"] and any(paths.changed for paths in self._paths):
            for paths in self._paths:
                paths.finish(now)
            self.prepared = [
                projection
                for paths in self._paths
                for projection in paths.prepare(self._dt, now, self.groups)
            ]
        return self.prepared


def _recording(recorder):
    return lambda step: recorder.record(step, 1)


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

    The run includes the groups for which the program has names, and their connections and monitors.
    Operations and monitors act in the order in which they were made.

    Parameters
    ----------
    duration : quantity
        A time such as ``10*ms``. A second run continues where the first ended. Objects begin at
        t = 0 if they are not connected with others that have run before.
    report : str, optional
        ``'text'`` shows a progress bar.

    Raises
    ------
    UnknownNameError
        The program has made no groups.
    UnitsError, RangeError
        The duration is not a time, or it is negative.

    Examples
    --------
    >>> __name__ = '__main__'  # not needed in a program: this doctest is in a module of neurolab
    >>> from neurolab import Connection, NeuronGroup, SpikeGeneratorGroup, ms, mV, run
    >>> inputs = SpikeGeneratorGroup(1, [(0, 1*ms)])
    >>> neurons = NeuronGroup(1, 'dV/dt = -V/(10*ms) : volt')
    >>> C = Connection(inputs, neurons, 'V', weight=3*mV)
    >>> run(11.1*ms)
    >>> print(round(float(neurons.V[0]/mV), 3))  # 3/e, 10 ms after the spike
    1.104
    """
    found = networks_of_caller()
    if not found:
        raise UnknownNameError(
            "there is nothing to simulate",
            where="run",
            mend="Make groups and connections in the same program, or use Network(…).run(…).",
        )
    for objects in found:
        Network._of(objects)._run(duration, report)
