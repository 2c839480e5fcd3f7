"""neurolab: see what a synaptic connection is by changing one.

``from neurolab import *`` gives the names of the tutorial: groups, connections, monitors, ``run``, units, plotting, and
the numpy functions its programs use. ``from neurolab import Lab`` gives the interactive page. Everything is loaded when
it is first asked for.
"""

import importlib

__version__ = "0.1.0"

_HOMES = {
    "core.equations": ("Equations",),
    "core.neurons": ("NeuronGroup",),
    "core.generators": ("SpikeGeneratorGroup", "PoissonGroup"),
    "core.connection": ("Connection",),
    "core.monitors": ("StateMonitor",),
    "core.spikemonitors": ("SpikeMonitor", "SpikeCounter", "PopulationSpikeCounter", "PopulationRateMonitor"),
    "core.network": ("Network", "run"),
    "core.operations": ("network_operation",),
    "core.clock": ("Clock", "EventClock"),
    "core.magic": ("defaultclock", "reinit_default_clock", "seed", "rand", "randn"),
    "errors": ("NeurolabError",),
    "plotting": ("plot", "figure", "subplot", "xlabel", "ylabel", "title", "legend", "show", "xlim", "ylim", "savefig",
                 "raster_plot"),
}
_NUMPY = ("arange", "array", "ceil", "clip", "cos", "cosh", "cumsum", "diff", "dot", "exp", "eye", "floor", "histogram",
          "inf", "linspace", "log", "log10", "logspace", "mean", "median", "meshgrid", "nan", "ones", "outer", "pi",
          "sign", "sin", "sinh", "sqrt", "std", "tan", "tanh", "transpose", "unique", "var", "where", "zeros")
_EXPERIMENT = {"Experiment": "lab.experiment", "simulate": "lab.simulate", "Lab": "views.page"}
_WHERE = {name: home for home, names in _HOMES.items() for name in names}


def _unit_names():
    return importlib.import_module(".units", __name__).NAMES


def __getattr__(name):
    if name == "__all__":
        importlib.import_module(".core.magic", __name__).note_star_import()
        return [*_WHERE, *_NUMPY, *_unit_names()]
    if name in _NUMPY:
        return getattr(importlib.import_module("numpy"), name)
    if name in _WHERE or name in _EXPERIMENT:
        module = importlib.import_module(f".{_WHERE.get(name) or _EXPERIMENT[name]}", __name__)
        return getattr(module, name)
    if not name.startswith("_") and name in _unit_names():
        return importlib.import_module(".units", __name__).unit_quantity(name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    return [*globals(), *_WHERE, *_NUMPY, *_unit_names(), *_EXPERIMENT]
