"""Closing widgets that are no longer shown."""

import ipywidgets as widgets


def close_all(widget):
    """Close a widget and every widget that it holds, so that neither kernel nor browser keeps them."""
    if widget.comm is None:
        return  # closed already
    held = [getattr(widget, name) for name in widget.keys if name != "_dom_classes"]
    widgets.Widget.close(widget)
    for value in held:
        for item in (
            value
            if isinstance(value, (list, tuple))
            else value.values()
            if isinstance(value, dict)
            else [value]
        ):
            if isinstance(item, widgets.Widget):
                close_all(item)
