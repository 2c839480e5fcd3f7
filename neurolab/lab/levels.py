"""The level that a threshold compares a variable with, where it has one."""

from ..units import unit
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
    constants = {parameter.name: parameter.value * unit(parameter.unit)[0] for parameter in experiment.parameters}
    for name in level.names - constants.keys():
        if name in model.parameters:
            return None
        constants[name] = unit(name)[0]
    return model.states[row], float(level.evaluate(constants)), level.text
