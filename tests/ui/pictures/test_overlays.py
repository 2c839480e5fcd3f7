"""What panels draw into the traces: marks of their own, reused, in front of the curves or behind them."""

import bqplot
import numpy as np
import pytest
from ipywidgets import Widget
from ipywidgets.widgets.widget import _instances

from neurolab.experiment.presets import TUTORIAL
from neurolab.ui.pictures.curve import Curve
from neurolab.ui.pictures.overlay import LOOKS, Overlay
from neurolab.ui.pictures.overlays import Drawn
from neurolab.ui.pictures.plots import Pictures
from neurolab.ui.pictures.traces import TracesFigure
from neurolab.ui.store.store import Store

TIMES = np.arange(101) * 0.1


def drawn(look, peak=3.0, label="alone", style=0):
    values = peak * np.exp(-TIMES / 3)
    return Drawn(Overlay("target", "Va", 0, label, TIMES, values * 1e-3, look), values, style)


def draw(figure, *overlays):
    figure.draw([Curve("Va", TIMES, 6 * np.exp(-TIMES / 3))], duration=10.0)
    figure.draw_overlays(list(overlays))


def marks(figure):
    picture = next(child for child in figure.widget.children if isinstance(child, bqplot.Figure))
    return picture.marks


@pytest.fixture
def figure():
    made = TracesFigure("mV")
    draw(made)
    return made


@pytest.fixture
def sent(monkeypatch):
    """The messages that widgets send from now on, each as (widget, content)."""
    messages = []
    monkeypatch.setattr(
        Widget, "_send", lambda self, content, buffers=None: messages.append((self, content))
    )
    return messages


def added(figure, *overlays):
    """The marks that these overlays bring."""
    before = {id(mark) for mark in marks(figure)}
    draw(figure, *overlays)
    return [mark for mark in marks(figure) if id(mark) not in before]


@pytest.mark.parametrize("look", LOOKS)
def test_every_look_can_be_drawn_with_its_values(figure, look):
    (mark,) = added(figure, drawn(look))
    np.testing.assert_array_equal(mark.x, TIMES)
    np.testing.assert_allclose(mark.y, 3.0 * np.exp(-TIMES / 3))


def test_all_looks_differ(figure):
    looks = {
        (*mark.colors, mark.line_style, mark.stroke_width, *mark.opacities, mark.marker)
        for mark in added(figure, *map(drawn, LOOKS))
    }
    assert len(looks) == len(LOOKS)


def test_a_target_and_pinned_runs_lie_behind_the_curves_and_the_others_before(figure):
    curve = marks(figure)[1]
    overlays = added(figure, *map(drawn, LOOKS))
    places = {id(mark): place for place, mark in enumerate(marks(figure))}
    behind = [mark for mark in overlays if places[id(mark)] < places[id(curve)]]
    assert len(behind) == 2
    assert {mark.stroke_width for mark in behind} == {9.0, 2.0}


def test_without_overlays_nothing_is_added_and_nothing_is_sent(figure, sent):
    assert added(figure) == []
    assert sent == []


def test_the_same_overlays_again_send_nothing(figure, sent):
    draw(figure, drawn("ghost"), drawn("sum"))
    sent.clear()
    draw(figure, drawn("ghost"), drawn("sum"))
    assert sent == []


def test_marks_are_used_again_for_other_values(figure, sent):
    draw(figure, drawn("ghost"))
    before = list(marks(figure))
    sent.clear()
    draw(figure, drawn("ghost", 2.0))
    assert marks(figure) == before
    assert [set(content["state"]) for _, content in sent] == [{"y"}]


def test_overlays_that_come_and_go_leave_no_widgets(figure):
    draw(figure, drawn("ghost"), drawn("ghost"), drawn("exact"))
    draw(figure)
    before = len(_instances)
    for _ in range(3):
        draw(figure, drawn("ghost"), drawn("ghost"), drawn("exact"))
        draw(figure)
    assert len(_instances) == before
    assert len(marks(figure)) == 3


def test_an_overlay_that_is_higher_than_the_curves_is_in_view(figure):
    draw(figure, drawn("pinned", 25.0))
    assert figure._axes.limits[1] >= 25.0


def test_a_curve_that_changes_is_sent_before_its_overlays(figure, sent):
    draw(figure, drawn("ghost"))
    sent.clear()
    figure.draw([Curve("Va", TIMES, 5 * np.exp(-TIMES / 3))], duration=10.0)
    assert len(sent) == 1
    figure.draw_overlays([drawn("ghost", 2.0)])
    assert len(sent) == 2


def test_the_legend_names_overlays_once_and_ghosts_as_a_whole(figure):
    draw(
        figure,
        drawn("ghost", label="a"),
        drawn("ghost", label="b"),
        drawn("pinned", label="<before>"),
    )
    text = figure._legend.value
    assert text.count("what each spike adds") == 1
    assert text.count("&lt;before&gt;") == 1


class Painter:
    """A panel that draws what it is told to."""

    def __init__(self, *overlays):
        self._overlays = overlays

    def overlays(self, snapshot):
        return [overlay() for overlay in self._overlays]


def pictures_with(*painters):
    store = Store(TUTORIAL)
    pictures = Pictures(store)
    pictures.painters = list(painters)
    store.subscribe(pictures.show)
    store.refresh()
    return pictures._figures["mV"]


def test_overlays_are_drawn_in_the_unit_and_the_colour_of_their_variable():
    figure = pictures_with(
        Painter(lambda: Overlay("target", "Vb", 0, "x", TIMES, np.full(101, 2e-3), "ghost"))
    )
    ghost = next(
        mark
        for mark in marks(figure)
        if isinstance(mark, bqplot.Lines) and mark.stroke_width == 1.4
    )
    np.testing.assert_allclose(ghost.y, 2.0)
    curve = next(
        mark for mark in marks(figure) if isinstance(mark, bqplot.Lines) and mark.labels == ["Vb"]
    )
    assert ghost.colors == curve.colors


def test_an_overlay_of_a_variable_that_is_gone_is_left_out():
    figure = pictures_with(
        Painter(
            lambda: Overlay("target", "Vx", 0, "x", TIMES, TIMES, "ghost"),
            lambda: Overlay("others", "Va", 0, "x", TIMES, TIMES, "ghost"),
        )
    )
    assert len(marks(figure)) == 4


def test_a_panel_that_fails_to_draw_does_not_take_the_traces_away(caplog):
    figure = pictures_with(
        Painter(lambda: 1 / 0),
        Painter(lambda: Overlay("target", "Va", 0, "x", TIMES, TIMES * 1e-3, "ghost")),
    )
    assert len(marks(figure)) == 5
    assert "Painter" in caplog.text
