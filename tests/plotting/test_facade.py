"""Plotting in a plain script: matplotlib, loaded late; never silent."""

import json
import os
import re
import subprocess
import sys

import pytest

from neurolab.errors import ArgumentError, MissingPackageError, ParseError, RangeError, ShapeError
from neurolab.palette import COLOURS
from neurolab.plotting import axis_limits, drawing, facade, spike_plots
from neurolab.plotting.plot_arguments import curves
from neurolab.units import unit_quantity

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
M1, M2 = SpikeMonitor(G1), SpikeMonitor(G2)
run(10 * ms)
plot(Ma.times, Ma[0])
plot(Mb.times, Mb[0])
"""
NO_MATPLOTLIB = "import sys; sys.modules['matplotlib'] = None\n"
# A display that only counts how often figures are shown, and closes them as their windows would be.
DISPLAY = """
import matplotlib
matplotlib.use('module://shown')
"""
SHOWN = """
from matplotlib.backends.backend_agg import FigureCanvasAgg as FigureCanvas, FigureManagerBase as FigureManager
from matplotlib._pylab_helpers import Gcf
def show(*args, **options):
    print('shown', len(Gcf.get_all_fig_managers()))
    Gcf.destroy_all()
"""


@pytest.fixture
def script(tmp_path):
    """Run a program as a script; gives the finished process."""
    (tmp_path / "shown.py").write_text(SHOWN)

    def run(code, backend="agg"):
        (tmp_path / "program.py").write_text(code)
        environment = {**os.environ, "MPLBACKEND": backend}
        environment["PYTHONPATH"] = os.pathsep.join(
            [str(tmp_path), environment.get("PYTHONPATH", "")]
        )
        return subprocess.run(
            [sys.executable, "program.py"],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
        )

    return run


def test_star_import_loads_no_plotting_library(script):
    done = script(
        "from neurolab import *\nimport sys\nplot, figure, savefig, raster_plot\n"
        "print([name for name in ('bqplot', 'ipywidgets', 'matplotlib', 'IPython') if name in sys.modules])"
    )
    assert done.stdout == "[]\n"


def test_script_that_plots_loads_no_widget_library(script):
    done = script(
        TUTORIAL + "import sys\nsavefig('a.png')\n"
        "print([name for name in ('bqplot', 'ipywidgets', 'IPython') if name in sys.modules])"
    )
    assert done.stdout == "[]\n", done.stderr


def test_tutorial_draws_va_blue_and_vb_green(script):
    done = script(
        TUTORIAL
        + """
from matplotlib import pyplot
lines = pyplot.gca().lines
print([line.get_color() for line in lines])
print(max(lines[0].get_ydata()) == float(max(Ma[0])), max(lines[1].get_xdata()))
savefig('a.png')
"""
    )
    assert done.stdout == f"{list(COLOURS[:2])}\nTrue 0.0099\n", done.stderr


def test_without_a_display_one_line_says_how_to_keep_the_figure(script):
    done = script(TUTORIAL)
    assert done.stdout.count("\n") == 1
    assert "savefig('name.png')" in done.stdout
    assert done.stderr == ""


def test_show_without_a_display_says_it_once(script):
    done = script(TUTORIAL + "show()\nshow()\n")
    assert done.stdout.count("savefig('name.png')") == 1
    assert done.stderr == ""


def test_savefig_writes_the_file_and_says_nothing(script, tmp_path):
    done = script(TUTORIAL + "savefig('a.png')\nshow()\nsavefig('b.svg')\n")
    assert (done.stdout, done.stderr) == ("", "")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert COLOURS[0] in (tmp_path / "b.svg").read_text()


def test_keeping_one_of_two_figures_still_tells_of_the_other(script):
    done = script(
        "from neurolab import *\nplot([1, 2])\nfigure()\nplot([2, 1])\nsavefig('b.png')\n"
    )
    assert done.stdout.count("savefig('name.png')") == 1


def test_with_a_display_figures_are_shown_at_the_end(script):
    done = script(DISPLAY + TUTORIAL + "figure()\nplot([1, 2])\nprint('done')\n")
    assert done.stdout == "done\nshown 2\n", done.stderr


def test_with_a_display_show_shows_once_and_the_end_not_again(script):
    done = script(DISPLAY + TUTORIAL + "show()\nprint('done')\n")
    assert done.stdout == "shown 1\ndone\n", done.stderr


def test_figure_that_was_shown_can_still_be_kept(script, tmp_path):
    script(DISPLAY + TUTORIAL + "show()\nsavefig('a.svg')\n")
    assert COLOURS[0] in (tmp_path / "a.svg").read_text()


def test_program_that_fails_opens_no_window_at_the_end(script):
    done = script(DISPLAY + TUTORIAL + "1 / 0\n")
    assert done.stdout == ""


def test_without_matplotlib_the_error_says_what_to_install(script):
    done = script(NO_MATPLOTLIB + TUTORIAL)
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert "MissingPackageError" in last
    assert 'pip install "neurolab-connections[plot]"' in last
    assert "ModuleNotFoundError" not in done.stderr


def test_without_matplotlib_a_program_that_does_not_plot_runs(script):
    done = script(NO_MATPLOTLIB + TUTORIAL.partition("plot(")[0] + "print(Ma[0].max())")
    assert done.returncode == 0, done.stderr


def test_missing_package_error_is_one_sentence_of_problem_and_one_of_mending(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.setattr(drawing, "_backends", {})
    with pytest.raises(MissingPackageError) as caught:
        facade.plot([1, 2])
    assert "\n" not in str(caught.value)


def test_labels_limits_legend_and_subplots_reach_matplotlib(script):
    done = script("""
