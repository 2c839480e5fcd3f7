"""Plotting in a notebook: bqplot figures, each shown once, in a real kernel."""

import json
import queue

import bqplot
import numpy as np
import pytest
from jupyter_client.manager import start_new_kernel

from neurolab.errors import NeurolabError, ParseError
from neurolab.palette import COLOURS
from neurolab.plotting.bqplot_axes import Axes, round_values
from neurolab.plotting.bqplot_marks import MOST_DOTS
from neurolab.plotting.plot_arguments import curves

TUTORIAL = """
from neurolab import *
eqs = Equations('''
      dVa/dt = -Va/(1*ms) : volt
      dVb/dt = -Vb/(10*ms) : volt
      ''')
G1 = SpikeGeneratorGroup(2, [(0, 1 * ms), (0, 4 * ms), (1, 2 * ms), (1, 3 * ms)])
G2 = NeuronGroup(N=1, model=eqs, threshold=10 * mV, reset=0 * mV)
C1 = Connection(G1, G2, 'Va')
C2 = Connection(G1, G2, 'Vb')
C1[0, 0] = 6 * mV
C2[1, 0] = 3 * mV
Ma = StateMonitor(G2, 'Va', record=True)
Mb = StateMonitor(G2, 'Vb', record=True)
run(10 * ms)
plot(Ma.times, Ma[0])
plot(Mb.times, Mb[0])
"""
LOOK = """
import json
from ipywidgets.widgets.widget import _instances
def look(model):
    def lines(figure):
        return [{'kind': type(mark).__name__, 'x': mark.x.tolist(), 'y': mark.y.tolist(), 'colour': mark.colors[0]}
                for mark in figure.marks]
    shown = _instances[model]
    inner = [{'area': child.layout.grid_area, 'marks': lines(child)} for child in getattr(shown, 'children', ())]
    return json.dumps({'kind': type(shown).__name__, 'inner': inner, 'marks': lines(shown) if not inner else []})
"""


class Notebook:
    """A kernel that runs cells as a notebook does."""

    def __init__(self):
        self.manager, self.client = start_new_kernel(kernel_name="python3")

    def run(self, code, cell=None):
        """Run a cell; gives the widgets that it displays, in their order, and what it prints."""
        content = {
            "code": code,
            "silent": False,
            "store_history": True,
            "user_expressions": {},
            "allow_stdin": False,
        }
        message = self.client.session.msg(
            "execute_request", content, metadata={"cellId": cell} if cell else {}
        )
        self.client.shell_channel.send(message)
        shown, text = [], ""
        while True:
            try:
                reply = self.client.get_iopub_msg(timeout=60)
            except queue.Empty:
                raise AssertionError(f"the kernel does not answer: {code}") from None
            if reply["parent_header"].get("msg_id") != message["header"]["msg_id"]:
                continue
            kind, content = reply["msg_type"], reply["content"]
            if kind == "status" and content["execution_state"] == "idle":
                self.client.get_shell_msg(timeout=60)
                return shown, text
            if kind == "error":
                text += f"{content['ename']}: {content['evalue']}"
            elif kind in ("display_data", "execute_result"):
                view = content["data"].get("application/vnd.jupyter.widget-view+json")
                shown.append(view["model_id"] if view else content["data"])
            elif kind == "stream":
                text += content["text"]

    def look(self, model):
        """What a displayed widget holds."""
        return json.loads(self.run(f"print(look('{model}'))")[1])

    def count(self):
        """How many widgets the kernel keeps."""
        return int(self.run("print(len(_instances))")[1])


@pytest.fixture(scope="module")
def notebook():
    found = Notebook()
    assert found.run("import sys\nfrom neurolab import *\nprint('bqplot' in sys.modules)") == (
        [],
        "False\n",
    )
    found.run(LOOK)
    yield found
    found.client.stop_channels()
    found.manager.shutdown_kernel(now=True)


@pytest.mark.parametrize(
    "code", [TUTORIAL, f"exec({TUTORIAL!r}, {{}})"], ids=["as a cell", "through exec"]
)
def test_tutorial_shows_one_figure_with_va_blue_and_vb_green(notebook, code):
    shown, text = notebook.run(code)
    assert text == ""
    [model] = shown
    figure = notebook.look(model)
    assert figure["kind"] == "Figure"
    va, vb = figure["marks"]
    assert (va["kind"], va["colour"]) == ("Lines", COLOURS[0])
    assert (vb["kind"], vb["colour"]) == ("Lines", COLOURS[1])
    assert va["x"] == vb["x"] == pytest.approx(np.arange(100) * 1e-4)
    assert (va["y"][10], va["y"][40]) == pytest.approx((6e-3, 6e-3 * (1 + np.exp(-3))))
    assert (vb["y"][20], vb["y"][30]) == pytest.approx((3e-3, 3e-3 * (1 + np.exp(-0.1))))


