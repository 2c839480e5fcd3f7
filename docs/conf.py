"""Sphinx configuration: ``make docs`` builds the pages of this folder as HTML and fails on a warning."""

import neurolab

project = "neurolab"
author = "the neurolab authors"
copyright = author
version = release = neurolab.__version__

extensions = [
    "myst_parser",
    "numpydoc",
    "sphinx.ext.autodoc",
]
exclude_patterns = ["_build"]
highlight_language = "text"  # what is a program says so

# Headings of pages can be linked to, as on the project's web page: `teaching.md#write-an-exercise`.
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]

# The docstring of a class describes its parameters; signatures stay readable without the annotations' modules.
autodoc_member_order = "bysource"
autodoc_typehints = "none"
numpydoc_show_class_members = False

html_theme = "furo"
html_title = f"neurolab {release}"
