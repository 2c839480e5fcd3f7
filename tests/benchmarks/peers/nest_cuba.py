"""Tutorial 2c's network in NEST: ``nest_cuba.py NEURONS MILLISECONDS THREADS`` prints seconds as JSON."""

import json
import sys
import time

import nest
import numpy as np

neurons, duration, threads = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
nest.set_verbosity("M_ERROR")
nest.ResetKernel()
nest.local_num_threads = threads
nest.resolution = 0.1
begin = time.perf_counter()
tau_m, c_m = 20.0, 100.0  # a current of g C/tau_m does what g mV do in dV/dt = (g - V)/tau_m
group = nest.Create(
    "iaf_psc_exp",
    neurons,
    params={
        "E_L": -49.0,
        "V_th": -50.0,
        "V_reset": -60.0,
        "tau_m": tau_m,
        "C_m": c_m,
        "t_ref": 0.1,
        "tau_syn_ex": 5.0,
        "tau_syn_in": 10.0,
        "I_e": 0.0,
    },
)
group.V_m = np.random.default_rng(1).uniform(-60.0, -50.0, neurons)
excitatory = neurons * 4 // 5
rule = {"rule": "pairwise_bernoulli", "p": 80 / neurons}
nest.Connect(group[:excitatory], group, rule, {"weight": 1.62 * c_m / tau_m, "delay": 0.1})
nest.Connect(group[excitatory:], group, rule, {"weight": -9.0 * c_m / tau_m, "delay": 0.1})
spikes, trace = (
    nest.Create("spike_recorder"),
    nest.Create("multimeter", params={"record_from": ["V_m"], "interval": 0.1}),
)
nest.Connect(group, spikes)
nest.Connect(trace, group[:1])
built = time.perf_counter()
nest.Simulate(duration)
run, fired = time.perf_counter() - built, int(spikes.n_events)
nest.Simulate(duration)
again = time.perf_counter() - built - run
print(json.dumps({"setup": built - begin, "run": run, "again": again, "spikes": fired}))
