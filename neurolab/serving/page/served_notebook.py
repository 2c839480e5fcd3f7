"""The served notebook, which has one cell."""

from pathlib import Path

import nbformat
from nbformat import NotebookNode

LAB = "from neurolab import Lab\n\nLab()"
"""The code of the lab's page."""


def worksheet_source(name: str, seed: int | None = None) -> str:
    """Return the code of a worksheet's page.

    Examples
    --------
    >>> print(worksheet_source("connection").splitlines()[-1])
    Worksheet('connection', None)
    """
    module = "neurolab.ui.worksheet.worksheet_page"
    return f"from {module} import Worksheet\n\nWorksheet({name!r}, {seed!r})"


def page_notebook(source: str) -> NotebookNode:
    """Return a page as a notebook of one code cell."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    notebook.metadata.kernelspec = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    return notebook


def write_page(directory: str | Path, source: str) -> Path:
    """Write a page's notebook into a folder and return its path.

    The notebook is written at each start and not shipped. So an installed package and a checkout
    serve the same page, and the server's folder contains no other file.
    """
    path = Path(directory) / "lab.ipynb"
    nbformat.write(page_notebook(source), path)
    return path
