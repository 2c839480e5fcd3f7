"""The traces, without a browser: what is drawn, what is sent, and limits that stay calm."""

import bqplot
import numpy as np
import pytest
from ipywidgets import Widget
from ipywidgets.widgets.widget import _instances

from neurolab.ui.pictures.curve import Curve
from neurolab.ui.pictures.timeaxis import limits, ticks, ticks_between
from neurolab.ui.pictures.traces import TracesFigure

TIMES = np.arange(101) * 0.1


def decay(peak, style=0, label="Va", neuron=0):
    return Curve(label, TIMES, peak * np.exp(-TIMES / 3), style=style, neuron=neuron)


def draw(figure, *peaks, **options):
    curves = [
        decay(peak, style, label)
        for style, (peak, label) in enumerate(zip(peaks, ("Va", "Vb", "Vc")))
    ]
    figure.draw(curves, **{"duration": 10.0, **options})


def picture(figure):
    """The bqplot figure on the page."""
    return next(child for child in figure.widget.children if isinstance(child, bqplot.Figure))


def lines(figure):
    """The marks of the curves."""
    return [
        mark for mark in picture(figure).marks if isinstance(mark, bqplot.Lines) and mark.labels
    ]


def y_limits(figure):
    scale = picture(figure).axes[1].scale
    return scale.min, scale.max


@pytest.fixture
def figure():
    made = TracesFigure("mV")
    draw(made, 9.0, 6.0)
    return made


@pytest.fixture
def sent(monkeypatch):
    """The messages that widgets send from now on, each as (widget, content)."""
    messages = []
    monkeypatch.setattr(
        Widget, "_send", lambda self, content, buffers=None: messages.append((self, content))
    )
    return messages


def test_each_curve_is_a_line_with_its_values(figure):
    assert [line.labels for line in lines(figure)] == [["Va"], ["Vb"]]
    np.testing.assert_array_equal(lines(figure)[1].x, TIMES)
    np.testing.assert_array_equal(lines(figure)[1].y, decay(6.0).values)


def test_variables_differ_in_colour_and_in_dash(figure):
    first, second = lines(figure)
    assert first.colors != second.colors
    assert (first.line_style, second.line_style) == ("solid", "dashed")


def test_neurons_of_one_variable_differ_in_width_but_not_in_colour():
    figure = TracesFigure("mV")
    figure.draw([decay(9.0, neuron=0), decay(8.0, neuron=1)], duration=10.0)
    first, second = lines(figure)
    assert first.colors == second.colors
    assert first.stroke_width > second.stroke_width


def test_a_redraw_keeps_figure_and_marks(figure):
    draw(figure, 8.0, 5.0, peaks=[(4.0, 9.0)])
    before, marks = picture(figure), list(picture(figure).marks)
    draw(figure, 8.0, 5.0, threshold=[("Va", 9.0)], missed=[(4.0, 9.0)], stale=True)
    assert picture(figure) is before
    assert picture(figure).marks == marks


def test_another_set_of_curves_makes_new_marks_and_closes_the_old_ones(figure):
    old = lines(figure)
    draw(figure, 8.0)
    assert len(lines(figure)) == 1
    assert all(line.comm is None for line in old)


def test_a_figure_that_lives_on_does_not_collect_widgets(figure):
    draw(figure, 9.0)
    draw(figure, 9.0, 6.0)
    before = len(_instances)
    for _ in range(5):
        draw(figure, 9.0)
        draw(figure, 9.0, 6.0)
    assert len(_instances) == before


def test_the_same_curves_again_send_nothing(figure, sent):
    curves = [
        Curve(curve.label, curve.times.copy(), curve.values, style=curve.style)
        for curve in (decay(9.0), decay(6.0, 1, "Vb"))
    ]
    figure.draw(curves, duration=10.0)
    assert sent == []


def test_a_curve_that_changes_is_one_message_without_the_times(figure, sent):
    draw(figure, 8.9, 6.0)
    assert len(sent) == 1
    widget, content = sent[0]
    assert widget is lines(figure)[0]
    assert set(content["state"]) == {"y"}


def test_times_and_values_that_change_together_are_one_message(figure, sent):
    times = TIMES[:51]
    figure.draw(
        [
            Curve("Va", times, decay(9.0).values[:51]),
            Curve("Vb", times, decay(6.0).values[:51], style=1),
        ],
        duration=10.0,
    )
    assert [set(content["state"]) for _, content in sent] == [{"x", "y"}, {"x", "y"}]


def test_threshold_and_spikes_that_stay_are_not_sent_again(figure, sent):
    options = {"threshold": [("Va", 9.0)], "peaks": [(4.0, 9.0)]}
    draw(figure, 9.0, 6.0, **options)
    sent.clear()
    draw(figure, 9.0, 5.9, **options)
    assert [widget for widget, _ in sent] == [lines(figure)[1]]


