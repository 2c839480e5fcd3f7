"""Controls for one value each: label, the control, and the message that stands beside it when something is wrong."""

import html
from collections.abc import Callable

import ipywidgets as widgets

from ...errors import NeurolabError
from ...experiment.typed_values import format_number, parse_number, parse_whole
from .set_traits import update
from .slider import Slider


class Message(widgets.HTML):
    """What is wrong with the control above it, or a notice; takes no room where there is neither."""

    def __init__(self):
        super().__init__()
        self.add_class("nl-message")

    def show(self, error: str | None, notice: str = "") -> None:
        """Show what is wrong; a notice where nothing is wrong; or nothing."""
        value = ""
        if error:
            value = f'<span role="alert">{html.escape(error)}</span>'
        elif notice:
            value = f'<span role="status" class="nl-notice">{html.escape(notice)}</span>'
        update(self, value=value)


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
        self.text = kind(
            description=label, placeholder=hint, tooltip=name or label, continuous_update=True
        )
        if lines > 1:
            self.text.rows = lines
        self.message = Message()
        self.widget = widgets.VBox([self.text, self.message])
        self.widget.add_class("nl-field")
        self._on_text = on_text
        self.text.observe(self._typed, "value")

    def _typed(self, change):
        self._on_text(change["new"])

    def show(self, text, error=None, notice=""):
        """Show the accepted text, or leave what was typed and say what is wrong with it."""
        if error is None:
            update(self.text, value=text)
        _mark(self.text, error)
        self.message.show(error, notice)


class WholeField(TextField):
    """A whole number, which is sent once it has been typed.

    Parameters
    ----------
    label : str
    on_change : callable
        Called with a function that gives the number, or raises a NeurolabError.
    name : str
        Accessible name.
    what : str
        How messages name the number.
    """

    def __init__(
        self, label: str, on_change: Callable[[Callable[[], int]], None], name: str, what: str
    ) -> None:
        super().__init__(label, lambda text: on_change(lambda: parse_whole(text, what)), name=name)
        self.text.continuous_update = False  # half a number would be another one


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
        self.unit, self._on_change, self._writing = unit, on_change, False
        name = f"{label} ({unit})" if unit else label
        self.slider = Slider(name, self._slid, logarithmic=logarithmic, low=low, high=high)
        self.text = widgets.Text(tooltip=f"{name}, typed", continuous_update=True)
        self.message = Message()
        row = widgets.HBox([self.slider.widget, self.text])
        row.add_class("nl-number")
        self.widget = widgets.VBox([row, self.message])
        self.widget.add_class("nl-field")
        self.text.observe(self._typed, "value")

    def _slid(self, value):
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

    def show(self, value, error=None, typing=False, notice=""):
        """Show the accepted value; leave alone what is wrong, and a text that says the same while one is typing."""
        if error is None and not (typing and _reads_as(self.text.value, self.unit, value)):
            self._write(value)
        self.slider.show(value, error is not None, typing)
        _mark(self.text, error)
        self.message.show(error, notice)


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
