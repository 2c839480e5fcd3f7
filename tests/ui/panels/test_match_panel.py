"""The panel with a target to be matched."""

import re

import ipywidgets as widgets
import numpy as np
import pytest

from neurolab.experiment.challenges import CHALLENGES
from neurolab.experiment.edits import set_neurons, set_parameter, set_run
from neurolab.experiment.presets import COUPLED, TUTORIAL
from neurolab.experiment.simulate import simulate
from neurolab.explain.drawn_paths import path
from neurolab.ui.panels.match_panel import MatchPanel

from ..onpage import OnPage


@pytest.fixture
def page():
    return OnPage(MatchPanel, COUPLED)


def choose(page, key):
    page.every(widgets.Dropdown)[0].value = key


def meter(page):
    """What a screen reader is told of the distance."""
    text = "".join(widget.value for widget in page.every(widgets.HTML))
    found = re.search(r'role="meter".*?aria-valuenow="([\d.e-]+)" aria-valuetext="([^"]*)"', text)
    return found and (float(found[1]), found[2])


def test_at_first_there_is_no_target(page):
    assert page.overlays() == []
    assert meter(page) is None


@pytest.mark.parametrize("key", CHALLENGES)
def test_a_challenge_loads_its_start_and_shows_its_target(page, key):
    choose(page, key)
    assert page.store.experiment == CHALLENGES[key].start
    hidden = simulate(CHALLENGES[key].hidden)
    assert all(overlay.look == "target" for overlay in page.overlays())
    for overlay in page.overlays():
        group = hidden.experiment.neurons_of(overlay.group)
        np.testing.assert_array_equal(overlay.values, path(hidden, group, overlay.state, 0).values)
    assert meter(page)[0] > 5
    assert "Matched" not in page.text()


def test_the_distance_falls_on_the_way_and_the_match_is_said_with_what_made_it(page):
    choose(page, "decay")
    seen = []
    for tau in (1.5, 2.0, 2.5, 3.0, 3.2):
        page.edit(set_parameter, "tau_a", tau)
        seen.append(meter(page)[0])
    assert (np.diff(seen) < 0).all()
    assert seen[-1] == 0
    assert "Matched. The target was made with tau_a 3.2 ms." in re.sub(
        r"\s+", " ", page.text()
    ).replace(" .", ".")


def test_nearly_is_enough_within_the_tolerance(page):
    choose(page, "decay")
    page.edit(set_parameter, "tau_a", 3.25)
    assert 0 < meter(page)[0] < 1
    assert "Matched" in page.text()


def test_starting_again_goes_back_to_the_start_of_the_challenge(page):
    choose(page, "decay")
    page.edit(set_parameter, "tau_a", 2.0)
    page.button("Start again").click()
    assert page.store.experiment == TUTORIAL


def test_the_present_run_can_be_made_the_target_and_chosen_again(page):
    page.button("Use this run as target").click()
    assert meter(page) == (0, "0 % away")
    page.edit(set_parameter, "tau_b", 4.0)
    assert meter(page)[0] > 1
    expected = path(simulate(COUPLED), COUPLED.neurons[0], "Vb", 0).values
    np.testing.assert_array_equal(
        next(o for o in page.overlays() if o.state == "Vb").values, expected
    )
    choose(page, "decay")
    choose(page, "own")
    np.testing.assert_array_equal(
        next(o for o in page.overlays() if o.state == "Vb").values, expected
    )
    choose(page, "")
    assert page.overlays() == []


def test_what_cannot_be_judged_is_said_in_words(page):
    choose(page, "decay")
    page.edit(set_run, duration=2.0)
    assert "This run ends before the target does" in page.text()
    assert meter(page) is None
    page.store.undo()
    page.edit(
        set_neurons, "target", equations="dVa/dt = -Va/tau_a : volt\ndVc/dt = -Vc/tau_b : volt"
    )
    assert "trace of Vb of target 0, which this network lacks" in page.text()


def test_while_the_traces_are_hidden_the_distance_is_too(page):
    choose(page, "decay")
    page.curtain.close(2.0)
    page.store.refresh_pictures()
    assert meter(page) is None
    assert page.button("Use this run as target").disabled


def test_closed_it_neither_draws_nor_measures(page, monkeypatch):
    choose(page, "decay")
    page.panel._fold.opened = False
    monkeypatch.setattr(
        "neurolab.ui.panels.match_panel.distance", lambda *_: pytest.fail("it measured")
    )
    page.edit(set_parameter, "tau_a", 2.0)
    assert page.overlays() == []
