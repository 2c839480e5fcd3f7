"""Run Brian 2 programs, given as JSON {name: text} in a file, and write what their monitors recorded to another.

The second file holds for each program ``name/0``, ``name/1``, … (the variables of its state monitors, in order), or
``name/error`` if Brian 2 refuses it.
"""

import gc
import json
import sys
import warnings
from pathlib import Path

import matplotlib
import numpy as np
from brian2 import BrianLogger, StateMonitor, start_scope

matplotlib.use("Agg")
warnings.simplefilter("ignore")

BrianLogger.suppress_name("")
np.seterr(all="ignore")
gc.freeze()  # Brian 2 collects garbage in each run, which the packages' own objects would make slow


def recorded(text, name):
    start_scope()
    namespace = {"__name__": "__main__"}
    exec(compile(text, name, "exec"), namespace)
    matplotlib.pyplot.close("all")
    monitors = [value for value in namespace.values() if isinstance(value, StateMonitor)]
    return [
        np.asarray(getattr(monitor, state))
        for monitor in monitors
        for state in monitor.record_variables
    ]


programs, found = json.loads(Path(sys.argv[1]).read_text()), {}
for name, text in programs.items():
    try:
        for number, values in enumerate(recorded(text, name)):
            found[f"{name}/{number}"] = values
    except Exception as error:
        causes = [error]
        while causes[-1].__cause__ is not None:
            causes.append(causes[-1].__cause__)
        found[f"{name}/error"] = np.array(
            " <- ".join(f"{type(cause).__name__}: {cause}" for cause in causes)
        )
np.savez(sys.argv[2], **found)
