"""Panel: the exact solution as mathematics, its curve over the simulated one, and how far the two are apart."""

import html

import ipywidgets as widgets
import numpy as np

from ...errors import NeurolabError
from ...explain.exact_formula import solution_mathml
from ...explain.exact_solution import MOST_SHOWN, exact
from ...explain.linear_system import NotLinearError
from ...units import unit
from ..controls.fold import Fold
from ..controls.neuron_choice import NeuronChoice
from ..controls.note import Note
from ..pictures.overlay import Overlay

_ROUNDING = 1e-9  # of the trace's peak


class ExactPanel:
    """Formulas, a curve to lay over the trace, and the largest difference.

    Parameters
    ----------
    store : Store
    """

    def __init__(self, store):
        self._store = store
        self._fold = Fold("Exact solution", "the formula behind the trace", "nl-exact", self._build)
        self._fold.on_toggle(lambda _: store.refresh_pictures())
        self.widget = self._fold.widget
        self._seen, self._exact, self._problem = None, None, ""

    def _build(self):
        self._choice = NeuronChoice(self._store.refresh_pictures)
        self._drawn = widgets.Checkbox(
            value=True, description="draw it over the traces", indent=False
        )
        self._drawn.observe(lambda _: self._store.refresh_pictures(), "value")
        self._said, self._differences, self._formulas = Note(), widgets.HTML(), widgets.HTML()
        self._differences.add_class("nl-differences")
        self._formulas.add_class("nl-mathematics")
        return [self._choice.widget, self._formulas, self._said, self._differences, self._drawn]

    def _prepare(self, snapshot):
        """Solve the equations, once for each run and neuron."""
        self._choice.follow(snapshot.result)
        key = (snapshot.result, self._choice.value)
        if key == self._seen:
            return
        self._seen, self._exact, self._problem = key, None, ""
        group, neuron = self._choice.value
        try:
            self._exact = exact(snapshot.result, snapshot.experiment.group(group), neuron)
        except NotLinearError as error:
            self._problem = f"{error.advice}. So no formula gives this trace: it can only be computed step by step."
        except NeurolabError as error:
            self._problem = error.advice

    def overlays(self, snapshot):
        """The exact curves."""
        if not self._fold.opened or not self._drawn.value:
            return []
        self._prepare(snapshot)
        if self._exact is None:
            return []
        group, neuron = self._choice.value
        return [
            Overlay(group, state, neuron, "exact", snapshot.result.times * 1e3, values, "exact")
            for state, values in zip(self._exact.states, self._exact.values)
        ]

    def show(self, snapshot):
        """Follow the run, while the panel is open."""
        if not self._fold.opened:
            return
        self._prepare(snapshot)
        solved = self._exact is not None and snapshot.hidden_after is None
        if not solved:
            self._said.say(self._problem or "This waits until the traces are shown again.")
        else:
            self._said.say(self._hint())
        for part, text in (
            (self._formulas, self._formula() if solved else ""),
            (self._differences, self._difference() if solved else ""),
        ):
            if part.value != text:
                part.value = text
        display = "" if solved else "none"
        if self._drawn.layout.display != display:
            self._drawn.layout.display = display

    def _hint(self):
        units = ", ".join(dict.fromkeys(name for name in self._exact.units if name))
        if len(self._exact.states) > MOST_SHOWN:
            return f"{len(self._exact.states)} variables make too large a formula; its curve is drawn all the same."
        if self._exact.modes.cancel:
            return (
                "Two time constants nearly agree: the formula is a small difference of huge terms. "
                "Its curve is drawn all the same."
            )
        return (
            f"t in ms, values in {units}; spikes and resets when they happened in the run."
            if units
            else "t in ms"
        )

    def _formula(self):
        if len(self._exact.states) > MOST_SHOWN or self._exact.modes.cancel:
            return ""
        return "".join(
            f"<div>{solution_mathml(self._exact, row)}</div>"
            for row in range(len(self._exact.states))
        )

    def _difference(self):
        apart, largest = [], 0.0
        for state, unit_name, values, difference in zip(
            self._exact.states, self._exact.units, self._exact.values, self._exact.differences
        ):
            apart.append(f"<b>{html.escape(state)} {_number(difference)} {unit_name}</b>")
            peak = np.abs(values).max() / unit(unit_name)[0]
            largest = max(largest, difference / peak if peak else 0.0)
        verdict = (
            "That is rounding: each step is exact."
            if largest < _ROUNDING
            else "The method takes steps that are not exact; a smaller dt brings it closer."
        )
        return f"<p>Largest difference from the simulation: {', '.join(apart)}</p><p>{verdict}</p>"


def _number(value):
    """Two digits, and a power of ten where it is tiny."""
    text = f"{value:.2g}"
    mantissa, _, exponent = text.partition("e")
    return text if not exponent else f"{mantissa}·10<sup>{int(exponent)}</sup>".replace("-", "−")
