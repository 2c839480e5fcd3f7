"""The values on which a threshold depends, if it does not compare a variable with a constant."""

import ast
from collections.abc import Sequence

from ..experiment.checked import external_values, model_of, parameter_values
from ..experiment.expansion import initial_values
from ..experiment.experiment import Experiment, Neurons
from ..model.vocabulary import CONSTANTS
from ..units import display_factor, display_unit, in_si


def condition_values(
    experiment: Experiment, neurons: Neurons, neuron: int, states: Sequence[float], time: float
) -> tuple[tuple[str, float, str], ...]:
    """Return the values on which the threshold of one neuron depends.

    Parameters
    ----------
    experiment : Experiment
    neurons : Neurons
    neuron : int
    states : sequence of float
        In the order of the model, in SI units.
    time : float
        In seconds.

    Returns
    -------
    tuple of (name, value, unit)
        In the order of the text, values in their unit; without units, e and pi.
    """
    model, dimensions, _ = model_of(experiment, neurons)
    assert model.threshold is not None
    parameters = parameter_values(experiment)
    external = external_values(model, parameters)
    own = dict.fromkeys(model.parameters, 0.0)
    own |= {
        name: in_si(initial_values(values, neurons.size)[neuron], display_factor(dimensions[name]))
        for name, values in neurons.initial
        if name in own
    }
    known = external | own | dict(zip(model.states, states)) | {"t": time}
    for name, expression in model.statics_for(model.threshold.names):
        known[name] = expression.evaluate(known)
    nodes = [node for node in ast.walk(model.threshold.node) if isinstance(node, ast.Name)]
    in_order = dict.fromkeys(node.id for node in sorted(nodes, key=lambda node: node.col_offset))
    told = model.threshold.names - CONSTANTS.keys() - (external.keys() - parameters.keys())
    return tuple(
        (
            name,
            float(known[name]) / display_factor(dimensions[name]),
            display_unit(dimensions[name]),
        )
        for name in in_order
        if name in told
    )
