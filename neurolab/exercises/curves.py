"""What the words of a worksheet point at: variables and neurons by their names."""

import math
import re
from typing import NamedTuple

from ..errors import LimitError, UnknownNameError
from ..experiment.experiment import Neurons
from ..experiment.result import Result
from ..experiment.typed_values import format_number
from ..experiment.validate import model_of


class AbsentError(UnknownNameError):
    """An experiment lacks what is to be looked at."""


class WindowError(LimitError):
    """A run is too short for what is to be looked at."""


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


def curve_of(experiment, name):
    """The variable that a name means.

    Parameters
    ----------
    experiment : Experiment
    name : str
        ``'Va'``, ``'Va[1]'`` or ``'target.Va[1]'``; without a group it is the first that has such a variable.

    Raises
    ------
    AbsentError
    """
    match = re.fullmatch(r"(?:(\w+)\.)?(\w+)(?:\[(\d{1,5})\])?", name, re.ASCII)
    if match:
        neuron = int(match[3] or 0)
        for group in experiment.neurons:
            if (
                match[1] in (None, group.name)
                and neuron < group.size
                and match[2] in model_of(experiment, group)[0].states
            ):
                return Curve(group.name, match[2], neuron)
    raise AbsentError(f"there is no variable {name} here")


def group_of(experiment, name=""):
    """The group of this name; without a name, the first that has equations."""
    for group in experiment.groups:
        if group.name == name or not name and isinstance(group, Neurons):
            return group
    raise AbsentError(f"there is no group '{name}' here")


def train(result, group="", neuron=0):
    """Spike times of one neuron, in ms."""
    found = group_of(result.experiment, group)
    if neuron >= found.size:
        raise AbsentError(f"there is no neuron {neuron} in {found.name}")
    neurons, times = result.spikes(found.name)
    return [float(f"{time * 1e3:.9g}") for time in times[neurons == neuron].tolist()]


def subject(experiment, group="", neuron=0):
    """What a neuron is called in a sentence: *it* where there is but one that can fire."""
    found = group_of(experiment, group)
    if isinstance(found, Neurons) and len(experiment.neurons) == 1 and found.size == 1:
        return "it"
    return found.name if found.size == 1 else f"{found.name} {neuron}"


def listed(items):
    """Words as a list: ``'a, b and c'``."""
    return " and ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))


def at_times(times, most=6):
    """Times as words: ``'at 1.1, 2 and 4.3 ms'``."""
    shown = [format_number(float(f"{time:.4g}")) for time in times[:most]]
    return f"at {', '.join(shown)}, … ms" if len(times) > most else f"at {listed(shown)} ms"


def capital(sentence):
    """With a capital letter where that changes no name."""
    return (
        sentence[0].upper() + sentence[1:]
        if sentence.startswith(("it ", "there ", "between ", "from "))
        else sentence
    )
