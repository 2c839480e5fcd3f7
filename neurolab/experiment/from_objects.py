"""A network written in the script API, as an experiment."""

import re

import numpy as np

from ..brian import magic
from ..brian.clock import seconds
from ..brian.collection import connections_of, groups_of
from ..brian.connection import Connection
from ..brian.delays import Delays
from ..brian.generators import SpikeGeneratorGroup
from ..brian.groups import Group
from ..brian.namespace import ANONYMOUS
from ..brian.neurons import NeuronGroup
from ..brian.poisson import PoissonGroup
from ..brian.state_monitors import Monitor
from ..brian.warnings_given import say
from ..errors import LimitError, NeurolabError, NotAvailableError, UnknownNameError
from ..units import (
    NAMES,
    Quantity,
    dimension_of,
    display_factor,
    display_unit,
    si_value,
    unit,
    unit_quantity,
)
from .expansion import MOST_CELLS
from .experiment import Entries, Experiment, Inputs, Neurons, Parameter, Rule, Synapses
from .validate import MAX_SYNAPSES, validate


def experiment_from_objects(*objects, duration=None, program=None):
    """Describe groups and connections as an experiment.

    Parameters
    ----------
    *objects : Group or Connection
        Groups that connections refer to come along, and so do connections between these groups. Monitors are ignored,
        since everything is recorded.
    duration : quantity, optional
        By default as long as the objects have run, else long enough for the given spikes.
    program : mapping, optional
        The names that the program has for its objects; by default those that the caller sees.

    Returns
    -------
    Experiment
        It begins where the program begins: with the values the groups had before their first run.

    Raises
    ------
    NeurolabError
        Something cannot be described.
    """
    connections = [item for item in objects if isinstance(item, Connection)]
    for item in objects:
        if not isinstance(item, (Group, Connection, Monitor)):
            raise UnknownNameError(
                f"a {type(item).__name__} cannot be opened in the lab",
                where="Lab",
                expected="groups and connections, such as Lab(G1, G2, C1, C2)",
            )
    groups = [item.whole for item in objects if isinstance(item, Group)]
    groups += [end.whole for item in connections for end in (item.source, item.target)]
    groups = list(dict.fromkeys(groups))
    connections = _with_those_between(groups, connections)
    names = _names(
        groups, connections, magic.names_seen_by_caller() if program is None else program
    )
    _refuse_rules(connections)
    clock, meanings = _clock(groups), _meanings(groups, names)
    experiment = Experiment(
        groups=tuple(_group(group, names[group], meanings[group]) for group in groups),
        connections=tuple(_synapses(item, names) for item in connections),
        parameters=_parameters(groups, meanings),
        duration=_duration(clock, groups, duration),
        dt=_rounded(float(clock.dt) * 1e3),
    )
    validate(experiment)
    return experiment


def _refuse_rules(connections: list[Connection]) -> None:
    """Refuse connections whose weights change in a run: an experiment has fixed weights."""
    for connection in connections:
        for rule in connection.rules:
            raise NotAvailableError(
                f"{connection.label} has a rule of plasticity ({type(rule).__name__}), which the lab "
                "and the exports cannot show yet",
                where="Lab",
                mend="Make the network without the rule, or run it as a script.",
            )


def _with_those_between(groups: list[Group], listed: list[Connection]) -> list[Connection]:
    """The connections that are listed, and those that `run` would take between these groups; others are named in a warning."""
    found = list(dict.fromkeys(listed))
    for item in connections_of(groups):
        missing = [end for end in groups_of(item) if end not in groups]
        if missing:
            say(
                f"{item} is not part of the lab, because {missing[0]} was not given.",
                "Give that group, or the connection, to Lab as well.",
                item,
            )
        elif item not in found:
            found.append(item)
    return found


def _names(groups, connections, program):
    """The names that the program has for its objects, or plain ones."""
    seen = {}
    for name, value in program.items():
        if isinstance(value, (Group, Connection)) and not name.startswith("_"):
            seen.setdefault(id(value), name)
    named = {
        item: seen.get(id(item), f"{letter}{number}")
        for letter, items in (("G", groups), ("C", connections))
        for number, item in enumerate(items, 1)
    }
    if len(set(named.values())) < len(named):
        raise NeurolabError(
            "two objects have one name", where="Lab", mend="Give each a name of its own."
        )
    return named


def _clock(groups):
    clocks = {group.clock for group in groups} or {magic.defaultclock}
    if len(clocks) > 1:
        raise NeurolabError(
            "the groups have different clocks", where="Lab", expected="one clock for all"
        )
    return clocks.pop()


def _meanings(groups, names):
    """For each group, new names for what it calls as another group calls something else: anonymous thresholds and resets."""
    anonymous = [
        name for group in groups for name in getattr(group, "namespace", {}) if name in ANONYMOUS
    ]
    return {
        group: {name: f"{name}_{names[group]}" for name in ANONYMOUS if anonymous.count(name) > 1}
        for group in groups
    }


def _rounded(value):
    """Undo the last-digit noise of a unit conversion: 1.2 ms is stored as 0.0012 s and must come back as 1.2."""
    return float(f"{value:.14g}")


