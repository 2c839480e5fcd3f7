"""Panels and pictures of large networks, without a browser: what they show, what they send, what they take from a page."""

import html
from dataclasses import replace

import ipywidgets as widgets
import numpy as np
import pytest

from neurolab.experiment.edits import set_size
from neurolab.experiment.experiment import (
    Entries,
    Experiment,
    Inputs,
    Neurons,
    Parameter,
    Rule,
    Spread,
    Synapses,
)
from neurolab.experiment.presets import BALANCED, TUTORIAL
from neurolab.experiment.simulate import simulate
from neurolab.ui.controls.neuron_curves import NeuronsShown
from neurolab.ui.controls.plain_widgets import is_hidden
from neurolab.ui.controls.progress import ProgressBar
from neurolab.ui.page.lab import Lab
from neurolab.ui.panels.connections_panel import ConnectionsPanel
from neurolab.ui.panels.duration_panel import RunPanel
from neurolab.ui.panels.matrix import WeightMatrix
from neurolab.ui.panels.model_panel import ModelPanel
from neurolab.ui.panels.spikes_panel import SpikesPanel
from neurolab.ui.pictures import spikefield
from neurolab.ui.pictures.plots import Pictures
from neurolab.ui.pictures.spikefield import SpikeField, rows_and_bands
from neurolab.ui.store.cursor_moment import Moment
from neurolab.ui.store.store import Store

SHORT = replace(BALANCED, duration=20.0)
NOISE = Experiment(
    groups=(
        Inputs("noise", ((),) * 100, rates=(20.0,) * 100),
        Neurons("cells", 3, "dV/dt = -V/tau : volt"),
    ),
    connections=(Synapses("C", "noise", "cells", "V", Rule("random", 1.0, 0.5), delay=1.0),),
    parameters=(Parameter("tau", 5.0, "ms"),),
    duration=50.0,
)


def opened(panel, experiment):
    """A store with the experiment and the panel on it."""
    store = Store(experiment)
    made = panel(store)
    store.subscribe(made.show, ahead=True)
    store.refresh()
    return store, made


def inside(widget, kind):
    """All widgets of a kind in a widget, those that are hidden left out."""
    if is_hidden(widget):
        return []
    found = [widget] if isinstance(widget, kind) else []
    for child in getattr(widget, "children", ()):
        found += inside(child, kind)
    return found


def text(widget):
    return html.unescape(" ".join(part.value for part in inside(widget, widgets.HTML)))


def field(widget, label):
    """The control of this label."""
    return next(
        part
        for part in inside(
            widget, (widgets.Text, widgets.FloatSlider, widgets.FloatLogSlider, widgets.Dropdown)
        )
        if part.description.startswith(label)
    )


def test_groups_that_fit_are_rows_and_large_ones_are_bands():
    def names(experiment):
        return [[group.name for group in part] for part in rows_and_bands(experiment)]

    assert names(TUTORIAL) == [["inputs", "target"], []]
    assert names(BALANCED) == [[], ["neurons"]]
    assert names(NOISE) == [["cells"], ["noise"]]
    assert names(set_size(TUTORIAL, "target", 22)) == [["inputs", "target"], []]
    assert names(set_size(TUTORIAL, "target", 23)) == [["inputs"], ["target"]]


def test_the_field_has_every_spike_with_its_step_and_neuron():
    result = simulate(SHORT)
    made = SpikeField()
    made.draw(result, [SHORT.group("neurons")])
    neurons, times = result.spikes("neurons")
    np.testing.assert_array_equal(np.frombuffer(made.neurons, np.uint32), neurons)
    np.testing.assert_allclose(np.frombuffer(made.steps, np.uint32) * SHORT.dt, times * 1e3)
    assert made.bands == [
        {"name": "neurons", "size": 4000, "spikes": len(neurons), "dots": len(neurons)}
    ]
    assert [(part["label"], part["effect"]) for part in made.populations] == [
        ("neurons 0–3199", 1),
        ("neurons 3200–3999", -1),
    ]


def test_the_field_lights_up_the_time_step_of_the_cursor_while_it_is_there():
    store, pictures = opened(Pictures, SHORT)
    moment = Moment(store)
    moment.subscribe(pictures.follow)
    assert pictures._field.lit == -1
    moment.go(7.3)
    assert pictures._field.lit == 73
    moment.go(None)
    assert pictures._field.lit == -1
    moment.go(7.3)
    store.load(TUTORIAL)
    assert moment.time == 7.3
    assert pictures._field.lit == -1  # all of it is in the raster


def test_the_rates_of_the_field_are_those_of_its_spikes():
    result = simulate(SHORT)
    made = SpikeField()
    made.draw(result, [SHORT.group("neurons")])
    rates = np.frombuffer(made.rates, np.float32).reshape(2, -1)
    neurons, times = result.spikes("neurons")
    first = (times < made.bin * 1e-3 * (1 - 1e-9)) & (neurons < 3200)
    assert rates[0, 0] == pytest.approx(first.sum() / 3200 / (made.bin * 1e-3))
    assert made.populations[0]["mean"] == pytest.approx((neurons < 3200).sum() / 3200 / 0.02)


