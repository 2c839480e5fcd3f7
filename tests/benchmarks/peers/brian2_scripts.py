"""Run Brian 2 programs, given as JSON {name: text} in a file; write what their state monitors recorded to another."""

import json
import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")

import numpy as np
from brian2 import NeuronGroup, StateMonitor, start_scope

programs, found = json.loads(Path(sys.argv[1]).read_text()), {}
for name, text in programs.items():
    start_scope()
    namespace = {"__name__": "__main__"}
    exec(compile(text, name, "exec"), namespace)
    matplotlib.pyplot.close("all")
    names = {value.name: name for name, value in namespace.items() if isinstance(value, NeuronGroup)}
    for monitor in [value for value in namespace.values() if isinstance(value, StateMonitor)]:
        for state in monitor.record_variables:
            found[f"{name}/{names[monitor.source.name]}/{state}"] = np.asarray(getattr(monitor, state))
np.savez(sys.argv[2], **found)
