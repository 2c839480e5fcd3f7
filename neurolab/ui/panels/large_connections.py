"""Connections that are too large for a table, or that follow a rule: a summary, and the rule."""

import html
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np

from ...array_types import FloatArray, IntArray
from ...experiment.edits import set_rule, set_wiring
from ...experiment.expansion import connected, listed, rows_of
from ...experiment.experiment import Entries, Rule, Synapses
from ...experiment.typed_values import format_number
from ...explain.connection_statistics import Statistics, histogram, statistics
from ...units import unit
from ..controls import plain_widgets as widgets
from ..controls.fields import Message, NumberField, WholeField
from ..pictures.spikefield import Group
from ..store.snapshot import Snapshot
from ..store.store import Store

_KINDS = {"random": "at random", "one_to_one": "one to one", "full": "all to all"}
_WIDTH, _HEIGHT, _FOOT = 240, 46, 16
"""Pixels of the histogram, and of the numbers below it."""

Weights: TypeAlias = tuple[tuple[float, ...], ...] | Rule | Entries


class WiringSummary(widgets.HTML):
    """Title, numbers and a histogram of a connection."""

    def __init__(self) -> None:
        super().__init__()
        self.add_class("nl-wiring")
        self._shown: object = None

    def show(self, connection: Synapses, source: Group, target: Group, unit_name: str) -> None:
        """Follow the connection between these groups."""
        factor = unit(unit_name)[0]
        rows = rows_of(connection.weights, factor, source.size, target.size)
        shown = (rows, connection, unit_name, source.size, target.size)
        if self._shown == shown:
            return
        self._shown = shown
        parts = connected(connection.weights, source.size, target.size)
        numbers = statistics(rows, factor, *parts)
        ends = f"{_part(source, parts[0])} → {_part(target, parts[1])}"
        title = html.escape(f"{connection.name}: {ends} ({unit_name})")
        sentence = _sentence(numbers, unit_name)
        self.value = f"<b>{title}</b><p>{sentence}</p>{_picture(numbers, unit_name)}"


def _part(group: Group, part: tuple[int, int]) -> str:
    return group.name if part == (0, group.size) else f"{group.name} {part[0]}–{part[1] - 1}"


def _sentence(numbers: Statistics, unit_name: str) -> str:
    weights = f"{format_number(round(numbers.weight_mean, 6))} {unit_name}"
    if numbers.weight_spread:
        weights = f"{numbers.weight_mean:.3g} ± {numbers.weight_spread:.2g} {unit_name}"
    each = f"a neuron sends {_mean(numbers.sent)} and receives {_mean(numbers.received)}"
    return html.escape(
        f"{numbers.synapses:,} synapses of {weights}: {numbers.probability:.3g} of all pairs; "
        f"{each}"
    )


def _mean(counts: IntArray) -> str:
    if counts.min() == counts.max():
        return f"{counts[0]}"
    return f"{counts.mean():.3g} ± {counts.std():.2g}"


def _picture(numbers: Statistics, unit_name: str) -> str:
    """Return a histogram of the weights, or of the synapses of a neuron if all weights agree."""
    values: FloatArray | IntArray
    if numbers.weight_spread:
        values, name = numbers.weights, f"weights ({unit_name})"
    elif numbers.received.min() < numbers.received.max():
        values, name = numbers.received, "synapses that a neuron receives"
    else:
        return ""
    counts = histogram(values)
    width = _WIDTH / len(counts)
    tops = (_HEIGHT - 4) * counts / counts.max()
    bars = "".join(
        f'<rect x="{index * width:.1f}" y="{_HEIGHT - top:.1f}" width="{max(1.0, width - 1):.1f}" '
        f'height="{top:.1f}"/>'
        for index, top in enumerate(tops.tolist())
        if top
    )
    ends = ((0, "start", values.min()), (_WIDTH, "end", values.max()))
    texts = "".join(
        f'<text x="{x}" y="{_HEIGHT + _FOOT - 3}" text-anchor="{anchor}">{end:.4g}</text>'
        for x, anchor, end in ends
    )
    spoken = f"histogram of {name}, from {np.min(values):.4g} to {np.max(values):.4g}"
    return (
        f'<svg role="img" aria-label="{html.escape(spoken)}" width="{_WIDTH}" '
        f'height="{_HEIGHT + _FOOT}">{bars}'
        f'<line x1="0" x2="{_WIDTH}" y1="{_HEIGHT}" y2="{_HEIGHT}"/>{texts}'
        f'<text x="{_WIDTH / 2}" y="{_HEIGHT + _FOOT - 3}" text-anchor="middle">'
        f"{html.escape(name)}</text></svg>"
    )