def test_figure_of_a_cell_is_shown_once_and_the_next_cell_begins_a_new_one(notebook):
    [first], _ = notebook.run("plot([1, 2])\nplot([2, 1])")
    assert notebook.run("1 + 1")[0] == [{"text/plain": "2"}]
    [second], _ = notebook.run("plot([3, 4])\nxlim(0, 1)")
    assert first != second
    assert [len(notebook.look(model)["marks"]) for model in (first, second)] == [2, 1]


def test_show_displays_at_once_and_not_again(notebook):
    shown, text = notebook.run(
        "from IPython.display import display\nplot([1, 2])\nshow()\ndisplay('after')\n"
        "plot([2, 1])\nshow()\nshow()"
    )
    assert len(shown) == 3
    assert shown[1] == {"text/plain": "'after'"}
    assert notebook.look(shown[0])["marks"][0]["y"] == [1, 2]
    assert notebook.look(shown[2])["marks"][0]["y"] == [2, 1]


def test_cell_that_fails_still_shows_what_it_drew(notebook):
    shown, text = notebook.run("plot([1, 2])\nplot([1, 2], [1, 2, 3])")
    assert len(shown) == 1
    assert (
        text
        == "ShapeError: plot: x has 2 values and y has 3. They must be equally long. Plot y against its own times."
    )


def test_cell_that_is_run_again_does_not_leak_widgets(notebook):
    code = "subplot(211)\nplot([1, 2], 'o-', label='a')\nlegend()\nsubplot(212)\nplot([2, 1])\nfigure()\nplot([1])"
    notebook.run(code, cell="again")
    before = notebook.count()
    for _ in range(3):
        assert len(notebook.run(code, cell="again")[0]) == 2
    assert notebook.count() == before


def test_other_cells_keep_their_figures_when_a_cell_is_run_again(notebook):
    [model], _ = notebook.run("plot([1, 2])", cell="kept")
    for _ in range(2):
        notebook.run("plot([2, 1])", cell="repeated")
    assert notebook.look(model)["marks"][0]["y"] == [1, 2]


def test_subplots_stand_in_one_grid(notebook):
    [model], _ = notebook.run(
        "subplot(2, 2, 1)\nplot([1])\nsubplot(222)\nplot([2, 1])\nsubplot(212)\nplot([3, 1])\n"
        "subplot(221)\nplot([4, 1])"
    )
    grid = notebook.look(model)
    assert grid["kind"] == "GridBox"
    assert [part["area"] for part in grid["inner"]] == [
        "1 / 1 / 2 / 2",
        "1 / 2 / 2 / 3",
        "2 / 1 / 3 / 3",
    ]
    assert [len(part["marks"]) for part in grid["inner"]] == [2, 1, 1]


def test_two_figures_are_shown_in_their_order_and_can_be_gone_back_to(notebook):
    shown, _ = notebook.run(
        "figure(1)\nplot([1, 2])\nfigure(2)\nplot([3, 4])\nfigure(1)\nplot([5, 6])"
    )
    assert [[mark["y"] for mark in notebook.look(model)["marks"]] for model in shown] == [
        [[1, 2], [5, 6]],
        [[3, 4]],
    ]


def test_raster_plot_shows_one_figure_of_dots(notebook):
    shown, text = notebook.run(
        TUTORIAL.partition("run(")[0] + "M = SpikeMonitor(G1)\nrun(10*ms)\nfigure()\nraster_plot()"
    )
    [model] = shown
    [dots] = notebook.look(model)["marks"]
    assert dots["kind"] == "Scatter"
    assert (dots["x"], dots["y"]) == (pytest.approx([1, 2, 3, 4]), [0, 1, 1, 0])


def test_savefig_writes_the_shown_figure_to_a_file(notebook, tmp_path):
    path = tmp_path / "figure.svg"
    shown, text = notebook.run(
        f"plot([1, 2], label='Va')\nlegend()\ntitle('One')\nsavefig({str(path)!r})"
    )
    assert (len(shown), text) == (1, "")
    assert COLOURS[0] in path.read_text()


def test_xlim_tells_the_ends_only_when_asked(notebook):
    assert notebook.run("plot([1, 2])\nxlim(0, 5)")[0][1:] == []
    assert notebook.run("plot([0, 4], [1, 2])\nxlim()")[0][0] == {"text/plain": "(0.0, 4.0)"}


@pytest.fixture
def axes():
    """Axes on their own, and what `plot` would draw on them."""
    found = Axes((1, 1, 1), 360)

    def plot(*args, **options):
        for curve in curves(args, options):
            found.plot(*curve)
        return found.figure.marks[-1]

    found.draw = plot
    return found


def test_formats_become_bqplots_lines_and_markers(axes):
    dashed = axes.draw([1, 2], "r--", lw=3)
    assert (type(dashed), dashed.line_style, dashed.colors, dashed.stroke_width) == (
        bqplot.Lines,
        "dashed",
        ["#c62828"],
        3,
    )
    marked = axes.draw([1, 2], "s-.")
    assert (marked.line_style, marked.marker) == ("dash_dotted", "square")
    dots = axes.draw([1, 2], "kx", alpha=0.5)
    assert (type(dots), dots.marker, dots.opacities.tolist()) == (
        bqplot.Scatter,
        "crosshair",
        [0.5],
    )


