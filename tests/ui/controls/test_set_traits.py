"""Traits that a widget has already are left alone; the others go in one message."""

import bqplot
import ipywidgets as widgets
import numpy as np
import pytest
from ipywidgets.widgets.widget import Widget

from neurolab.ui.controls.set_traits import update


def scales():
    return {"x": bqplot.LinearScale(), "y": bqplot.LinearScale()}


@pytest.fixture
def states(monkeypatch):
    """The states that are sent from now on."""
    found = []
    monkeypatch.setattr(
        Widget, "_send", lambda widget, content, buffers=None: found.append(content["state"])
    )
    return found


def test_what_changes_goes_in_one_message_without_the_rest(states):
    slider = widgets.FloatSlider(value=1.0, min=0.0, max=10.0, step=0.5)
    states.clear()
    update(slider, value=2.0, max=20.0, step=0.5)
    assert states == [{"value": 2.0, "max": 20.0}]


def test_equal_values_are_not_even_set(states):
    slider = widgets.FloatSlider(value=1.0)
    states.clear()
    slider._notify_trait = slider.hold_sync = None  # either would fail
    update(slider, value=1.0, description="")
    assert states == []


@pytest.mark.parametrize(("y", "sent"), [([1.0, 2.0], 0), ([1.0, 3.0], 1), ([1.0, 2.0, 3.0], 1)])
def test_arrays_are_compared_by_their_values(states, y, sent):
    line = bqplot.Lines(x=np.array([0.0, 1.0]), y=np.array([1.0, 2.0]), scales=scales())
    states.clear()
    update(line, y=np.array(y))
    assert len(states) == sent
    assert line.y.tolist() == y


def test_an_array_of_which_a_widget_holds_the_very_same_is_not_looked_at(states):
    times = np.array([0.0, np.nan])  # not equal to itself
    line = bqplot.Lines(x=times, y=[1.0, 2.0], scales=scales())
    states.clear()
    update(line, x=line.x)
    assert states == []
