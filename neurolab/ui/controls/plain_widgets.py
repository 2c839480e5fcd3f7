"""The widgets of ipywidgets that the page uses, without a layout and a style for each of them.

ipywidgets gives each widget models of its own for its layout and its style, which a page has to
make although nearly all of them are as they were made. Here all widgets share them: one layout,
and one style for each kind. A class hides a widget, because a change of the layout would hide all.
Widgets with a script of their own (anywidget) have a layout each.
"""

from typing import Any, TypeVar

import ipywidgets
import traitlets
from anywidget import AnyWidget as AnyWidget
from ipywidgets import DOMWidget as DOMWidget
from ipywidgets import Widget as Widget

_Model = TypeVar("_Model", bound=Widget)
_HIDDEN = "nl-hidden"
_shared: dict[type, Widget] = {}


def _model(kind: type[_Model]) -> _Model:
    """Return the model that all widgets share; make it if there is none, or if it was closed."""
    model = _shared.get(kind)
    if model is None or model.comm is None:
        model = _shared[kind] = kind()
    return model


def is_shared(widget: Widget) -> bool:
    """Return whether a widget is a layout or a style that others have too.

    Examples
    --------
    >>> is_shared(Text().layout), is_shared(ipywidgets.Text().layout)
    (True, False)
    """
    return any(widget is model for model in _shared.values())


def show_if(widget: DOMWidget, wanted: bool) -> None:
    """Show or hide a widget.

    Examples
    --------
    >>> text = Text()
    >>> show_if(text, False)
    >>> is_hidden(text)
    True
    """
    if isinstance(widget, AnyWidget):
        # Its page hears of changes of its layout's values, but not of its classes.
        widget.layout.display = None if wanted else "none"
    elif is_hidden(widget) == wanted:
        (widget.remove_class if wanted else widget.add_class)(_HIDDEN)


def is_hidden(widget: DOMWidget) -> bool:
    """Return whether `show_if` has hidden a widget."""
    return _HIDDEN in widget._dom_classes or widget.layout.display == "none"


class _Shares(traitlets.HasTraits):
    """Mixed into each widget of this module."""

    @traitlets.default("layout")
    def _layout(self) -> ipywidgets.Layout:
        return _model(ipywidgets.Layout)

    @traitlets.default("style")
    def _style(self) -> Any:
        kind: Any = self.traits()["style"]
        return _model(kind.klass)


class Box(_Shares, ipywidgets.Box):
    """Widgets in a container."""


class HBox(_Shares, ipywidgets.HBox):
    """Widgets beside each other."""


class VBox(_Shares, ipywidgets.VBox):
    """Widgets below each other."""


class HTML(_Shares, ipywidgets.HTML):
    """A piece of HTML."""


class Button(_Shares, ipywidgets.Button):
    """A button."""


class Checkbox(_Shares, ipywidgets.Checkbox):
    """A box to tick."""


class Dropdown(_Shares, ipywidgets.Dropdown):
    """A choice from a list."""


class FileUpload(_Shares, ipywidgets.FileUpload):
    """A button that opens a file."""


class FloatLogSlider(_Shares, ipywidgets.FloatLogSlider):
    """A slider for the exponent of a number."""


class FloatSlider(_Shares, ipywidgets.FloatSlider):
    """A slider for a number."""


class IntSlider(_Shares, ipywidgets.IntSlider):
    """A slider for a whole number."""


class Text(_Shares, ipywidgets.Text):
    """A field for a line of text."""


class Textarea(_Shares, ipywidgets.Textarea):
    """A field for several lines of text."""
