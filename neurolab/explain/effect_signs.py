"""The sign of a synapse's effect on the membrane potential, decided from the model.

A positive weight does not always excite. In a conductance-based model, ``gi*(Ei - V)`` inhibits with
a positive weight. The sign is therefore taken from the equations, linearised at rest: a small
increase of the synaptic variable raises or lowers the variable with which the threshold is
compared.
"""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from ..array_types import FloatArray
from ..errors import NeurolabError
from ..experiment.checked import external_values, model_of, parameter_values
from ..experiment.expansion import initial_values
from ..experiment.experiment import Experiment, Neurons
from ..model.model import Model
from ..units import display_factor, in_si

_STEP = 1e-6  # relative step of the numerical derivative
_NOTHING = 1e-9


def effect_sign(experiment: Experiment, group: Neurons, state: str) -> int:
    """Return the sign with which an increase of a variable acts on the membrane potential.

    The membrane potential is the variable in the threshold. A variable that does not act on it, and
    any variable of a group without a threshold, counts as itself.

    Parameters
    ----------
    experiment : Experiment
        A valid one.
    group : Neurons
    state : str

    Returns
    -------
    int
        1 if it excites, -1 if it inhibits. A conductance whose reversal potential is the resting
        potential shunts, which inhibits too.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> effect_sign(TUTORIAL, TUTORIAL.neurons[0], "Va")
    1
    """
    model, dimensions, _ = model_of(experiment, group)
    values = external_values(model, parameter_values(experiment))
    first = {
        name: float(in_si(initial_values(given, group.size)[0], display_factor(dimensions[name])))
        for name, given in group.initial
    }
    values |= {name: first.get(name, 0.0) for name in model.parameters}
    start = tuple(first.get(name, 0.0) for name in model.states)
    scales = tuple(display_factor(dimensions[name]) for name in model.states)
    return _sign(model, tuple(values.items()), start, scales, state)


@lru_cache(maxsize=256)
def _sign(
    model: Model,
    constants: tuple[tuple[str, float], ...],
    start: tuple[float, ...],
    scales: tuple[float, ...],
    state: str,
) -> int:
    potentials = _potentials(model)
    if state in potentials or not potentials:
        return 1
    size = np.array(scales)
    try:
        rest = _rest(model, dict(constants), np.array(start), size)
        jacobian = _jacobian(model, dict(constants), rest, size)
    except (NeurolabError, ArithmeticError, np.linalg.LinAlgError):  # no value, or no rest
        return 1
    if not np.isfinite(jacobian).all():
        return 1
    rows = [model.states.index(name) for name in potentials]
    change = np.eye(len(start))[model.states.index(state)]
    # The first power of the Jacobian that reaches the potential gives the sign of the effect.
    for _ in start:
        change = jacobian @ change
        acting = float(change[rows].sum())
        if abs(acting) > _NOTHING * float(np.abs(change).max(initial=0.0)) > 0:
            return 1 if acting > 0 else -1
    return -1 if _occurs(model, state, potentials) else 1


def _potentials(model: Model) -> tuple[str, ...]:
    """Return the variables with which the threshold is compared."""
    if model.threshold is None:
        return ()
    return tuple(name for name, _ in model.threshold_needs[2])


def _occurs(model: Model, state: str, potentials: tuple[str, ...]) -> bool:
    """Return whether a variable occurs in the equation of a potential, as in ``g*(E - V)``."""
    names = {
        name
        for potential in potentials
        for name in model.derivatives[model.states.index(potential)].names
    }
    return state in names


def _rest(
    model: Model, constants: Mapping[str, float], start: FloatArray, scales: FloatArray
) -> FloatArray:
    """Return the fixed point that Newton's method reaches from the initial values."""
    state = start
    for _ in range(3):
        rates = _rates(model, constants, state)
        step = np.linalg.solve(_jacobian(model, constants, state, scales), rates)
        state = state - step
    return state


def _jacobian(
    model: Model, constants: Mapping[str, float], state: FloatArray, scales: FloatArray
) -> FloatArray:
    """Return the derivatives of all rates by all variables, by central differences."""
    columns = []
    for place, scale in enumerate(scales):
        step = np.zeros(len(state))
        step[place] = _STEP * max(abs(float(state[place])), float(scale))
        higher = _rates(model, constants, state + step)
        lower = _rates(model, constants, state - step)
        columns.append((higher - lower) / (2 * step[place]))
    return np.array(columns).T


def _rates(model: Model, constants: Mapping[str, float], state: FloatArray) -> FloatArray:
    values = {**constants, **dict(zip(model.states, state.tolist())), "t": 0.0, "xi": 0.0}
    for name, expression in model.statics:
        values[name] = expression.evaluate(values)
    with np.errstate(all="ignore"):
        return np.array([float(rate.evaluate(values)) for rate in model.derivatives])
