"""Hide, draw, reveal: nothing of what is hidden reaches the page."""

import re

import bqplot
import ipywidgets as widgets
import numpy as np
import pytest
from ipywidgets import Widget

from neurolab.experiment.edits import set_neurons, set_parameter, set_run, set_spikes
from neurolab.experiment.presets import TUTORIAL
from neurolab.ui.page.access import Access
from neurolab.ui.page.lab import Lab
from neurolab.ui.panels import predict_panel
from neurolab.ui.panels.predict_panel import PredictPanel
from neurolab.ui.pictures.drawing_layer import SAMPLES, DrawingLayer
from neurolab.ui.pictures.raster import Raster

from ..conftest import Clock
from ..onpage import OnPage

FIRING = set_parameter(TUTORIAL, "Vt", 4.0)


@pytest.fixture
def page(monkeypatch):
    page = OnPage(PredictPanel, FIRING)
    page.clock = Clock()
    monkeypatch.setattr(predict_panel, "time", page.clock)
    return page


def hide(page, after=3.0, variable="Va", thinking=2.0):
    page.every(widgets.Text)[0].value = str(after)
    page.every(widgets.Dropdown)[0].label = variable
    page.button("Hide and draw").click()
    page.clock.now += thinking
    return page.curtain.layer


def draw(layer, values):
    """What the page sends when a curve was drawn."""
    layer._handle_custom_msg({"values": list(values)}, [])


def test_who_presses_twice_before_the_page_has_changed_reveals_nothing(page):
    layer = hide(page, thinking=0.4)
    page.button("Reveal").click()
    assert page.curtain.layer is layer
    draw(layer, np.linspace(0, 1, SAMPLES + 1))
    page.button("Reveal").click()
    assert page.curtain.layer is None


def test_hiding_cuts_the_run_that_all_panels_are_shown(page):
    shown = []
    page.store.subscribe(shown.append)
    hide(page)
    assert shown[-1].hidden_after == 3.0
    assert shown[-1].result.times[-1] == pytest.approx(3e-3)
    page.button("Reveal").click()
    assert shown[-1].hidden_after is None
    assert len(shown[-1].result.times) == 100


def test_the_curve_to_be_drawn_begins_where_the_trace_is_hidden(page):
    layer = hide(page, 2.5, "Vb")
    seen = 3 * np.exp(-0.05)
    assert layer.values == pytest.approx([seen] * (SAMPLES + 1))
    assert (layer.name, layer.unit, layer.begin, layer.end) == ("Vb", "mV", 2.5, 10.0)


def test_revealing_shows_what_was_drawn_beside_what_came_and_judges_it(page):
    layer = hide(page, 4.5, "Vb")
    truth = 3 * (
        np.exp(-(np.array(layer.times()) - 2) / 10) + np.exp(-(np.array(layer.times()) - 3) / 10)
    )
    draw(layer, truth)
    page.button("Reveal").click()
    (drawn,) = page.overlays()
    assert (drawn.state, drawn.look) == ("Vb", "prediction")
    np.testing.assert_allclose(drawn.values, truth * 1e-3)
    assert "Nearly exact." in page.text()
    assert "100 % of the way" in page.text()


def test_without_drawing_a_flat_line_is_judged(page):
    hide(page)
    page.button("Reveal").click()
    assert "About as close as a flat line." in page.text()


def test_the_prediction_goes_when_another_run_is_shown(page):
    hide(page)
    page.button("Reveal").click()
    page.edit(set_parameter, "tau_b", 5.0)
    assert page.overlays() == []
    assert "flat line" not in page.text()


def test_the_network_can_be_changed_while_it_is_hidden_and_the_new_run_is_judged(page):
    layer = hide(page, 4.5, "Vb")
    page.edit(set_parameter, "tau_b", 3.0)
    times = np.array(layer.times())
    draw(layer, 3 * (np.exp(-(times - 2) / 3) + np.exp(-(times - 3) / 3)))
    page.button("Reveal").click()
    assert "Nearly exact." in page.text()


@pytest.mark.parametrize(
    "change",
    [
        lambda e: set_neurons(
            e, "target", equations="dVx/dt = -Vx/tau_a : volt", threshold="", reset=""
        ),
        lambda e: set_run(e, duration=2.0),
        lambda e: set_run(e, duration=40.0),
    ],
)
def test_an_edit_that_takes_away_what_was_hidden_does_no_harm(page, change):
    hide(page, 3.0, "Vb")
    page.store.edit(("run", "dt"), change)
    page.button("Reveal").click()
    assert page.store.curtain.hidden_after is None
    assert page.button("Hide and draw")


