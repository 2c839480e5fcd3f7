"""The exact solution: found without the simulator's steps, shown as mathematics, and compared with the trace."""

import re
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
from hypothesis import given, settings

from neurolab.errors import BlowUpError, LimitError
from neurolab.experiment.edits import (
    set_connection,
    set_neurons,
    set_parameter,
    set_spikes,
    set_weight,
)
from neurolab.experiment.experiment import Experiment, Neurons, Parameter
from neurolab.experiment.presets import COUPLED, TUTORIAL, TWO_TIME_CONSTANTS
from neurolab.experiment.simulate import simulate
from neurolab.explain.exact_formula import MOST_PIECES, solution_mathml
from neurolab.explain.exact_solution import exact
from neurolab.explain.linear_system import NotLinearError

from ..experiment.linear_experiments import linear_experiments
from ..experiment.small_presets import SMALL


def solved(experiment):
    return exact(simulate(experiment), experiment.neurons[0])


def text_of(experiment, row=0):
    """The formula as plain text: a line for each piece, ^ for exponents."""
    mathml = solution_mathml(solved(experiment), row)
    ElementTree.fromstring(mathml)  # well formed
    for tag, text in (
        ("</mtr>", "\n"),
        ("<mi>e</mi>", "e^"),
        ("</mtd><mtd>", "   "),
        ("<mspace", " <mspace"),
        ("<mtable", "{<mtable"),
    ):
        mathml = mathml.replace(tag, text)
    return re.sub("<[^>]+>", "", mathml).replace("&lt;", "<").strip()


@pytest.mark.parametrize("key", SMALL)
@pytest.mark.parametrize("threshold", [10.0, 4.0])
def test_the_simulation_of_every_preset_is_exact(key, threshold):
    experiment = set_parameter(SMALL[key], "Vt", threshold)
    peak = np.abs(simulate(experiment).recorded["target"]).max() * 1e3
    assert solved(experiment).differences.max() < 1e-13 * peak


@settings(max_examples=40)
@given(linear_experiments(methods=("",)))
def test_the_simulation_of_any_linear_experiment_is_exact(experiment):
    try:
        traces = simulate(experiment).recorded["cells"][:, :, 0]
    except BlowUpError:
        return
    assert solved(experiment).differences.max() <= 1e-9 * max(np.abs(traces).max() * 1e3, 1e-9)


def test_the_exact_values_are_those_of_the_closed_form():
    """After one spike of w on Vb: Va(t) = w tau_b/(tau_b - tau_a) (exp(-t/tau_b) - exp(-t/tau_a))."""
    experiment = set_spikes(set_spikes(COUPLED, "inputs", 0, ()), "inputs", 1, (2.0,))
    t = np.maximum(simulate(experiment).times * 1e3 - 2.0, 0.0)
    expected = 3e-3 * 10 / 9 * (np.exp(-t / 10) - np.exp(-t / 1))
    np.testing.assert_allclose(solved(experiment).values[0], expected, atol=1e-16)


@pytest.mark.parametrize("apart", [0.0, 1e-9, 1e-6, 1e-3])
def test_time_constants_that_nearly_agree_lose_no_digits(apart):
    """After one spike of w on ge: V = w s/tau exp(-s/tau), if tau_e = tau_m = tau."""
    experiment = set_parameter(TWO_TIME_CONSTANTS, "tau_e", 5.0 + apart)
    experiment = set_spikes(set_spikes(experiment, "inputs", 0, (2.0,)), "inputs", 1, ())
    s = np.maximum(simulate(experiment).times * 1e3 - 2.0, 0.0)
    found = solved(experiment)
    assert found.differences.max() < 1e-10
    np.testing.assert_allclose(
        found.values[0], 8e-3 * s / 5 * np.exp(-s / 5), atol=1e-12 + 1e-3 * apart
    )


def test_eulers_method_shows_its_error():
    """A decay by Euler is (1 - dt/tau)^n beside exp(-n dt/tau)."""
    experiment = set_spikes(set_neurons(TUTORIAL, "target", method="euler"), "inputs", 0, (1.0,))
    n = np.arange(90)
    expected = np.abs(6 * (1 - 0.1) ** n - 6 * np.exp(-0.1 * n)).max()
    assert solved(experiment).differences[0] == pytest.approx(expected)


def test_after_a_reset_the_solution_goes_on_from_the_value_it_was_reset_to():
    experiment = set_parameter(set_parameter(TUTORIAL, "Vt", 4.0), "Vr", 1.0)
    step = simulate(experiment).firings["target"][0][0]
    values = solved(experiment).values[0]
    assert values[step] == 1e-3
    assert values[step + 5] == pytest.approx(1e-3 * np.exp(-0.5))


