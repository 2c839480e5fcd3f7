"""Names of Brian 1 that neurolab does not have, and how the same is written with what it has.

A test runs every piece of code in this table.
"""

_SYNAPSES = ("It is a part of how Synapses compute.", "")
_UPDATER = (
    "How a group is integrated is chosen by its method.",
    "H = NeuronGroup(1, 'dV/dt = -V/(5*ms) : volt', method='rk4')",
)
_MATRIX = (
    "All connections are stored in one way, and C[:, :] gives the weights as an array.",
    "weights = C[:, :]",
)
_EQUATIONS = (
    "Membrane equations are written as text, one line for each current.",
    """
H = NeuronGroup(1, '''dV/dt = (I_leak + I_in)/(200*pF) : volt
                      I_leak = 10*nS*(-70*mV - V) : amp
                      I_in : amp''')
""",
)
_CLOCK = ("Clock is the one kind of clock.", "clock = Clock(dt=0.05*ms)")
_INSTANCES = ("Objects are given to a Network by name.", "network = Network(inputs, G, C, S)")
_PREFERENCES = ("There are no preferences: nothing is compiled.", "")
_UNITS = (
    "Units are those of the library pint. A quantity divided by its unit is a plain number.",
    "number = (3*mV)/mV",
)
_MESSAGES = ("Programs print their own messages.", "print('half way')")
_FILES = ("Files are read with numpy.", "values = array([1.0, 2.0])  # numpy.loadtxt('file.txt')")
_COINCIDENCES = (
    "Compare the recorded spike times after the run.",
    """
times, wanted = array(S[0]), array([0.001, 0.003])
coincidences = sum(abs(wanted - time).min() < 0.002 for time in times)
""",
)
_CORRELATED = (
    "Correlated trains can be drawn from one common train.",
    """
common = array([1.0, 4.0, 9.0])*ms
H = SpikeGeneratorGroup(2, [(i, time) for time in common for i in range(2) if rand() < 0.5])
""",
)
_HEARS = ("Hearing models are not available; brian2hears has them.", "")
_FITTING = (
    "Model fitting is not available. A sweep over a parameter is a loop of runs.",
    "peaks = [max(0, weight) for weight in linspace(0, 1, 5)]",
)

