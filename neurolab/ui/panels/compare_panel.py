"""Panel: pinned runs behind the present one, and how the present run differs from them."""

import html
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ...experiment.checked import state_unit
from ...experiment.experiment import Experiment
from ...experiment.result import Result
from ...experiment.session import LONGEST_NAME, MOST_PINS
from ...experiment.typed_values import format_number, format_short
from ...explain.comparison import Difference, differences, trace_differences
from ...explain.drawn_paths import Path, difference, path
from ...units import unit
from ..controls import plain_widgets as widgets
from ..controls.fold import Fold
from ..controls.guarded_callbacks import guarded
from ..controls.keyed_rows import keep_or_make
from ..controls.note import Note
from ..pictures.overlay import Overlay
from ..pictures.run_overlays import run_overlays
from ..store.pins_and_target import Run
from ..store.snapshot import Snapshot
from ..store.store import Store

MOST_ROWS = 30
_HIDDEN = "This waits until the traces are shown again."
_NO_PIN = "Pin this run, then change something: the pinned run stays behind the new one."


class ComparePanel:
    """Pins, and the differences between one of them and the present run.

    Parameters
    ----------
    store : Store
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept = store.kept
        self._count = 0
        self._seen: tuple[Run, Experiment] | None = None
        self._listing = False
        self._rows: dict[Run, _PinRow] = {}
        self._fold = Fold(
            "Compare", "keep a run and see it behind the next", "nl-compare", self._build
        )
        self._fold.on_toggle(lambda _: store.refresh_pictures())
        self.widget = self._fold.widget
        self._kept.on_taken(self._taken)

    def _taken(self) -> None:
        """Show the runs that came with a link."""
        built = self._fold.built
        self._count = len(self._kept.pins)
        self._fold.opened |= bool(self._kept.pins)
        if built:
            self._show_pins(None)

    def _build(self) -> list[widgets.Widget]:
        self._name = widgets.Text(
            description="name",
            placeholder="run 1",
            tooltip="name for the run that is pinned",
            continuous_update=False,
        )
        self._pin = widgets.Button(
            description="Pin this run", tooltip="Keep this run to compare others with"
        )
        self._pin.on_click(self._keep)
        row = widgets.HBox([self._name, self._pin])
        row.add_class("nl-row")
        self._list, self._said = widgets.VBox(), Note()
        self._list.add_class("nl-pins")
        self._with = widgets.Dropdown(
            description="compare with", tooltip="pinned run to compare with"
        )
        self._with.observe(lambda _: self._chosen(), "value")
        self._drawn = widgets.Checkbox(
            value=False, description="draw the difference, now − pinned", indent=False
        )
        self._drawn.observe(lambda _: self._store.refresh_pictures(), "value")
        self._differences, self._distances = widgets.HTML(), widgets.HTML()
        for table in (self._differences, self._distances):
            table.add_class("nl-table")
        self._results = widgets.VBox([self._with, self._differences, self._distances, self._drawn])
        self._list_pins(None)
        return [row, self._list, self._said, self._results]

    def _chosen(self) -> None:
        if not self._listing:
            self._store.refresh_pictures()

    @guarded
    def _keep(self, _: object) -> None:
        pins = self._kept.pins
        if len(pins) == MOST_PINS:
            return
        self._count += 1
        name = _new_name(self._name.value, f"run {self._count}", {pin.name for pin in pins})
        self._kept.pins = (*pins, Run(name, self._store.result.experiment, self._store.result))
        self._name.value = ""
        self._show_pins(self._kept.pins[-1])

    def _remove(self, pin: Run) -> None:
        self._kept.pins = tuple(other for other in self._kept.pins if other is not pin)
        self._show_pins(self._with.value if self._with.value in self._kept.pins else None)

    def _show_pins(self, chosen: Run | None) -> None:
        self._list_pins(chosen)
        self._store.refresh_pictures()

    def _list_pins(self, chosen: Run | None) -> None:
        pins = self._kept.pins
        self._name.placeholder = f"run {self._count + 1}"
        self._rows = keep_or_make(
            self._list, self._rows, pins, lambda pin: _PinRow(pin, self._store, self._remove)
        )
        self._listing = True
        try:
            self._with.options = [(pin.name, pin) for pin in pins]
            self._with.value = chosen or (pins[-1] if pins else None)
        finally:
            self._listing = False

    def overlays(self, snapshot: Snapshot) -> list[Overlay]:
        """Return the traces of the pins that are shown, and the difference from the chosen one."""
        if not self._fold.opened:
            return []
        self._kept.simulate()
        overlays = [
            overlay
            for pin in self._kept.pins
            if pin.shown and pin.result
            for overlay in run_overlays(pin.result, pin.name, "pinned")
        ]
        chosen = self._with.value
        if self._drawn.value and chosen and chosen.result:
            overlays += _difference(chosen.name, chosen.result, snapshot.result)
        return overlays

    def show(self, snapshot: Snapshot) -> None:
        """Follow the experiment, while the panel is open."""
        if not self._fold.opened:
            return
        self._kept.simulate()
        pin: Run | None = self._with.value
        is_hidden = snapshot.hidden_after is not None
        self._pin.disabled = len(self._kept.pins) == MOST_PINS or is_hidden
        widgets.show_if(self._results, bool(pin) and not is_hidden)
        widgets.show_if(self._with, len(self._kept.pins) > 1)
        if pin is None or is_hidden:
            self._said.say(_HIDDEN if is_hidden else _NO_PIN)
            self._seen = None
        elif pin.result is None:
            problem = f"{pin.name} cannot be shown: {pin.problem}"
            self._said.say(problem if pin.problem else f"{pin.name} is being run …")
            self._seen = None
            self._differences.value = self._distances.value = ""
        elif (key := (pin, snapshot.experiment)) != self._seen:
            self._seen = key
            self._compare(pin, pin.result, snapshot)

    def _compare(self, pin: Run, result: Result, snapshot: Snapshot) -> None:
        rows = differences(pin.experiment, snapshot.experiment)
        self._said.say("" if rows else f"Nothing differs from {pin.name}. Change something.")
        self._differences.value = _difference_table(pin.name, rows) if rows else ""
        self._distances.value = _distance_table(result, snapshot) if rows else ""


class _PinRow:
    """The row of a pin: whether it is shown, and buttons to go back to it and to remove it."""

    def __init__(self, pin: Run, store: Store, on_remove: Callable[[Run], None]) -> None:
        shown = widgets.Checkbox(
            value=pin.shown,
            description=pin.name,
            tooltip=f"show {pin.name} behind the traces",
            indent=False,
        )
        back = widgets.Button(description="Go back", tooltip=f"Go back to {pin.name}")
        remove = widgets.Button(description="Remove", tooltip=f"Remove {pin.name}")

        def toggled(change: Mapping[str, Any]) -> None:
            pin.shown = bool(change["new"])
            store.refresh_pictures()

        shown.observe(toggled, "value")
        back.on_click(lambda _: store.edit(("run", "pinned"), lambda _: pin.experiment))
        remove.on_click(guarded(lambda _: on_remove(pin)))
        self.widget = widgets.HBox([shown, back, remove])
        self.widget.add_class("nl-pin")


def _new_name(typed: str, otherwise: str, taken: set[str]) -> str:
    """Return the typed name in printable characters, with primes if it is taken."""
    name = " ".join("".join(filter(str.isprintable, typed)).split()) or otherwise
    names = (name[: LONGEST_NAME - count] + "′" * count for count in range(MOST_PINS))
    return next(name for name in names if name not in taken)


def _difference(name: str, before: Result, now: Result) -> list[Overlay]:
    """Return the difference of each variable that both runs have, without those that agree."""
    overlays = []
    for part in trace_differences(before, now):
        if not part.values.any():
            continue
        variable = (part.group, part.state, part.neuron)
        times, values = difference(_path(before, *variable), _path(now, *variable))
        overlays.append(Overlay(*variable, f"now − {name}", times, values, "difference"))
    return overlays


def _path(result: Result, group: str, state: str, neuron: int) -> Path:
    return path(result, result.experiment.neurons_of(group), state, neuron)


def _difference_table(name: str, rows: Sequence[Difference]) -> str:
    lines = [(row.what, row.before, row.after) for row in rows[:MOST_ROWS]]
    if len(rows) > MOST_ROWS:
        lines.append((f"and {len(rows) - MOST_ROWS} more", "", ""))
    return _table("What differs", ("", name, "now"), lines)


def _distance_table(pinned: Result, snapshot: Snapshot) -> str:
    lines = []
    for part in trace_differences(pinned, snapshot.result):
        group = snapshot.experiment.neurons_of(part.group)
        unit_name = state_unit(snapshot.experiment, group, part.state)
        factor = unit(unit_name)[0]
        name = part.state if len(snapshot.experiment.neurons) == 1 else f"{part.group}.{part.state}"
        largest, when = part.largest
        most, rms = (f"{format_short(value / factor)} {unit_name}" for value in (largest, part.rms))
        lines.append(
            (
                name if group.size == 1 else f"{name}[{part.neuron}]",
                most,
                f"{format_number(round(when, 6))} ms" if largest else "",
                rms,
            )
        )
    if not lines:
        return "<p>The two runs have no trace in common.</p>"
    return _table("How far the traces are apart", ("", "most", "at", "RMS"), lines)


def _table(caption: str, head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    columns = "".join(f'<th scope="col">{html.escape(cell)}</th>' for cell in head)
    rows = "".join(
        f'<tr><th scope="row">{html.escape(first)}</th>{_cells(rest)}</tr>'
        for first, *rest in lines
    )
    return (
        f"<table><caption>{caption}</caption><thead><tr>{columns}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _cells(texts: Sequence[str]) -> str:
    return "".join(f"<td>{html.escape(text)}</td>" for text in texts)
