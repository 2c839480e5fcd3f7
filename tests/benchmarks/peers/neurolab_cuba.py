"""Tutorial 2c's network here: ``neurolab_cuba.py NEURONS MILLISECONDS`` prints seconds as JSON."""

import json
import sys
import time

from neurolab import *

neurons, duration = int(sys.argv[1]), float(sys.argv[2])
seed(1)
begin = time.perf_counter()
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
G.V = Vr + rand(neurons) * (Vt - Vr)
excitatory = neurons * 4 // 5
Ce = Connection(G[:excitatory], G, "ge", weight=1.62 * mV, sparseness=80 / neurons)
Ci = Connection(G[excitatory:], G, "gi", weight=-9 * mV, sparseness=80 / neurons)
M, T = SpikeMonitor(G), StateMonitor(G, "V", record=0)
built = time.perf_counter()
run(duration * ms)
first, fired = time.perf_counter() - built, M.nspikes
run(duration * ms)
again = time.perf_counter() - built - first
print(json.dumps({"setup": built - begin, "run": first, "again": again, "spikes": fired}))
