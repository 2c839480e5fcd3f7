"""Programs that use what the tutorials leave out (the other files of series/), against facts derived independently."""

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from matplotlib import pyplot

SPREAD = 4
"""Standard deviations by which a random count may be off."""


def si(values):
    return np.asarray(values, dtype=float)


def test_a_poisson_group_follows_the_rate_that_its_function_gives(played):
    names = played("poisson")
    edges = np.arange(0, 1.0001, 0.01)
    swing = -15 * np.diff(np.cos(2 * np.pi * 5 * edges)) / (2 * np.pi * 5)  # ∫ 15 sin(2π 5 t) dt
    expected = 500 * (20 * 0.01 + swing)
    found = si(names["R"].rate) * 500 * 0.01
    chi_squared = ((found - expected) ** 2 / expected).sum()
    assert abs(chi_squared - 100) < SPREAD * 200**0.5
    assert abs(found.sum() - expected.sum()) < SPREAD * expected.sum() ** 0.5
    assert names["M"].nspikes == pytest.approx(found.sum())


def test_a_raster_plot_goes_where_subplot_said(played):
    names = played("poisson")
    assert len(pyplot.get_fignums()) == 1
    above, below = pyplot.gcf().axes
    assert sum(len(line.get_xdata()) for line in above.lines) == names["M"].nspikes
    np.testing.assert_allclose(below.lines[0].get_ydata(), si(names["R"].rate))


def test_white_noise_on_a_leak_has_the_variance_and_the_memory_of_an_ornstein_uhlenbeck_process(
    played,
):
    """Variance sigma² tau/2, correlation exp(-lag/tau); a step of dt widens the variance by 1/(1 - dt/2tau)."""
    names = played("noise")
    x = si(names["M"].values)[:, names["first"] :]
    neurons, times = x.shape
    variance = 5**2 * 10e-3 / 2 / (1 - 0.1 / 20)
    # Values 1 ms apart are alike: as many are worth one as 1 + 2 Σ exp(-2 k/10), for variances.
    independent = neurons * times / (1 + 2 / (np.exp(0.2) - 1))
    error = variance * (2 / independent) ** 0.5
    assert error < 0.02 * variance
    assert abs((x**2).mean() - variance) < 3 * error
    memory = (x[:, 10:] * x[:, :-10]).mean() / (x**2).mean()
    assert memory == pytest.approx(np.exp(-1), abs=0.03)


def test_a_driven_membrane_is_smaller_and_later_as_a_low_pass_filter_says(played):
    """V = A/(1 + (2π f tau)²)^½ sin(2π f t - atan(2π f tau)), once the start is forgotten."""
    M = played("drive")["M"]
    t, turn = si(M.times) + 0.1e-3, 2 * np.pi * 20 * 10e-3
    expected = 5e-3 / (1 + turn**2) ** 0.5 * np.sin(2 * np.pi * 20 * t - np.arctan(turn))
    late = t > 0.15
    np.testing.assert_allclose(si(M[0])[late], expected[late], rtol=0, atol=1e-5 * 5e-3)


def test_a_static_current_charges_each_capacitance_to_the_same_voltage_at_its_own_pace(played):
    """Cm dV/dt = g (E - V) + gl (El - V): to (g E + gl El)/(g + gl) with the time constant Cm/(g + gl)."""
    names = played("conductance")
    t, end = (si(names["MV"].times) + 0.1e-3) * 1e3, -700 / 15
    for neuron, capacitance in enumerate((100, 200, 400)):
        expected = end + (-70 - end) * np.exp(-t * 15 / capacitance)
        np.testing.assert_allclose(si(names["MV"][neuron]) * 1e3, expected, rtol=1e-12)
    np.testing.assert_allclose(si(names["MI"][2]), -5e-9 * si(names["MV"][2]), rtol=1e-12)


def test_an_operation_is_called_once_a_step_with_the_clock_at_the_time_of_the_step(played):
    names = played("operation")
    np.testing.assert_allclose(
        [float(t) for t in names["times"]], np.arange(200) * 1e-4, rtol=0, atol=1e-12
    )
    assert len(names["calls"]) == 200


def test_what_an_operation_adds_to_the_state_decays_from_the_next_step_on(played):
    """Recorded is what stood before the operation of the step."""
    names = played("operation")
    kicks, t = np.arange(49, 200, 50), np.arange(200)
    expected = (np.exp(-(t[:, None] - kicks) / 100) * (t[:, None] > kicks)).sum(axis=1)
    np.testing.assert_allclose(si(names["M"][1]) * 1e3, expected, rtol=0, atol=1e-14)
    np.testing.assert_allclose(
        names["calls"], expected * 1e-3 + 1e-3 * np.isin(t, kicks), rtol=0, atol=1e-15
    )


