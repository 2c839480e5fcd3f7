"""Tutorial 2a's network in Brian 2, built and run again after each edit; prints the median milliseconds as JSON."""

import json
import statistics
import sys
import time

from brian2 import Network, NeuronGroup, SpikeGeneratorGroup, StateMonitor, Synapses, ms, mV, prefs

prefs.codegen.target = sys.argv[1]
times = []
for edit in range(8):
    begin = time.perf_counter()
    tau_a, tau_b, Vt, Vr = (1 + 0.01 * edit) * ms, 10 * ms, 10 * mV, 0 * mV
    inputs = SpikeGeneratorGroup(2, [0, 0, 1, 1], [1, 4, 2, 3] * ms)
    target = NeuronGroup(
        1,
        "dVa/dt = -Va/tau_a : volt\ndVb/dt = -Vb/tau_b : volt",
        threshold="Va > Vt",
        reset="Va = Vr",
        method="exact",
    )
    c1, c2 = (
        Synapses(inputs, target, on_pre="Va += 6*mV"),
        Synapses(inputs, target, on_pre="Vb += 3*mV"),
    )
    c1.connect(i=0, j=0)
    c2.connect(i=1, j=0)
    monitor = StateMonitor(target, ["Va", "Vb"], record=True)
    Network(inputs, target, c1, c2, monitor).run(10 * ms)
    times.append((time.perf_counter() - begin) * 1e3)
print(json.dumps({"rerun": statistics.median(times[2:]), "peak": float(max(monitor.Va[0] / mV))}))
