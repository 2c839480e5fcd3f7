"""Tutorial 2a's network in NEST, built and run again after each edit; prints the median milliseconds as JSON.

NEST has no model with two free variables; two neurons with one exponential current each stand for Va and Vb.
"""

import json
import statistics
import time

import nest

nest.set_verbosity("M_ERROR")
times = []
for edit in range(60):
    begin = time.perf_counter()
    nest.ResetKernel()
    nest.resolution = 0.1
    inputs = nest.Create(
        "spike_generator", 2, params=[{"spike_times": [1.0, 4.0]}, {"spike_times": [2.0, 3.0]}]
    )
    target = nest.Create(
        "iaf_psc_exp", 2, params=[{"tau_syn_ex": 1.0 + 0.01 * edit}, {"tau_syn_ex": 10.0}]
    )
    meter = nest.Create("multimeter", params={"record_from": ["I_syn_ex"], "interval": 0.1})
    nest.Connect(inputs[0], target[0], syn_spec={"weight": 6.0, "delay": 0.1})
    nest.Connect(inputs[1], target[1], syn_spec={"weight": 3.0, "delay": 0.1})
    nest.Connect(meter, target)
    nest.Simulate(10.0)
    values = meter.events["I_syn_ex"]
    times.append((time.perf_counter() - begin) * 1e3)
print(json.dumps({"rerun": statistics.median(times[10:]), "peak": float(max(values))}))
