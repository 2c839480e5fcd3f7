"""Cost grows linearly with neurons, with steps and with synaptic events."""

import time
from functools import partial

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import NullFormatter

from neurolab import *  # noqa: F403
from tests.benchmarks.report import FOLDER, add, table

LARGEST_EXPONENT = 1.15
"""In cost ~ size^exponent, over the sizes measured; 1 is linear, less where a fixed cost shows."""
SYNAPSES, ROUNDS = 80, 3


def costs(calls):
    """Processor seconds of each call, in the round that disturbed it least; a round measures all, so all see the same."""
    rounds = []
    for _ in range(ROUNDS):
        times = []
        for call in calls:
            begin = time.process_time()
            call()
            times.append(time.process_time() - begin)
        rounds.append(times)
    return np.min(rounds, axis=0)


def balanced(neurons):
    """Tutorial 2c's network of any size, each neuron with as many synapses as there."""
    taum, taue, taui = 20 * ms, 5 * ms, 10 * ms
    Vt, Vr, El = -50 * mV, -60 * mV, -49 * mV
    G = NeuronGroup(
        neurons,
        """
        dV/dt  = (ge + gi - (V - El))/taum : volt
        dge/dt = -ge/taue : volt
        dgi/dt = -gi/taui : volt
        """,
        threshold=Vt,
        reset=Vr,
    )
    seed(1)
    G.V = Vr + rand(neurons) * (Vt - Vr)
    excitatory = neurons * 4 // 5
    Ce = Connection(G[:excitatory], G, "ge", weight=1.62 * mV, sparseness=SYNAPSES / neurons)
    Ci = Connection(G[excitatory:], G, "gi", weight=-9 * mV, sparseness=SYNAPSES / neurons)
    network = Network(G, Ce, Ci, SpikeMonitor(G))
    network.run(1 * ms)
    return network


def fan_out(synapses):
    """A thousand neurons that each fire in every tenth step, on `synapses` targets each out of eight thousand."""
    tau, weight = 10 * ms, 1e-6 * mV
    sources = SpikeGeneratorGroup(
        1000, [(i, i % 10 * 0.1 * ms) for i in range(1000)], period=1 * ms
    )
    G = NeuronGroup(8000, "dV/dt = -V/tau : volt")
    seed(2)
    C = Connection(sources, G, "V", weight=weight, sparseness=synapses / 8000)
    network = Network(sources, G, C)
    network.run(1 * ms)
    return network


def by_neurons():
    sizes = (1000, 2000, 4000, 8000, 16_000, 32_000, 64_000)
    return sizes, costs([partial(balanced(size).run, 50 * ms) for size in sizes])


def by_steps():
    network, sizes = balanced(4000), (250, 500, 1000, 2000, 4000, 8000)
    return sizes, costs([partial(network.run, steps * 0.1 * ms) for steps in sizes])


def by_events():
    """Without what the steps cost when nothing arrives."""
    synapses = (60, 125, 250, 500, 1000, 2000, 4000)
    empty, *full = costs([partial(fan_out(size).run, 20 * ms) for size in (0, *synapses)])
    return [20_000 * size for size in synapses], np.array(full) - empty


def exponent(sizes, seconds):
    """Slope of log cost over log size, by least squares."""
    return np.polyfit(np.log(sizes), np.log(seconds), 1)[0]


def draw(measured):
    """Cost over size on logarithmic axes, with a line of slope 1 through the largest."""
    figure = Figure(figsize=(11, 3.6), layout="constrained")
    for axes, (name, (sizes, seconds)) in zip(figure.subplots(1, len(measured)), measured.items()):
        axes.loglog(sizes, seconds, "o", color="#1f5fbf")
        axes.loglog(
            sizes, seconds[-1] * np.array(sizes) / sizes[-1], "--", color="#9aa4ad", label="linear"
        )
        axes.set(xlabel=name, ylabel="seconds", title=f"exponent {exponent(sizes, seconds):.2f}")
        axes.xaxis.set_minor_formatter(NullFormatter())
        axes.legend(frameon=False)
    FOLDER.mkdir(exist_ok=True)
    figure.savefig(FOLDER / "scaling.png", dpi=150)


def test_cost_is_at_most_linear():
    measured = {"neurons": by_neurons(), "steps": by_steps(), "synaptic events": by_events()}
    draw(measured)
    rows = [
        (
            name,
            f"{sizes[0]:,} – {sizes[-1]:,}",
            f"{seconds[0] * 1e3:.3g} – {seconds[-1] * 1e3:.3g}",
            f"× {seconds[-1] / seconds[-2]:.2f}",
            f"{exponent(sizes, seconds):.2f}",
        )
        for name, (sizes, seconds) in measured.items()
    ]
    add(
        "3 scaling",
        "How cost grows",
        [
            *table(("with", "from – to", "ms", "the last doubling", "exponent (1: linear)"), rows),
            "",
            "Neurons: tutorial 2c's network with 80 synapses a neuron, 50 ms. Steps: the same with 4,000 neurons. Synaptic "
            "events: 1,000 neurons that fire at 1 kHz for 20 ms, without the cost of the steps.",
            "",
            "![](scaling.png)",
        ],
    )
    for name, points in measured.items():
        assert exponent(*points) < LARGEST_EXPONENT, name
