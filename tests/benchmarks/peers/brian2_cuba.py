"""Tutorial 2c's network in Brian 2: ``brian2_cuba.py NEURONS MILLISECONDS TARGET`` prints seconds as JSON.

The first run prepares its code, which Brian 2 keeps on the disk from one process to the next; the second is steps alone.
"""

import json
import sys
import time

from brian2 import (
    Network,
    NeuronGroup,
    SpikeMonitor,
    StateMonitor,
    Synapses,
    defaultclock,
    ms,
    mV,
    prefs,
    rand,
    seed,
)

neurons, duration, target = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3]
prefs.codegen.target = target
seed(1)
defaultclock.dt = 0.1 * ms
begin = time.perf_counter()
taum, taue, taui = 20 * ms, 5 * ms, 10 * ms
Vt, Vr, El = -50 * mV, -60 * mV, -49 * mV
group = NeuronGroup(
    neurons,
    """
    dv/dt  = (ge + gi - (v - El))/taum : volt
    dge/dt = -ge/taue : volt
    dgi/dt = -gi/taui : volt
    """,
    threshold="v > Vt",
    reset="v = Vr",
    method="exact",
)
group.v = Vr + rand(neurons) * (Vt - Vr)
excitatory = neurons * 4 // 5
ce = Synapses(group[:excitatory], group, on_pre="ge += 1.62*mV")
ce.connect(p=80 / neurons)
ci = Synapses(group[excitatory:], group, on_pre="gi -= 9*mV")
ci.connect(p=80 / neurons)
spikes, trace = SpikeMonitor(group), StateMonitor(group, "v", record=0)
network = Network(group, ce, ci, spikes, trace)
built = time.perf_counter()
network.run(duration * ms)
run, fired = time.perf_counter() - built, int(spikes.num_spikes)
network.run(duration * ms)
again = time.perf_counter() - built - run
print(json.dumps({"setup": built - begin, "run": run, "again": again, "spikes": fired}))
