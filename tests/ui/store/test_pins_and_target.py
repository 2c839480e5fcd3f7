"""What is kept beside the present run: it comes with a link, and survives a reload."""

import asyncio

import ipywidgets as widgets
import numpy as np
import pytest

from neurolab.experiment.edits import set_neurons, set_parameter, set_run
from neurolab.experiment.presets import COUPLED, TUTORIAL
from neurolab.experiment.session import OWN, Pinned, Session
from neurolab.experiment.simulate import simulate
from neurolab.explain.drawn_paths import path
from neurolab.exports.link import session_from_link, to_link
from neurolab.ui.page.page_address import Address
from neurolab.ui.panels.compare_panel import ComparePanel
from neurolab.ui.panels.match_panel import MatchPanel

from ..onpage import OnPage
from ..store_edits import run

SLOW = set_parameter(TUTORIAL, "tau_a", 3.0)
PINNED = Session(
    SLOW, TUTORIAL, (Pinned("first", TUTORIAL), Pinned("second", COUPLED, shown=False))
)
EXPLODES = set_neurons(
    TUTORIAL,
    "target",
    threshold="",
    reset="",
    equations="dVa/dt = (Va + 1*mV)**9/mV**8/tau_a : volt\ndVb/dt = -Vb/tau_b : volt",
)


def page(kind, opened=False):
    return OnPage(kind, opened=opened)


def linked(page):
    """What the address of the page holds."""
    address = Address(page.store)
    address._first = None
    address._follow()
    return session_from_link(address.link)


def labels(page):
    return [overlay.label for overlay in page.overlays()]


@pytest.mark.parametrize("opened", [False, True])
def test_pins_that_come_with_a_link_are_seen_behind_the_traces(opened):
    compare = page(ComparePanel, opened)
    compare.store.open(PINNED)
    assert compare.panel._fold.opened
    assert set(labels(compare)) == {"first"}
    np.testing.assert_array_equal(
        compare.overlays()[0].values,
        path(simulate(TUTORIAL), TUTORIAL.neurons[0], "Va", 0).values,
    )
    assert [box.description for box in compare.every(widgets.Checkbox)][:2] == ["first", "second"]
    (choice,) = compare.every(widgets.Dropdown)
    choice.label = "first"
    assert "tau_a" in compare.text()


def test_the_address_holds_pins_and_where_reset_leads():
    compare = page(ComparePanel, opened=True)
    compare.button("Pin this run").click()
    compare.edit(set_parameter, "tau_a", 3.0)
    assert linked(compare) == Session(SLOW, TUTORIAL, (Pinned("run 1", TUTORIAL),))
    compare.every(widgets.Checkbox)[0].value = False
    assert linked(compare).pins == (Pinned("run 1", TUTORIAL, shown=False),)
    compare.button("Remove").click()
    assert linked(compare) == Session(SLOW, TUTORIAL)


def test_resetting_leads_where_it_led_before_the_reload():
    compare = page(ComparePanel)
    compare.store.open(PINNED)
    compare.store.reset()
    assert compare.store.experiment == TUTORIAL


def test_a_link_takes_the_place_of_what_was_pinned_and_the_next_pin_has_a_name_of_its_own():
    compare = page(ComparePanel, opened=True)
    compare.button("Pin this run").click()
    compare.store.open(PINNED)
    compare.button("Pin this run").click()
    assert [pin.name for pin in compare.store.kept.pins] == ["first", "second", "run 3"]
    compare.store.open(Session(TUTORIAL))
    assert compare.overlays() == []


def test_a_name_that_no_link_could_hold_is_mended():
    compare = page(ComparePanel, opened=True)
    for _ in range(4):
        compare.every(widgets.Text)[0].value = "a\x00b\t" + "x" * 40
        compare.button("Pin this run").click()
    assert linked(compare).pins == compare.store.session.pins
    assert len({pin.name for pin in compare.store.session.pins}) == 4


def test_a_target_that_comes_with_a_link_is_to_be_matched():
    match = page(MatchPanel)
    match.store.open(Session(SLOW, target=TUTORIAL, challenge=OWN))
    assert match.panel._fold.opened
    assert match.every(widgets.Dropdown)[0].label == "your target"
    assert set(labels(match)) == {"to match"}
    np.testing.assert_array_equal(
        match.overlays()[0].values,
        path(simulate(TUTORIAL), TUTORIAL.neurons[0], "Va", 0).values,
    )
    match.edit(set_parameter, "tau_a", 1.0)
    assert "Matched" in match.text()


def test_the_address_holds_the_own_target_and_the_challenge():
    match = page(MatchPanel, opened=True)
    match.button("Use this run as target").click()
    match.edit(set_parameter, "tau_a", 3.0)
    assert linked(match) == Session(SLOW, TUTORIAL, target=TUTORIAL, challenge=OWN)
    match.every(widgets.Dropdown)[0].value = "decay"
    assert linked(match).challenge == "decay"
    assert linked(match).target == TUTORIAL


def test_a_challenge_that_comes_with_a_link_goes_on_where_it_was():
    match = page(MatchPanel, opened=True)
    match.store.open(Session(SLOW, TUTORIAL, challenge="decay"))
    assert match.store.experiment == SLOW
    assert match.every(widgets.Dropdown)[0].value == "decay"
    assert match.overlays()


def test_a_pin_that_cannot_be_run_is_said_and_the_others_are_shown():
    compare = page(ComparePanel)
    compare.store.open(Session(TUTORIAL, pins=(Pinned("good", SLOW), Pinned("bad", EXPLODES))))
    assert set(labels(compare)) == {"good"}
    assert "bad cannot be shown: " in compare.text()


def test_a_target_that_cannot_be_run_is_said():
    match = page(MatchPanel)
    match.store.open(Session(TUTORIAL, target=EXPLODES, challenge=OWN))
    assert match.overlays() == []
    assert "The target cannot be shown: " in match.text()


def test_a_closed_panel_runs_nothing(monkeypatch):
    compare = page(ComparePanel, opened=True)
    compare.store.open(Session(TUTORIAL))
    monkeypatch.setattr("neurolab.ui.store.runner.simulate", lambda *_: pytest.fail("it ran"))
    compare.panel._fold.opened = False
    compare.store.kept.pins = ()
    compare.store.kept.target = None
    compare.store.refresh_pictures()


def test_long_runs_that_come_with_a_link_leave_the_page_alive():
    long = [set_run(set_parameter(TUTORIAL, "tau_a", tau), duration=2e4) for tau in (2.0, 3.0)]

    async def scene():
        compare = page(ComparePanel)
        compare.store.kept._runner._quick = False
        compare.store.open(
            Session(TUTORIAL, pins=tuple(Pinned(str(n), run) for n, run in enumerate(long)))
        )
        seen = labels(compare)
        for _ in range(2000):
            if all(pin.result for pin in compare.store.kept.pins):
                break
            await asyncio.sleep(0.01)
        compare.store.close()
        return seen, labels(compare), compare.text()

    before, after, text = run(scene())
    assert len(before) < len(after)
    assert set(after) == {"0", "1"}
    assert "is being run" not in text


def test_without_room_for_all_of_it_the_address_holds_the_experiment(monkeypatch):
    compare = page(ComparePanel, opened=True)
    compare.store.open(PINNED)
    monkeypatch.setattr("neurolab.ui.page.page_address.MOST_KEPT", len(to_link(SLOW)))
    assert linked(compare) == Session(SLOW)
