"""Small networks drawn at random, with all that the step loop knows of."""

import numpy as np

from neurolab.experiment.experiment import Experiment, Inputs, Neurons, Parameter, Synapses

MODELS = (
    "dV/dt = -V/tau : volt\ndw/dt = -w/tau2 : volt",
    "dV/dt = (w - V)/tau : volt\ndw/dt = -w/tau2 : volt",
    "dV/dt = (4*mV*tanh(V/(2*mV)) - V + w)/tau : volt\ndw/dt = -w/tau2 : volt",
    "dV/dt = (3*mV - V)/tau + 2*mV*xi/tau**0.5 : volt\ndw/dt = -w/tau2 : volt",
)
THRESHOLDS = ("V > 5*mV", "V + w > 6*mV", "")
RESETS = ("V = 0*mV", "V = w; w += 0.5*mV", "w += 1*mV; V = -1*mV", "")


def any_network(seed):
    """A network of two groups, drawn at random: recurrent, delayed, refractory, nonlinear, noisy."""
    rng = np.random.default_rng(seed)

    def neurons(name):
        return Neurons(
            name,
            int(rng.integers(1, 4)),
            MODELS[rng.integers(4)],
            THRESHOLDS[rng.integers(3)],
            RESETS[rng.integers(4)],
            refractory=float(rng.integers(0, 3)) * 0.45,
        )

    trains = tuple(
        tuple(
            np.round(np.sort(rng.choice(80, rng.integers(0, 9), replace=False)) * 0.1, 1).tolist()
        )
        for _ in range(rng.integers(1, 4))
    )
    groups = (Inputs("in", trains), neurons("a"), neurons("b"))
    synapses = []
    for place, (source, target) in enumerate([(0, 1), (0, 2), (1, 2), (1, 1), (2, 1), (0, 1)]):
        shape = groups[source].size, groups[target].size
        weights = np.round(rng.normal(3, 3, shape), 2) * (rng.random(shape) < 0.7)
        synapses.append(
            Synapses(
                f"C{place}",
                groups[source].name,
                groups[target].name,
                "Vw"[rng.integers(2)],
                tuple(map(tuple, weights.tolist())),
                float(rng.choice([0.0, 0.0, 0.3, 1.0])),
            )
        )
    return Experiment(
        groups,
        tuple(synapses),
        (Parameter("tau", 2.0, "ms"), Parameter("tau2", 5.0, "ms")),
        8.0,
        seed=int(seed),
    )
