"""The simulation of an experiment: a pure function over the engine that the script API uses."""

from collections.abc import Callable, Mapping
from functools import lru_cache

import numpy as np

from ..array_types import FloatArray
from ..engine.integrators import integrator
from ..engine.population import Population
from ..engine.projection import Projection, SparseRows
from ..engine.recorders import CrossingRecorder, SpikeRecorder, StateRecorder
from ..engine.sources import PoissonSource, Schedule, SpikeSource
from ..engine.spike_schedule import schedule
from ..engine.step_loop import Engine, Recorder
from ..errors import LimitError
from ..grid import Ms, Seconds, Steps, time_of
from ..units import in_si
from .checked import Checked, CheckedModel, check, external_values, parameter_values
from .expansion import initial_values, rows_of
from .experiment import Experiment, Inputs, Neurons
from .result import Result
from .step_counts import steps_of

_MAX_RECORDED = 4_000_000
MAX_SPIKES = 2_000_000
"""Most spikes of one run: a network that fires in every step would fill the memory."""
Progress = Callable[[float], object]
"""A function that is called with the fraction of the run that is done."""


def simulate(experiment: Experiment | Checked, progress: Progress | None = None) -> Result:
    """Run an experiment.

    Parameters
    ----------
    experiment : Experiment or Checked
        One that has been checked is not checked again.
    progress : callable, optional
        Called now and then with the fraction done, first before the first step; an exception from
        it stops the run.

    Returns
    -------
    Result
        The same for the same experiment, to the last bit.

    Raises
    ------
    NeurolabError
        The experiment cannot be simulated, or its state blows up.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> result = simulate(TUTORIAL)
    >>> float(result.trace("target", "Va").max().round(5))  # volts
    0.0063
    """
    checked = experiment if isinstance(experiment, Checked) else check(experiment)
    return _Run(checked).result(progress)


class _Run:
    """The parts of one run: groups, projections and recorders."""

    def __init__(self, checked: Checked) -> None:
        experiment = checked.experiment
        self._checked = checked
        self._steps = checked.step_count()
        self._dt: Seconds = in_si(experiment.dt, 1e-3)
        self._rng = np.random.default_rng(experiment.seed) if needs_chance(experiment) else None
        self._parameters = parameter_values(experiment)
        self._groups: dict[str, SpikeSource | Population] = {}
        self._populations: dict[str, Population] = {}
        for group in experiment.groups:
            if isinstance(group, Inputs):
                self._groups[group.name] = _source(group, self._dt, self._rng)
            else:
                population = self._population(group, checked.models[group.name])
                self._groups[group.name] = self._populations[group.name] = population
        self._rows: dict[str, SparseRows] = {}
        self._projections: list[Projection] = []
        self._connect()

    def _population(self, group: Neurons, checked: CheckedModel) -> Population:
        model = checked.model
        own = external_values(model, self._parameters)
        for name in model.parameters:
            own[name] = np.zeros(group.size)
        state = np.zeros((len(model.states), group.size))
        for name, given in group.initial:
            values = in_si(initial_values(given, group.size), checked.factor(name))
            if name in model.states:
                state[model.states.index(name)] = values
            else:
                own[name] = values
        stepper = integrator(model, own, self._dt, group.size, group.method, self._rng)
        hold = steps_of(group.refractory, self._checked.experiment)
        return Population(group.name, model, own, stepper, state, self._dt, hold)

    def _connect(self) -> None:
        experiment = self._checked.experiment
        for connection in experiment.connections:
            source = self._groups[connection.source]
            target = self._populations[connection.target]
            factor = self._checked.models[connection.target].factor(connection.state)
            rows = rows_of(connection.weights, factor, source.size, target.size)
            row = target.model.states.index(connection.state)
            delay = steps_of(connection.delay, experiment)
            self._rows[connection.name] = rows
            self._projections.append(Projection(source, target, row, rows, delay))

    def result(self, progress: Progress | None) -> Result:
        """Simulate all steps."""
        experiment = self._checked.experiment
        states = {
            name: _state_recorder(population, self._steps)
            for name, population in self._populations.items()
        }
        spikes = {name: SpikeRecorder(group) for name, group in self._groups.items()}
        crossings = {
            group.name: CrossingRecorder(self._populations[group.name])
            for group in experiment.neurons
            if group.threshold
        }
        recorders: list[Recorder] = [*states.values(), *spikes.values(), *crossings.values()]
        watch = _Watch(spikes, progress)
        watch(0.0)
        engine = Engine(list(self._groups.values()), self._projections, recorders)
        engine.run(0, self._steps, watch)
        return Result(
            self._checked,
            _times(self._steps, self._dt),
            {name: _read_only(recorder.values()[1]) for name, recorder in states.items()},
            {name: population.model.states for name, population in self._populations.items()},
            {name: recorder.firings for name, recorder in spikes.items()},
            {name: recorder.crossings for name, recorder in crossings.items()},
            self._rows,
        )


class _Watch:
    """Passes the progress on, and ends a run that has too many spikes."""

    def __init__(self, spikes: Mapping[str, SpikeRecorder], progress: Progress | None) -> None:
        self._spikes = spikes
        self._progress = progress
        self._seen = dict.fromkeys(spikes, 0)
        self._count = 0

    def __call__(self, fraction: float) -> None:
        for name, recorder in self._spikes.items():
            self._count += sum(len(neurons) for _, neurons in recorder.firings[self._seen[name] :])
            self._seen[name] = len(recorder.firings)
        if self._count > MAX_SPIKES:
            raise LimitError(
                f"There are more than {MAX_SPIKES:,} spikes before {fraction:.0%} of the run "
                "is done.",
                mend="Weaken the excitation, strengthen the inhibition, or raise the threshold.",
            )
        if self._progress:
            self._progress(fraction)


def needs_chance(experiment: Experiment) -> bool:
    """Return whether a run draws random numbers, for inputs at a rate or for noise."""
    return any(group.rates for group in experiment.inputs) or any(
        "xi" in group.equations for group in experiment.neurons
    )


def _source(group: Inputs, dt: Seconds, rng: np.random.Generator | None) -> SpikeSource:
    if group.rates:
        assert rng is not None
        rates = np.array(group.rates)
        return PoissonSource(lambda step: rates, group.size, dt, rng)
    return SpikeSource(schedule_of(group.spikes, group.period, dt), group.size)


@lru_cache(maxsize=128)
def schedule_of(spikes: tuple[tuple[Ms, ...], ...], period: Ms, dt: Seconds) -> Schedule:
    """Return the schedule of inputs.

    Parameters
    ----------
    spikes : tuple of tuple of float
        Spike times of each neuron, in ms.
    period : float
        In ms.
    dt : float
        Time step, in seconds.
    """
    times = np.array([time for train in spikes for time in train])
    neurons = np.array([i for i, train in enumerate(spikes) for _ in train], dtype=int)
    return schedule(in_si(times, 1e-3), neurons, in_si(period, 1e-3), dt)


def _state_recorder(population: Population, steps: Steps) -> StateRecorder:
    count = len(population.model.states)
    most = max(1, _MAX_RECORDED // (steps * count))
    recorder = StateRecorder(population, slice(0, count), slice(0, min(population.size, most)))
    recorder.extend(0, steps)
    return recorder


@lru_cache(maxsize=64)
def _times(steps: Steps, dt: Seconds) -> FloatArray:
    return _read_only(time_of(np.arange(steps), dt))


def _read_only(values: FloatArray) -> FloatArray:
    values.flags.writeable = False
    return values