from neurolab import *
subplot(2, 1, 1)
plot([0, 1], [2, 3], 'r--', label='Va', lw=3)
xlabel('Time (ms)'); ylabel('V (mV)'); title('One'); legend(); xlim(0, 5); ylim(top=8)
subplot(212)
plot([0, 1], [2, 3], [0, 1], [3, 2], 'k.')
legend(['first', 'second'], loc='upper left')
from matplotlib import pyplot
first, second = pyplot.gcf().axes
line = first.lines[0]
print(line.get_linestyle(), line.get_linewidth(), line.get_label(), *map(float, first.get_xlim()), first.get_ylim()[1])
print(first.get_xlabel(), first.get_ylabel(), first.get_title())
print([text.get_text() for text in second.get_legend().get_texts()], second.lines[1].get_marker())
print(xlim() == second.get_xlim())
savefig('a.png')
""")
    assert done.stdout.splitlines() == [
        "-- 3.0 Va 0.0 5.0 8.0",
        "Time (ms) V (mV) One",
        "['first', 'second'] .",
        "True",
    ], done.stderr


def test_dots_are_smaller_where_they_are_many(script):
    done = script(
        "from neurolab import *\nplot(range(100), '.', range(10000), '.')\nfrom matplotlib import pyplot\n"
        "few, many = pyplot.gca().lines\nprint(many.get_markersize() < few.get_markersize())\nsavefig('a.png')"
    )
    assert done.stdout == "True\n", done.stderr


RASTER = (
    TUTORIAL.partition("plot(")[0]
    + """
