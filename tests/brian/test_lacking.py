"""Names of Brian 1: each is here, or says how the same is written, and what it says runs."""

import types

import pytest

import neurolab
from neurolab import NeuronGroup
from neurolab.brian.lacking import LACKING, Lacking
from neurolab.errors import NotAvailableError, UnknownAttributeError

PUBLIC_NAMES = """
Clock defaultclock guess_clock define_default_clock reinit_default_clock get_default_clock EventClock RegularClock FloatClock
NaiveClock SparseMatrix sparse ConnectionVector SparseConnectionVector DenseConnectionVector ConstructionMatrix
SparseConstructionMatrix DenseConstructionMatrix DynamicConstructionMatrix construction_matrix_register ConnectionMatrix
SparseConnectionMatrix DenseConnectionMatrix DynamicConnectionMatrix set_connection_from_sparse Connection DelayConnection
IdentityConnection MultiConnection Synapses invert_array SpikeGeneratorGroup PulsePacket PoissonGroup OfflinePoissonGroup
PoissonInput StateUpdater LinearStateUpdater NonlinearStateUpdater SynapticNoise LazyStateUpdater magic_state_updater
FunStateUpdater get_linear_equations VanRossumMetric SpikeMonitor PopulationSpikeCounter SpikeCounter FileSpikeMonitor
StateMonitor ISIHistogramMonitor Monitor PopulationRateMonitor StateSpikeMonitor MultiStateMonitor RecentStateMonitor
CoincidenceCounter CoincidenceMatrixCounter StateHistogramMonitor AERSpikeMonitor Network MagicNetwork NetworkOperation
network_operation run reinit stop clear forget recall NeuronGroup linked_var plot show figure xlabel ylabel title axis
raster_plot raster_plot_spiketimes hist_plot Reset VariableReset Refractoriness NoReset FunReset CustomRefractoriness
SimpleCustomRefractoriness StringReset select_reset Threshold FunThreshold VariableThreshold NoThreshold EmpiricalThreshold
SimpleFunThreshold PoissonThreshold HomogeneousPoissonThreshold StringThreshold Dimension Scale DimensionMismatchError
get_dimensions is_dimensionless have_same_dimensions display_in_unit Quantity Unit register_new_unit check_units
is_scalar_type get_unit get_unit_fast scalar_representation firing_rate CV correlogram autocorrelogram CCF ACF CCVF ACVF
group_correlations sort_spikes total_correlation vector_strength gamma_factor get_gamma_factor_matrix get_gamma_factor
spike_triggered_average read_neuron_dat read_atf load_aer DataManager run_tasks attribdict Parameters Tabulate TabulateInterp
rectified_gaussian inv_rectified_gaussian HomogeneousCorrelatedSpikeTrains MixtureHomogeneousCorrelatedSpikeTrains
CorrelatedSpikeTrains mixture_process find_mixture RemoteControlServer RemoteControlClient Equations unique_id
set_global_preferences get_global_preference get_global_preferences exists_global_preference define_global_preference
Current IonicCurrent InjectedCurrent MembraneEquation Compartments log_warn log_info log_debug log_level_error log_level_warn
log_level_info log_level_debug get_instances find_instances find_all_instances magic_register magic_return InstanceTracker
STDP ExponentialSTDP STP TimedArray TimedArraySetter set_group_var_by_array MultipleSpikeGeneratorGroup brian_sample_run
run_all_tests
""".split()
"""What ``from brian import *`` gave, units and the names of numpy and pylab apart (version 1.4)."""

PROGRAM = """
from neurolab import *
inputs = SpikeGeneratorGroup(2, [(0, 1*ms), (1, 3*ms)])
G = NeuronGroup(2, 'dV/dt = (I - V)/(5*ms) : volt\\nI : volt', threshold=10*mV, reset=0*mV)
H = NeuronGroup(2, 'dV/dt = -V/(5*ms) : volt')
G.I = 30*mV
C = Connection(inputs, G, 'V', weight=1*mV)
S, M = SpikeMonitor(G), StateMonitor(G, 'V', record=True)
run(20*ms)
"""


def test_every_public_name_of_the_original_is_exported():
    assert set(PUBLIC_NAMES) <= set(neurolab.__all__)


@pytest.mark.parametrize("name", sorted(LACKING))
def test_a_name_that_is_lacking_says_so_when_it_is_used(name):
    found = getattr(neurolab, name)
    assert isinstance(found, Lacking)
    assert not hasattr(found, "attribute")
    for use in (lambda: found(), lambda: found[0], lambda: found.attribute, lambda: list(found)):
        with pytest.raises(
            (NotAvailableError, UnknownAttributeError),
            match=f"{name} of Brian 1 is not available here. [A-Z]",
        ):
            use()
    with pytest.raises(NameError):
        types.new_class("Own", (found,))


@pytest.mark.parametrize("code", sorted({code for _, code in LACKING.values() if code}))
def test_the_code_that_an_advice_gives_runs(code):
    program = compile(f"{PROGRAM}\n{code}\nrun(5*ms)", "advice", "exec")
    exec(program, {})


@pytest.mark.parametrize(
    "use",
    [
        "G.N",
        "G.link_var('V', H)",
        "M.plot()",
        "S.insert_spikes([0])",
        "C.connect_from_sparse(1)",
    ],
)
def test_an_attribute_that_is_lacking_says_how_the_same_is_written(use):
    names = {}
    exec(PROGRAM, names)
    with pytest.raises(
        UnknownAttributeError, match=r"\w+ of Brian 1 is not available here\. [A-Z].*\.$"
    ):
        eval(use, names)


@pytest.mark.parametrize(
    ("use", "similar"),
    [
        ("M.value", "values"),
        ("S.nspike", "nspikes"),
        ("Network(G).runs", "run"),
        ("C.delays", "delay"),
    ],
)
def test_a_misspelt_attribute_is_answered_with_a_similar_one(use, similar):
    names = {}
    exec(PROGRAM, names)
    with pytest.raises(UnknownAttributeError, match=f"Did you mean {similar}"):
        eval(use, names)


def test_a_variable_of_the_model_may_have_the_name_of_a_lacking_attribute():
    G = NeuronGroup(1, "dN/dt = -N/(5*ms) : 1")
    G.N = 3
    assert G.N[0] == 3
    with pytest.raises(UnknownAttributeError):
        _ = G.LS