def _group(group, name, meanings):
    if isinstance(group, SpikeGeneratorGroup):
        trains = [[] for _ in range(len(group))]
        for index, time in zip(group.indices.tolist(), group.times.tolist()):
            trains[index].append(_rounded(time * 1e3))
        return Inputs(
            name,
            tuple(tuple(sorted(train)) for train in trains),
            period=_rounded(float(group.period or 0) * 1e3),
        )
    if isinstance(group, PoissonGroup):
        if callable(group.rates):
            raise LimitError("its rates are a function of time", where=name, expected="fixed rates")
        rates = np.broadcast_to(np.asarray(si_value(group.rates), dtype=float), (len(group),))
        return Inputs(name, ((),) * len(group), rates=tuple(rates.tolist()))
    if isinstance(group, NeuronGroup):
        if any(group.functions):
            raise LimitError(
                "its threshold or reset is a function",
                where=name,
                expected="a text such as 'V > Vt'",
            )
        if float(group.refractory) and not group.clamps and group.model.held_row is not None:
            raise LimitError(
                "its refractory period suppresses spikes without holding the variable that they reset",
                where=name,
                mend="Give the period as refractory=… to hold it.",
            )
        threshold, reset = (_renamed(text, meanings) for text in (group.threshold, group.reset))
        return Neurons(
            name,
            len(group),
            _tidied(group.equations.text),
            threshold,
            reset,
            _rounded(float(group.refractory) * 1e3),
            group.method,
            _initial(group),
        )
    raise UnknownNameError(f"a {type(group).__name__} cannot be opened in the lab", where=name)


def _renamed(text, meanings):
    for name, meaning in meanings.items():
        text = re.sub(rf"\b{name}\b", meaning, text)
    return text


def _tidied(text):
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def _initial(group):
    """The values that are not zero, as they are before the first run."""
    found = []
    values = dict(zip(group.model.states, group.initial_state()))
    values |= {name: np.asarray(si_value(getattr(group, name))) for name in group.model.parameters}
    for name, numbers in values.items():
        shown = numbers / display_factor(group.dimension(name))
        if shown.any():
            found.append((name, tuple(_rounded(value) for value in shown.tolist())))
    return tuple(found)


def _synapses(connection, names):
    source, target = connection.source, connection.target
    if connection.modulation:
        raise LimitError(
            f"its weights are multiplied by {connection.modulation}",
            where=connection.label,
            expected="weights that stay as they are",
        )
    if isinstance(connection.delay, Delays):
        raise LimitError(
            "each synapse has a delay of its own",
            where=connection.label,
            expected="one delay for all",
        )
    unit_size = display_factor(target.dimension(connection.state))
    cells = len(source.whole) * len(target.whole)
    weights = (_matrix if cells <= MOST_CELLS else _large_matrix)(connection, unit_size)
    return Synapses(
        names[connection],
        names[source.whole],
        names[target.whole],
        connection.state,
        weights,
        _rounded(float(connection.delay) * 1e3),
    )


def _matrix(connection, unit_size):
    source, target = connection.source, connection.target
    matrix = np.zeros((len(source.whole), len(target.whole)))
    matrix[slice(*source.span), slice(*target.span)] = connection.dense() / unit_size
    return tuple(tuple(_rounded(weight) for weight in row) for row in matrix.tolist())


def _large_matrix(connection, unit_size):
    """A regular matrix as a rule, any other by its entries; neurons count in the whole groups."""
    rows, shape, spans = (
        connection.rows,
        connection.shape,
        (connection.source.span, connection.target.span),
    )
    sources = np.repeat(np.arange(shape[0]), np.diff(rows.starts))
    values, place = np.unique(rows.weights / unit_size, return_inverse=True)
    values = [_rounded(value) for value in values.tolist()]
    if len(values) == 1 and len(sources) == shape[0] * shape[1]:
        return Rule("full", values[0], sources=spans[0], targets=spans[1])
    if (
        len(values) == 1
        and shape[0] == shape[1] == len(sources)
        and (sources == rows.targets).all()
    ):
        return Rule("one_to_one", values[0], sources=spans[0], targets=spans[1])
    if len(sources) > MAX_SYNAPSES:
        raise LimitError(
            f"it has {len(sources):,} synapses",
            where=connection.label,
            expected=f"at most {MAX_SYNAPSES:,}",
        )
    return Entries(
        tuple((sources + spans[0][0]).tolist()),
        tuple((rows.targets + spans[1][0]).tolist()),
        tuple(values[index] for index in place.tolist()),
    )


def _parameters(groups, meanings):
    found = {}
    for group in groups:
        for name, value in getattr(group, "namespace", {}).items():
            if name in NAMES and isinstance(value, Quantity) and value == unit_quantity(name):
                continue  # a unit in an equation, such as a*V**2/mV
            if np.ndim(value):
                raise LimitError(
                    f"{name} has one value a neuron",
                    where="Lab",
                    expected=f"one value, or a line '{name} : unit' in the equations",
                )
            name = meanings[group].get(name, name)
            parameter = _parameter(name, value)
            if found.setdefault(name, parameter) != parameter:
                raise NeurolabError(
                    f"{name} has different values in two groups", where="Lab", mend="Use two names."
                )
    return tuple(found.values())


def _parameter(name, value):
    if not isinstance(value, Quantity):
        return Parameter(name, float(value), "")
    written = str(value.units)
    if written in NAMES or written == "V":
        return Parameter(name, float(value.magnitude), "volt" if written == "V" else written)
    shown = display_unit(dimension_of(value))
    return Parameter(name, _rounded(si_value(value) / unit(shown)[0]), shown)


def _duration(clock, groups, duration):
    if duration is not None:
        return _rounded(seconds(duration, "duration", positive=True) * 1e3)
    if any(clock.has_moved(group) for group in groups):
        return _rounded(clock.next_step(groups) * float(clock.dt) * 1e3)
    last = max(
        (
            float(group.times.max()) * 1e3
            for group in groups
            if isinstance(group, SpikeGeneratorGroup) and len(group.times)
        ),
        default=0.0,
    )
    return max(10.0, float(np.ceil(1.25 * last)))
