"""Checks whether an experiment can be simulated, and keeps what the check has computed."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from ..array_types import Number
from ..errors import LimitError, ParseError, RangeError, UnknownNameError
from ..grid import Steps, to_step
from ..model.compilation import compile_model
from ..model.dimension_checks import check_dimensions
from ..model.equations import RESERVED
from ..model.model import Model
from ..model.vocabulary import CONSTANTS
from ..units import NAMES, SECOND, Dimension, display_factor, display_unit, in_si, unit
from .connection_checks import Size, check_connection, check_sum
from .experiment import Experiment, Inputs, Neurons, Synapses
from .group_checks import check_inputs, check_neurons, check_seed
from .limits import MAX_NEURONS, MAX_PARTS, MAX_STEPS, MAX_WORK


class CheckedModel(NamedTuple):
    """The compiled model of a group, checked for names and dimensions.

    Attributes
    ----------
    model : Model
    dimensions : mapping
        Dimension of every name.
    time_constants : frozenset of str
        Parameters in the equations that are times.
    """

    model: Model
    dimensions: Mapping[str, Dimension]
    time_constants: frozenset[str]

    def unit(self, variable: str) -> str:
        """Return the unit in which the values of a variable are written."""
        return display_unit(self.dimensions[variable])

    def factor(self, variable: str) -> float:
        """Return what one such unit is in SI units."""
        return display_factor(self.dimensions[variable])


@dataclass(frozen=True, eq=False)
class Checked:
    """An experiment that can be simulated, with its models.

    Attributes
    ----------
    experiment : Experiment
    models : dict
        Name of each group with equations → its model.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> checked = check(TUTORIAL)
    >>> checked.models["target"].model.states
    ('Va', 'Vb')
    >>> checked.unit("target", "Va"), checked.step_count()
    ('mV', 100)
    """

    experiment: Experiment
    models: Mapping[str, CheckedModel]

    def unit(self, group: str, variable: str) -> str:
        """Return the unit in which the values and weights of a group's variable are written."""
        return self.models[group].unit(variable)

    def step_count(self) -> Steps:
        """Return the number of time steps, as the function of this name does."""
        return step_count(self.experiment)


