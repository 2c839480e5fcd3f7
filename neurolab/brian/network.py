"""Networks of the script API, and the function that runs a program's objects."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from ..engine.step_loop import Progress
from ..errors import UnknownNameError
from ..units import Quantity
from . import magic
from .checked_calls import checked_call
from .clock import Clock, seconds, steps_up
from .collection import groups_of, networks_of_caller
from .combined_monitors import MultiStateMonitor
from .groups import Group
from .known_attributes import no_attribute
from .network_run import Run
from .operations import Operation
from .plasticity.rule import Rule
from .program_objects import namespaces, objects_in, still_held
from .several_clocks_run import SeveralClocksRun
from .spike_monitors import SpikeMonitor
from .state_monitors import StateMonitor
from .synapse_set import SynapseSet
from .warnings_given import say

_Monitor = (StateMonitor, SpikeMonitor)
_KINDS = (Group, SynapseSet, Rule, *_Monitor, Operation)


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

    def __init__(self, *objects: object) -> None:
        self.objects: list[Any] = []
        self.add(*objects)
        magic.networks.add(self)

    @classmethod
    def _of(cls, objects: list[Any]) -> "Network":
        """Make a network of the objects that `run` has collected, in this order."""
        network = cls.__new__(cls)
        network.objects = objects
        return network

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("_") or name == "objects":
            raise AttributeError(name)
        raise no_attribute(self, name)

    def add(self, *objects: object) -> None:
        """Add objects, or lists of them."""
        for item in objects:
            if isinstance(item, (list, tuple, set)):
                self.add(*item)
            elif isinstance(item, MultiStateMonitor):
                self.add(*item.values())
            elif not isinstance(item, _KINDS):
                raise UnknownNameError(
                    f"An object of type {type(item).__name__} cannot be simulated.",
                    where="Network",
                    mend="Give groups, connections, monitors or network operations.",
                )
            elif item not in self.objects:
                self.objects.append(item)
                if isinstance(getattr(item, "source", None), SynapseSet):
                    self.add(item.source)  # a monitor of synapses

    def parts(self, *kinds: type) -> list[Any]:
        """Return its objects of these kinds."""
        return [item for item in self.objects if isinstance(item, kinds)]

    def groups(self) -> list[Any]:
        """Return all whole groups, including those of its connections and monitors."""
        named = [item.whole for item in self.parts(Group)]
        named += [
            end.whole for item in self.parts(SynapseSet) for end in (item.source, item.target)
        ]
        named += [end.whole for item in self.parts(Rule) for end in (item.C.source, item.C.target)]
        named += [group for item in self.parts(*_Monitor) for group in groups_of(item)]
        return list(dict.fromkeys(named))

    @checked_call(tuning=("threads", "report_period"))
    def run(self, duration: Quantity, report: str | None = None) -> None:
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

    def _run(self, duration: Quantity, report: str | None) -> None:
        length = seconds(duration, "run(duration)")
        clocks = {group.clock for group in self.groups()}
        if len(clocks) > 1 or not _act_in_steps_of(clocks, self.objects):
            with _progress(report) as progress:
                SeveralClocksRun(self, length).do(progress)
            return
        clock = clocks.pop() if clocks else magic.defaultclock
        first = clock.next_step(self.groups())
        count = steps_up(length, clock._dt, "the duration of run", clock)
        with _progress(report) as progress:
            Run(self, clock, first, first + count).do(progress)

    @checked_call
    def reinit(self, states: bool = True) -> None:
        """Begin anew: time is 0, no spike is on its way, monitors are empty, inputs fire again.

        Parameters
        ----------
        states : bool
            Whether state variables and parameters become 0, as in Brian 1, and not what the program
            had assigned.

        Examples
        --------
        >>> from neurolab import Network, SpikeGeneratorGroup, SpikeMonitor, ms
        >>> G = SpikeGeneratorGroup(1, [(0, 1*ms)])
        >>> M = SpikeMonitor(G)
        >>> network = Network(G, M)
        >>> for repetition in range(2):
        ...     network.run(2*ms)
        ...     print(M.nspikes, float(G.clock.t/ms))
        ...     network.reinit()
        1 2.0
        1 2.0
        """
        for clock in {group.clock for group in self.groups()}:
            clock.reinit()
        for group in self.groups():
            group.reinit(states)
        for item in self.objects:
            if isinstance(item, (SynapseSet, Rule)):
                item.reinit(states)
            elif not isinstance(item, Group) and hasattr(type(item), "reinit"):
                item.reinit()

    def stop(self) -> None:
        """Stop the run after its present step, as `stop` does."""
        magic.stop()

    def _say_what_is_missing(self) -> None:
        """Warn of connections and monitors that belong to these groups alone and were not added."""
        groups = self.groups()
        own = {
            item: None
            for group in groups
            for item in group.attached_objects
            if {*groups_of(item)} <= {*groups}
        }
        rules = [rule for item in self.parts(SynapseSet) for rule in item.rules]
        missing = [item for item in (*own, *rules) if item not in self.objects]
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


def _act_in_steps_of(clocks: set[Clock], objects: list[Any]) -> bool:
    """Return whether all operations and monitors act within steps of the only clock of the groups.

    One with a clock of another order acts before or after the steps of the groups.
    """
    setters = [setter for item in objects if isinstance(item, Group) for setter in item.setters]
    given = [getattr(item, "own_clock", None) for item in (*objects, *setters)]
    own = {clock for clock in given if clock is not None and clock not in clocks}
    return all(
        clock.fits(other) and clock.order == other.order for clock in clocks for other in own
    )


@contextmanager
def _progress(report: str | None) -> Iterator[Progress | None]:
    """Yield a callable that takes the fraction done, or None if no report is wanted."""
    if not report:
        yield None
        return
    from tqdm.auto import tqdm

    with tqdm(total=100, unit="%", desc="run", leave=False) as bar:
        yield lambda fraction: bar.update(round(100 * fraction) - bar.n)


@checked_call
def reinit(states: bool = True) -> None:
    """Begin anew with all objects of the calling program: `Network.reinit` of what `run` would run.

    Parameters
    ----------
    states : bool
        Whether state variables and parameters become 0, as in Brian 1, and not what the program had
        assigned.
    """
    for objects in networks_of_caller():
        Network._of(objects).reinit(states)


@checked_call(tuning=("threads", "report_period"))
def run(duration: Quantity, report: str | None = None) -> None:
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
            "There is nothing to simulate.",
            where="run",
            mend="Make groups and connections in the same program, or use Network(…).run(…).",
        )
    for objects in found:
        Network._of(objects)._run(duration, report)
        if magic.stopping.is_set():
            break
