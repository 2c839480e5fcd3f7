"""The tutorials' programs in our own words (part_1a.py … part_2c.py), against facts that follow from their equations.

Part 2a is among the recorded programs.
"""

import numpy as np
from matplotlib import pyplot

STEP, TAU, THRESHOLD, RESET = 0.1e-3, 20e-3, -50e-3, -60e-3
SPREAD = 4
"""Standard deviations by which a random count may be off."""


def si(values):
    return np.asarray(values, dtype=float)


def spike_steps(monitor):
    """Steps and neurons of all spikes."""
    neurons, times = monitor.arrays()
    return np.rint(times / STEP).astype(int), neurons


def steps_to_threshold(start, rest):
    """Steps until V = rest + (start - rest) exp(-t/tau) lies strictly above threshold."""
    return np.floor(TAU * np.log((rest - start) / (rest - THRESHOLD)) / STEP).astype(int) + 1


def test_1a_ends_at_rest(played):
    names = played("part_1a")
    np.testing.assert_allclose(si(names["G"].V), -60e-3, rtol=0, atol=1e-15)


def test_1b_every_neuron_fires_once_as_it_starts_at_0_mV_above_threshold(played, capsys):
    names = played("part_1b")
    assert capsys.readouterr().out == "40\n"
    steps, neurons = spike_steps(names["M"])
    assert neurons.tolist() == list(range(40))
    assert not steps.any()


def test_1c_all_fire_together_with_the_period_of_the_closed_form(played, capsys):
    """From Vr to Vt it takes tau ln((El - Vr)/(El - Vt)) = 20 ms ln 11."""
    names = played("part_1c")
    period = steps_to_threshold(RESET, -49e-3)
    assert period == 480
    expected = np.arange(0, 10_000, period)
    steps, neurons = spike_steps(names["M"])
    for neuron in range(40):
        np.testing.assert_array_equal(steps[neurons == neuron], expected)
    assert capsys.readouterr().out == f"{40 * len(expected)}\n"


def test_1d_each_neuron_fires_first_when_its_start_says_so_and_then_with_the_same_period(played):
    names = played("part_1d")
    steps, neurons = spike_steps(names["M"])
    first = steps_to_threshold(si(names["start"]), -49e-3) - 1  # the state is looked at one step on
    for neuron in range(40):
        np.testing.assert_array_equal(
            steps[neurons == neuron], np.arange(first[neuron], 10_000, 480)
        )


def test_1e_spikes_are_those_of_the_network_stepped_by_hand(played):
    names = played("part_1e")
    weights = si(names["C"][:, :])
    assert set(np.unique(weights)) == {0, 0.5e-3}
    assert abs((weights > 0).sum() - 160) < SPREAD * (1600 * 0.1 * 0.9) ** 0.5
    V, expected = si(names["start"]), []
    for step in range(10_000):
        V = -49e-3 + (V + 49e-3) * np.exp(-STEP / TAU)
        fired = np.flatnonzero(V > THRESHOLD)
        expected += [(step, neuron) for neuron in fired]
        V = V + weights[fired].sum(axis=0)
        V[fired] = RESET
    assert list(zip(*spike_steps(names["M"]))) == expected
    assert len(expected) > 900  # the connections make them fire more often than the 840 or so of 1d


def test_1f_raster_plot_draws_a_dot_for_every_spike(played):
    names = played("part_1f")
    neurons, times = names["M"].arrays()
    [line] = pyplot.gca().lines
    assert len(times) > 900
    np.testing.assert_allclose(line.get_xdata(), times * 1e3)
    np.testing.assert_array_equal(line.get_ydata(), neurons)


def test_1g_the_trace_leaks_but_where_it_jumps_by_psps_or_is_reset(played):
    names = played("part_1g")
    V = si(names["M"][0])
    assert len(V) == 2000
    leaked = -49e-3 + (V[:-1] + 49e-3) * np.exp(-STEP / TAU)
    jumps = (V[1:] - leaked) / 0.5e-3
    was_reset = V[1:] == RESET
    assert was_reset.any()
    assert V.max() < THRESHOLD + 40 * 0.5e-3
    np.testing.assert_allclose(jumps[~was_reset], np.rint(jumps[~was_reset]), rtol=0, atol=1e-9)
    assert np.rint(jumps[~was_reset]).max() >= 1


