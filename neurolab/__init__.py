"""neurolab: see what a synaptic connection is by changing one.

``from neurolab import *`` gives the names of the tutorial: groups, connections, monitors, ``run``,
units, plotting, and the numpy functions its programs use. ``from neurolab import Lab`` gives the
interactive page. Everything is loaded when it is first asked for.
"""

import importlib

from .brian.lacking import LACKING, Lacking
from .names import EXPORTED, HOMES, LIST_FUNCTIONS, NOW, NUMPY, RANDOM, UNITS

__version__ = "0.1.0"

_EXPERIMENT = {
    "Experiment": "experiment.experiment",
    "simulate": "experiment.simulate",
    "Lab": "ui.page.lab",
}
_WHERE = {name: home for home, names in HOMES.items() for name in names}

__all__ = [*EXPORTED, *LACKING]


def __getattr__(name: str) -> object:
    if name in LIST_FUNCTIONS:
        return importlib.import_module(".arrays", __name__).of_one_dimension(name)
    if name in NUMPY:
        return getattr(importlib.import_module("numpy"), NOW.get(name, name))
    if name in RANDOM:  # of the generator that `seed` makes repeatable
        return getattr(
            importlib.import_module(".brian.magic", __name__).generator, NOW.get(name, name)
        )
    if name in _WHERE or name in _EXPERIMENT:
        module = importlib.import_module(f".{_WHERE.get(name) or _EXPERIMENT[name]}", __name__)
        return getattr(module, name)
    if not name.startswith("_") and name in UNITS:
        return importlib.import_module(".units", __name__).unit_quantity(name)
    if name in LACKING:
        return Lacking(name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*globals(), *__all__, *_EXPERIMENT]
