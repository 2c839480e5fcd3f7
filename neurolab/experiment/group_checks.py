"""Checks of one group: its times, rates, initial values and time constants."""

import math
from collections.abc import Collection
from functools import lru_cache

from ..engine.integrators import method_name
from ..errors import RangeError, ShapeError, UnknownNameError
from ..grid import Ms
from ..model.model import Model
from ..units import unit
from .experiment import Experiment, Inputs, Neurons, Parameter, Spread
from .limits import LONGEST_TIME


@lru_cache(maxsize=256)  # an edit changes few parts of an experiment
def check_inputs(group: Inputs) -> None:
    """Check the spike times, period and rates of inputs."""
    for times in group.spikes:
        for time in times:
            if not 0 <= time <= LONGEST_TIME:
                raise RangeError(f"A spike of {group.name} is at {time:g} ms.", mend=_allowed(time))
    check_time(f"The period of {group.name}", group.period)
    if not group.rates:
        return
    if len(group.rates) != group.size:
        raise RangeError(
            f"{group.name} has {len(group.rates)} rates.",
            mend=f"Give {group.size}, one for each neuron.",
        )
    for rate in group.rates:
        if not 0 <= rate < math.inf:
            raise RangeError(
                f"A rate of {group.name} is {rate:g} Hz.",
                mend="Rates must be finite numbers of 0 Hz or more.",
            )


def check_time(name: str, time: Ms) -> None:
    """Check a delay or a period."""
    if not 0 <= time <= LONGEST_TIME:
        raise RangeError(f"{name} is {time:g} ms.", mend=_allowed(time))


def _allowed(time: Ms) -> str:
    if time > LONGEST_TIME:
        return f"It can be at most {LONGEST_TIME:g} ms."
    return "It must be 0 ms or more."


def check_neurons(
    experiment: Experiment, group: Neurons, model: Model, time_constants: Collection[str]
) -> None:
    """Check the numbers of a group with equations.

    Parameters
    ----------
    experiment : Experiment
    group : Neurons
    model : Model
        Its compiled model.
    time_constants : collection of str
        Names of the parameters that are times.
    """
    for parameter in experiment.parameters:
        if parameter.name in time_constants:
            _check_time_constant(parameter, experiment.dt)
    method_name(group.method)
    check_time("The refractory period", group.refractory)
    for name, values in group.initial:
        if name not in (*model.states, *model.parameters):
            raise UnknownNameError(
                f"{name} has an initial value, but {group.name} has no such variable.",
                mend=f"Choose one of {', '.join(model.states)}.",
            )
        if isinstance(values, Spread):
            _check_spread(name, values)
        elif len(values) != group.size:
            raise ShapeError(
                f"{name} has {len(values)} initial values.",
                mend=f"Give {group.size}, one for each neuron.",
            )
        elif not all(map(math.isfinite, values)):
            raise RangeError(f"An initial value of {name} is not a finite number.")


def _check_spread(name: str, spread: Spread) -> None:
    if not (math.isfinite(spread.low) and math.isfinite(spread.high)):
        raise RangeError(
            f"The initial values of {name} lie between {spread.low:g} and {spread.high:g}.",
            mend="Give two finite numbers.",
        )
    check_seed(spread.seed)


def check_seed(seed: int) -> None:
    """Check the seed of random numbers."""
    if not 0 <= seed < 2**63:
        raise RangeError(
            f"The seed is {seed:.3g}.",
            mend="It must be a whole number of 0 or more, with at most 18 digits.",
        )


def _check_time_constant(parameter: Parameter, dt: Ms) -> None:
    value = parameter.value * unit(parameter.unit)[0] * 1e3
    if value <= 0:
        raise RangeError(
            f"{parameter.name} is {parameter.value:g} {parameter.unit}. "
            "A time constant must be above 0.",
            mend="It is the time in which a value decays to 1/e.",
        )
    if dt > value * (1 + 1e-9):
        raise RangeError(
            f"dt ({dt:g} ms) is longer than {parameter.name} ({value:g} ms).",
            mend="The time step must be shorter than every time constant.",
        )