def test_a_threshold_within_reach_is_in_view_and_one_far_away_is_not():
    near, far = TracesFigure("mV"), TracesFigure("mV")
    draw(near, 5.0, threshold=[("Va", 9.0)])
    draw(far, 4.0, threshold=[("Va", 9.0)])
    assert y_limits(near)[1] >= 9.0
    assert y_limits(far)[1] < 9.0


def test_what_is_not_finite_does_not_disturb_the_axis():
    figure = TracesFigure("mV")
    figure.draw([Curve("Va", TIMES, np.where(TIMES < 5, 3.0, np.nan))], duration=10.0)
    assert y_limits(figure) == limits(0.0, 3.0)


def test_no_curves_at_all_is_an_empty_picture():
    figure = TracesFigure("mV")
    figure.draw([], duration=10.0)
    assert lines(figure) == []


def test_stale_curves_are_dimmed_and_said_to_be_the_last_good_run(figure):
    draw(figure, 9.0, 6.0, stale=True)
    assert all(line.opacities[0] < 0.6 for line in lines(figure))
    assert "last good run" in figure._legend.value
    draw(figure, 9.0, 6.0)
    assert all(line.opacities[0] == 1.0 for line in lines(figure))
    assert "last good run" not in figure._legend.value


def test_names_are_shown_as_text_not_as_markup():
    figure = TracesFigure("mV")
    figure.draw([Curve("<b>V", TIMES, TIMES)], duration=10.0)
    assert "&lt;b&gt;V" in figure._legend.value


def test_the_time_axis_ends_with_the_run(figure):
    draw(figure, 9.0, 6.0, duration=25.0)
    axis = picture(figure).axes[0]
    assert (axis.scale.min, axis.scale.max) == (0.0, 25.0)
    assert list(axis.tick_values) == [0, 5, 10, 15, 20, 25]


@pytest.mark.parametrize(
    ("low", "high"), [(0, 9.07), (-3, 4), (-70, 0), (0, 1e-7), (-2e6, 1), (0, 0), (0.001, 0.002)]
)
def test_limits_hold_the_values_and_zero(low, high):
    first, last = limits(low, high)
    assert first <= min(low, 0)
    assert last >= max(high, 0)
    assert first < last


def test_limits_do_not_move_while_the_values_fit_and_use_the_range():
    fresh = limits(0, 9.0)
    assert limits(0, 9.5, fresh) == fresh
    assert limits(0, 0.5 * fresh[1], fresh) == fresh


def test_limits_grow_at_once_and_shrink_only_below_45_percent():
    fresh = limits(0, 9.0)
    assert limits(0, 1.01 * fresh[1], fresh)[1] > fresh[1]
    assert limits(0, 0.44 * fresh[1], fresh)[1] < fresh[1]


@pytest.mark.parametrize("end", [10.0, 0.3, 7.0, 1000.0, 123.4])
def test_ticks_are_few_and_round(end):
    found = ticks(end)
    assert 3 <= len(found) <= 7
    assert found[0] == 0
    assert found[-1] <= end
    assert f"{found[1]:e}"[0] in "125"


def test_ticks_on_both_sides_of_zero_are_the_same_steps():
    assert ticks_between(-4, 12) == [-4, -2, 0, 2, 4, 6, 8, 10, 12]


def test_a_threshold_in_view_does_not_come_and_go_with_a_small_change():
    figure = TracesFigure("mV")
    draw(figure, 6.0, threshold=[("Va", 10.0)])
    before = y_limits(figure)
    draw(figure, 4.9, threshold=[("Va", 10.0)])
    assert y_limits(figure) == before
    draw(figure, 3.9, threshold=[("Va", 10.0)])
    assert y_limits(figure)[1] < 10.0


def test_a_side_that_is_not_left_stays_where_it_was():
    assert limits(-0.5, 13.0, (-4.0, 12.0))[0] == -4.0


def test_only_the_lowest_of_several_figures_names_the_time(figure):
    draw(figure, 9.0, 6.0, time_label=False)
    upper = picture(figure)
    assert upper.axes[0].label == ""
    assert upper.fig_margin["bottom"] < 30
    draw(figure, 9.0, 6.0)
    assert upper.axes[0].label == "time (ms)"


def test_the_readout_follows_the_lines_that_are_drawn(figure):
    draw(figure, 9.0)
    assert figure._readout.lines == lines(figure)
    assert figure._readout.names == ["Va"]


@pytest.mark.parametrize(
    ("peak", "decimals"), [(9.0, 2), (11.0, 2), (70.0, 1), (0.09, 4), (5000.0, 0)]
)
def test_the_readout_shows_about_three_digits(peak, decimals):
    figure = TracesFigure("mV")
    draw(figure, peak)
    assert figure._readout.decimals == decimals


def test_pointing_asks_nothing_of_the_kernel(figure):
    assert not figure._readout._msg_callbacks.callbacks
