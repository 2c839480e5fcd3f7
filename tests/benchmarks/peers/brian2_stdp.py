"""The network of ``neurolab_stdp.py`` in Brian 2: ``brian2_stdp.py SECONDS TARGET``.

The first second prepares its code, which Brian 2 keeps on the disk from one process to the next.
"""

import json
import sys
import time

from brian2 import (
    Hz,
    Network,
    NeuronGroup,
    PoissonGroup,
    SpikeMonitor,
    Synapses,
    defaultclock,
    ms,
    mV,
    prefs,
    second,
    seed,
)

duration, target = float(sys.argv[1]), sys.argv[2]
prefs.codegen.target = target
seed(1)
defaultclock.dt = 0.1 * ms
begin = time.perf_counter()
tau, wmax = 20 * ms, 0.01
inputs = PoissonGroup(1000, rates=15 * Hz)
cell = NeuronGroup(
    1,
    """
    dv/dt  = (-70*mV - v + ge*(0*mV - v))/(10*ms) : volt
    dge/dt = -ge/(5*ms) : 1
    """,
    threshold="v > -54*mV",
    reset="v = -60*mV",
    method="euler",
)
cell.v = -70 * mV
synapses = Synapses(
    inputs,
    cell,
    """
    w : 1
    dapre/dt = -apre/tau : 1 (event-driven)
    dapost/dt = -apost/tau : 1 (event-driven)
    """,
    on_pre="ge += w; apre += 0.01*wmax; w = clip(w + apost, 0, wmax)".replace("; ", "\n"),
    on_post="apost -= 0.0105*wmax; w = clip(w + apre, 0, wmax)".replace("; ", "\n"),
)
synapses.connect()
synapses.w = "rand()*wmax"
spikes = SpikeMonitor(cell)
network = Network(inputs, cell, synapses, spikes)
built = time.perf_counter()
network.run(1 * second)
run = time.perf_counter() - built
network.run(duration * second)
again = time.perf_counter() - built - run
fired = int(spikes.num_spikes)
print(json.dumps({"setup": built - begin, "run": run, "again": again, "spikes": fired}))