def test_of_too_many_spikes_the_field_shows_a_part_and_says_so(monkeypatch):
    monkeypatch.setattr(spikefield, "MOST_DOTS", 100)
    result = simulate(SHORT)
    made = SpikeField()
    made.draw(result, [SHORT.group("neurons")])
    (band,) = made.bands
    assert 50 < band["dots"] <= 100 < band["spikes"] == len(result.spikes("neurons")[0])
    assert len(made.neurons) == 4 * band["dots"]


def test_a_page_can_set_nothing_of_the_field_and_of_the_progress_bar():
    made = SpikeField()
    made.set_state({"bands": "nonsense", "drawn": 7})
    assert (made.bands, made.drawn) == ([], 0)
    bar = ProgressBar(Store(TUTORIAL))
    bar.set_state({"fraction": 0.5, "message": "hello"})
    assert (bar.fraction, bar.message) == (-1.0, "")


def test_traces_are_drawn_of_all_neurons_of_a_small_group_and_of_a_few_of_a_large_one():
    choice = NeuronsShown(lambda: None)
    assert choice.show(simulate(TUTORIAL)) == {"target": (0,)}
    assert is_hidden(choice.widget)
    assert choice.show(simulate(set_size(TUTORIAL, "target", 6))) == {"target": (0, 1, 2, 3, 4, 5)}
    assert choice.show(simulate(SHORT)) == {"neurons": (0,)}
    assert not is_hidden(choice.widget)
    assert "0 to 3999 are recorded" in text(choice.widget)


def test_which_traces_are_drawn_can_be_typed():
    store, pictures = opened(Pictures, SHORT)
    box = field(pictures.widget, "traces of neurons")
    assert [curve.label for curve in drawn(pictures)] == ["V[0]", "ge[0]", "gi[0]"]
    box.value = "7, 3900"
    assert [curve.label for curve in drawn(pictures)][:2] == ["V[7]", "V[3900]"]
    box.value = "7, 39000"
    assert [curve.label for curve in drawn(pictures)][:2] == ["V[7]", "V[3900]"]
    assert "There is no trace of neuron 39000" in text(pictures.widget)
    assert store.experiment is SHORT


def drawn(pictures):
    return [curve for figure in pictures._figures.values() for curve in curves_of(figure)]


def curves_of(figure):
    class Named:
        def __init__(self, label):
            self.label = label

    return [Named(line.labels[0]) for line in figure._lines]


def test_a_large_connection_is_shown_from_afar():
    store, panel = opened(ConnectionsPanel, SHORT)
    assert not inside(panel.widget, WeightMatrix)
    found = text(panel.widget)
    rows = store.result.rows["Ce"]
    assert f"{len(rows.weights):,} synapses of 1.62 mV" in found
    assert "Ce: neurons 0–3199 → neurons (mV)" in found
    assert "synapses that a neuron receives" in found
    assert len(found) < 20_000


@pytest.mark.parametrize(
    ("label", "value", "expected"),
    [
        ("probability", 10**-1.5, {"probability": 0.0316}),
        ("weight (mV)", 2.5, {"weight": 2.5}),
        ("seed", "8", {"seed": 8}),
        ("pairs", "one_to_one", None),
    ],
)
def test_the_numbers_of_a_rule_are_controls(label, value, expected):
    store, panel = opened(ConnectionsPanel, SHORT)
    field(panel.widget, label).value = value
    if expected is None:
        assert "pairs 3200 source neurons with 4000 target neurons" in text(panel.widget)
        assert store.experiment == SHORT
    else:
        assert store.experiment.connection("Ce").weights == replace(
            SHORT.connection("Ce").weights, **expected
        )
        assert store.experiment.connection("Ci") == SHORT.connection("Ci")


def test_a_delay_is_a_control_where_there_is_a_rule_or_a_delay():
    store, panel = opened(ConnectionsPanel, SHORT)
    field(panel.widget, "delay").value = 2.0
    assert store.experiment.connection("Ce").delay == 2.0
    _, small = opened(ConnectionsPanel, TUTORIAL)
    assert not [
        part
        for part in inside(small.widget, widgets.FloatSlider)
        if part.description.startswith("delay")
    ]


def test_a_listed_connection_of_one_weight_can_be_weakened_or_be_made_by_a_rule():
    listed = SHORT.with_connection(
        replace(SHORT.connection("Ci"), weights=Entries((3200, 3999), (0, 1), (-9.0, -9.0)))
    )
    store, panel = opened(ConnectionsPanel, listed)
    control = panel._matrices["Ci"].widget
    assert field(control, "pairs").value == ""
    field(control, "weight").value = -2.0
    assert store.experiment.connection("Ci").weights.weights == (-2.0, -2.0)
    field(control, "pairs").value = "random"
    assert store.experiment.connection("Ci").weights.kind == "random"


