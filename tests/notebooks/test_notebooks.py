"""What the repository's notebooks hold, and that each runs from top to bottom with a real kernel."""

import math
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from neurolab.serving.page.served_notebook import LAB, page_notebook

from ..browser.waiting import patient

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))

TEACHING = [path for path in NOTEBOOKS if path.name[:2].isdigit()]
WORKSHEETS = {"01": "connection", "02": "excitation", "03": "threshold", "04": "networks"}


def code_cells(notebook):
    """The cells that hold code."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_notebook_is_kept_without_outputs(path):
    for cell in code_cells(nbformat.read(path, as_version=4)):
        assert cell.outputs == []
        assert cell.execution_count is None


def test_lab_notebook_makes_the_call_that_is_served():
    [lab] = [path for path in NOTEBOOKS if path.name == "lab.ipynb"]
    assert [cell.source for cell in code_cells(nbformat.read(lab, as_version=4))] == [
        cell.source for cell in code_cells(page_notebook(LAB))
    ]


def test_lab_notebook_shows_a_widget(tmp_path):
    [lab] = [path for path in NOTEBOOKS if path.name == "lab.ipynb"]
    notebook = nbformat.read(lab, as_version=4)
    NotebookClient(
        notebook, timeout=math.ceil(patient(120)), resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    [output] = code_cells(notebook)[-1].outputs
    assert "application/vnd.jupyter.widget-view+json" in output.data


def test_the_index_runs():
    [index] = [path for path in NOTEBOOKS if path.name == "index.ipynb"]
    NotebookClient(nbformat.read(index, as_version=4), timeout=math.ceil(patient(120))).execute()


def prose(path):
    """The text of a notebook."""
    return "\n\n".join(
        cell.source
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "markdown"
    )


@pytest.mark.parametrize("path", TEACHING, ids=lambda path: path.name)
def test_teaching_notebook_states_its_time_and_has_the_sections_in_order(path):
    text = prose(path)
    assert re.search(r"^\*About \d+ minutes\.\*$", text, re.MULTILINE)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == [
        "Goals",
        "Background",
        "Tasks",
        "The lab",
        "Legend",
    ]
    assert text.count("<details>") == text.count("</details>") >= 3
    assert f"`neurolab worksheet {WORKSHEETS[path.name[:2]]}`" in text


def test_index_names_every_teaching_notebook_with_its_time():
    [index] = [path for path in NOTEBOOKS if path.name == "index.ipynb"]
    listed = re.findall(r"\((\d\d_\w+\.ipynb)\) \| (\d+ minutes)", prose(index))
    assert [name for name, _ in listed] == [path.name for path in TEACHING]
    for (_, time), path in zip(listed, TEACHING, strict=True):
        assert f"*About {time}.*" in prose(path)


# What the prose says, as a cell after the notebook's last.
CLAIMS = {
    "01": """
assert [round(max(m[0] / mV), 2) for m in (Ma, Mb)] == [6.30, 5.71]
assert round((Ma[0] / mV)[39] * exp(-0.1), 2) == 0.30""",
    "02": """
V = M[0] / mV
assert (round(max(V), 2), round(min(V), 2)) == (4.00, -2.56)
# The closed form of the largest effect of one spike, and what is left of the excitation then.
peak = lambda w, tau: w * (5 / tau) ** (5 / (tau - 5))
assert (round(peak(8, 10), 2), round(peak(-12, 2), 2)) == (4.00, -2.61)
assert round(potential(60 + 3.1 - 5, 8, 10) * 1.0, 2) == 0.05
assert (round(peak(-12, 10), 2), round(peak(8, 2), 2)) == (-6.00, 1.74)
assert (round(t[argmax(V)] - 5, 1), round(t[argmin(V)] - 60, 1)) == (6.9, 3.1)
assert difference < 1e-12""",
    "03": """
assert [fires(w, [1, 4]) for w in (10.5, 10.6, 11.0, 11.1)] == [[], [4.1], [4.1], [1.1, 4.1]]
assert [bool(fires(6, [1, 1 + gap])) for gap in (0.1, 0.2, 0.3, 0.4)] == [True, False, False, False]
assert [bool(fires(6, [1, 1 + gap], dt=0.01 * ms)) for gap in (0.38, 0.39)] == [True, False]
every = [1, 2, 3, 4, 5, 6, 7, 8]
assert [len(fires(12, every, refractory=r * ms)) for r in (0, 2, 4)] == [8, 3, 2]
assert fires(9.6, [1, 1.2]) == [1.3]
assert [bool(fires(w, [1], dt=0.01 * ms)) for w in (10.1, 10.11)] == [False, True]
defaultclock.dt = 0.1 * ms
tau = 10 * ms
assert [bool(fires(6, [1, last])) for last in (4.8, 4.9)] == [True, False]""",
    "04": """
began = [float(when / ms) for neuron, when in laps.spikes if neuron == 0]
assert allclose(diff(began), 11)
assert allclose(list(rates.values()), [6, 20, 12, 30], rtol=0.05), rates
assert allclose(network(3.24, -9)[0].nspikes / 1200, 20, rtol=0.05)
assert network(1.62, -2, 100)[0].nspikes / 400 > 100
# Alone, from random voltages: the first spike after a mean of 33 ms, then one every 48 ms.
from numpy import linspace, log, floor
first = 20 * log(linspace(1, 11, 100_001))
assert (round(20 * log(11)), round(first.mean())) == (48, 33)
assert round((1 + floor((300 - first) / (20 * log(11)))).mean() / 0.3, 1) == 20.3
# Population bursts: the rate over time varies more than that of independent neurons would.
bins = array(rate.rate / Hz)[20:]
assert bins.std() > 2 * (bins.mean() / (4000 * 0.005)) ** 0.5""",
}


@pytest.mark.parametrize("path", TEACHING, ids=lambda path: path.name)
def test_a_teaching_notebook_runs_and_gives_the_numbers_of_its_prose(path):
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(CLAIMS[path.name[:2]]))
    NotebookClient(notebook, timeout=math.ceil(patient(120))).execute()
