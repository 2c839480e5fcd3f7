"""What a threshold looks at: the level that it compares a variable with, where it has one, or else all its values."""

import ast

from ..units import display_factor, display_unit, unit
from .expansion import initial_values
from .validate import model_of


def threshold_level(experiment, neurons):
    """The horizontal line that a threshold of the form ``variable > constant`` draws.

    Returns
    -------
    (state, level, label) or None
        Level in SI units; the label is the constant as it is written. None for other kinds of condition.
    """
    model = model_of(experiment, neurons)[0]
    if not model.level:
        return None
    row, _, level = model.level
    constants = _constants(experiment)
    for name in level.names - constants.keys():
        if name in model.parameters:
            return None
        constants[name] = unit(name)[0]
    return model.states[row], float(level.evaluate(constants)), level.text


def condition_values(experiment, neurons, neuron, states, time):
    """The values of one neuron that its threshold compares.

    Parameters
    ----------
    neurons : Neurons
    neuron : int
    states : sequence of float
        In the order of the model, in SI units.
    time : float
        In seconds.

    Returns
    -------
    tuple of (name, value, unit)
        In the order of the text, values in their unit; units that the text names are left out.
    """
    model, dimensions, _ = model_of(experiment, neurons)
    known = _constants(experiment)
    units = {name: unit(name)[0] for name in model.external if name not in known}
    own = dict.fromkeys(model.parameters, 0.0)
    own |= {name: initial_values(values, neurons.size)[neuron] * display_factor(dimensions[name])
            for name, values in neurons.initial}
    known |= units | own | dict(zip(model.states, states)) | {"t": time}
    for name, expression in model.statics_for(model.threshold.names):
        known[name] = expression.evaluate(known)
    in_order = dict.fromkeys(node.id for node in ast.walk(model.threshold.node) if isinstance(node, ast.Name))
    return tuple((name, float(known[name]) / display_factor(dimensions[name]), display_unit(dimensions[name]))
                 for name in in_order if name in model.threshold.names and name not in units)


def _constants(experiment):
    return {parameter.name: parameter.value * unit(parameter.unit)[0] for parameter in experiment.parameters}
