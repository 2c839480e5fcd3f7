"""Is an experiment one that can be simulated? Each complaint is in words for the person at the control."""

import math
from functools import lru_cache

import numpy as np

from ..engine.integrators import method_name
from ..errors import LimitError, NeurolabError, ParseError, RangeError, ShapeError, UnknownNameError
from ..grid import to_step
from ..model.compilation import compile_model
from ..model.dimension_checks import check_dimensions
from ..model.equations import RESERVED
from ..model.vocabulary import CONSTANTS
from ..units import NAMES, SECOND, display_unit, in_si, unit
from .expansion import span
from .experiment import Entries, Inputs, Neurons, Rule, Spread

MAX_NEURONS = 10_000
MAX_STEPS = 200_000
MAX_WORK = 200_000_000
"""Most steps × neurons of one run: some ten seconds, with a bar that says how far it is and a button that stops it."""
MAX_SYNAPSES = 2_000_000
"""Most synapses of one connection: 32 MB."""
MAX_SYNAPSES_TOGETHER = 5_000_000
MAX_PAIRS = 200_000_000
"""Most pairs of neurons for which chance decides, in all connections together: two seconds."""
MAX_PARTS = 200
"""Most groups, connections, or parameters: each has controls on the page."""
LONGEST_TIME = 1e9
"""Of a delay, a spike or a period, in ms: more than any run."""


