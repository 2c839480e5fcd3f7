"""A neuron that learns from 1000 random inputs: ``neurolab_stdp.py SECONDS`` prints seconds as JSON.

The network is that of Song, Miller and Abbott, Nat Neurosci 3 (2000), 919.
"""

import json
import sys
import time

from neurolab import *

duration = float(sys.argv[1])
seed(1)
begin = time.perf_counter()
inputs = PoissonGroup(1000, rates=15 * Hz)
cell = NeuronGroup(
    1,
    """
    dV/dt  = (-70*mV - V + ge*(0*mV - V))/(10*ms) : volt
    dge/dt = -ge/(5*ms) : 1
    """,
    threshold=-54 * mV,
    reset=-60 * mV,
)
cell.V = -70 * mV
C = Connection(inputs, cell, "ge")
C.connect(inputs, cell, 0.01 * rand(1000, 1))
rule = ExponentialSTDP(C, taup=20 * ms, taum=20 * ms, Ap=0.01, Am=-0.0105, wmax=0.01)
M = SpikeMonitor(cell)
built = time.perf_counter()
run(1 * second)
first = time.perf_counter() - built
run(duration * second)
again = time.perf_counter() - built - first
print(json.dumps({"setup": built - begin, "run": first, "again": again, "spikes": M.nspikes}))
