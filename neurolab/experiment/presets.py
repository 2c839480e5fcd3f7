"""Presets: the tutorial's network, those of its exercises, and the large one of tutorial 2c."""

from typing import NamedTuple

from .experiment import Experiment, Inputs, Neurons, Parameter, Rule, Spread, Synapses


class Preset(NamedTuple):
    """An experiment with its title and a task."""

    title: str
    task: str
    experiment: Experiment


_DECAYS = "dVa/dt = -Va/tau_a : volt\ndVb/dt = -Vb/tau_b : volt"
_INPUTS = Inputs("inputs", ((1.0, 4.0), (2.0, 3.0)))
_TIME_CONSTANTS = (Parameter("tau_a", 1.0, "ms"), Parameter("tau_b", 10.0, "ms"))
_THRESHOLD = (Parameter("Vt", 10.0, "mV"), Parameter("Vr", 0.0, "mV"))

TUTORIAL = Experiment(
    title="tutorial",
    groups=(_INPUTS, Neurons("target", 1, _DECAYS, "Va > Vt", "Va = Vr")),
    connections=(
        Synapses("C1", "inputs", "target", "Va", ((6.0,), (0.0,))),
        Synapses("C2", "inputs", "target", "Vb", ((0.0,), (3.0,))),
    ),
    parameters=_TIME_CONSTANTS + _THRESHOLD,
)

FREE_PLAY = Experiment(
    title="free play",
    groups=(
        Inputs("inputs", ((1.0, 2.5, 4.0, 5.5), (2.0, 3.0, 7.0))),
        Neurons("target", 1, _DECAYS, "Va > Vt", "Va = Vr"),
    ),
    connections=(
        Synapses("C1", "inputs", "target", "Va", ((8.0,), (0.0,))),
        Synapses("C2", "inputs", "target", "Vb", ((0.0,), (3.0,))),
    ),
    parameters=(Parameter("tau_a", 2.0, "ms"), *_TIME_CONSTANTS[1:], *_THRESHOLD),
    duration=20.0,
)

COUPLED = Experiment(
    title="coupled",
    groups=(
        _INPUTS,
        Neurons(
            "target",
            1,
            "dVa/dt = (Vb - Va)/tau_a : volt\ndVb/dt = -Vb/tau_b : volt",
            "Va > Vt",
            "Va = Vr",
        ),
    ),
    # With 6 mV, Va would reach 10.4 mV and not fire.
    connections=(
        Synapses("C1", "inputs", "target", "Va", ((5.0,), (0.0,))),
        TUTORIAL.connections[1],
    ),
    parameters=TUTORIAL.parameters,
    duration=20.0,
)

ONE_CONNECTION = Experiment(
    title="excitation and inhibition",
    groups=(
        Inputs("inputs", ((1.0, 5.0, 6.0), (3.0, 8.0))),
        Neurons("target", 1, "dV/dt = -V/tau : volt", "V > Vt", "V = Vr"),
    ),
    connections=(Synapses("C", "inputs", "target", "V", ((6.0,), (-3.0,))),),
    parameters=(Parameter("tau", 5.0, "ms"), *_THRESHOLD),
    duration=20.0,
)

TWO_TIME_CONSTANTS = Experiment(
    title="two time constants",
    groups=(
        Inputs("inputs", ((2.0, 10.0, 12.0, 14.0), (20.0, 22.0))),
        Neurons(
            "target",
            1,
            "dV/dt  = (ge + gi - V)/tau_m : volt\n"
            "dge/dt = -ge/tau_e : volt\ndgi/dt = -gi/tau_i : volt",
            "V > Vt",
            "V = Vr",
        ),
    ),
    connections=(
        Synapses("Ce", "inputs", "target", "ge", ((8.0,), (0.0,))),
        Synapses("Ci", "inputs", "target", "gi", ((0.0,), (-12.0,))),
    ),
    parameters=(
        Parameter("tau_m", 5.0, "ms"),
        Parameter("tau_e", 10.0, "ms"),
        Parameter("tau_i", 2.0, "ms"),
        *_THRESHOLD,
    ),
    duration=50.0,
)

BALANCED = Experiment(
    title="balanced network",
    groups=(
        Neurons(
            "neurons",
            4000,
            "dV/dt  = (ge + gi - (V - El))/tau_m : volt\n"
            "dge/dt = -ge/tau_e : volt\ndgi/dt = -gi/tau_i : volt",
            "V > Vt",
            "V = Vr",
            initial=(("V", Spread(-60.0, -50.0)),),
        ),
    ),
    connections=(
        Synapses(
            "Ce", "neurons", "neurons", "ge", Rule("random", 1.62, 0.02, seed=1, sources=(0, 3200))
        ),
        Synapses(
            "Ci",
            "neurons",
            "neurons",
            "gi",
            Rule("random", -9.0, 0.02, seed=2, sources=(3200, 4000)),
        ),
    ),
    parameters=(
        Parameter("tau_m", 20.0, "ms"),
        Parameter("tau_e", 5.0, "ms"),
        Parameter("tau_i", 10.0, "ms"),
        Parameter("Vt", -50.0, "mV"),
        Parameter("Vr", -60.0, "mV"),
        Parameter("El", -49.0, "mV"),
    ),
    duration=500.0,
)

PRESETS = {
    "tutorial": Preset(
        "Tutorial 2a",
        "Two inputs, two variables: each spike adds a weight to one of them.",
        TUTORIAL,
    ),
    "free-play": Preset(
        "1 · Free play",
        "Change time constants, weights and spike times. When does the neuron fire?",
        FREE_PLAY,
    ),
    "coupled": Preset(
        "2 · Coupled Va and Vb",
        "Here Vb pulls Va along. Rewrite the equations: what else could depend on what?",
        COUPLED,
    ),
    "one-connection": Preset(
        "3 · Excitation and inhibition",
        "One connection, two signs: a negative weight inhibits.",
        ONE_CONNECTION,
    ),
    "two-time-constants": Preset(
        "4 · Two time constants",
        "Slow excitation ge, fast inhibition gi. "
        "Which time constant must change to turn that round?",
        TWO_TIME_CONSTANTS,
    ),
    "balanced": Preset(
        "Balanced network",
        "4000 neurons, 80 % excite and 20 % inhibit (tutorial 2c). How much weaker may "
        "inhibition be before all fire at once?",
        BALANCED,
    ),
}