@pytest.mark.parametrize("refractory", [0.35, 0.65, 0.95, 2.15])
def test_the_exact_solution_is_held_as_long_as_the_run_where_the_refractory_time_ends_in_half_a_step(
    refractory,
):
    experiment = set_parameter(set_weight(TUTORIAL, "C1", 0, 0, 30.0), "Vr", -5.0)
    experiment = set_spikes(
        set_neurons(experiment, "target", refractory=refractory),
        "inputs",
        0,
        tuple(1 + 0.1 * k for k in range(40)),
    )
    assert solved(experiment).differences.max() < 1e-12


@pytest.mark.parametrize("delay", [0.15, 0.35, 0.95, 1.15])
def test_the_exact_solution_has_a_delay_of_half_a_step_as_the_run_has_it(delay):
    assert solved(set_connection(TUTORIAL, "C1", delay=delay)).differences.max() < 1e-12


def test_the_tutorials_formula_has_its_numbers():
    assert text_of(TUTORIAL).splitlines() == [
        "Va(t)={0   t<1",
        "6 e^−(t−1)   1≤t<4",
        "6.299 e^−(t−4)   t≥4",
    ]  # 6 + 6 exp(-3)
    assert text_of(TUTORIAL, 1).splitlines() == [
        "Vb(t)={0   t<2",
        "3 e^−(t−2)/10   2≤t<3",
        "5.715 e^−(t−3)/10   t≥3",
    ]  # 3 + 3 exp(-0.1)


def test_a_variable_feels_the_spikes_of_those_that_pull_at_it():
    lines = text_of(set_spikes(COUPLED, "inputs", 0, ())).splitlines()
    assert lines[1] == "−3.333 e^−(t−2)+3.333 e^−(t−2)/10   2≤t<3"


@pytest.mark.parametrize(
    ("equations", "initial", "expected"),
    [
        ("dx/dt = (E - x)/tau : volt", (), "x(t)=−4 e^−(t+0.1)/5+4"),
        ("dx/dt = E/tau : volt", (), "x(t)=0.8 (t+0.1)"),
        (
            "dx/dt = y/tau : volt\ndy/dt = -x/tau : volt",
            (("x", (2.0,)),),
            "x(t)=2 cos(0.2 (t+0.1))",
        ),
        (
            "dx/dt = y/tau : volt\ndy/dt = -x/tau : volt",
            (("y", (2.0,)),),
            "x(t)=2 sin(0.2 (t+0.1))",
        ),
        (
            "dx/dt = -x/tau + y/tau : volt\ndy/dt = -y/tau : volt",
            (("y", (5.0,)),),
            "x(t)=(t+0.1)e^−(t+0.1)/5",
        ),
        ("dx/dt = x/tau : volt", (("x", (1.0,)),), "x(t)=e^(t+0.1)/5"),
        ("dx/dt = -x/tau : volt", (), "x(t)=0"),
    ],
)
def test_formulas_of_all_kinds(equations, initial, expected):
    experiment = Experiment(
        (Neurons("cells", 1, equations, initial=initial),),
        parameters=(Parameter("tau", 5.0, "ms"), Parameter("E", 4.0, "mV")),
    )
    assert text_of(experiment).replace(" ", "") == expected.replace(" ", "")
    assert solved(experiment).differences.max() < 1e-13


def test_a_formula_of_many_pieces_is_cut():
    many = set_spikes(TUTORIAL, "inputs", 0, tuple(float(time) for time in range(1, 9)))
    lines = text_of(many).splitlines()
    assert len(lines) == MOST_PIECES + 1
    assert lines[-1].endswith("3 more")


def test_a_model_that_is_not_linear_has_no_exact_solution():
    with pytest.raises(NotLinearError, match=r"Va\*\*2"):
        solved(
            set_neurons(
                TUTORIAL,
                "target",
                equations="dVa/dt = -Va**2/(tau_a*mV) : volt\ndVb/dt = -Vb/tau_b : volt",
            )
        )


def chain(size):
    """As many variables that all pull at each other."""
    lines = [
        f"dx{i}/dt = (-x{i}{''.join(f' + 0.1*x{j}' for j in range(size) if j != i)})/({i + 1}*ms) : volt"
        for i in range(size)
    ]
    return Experiment((Neurons("cells", 1, "\n".join(lines), initial=(("x0", (1.0,)),)),))


def test_five_coupled_variables_are_solved_too():
    assert solved(chain(5)).differences.max() < 1e-12


def test_more_variables_than_can_be_solved_are_refused_in_words():
    with pytest.raises(LimitError, match="model has 9 variables"):
        solved(chain(9))
