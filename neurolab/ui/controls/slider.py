"""A slider that tells moves by a person from what the browser reports by itself."""

import math
import time
from collections.abc import Callable, Mapping
from typing import Any

from ...grid import Seconds
from . import plain_widgets as widgets
from .close_widgets import close_all

_SIGNIFICANT = 3
"""Significant digits of a value on a logarithmic slider."""
_ECHO: Seconds = 10
"""After this time, a page no longer reports where the program has put the handle."""


class Slider:
    """A slider that grows.

    The browser moves the handle to the slider's grid and reports this as if a person had moved it.
    On a slow line, the report arrives when the program has already moved the handle elsewhere; if
    it counted as a move, it would undo later edits. Therefore the slider remembers the places whose
    reports it still expects.

    Parameters
    ----------
    name : str
    on_move : callable
        ``on_move(value)`` is called when a person has moved the handle to another grid point.
    logarithmic : bool
    low, high : float
        Its ends at first.

    Attributes
    ----------
    widget : ipywidgets.Box
        The part of the page that holds the slider.
    control : ipywidgets.FloatSlider or ipywidgets.FloatLogSlider
        The slider; None before a value is shown.

    Examples
    --------
    >>> slider = Slider("tau (ms)", print, logarithmic=True, low=1.0, high=100.0)
    >>> slider.show(10.0)
    >>> slider.control.value = 20.0
    20.0
    """

    def __init__(
        self,
        name: str,
        on_move: Callable[[float], object],
        *,
        logarithmic: bool,
        low: float,
        high: float,
    ) -> None:
        self._name = name
        self._on_move = on_move
        self._logarithmic = logarithmic
        self._value = low
        self._wrong = False
        self._putting = False
        self._low = low
        self._high = high
        self._first = (low, high)
        self._reports: list[tuple[float, Seconds]] = []
        """Grid points that the page may still report, with the times at which they were set."""
        self.control: Any = None
        self.widget = widgets.Box()

    def show(self, value: float, wrong: bool = False, typing: bool = False) -> None:
        """Show a value.

        Parameters
        ----------
        value : float
        wrong : bool
            The control holds a refused value: the handle stays where it is.
        typing : bool
            A person may be typing: a slider that has grown stays so.
        """
        self._value = value
        self._wrong = wrong
        if self.control is None:
            self._make(self._low, self._high)
        if wrong:
            return
        low, high = self._first
        if not typing and (self._low, self._high) != self._first and low <= value <= high:
            self._make(low, high)  # the value for which it has grown is gone
        self._grow()
        if self._place(self.control.value) != self._place(value):
            self._put()

    def _make(self, low: float, high: float) -> None:
        """Replace the slider with one of another range.

        If the range of a slider changed before the browser has drawn it, the browser would report
        the old value as a new one.
        """
        if self.control:
            close_all(self.control)
        self._low = low
        self._high = high
        self.control = self._log_slider() if self._logarithmic else self._linear_slider()
        self._reports = [(self._place(self._value), time.monotonic())]
        self.control.observe(self._reported, "value")
        self.widget.children = [self.control]

    def _log_slider(self) -> widgets.FloatLogSlider:
        return widgets.FloatLogSlider(
            description=self._name,
            base=10,
            min=math.log10(self._low),
            max=math.log10(self._high),
            step=0.02,
            value=self._within(),
            readout=False,
        )

    def _linear_slider(self) -> widgets.FloatSlider:
        return widgets.FloatSlider(
            description=self._name,
            min=self._low,
            max=self._high,
            step=_step(self._high - self._low),
            value=self._within(),
            readout=False,
        )

    def _within(self) -> float:
        return min(max(self._value, self._low), self._high)

    def _put(self) -> None:
        """Move the handle to the value."""
        self._putting = True
        try:
            self.control.value = self._within()
        finally:
            self._putting = False
        self._reports.append((self._place(self._value), time.monotonic()))

    def _reported(self, change: Mapping[str, Any]) -> None:
        """Take a new value of the page: a move, or a report of what the program has done."""
        if self._putting:
            return
        place = self._place(change["new"])
        now = time.monotonic()
        self._reports = [report for report in self._reports if now - report[1] < _ECHO]
        expected = [known for known, _ in self._reports]
        if place in expected:  # reports arrive in the order in which the handle was moved
            del self._reports[: expected.index(place) + 1]
            if place != self._place(self._value) and not self._wrong:
                self._put()
        elif self._wrong or place != self._place(self._value):
            self._reports = []
            self._on_move(self._rounded(change["new"]))

    def _place(self, value: float) -> float:
        """Return the grid point of a value; minus infinity if a logarithmic slider has none."""
        if self._logarithmic:
            value = math.log10(value) if value > 0 else -math.inf
        if math.isinf(value):
            return value
        low = self.control.min
        return round((min(max(value, low), self.control.max) - low) / self.control.step)

    def _rounded(self, value: float) -> float:
        if not self._logarithmic:
            return float(f"{value:.10g}")
        return float(f"{value:.{_SIGNIFICANT}g}")

    def _grow(self) -> None:
        """Extend the slider if the value is outside."""
        value = self._value
        if self._low <= value <= self._high or (self._logarithmic and value <= 0):
            return
        if self._logarithmic:
            exponent = math.log10(value)
            low = 10.0 ** math.floor(exponent)
            high = 10.0 ** math.ceil(exponent)
        else:
            low = high = 2 * value
        self._make(min(low, self._low), max(high, self._high))


def _step(span: float) -> float:
    """Return a round step that divides a slider into about two hundred places."""
    exponent = math.floor(math.log10(span / 200))
    for factor in (1, 2, 5, 10):
        step = float(factor * 10.0**exponent)
        if span / step <= 200:
            return step
    return span / 200
