"""The level that a threshold compares a variable with, where it has one."""

import ast

from ..core.expressions import Expression
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
    node = model.threshold and model.threshold.node
    if not (isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], (ast.Gt, ast.GtE))
            and isinstance(node.left, ast.Name) and node.left.id in model.states):
        return None
    constants = {parameter.name: parameter.value * unit(parameter.unit)[0] for parameter in experiment.parameters}
    right = Expression(ast.unparse(node.comparators[0]), node.comparators[0])
    for name in right.names - constants.keys():
        if name not in model.external:
            return None
        constants[name] = unit(name)[0]
    return node.left.id, float(right.evaluate(constants)), right.text
