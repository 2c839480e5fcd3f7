"""Collection of the networks that `run` simulates, from the names of the calling program.

The search starts from the groups that the program can name, and from its new connections and
monitors. Groups between which spikes pass form one network. Networks that have reached different
times continue independently of each other.
"""

from collections.abc import Callable, Container, Iterable
from types import FrameType
from typing import Any

from . import magic
from .groups import Group
from .known_attributes import Fixed
from .operations import Operation
from .plasticity.rule import Rule
from .program_objects import forgotten, namespaces, objects_in, objects_of_function, still_held
from .state_monitors import Monitor
from .synapse_set import SynapseSet
from .warnings_given import say

KINDS = (Group, SynapseSet, Rule, Monitor, Operation)


def networks_of_caller() -> list[list[Any]]:
    """Return the objects of each network of the calling program, in the order of their creation.

    Returns
    -------
    list of list
        Networks of the same clock that have reached the same time are one. The newest comes last.
    """
    frame = magic.caller()
    spaces = [objects_in(names, KINDS) for names in namespaces(frame)]
    named = next(
        (space for space in spaces if any(not isinstance(item, Operation) for item in space)), []
    )
    in_sight = {id(item) for space in spaces for item in space}
    seeds = _seeds(named)
    meant = in_sight | {id(item) for item in still_held(_out_of_sight(seeds, in_sight), frame)}
    parts = _by_time(_components(seeds, meant))
    _add_rules(parts)
    _add_operations(parts, named, in_sight, frame)
    _say_what_is_left_out(parts, spaces)
    return [sorted(part, key=lambda item: item.creation_number) for part in parts]


def connections_of(groups: list[Group]) -> list[SynapseSet]:
    """Return those connections of some groups that the calling program means, oldest first.

    Parameters
    ----------
    groups : list of Group
        Whole groups.

    Returns
    -------
    list of Connection or Synapses
    """
    frame = magic.caller()
    in_sight = {
        id(item) for names in namespaces(frame) for item in objects_in(names, (SynapseSet,))
    }
    attached = {
        item: None
        for group in groups
        for item in group.attached_objects
        if isinstance(item, SynapseSet) and item not in forgotten
    }
    hidden = [item for item in attached if id(item) not in in_sight]
    meant = in_sight | {id(item) for item in still_held(hidden, frame)}
    return sorted(
        (item for item in attached if id(item) in meant), key=lambda item: item.creation_number
    )


def groups_of(item: object) -> list[Group]:
    """Return the whole groups to which an object belongs."""
    if isinstance(item, Rule):
        return groups_of(item.C)
    if isinstance(item, SynapseSet):
        traces = [group for rule in item.rules for group in rule.trace_groups if _is_watched(group)]
        return [item.source.whole, item.target.whole, *traces]
    if isinstance(item, Monitor):
        return groups_of(item.source.whole)
    if isinstance(item, Operation):
        return [] if item.group is None else [item.group]
    return [item.whole] if isinstance(item, Group) else []


def _is_watched(group: Group) -> bool:
    """Return whether a monitor watches a group of traces, which then takes part in the run."""
    return any(
        isinstance(item, Monitor) and item not in forgotten for item in group.attached_objects
    )


def _add_rules(parts: Iterable[set[Any]]) -> None:
    """Add the rules of connections, and the synapses that monitors record, to their networks."""
    for part in parts:
        part |= {
            rule
            for item in [*part]
            if isinstance(item, SynapseSet)
            for rule in item.rules
            if rule not in forgotten
        }
        part |= {
            item.source
            for item in [*part]
            if isinstance(item, Monitor) and isinstance(item.source, SynapseSet)
        }


def is_new(item: object) -> bool:
    """Return whether an object has not run since it was made or its clock was set back."""
    return not any(group.clock.has_moved(item) for group in groups_of(item))


def _seeds(named: Iterable[object]) -> list[Group]:
    groups = [item.whole for item in named if isinstance(item, Group)]
    others = [item for item in named if isinstance(item, (SynapseSet, Rule, Monitor))]
    if any(map(is_new, others)) or groups:
        others = [item for item in others if is_new(item)]
    return list(dict.fromkeys([*groups, *(group for item in others for group in groups_of(item))]))