LACKING = {
    "invert_array": _SYNAPSES,
    "OfflinePoissonGroup": (
        "Draw the spikes with a PoissonGroup, record them, and play them again.",
        """
P = PoissonGroup(5, rates=100*Hz)
R = SpikeMonitor(P)
Network(P, R).run(20*ms)
H = SpikeGeneratorGroup(5, R.spikes)
""",
    ),
    "StateSpikeMonitor": (
        "Record the variable and look it up at the spike times.",
        "values = [M[i][int(round(t/(0.1*ms)))] for i, t in S.spikes]",
    ),
    "FileSpikeMonitor": (
        "Write the spikes to a file after the run.",
        "text = '\\n'.join(f'{i} {float(t)}' for i, t in S.spikes)  "
        "# open('spikes.txt', 'w').write(text)",
    ),
    "AERSpikeMonitor": (
        "Write the spikes to a file after the run.",
        "text = '\\n'.join(f'{i} {float(t)}' for i, t in S.spikes)",
    ),
    "StateHistogramMonitor": (
        "Record the variable and count its values.",
        "counts, edges = histogram(M[0]/mV, 20)",
    ),
    "CoincidenceCounter": _COINCIDENCES,
    "CoincidenceMatrixCounter": _COINCIDENCES,
    "gamma_factor": _COINCIDENCES,
    "get_gamma_factor": _COINCIDENCES,
    "get_gamma_factor_matrix": _COINCIDENCES,
    "VanRossumMetric": (
        "Filter both trains with an exponential kernel and integrate the squared difference.",
        """
def filtered(train, times, tau=2*ms):
    ages = times[:, newaxis] - array(train)[newaxis, :]
    return sum(where(ages >= 0, exp(-ages/float(tau)), 0), 1)

times = arange(200)*1e-4
distance = sum((filtered(S[0], times) - filtered(S[1], times))**2)*1e-4/0.002
""",
    ),
    "MultiConnection": (
        "Make one Connection for each target.",
        "both = [Connection(inputs, G[k:k + 1], 'V', weight=1*mV) for k in range(2)]",
    ),
    "MagicNetwork": (
        "The function run finds the program's objects, and Network(…) takes those it is given.",
        "run(5*ms)",
    ),
    "Monitor": (
        "The monitors are StateMonitor, SpikeMonitor, SpikeCounter, PopulationSpikeCounter and "
        "PopulationRateMonitor.",
        "R = PopulationRateMonitor(G)",
    ),
    "StateUpdater": _UPDATER,
    "LinearStateUpdater": _UPDATER,
    "NonlinearStateUpdater": _UPDATER,
    "FunStateUpdater": _UPDATER,
    "LazyStateUpdater": _UPDATER,
    "magic_state_updater": _UPDATER,
    "get_linear_equations": _UPDATER,
    "SynapticNoise": (
        "Noise is written as xi in the equations.",
        "H = NeuronGroup(1, 'dV/dt = -V/(5*ms) + 2*mV*xi/(5*ms)**0.5 : volt')",
    ),
    "select_reset": (
        "A reset is given when the group is made.",
        "H = NeuronGroup(1, 'dV/dt = -V/(5*ms) : volt', threshold='V > 9*mV', reset='V = 0*mV')",
    ),
    "Current": _EQUATIONS,
    "IonicCurrent": _EQUATIONS,
    "InjectedCurrent": _EQUATIONS,
    "MembraneEquation": _EQUATIONS,
    "Compartments": (
        "Write one voltage for each compartment, with the currents between them.",
        """
H = NeuronGroup(1, '''dVs/dt = (Vd - Vs)/(2*ms) - Vs/(10*ms) : volt
                      dVd/dt = (Vs - Vd)/(2*ms) - Vd/(10*ms) : volt''')
""",
    ),
    "unique_id": (
        "Names in equations are plain names; two texts are joined with +.",
        "eqs = Equations('dV/dt = -V/(5*ms) : volt') + Equations('I : volt')",
    ),
    "FloatClock": _CLOCK,
    "NaiveClock": _CLOCK,
    "RegularClock": _CLOCK,
    "guess_clock": _CLOCK,
    "SparseMatrix": _MATRIX,
    "sparse": _MATRIX,
    "ConnectionVector": _MATRIX,
    "SparseConnectionVector": _MATRIX,
    "DenseConnectionVector": _MATRIX,
    "ConstructionMatrix": _MATRIX,
    "SparseConstructionMatrix": _MATRIX,
    "DenseConstructionMatrix": _MATRIX,
    "DynamicConstructionMatrix": _MATRIX,
    "construction_matrix_register": _MATRIX,
    "ConnectionMatrix": _MATRIX,
    "SparseConnectionMatrix": _MATRIX,
    "DenseConnectionMatrix": _MATRIX,
    "DynamicConnectionMatrix": _MATRIX,
    "set_connection_from_sparse": (
        "A matrix, dense or one of scipy's sparse ones, is given to connect.",
        "C.connect(W=[[1, 2]]*mV)",
    ),
    "get_instances": _INSTANCES,
    "find_instances": _INSTANCES,
    "find_all_instances": _INSTANCES,
    "magic_register": _INSTANCES,
    "magic_return": _INSTANCES,
    "InstanceTracker": _INSTANCES,
    "get_global_preference": _PREFERENCES,
    "get_global_preferences": _PREFERENCES,
    "exists_global_preference": _PREFERENCES,
    "define_global_preference": _PREFERENCES,
    "Dimension": _UNITS,
    "Scale": _UNITS,
    "Unit": _UNITS,
    "get_dimensions": _UNITS,
    "get_unit": _UNITS,
    "get_unit_fast": _UNITS,
    "register_new_unit": _UNITS,
    "is_scalar_type": _UNITS,
    "scalar_representation": _UNITS,
    "display_in_unit": ("Divide by the unit.", "print(f'{3*mV/mV:.1f} mV')"),
    "check_units": ("Operations with wrong units raise an error by themselves.", "3*mV + 1*volt"),
    "log_warn": _MESSAGES,
    "log_info": _MESSAGES,
    "log_debug": _MESSAGES,
    "read_neuron_dat": _FILES,
    "read_atf": _FILES,
    "load_aer": _FILES,
    "group_correlations": (
        "Compare pairs of trains.",
        "value = total_correlation(S[0], S[1], width=5*ms)",
    ),
    "CorrelatedSpikeTrains": _CORRELATED,
    "mixture_process": _CORRELATED,
    "rectified_gaussian": _CORRELATED,
    "inv_rectified_gaussian": _CORRELATED,
    "HomogeneousCorrelatedSpikeTrains": _CORRELATED,
    "find_mixture": _CORRELATED,
    "MixtureHomogeneousCorrelatedSpikeTrains": _CORRELATED,
    "attribdict": (
        "Parameters are variables of the program, or a dict.",
        "parameters = dict(tau=5*ms)",
    ),
    "Parameters": (
        "Parameters are variables of the program, or a dict.",
        "parameters = dict(tau=5*ms)",
    ),
    "Tabulate": ("Functions of equations are computed directly.", ""),
    "TabulateInterp": ("Functions of equations are computed directly.", ""),
    "RemoteControlServer": ("A long run shows its progress.", "run(5*ms, report='text')"),
    "RemoteControlClient": ("A long run shows its progress.", "run(5*ms, report='text')"),
    "DataManager": (
        "Results of a sweep are kept in a list.",
        "results = [weight**2 for weight in range(3)]",
    ),
    "run_tasks": (
        "A sweep over a parameter is a loop of runs; multiprocessing runs them at the same time.",
        "results = [weight**2 for weight in range(3)]",
    ),
    "modelfitting": _FITTING,
    "hears": _HEARS,
    "AutoCorrelogram": (
        "Compute it after the run.",
        "counts = autocorrelogram(S[0], width=5*ms, bin=1*ms, T=20*ms)",
    ),
    "spike_triggered_average": (
        "Average the stretches before the spikes.",
        """
stimulus, before = M[0]/mV, 20
places = [int(round(t/(0.1*ms))) for t in S[0]]
average = mean([stimulus[k - before:k] for k in places if k >= before], axis=0)
""",
    ),
    "brian_sample_run": ("The tutorial's network is in the lab.", ""),
    "run_all_tests": ("The tests are run from the project's folder: make test.", ""),
}
"""Name → a sentence, and code that runs in a program with groups and monitors (or nothing)."""


_SPIKES_SO_FAR = "Record the spikes with a SpikeMonitor: S.spikes[-1] is the latest."
ATTRIBUTES = {
    "prepare": "Leave it out: a run prepares what it needs.",
    "LS": _SPIKES_SO_FAR,
    "N": "The number of neurons is len(G).",
    "insert_spikes": "Spikes of your own are those of a SpikeGeneratorGroup.",
    "plot": "Draw what was recorded: plot(M.times/ms, M[0]/mV), or raster_plot(S).",
    "clocks": "Each group has its clock: G.clock.",
    "link_var": "Copy the values in a network operation: @network_operation(when='start').",
    "set_var_by_array": (
        "Set the variable in a network operation: @network_operation(when='start')."
    ),
    "unit": "The unit of a variable is that of its values: G.V[0].",
    "connect_from_sparse": "Give the matrix to connect: C.connect(W=matrix).",
    "getspiketimes": "S[0] gives the spike times of neuron 0, and S.spiketimes those of each.",
}
"""Attributes that objects of Brian 1 have and ours lack → how the same is written here."""
