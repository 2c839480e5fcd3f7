"""From an experiment to its result: a pure function over the engine that the script API uses."""

from functools import lru_cache

import numpy as np

from ..engine.integrators import integrator
from ..engine.population import Population
from ..engine.projection import Projection
from ..engine.recorders import CrossingRecorder, SpikeRecorder, StateRecorder
from ..engine.sources import PoissonSource, SpikeSource
from ..engine.spike_schedule import schedule
from ..engine.step_loop import Engine
from ..errors import LimitError
from ..grid import time_of
from ..units import display_factor, in_si
from .expansion import initial_values, rows_of
from .experiment import Inputs
from .result import Result
from .step_counts import steps_of
from .validate import external_values, parameter_values, step_count, validate

_MAX_RECORDED = 4_000_000
MAX_SPIKES = 2_000_000
"""Most spikes of one run: a network in which all fire in every step would fill the memory."""


def simulate(experiment, progress=None):
    """Run an experiment.

    Parameters
    ----------
    experiment : Experiment
    progress : callable, optional
        Called now and then with the fraction done, first before the first step; an exception from it stops the run.

    Returns
    -------
    Result
        The same for the same experiment, to the last bit.

    Raises
    ------
    NeurolabError
        The experiment cannot be simulated, or its state blows up.
    """
    models = validate(experiment)
    steps = step_count(experiment)
    dt = in_si(experiment.dt, 1e-3)
    rng = np.random.default_rng(experiment.seed) if needs_chance(experiment) else None
    parameters = parameter_values(experiment)
    groups = {
        group.name: _source(group, dt, rng)
        if isinstance(group, Inputs)
        else _population(experiment, group, *models[group.name][:2], parameters, rng)
        for group in experiment.groups
    }
    rows, projections = {}, []
    for connection in experiment.connections:
        source, target = groups[connection.source], groups[connection.target]
        factor = display_factor(models[connection.target][1][connection.state])
        rows[connection.name] = rows_of(connection.weights, factor, source.size, target.size)
        projections.append(
            Projection(
                source,
                target,
                target.model.states.index(connection.state),
                rows[connection.name],
                steps_of(connection.delay, experiment),
            )
        )
    states = {
        group.name: _state_recorder(groups[group.name], steps) for group in experiment.neurons
    }
    spikes = {name: SpikeRecorder(group) for name, group in groups.items()}
    crossings = {
        group.name: CrossingRecorder(groups[group.name])
        for group in experiment.neurons
        if group.threshold
    }
    recorders = [*states.values(), *spikes.values(), *crossings.values()]
    watch = _Watch(spikes, progress)
    watch(0.0)
    Engine(list(groups.values()), projections, recorders).run(0, steps, watch)
    return _result(experiment, steps, groups, states, spikes, crossings, rows)


class _Watch:
    """Passes the progress on, and ends a run that fires beyond all bounds."""

    def __init__(self, spikes, progress):
        self._spikes, self._progress = spikes, progress
        self._seen, self._count = dict.fromkeys(spikes, 0), 0

    def __call__(self, fraction):
        for name, recorder in self._spikes.items():
            self._count += sum(len(neurons) for _, neurons in recorder.firings[self._seen[name] :])
            self._seen[name] = len(recorder.firings)
        if self._count > MAX_SPIKES:
            raise LimitError(
                f"there are more than {MAX_SPIKES:,} spikes before {fraction:.0%} of the run is done",
                expected="fewer",
                mend="Weaken the excitation, strengthen the inhibition, or raise the threshold.",
            )
        if self._progress:
            self._progress(fraction)


def needs_chance(experiment):
    """Whether anything happens at random while it runs: inputs at a rate, or noise."""
    return any(group.rates for group in experiment.inputs) or any(
        "xi" in group.equations for group in experiment.neurons
    )


def _source(group, dt, rng):
    if group.rates:
        rates = np.array(group.rates)
        return PoissonSource(lambda step: rates, group.size, dt, rng)
    return SpikeSource(schedule_of(group.spikes, group.period, dt), group.size)


@lru_cache(maxsize=128)
def schedule_of(spikes, period, dt):
    """The schedule of inputs: spike times of each neuron and period in ms, time step in seconds."""
    times = np.array([time for train in spikes for time in train])
    neurons = np.array([i for i, train in enumerate(spikes) for _ in train], dtype=int)
    return schedule(in_si(times, 1e-3), neurons, in_si(period, 1e-3), dt)


def _population(experiment, group, model, dimensions, parameters, rng):
    dt = in_si(experiment.dt, 1e-3)
    own = external_values(model, parameters)
    for name in model.parameters:
        own[name] = np.zeros(group.size)
    state = np.zeros((len(model.states), group.size))
    for name, values in group.initial:
        plain = in_si(initial_values(values, group.size), display_factor(dimensions[name]))
        if name in model.states:
            state[model.states.index(name)] = plain
        else:
            own[name] = plain
    stepper = integrator(model, own, dt, group.size, group.method, rng)
    return Population(
        group.name, model, own, stepper, state, dt, steps_of(group.refractory, experiment)
    )


def _state_recorder(population, steps):
    most = max(1, _MAX_RECORDED // (steps * len(population.model.states)))
    recorder = StateRecorder(
        population, slice(0, len(population.model.states)), slice(0, min(population.size, most))
    )
    recorder.extend(0, steps)
    return recorder


@lru_cache(maxsize=64)
def _times(steps, dt):
    times = time_of(np.arange(steps), dt)
    times.flags.writeable = False
    return times


def _result(experiment, steps, groups, states, spikes, crossings, rows):
    recorded = {}
    for name, recorder in states.items():
        recorded[name] = recorder.values()[1]
        recorded[name].flags.writeable = False
    return Result(
        experiment,
        _times(steps, in_si(experiment.dt, 1e-3)),
        recorded,
        {name: groups[name].model.states for name in states},
        {name: recorder.firings for name, recorder in spikes.items()},
        {name: recorder.crossings for name, recorder in crossings.items()},
        rows,
    )
