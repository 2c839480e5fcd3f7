"""Closing of widgets that are no longer shown."""

from collections.abc import Iterable

from . import plain_widgets as widgets


def close_all(widget: widgets.Widget) -> None:
    """Close a widget and every widget in it, so that neither the kernel nor the page keeps them.

    Examples
    --------
    >>> text = widgets.Text()
    >>> close_all(widgets.VBox([text]))
    >>> text.comm is None
    True
    """
    if widget.comm is None or widgets.is_shared(widget):
        return  # closed already, or others need it
    values = [getattr(widget, name) for name in widget.keys if name != "_dom_classes"]
    widgets.Widget.close(widget)
    for value in values:
        for item in _items(value):
            if isinstance(item, widgets.Widget):
                close_all(item)


def _items(value: object) -> Iterable[object]:
    """Return the items of a trait that is a collection, or the value alone."""
    if isinstance(value, (list, tuple)):
        return value
    if isinstance(value, dict):
        return value.values()
    return [value]
