"""A slider that tells a person's moves from what the browser reports by itself."""

import math
import time

import ipywidgets as widgets

from .close_widgets import close_all

_SIGNIFICANT = 3
_ECHO = 10  # seconds after which a page no longer reports where a slider was put


class Slider:
    """A slider that grows.

    The browser puts the handle on the slider's grid and reports that as if a person had moved it. On a slow line such a
    report comes when the slider has been put elsewhere meanwhile; taken for a move, it would undo what was done since.

    Parameters
    ----------
    name : str
    on_move : callable
        Called with the value when a person has moved the handle to another place of the grid.
    logarithmic : bool
    low, high : float
        Its ends at first.

    Attributes
    ----------
    widget : ipywidgets.Box
        What stands on the page.
    control : ipywidgets.FloatSlider or ipywidgets.FloatLogSlider
        The slider in it; None before anything was shown.
    """

    def __init__(self, name, on_move, *, logarithmic, low, high):
        self._name, self._on_move, self._logarithmic = name, on_move, logarithmic
        self._value, self._wrong, self._putting = None, False, False
        self._low, self._high, self._first = low, high, (low, high)
        self._reports = []  # places that the browser may still report, each with when the handle was put there
        self.control, self.widget = None, widgets.Box()

    def show(self, value, wrong=False, typing=False):
        """Show a value; leave the handle where it is `wrong`. Unless someone is `typing`, the first ends come back."""
        self._value, self._wrong = value, wrong
        if self.control is None:
            self._make(self._low, self._high)
        if wrong:
            return
        low, high = self._first
        if not typing and (self._low, self._high) != self._first and low <= value <= high:
            self._make(low, high)  # what it was made longer for is gone
        self._grow()
        if self._place(self.control.value) != self._place(value):
            self._put()

    def _make(self, low, high):
        """Put a slider of this range in place; one whose range or value is changed before the browser has drawn it reports
        the old value as if it were new."""
        if self.control:
            close_all(self.control)
        self._low, self._high = low, high
        if self._logarithmic:
            self.control = widgets.FloatLogSlider(
                description=self._name,
                base=10,
                min=math.log10(low),
                max=math.log10(high),
                step=0.02,
                value=self._within(),
                readout=False,
            )
        else:
            self.control = widgets.FloatSlider(
                description=self._name,
                min=low,
                max=high,
                step=_step(high - low),
                value=self._within(),
                readout=False,
            )
        self._reports = [(self._place(self._value), time.monotonic())]
        self.control.observe(self._reported, "value")
        self.widget.children = [self.control]

    def _within(self):
        return min(max(self._value, self._low), self._high)

    def _put(self):
        """Put the handle where the value is."""
        self._putting = True
        try:
            self.control.value = self._within()
        finally:
            self._putting = False
        self._reports.append((self._place(self._value), time.monotonic()))

    def _reported(self, change):
        if self._putting:
            return
        place, now = self._place(change["new"]), time.monotonic()
        self._reports = [report for report in self._reports if now - report[1] < _ECHO]
        expected = [known for known, _ in self._reports]
        if place in expected:  # they come in the order in which the handle was put
            del self._reports[: expected.index(place) + 1]
            if place != self._place(self._value) and not self._wrong:
                self._put()
        elif self._wrong or place != self._place(self._value):
            self._reports = []
            self._on_move(self._rounded(change["new"]))

    def _place(self, value):
        if self._logarithmic:
            value = math.log10(value) if value > 0 else -math.inf
        low = self.control.min
        return (
            value
            if math.isinf(value)
            else round((min(max(value, low), self.control.max) - low) / self.control.step)
        )

    def _rounded(self, value):
        if not self._logarithmic:
            return float(f"{value:.10g}")
        return float(f"{value:.{_SIGNIFICANT}g}")

    def _grow(self):
        """Make the slider longer where the value lies beyond it."""
        value = self._value
        if self._low <= value <= self._high or (self._logarithmic and value <= 0):
            return
        if self._logarithmic:
            exponent = math.log10(value)
            low, high = 10.0 ** math.floor(exponent), 10.0 ** math.ceil(exponent)
        else:
            low = high = 2 * value
        self._make(min(low, self._low), max(high, self._high))


def _step(span):
    """A round step that divides a slider into about two hundred places."""
    exponent = math.floor(math.log10(span / 200))
    for factor in (1, 2, 5, 10):
        if span / (factor * 10.0**exponent) <= 200:
            return factor * 10.0**exponent
    return span / 200