def step_count(experiment: Experiment) -> Steps:
    """Return the number of time steps of the run of a valid experiment.

    Raises
    ------
    RangeError, LimitError
        It is shorter than one step, or would take too long.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> step_count(TUTORIAL)
    100
    """
    duration = experiment.duration
    dt = experiment.dt
    if dt > duration:
        raise RangeError(
            f"dt ({dt:g} ms) is longer than the whole run ({duration:g} ms).",
            mend="Choose a smaller time step.",
        )
    neurons = sum(group.size for group in experiment.groups)
    most = min(MAX_STEPS, MAX_WORK // max(neurons, 1))
    if duration / dt > most + 1e-6:
        steps = f"{math.ceil(duration / dt):,}" if duration / dt < 1e12 else f"{duration / dt:.3g}"
        raise LimitError(
            f"This run would take {steps} time steps for {neurons:,} neurons. "
            f"At most {most:,} steps are allowed.",
            mend="Choose a shorter duration or a larger dt.",
        )
    return to_step(duration, dt)  # as the script API and Brian 2 count


def check(experiment: Experiment) -> Checked:
    """Check everything that a simulation relies on.

    Raises
    ------
    NeurolabError
        The experiment cannot be simulated. The message gives the reason to the person who edits it.

    Examples
    --------
    >>> from neurolab.experiment.edits import set_run
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> check(set_run(TUTORIAL, dt=0.0))
    Traceback (most recent call last):
    neurolab.errors.RangeError: dt is 0 ms. It must be longer than 0 ms.
    """
    if not experiment.neurons:
        raise UnknownNameError("The experiment has no neurons with equations.")
    _check_parts(experiment)
    for parameter in experiment.parameters:
        unit(parameter.unit)
        if not math.isfinite(parameter.value):
            raise RangeError(f"{parameter.name} is not a finite number.")
    for name, value in (("The duration", experiment.duration), ("dt", experiment.dt)):
        if not (math.isfinite(value) and value > 0):
            raise RangeError(f"{name} is {value:g} ms. It must be longer than 0 ms.")
    check_seed(experiment.seed)
    models = _check_groups(experiment)
    check_sum([_check_ends(experiment, item, models) for item in experiment.connections])
    return Checked(experiment, models)


def _check_parts(experiment: Experiment) -> None:
    """Check the number of groups, connections and parameters, and their names."""
    for kind, items in (
        ("group", experiment.groups),
        ("connection", experiment.connections),
        ("parameter", experiment.parameters),
    ):
        if len(items) > MAX_PARTS:
            raise LimitError(
                f"There are {len(items):,} {kind}s. At most {MAX_PARTS} are allowed.",
                mend=f"Remove some {kind}s.",
            )
        _check_names(kind, tuple([item.name for item in items]))


@lru_cache(maxsize=256)
def _check_names(kind: str, names: tuple[str, ...]) -> None:
    for name in names:
        if not (name.strip() and name.isprintable()):
            raise ParseError(
                f"A {kind} is named {name!r:.60}.",
                mend="Choose a name of characters that can be seen.",
            )
        if names.count(name) > 1:
            raise ParseError(
                f"There are two {kind}s named {name}.", mend="Give each a name of its own."
            )
        if kind == "parameter" and (name in RESERVED or name in CONSTANTS):
            raise ParseError(
                f"The name {name} already has another meaning.",
                mend="Choose another name for the parameter.",
            )


def _check_groups(experiment: Experiment) -> dict[str, CheckedModel]:
    models = {}
    for group in experiment.groups:
        if not 1 <= group.size <= MAX_NEURONS:
            raise RangeError(
                f"{group.name} has {group.size:g} neurons.",
                mend=f"A group can have 1 to {MAX_NEURONS:,} neurons.",
            )
        if isinstance(group, Inputs):
            check_inputs(group)
        else:
            models[group.name] = checked = model_of(experiment, group)
            check_neurons(experiment, group, checked.model, checked.time_constants)
    return models


def _check_ends(
    experiment: Experiment, connection: Synapses, models: Mapping[str, CheckedModel]
) -> Size:
    """Check a connection and the groups at its ends."""
    source = experiment.group(connection.source)
    target = experiment.group(connection.target)
    if not isinstance(target, Neurons):
        raise UnknownNameError(
            f"{connection.name} leads to {target.name}, which has no state variables.",
            mend=f"Connect it to {' or '.join(group.name for group in experiment.neurons)}.",
        )
    states = models[target.name].model.states
    return check_connection(connection, source.size, target.size, states)


def model_of(experiment: Experiment, neurons: Neurons) -> CheckedModel:
    """Return the checked model of a group.

    Raises
    ------
    NeurolabError
        The equations cannot be read, or their names or dimensions are wrong.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> sorted(model_of(TUTORIAL, TUTORIAL.neurons[0]).time_constants)
    ['tau_a', 'tau_b']
    """
    units = tuple((parameter.name, parameter.unit) for parameter in experiment.parameters)
    return _checked_model((neurons.equations, neurons.threshold, neurons.reset), units)


@lru_cache(maxsize=256)
def _checked_model(texts: tuple[str, str, str], units: tuple[tuple[str, str], ...]) -> CheckedModel:
    """Return the checked model of equations, a threshold and a reset.

    Parameters
    ----------
    texts : (equations, threshold, reset)
    units : tuple of (parameter name, unit)
    """
    model = compile_model(*texts)
    external = {name: unit(text)[1] for name, text in units}
    for name in model.external:
        if name not in external and name in NAMES:
            external[name] = unit(name)[1]
    used = tuple((name, external[name]) for name in model.external if name in external)
    check_dimensions(model, used)
    time_constants = frozenset(
        name for name, dimension in used if dimension == SECOND and name in model.names_used
    )
    return CheckedModel(model, model.dimensions(external), time_constants)


def parameter_values(experiment: Experiment) -> dict[str, float]:
    """Return the parameters as SI numbers, by their names.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> parameter_values(TUTORIAL)["tau_b"]
    0.01
    """
    return {
        parameter.name: float(in_si(parameter.value, unit(parameter.unit)[0]))
        for parameter in experiment.parameters
    }


def external_values(model: Model, parameters: Mapping[str, float]) -> dict[str, Number]:
    """Return the SI values of all external names of a model.

    Parameters
    ----------
    model : Model
        Its external names are parameters and units.
    parameters : mapping
        The parameters, as `parameter_values` returns them.
    """
    return {
        name: parameters[name] if name in parameters else unit(name)[0] for name in model.external
    }


def state_unit(experiment: Experiment, neurons: Neurons, state: str) -> str:
    """Return the unit in which the values and weights of a state variable are written."""
    return model_of(experiment, neurons).unit(state)
