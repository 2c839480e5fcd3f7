"""The notebook that is served: one call."""

from pathlib import Path

import nbformat

SOURCE = "from neurolab import Lab\n\nLab()"


def lab_notebook():
    """The lab's page as a notebook of one code cell."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(SOURCE)])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return notebook


def write_page(directory):
    """Write the page's notebook into `directory` and return its path.

    The notebook is made, not shipped, so that an installed package and a checkout serve the same page and the server's
    folder holds nothing but it.
    """
    path = Path(directory) / "lab.ipynb"
    nbformat.write(lab_notebook(), path)
    return path
