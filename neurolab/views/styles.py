"""Style sheets as parts of the page, since a notebook has no other place for them."""

from importlib.resources import files

import ipywidgets as widgets


def style_sheet(css):
    """A part of the page that shows nothing and styles the rest."""
    style = widgets.HTML(f"<style>{css}</style>")
    style.add_class("nl-style")
    return style


def sheet_text(name):
    """A style sheet of this package."""
    return files(__package__).joinpath(name).read_text()


def lab_css():
    """The style sheet of every lab, for light and for dark pages."""
    dark = sheet_text("dark.css")
    # JupyterLab says by itself which scheme it has; elsewhere it is the system's.
    schemes = (f"@media (prefers-color-scheme: dark) {{ body:not([data-jp-theme-light]) .neurolab-lab {{ {dark} }} }}\n"
               f"body[data-jp-theme-light='false'] .neurolab-lab {{ {dark} }}")
    return f"{sheet_text('lab.css')}{sheet_text('explain.css')}\n{schemes}"
