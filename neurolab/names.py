"""The names that ``from neurolab import *`` gives, as plain data that loads nothing."""


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


HOMES: dict[str, tuple[str, ...]] = {
    "brian.script_equations": ("Equations",),
    "brian.neurons": ("NeuronGroup",),
    "brian.thresholds_and_resets": _names(
        """
        Threshold EmpiricalThreshold VariableThreshold StringThreshold NoThreshold Reset
        Refractoriness VariableReset StringReset NoReset
        """
    ),
    "brian.programmed_rules": _names(
        """
        FunThreshold SimpleFunThreshold PoissonThreshold HomogeneousPoissonThreshold FunReset
        SimpleCustomRefractoriness CustomRefractoriness
        """
    ),
    "brian.generators": ("SpikeGeneratorGroup",),
    "brian.poisson": ("PoissonGroup",),
    "brian.poisson_input": ("PoissonInput",),
    "brian.timed_arrays": ("TimedArray",),
    "brian.linked_variables": ("linked_var",),
    "brian.array_setters": ("TimedArraySetter", "set_group_var_by_array"),
    "brian.connection": ("Connection",),
    "brian.plasticity.short_term": ("STP",),
    "brian.plasticity.spike_timing": ("STDP", "ExponentialSTDP"),
    "brian.synapses.equations": ("SynapticEquations",),
    "brian.synapses.synapses": ("Synapses",),
    "brian.state_monitors": ("StateMonitor",),
    "brian.combined_monitors": ("MultiStateMonitor", "RecentStateMonitor"),
    "brian.spike_monitors": ("SpikeMonitor", "SpikeCounter", "PopulationSpikeCounter"),
    "brian.rate_monitors": ("PopulationRateMonitor", "ISIHistogramMonitor"),
    "brian.variants": _names(
        """
        IdentityConnection DelayConnection MultipleSpikeGeneratorGroup PulsePacket
        """
    ),
    "brian.spike_trains": _names(
        """
        firing_rate CV vector_strength correlogram autocorrelogram CCF ACF CCVF ACVF
        total_correlation sort_spikes have_same_dimensions is_dimensionless
        """
    ),
    "brian.network": ("Network", "run", "reinit"),
    "brian.operations": ("network_operation", "NetworkOperation"),
    "brian.preferences": _names(
        """
        set_global_preferences log_level_debug log_level_error log_level_info log_level_warn
        """
    ),
    "brian.clock": ("Clock", "EventClock"),
    "brian.magic": _names(
        """
        defaultclock reinit_default_clock get_default_clock define_default_clock seed rand
        randn forget recall clear stop
        """
    ),
    "errors": ("NeurolabError", "NeurolabWarning", "DimensionMismatchError"),
    "units": ("Quantity",),
    "plotting.facade": _names(
        """
        plot figure subplot xlabel ylabel title legend show savefig hist bar scatter axhline axvline
        clf close grid hold ioff ion draw
        """
    ),
    "plotting.axis_limits": ("xlim", "ylim", "axis"),
    "plotting.spike_plots": ("raster_plot", "raster_plot_spiketimes", "hist_plot"),
    "plotting.matplotlib_functions": _names(
        """
        imshow xticks yticks colorbar text errorbar semilogx semilogy loglog specgram psd cla gca
        gcf setp axes contour contourf pcolor pcolormesh matshow fill fill_between boxplot step stem
        quiver annotate suptitle figtext vlines hlines axvspan axhspan subplots_adjust tight_layout
        twinx twiny xscale yscale clim pie polar barh acorr xcorr arrow rc hot gray jet hsv pause
        spy delaxes minorticks_on
        """
    ),
}
"""The simulator's own names, by the module in which each is defined."""

NUMPY = _names(
    """
    arange array ceil clip cos cosh cumsum diff dot exp eye floor histogram inf linspace log log10
    logspace mean median meshgrid nan ones outer pi sign sin sinh sqrt std tan tanh transpose
    unique var where zeros allclose amax amin arccos arcsin arctan arctan2 argmax argmin argsort
    asarray bincount column_stack concatenate convolve corrcoef cov cumprod diag digitize exp2
    expm1 fft fill_diagonal flatnonzero fliplr flipud floor_divide hstack identity inner interp
    isfinite isinf isnan isscalar linalg log1p log2 logical_and logical_not logical_or maximum
    minimum mod nanmean newaxis nonzero ones_like percentile polyfit polyval prod ravel repeat
    reshape roll searchsorted shape size sort square squeeze tile tril trapz triu vstack
    zeros_like around arcsinh arccosh arctanh argwhere array_equal average bitwise_and bool_
    broadcast_arrays choose complex128 compress copy count_nonzero cross empty empty_like
    expand_dims finfo fix fmod full gradient hamming hanning hypot Inf infty intersect1d iscomplex
    isreal kron loadtxt logical_xor NaN nanargmax nanmax nanmin nansum ndarray ndim ndindex power
    ptp rad2deg deg2rad real imag angle conj rint rot90 save load savetxt setdiff1d sinc subtract
    add multiply divide swapaxes take tensordot trace union1d unwrap vectorize float64 int32 int64
    split hsplit vsplit delete insert append atleast_1d atleast_2d isclose in1d ogrid mgrid r_ c_
    vdot true_divide float_ alltrue sometrue product
    """
)
"""Names that are those of numpy."""
LIST_FUNCTIONS = _names(
    """
    amax amin append array asarray average column_stack concatenate cumsum diff hstack insert mean
    median sort std unique var vstack
    """
)
"""Functions of numpy that refuse a list of mixed dimensions here (`arrays`)."""
NOW = {
    "trapz": "trapezoid",
    "randint": "integers",
    "Inf": "inf",
    "infty": "inf",
    "NaN": "nan",
    "in1d": "isin",
    "float_": "float64",
    "alltrue": "all",
    "sometrue": "any",
    "product": "prod",
}
"""The present names of numpy for older names that the programs use."""

RANDOM = _names(
    """
    binomial exponential gamma lognormal normal permutation poisson randint shuffle uniform
    """
)
"""Functions of the random generator that `seed` makes repeatable."""

_SPELLED_OUT = _names(
    """
    second metre meter amp volt farad ohm siemens hertz coulomb joule watt newton mole molar
    kelvin
    """
)
_SHORT = _names(
    """
    ms us ns mV uV nV mA uA nA pA mS uS nS pS pF nF uF Hz kHz MHz mm cm um nm kohm Mohm Gohm uM mM
    nM
    """
)
_WITH_POWERS = _names(
    """
    metre mmetre cmetre umetre meter mmeter cmeter umeter mm cm um
    """
)
UNITS = (
    *(
        prefix + name
        for name in _SPELLED_OUT
        for prefix in ("", "f", "p", "n", "u", "m", "k", "M", "G")
    ),
    "cmetre",
    "cmeter",
    *(name for name in _SHORT if not name.endswith("ohm")),
    "kilogram",
    "gram",
    *(name + power for name in _WITH_POWERS for power in "23"),
)
"""Names of units. Single letters are left out, so that programs can use them for variables."""

EXPORTED = (*(name for names in HOMES.values() for name in names), *NUMPY, *RANDOM, *UNITS)
"""All of them."""
