"""Variables and neurons by the names that worksheets use, and words for them."""

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from ..errors import LimitError, UnknownNameError
from ..experiment.checked import model_of, state_unit
from ..experiment.experiment import Experiment, Inputs, Neurons
from ..experiment.result import Result
from ..experiment.typed_values import format_number


class AbsentError(UnknownNameError):
    """An experiment lacks a variable, a group or a neuron that a check needs."""


class WindowError(LimitError):
    """A run is too short for a check."""


def check_window(result: Result, begin: float, end: float = math.inf) -> None:
    """Refuse a run that does not contain a time window.

    Parameters
    ----------
    result : Result
    begin, end : float
        In ms; an infinite end means the end of the run.

    Raises
    ------
    WindowError
    """
    duration = result.experiment.duration
    last = begin if math.isinf(end) else end
    if last > duration + 1e-9 or math.isinf(end) and begin >= duration - 1e-9:
        raise WindowError(
            f"The run ends at {format_number(duration)} ms, which is too early to judge it.",
            mend=f"Make the duration longer than {format_number(last)} ms.",
        )


class Curve(NamedTuple):
    """A variable of one neuron."""

    group: str
    state: str
    neuron: int = 0


def curve_of(experiment: Experiment, name: str) -> Curve:
    """Return the variable that a name means.

    Parameters
    ----------
    experiment : Experiment
    name : str
        ``'Va'``, ``'Va[1]'`` or ``'target.Va[1]'``; without a group, the first group that has such
        a variable.

    Raises
    ------
    AbsentError
        There is no such variable.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> curve_of(TUTORIAL, "Vb")
    Curve(group='target', state='Vb', neuron=0)
    """
    match = re.fullmatch(r"(?:(\w+)\.)?(\w+)(?:\[(\d{1,5})\])?", name, re.ASCII)
    if match:
        neuron = int(match[3] or 0)
        for group in experiment.neurons:
            if (
                match[1] in (None, group.name)
                and neuron < group.size
                and match[2] in model_of(experiment, group).model.states
            ):
                return Curve(group.name, match[2], neuron)
    raise AbsentError(f"There is no variable {name} here.")


def group_of(experiment: Experiment, name: str = "") -> Inputs | Neurons:
    """Return the group of this name; without a name, the first group that has equations."""
    for group in experiment.groups:
        if group.name == name or not name and isinstance(group, Neurons):
            return group
    raise AbsentError(f"There is no group '{name}' here.")


def neurons_of(experiment: Experiment, name: str) -> Neurons:
    """Return the group of this name, which must have equations."""
    group = group_of(experiment, name)
    if not isinstance(group, Neurons):
        raise AbsentError(f"'{name}' has no equations.")
    return group


def train(result: Result, group: str = "", neuron: int = 0) -> list[float]:
    """Return the spike times of one neuron, in ms."""
    found = group_of(result.experiment, group)
    if neuron >= found.size:
        raise AbsentError(f"There is no neuron {neuron} in {found.name}.")
    neurons, times = result.spikes(found.name)
    return [float(f"{time * 1e3:.9g}") for time in times[neurons == neuron].tolist()]


def subject(experiment: Experiment, group: str = "", neuron: int = 0) -> str:
    """Name a neuron in a sentence; the only one that can fire is called *it*."""
    found = group_of(experiment, group)
    if isinstance(found, Neurons) and len(experiment.neurons) == 1 and found.size == 1:
        return "it"
    return found.name if found.size == 1 else neuron_name(found.name, neuron)


def neuron_name(group: str, neuron: int) -> str:
    """Name one neuron of a group, in the singular.

    Examples
    --------
    >>> neuron_name("inputs", 1), neuron_name("cells", 0)
    ('input 1', 'cell 0')
    """
    singular = group[:-1] if group.endswith("s") and not group.endswith("ss") else group
    return f"{singular} {neuron}"


def display_unit_of(experiment: Experiment, curve: Curve) -> str:
    """Return the unit in which a variable is shown."""
    return state_unit(experiment, neurons_of(experiment, curve.group), curve.state)


def listed(items: Sequence[str]) -> str:
    """Join words as a list.

    Examples
    --------
    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))


def at_times(times: Sequence[float], most: int = 6) -> str:
    """Write times in words.

    Examples
    --------
    >>> at_times([1.1, 2.0, 4.3])
    'at 1.1, 2 and 4.3 ms'
    """
    shown = [format_number(float(f"{time:.4g}")) for time in times[:most]]
    return f"at {', '.join(shown)}, … ms" if len(times) > most else f"at {listed(shown)} ms"


def capital(sentence: str) -> str:
    """Begin a sentence with a capital letter, except with a variable such as ``tau_m``."""
    first = re.match(r"[a-z]+(?![\w\[=])", sentence)
    return sentence[0].upper() + sentence[1:] if first else sentence
