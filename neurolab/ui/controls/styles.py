"""Style sheets as parts of the page, because a notebook has no other place for them."""

from . import plain_widgets as widgets
from .assets import shared_sheet


def style_sheet(css: str) -> widgets.HTML:
    """Return an invisible part of the page that styles the rest."""
    style = widgets.HTML(f"<style>{css}</style>")
    style.add_class("nl-style")
    return style


def lab_css() -> str:
    """Return the style sheet of every lab, for light and for dark pages."""
    dark = f".neurolab-lab {{ {shared_sheet('dark.css')} }}"
    system = "@media (prefers-color-scheme: dark)"
    # JupyterLab has a colour scheme of its own; elsewhere the system's applies.
    schemes = (
        f"{system} {{ body:not([data-jp-theme-light]) {dark} }}\n"
        f"body[data-jp-theme-light='false'] {dark}"
    )
    return f"{shared_sheet('lab.css')}{shared_sheet('explain.css')}\n{schemes}"
