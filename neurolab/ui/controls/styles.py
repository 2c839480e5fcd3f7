"""Style sheets as parts of the page, since a notebook has no other place for them."""

import ipywidgets as widgets

from .assets import shared_sheet


def style_sheet(css):
    """A part of the page that shows nothing and styles the rest."""
    style = widgets.HTML(f"<style>{css}</style>")
    style.add_class("nl-style")
    return style


def lab_css():
    """The style sheet of every lab, for light and for dark pages."""
    dark = shared_sheet("dark.css")
    # JupyterLab says by itself which scheme it has; elsewhere it is the system's.
    schemes = (
        "@media (prefers-color-scheme: dark) "
        f"{{ body:not([data-jp-theme-light]) .neurolab-lab {{ {dark} }} }}\n"
        f"body[data-jp-theme-light='false'] .neurolab-lab {{ {dark} }}"
    )
    return f"{shared_sheet('lab.css')}{shared_sheet('explain.css')}\n{schemes}"
