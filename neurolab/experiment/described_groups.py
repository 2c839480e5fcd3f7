"""Groups of the script API as groups and parameters of an experiment."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from ..brian.generators import SpikeGeneratorGroup
from ..brian.groups import Group
from ..brian.namespace import ANONYMOUS
from ..brian.neurons import NeuronGroup
from ..brian.operations import Operation
from ..brian.poisson import PoissonGroup
from ..errors import LimitError, NeurolabError, UnknownNameError
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
from .experiment import Inputs, Neurons, Parameter

Meanings = Mapping[str, str]
"""New names for the names of one group that mean something else in another group."""


def rounded(value: float) -> float:
    """Remove the rounding error of a unit conversion.

    Examples
    --------
    >>> 0.0041 * 1e3, rounded(0.0041 * 1e3)
    (4.1000000000000005, 4.1)
    """
    return float(f"{value:.14g}")


def meanings_of(groups: Sequence[Group], names: Mapping[Any, str]) -> dict[Group, Meanings]:
    """Rename anonymous thresholds and resets of which several groups have one."""
    anonymous = [
        name for group in groups for name in getattr(group, "namespace", {}) if name in ANONYMOUS
    ]
    return {
        group: {name: f"{name}_{names[group]}" for name in ANONYMOUS if anonymous.count(name) > 1}
        for group in groups
    }


def described_group(group: Group, name: str, meanings: Meanings) -> Inputs | Neurons:
    """Describe a group of the script API under a name.

    Raises
    ------
    LimitError, UnknownNameError
        The lab has no such group.
    """
    if isinstance(group, SpikeGeneratorGroup):
        return _spike_times(group, name)
    if isinstance(group, PoissonGroup):
        return _rates(group, name)
    if isinstance(group, NeuronGroup):
        return _neurons(group, name, meanings)
    raise UnknownNameError(
        f"An object of type {type(group).__name__} cannot be opened in the lab.",
        where=name,
        mend="Use a NeuronGroup, a SpikeGeneratorGroup or a PoissonGroup.",
    )


def _spike_times(group: SpikeGeneratorGroup, name: str) -> Inputs:
    trains: list[list[float]] = [[] for _ in range(len(group))]
    for index, time in zip(group.indices.tolist(), group.times.tolist()):
        trains[index].append(rounded(time * 1e3))
    spikes = tuple(tuple(sorted(train)) for train in trains)
    return Inputs(name, spikes, period=rounded(float(group.period or 0) * 1e3))


def _rates(group: PoissonGroup, name: str) -> Inputs:
    if callable(group.rates):
        raise LimitError(
            "The rates are a function of time, which the lab cannot show.",
            where=name,
            mend="Give fixed rates.",
        )
    rates = np.broadcast_to(np.asarray(si_value(group.rates), dtype=float), (len(group),))
    return Inputs(name, ((),) * len(group), rates=tuple(rates.tolist()))


def _neurons(group: NeuronGroup, name: str, meanings: Meanings) -> Neurons:
    if any(group.functions):
        raise LimitError(
            "The threshold or reset is a function, which the lab cannot show.",
            where=name,
            mend="Write it as a text such as 'V > Vt'.",
        )
    _refuse_calls(group, name)
    if float(group.refractory) and not group.clamps and group.model.held_row is not None:
        raise LimitError(
            "The refractory period suppresses spikes without holding the variable that they reset.",
            where=name,
            mend="Give the period as refractory=… to hold it.",
        )
    return Neurons(
        name,
        len(group),
        _tidied(group.equations.text),
        _renamed(group.threshold, meanings),
        _renamed(group.reset, meanings),
        rounded(float(group.refractory) * 1e3),
        group.method,
        _initial(group),
    )


def _refuse_calls(group: NeuronGroup, name: str) -> None:
    """Raise if a run calls functions, arrays over time or random input for the group."""
    if group.called_functions:
        raise LimitError(
            f"The equations call the program's function '{min(group.called_functions)}', which the "
            "lab cannot show.",
            where=name,
            mend="Write it as a formula.",
        )
    calling = [
        item
        for item in group.attached_objects
        if isinstance(item, Operation) or getattr(item, "calls_function", False) is True
    ]
    for item in (*group.setters, *calling):
        raise LimitError(
            f"{item} acts in each step, which the lab cannot show.",
            where=name,
            mend="Make the network without it, or run it as a script.",
        )


def _renamed(text: str, meanings: Meanings) -> str:
    for name, meaning in meanings.items():
        text = re.sub(rf"\b{name}\b", meaning, text)
    return text


def _tidied(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def _initial(group: NeuronGroup) -> tuple[tuple[str, tuple[float, ...]], ...]:
    """Return the values that are not zero, as they are before the first run."""
    values = dict(zip(group.model.states, group.initial_state()))
    for name in group.model.parameters:
        values[name] = np.asarray(si_value(getattr(group, name)))
    initial = []
    for name, numbers in values.items():
        shown = numbers / display_factor(group.dimension(name))
        if shown.any():
            initial.append((name, tuple(rounded(value) for value in shown.tolist())))
    return tuple(initial)


def described_parameters(
    groups: Iterable[Group], meanings: Mapping[Group, Meanings]
) -> tuple[Parameter, ...]:
    """Describe the names that the equations of all groups take from the program.

    Raises
    ------
    LimitError, NeurolabError
        A name has several values.
    """
    parameters: dict[str, Parameter] = {}
    for group in groups:
        for name, value in getattr(group, "namespace", {}).items():
            if name in NAMES and isinstance(value, Quantity) and value == unit_quantity(name):
                continue  # a unit in an equation, such as a*V**2/mV
            if np.ndim(value):
                raise LimitError(
                    f"{name} has one value for each neuron.",
                    where="Lab",
                    mend=f"Give one value, or write a line '{name} : unit' in the equations.",
                )
            new_name = meanings[group].get(name, name)
            parameter = _parameter(new_name, value)
            if parameters.setdefault(new_name, parameter) != parameter:
                raise NeurolabError(
                    f"{name} has different values in two groups.",
                    where="Lab",
                    mend="Use two names.",
                )
    return tuple(parameters.values())


def _parameter(name: str, value: Any) -> Parameter:
    if not isinstance(value, Quantity):
        return Parameter(name, float(value), "")
    written = str(value.units)
    if written == "V":
        return Parameter(name, float(value.magnitude), "volt")
    if written in NAMES:
        return Parameter(name, float(value.magnitude), written)
    shown = display_unit(dimension_of(value))
    return Parameter(name, rounded(si_value(value) / unit(shown)[0]), shown)
