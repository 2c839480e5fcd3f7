"""Controls for one value each: label, the control, and the message that stands beside it when something is wrong."""

import html
import math

import ipywidgets as widgets

from ..errors import NeurolabError
from ..lab.parsing import format_number, parse_number
from .update import update

_SIGNIFICANT = 3


class Message(widgets.HTML):
    """What is wrong with the control above it; takes no room while all is well."""

    def __init__(self):
        super().__init__()
        self.add_class("nl-message")

    def show(self, text):
        """Show a message, or none."""
        update(self, value=f'<span role="alert">{html.escape(text)}</span>' if text else "")


class TextField:
    """A text that is sent while it is being typed.

    Parameters
    ----------
    label : str
    on_text : callable
        Called with the text.
    name : str
        Accessible name; the label by default.
    hint : str
        Shown while the field is empty.
    lines : int
        Height; more than one line gives a larger box.
    """

    def __init__(self, label, on_text, name="", hint="", lines=1):
        kind = widgets.Textarea if lines > 1 else widgets.Text
        self.text = kind(description=label, placeholder=hint, tooltip=name or label, continuous_update=True)
        if lines > 1:
            self.text.rows = lines
        self.message = Message()
        self.widget = widgets.VBox([self.text, self.message])
        self.widget.add_class("nl-field")
        self._on_text = on_text
        self.text.observe(self._typed, "value")

    def _typed(self, change):
        self._on_text(change["new"])

    def show(self, text, error=None):
        """Show the accepted text, or leave what was typed and say what is wrong with it."""
        if error is None:
            update(self.text, value=text)
        _mark(self.text, error)
        self.message.show(error)


class NumberField:
    """A number as slider and as typed text, which may lie beyond the slider.

    Parameters
    ----------
    label : str
    unit : str
    on_change : callable
        Called with a function that gives the number, or raises a NeurolabError, and with whether it is being typed.
    logarithmic : bool
        For time constants: a decade is as long as the next.
    low, high : float
        Ends of the slider at first; it grows when a typed value lies outside.
    """

    def __init__(self, label, unit, on_change, *, logarithmic, low, high):
        self.unit, self._on_change, self._logarithmic = unit, on_change, logarithmic
        self._value, self._wrong, self._writing = None, False, False
        self._name = f"{label} ({unit})" if unit else label
        self._track = widgets.Box()
        self.slider, self._low, self._high, self._first = None, low, high, (low, high)
        self.text = widgets.Text(tooltip=f"{self._name}, typed", continuous_update=True)
        self.message = Message()
        row = widgets.HBox([self._track, self.text])
        row.add_class("nl-number")
        self.widget = widgets.VBox([row, self.message])
        self.widget.add_class("nl-field")
        self.text.observe(self._typed, "value")

    def _make_slider(self, low, high, value):
        """Put a slider of this range in place; one whose range or value is changed before the browser has drawn it reports
        the old value as if it were new."""
        for old in self._track.children:
            close_all(old)
        value = min(max(value, low), high)
        if self._logarithmic:
            self.slider = widgets.FloatLogSlider(description=self._name, base=10, min=math.log10(low), max=math.log10(high),
                                                 step=0.02, value=value, readout=False)
        else:
            self.slider = widgets.FloatSlider(description=self._name, min=low, max=high, step=_step(high - low),
                                              value=value, readout=False)
        self._low, self._high = low, high
        self.slider.observe(self._slid, "value")
        self._track.children = [self.slider]

    def _slid(self, change):
        # The browser puts the handle on the slider's grid and reports that as a change; only a move to another place
        # of the grid is one.
        if self._value is None or (not self._wrong and self._place(change["new"]) == self._place(self._value)):
            return
        value = self._rounded(change["new"])
        self._on_change(lambda: value, False)
        # The pictures go first; what follows from an accepted value has been written by now.
        self._write(value)

    def _write(self, value):
        """Have the text say the slider's value, which is not the same as having it typed."""
        self._writing = True
        try:
            update(self.text, value=format_number(value))
        finally:
            self._writing = False

    def _typed(self, change):
        text = change["new"]
        if not self._writing:
            self._on_change(lambda: parse_number(text, self.unit), True)

    def _place(self, value):
        if self._logarithmic:
            value = math.log10(value) if value > 0 else -math.inf
        low = self.slider.min
        return value if math.isinf(value) else round((min(max(value, low), self.slider.max) - low) / self.slider.step)

    def _rounded(self, value):
        if not self._logarithmic:
            return float(f"{value:.10g}")
        return float(f"{value:.{_SIGNIFICANT}g}")

    def show(self, value, error=None, typing=False):
        """Show the accepted value; leave alone what is wrong, and a text that says the same while one is typing."""
        self._value, self._wrong = value, error is not None
        if self.slider is None:
            self._make_slider(self._low, self._high, value)
        if error is None:
            if not (typing and _reads_as(self.text.value, self.unit, value)):
                self._write(value)
            low, high = self._first
            if not typing and (self._low, self._high) != self._first and low <= value <= high:
                self._make_slider(low, high, value)  # what it was made longer for is gone
            self._grow(value)
            if self._place(self.slider.value) != self._place(value):
                self.slider.value = min(max(value, self._low), self._high)
        _mark(self.text, error)
        self.message.show(error)

    def _grow(self, value):
        """Make the slider longer where the value lies beyond it."""
        if self._low <= value <= self._high or (self._logarithmic and value <= 0):
            return
        if self._logarithmic:
            exponent = math.log10(value)
            low, high = 10.0 ** math.floor(exponent), 10.0 ** math.ceil(exponent)
        else:
            low = high = 2 * value
        self._make_slider(min(low, self._low), max(high, self._high), value)


def _step(span):
    """A round step that divides a slider into about two hundred places."""
    exponent = math.floor(math.log10(span / 200))
    for factor in (1, 2, 5, 10):
        if span / (factor * 10.0 ** exponent) <= 200:
            return factor * 10.0 ** exponent
    return span / 200


def _reads_as(text, unit, value):
    try:
        return parse_number(text, unit) == value
    except NeurolabError:
        return False


def _mark(control, error):
    wrong = "nl-wrong"
    if error and wrong not in control._dom_classes:
        control.add_class(wrong)
    elif not error and wrong in control._dom_classes:
        control.remove_class(wrong)


def show_if(widget, wanted):
    """Have a widget on the page only where it is wanted."""
    widget.layout.display = None if wanted else "none"


def heading(text):
    """The heading of a panel."""
    title = widgets.HTML(f"<h2>{html.escape(text)}</h2>")
    title.add_class("nl-heading")
    return title


def panel(title, children, css_class):
    """A titled part of the page."""
    box = widgets.VBox([heading(title), *children])
    box.add_class("nl-panel")
    box.add_class(css_class)
    return box


def close_all(widget):
    """Close a widget and every widget that it holds, so that neither kernel nor browser keeps them."""
    if widget.comm is None:
        return  # closed already
    held = [getattr(widget, name) for name in widget.keys if name != "_dom_classes"]
    widgets.Widget.close(widget)
    for value in held:
        for item in value if isinstance(value, (list, tuple)) else value.values() if isinstance(value, dict) else [value]:
            if isinstance(item, widgets.Widget):
                close_all(item)
