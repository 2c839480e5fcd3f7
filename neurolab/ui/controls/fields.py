"""Controls for one value each: a label, the control, and the message about invalid input."""

import html
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from ...errors import NeurolabError
from ...experiment.typed_values import format_number, parse_number, parse_whole
from . import plain_widgets as widgets
from .set_traits import update
from .slider import Slider

Number: TypeAlias = Callable[[], float]
"""A function that returns the number in a control, or raises a `NeurolabError`."""
WholeNumber: TypeAlias = Callable[[], int]
"""As `Number`, for a whole number."""


class Message(widgets.HTML):
    """The error or the notice about the control above it; takes no room if there is neither."""

    def __init__(self) -> None:
        super().__init__()
        self.add_class("nl-message")

    def show(self, error: str | None, notice: str = "") -> None:
        """Show the error, or else the notice, or nothing."""
        value = ""
        if error:
            value = f'<span role="alert">{html.escape(error)}</span>'
        elif notice:
            value = f'<span role="status" class="nl-notice">{html.escape(notice)}</span>'
        update(self, value=value)


class TextField:
    """A text that is sent while a person types it.

    Parameters
    ----------
    label : str
    on_text : callable
        ``on_text(text)`` is called with each text.
    name : str
        Accessible name; the label by default.
    hint : str
        Shown while the field is empty.
    lines : int
        Height; more than one line gives a larger box.

    Attributes
    ----------
    widget : Widget

    Examples
    --------
    >>> field = TextField("threshold", print)
    >>> field.text.value = "V > Vt"
    V > Vt
    >>> field.show("V > Vt", "Vt is not defined.")
    >>> field.message.value
    '<span role="alert">Vt is not defined.</span>'
    """

    def __init__(
        self,
        label: str,
        on_text: Callable[[str], object],
        name: str = "",
        hint: str = "",
        lines: int = 1,
    ) -> None:
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

    def _typed(self, change: Mapping[str, Any]) -> None:
        self._on_text(change["new"])

    def show(self, text: str, error: str | None = None, notice: str = "") -> None:
        """Show the accepted text; if there is an error, keep the typed text and show the error."""
        if error is None:
            update(self.text, value=text)
        _mark(self.text, error)
        self.message.show(error, notice)


class WholeField(TextField):
    """A whole number, sent once it has been typed. The keys ↑ and ↓ add and subtract 1.

    Parameters
    ----------
    label : str
    on_change : callable
        ``on_change(number)`` is called with a function that returns the number, or raises a
        `NeurolabError`.
    name : str
        Accessible name.
    what : str
        How messages name the number.

    Examples
    --------
    >>> field = WholeField("seed", lambda number: print(number()), name="seed", what="seed")
    >>> field.text.value = "1e3"
    1000
    """

    def __init__(
        self, label: str, on_change: Callable[[WholeNumber], object], name: str, what: str
    ) -> None:
        super().__init__(label, lambda text: on_change(lambda: parse_whole(text, what)), name=name)
        self.text.continuous_update = False  # half of a number is another number
        self.text.add_class("nl-whole")  # the script of the page steps it by ↑ and ↓


class NumberField:
    """A number as a slider and as a text, which can be outside the slider's range.

    Parameters
    ----------
    label : str
    unit : str
    on_change : callable
        ``on_change(number, typing)`` is called with a function that returns the number, or raises
        a `NeurolabError`, and with whether a person is typing it.
    logarithmic : bool
        For time constants: each decade has the same length.
    low, high : float
        Ends of the slider at first; it grows if a typed value is outside.

    Attributes
    ----------
    widget : Widget

    Examples
    --------
    >>> field = NumberField(
    ...     "tau", "ms", lambda number, typing: print(number()), logarithmic=True, low=1, high=100
    ... )
    >>> field.show(10.0)
    >>> field.text.value = "0.02 s"
    20.0
    """

    def __init__(
        self,
        label: str,
        unit: str,
        on_change: Callable[[Number, bool], object],
        *,
        logarithmic: bool,
        low: float,
        high: float,
    ) -> None:
        self.unit = unit
        self._on_change = on_change
        self._writing = False
        name = f"{label} ({unit})" if unit else label
        self.slider = Slider(name, self._slid, logarithmic=logarithmic, low=low, high=high)
        self.text = widgets.Text(tooltip=f"{name}, typed", continuous_update=True)
        self.message = Message()
        row = widgets.HBox([self.slider.widget, self.text])
        row.add_class("nl-number")
        self.widget = widgets.VBox([row, self.message])
        self.widget.add_class("nl-field")
        self.text.observe(self._typed, "value")

    def _slid(self, value: float) -> None:
        self._on_change(lambda: value, False)
        # The plots go first; an accepted value has been shown by now.
        self._write(value)

    def _write(self, value: float) -> None:
        """Show the slider's value as text, which does not count as typing."""
        self._writing = True
        try:
            update(self.text, value=format_number(value))
        finally:
            self._writing = False

    def _typed(self, change: Mapping[str, Any]) -> None:
        text = change["new"]
        if not self._writing:
            self._on_change(lambda: parse_number(text, self.unit), True)

    def show(
        self, value: float, error: str | None = None, typing: bool = False, notice: str = ""
    ) -> None:
        """Show the accepted value.

        A refused text stays as it is, and so does a text that means the same while a person types.
        """
        if error is None and not (typing and _reads_as(self.text.value, self.unit, value)):
            self._write(value)
        self.slider.show(value, error is not None, typing)
        _mark(self.text, error)
        self.message.show(error, notice)


def _reads_as(text: str, unit: str, value: float) -> bool:
    try:
        return parse_number(text, unit) == value
    except NeurolabError:
        return False


def _mark(control: widgets.DOMWidget, error: str | None) -> None:
    wrong = "nl-wrong"
    if error and wrong not in control._dom_classes:
        control.add_class(wrong)
    elif not error and wrong in control._dom_classes:
        control.remove_class(wrong)


def heading(text: str) -> widgets.HTML:
    """Return the heading of a panel."""
    title = widgets.HTML(f"<h2>{html.escape(text)}</h2>")
    title.add_class("nl-heading")
    return title


def panel(title: str, children: Iterable[widgets.Widget], css_class: str) -> widgets.VBox:
    """Return a part of the page with a title."""
    box = widgets.VBox([heading(title), *children])
    box.add_class("nl-panel")
    box.add_class(css_class)
    return box
