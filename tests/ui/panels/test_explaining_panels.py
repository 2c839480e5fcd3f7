"""The panels on contributions and on the exact solution, without a browser: what they say and what they draw."""

import re

import ipywidgets as widgets
import numpy as np
import pytest

from neurolab.experiment.edits import set_neurons, set_parameter, set_size, set_spikes
from neurolab.experiment.presets import COUPLED, TUTORIAL
from neurolab.explain.drawn_paths import path
from neurolab.ui.panels import contributions_panel as contributions_panel
from neurolab.ui.panels import exact_panel as exact_panel
from neurolab.ui.panels.contributions_panel import ContributionsPanel
from neurolab.ui.panels.exact_panel import ExactPanel

from ..onpage import OnPage

NOT_LINEAR = set_neurons(
    TUTORIAL, "target", equations="dVa/dt = -Va**2/(tau_a*mV) : volt\ndVb/dt = -Vb/tau_b : volt"
)


@pytest.mark.parametrize(
    ("kind", "module", "work"),
    [
        (ContributionsPanel, contributions_panel, "contributions"),
        (ExactPanel, exact_panel, "exact"),
    ],
)
def test_a_closed_panel_does_no_work(kind, module, work, monkeypatch):
    monkeypatch.setattr(module, work, lambda *_: pytest.fail("it worked"))
    page = OnPage(kind, opened=False)
    page.store.load(COUPLED)
    assert page.overlays() == []


@pytest.mark.parametrize(
    ("kind", "module", "work"),
    [
        (ContributionsPanel, contributions_panel, "contributions"),
        (ExactPanel, exact_panel, "exact"),
    ],
)
def test_an_open_panel_works_once_for_each_run(kind, module, work, monkeypatch):
    calls, whole = [], getattr(module, work)
    monkeypatch.setattr(module, work, lambda *arguments: calls.append(1) or whole(*arguments))
    page = OnPage(kind)
    for _ in range(3):
        page.overlays()
        page.store.refresh_pictures()
    assert len(calls) == 1


@pytest.mark.parametrize("kind", [ContributionsPanel, ExactPanel])
def test_a_model_that_is_not_linear_is_explained_in_place_of_curves(kind):
    page = OnPage(kind, NOT_LINEAR)
    assert "Va**2" in page.text()
    assert "not linear" in page.text()
    assert page.overlays() == []
    page.store.load(TUTORIAL)
    assert "not linear" not in page.text()
    assert page.overlays()


@pytest.mark.parametrize("kind", [ContributionsPanel, ExactPanel])
def test_while_the_traces_are_hidden_nothing_is_said_about_them(kind):
    page = OnPage(kind)
    page.curtain.close(3.0)
    page.store.refresh_pictures()
    assert not re.search(r"\d", page.text())
    page.curtain.lift()
    page.store.refresh_pictures()
    assert re.search(r"\d", page.text())


@pytest.mark.parametrize("kind", [ContributionsPanel, ExactPanel])
def test_the_curves_can_be_taken_off_the_traces(kind):
    page = OnPage(kind)
    (box,) = page.every(widgets.Checkbox)
    box.value = False
    assert page.overlays() == []


@pytest.mark.parametrize("kind", [ContributionsPanel, ExactPanel])
def test_of_several_neurons_one_is_chosen_and_stays_chosen(kind):
    page = OnPage(kind)
    assert page.every(widgets.Dropdown) == []
    page.edit(set_size, "target", 2)
    (choice,) = page.every(widgets.Dropdown)
    choice.value = ("target", 1)
    assert {overlay.neuron for overlay in page.overlays()} in ({1}, set())
    page.edit(set_parameter, "tau_a", 2.0)
    assert choice.value == ("target", 1)
    page.edit(set_size, "target", 1)
    assert choice.value == ("target", 0)


def test_each_spike_has_a_ghost_that_begins_with_it():
    page = OnPage(ContributionsPanel)
    ghosts = page.overlays()
    assert [(ghost.state, ghost.label, ghost.times[0], ghost.look) for ghost in ghosts] == [
        ("Va", "inputs 0 at 1 ms through C1", pytest.approx(1.0), "ghost"),
        ("Va", "inputs 0 at 4 ms through C1", pytest.approx(4.0), "ghost"),
        ("Vb", "inputs 1 at 2 ms through C2", pytest.approx(2.0), "ghost"),
        ("Vb", "inputs 1 at 3 ms through C2", pytest.approx(3.0), "ghost"),
    ]
    assert all(len(ghost.times) == len(ghost.values) for ghost in ghosts)


def test_adding_one_after_the_other_ends_at_the_trace():
    page = OnPage(ContributionsPanel)
    add = page.button("Add next")
    seen = []
    while not add.disabled:
        add.click()
        seen.append(
            {overlay.state: overlay for overlay in page.overlays() if overlay.look == "sum"}
        )
    assert len(seen) == 4
    wholes = {
        state: path(page.store.result, TUTORIAL.neurons[0], state, 0) for state in ("Va", "Vb")
    }
    first = seen[0]["Va"]
    np.testing.assert_allclose(first.values[:40], wholes["Va"].values[:40], atol=1e-16)
    assert first.values[-50] < wholes["Va"].values[-50] / 2
    for state, whole in wholes.items():
        np.testing.assert_array_equal(seen[-1][state].times, whole.times)
        np.testing.assert_allclose(seen[-1][state].values, whole.values, atol=1e-16)
    assert "All 4 added up: that is the trace." in page.text()
    page.button("All apart").click()
    assert not [overlay for overlay in page.overlays() if overlay.look == "sum"]


def test_the_list_names_every_spike_with_what_it_did_and_whether_it_is_added():
    page = OnPage(ContributionsPanel)
    page.button("Add next").click()
    listed = page.every(widgets.HTML)[-1].value
    assert listed.count("<li>") == 4
    assert (
        re.sub("<[^>]+>", "", listed.split("</li>")[0])
        == "inputs 0 at 1 ms through C1: Va 6 mV ✓ added"
    )
    assert "added" not in listed.split("</li>")[1]


def test_fewer_spikes_leave_the_sum_within_them():
    page = OnPage(ContributionsPanel)
    for _ in range(4):
        page.button("Add next").click()
    page.edit(set_spikes, "inputs", 1, ())
    assert "All 2 added up" in page.text()


def test_where_nothing_arrives_it_says_so():
    silent = set_spikes(set_spikes(TUTORIAL, "inputs", 0, ()), "inputs", 1, ())
    assert "Nothing reaches this neuron." in OnPage(ContributionsPanel, silent).text()


def test_the_exact_panel_shows_a_formula_for_each_variable_and_the_largest_difference():
    page = OnPage(ExactPanel)
    mathematics = page.every(widgets.HTML)[0].value
    assert mathematics.count("<math") == 2
    assert "That is rounding: each step is exact." in page.text()


def test_with_eulers_method_the_difference_is_more_than_rounding():
    page = OnPage(ExactPanel, set_neurons(TUTORIAL, "target", method="euler"))
    assert "a smaller dt brings it closer" in page.text()
    assert "Va 0.14 mV" in page.text()


def test_the_exact_curves_are_those_of_the_closed_form():
    curve = next(overlay for overlay in OnPage(ExactPanel).overlays() if overlay.state == "Va")
    assert curve.look == "exact"
    np.testing.assert_allclose(
        curve.values[11:41], 6e-3 * np.exp(-(curve.times[11:41] - 1)), atol=1e-16
    )