raster_plot({})
from matplotlib import pyplot
axes = pyplot.gca()
print([[(x, y) for x, y in zip(line.get_xdata().round(6).tolist(), line.get_ydata().tolist())] for line in axes.lines])
print(axes.get_xlabel(), axes.get_ylabel(), axes.get_title(), axes.get_ylim()[1], len(pyplot.get_fignums()))
savefig('a.png')
"""
)
SPIKES = "[(1.0, 0.0), (2.0, 1.0), (3.0, 1.0), (4.0, 0.0)]"


def test_raster_plot_draws_neuron_number_over_milliseconds(script):
    done = script(RASTER.format("M1, title='Inputs'"))
    assert done.stdout.splitlines() == [f"[{SPIKES}]", "Time (ms) Neuron number Inputs 1.5 1"], (
        done.stderr
    )


def test_raster_plot_without_arguments_stacks_all_spike_monitors_of_the_program(script):
    done = script(RASTER.format("showgrouplines=True"))
    assert done.stdout.splitlines() == [
        f"[{SPIKES}, [], [(0.0, 1.5), (4.0, 1.5)]]",
        "Time (ms) Neuron number  2.5 1",
    ], done.stderr


def test_raster_plot_of_something_else_names_it():
    with pytest.raises(ArgumentError, match="type list is given"):
        spike_plots.raster_plot([1, 2])


def test_raster_plot_without_a_monitor_says_how_to_make_one(script):
    done = script("from neurolab import *\nraster_plot()")
    assert "SpikeMonitor(G)" in done.stderr.splitlines()[-1]


def test_quantities_are_drawn_by_their_si_values():
    ms, mV = unit_quantity("ms"), unit_quantity("mV")
    [(x, y, _)] = curves(([1, 2] * ms, [3 * mV, 4 * mV]), {})
    assert x.tolist() == pytest.approx([1e-3, 2e-3])
    assert y.tolist() == pytest.approx([3e-3, 4e-3])


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (([5, 6],), [([0, 1], [5, 6])]),
        ((2, 3, "o"), [([2], [3])]),
        (([1, 2], [3, 4], [5, 6], [7, 8]), [([1, 2], [3, 4]), ([5, 6], [7, 8])]),
        (([1, 2], "r-", [3, 4], [7, 8], "k."), [([0, 1], [1, 2]), ([3, 4], [7, 8])]),
        (
            ([1, 2, 3], [[1, 10], [2, 20], [3, 30]]),
            [([1, 2, 3], [1, 2, 3]), ([1, 2, 3], [10, 20, 30])],
        ),
    ],
)
def test_arguments_are_read_as_pairs_of_x_and_y(args, expected):
    assert [(x.tolist(), y.tolist()) for x, y, _ in curves(args, {})] == expected


@pytest.mark.parametrize(
    ("text", "options", "look"),
    [
        ("", {}, (None, "-", "")),
        (".", {}, (None, "", ".")),
        ("k.", {}, ("#000000", "", ".")),
        ("--", {}, (None, "--", "")),
        ("r-o", {}, ("#c62828", "-", "o")),
        ("o:b", {}, (COLOURS[0], ":", "o")),
        ("-.g", {}, (COLOURS[1], "-.", "")),
        ("C1", {}, (COLOURS[1], "-", "")),
        ("red", {}, ("red", "-", "")),
        ("", {"color": "0.5", "ls": "dashed"}, ("#808080", "--", "")),
        ("", {"c": (1, 0, 0), "marker": "x", "linestyle": "none"}, ("#ff0000", "", "x")),
    ],
)
def test_formats_and_options_say_colour_line_and_marker(text, options, look):
    [(_, _, style)] = curves(([1, 2], text), options)
    assert (style.colour, style.line, style.marker) == look


@pytest.mark.parametrize(
    ("args", "options", "error", "words"),
    [
        (([1, 2], [1, 2, 3]), {}, ShapeError, "x has 2 values and y has 3"),
        (([1, 2, 3], [[1, 2, 3], [4, 5, 6]]), {}, ShapeError, "pass y.T"),
        (([1, 2], "r%"), {}, ParseError, "'r%'"),
        (([1, 2], "rr"), {}, ParseError, "'rr'"),
        (("r",), {}, ParseError, "in the place of values"),
        ((["a", "b"],), {}, ParseError, "not a number"),
        (([1, 2],), {"colr": "r"}, ArgumentError, "'colr'"),
        (([1, 2],), {"marker": "q"}, ParseError, "'q'"),
        (([1, 2],), {"ls": "wavy"}, ParseError, "'wavy'"),
    ],
)
def test_what_cannot_be_drawn_is_named(args, options, error, words):
    with pytest.raises(error, match=re.escape(words)):
        facade.plot(*args, **options)


@pytest.mark.parametrize("place", [(2, 2, 5), (2, 2, 0), (99,), (2, 2), (0, 1, 1)])
def test_subplot_outside_its_grid_is_an_error(place):
    with pytest.raises(RangeError, match="grid"):
        facade.subplot(*place)


def test_limits_that_are_equal_or_not_finite_are_an_error():
    with pytest.raises(RangeError):
        axis_limits.xlim(3, 3)
    with pytest.raises(RangeError):
        axis_limits.ylim(0, float("nan"))


def test_tutorial_notebook_holds_the_recorded_program_and_opens_its_network(root):
    notebook = json.loads((root / "notebooks" / "01_concept_of_a_connection.ipynb").read_text())
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    program = (root / "tests" / "correctness" / "programs" / "tutorial_2a.py").read_text()
    program = program.replace("outputs = {'Ma': Ma, 'Mb': Mb}", "")
    assert [line for line in "\n".join(cells[:-2]).splitlines() if line] == [
        line for line in program.splitlines() if line
    ]
    assert cells[-1].endswith("Lab(G1, G2, C1, C2)")


def test_a_histogram_gives_its_counts_and_edges(monkeypatch):
    monkeypatch.setattr(drawing, "_backends", {})
    values = [0.1, 0.2, 0.2, 0.9]
    counts, edges, _ = facade.hist(values, bins=2, range=(0, 1), color="r")
    assert (counts.tolist(), edges.tolist()) == ([3, 1], [0, 0.5, 1])
