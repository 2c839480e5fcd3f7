"""What the repository's notebooks hold; that each runs from top to bottom is checked by nbmake."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from neurolab.serving.page import LAB, page_notebook

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))


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
    assert ([cell.source for cell in code_cells(nbformat.read(lab, as_version=4))]
            == [cell.source for cell in code_cells(page_notebook(LAB))])


def test_lab_notebook_shows_a_widget(tmp_path):
    [lab] = [path for path in NOTEBOOKS if path.name == "lab.ipynb"]
    notebook = nbformat.read(lab, as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    [output] = code_cells(notebook)[-1].outputs
    assert "application/vnd.jupyter.widget-view+json" in output.data
