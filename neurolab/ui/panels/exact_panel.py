"""Panel: the exact solution as a formula and as a curve, and its difference from the simulation."""

import html

import numpy as np

from ...errors import NeurolabError
from ...explain.exact_formula import solution_mathml
from ...explain.exact_solution import MOST_SHOWN, Exact, exact, exact_paths
from ...explain.linear_system import NotLinearError
from ...units import unit
from ..controls import plain_widgets as widgets
from ..controls.fold import Fold
from ..controls.neuron_choice import NeuronChoice
from ..controls.note import Note
from ..controls.set_traits import update
from ..pictures.overlay import Overlay
from ..store.snapshot import Snapshot
from ..store.store import Store

_ROUNDING = 1e-9
"""Share of the trace's peak up to which a difference is a rounding error."""


class ExactPanel:
    """Formulas, a curve to lay over the trace, and the largest difference.

    Parameters
    ----------
    store : Store
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._fold = Fold("Exact solution", "the formula behind the trace", "nl-exact", self._build)
        self._fold.on_toggle(lambda _: store.refresh_pictures())
        self.widget = self._fold.widget
        self._seen: object = None
        self._exact: Exact | None = None
        self._problem = ""

    def _build(self) -> list[widgets.Widget]:
        self._choice = NeuronChoice(self._store.refresh_pictures)
        self._drawn = widgets.Checkbox(
            value=True, description="draw it over the traces", indent=False
        )
        self._drawn.observe(lambda _: self._store.refresh_pictures(), "value")
        self._said, self._differences, self._formulas = Note(), widgets.HTML(), widgets.HTML()
        self._differences.add_class("nl-differences")
        self._formulas.add_class("nl-mathematics")
        return [self._choice.widget, self._formulas, self._said, self._differences, self._drawn]

    def _prepare(self, snapshot: Snapshot) -> None:
        """Solve the equations, once for each run and neuron."""
        self._choice.follow(snapshot.result)
        key = (snapshot.result, self._choice.value)
        if key == self._seen:
            return
        self._seen = key
        self._exact, self._problem = None, ""
        group, neuron = self._choice.value
        try:
            self._exact = exact(snapshot.result, snapshot.experiment.neurons_of(group), neuron)
        except NotLinearError as error:
            self._problem = (
                f"{error.advice} Therefore no formula describes this trace; it can only be "
                "computed step by step."
            )
        except NeurolabError as error:
            self._problem = error.advice

    def overlays(self, snapshot: Snapshot) -> list[Overlay]:
        """Return the exact curves."""
        if not self._fold.opened or not self._drawn.value:
            return []
        self._prepare(snapshot)
        if self._exact is None:
            return []
        group, neuron = self._choice.value
        paths = exact_paths(
            self._exact, snapshot.result, snapshot.experiment.neurons_of(group), neuron
        )
        return [
            Overlay(group, state, neuron, "exact", times, values, "exact")
            for state, (times, values) in zip(self._exact.states, paths)
        ]

    def show(self, snapshot: Snapshot) -> None:
        """Follow the run, while the panel is open."""
        if not self._fold.opened:
            return
        self._prepare(snapshot)
        solution = self._exact if snapshot.hidden_after is None else None
        waiting = self._problem or "This waits until the traces are shown again."
        self._said.say(_hint(solution) if solution else waiting)
        update(self._formulas, value=_formula(solution) if solution else "")
        update(self._differences, value=_difference(solution) if solution else "")
        widgets.show_if(self._drawn, bool(solution))


def _hint(solution: Exact) -> str:
    units = ", ".join(dict.fromkeys(name for name in solution.units if name))
    if len(solution.states) > MOST_SHOWN:
        return (
            f"The formula of {len(solution.states)} variables is too large to show; its curve is "
            "still drawn."
        )
    if solution.modes.cancel:
        return (
            "Two time constants nearly agree, so the formula is a small difference of huge terms. "
            "Its curve is still drawn."
        )
    if not units:
        return "t in ms"
    return f"t in ms, values in {units}; spikes and resets when they happened in the run."


def _formula(solution: Exact) -> str:
    if len(solution.states) > MOST_SHOWN or solution.modes.cancel:
        return ""
    rows = range(len(solution.states))
    return "".join(f"<div>{solution_mathml(solution, row)}</div>" for row in rows)


def _difference(solution: Exact) -> str:
    apart, largest = [], 0.0
    for state, unit_name, values, difference in zip(
        solution.states, solution.units, solution.values, solution.differences
    ):
        apart.append(f"<b>{html.escape(state)} {_number(difference)} {unit_name}</b>")
        peak = np.abs(values).max() / unit(unit_name)[0]
        largest = max(largest, difference / peak if peak else 0.0)
    verdict = "The method takes steps that are not exact; a smaller dt brings it closer."
    if largest < _ROUNDING:
        verdict = "That is rounding: each step is exact."
    return f"<p>Largest difference from the simulation: {', '.join(apart)}</p><p>{verdict}</p>"


def _number(value: float) -> str:
    """Return two digits, and a power of ten if the number is tiny."""
    text = f"{value:.2g}"
    mantissa, _, exponent = text.partition("e")
    return text if not exponent else f"{mantissa}·10<sup>{int(exponent)}</sup>".replace("-", "−")
