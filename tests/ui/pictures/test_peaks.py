"""Peaks at which a neuron fires, peaks above the threshold at which it does not, and the axes meanwhile."""

import asyncio

import bqplot
import numpy as np
import pytest

from neurolab.experiment.edits import set_neurons, set_parameter, set_weight
from neurolab.experiment.presets import FREE_PLAY, PRESETS, TUTORIAL, TWO_TIME_CONSTANTS
from neurolab.experiment.simulate import simulate
from neurolab.explain.threshold_misses import firing_peaks, misses
from neurolab.ui.controls.plain_widgets import is_hidden
from neurolab.ui.pictures import motion
from neurolab.ui.pictures.curve import COLOURS
from neurolab.ui.pictures.plots import Pictures
from neurolab.ui.store.store import Store

MISSING = set_weight(TUTORIAL, "C1", 0, 0, 10.4)
"""A weight of 10.4 mV lifts Va above the threshold of 10 mV for less than one step."""


def drawn(experiment):
    store = Store(experiment)
    pictures = Pictures(store)
    store.subscribe(pictures.show)
    store.refresh()
    return store, pictures


def triangles(pictures):
    """The points of the marks that can be seen: those of spikes, and those of missed peaks."""
    (figure,) = pictures._figures.values()
    marks = [mark for mark in figure._figure.marks if isinstance(mark, bqplot.Scatter)]
    shown = {mark.fill: mark for mark in marks if mark.visible}
    return [
        [] if fill not in shown else list(zip(shown[fill].x.tolist(), shown[fill].y.tolist()))
        for fill in (True, False)
    ]


def test_a_peak_that_does_not_fire_is_marked_and_one_sentence_says_why():
    _, pictures = drawn(MISSING)
    fired, missed = triangles(pictures)
    assert fired == []
    assert missed[0] == (1.0, pytest.approx(10.4))
    assert pictures._missed.value == (
        "Va is 10.4 mV at 1.0 ms, above Vt, but the neuron does not fire: the threshold is checked "
        "once a step, before the spikes of that step arrive, and at the next check Va is 9.41 mV."
    )
    assert not is_hidden(pictures._missed)


def test_without_such_a_peak_nothing_is_said():
    store, pictures = drawn(MISSING)
    store.edit(("weight",), lambda experiment: set_weight(experiment, "C1", 0, 0, 6.0))
    assert triangles(pictures) == [[], []]
    assert is_hidden(pictures._missed)


@pytest.mark.parametrize("key", sorted(set(PRESETS) - {"balanced"}))
def test_no_preset_opens_on_a_peak_that_does_not_fire(key):
    experiment = PRESETS[key].experiment
    result = simulate(experiment)
    for group in experiment.neurons:
        assert misses(result, group, range(group.size)) == []


def test_a_spike_is_marked_at_the_peak_that_caused_it():
    _, pictures = drawn(FREE_PLAY)
    fired, missed = triangles(pictures)
    peak = 8.0 * np.exp(-1.5 / 2.0) + 8.0
    assert fired[0] == (2.5, pytest.approx(peak))
    assert missed == []


def test_a_variable_that_rises_to_the_threshold_is_marked_where_the_threshold_saw_it():
    result = simulate(TWO_TIME_CONSTANTS)
    group = TWO_TIME_CONSTANTS.neurons[0]
    peaks = firing_peaks(result, group, [0])
    times = result.spikes("target")[1] * 1e3
    assert [peak.time for peak in peaks] == pytest.approx(times.tolist())
    assert all(0.010 <= peak.value < 0.0102 for peak in peaks)


def test_a_threshold_that_is_no_level_has_neither():
    experiment = set_neurons(TUTORIAL, "target", threshold="Va + Vb > Vt")
    result = simulate(experiment)
    assert misses(result, experiment.neurons[0], [0]) == []
    assert firing_peaks(result, experiment.neurons[0], [0]) == []


def test_input_spikes_have_the_colour_of_the_variable_that_they_drive():
    store, pictures = drawn(TUTORIAL)
    assert [row["colour"] for row in pictures._raster.rows] == [COLOURS[0], COLOURS[1], ""]
    store.edit(("weight",), lambda experiment: set_weight(experiment, "C1", 1, 0, 2.0))
    assert [row["colour"] for row in pictures._raster.rows][1] == "", "it drives both"


def test_the_axis_stays_while_a_control_is_moved_and_fits_afterwards(monkeypatch):
    monkeypatch.setattr(motion, "REST", 0.05)

    async def move():
        store, pictures = drawn(TUTORIAL)
        (figure,) = pictures._figures.values()
        seen = []
        for weight in (7.0, 20.0, 40.0):
            changed = set_weight(TUTORIAL, "C1", 0, 0, weight)
            store.edit(("weight", 0), lambda _, changed=changed: changed)
            seen.append(figure._axes.limits)
        assert seen[1] == seen[2] == seen[0]
        await asyncio.sleep(0.2)
        assert figure._axes.limits[1] >= 40.0

    asyncio.run(move())


def test_edits_of_different_controls_fit_the_axis_at_once():
    async def edit():
        store, pictures = drawn(TUTORIAL)
        (figure,) = pictures._figures.values()
        store.edit(("weight", 0), lambda experiment: set_weight(experiment, "C1", 0, 0, 7.0))
        store.edit(("tau",), lambda experiment: set_parameter(experiment, "tau_a", 30.0))
        store.edit(("weight", 1), lambda experiment: set_weight(experiment, "C2", 1, 0, 40.0))
        assert figure._axes.limits[1] >= 40.0
        store.close()

    asyncio.run(edit())