def test_a_small_rule_shows_its_matrix_and_its_numbers():
    small = replace(
        NOISE, groups=(Inputs("noise", ((),) * 4, rates=(20.0,) * 4), NOISE.group("cells"))
    )
    store, panel = opened(ConnectionsPanel, small)
    (matrix,) = inside(panel.widget, WeightMatrix)
    assert matrix.disabled
    assert np.count_nonzero(matrix.values) == len(store.result.rows["C"].weights)
    field(panel.widget, "weight").value = 3.0
    assert np.max(matrix.values) == pytest.approx(3.0)


def test_without_connections_or_inputs_their_panels_are_not_there():
    alone = Experiment(groups=(NOISE.group("cells"),), parameters=NOISE.parameters)
    for panel in (ConnectionsPanel, SpikesPanel):
        _, made = opened(panel, alone)
        assert is_hidden(made.widget)
        _, made = opened(panel, TUTORIAL)
        assert not is_hidden(made.widget)


def test_the_rate_of_many_random_inputs_is_one_slider_and_of_a_few_one_each():
    store, panel = opened(SpikesPanel, NOISE)
    field(panel.widget, "noise: rate (Hz)").value = 55.0
    assert store.experiment.group("noise").rates == (55.0,) * 100
    few = replace(
        NOISE, groups=(Inputs("noise", ((), ()), rates=(20.0, 40.0)), NOISE.group("cells"))
    )
    store, panel = opened(SpikesPanel, few)
    field(panel.widget, "noise 1: rate (Hz)").value = 55.0
    assert store.experiment.group("noise").rates == (20.0, 55.0)


def test_of_many_inputs_only_the_first_have_a_list():
    many = set_size(TUTORIAL, "inputs", 4000)
    _, panel = opened(SpikesPanel, many)
    assert len(inside(panel.widget, widgets.Text)) == 24
    assert "the first 24 of 4,000 neurons of inputs" in text(panel.widget)


def test_where_neurons_start_at_random_is_a_text_of_two_ends():
    store, panel = opened(ModelPanel, SHORT)
    box = field(panel.widget, "V starts (mV)")
    assert box.value == "-60 to -50"
    box.value = "-58 to -52"
    assert store.experiment.group("neurons").initial == (("V", Spread(-58.0, -52.0)),)
    box.value = "-58 to x"
    assert "'x' is not a number" in text(panel.widget)
    store.undo()
    assert box.value == "-60 to -50"


def test_a_seed_is_a_control_only_where_chance_plays_a_part():
    _, panel = opened(RunPanel, TUTORIAL)
    assert "seed" not in [part.description for part in inside(panel.widget, widgets.Text)]
    store, panel = opened(RunPanel, NOISE)
    before = store.result.spikes("noise")[1].tolist()
    field(panel.widget, "seed").value = "12"
    assert store.experiment.seed == 12
    assert store.result.spikes("noise")[1].tolist() != before
    field(panel.widget, "seed").value = "−3"
    assert "The seed is -3" in text(panel.widget)
    for wrong in ("1.5", "1,000", "", "12 ms"):
        field(panel.widget, "seed").value = wrong
        assert 'role="alert"' in " ".join(part.value for part in inside(panel.widget, widgets.HTML))
        assert store.experiment.seed == 12


def test_a_slider_is_made_with_its_value_so_that_no_page_reports_another():
    lab = Lab(SHORT)
    sliders = {
        slider.description: slider.value
        for slider in inside(lab, (widgets.FloatSlider, widgets.FloatLogSlider))
    }
    assert sliders["Vt (mV)"] == -50
    assert sliders["weight (mV)"] == -9  # of the last connection
    assert sliders["tau_m (ms)"] == 20
    lab.close()


def test_the_progress_bar_shows_the_fraction_and_what_became_of_the_run():
    store = Store(TUTORIAL)
    bar = ProgressBar(store)
    bar.follow(0.25)
    assert bar.fraction == 0.25
    bar.follow(None)
    assert bar.fraction < 0
    store.subscribe(bar.show)
    store.refresh()
    assert (bar.message, bar.can_run) == ("", False)


@pytest.mark.parametrize(
    "content", [None, 3, {}, {"action": "close"}, {"action": ["stop"]}, {"action": None}]
)
def test_nonsense_from_the_page_is_no_order_to_the_progress_bar(content):
    bar = ProgressBar(Store(TUTORIAL))
    bar._handle_custom_msg(content, [])


def test_the_events_are_those_of_the_neurons_whose_traces_are_chosen():
    lab = Lab(SHORT)
    moment = next(
        listener.__self__
        for listener, _ in lab._store._publisher._listeners
        if type(listener.__self__).__name__ == "Moment"
    )
    moment.go(10.0)
    assert {event.neuron for event in moment.events if event.kind == "threshold"} <= set(range(12))
    field(lab, "traces of neurons").value = "100, 200"
    found = {event.neuron for event in moment.events if event.kind == "delivery"}
    assert found == {100, 200}
    lab.close()
