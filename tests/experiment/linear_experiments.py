"""Experiments whose equations are linear, drawn at random."""

from hypothesis import strategies as st

from neurolab.experiment.experiment import Experiment, Inputs, Neurons, Parameter, Synapses

NAMES = ("x", "y", "z")
tenths = st.integers(-60, 60).map(lambda number: number / 10)
spike_times = st.lists(
    st.integers(0, 190).map(lambda number: number / 10), max_size=4, unique=True
).map(tuple)


@st.composite
def linear_experiments(draw, fires=True, methods=("", "euler", "rk2", "rk4", "exponential_euler")):
    """One to three variables that pull at each other, constant drive, two inputs, delays, and, if they fire, resets."""
    states = NAMES[: draw(st.integers(1, 3))]
    lines, parameters = [], []
    for name in states:
        others = "".join(
            f" + {draw(tenths)}*{other}"
            for other in states
            if other != name and draw(st.booleans())
        )
        drive = f" + {draw(tenths)}*mV" if draw(st.booleans()) else ""
        lines.append(f"d{name}/dt = (-{name}{others}{drive})/tau_{name} : volt")
        parameters.append(
            Parameter(f"tau_{name}", draw(st.sampled_from([3.0, 4.0, 5.0, 8.0, 20.0])), "ms")
        )
    initial = tuple((name, (draw(tenths),)) for name in states if draw(st.booleans()))
    resets = st.sampled_from(
        ["", "x = 0*mV", "x = 1*mV", "x = 0.5*x", "x += -3*mV", f"x = 1*mV; {states[-1]} += 2*mV"]
    )
    threshold, reset = (
        (f"x > {draw(st.integers(1, 8))}*mV", draw(resets))
        if fires and draw(st.booleans())
        else ("", "")
    )
    refractory = draw(st.sampled_from([0.0, 0.0, 1.3])) if threshold else 0.0
    neurons = Neurons(
        "cells",
        1,
        "\n".join(lines),
        threshold,
        reset,
        refractory,
        draw(st.sampled_from(methods)),
        initial,
    )
    connections = tuple(
        Synapses(
            f"C{number}",
            "inputs",
            "cells",
            draw(st.sampled_from(states)),
            ((draw(tenths),), (draw(tenths),)),
            draw(st.sampled_from([0.0, 0.0, 0.7])),
        )
        for number in range(draw(st.integers(0, 2)))
    )
    return Experiment(
        (Inputs("inputs", (draw(spike_times), draw(spike_times))), neurons),
        connections,
        tuple(parameters),
        duration=20.0,
    )