def test_a_network_moves_only_what_it_was_given_on_its_own_clock(played):
    names = played("networks")
    assert names["halfway"] == (1, 0)
    assert (names["S1"].nspikes, names["S2"].nspikes) == (2, 1)
    assert (float(names["fine"].t), float(names["coarse"].t)) == (
        pytest.approx(20e-3),
        pytest.approx(10e-3),
    )
    np.testing.assert_allclose(si(names["M1"].times), np.arange(400) * 0.05e-3, atol=1e-12)
    t = np.arange(20) * 0.5
    np.testing.assert_allclose(
        si(names["M2"][0]) * 1e3, np.where(t >= 2, np.exp(-(t - 2) / 10), 0), atol=1e-14
    )


def test_each_synapse_delivers_after_its_own_delay(played):
    names = played("delays")
    delays = si(names["C"].delay[0, :])
    np.testing.assert_allclose(delays[:4], [0, 5e-3, 6e-3, 7e-3])
    values = si(names["M"].values)
    arrived = (values > 0).argmax(axis=1)
    np.testing.assert_array_equal(arrived, 20 + np.ceil(delays / 1e-4 - 1e-6))
    np.testing.assert_allclose(values[:, -1], 1e-3)


def test_random_delays_are_spread_evenly(played):
    delays = np.sort(si(played("delays")["C"].delay[0, 4:])) * 1e3
    even = 1 + 8 * (np.arange(996) + 0.5) / 996
    assert (
        np.abs(delays - even).max() / 8 < 1.95 / 996**0.5
    )  # Kolmogorov–Smirnov, one in a thousand


def test_a_seed_repeats_all_that_is_random(played):
    names = played("seeds")
    assert len(names["first"]) > 30
    assert names["first"] == names["again"] != names["other"]


def test_a_long_run_shows_its_progress_where_asked():
    program = Path(__file__).parent / "series" / "progress.py"
    eager = {
        **os.environ,
        "TQDM_MININTERVAL": "0",
    }  # or a run of a moment would have only a beginning
    done = subprocess.run([sys.executable, str(program)], capture_output=True, text=True, env=eager)
    assert done.returncode == 0, done.stderr
    percents = [int(number) for number in re.findall(r"(\d+)%\|", done.stderr)]
    assert percents[0] == 0
    assert percents == sorted(percents)
    assert percents[-1] == 100
    assert len(percents) > 10


def test_the_clock_set_anew_begins_at_zero_with_the_step_that_was_set(played):
    names = played("restart")
    np.testing.assert_allclose(names["coarse"], np.arange(10) * 0.5)
    t = np.arange(50) * 0.1
    np.testing.assert_allclose(si(names["M"].times) * 1e3, t, atol=1e-12)
    expected = np.where(t < 1.95, np.exp(-(t + 0.1) / 10), 3 * np.exp(-(t - 1.9) / 10))
    np.testing.assert_allclose(si(names["M"][0]) * 1e3, expected, rtol=1e-12)


def test_the_rates_of_driven_neurons_are_those_of_the_closed_form(played):
    """Period: the refractory time and tau ln(v0/(v0 - Vt)), in whole steps; silent up to v0 = Vt."""
    names = played("counting")
    drives, counts = np.linspace(0, 20, 50), []
    for v0 in drives:
        charge = (
            int(10 * np.log(v0 / (v0 - 10)) / 0.1) + 1 if v0 > 10 else 10**9
        )  # to strictly above threshold
        counts.append(len(range(charge - 1, 5000, charge + 50)))
    np.testing.assert_array_equal(names["counter"].count, counts)
    assert max(counts) > 40


def test_all_counters_agree(played):
    names = played("counting")
    counts = names["counter"].count
    assert names["total"].nspikes == names["counter"].nspikes == counts.sum()
    assert names["upper"].nspikes == counts[25:].sum()
    assert sum(si(names["rate"].rate)) * 0.02 * 50 == pytest.approx(counts.sum())
    [line] = pyplot.gca().lines
    np.testing.assert_allclose(line.get_ydata(), counts / 0.5)


NAMES = "arange array cos exp linspace log mean ones pi sin sqrt std where zeros"


def test_the_numpy_functions_that_programs_use_are_numpys_own(played):
    names = played("part_1a")
    for name in NAMES.split():
        expected = getattr(np, name)
        assert names[name] is expected or names[name].__wrapped__ is expected


def test_rand_and_randn_have_the_shapes_that_were_asked_for(played):
    names = played("part_1a")
    for draw in (names["rand"], names["randn"]):
        assert np.ndim(draw()) == 0
        assert draw(3).shape == (3,)
        assert draw(2, 3).shape == (2, 3)
