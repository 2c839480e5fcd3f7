"""What the traces show, in words: for somebody who hears the page instead of seeing it."""

from ..units import unit
from .result import Result
from .validate import state_unit

_MOST_CURVES = 6
_MOST_SPIKES = 8


def summary(result: Result):
    """Where each variable has its extremes and where it ends, and when neurons fire.

    Parameters
    ----------
    result : Result

    Returns
    -------
    str
        A few short sentences; of large networks about the first neurons only.
    """
    experiment = result.experiment
    curves = [(group, state, neuron) for group in experiment.neurons for state in result.states[group.name]
              for neuron in range(result.recorded[group.name].shape[2])]
    sentences = [_of_trace(result, *curve) for curve in curves[:_MOST_CURVES]]
    left_out = len(curves) - _MOST_CURVES
    if left_out > 0:
        sentences.append(f"{left_out} more curves are not described.")
    sentences += [_of_spikes(result, group) for group in experiment.neurons if group.threshold]
    return " ".join(sentences)


def _of_trace(result, group, state, neuron):
    name = state_unit(result.experiment, group, state)
    values = result.trace(group.name, state)[neuron] / unit(name)[0]
    label = f"{state} of {group.name} {neuron}"
    if values.max() == values.min():
        return f"{label} stays at {values[0]:.3g} {name}."
    times = result.times * 1e3
    parts = []
    for word, place, wanted in (("highest", values.argmax(), values.max() > max(values[0], values[-1])),
                                ("lowest", values.argmin(), values.min() < min(values[0], values[-1]))):
        if wanted:
            parts.append(f"{word} {values[place]:.3g} {name} at {times[place]:.4g} ms")
    parts.append(f"at the end {values[-1]:.3g} {name}")
    return f"{label}: {', '.join(parts)}."


def _of_spikes(result, group):
    neurons, times = result.spikes(group.name)
    if not len(times):
        return f"{group.name} does not fire." if group.size == 1 else f"No neuron of {group.name} fires."
    if len(times) > _MOST_SPIKES:
        return f"{group.name} fires {len(times)} times."
    when = ", ".join(f"{time * 1e3:.4g}" + (f" (neuron {neuron})" if group.size > 1 else "")
                     for neuron, time in zip(neurons.tolist(), times.tolist()))
    return f"{group.name} fires at {when} ms."