def step_count(experiment):
    """Number of time steps of the run of a valid experiment.

    Raises
    ------
    RangeError, LimitError
        It is shorter than one step, or would take too long.
    """
    duration, dt = experiment.duration, experiment.dt
    if dt > duration:
        raise RangeError(
            f"dt ({dt:g} ms) is longer than the whole run ({duration:g} ms)",
            expected="a smaller time step",
        )
    neurons = sum(group.size for group in experiment.groups)
    most = min(MAX_STEPS, MAX_WORK // max(neurons, 1))
    if duration / dt > most + 1e-6:
        steps = f"{math.ceil(duration / dt):,}" if duration / dt < 1e12 else f"{duration / dt:.3g}"
        raise LimitError(
            f"this run would take {steps} time steps for {neurons:,} neurons",
            expected=f"at most {most:,} steps",
            mend="Choose a shorter duration or a larger dt.",
        )
    return to_step(duration, dt)  # as the script API and Brian 2 count


@lru_cache(maxsize=256)
def checked_model(neurons_text, units):
    """The compiled model of a group, checked for names and dimensions.

    Parameters
    ----------
    neurons_text : (equations, threshold, reset)
    units : tuple of (parameter name, unit)

    Returns
    -------
    model : Model
    dimensions : dict
        Of all names.
    time_constants : frozenset of str
        Parameters that are times and stand in the equations.
    """
    model = compile_model(*neurons_text)
    external = {name: unit(text)[1] for name, text in units}
    for name in model.external:
        if name not in external and name in NAMES:
            external[name] = unit(name)[1]
    used = tuple((name, external[name]) for name in model.external if name in external)
    check_dimensions(model, used)
    time_constants = frozenset(
        name for name, dimension in used if dimension == SECOND and name in model.names_used
    )
    return model, model.dimensions(external), time_constants


def model_of(experiment, neurons):
    """The checked model of a group, the dimensions of all its names, and which are time constants."""
    units = tuple((parameter.name, parameter.unit) for parameter in experiment.parameters)
    return checked_model((neurons.equations, neurons.threshold, neurons.reset), units)


def parameter_values(experiment):
    """The parameters as SI numbers, by their names."""
    return {
        parameter.name: float(in_si(parameter.value, unit(parameter.unit)[0]))
        for parameter in experiment.parameters
    }


def external_values(model, parameters):
    """SI numbers of all names that a model takes from outside: parameters, as `parameter_values` gives them, and units."""
    return {
        name: parameters[name] if name in parameters else unit(name)[0] for name in model.external
    }


def state_unit(experiment, neurons, state):
    """The unit in which the values and weights of a state variable are written."""
    return display_unit(model_of(experiment, neurons)[1][state])


def validate(experiment):
    """Check all that a simulation relies on.

    Returns
    -------
    dict
        Name of each group with equations → (compiled model, dimensions of its names, time constants).

    Raises
    ------
    NeurolabError
        Of the kind that fits, with the reason.
    """
    if not experiment.neurons:
        raise UnknownNameError("the experiment has no neurons with equations")
    for kind, items in (
        ("group", experiment.groups),
        ("connection", experiment.connections),
        ("parameter", experiment.parameters),
    ):
        if len(items) > MAX_PARTS:
            raise LimitError(f"there are {len(items):,} {kind}s", expected=f"at most {MAX_PARTS}")
        _check_names(kind, tuple([item.name for item in items]))
    for parameter in experiment.parameters:
        unit(parameter.unit)
        if not math.isfinite(parameter.value):
            raise RangeError(f"{parameter.name} is not a finite number")
    for name, value in (("duration", experiment.duration), ("dt", experiment.dt)):
        if not (math.isfinite(value) and value > 0):
            raise RangeError(f"{name} is {value:g} ms", expected="more than 0 ms")
    _check_seed(experiment.seed)
    models = {}
    for group in experiment.groups:
        if not 1 <= group.size <= MAX_NEURONS:
            raise RangeError(
                f"{group.name} has {group.size:g} neurons", expected=f"1 to {MAX_NEURONS:,}"
            )
        if isinstance(group, Inputs):
            _check_inputs(group)
        else:
            models[group.name] = model, _, time_constants = model_of(experiment, group)
            _check_neurons(experiment, group, model, time_constants)
    sizes = []
    for connection in experiment.connections:
        source, target = experiment.group(connection.source), experiment.group(connection.target)
        if not isinstance(target, Neurons):
            raise UnknownNameError(
                f"{connection.name} leads to {target.name}, which has no state variables",
                expected=" or ".join(group.name for group in experiment.neurons),
            )
        sizes.append(
            _check_connection(connection, source.size, target.size, models[target.name][0].states)
        )
    for what, most, count in zip(
        ("synapses", "pairs of neurons to draw from"),
        (MAX_SYNAPSES_TOGETHER, MAX_PAIRS),
        map(sum, zip(*sizes)),
    ):
        if count > most:
            raise LimitError(
                f"the connections have about {count:,.0f} {what} together",
                expected=f"at most {most:,}",
                mend="Choose smaller probabilities, or fewer neurons.",
            )
    return models


@lru_cache(maxsize=256)
def _check_names(kind, names):
    for name in names:
        if not (name.strip() and name.isprintable()):
            raise ParseError(
                f"a {kind} is named {name!r:.60}", expected="a name of letters that can be seen"
            )
        if names.count(name) > 1:
            raise ParseError(
                f"there are two {kind}s named {name}", expected="a name of its own for each"
            )
        if kind == "parameter" and (name in RESERVED or name in CONSTANTS):
            raise ParseError(
                f"{name} already means something else", expected="another name for the parameter"
            )


@lru_cache(maxsize=256)  # an edit leaves most parts of an experiment as they were
def _check_inputs(group):
    for times in group.spikes:
        for time in times:
            if not 0 <= time <= LONGEST_TIME:
                raise RangeError(
                    f"a spike of {group.name} is at {time:g} ms",
                    expected=_expected_time(time, "0 ms or later"),
                )
    _check_time(f"the period of {group.name}", group.period, "0 ms (no period) or more")
    if group.rates and (
        len(group.rates) != group.size or not all(0 <= rate < math.inf for rate in group.rates)
    ):
        raise RangeError(
            f"the rates of {group.name} are {group.rates!r:.60}",
            expected=f"{group.size} rates of 0 Hz or more",
        )


def _check_time(what, time, expected="0 ms or more"):
    if not 0 <= time <= LONGEST_TIME:
        raise RangeError(f"{what} is {time:g} ms", expected=_expected_time(time, expected))


def _expected_time(time, least):
    return f"at most {LONGEST_TIME:g} ms" if time > LONGEST_TIME else least


def _check_neurons(experiment, group, model, time_constants):
    for parameter in experiment.parameters:
        if parameter.name in time_constants:
            _check_time_constant(parameter, experiment.dt)
    method_name(group.method)
    _check_time("the refractory period", group.refractory)
    for name, values in group.initial:
        if name not in (*model.states, *model.parameters):
            raise UnknownNameError(
                f"{name} is given an initial value", expected=", ".join(model.states)
            )
        if isinstance(values, Spread):
            _check_spread(name, values)
        elif len(values) != group.size or not all(math.isfinite(value) for value in values):
            raise ShapeError(
                f"the initial values of {name} are {values!r:.60}",
                expected=f"{group.size} finite numbers",
            )


def _check_spread(name, spread):
    if not (math.isfinite(spread.low) and math.isfinite(spread.high)):
        raise RangeError(
            f"{name} begins between {spread.low:g} and {spread.high:g}",
            expected="two finite numbers",
        )
    _check_seed(spread.seed)


def _check_seed(seed):
    if not 0 <= seed < 2**63:
        raise RangeError(
            f"the seed is {seed:.3g}",
            expected="a whole number of 0 or more, with at most 18 digits",
        )


def _check_time_constant(parameter, dt):
    factor = unit(parameter.unit)[0] * 1e3
    value = parameter.value * factor
    if value <= 0:
        raise RangeError(
            f"{parameter.name} is {parameter.value:g} {parameter.unit}",
            expected="a time constant above 0",
            mend="It says how long a change takes to fade.",
        )
    if dt > value * (1 + 1e-9):
        raise RangeError(
            f"dt ({dt:g} ms) is longer than {parameter.name} ({value:g} ms)",
            expected="a time step shorter than every time constant",
        )


@lru_cache(maxsize=256)
def _check_connection(connection, n_sources, n_targets, states):
    """How many synapses it has, about, and for how many pairs of neurons chance decides."""
    if connection.state not in states:
        raise UnknownNameError(
            f"{connection.name} adds to {connection.state}, which the equations do not define",
            expected=" or ".join(states),
            mend=f"Keep an equation for {connection.state}, or choose another target variable.",
        )
    _check_time(f"the delay of {connection.name}", connection.delay)
    weights = connection.weights
    if isinstance(weights, Rule):
        return _check_rule(connection.name, weights, n_sources, n_targets)
    if isinstance(weights, Entries):
        _check_entries(connection.name, weights, n_sources, n_targets)
        return len(weights.weights), 0
    if len(weights) != n_sources or any(len(row) != n_targets for row in weights):
        shape = len(weights), len(weights[0]) if weights else 0
        raise ShapeError(
            f"the weights of {connection.name} have shape {shape}",
            expected=f"{(n_sources, n_targets)} = (source, target)",
        )
    for i, row in enumerate(weights):
        for j, weight in enumerate(row):
            if not math.isfinite(weight):
                raise RangeError(f"{connection.name}[{i}, {j}] is not a finite number")
    return n_sources * n_targets, 0


def _check_rule(name, rule, n_sources, n_targets):
    if rule.kind not in ("full", "one_to_one", "random"):
        raise NeurolabError(
            f"{name} is connected by '{rule.kind:.60}'", expected="full, one_to_one or random"
        )
    if not (math.isfinite(rule.weight) and 0 <= rule.probability <= 1):
        raise RangeError(
            f"{name} has weight {rule.weight:g} and probability {rule.probability:g}",
            expected="a finite weight and a probability from 0 to 1",
        )
    _check_seed(rule.seed)
    counts = []
    for part, size, role in (
        (rule.sources, n_sources, "source"),
        (rule.targets, n_targets, "target"),
    ):
        first, last = span(part, size) if len(part) in (0, 2) else (0, 0)
        if not 0 <= first < last <= size:
            raise RangeError(
                f"{name} is given {part} as its {role} neurons",
                expected=f"first and past-the-last of {size} neurons",
            )
        counts.append(last - first)
    if rule.kind == "one_to_one" and counts[0] != counts[1]:
        raise ShapeError(
            f"{name} pairs {counts[0]} with {counts[1]} neurons",
            expected="as many of one as of the other",
        )
    pairs = counts[0] if rule.kind == "one_to_one" else counts[0] * counts[1]
    count = pairs * (rule.probability if rule.kind == "random" else 1)
    _check_count(name, count)
    return count, pairs if rule.kind == "random" else 0


def _check_entries(name, entries, n_sources, n_targets):
    count = len(entries.weights)
    if len(entries.sources) != count or len(entries.targets) != count:
        raise ShapeError(
            f"{name} has {len(entries.sources)} sources, {len(entries.targets)} targets and {count} weights",
            expected="as many of each",
        )
    _check_count(name, count)
    for neurons, size, role in (
        (entries.sources, n_sources, "source"),
        (entries.targets, n_targets, "target"),
    ):
        if count and not 0 <= min(neurons) <= max(neurons) < size:
            raise RangeError(
                f"{name} names a {role} neuron that does not exist",
                expected=f"numbers from 0 to {size - 1}",
            )
    if not np.isfinite(entries.weights).all():
        raise RangeError(f"a weight of {name} is not a finite number")


def _check_count(name, count):
    if count > MAX_SYNAPSES:
        raise LimitError(
            f"{name} has about {count:,.0f} synapses",
            expected=f"at most {MAX_SYNAPSES:,}",
            mend="Choose a smaller probability, or fewer neurons.",
        )
