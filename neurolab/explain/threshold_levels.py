"""The constant level with which a threshold compares a variable."""

from ..experiment.checked import external_values, model_of, parameter_values
from ..experiment.experiment import Experiment, Neurons


def threshold_level(experiment: Experiment, neurons: Neurons) -> tuple[str, float, str] | None:
    """Return the level of a threshold of the form ``variable > constant``.

    Returns
    -------
    (state, level, label) or None
        Level in SI units; the label is the constant as it is written. None for other conditions.

    Examples
    --------
    >>> from neurolab.experiment.presets import FREE_PLAY
    >>> experiment = FREE_PLAY
    >>> threshold_level(experiment, experiment.neurons[0])
    ('Va', 0.01, 'Vt')
    """
    model = model_of(experiment, neurons).model
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