@pytest.mark.parametrize(
    ("text", "message"),
    [("20", "leaves nothing to predict"), ("x", "not a number"), ("-1", "nothing")],
)
def test_a_time_that_cannot_be_is_said_beside_the_control_and_not_taken(page, text, message):
    hide(page, 3.0)
    page.button("Reveal").click()
    page.every(widgets.Text)[0].value = text
    assert message in page.text()
    page.button("Hide and draw").click()
    assert page.curtain.hidden_after == 3.0


def test_closing_the_part_shows_everything_again(page):
    hide(page)
    page.panel._fold.opened = False
    assert page.curtain.hidden_after is None


@pytest.mark.parametrize(
    "content",
    [
        None,
        {},
        {"values": 3},
        {"values": [1.0] * SAMPLES},
        {"values": ["1"] * (SAMPLES + 1)},
        {"values": [float("nan")] * (SAMPLES + 1)},
        {"values": [True] * (SAMPLES + 1)},
        {"values": [1e300] * (SAMPLES + 1)},
    ],
)
def test_a_page_that_sends_nonsense_is_not_listened_to(content):
    layer = DrawingLayer(lambda values: pytest.fail("it was taken"), ("target", "Va"))
    layer._handle_custom_msg(content, [])
    layer.set_state({"begin": 1e9, "values": [5.0]})
    assert layer.begin == 0


class TestOnTheWholePage:
    @pytest.fixture
    def lab(self):
        lab = Lab(FIRING)
        yield lab
        lab.close()

    def every(self, lab, kind):
        found, left = [], [lab]
        while left:
            widget = left.pop()
            left += [*getattr(widget, "children", ()), *getattr(widget, "marks", ())]
            if isinstance(widget, kind):
                found.append(widget)
        return found

    def hide(self, lab, after):
        lab._store.curtain.close(after)
        lab._store.refresh_pictures()

    def test_no_curve_mark_or_row_goes_beyond_the_curtain(self, lab):
        self.hide(lab, 3.0)
        for mark in self.every(lab, bqplot.Lines):
            if mark.labels and mark.visible:
                assert np.max(mark.x) <= 3.0 + 1e-9
        for mark in self.every(lab, bqplot.Scatter):
            assert np.max(mark.x) <= 3.0
        rows = {row["label"]: row["times"] for row in self.every(lab, Raster)[0].rows}
        assert rows == {"inputs 0": [1.0, 4.0], "inputs 1": [2.0, 3.0], "target 0": [1.1]}

    def test_what_is_read_out_does_not_take_the_hidden_time_for_the_end(self, lab):
        self.hide(lab, 3.3)
        text = self.every(lab, Access)[0].text
        assert text.startswith("What comes after 3.3 ms is hidden. Until then: Va of target 0 ")
        lab._store.curtain.lift()
        lab._store.refresh_pictures()
        assert self.every(lab, Access)[0].text.startswith("Va of target 0 peaks at ")

    def test_the_value_axis_does_not_tell_what_is_hidden(self, lab):
        limits = []
        for times in ((2.0, 3.0), (2.0, 3.0, 3.2, 3.4, 3.6, 3.8, 4.0, 4.2)):
            lab._store.curtain.lift()
            lab._store.load(set_spikes(TUTORIAL, "inputs", 1, times))
            limits.append(self.limits(lab))
            self.hide(lab, 1.5)
            limits.append(self.limits(lab))
        assert limits[0] != limits[2]
        assert limits[1] == limits[3]

    def limits(self, lab):
        scale = self.every(lab, bqplot.Figure)[0].axes[1].scale
        return scale.min, scale.max

    def test_nothing_that_is_sent_while_it_is_hidden_holds_a_hidden_value(self, lab, monkeypatch):
        for heading in self.every(lab, Widget):
            if type(heading).__name__ == "FoldHeading" and heading.title != "Predict, then reveal":
                heading.opened = True
        self.hide(lab, 1.5)
        sent = []
        monkeypatch.setattr(
            Widget,
            "_send",
            lambda self, content, buffers=None: sent.append((self, content, buffers)),
        )
        lab._store.edit(
            ("parameter", "tau_b"), lambda experiment: set_parameter(experiment, "tau_b", 7.0)
        )
        assert sent
        longest = max(
            (memoryview(buffer).nbytes for _, _, buffers in sent for buffer in buffers or ()),
            default=0,
        )
        assert longest <= 16 * 8
        for _, content, _ in sent:
            assert not re.search(r"role=\"meter\"|<math|<table", str(content))
