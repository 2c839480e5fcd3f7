"""A summary of the traces in words, for users of a screen reader."""

import numpy as np

from ..experiment.experiment import Neurons
from ..experiment.result import Result
from ..experiment.typed_values import format_short
from ..units import unit

_MOST_CURVES = 6
_MOST_SPIKES = 8
_NOTHING = 1e-5  # of the largest value: smaller values are written as 0


def summary(result: Result) -> str:
    """Write the extremes and the last value of each variable, and the times of spikes.

    Parameters
    ----------
    result : Result

    Returns
    -------
    str
        A few short sentences; of large networks, about the first neurons only.
    """
    experiment = result.experiment
    curves = [
        (group, state, neuron)
        for group in experiment.neurons
        for state in result.states[group.name]
        for neuron in range(result.recorded[group.name].shape[2])
    ]
    sentences = [_of_trace(result, *curve) for curve in curves[:_MOST_CURVES]]
    left_out = len(curves) - _MOST_CURVES
    if left_out > 0:
        sentences.append(f"{left_out} further curves are not described.")
    sentences += [_of_spikes(result, group) for group in experiment.neurons if group.threshold]
    return " ".join(sentences)


def _of_trace(result: Result, group: Neurons, state: str, neuron: int) -> str:
    name = result.checked.unit(group.name, state)
    values = result.trace(group.name, state)[neuron] / unit(name)[0]
    values = np.where(np.abs(values) < _NOTHING * np.abs(values).max(), 0.0, values)
    label = f"{state} of {group.name} {neuron}"
    if values.max() == values.min():
        return f"{label} stays at {format_short(values[0])} {name}."
    times = result.times * 1e3
    parts = []
    for word, place, wanted in (
        ("peaks at", values.argmax(), values.max() > max(values[0], values[-1])),
        ("falls to", values.argmin(), values.min() < min(values[0], values[-1])),
    ):
        if wanted:
            parts.append(f"{word} {format_short(values[place])} {name} at {times[place]:.4g} ms")
    parts.append(f"ends at {format_short(values[-1])} {name}")
    return f"{label} {_joined(parts)}."


def _joined(parts: list[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _of_spikes(result: Result, group: Neurons) -> str:
    neurons, times = result.spikes(group.name)
    name = f"{group.name[0].upper()}{group.name[1:]}"
    if not len(times):
        return f"{name} does not fire." if group.size == 1 else f"No neuron of {group.name} fires."
    if len(times) > _MOST_SPIKES:
        return f"{name} fires {len(times)} times."
    when = [
        f"{time * 1e3:.4g}" + (f" (neuron {neuron})" if group.size > 1 else "")
        for neuron, time in zip(neurons.tolist(), times.tolist())
    ]
    return f"{name} fires at {_joined(when)} ms."
