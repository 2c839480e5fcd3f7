"""neurolab: see what a synaptic connection is by changing one.

``from neurolab import *`` gives the names of the tutorial: groups, connections, monitors, ``run``, units, plotting, and
the numpy functions its programs use. ``from neurolab import Lab`` gives the interactive page. Everything is loaded when
it is first asked for.
"""

import importlib

__version__ = "0.1.0"

_HOMES = {
    "core.binding": ("Equations",),
    "core.neurons": ("NeuronGroup",),
    "core.triggers": ("Threshold", "EmpiricalThreshold", "VariableThreshold", "StringThreshold", "NoThreshold", "Reset",
                      "Refractoriness", "VariableReset", "StringReset", "NoReset", "FunThreshold", "SimpleFunThreshold",
                      "FunReset"),
    "core.generators": ("SpikeGeneratorGroup", "PoissonGroup"),
    "core.connection": ("Connection",),
    "core.monitors": ("StateMonitor",),
    "core.spikemonitors": ("SpikeMonitor", "SpikeCounter", "PopulationSpikeCounter", "PopulationRateMonitor",
                           "ISIHistogramMonitor"),
    "core.variants": ("IdentityConnection", "DelayConnection", "MultipleSpikeGeneratorGroup", "PulsePacket"),
    "core.trains": ("firing_rate", "CV", "vector_strength", "correlogram", "autocorrelogram", "CCF", "ACF", "CCVF", "ACVF",
                    "total_correlation", "sort_spikes", "have_same_dimensions", "is_dimensionless"),
    "core.network": ("Network", "run"),
    "core.operations": ("network_operation",),
    "core.preferences": ("set_global_preferences", "log_level_debug", "log_level_error", "log_level_info",
                         "log_level_warn"),
    "core.clock": ("Clock", "EventClock"),
    "core.magic": ("defaultclock", "reinit_default_clock", "get_default_clock", "define_default_clock", "seed",
                   "rand", "randn", "forget", "recall", "clear"),
    "errors": ("NeurolabError", "NeurolabWarning", "DimensionMismatchError"),
    "units": ("Quantity",),
    "plotting": ("plot", "figure", "subplot", "xlabel", "ylabel", "title", "legend", "show", "xlim", "ylim", "savefig",
                 "raster_plot", "hist", "bar", "scatter", "axis", "axhline", "axvline", "clf", "close", "grid",
                 "hold", "ioff", "ion", "draw", "raster_plot_spiketimes", "hist_plot", "imshow", "xticks", "yticks",
                 "colorbar", "text", "errorbar", "semilogx", "semilogy", "loglog", "specgram", "psd", "cla", "gca", "gcf",
                 "setp", "axes", "contour", "contourf", "pcolor", "pcolormesh", "matshow", "fill", "fill_between",
                 "boxplot", "step", "stem", "quiver", "annotate", "suptitle", "figtext", "vlines", "hlines", "axvspan",
                 "axhspan", "subplots_adjust", "tight_layout", "twinx", "twiny", "xscale", "yscale", "clim", "pie",
                 "polar", "barh", "acorr", "xcorr", "arrow", "rc", "hot", "gray", "jet", "hsv", "pause",
                 "spy", "delaxes", "minorticks_on"),
}
_NUMPY = ("arange", "array", "ceil", "clip", "cos", "cosh", "cumsum", "diff", "dot", "exp", "eye", "floor", "histogram",
          "inf", "linspace", "log", "log10", "logspace", "mean", "median", "meshgrid", "nan", "ones", "outer", "pi",
          "sign", "sin", "sinh", "sqrt", "std", "tan", "tanh", "transpose", "unique", "var", "where", "zeros",
          "allclose", "amax", "amin", "arccos", "arcsin", "arctan", "arctan2", "argmax", "argmin", "argsort", "asarray",
          "bincount", "column_stack", "concatenate", "convolve", "corrcoef", "cov", "cumprod", "diag", "digitize", "exp2",
          "expm1", "fft", "fill_diagonal", "flatnonzero", "fliplr", "flipud", "floor_divide", "hstack", "identity", "inner",
          "interp", "isfinite", "isinf", "isnan", "isscalar", "linalg", "log1p", "log2", "logical_and", "logical_not",
          "logical_or", "maximum", "minimum", "mod", "nanmean", "newaxis", "nonzero", "ones_like", "percentile", "polyfit",
          "polyval", "prod", "ravel", "repeat", "reshape", "roll", "searchsorted", "shape", "size", "sort", "square",
          "squeeze", "tile", "tril", "trapz", "triu", "vstack",
          "zeros_like", "around", "arcsinh", "arccosh", "arctanh", "argwhere", "array_equal", "average", "bitwise_and",
          "bool_", "broadcast_arrays", "choose", "complex128", "compress", "copy", "count_nonzero", "cross", "empty",
          "empty_like", "expand_dims", "finfo", "fix", "fmod", "full", "gradient", "hamming", "hanning", "hypot", "Inf",
          "infty", "intersect1d", "iscomplex", "isreal", "kron", "loadtxt", "logical_xor", "NaN", "nanargmax", "nanmax",
          "nanmin", "nansum", "ndarray", "ndim", "ndindex", "power", "ptp", "rad2deg", "deg2rad", "real", "imag", "angle",
          "conj", "rint", "rot90", "save", "load", "savetxt", "setdiff1d", "sinc", "subtract", "add", "multiply", "divide",
          "swapaxes", "take", "tensordot", "trace", "union1d", "unwrap", "vectorize", "float64", "int32", "int64",
          "split", "hsplit", "vsplit", "delete", "insert", "append", "atleast_1d", "atleast_2d",
          "isclose", "in1d", "ogrid", "mgrid", "r_", "c_", "vdot", "true_divide", "float_", "alltrue", "sometrue", "product")
# Numpy's present names for those that the programs use.
_NOW = {"trapz": "trapezoid", "randint": "integers", "Inf": "inf", "infty": "inf", "NaN": "nan", "in1d": "isin",
        "float_": "float64", "alltrue": "all", "sometrue": "any", "product": "prod"}
_RANDOM = ("binomial", "exponential", "gamma", "lognormal", "normal", "permutation", "poisson", "randint",
           "shuffle", "uniform")
_EXPERIMENT = {"Experiment": "lab.experiment", "simulate": "lab.simulate", "Lab": "views.page"}
_WHERE = {name: home for home, names in _HOMES.items() for name in names}


def _unit_names():
    return importlib.import_module(".units", __name__).NAMES


def _lacking():
    return importlib.import_module(".core.lacking", __name__).LACKING


def __getattr__(name):
    if name == "__all__":
        importlib.import_module(".core.magic", __name__).note_star_import()
        return [*_WHERE, *_NUMPY, *_RANDOM, *_unit_names(), *_lacking()]
    if name in _NUMPY:
        return getattr(importlib.import_module("numpy"), _NOW.get(name, name))
    if name in _RANDOM:  # of the generator that `seed` makes repeatable
        return getattr(importlib.import_module(".core.magic", __name__).generator, _NOW.get(name, name))
    if name in _WHERE or name in _EXPERIMENT:
        module = importlib.import_module(f".{_WHERE.get(name) or _EXPERIMENT[name]}", __name__)
        return getattr(module, name)
    if not name.startswith("_") and name in _unit_names():
        return importlib.import_module(".units", __name__).unit_quantity(name)
    if not name.startswith("_") and name in _lacking():
        return importlib.import_module(".core.lacking", __name__).Lacking(name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    return [*globals(), *_WHERE, *_NUMPY, *_RANDOM, *_unit_names(), *_lacking(), *_EXPERIMENT]
