"""Networks of every kind that the picture of a network has to show."""

from neurolab.experiment.experiment import (
    Entries,
    Experiment,
    Inputs,
    Neurons,
    Parameter,
    Rule,
    Synapses,
)
from neurolab.experiment.presets import PRESETS, TUTORIAL

_DECAYS = "dV/dt = -V/tau : volt\ndw/dt = -w/tau : volt"


def group(name, size):
    return Neurons(name, size, _DECAYS, "V > Vt", "V = Vr")


def network(groups, *connections):
    """An experiment of two inputs and these groups (name → size)."""
    return Experiment(
        (Inputs("inputs", ((1.0, 4.0), (2.0, 3.0))), *(group(*item) for item in groups.items())),
        connections,
        (Parameter("tau", 5.0, "ms"), Parameter("Vt", 10.0, "mV"), Parameter("Vr", 0.0, "mV")),
    )


def full(n_sources, n_targets, weight=3.0):
    return ((weight,) * n_targets,) * n_sources


FIVE = network(
    {"target": 5},
    Synapses(
        "C1", "inputs", "target", "V", ((6.0, 5.0, 4.0, 3.0, 2.0), (0.0, -1.0, 0.0, -2.0, 0.0))
    ),
    Synapses("C2", "inputs", "target", "w", ((0.0, 1.0, 0.0, 2.0, 0.0), (3.0,) * 5)),
)
RING = network(
    {"cells": 3},
    Synapses("C", "inputs", "cells", "V", ((9.0, 0.0, 0.0), (0.0, 9.0, 0.0))),
    Synapses("R", "cells", "cells", "V", ((0.0, 2.0, 0.0), (2.0, 0.0, -3.0), (1.0, 0.0, 0.5)), 2.0),
)
SELVES = network(
    {"cell": 1},
    Synapses("C", "inputs", "cell", "V", full(2, 1)),
    Synapses("S", "cell", "cell", "w", ((3.0,),)),
    Synapses("T", "cell", "cell", "V", ((-2.0,),)),
)
LAYERS = network(
    {"relay": 3, "out": 2},
    Synapses("C1", "inputs", "relay", "V", ((12.0, 0.0, 0.0), (0.0, 12.0, 3.0))),
    Synapses("C2", "relay", "out", "V", ((6.0, 0.0), (6.0, -4.0), (0.0, 11.0))),
    Synapses("skip", "inputs", "out", "V", ((0.0, 4.0), (0.0, 0.0))),
    Synapses("back", "out", "relay", "V", ((0.0, -5.0, 0.0), (0.0, 0.0, 0.0))),
)
BALANCE = network(
    {"E": 3, "I": 1},
    Synapses("CE", "inputs", "E", "V", ((12.0, 0.0, 0.0), (0.0, 12.0, 3.0))),
    Synapses("CI", "inputs", "I", "V", ((2.0,), (2.0,))),
    Synapses("EI", "E", "I", "V", full(3, 1)),
    Synapses("IE", "I", "E", "V", full(1, 3, -6.0)),
)
CHAIN = network(
    {f"layer_{name}": 2 for name in ("one", "two", "three", "four", "five")},
    *(
        Synapses(f"C{i}", source, f"layer_{target}", "V", full(2, 2))
        for i, (source, target) in enumerate(
            (
                ("inputs", "one"),
                ("layer_one", "two"),
                ("layer_two", "three"),
                ("layer_three", "four"),
                ("layer_four", "five"),
            )
        )
    ),
)
DENSE = network(
    {"cells": 7},
    Synapses("C", "inputs", "cells", "V", full(2, 7)),
    Synapses("R", "cells", "cells", "V", full(7, 7, -1.0)),
)
TEN = network({"cells": 10}, Synapses("R", "cells", "cells", "V", full(10, 10, -1.0)))
LARGE = network(
    {"cells": 400},
    Synapses("C", "inputs", "cells", "V", Rule("random", 6.0, 0.5)),
    Synapses("R", "cells", "cells", "w", Rule("random", 0.8, 0.05, 3), 1.5),
)
LISTED = network(
    {"cells": 400},
    Synapses("R", "cells", "cells", "V", Entries((0, 5, 99), (3, 200, 399), (1.0, 2.0, 6.0))),
)
_PARTS = {"E": (0, 320), "I": (320, 400)}
PARTS = network(
    {"cells": 400},
    *(
        Synapses(
            source + target,
            "cells",
            "cells",
            "V",
            Rule("random", weight, 0.05, 3, _PARTS[source], _PARTS[target]),
        )
        for source, weight in (("E", 1.0), ("I", -4.0))
        for target in "EI"
    ),
)
ALONE = Experiment((group("cell", 1),), (), FIVE.parameters)

NETWORKS = {
    **{name: preset.experiment for name, preset in PRESETS.items()},
    "tutorial": TUTORIAL,
    "five": FIVE,
    "ring": RING,
    "selves": SELVES,
    "layers": LAYERS,
    "balance": BALANCE,
    "chain": CHAIN,
    "dense": DENSE,
    "ten": TEN,
    "large": LARGE,
    "listed": LISTED,
    "parts": PARTS,
    "alone": ALONE,
}
