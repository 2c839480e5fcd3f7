"""A network written in the script API, as an experiment."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..brian import magic
from ..brian.clock import Clock, seconds
from ..brian.collection import connections_of, groups_of, operations_on
from ..brian.connection import Connection
from ..brian.generators import SpikeGeneratorGroup
from ..brian.groups import Group
from ..brian.state_monitors import Monitor
from ..brian.warnings_given import say
from ..errors import NeurolabError, NotAvailableError, UnknownNameError
from ..grid import Ms
from .checked import check
from .described_connections import described_connection
from .described_groups import described_group, described_parameters, meanings_of, rounded
from .experiment import Experiment

_SHORTEST: Ms = 10.0
_AFTER_LAST_SPIKE = 1.25  # times the time of the last spike


def experiment_from_objects(
    *objects: Any, duration: Any = None, program: Mapping[str, Any] | None = None
) -> Experiment:
    """Describe groups and connections as an experiment.

    Parameters
    ----------
    *objects : Group or Connection
        The groups of connections are included, and so are connections between these groups.
        Monitors are ignored, since everything is recorded.
    duration : quantity, optional
        By default as long as the objects have run, else long enough for the given spikes.
    program : mapping, optional
        The names that the program has for its objects; by default those that the caller sees.

    Returns
    -------
    Experiment
        It starts with the values that the groups had before their first run.

    Raises
    ------
    NeurolabError
        The lab cannot simulate one of the objects.

    Examples
    --------
    >>> from neurolab import Connection, NeuronGroup, SpikeGeneratorGroup, ms, mV
    >>> G = SpikeGeneratorGroup(1, [(0, 1*ms), (0, 16*ms)])
    >>> H = NeuronGroup(1, 'dV/dt = -V/(10*ms) : volt')
    >>> C = Connection(G, H, 'V', weight=6*mV)
    >>> experiment = experiment_from_objects(C, program={"G": G, "H": H, "C": C})
    >>> experiment.connection("C").weights, experiment.duration
    (((6.0,),), 20.0)
    """
    for item in objects:
        if not isinstance(item, (Group, Connection, Monitor)):
            raise UnknownNameError(
                f"An object of type {type(item).__name__} cannot be opened in the lab.",
                where="Lab",
                mend="Give groups and connections, such as Lab(G1, G2, C1, C2).",
            )
    given = [item for item in objects if isinstance(item, Connection)]
    groups = _groups(objects, given)
    connections = _with_those_between(groups, given)
    for operation in operations_on(groups):
        say(
            f"{operation} is not part of the lab, which cannot show network operations.",
            "Run the program as a script to see its effect.",
            operation,
        )
    seen = magic.names_seen_by_caller() if program is None else program
    names = _names(groups, connections, seen)
    clock = _clock(groups)
    meanings = meanings_of(groups, names)
    experiment = Experiment(
        groups=tuple(described_group(group, names[group], meanings[group]) for group in groups),
        connections=tuple(described_connection(item, names) for item in connections),
        parameters=described_parameters(groups, meanings),
        duration=_duration(clock, groups, duration),
        dt=rounded(float(clock.dt) * 1e3),
    )
    check(experiment)
    return experiment


def _groups(objects: Sequence[Any], connections: Sequence[Connection]) -> list[Group]:
    """Return the whole groups among the objects, and those at the ends of the connections."""
    groups = [item.whole for item in objects if isinstance(item, Group)]
    groups += [end.whole for item in connections for end in (item.source, item.target)]
    return list(dict.fromkeys(groups))


def _with_those_between(groups: Sequence[Group], listed: Sequence[Connection]) -> list[Connection]:
    """Return the connections that are listed, and those that `run` would use between these groups.

    A warning names the connections that lead to other groups.
    """
    connections = list(dict.fromkeys(listed))
    for item in connections_of(list(groups)):
        missing = [end for end in groups_of(item) if end not in groups]
        if missing:
            say(
                f"{item} is not part of the lab, because {missing[0]} was not given.",
                "Give that group, or the connection, to Lab as well.",
                item,
            )
        elif not isinstance(item, Connection):
            raise NotAvailableError(
                f"{item} have code of their own, which the lab and the exports cannot show yet.",
                where="Lab",
                mend="Make the network with connections instead, or run it as a script.",
            )
        elif item not in connections:
            connections.append(item)
    return connections


def _names(
    groups: Sequence[Group], connections: Sequence[Connection], program: Mapping[str, Any]
) -> dict[Any, str]:
    """Return the names that the program has for its objects, or plain ones."""
    seen: dict[int, str] = {}
    for name, value in program.items():
        if isinstance(value, (Group, Connection)) and not name.startswith("_"):
            seen.setdefault(id(value), name)
    plain: list[tuple[Any, str]] = [
        *((group, f"G{number}") for number, group in enumerate(groups, 1)),
        *((connection, f"C{number}") for number, connection in enumerate(connections, 1)),
    ]
    names = {item: seen.get(id(item), name) for item, name in plain}
    if len(set(names.values())) < len(names):
        raise NeurolabError(
            "Two objects have the same name.", where="Lab", mend="Give each a name of its own."
        )
    return names


def _clock(groups: Sequence[Group]) -> Clock:
    clocks = {group.clock for group in groups} or {magic.defaultclock}
    if len(clocks) > 1:
        raise NeurolabError(
            "The groups have different clocks.", where="Lab", mend="Give all groups one clock."
        )
    return clocks.pop()


def _duration(clock: Clock, groups: Sequence[Group], duration: Any) -> Ms:
    if duration is not None:
        return rounded(seconds(duration, "duration", positive=True) * 1e3)
    if any(clock.has_moved(group) for group in groups):
        return rounded(clock.next_step(groups) * float(clock.dt) * 1e3)
    last = max(
        (
            float(group.times.max()) * 1e3
            for group in groups
            if isinstance(group, SpikeGeneratorGroup) and len(group.times)
        ),
        default=0.0,
    )
    return max(_SHORTEST, float(np.ceil(_AFTER_LAST_SPIKE * last)))
