"""The level that a threshold compares a variable with, where it has one."""

from ..experiment.validate import external_values, model_of, parameter_values


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
    if level.names & {*model.parameters}:
        return None
    return (
        model.states[row],
        float(level.evaluate(external_values(model, parameter_values(experiment)))),
        level.text,
    )
