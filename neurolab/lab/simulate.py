"""From an experiment to its result: a pure function over the engine that the script API uses."""

from functools import lru_cache

import numpy as np

from ..core.engine import Engine, Population
from ..core.integrators import integrator
from ..core.magic import to_steps
from ..core.projection import Projection, SparseRows
from ..core.recorders import SpikeRecorder, StateRecorder
from ..core.sources import PoissonSource, Schedule, SpikeSource
from ..units import display_factor, unit
from .experiment import Inputs, Rule
from .result import Result
from .validate import step_count, validate

_MAX_RECORDED = 4_000_000


def simulate(experiment, progress=None):
    """Run an experiment.

    Parameters
    ----------
    experiment : Experiment
    progress : callable, optional
        Called now and then with the fraction done; an exception from it stops the run.

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
    dt = experiment.dt * 1e-3
    rng = np.random.default_rng(experiment.seed) if _needs_chance(experiment) else None
    constants = {parameter.name: parameter.value * unit(parameter.unit)[0] for parameter in experiment.parameters}
    groups = {group.name: _source(group, dt, rng) if isinstance(group, Inputs)
              else _population(group, *models[group.name][:2], constants, dt, rng) for group in experiment.groups}
    rows, projections = {}, []
    for connection in experiment.connections:
        source, target = groups[connection.source], groups[connection.target]
        factor = display_factor(models[connection.target][1][connection.state])
        rows[connection.name] = _rows(connection.weights, factor, source.size, target.size)
        projections.append(Projection(source, target, target.model.states.index(connection.state),
                                      rows[connection.name],
                                      int(to_steps(connection.delay, experiment.dt)) if connection.delay else 0))
    states = {group.name: _state_recorder(groups[group.name], steps) for group in experiment.neurons}
    spikes = {name: SpikeRecorder(group) for name, group in groups.items()}
    Engine(list(groups.values()), projections, [*states.values(), *spikes.values()]).run(0, steps, progress)
    return _result(experiment, steps, groups, states, spikes, rows)


def _needs_chance(experiment):
    return any(group.rates for group in experiment.inputs) or any("xi" in group.equations
                                                                  for group in experiment.neurons)


def _source(group, dt, rng):
    if group.rates:
        rates = np.array(group.rates)
        return PoissonSource(lambda step: rates, group.size, dt, rng)
    return SpikeSource(_schedule(group.spikes, group.period, dt), group.size)


@lru_cache(maxsize=128)
def _schedule(spikes, period, dt):
    times = np.array([time for train in spikes for time in train]) * 1e-3
    neurons = np.array([i for i, train in enumerate(spikes) for _ in train], dtype=int)
    if period:
        within = times < period * 1e-3 * (1 - 1e-9)
        times, neurons = times[within], neurons[within]
    return Schedule(to_steps(times, dt, upwards=True), neurons, int(to_steps(period * 1e-3, dt)))


def _population(group, model, dimensions, constants, dt, rng):
    own = {name: constants[name] if name in constants else unit(name)[0] for name in model.external}
    for name in model.parameters:
        own[name] = np.zeros(group.size)
    state = np.zeros((len(model.states), group.size))
    for name, values in group.initial:
        plain = np.array(values) * display_factor(dimensions[name])
        if name in model.states:
            state[model.states.index(name)] = plain
        else:
            own[name] = plain
    stepper = integrator(model, own, dt, group.size, group.method, rng)
    hold = int(to_steps(group.refractory * 1e-3, dt)) if group.refractory else 0
    return Population(group.name, model, own, stepper, state, dt, hold)


@lru_cache(maxsize=128)
def _rows(weights, factor, n_sources, n_targets):
    if not isinstance(weights, Rule):
        matrix = np.array(weights)
        sources, targets = np.nonzero(matrix)
        starts = [0, *np.cumsum(np.bincount(sources, minlength=n_sources)).tolist()]
        return SparseRows(starts, targets, matrix[sources, targets] * factor)
    if weights.kind == "one_to_one":
        sources = targets = np.arange(n_sources)
    elif weights.kind == "full":
        sources, targets = (indices.ravel() for indices in np.indices((n_sources, n_targets)))
    else:
        sources, targets = np.nonzero(np.random.default_rng(weights.seed).random((n_sources, n_targets))
                                      < weights.probability)
    return SparseRows.from_entries(sources, targets, np.full(len(sources), weights.weight * factor), n_sources)


def _state_recorder(population, steps):
    most = max(1, _MAX_RECORDED // (steps * len(population.model.states)))
    recorder = StateRecorder(population, slice(0, len(population.model.states)), slice(0, min(population.size, most)))
    recorder.extend(0, steps)
    return recorder


@lru_cache(maxsize=64)
def _times(steps, dt):
    times = np.arange(steps) * dt
    times.flags.writeable = False
    return times


def _result(experiment, steps, groups, states, spikes, rows):
    recorded = {}
    for name, recorder in states.items():
        recorded[name] = recorder.values()[1]
        recorded[name].flags.writeable = False
    return Result(experiment, _times(steps, experiment.dt * 1e-3), recorded,
                  {name: groups[name].model.states for name in states},
                  {name: recorder.firings for name, recorder in spikes.items()}, rows)
