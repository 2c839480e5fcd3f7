"""The notebook that is served: one call."""

from pathlib import Path

import nbformat

LAB = "from neurolab import Lab\n\nLab()"
"""The code of the lab's page."""


def worksheet_source(name, seed=None):
    """The code of a worksheet's page."""
    return f"from neurolab.ui.worksheet.worksheet_page import Worksheet\n\nWorksheet({name!r}, {seed!r})"


def page_notebook(source):
    """A page as a notebook of one code cell."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    notebook.metadata.kernelspec = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    return notebook


def write_page(directory, source):
    """Write a page's notebook into `directory` and return its path.

    The notebook is made, not shipped, so that an installed package and a checkout serve the same page and the server's
    folder holds nothing but it.
    """
    path = Path(directory) / "lab.ipynb"
    nbformat.write(page_notebook(source), path)
    return path