def _reached(seeds: Iterable[Group], meant: Callable[[object], bool]) -> dict[Group, list[Fixed]]:
    """Return all groups that spikes or links connect with some.

    `meant` says which connections count.
    """
    found, todo = {}, list(seeds)
    while todo:
        group = todo.pop()
        if group not in found:
            found[group] = [
                item
                for item in group.attached_objects
                if item not in forgotten and (not isinstance(item, SynapseSet) or meant(item))
            ]
            todo += [
                end
                for item in found[group]
                if isinstance(item, SynapseSet)
                for end in groups_of(item)
            ]
            todo += [setter.source.whole for setter in group.setters if setter.source is not None]
    return found


def _out_of_sight(seeds: Iterable[Group], in_sight: Container[int]) -> list[SynapseSet]:
    found = _reached(seeds, lambda item: True)
    return list(
        {
            item
            for items in found.values()
            for item in items
            if isinstance(item, SynapseSet) and id(item) not in in_sight
        }
    )


def _components(seeds: Iterable[Group], meant: Container[int]) -> list[set[Fixed]]:
    """Return the sets of connected objects."""
    found: list[set[Fixed]] = []
    known: set[Group] = set()
    for seed in seeds:
        if seed not in known:
            reached = _reached([seed], lambda item: id(item) in meant)
            known |= reached.keys()
            joined = {*reached, *(item for items in reached.values() for item in items)}
            # A connection belongs to both its ends, so a seed can lie upstream of an earlier one.
            for other in [other for other in found if other & joined]:
                found.remove(other)
                joined |= other
            found.append(joined)
    return found


def _by_time(components: Iterable[set[Fixed]]) -> list[set[Fixed]]:
    """Join components that have reached the same time on the same clock; the newest comes last."""
    parts: dict[object, set[Fixed]] = {}
    for component in components:
        groups = [item for item in component if isinstance(item, Group)]
        clocks = {group.clock for group in groups}
        clock = groups[0].clock
        key = (clock, clock.next_step(groups)) if len(clocks) == 1 else id(component)
        parts.setdefault(key, set()).update(component)
    return sorted(parts.values(), key=lambda part: max(item.creation_number for item in part))


def _add_operations(
    parts: list[set[Fixed]], named: list[Any], in_sight: set[int], frame: FrameType
) -> None:
    """Add each network operation to the network whose objects it uses, or to the newest one."""
    operations = [item for item in magic.operations if item not in forgotten]
    hidden = [item for item in operations if id(item) not in in_sight]
    held = {id(item) for item in still_held(hidden, frame)}
    left_out = []
    for item in sorted(operations, key=lambda item: item.creation_number):
        used = _used_by(item)
        part = next((part for part in reversed(parts) if used & part), None)
        if part is not None and (id(item) in in_sight or id(item) in held):
            part.add(item)
        elif item in named and parts and not (used and item.has_run):
            parts[-1].add(item)
        elif (
            id(item) in in_sight | held
            and not used
            and not item.has_run
            and not _in_a_network(item)
        ):
            left_out.append(item)
    for item in left_out:
        say(
            f"{item} does not take part in this run: the program that calls run has no name for "
            "it, and it uses no group of the network.",
            once_for=item,
            mend="Give it a name where run is called, or use Network(…).",
        )


def operations_on(groups: Iterable[Group]) -> list[Operation]:
    """Return the existing network operations whose functions use one of these groups.

    Those that act on a single group are left out: they are among its attached objects.
    """
    wanted = set(groups)
    operations = [item for item in magic.operations if item not in forgotten and item.group is None]
    used = [item for item in operations if _used_by(item) & wanted]
    return sorted(used, key=lambda item: item.creation_number)


def _used_by(operation: Operation) -> set[Fixed]:
    used = [item for item in objects_of_function(operation.function) if groups_of(item)]
    return {*used, *(group for item in used for group in groups_of(item))}


def _in_a_network(item: object) -> bool:
    return any(item in network.objects for network in magic.networks)


def _say_what_is_left_out(parts: list[set[Fixed]], spaces: list[list[Any]]) -> None:
    running = set().union(*parts)
    nearest = {id(item) for item in spaces[0]}
    for item in {item: None for space in spaces[:2] for item in space}:
        whole = item.whole if isinstance(item, Group) else item
        if whole in running or isinstance(item, Operation) or _in_a_network(whole):
            continue
        if is_new(item):
            say(
                f"{item} does not take part in this run.",
                once_for=item,
                mend="It stands outside the function that calls run. Name it there, or use "
                "Network(…).",
            )
        elif isinstance(item, Monitor) and id(item) in nearest:  # monitors of callers do not count
            say(
                f"{item} records nothing in this run: it watches a group of an earlier network, "
                "for which the program has no name any more.",
                once_for=item,
                mend="Make the monitor anew, for the new group.",
            )