def test_1g_draws_what_it_recorded_under_its_labels(played):
    names = played("part_1g")
    axes = pyplot.gca()
    [line] = axes.lines
    np.testing.assert_allclose(line.get_ydata(), si(names["M"][0]) * 1e3)
    np.testing.assert_allclose(line.get_xdata(), np.arange(2000) * 0.1)
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("Time (in ms)", "Membrane potential (in mV)")
    assert axes.get_title() == "Membrane potential for neuron 0"


def response(t, spikes, weight, tau_current, tau_membrane=20.0):
    """What the membrane makes of a current that jumps by `weight` at each spike and fades; all in ms.

    From (tau_membrane d/dt + 1) V = g, g = w exp(-s/tau): V = w tau/(tau - tau_m) (exp(-s/tau) - exp(-s/tau_m)).
    """
    s = np.maximum(t[:, None] - spikes, 0.0)
    gain = weight * tau_current / (tau_current - tau_membrane)
    return (gain * (np.exp(-s / tau_current) - np.exp(-s / tau_membrane))).sum(axis=1)


def test_2b_the_membrane_follows_the_sum_of_its_two_currents_responses(played):
    names = played("part_2b")
    t = np.arange(1000) * 0.1
    expected = response(t, [1, 12, 50, 52.5], 4.0, 1.0) - response(t, [40, 47], 3.0, 10.0)
    np.testing.assert_allclose(si(names["Mv"][0]) * 1e3, expected, rtol=0, atol=1e-13)
    s = t[:, None] - [40, 47]
    np.testing.assert_allclose(
        si(names["Mgi"][0]) * 1e3, (3 * np.exp(-s / 10) * (s > -1e-9)).sum(axis=1), atol=1e-13
    )


def test_2b_draws_the_membrane_above_and_both_currents_below(played):
    names = played("part_2b")
    above, below = pyplot.gcf().axes
    assert (len(above.lines), len(below.lines)) == (1, 2)
    assert above.get_position().y0 > below.get_position().y1 - 0.1
    for line, monitor in zip([*above.lines, *below.lines], ("Mv", "Mge", "Mgi")):
        np.testing.assert_allclose(line.get_ydata(), si(names[monitor][0]))


def test_2c_delivers_each_spike_to_each_of_its_targets_in_its_own_step(played):
    names = played("part_2c")
    steps, neurons = spike_steps(names["M"])
    for connection, trace, weight, tau, first in (
        ("Ce", "Mge", 1.62e-3, 5e-3, 0),
        ("Ci", "Mgi", 9e-3, 10e-3, 3200),
    ):
        g = si(names[trace][0])
        arrivals = (g - np.concatenate([[0.0], g[:-1]]) * np.exp(-STEP / tau)) / weight
        sources = np.flatnonzero(si(names[connection][:, 0])) + first
        expected = np.bincount(steps[np.isin(neurons, sources)], minlength=2000)
        assert expected.sum() > 10
        np.testing.assert_allclose(arrivals, expected, rtol=0, atol=1e-9)


def test_2c_connects_and_fires_as_it_should(played):
    names = played("part_2c")
    for connection, sources in (("Ce", 3200), ("Ci", 800)):
        pairs = sources * 4000
        assert (
            abs(len(names[connection].rows.weights) - 0.02 * pairs)
            < SPREAD * (pairs * 0.02 * 0.98) ** 0.5
        )
    V, (steps, neurons) = si(names["MV"][0]), spike_steps(names["M"])
    np.testing.assert_array_equal(np.flatnonzero(V == RESET), steps[neurons == 0])
    assert 3500 < len(steps) < 7000


def test_2c_draws_raster_trace_and_currents_in_one_figure(played):
    names = played("part_2c")
    assert len(pyplot.get_fignums()) == 1
    raster, voltage, currents = pyplot.gcf().axes
    assert raster.get_title() == "The CUBA network"
    assert sum(len(line.get_xdata()) for line in raster.lines) == names["M"].nspikes
    legend = currents.get_legend()
    assert [text.get_text() for text in legend.get_texts()] == ["ge", "gi"]
    pyplot.gcf().canvas.draw()
    box, place = legend.get_window_extent(), currents.get_window_extent()
    assert box.x0 > (place.x0 + place.x1) / 2  # 'upper right'
    assert box.y0 > (place.y0 + place.y1) / 2
    assert currents.get_position().x0 > voltage.get_position().x1
    assert raster.get_position().width > 1.5 * voltage.get_position().width