class RuleControl:
    """The rule that chooses the pairs of a connection: its kind, probability, weight and seed.

    Parameters
    ----------
    store : Store
    name : str
        Name of the connection.
    unit_name : str
        Unit of its weights.
    """

    def __init__(self, store: Store, name: str, unit_name: str) -> None:
        self._store = store
        self._name = name
        self._kind = widgets.Dropdown(
            description="pairs", tooltip=f"how {name} chooses pairs of neurons"
        )
        self._kind.observe(self._chosen, "value")
        self._fields = {
            "probability": NumberField(
                "probability",
                "",
                self._changed("probability"),
                logarithmic=True,
                low=0.001,
                high=1.0,
            ),
            "weight": NumberField(
                "weight",
                unit_name,
                self._changed("weight"),
                logarithmic=False,
                low=-10.0,
                high=10.0,
            ),
        }
        self._seed = WholeField(
            "seed", self._drawn, name=f"seed of {name}: another number, another draw", what="seed"
        )
        self._message = Message()
        pairs = widgets.HBox([self._kind, self._seed.widget])
        pairs.add_class("nl-pairs")
        self.widget = widgets.VBox(
            [pairs, self._message, *(field.widget for field in self._fields.values())]
        )
        self.widget.add_class("nl-rule")

    def _changed(self, part: str) -> Callable[[Callable[[], float], bool], None]:
        def changed(number: Callable[[], float], typing: bool) -> None:
            self._edit(part, number, typing)

        return changed

    def _edit(self, part: str, value: Callable[[], float], typing: bool = False) -> None:
        name = self._name
        self._store.edit(
            ("rule", name, part),
            lambda experiment: set_rule(experiment, name, **{part: value()}),
            typing,
        )

    def _drawn(self, seed: Callable[[], int]) -> None:
        self._edit("seed", seed)

    def _chosen(self, change: Mapping[str, Any]) -> None:
        name, kind = self._name, change["new"]
        if kind:
            self._store.edit(
                ("wiring", name), lambda experiment: set_wiring(experiment, name, kind)
            )

    def show(self, snapshot: Snapshot, weights: Weights) -> None:
        """Follow the connection's weights, a rule or the entries of a large matrix."""
        rule = weights if isinstance(weights, Rule) else None
        kind = rule.kind if rule else ""
        kinds = _KINDS if rule else {"": "as listed", **_KINDS}
        options = tuple((text, value) for value, text in kinds.items())
        if self._kind.options != options:
            self._kind.options = options
        if self._kind.value != kind:
            self._kind.value = kind
        is_random = rule is not None and kind == "random"
        values = {
            "weight": _common_weight(weights),
            "probability": rule.probability if rule and is_random else None,
        }
        for part, field in self._fields.items():
            key = ("rule", self._name, part)
            value = values[part]
            if value is not None:
                field.show(value, snapshot.wrong(key), typing=snapshot.typing)
            widgets.show_if(field.widget, value is not None)
        if rule and is_random:
            self._seed.show(str(rule.seed), snapshot.wrong(("rule", self._name, "seed")))
        widgets.show_if(self._seed.widget, is_random)
        self._message.show(snapshot.wrong(("wiring", self._name)))


def _common_weight(weights: Weights) -> float | None:
    """Return the weight of all synapses, or None if weights differ."""
    if isinstance(weights, Rule):
        return weights.weight
    values = listed(weights).weights
    return values[0] if values and min(values) == max(values) else None