def test_colours_that_are_named_do_not_use_up_the_cycle(axes):
    assert [axes.draw([1, 2], *text).colors[0] for text in ((), ("k",), (), ("b",), ())] == [
        COLOURS[0],
        "#000000",
        COLOURS[1],
        COLOURS[0],
        COLOURS[2],
    ]


def test_many_dots_are_one_path(axes):
    count = MOST_DOTS + 1
    mark = axes.draw(np.arange(count), np.arange(count), ".")
    assert isinstance(mark, bqplot.Lines)
    assert np.isnan(mark.y[2::3]).all()
    assert mark.y[::3].tolist() == list(range(count))


def test_axes_show_all_curves_and_mark_round_numbers(axes):
    axes.draw([0, 0.0099], [0, 0.0063])
    x, y = axes.figure.axes
    assert (x.scale.min, x.scale.max) == (0, 0.0099)
    assert y.scale.min < 0 < 0.0063 < y.scale.max
    assert y.tick_values.tolist() == pytest.approx([0, 0.001, 0.002, 0.003, 0.004, 0.005, 0.006])


def test_ticks_follow_a_zoom(axes):
    axes.draw([0, 10], [0, 1])
    scale = axes.figure.axes[0].scale
    scale.min, scale.max = 2.0, 3.0
    assert axes.figure.axes[0].tick_values.tolist() == pytest.approx([2, 2.2, 2.4, 2.6, 2.8, 3])


@pytest.mark.parametrize("values", [[], [3], [3, 3], [0, 0], [np.nan, np.nan], [1, np.inf]])
def test_curves_without_extent_leave_the_axes_finite(axes, values):
    axes.draw(values)
    axes.draw(values, "o")
    for axis in axes.figure.axes:
        assert np.isfinite([axis.scale.min, axis.scale.max]).all()
        assert axis.scale.min < axis.scale.max


def test_limits_turn_an_axis_round_and_hold_when_more_is_drawn(axes):
    axes.draw([1, 2])
    axes.limits("y", 8.0, 0.0)
    axes.draw([1, 100])
    scale = axes.figure.axes[1].scale
    assert (scale.min, scale.max, scale.reverse) == (0, 8, True)
    assert axes.limits("y") == (8.0, 0.0)


def test_labels_may_come_before_the_curves(axes):
    for which, text in (("x", "Time (ms)"), ("y", "Va (mV)"), ("title", "One")):
        axes.label(which, text)
    axes.draw([1, 2])
    assert [axis.label for axis in axes.figure.axes] == ["Time (ms)", "Va (mV)"]
    assert axes.figure.title == "One"


@pytest.mark.parametrize(
    ("place", "location"),
    [
        ("upper left", "top-left"),
        (4, "bottom-right"),
        ("right", "right"),
        ("lower center", "bottom"),
        ("best", "bottom-left"),
    ],
)
def test_legend_lists_the_labelled_curves_where_it_is_told(axes, place, location):
    first = axes.draw([10, 0, 0, 0], label="Va")
    second = axes.draw([10, 10, 10, 10])
    axes.legend([], place)
    assert (first.display_legend, first.labels, second.display_legend) == (True, ["Va"], False)
    assert axes.figure.legend_location == location


def test_legend_names_the_curves_in_their_order(axes):
    marks = [axes.draw([1, 2]), axes.draw([2, 1])]
    axes.legend(["a", "b"], "best")
    assert [mark.labels for mark in marks] == [["a"], ["b"]]


def test_legend_without_labels_or_at_no_place_is_an_error(axes):
    axes.draw([1, 2])
    with pytest.raises(NeurolabError, match="label="):
        axes.legend([], "best")
    with pytest.raises(ParseError, match="'nowhere'"):
        axes.legend(["a"], "nowhere")


def test_colour_that_is_none_is_an_error_and_draws_nothing(axes):
    with pytest.raises(ParseError, match="'nocolour'"):
        axes.draw([1, 2], color="nocolour")
    assert axes.figure.marks == []


@pytest.mark.parametrize(
    ("low", "high", "most", "expected"),
    [
        (0, 10, 6, [0, 2, 4, 6, 8, 10]),
        (-1, 1, 4, [-1, -0.5, 0, 0.5, 1]),
        (0.3, 0.31, 3, [0.3, 0.305, 0.31]),
        (1e6, 3e6, 3, [1e6, 2e6, 3e6]),
    ],
)
def test_round_values_are_few_and_round(low, high, most, expected):
    assert round_values(low, high, most).tolist() == pytest.approx(expected)


def test_neuron_numbers_are_marked_by_whole_numbers():
    assert round_values(-0.5, 1.5, 7, whole=True).tolist() == [0, 1]
