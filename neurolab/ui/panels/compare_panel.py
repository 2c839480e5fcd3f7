"""Panel: runs that are pinned under a name, seen behind the present one, and what differs from them."""

import html

import ipywidgets as widgets

from ...experiment.session import LONGEST_NAME, MOST_PINS
from ...experiment.typed_values import format_number, format_short
from ...experiment.validate import state_unit
from ...explain.comparison import MOST_NEURONS, differences, trace_differences
from ...units import unit
from ..controls.close_widgets import close_all
from ..controls.fold import Fold
from ..controls.guarded_callbacks import guarded
from ..controls.note import Note
from ..pictures.overlay import Overlay
from ..store.pins_and_target import Run

MOST_ROWS = 30


class ComparePanel:
    """Pins, what differs between one of them and the present experiment, and how far the traces are apart.

    Parameters
    ----------
    store : Store
    """

    def __init__(self, store):
        self._store, self._kept = store, store.kept
        self._count, self._seen, self._listing, self._rows = 0, None, False, {}
        self._fold = Fold(
            "Compare", "keep a run and see it behind the next", "nl-compare", self._build
        )
        self._fold.on_toggle(lambda _: store.refresh_pictures())
        self.widget = self._fold.widget
        self._kept.on_taken(self._taken)

    def _taken(self):
        """Runs came with a link: they are to be seen."""
        built = self._fold.built
        self._count = len(self._kept.pins)
        self._fold.opened |= bool(self._kept.pins)
        if built:
            self._show_pins(None)

    def _build(self):
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

    def _chosen(self):
        if not self._listing:
            self._store.refresh_pictures()

    @guarded
    def _keep(self, _):
        pins = self._kept.pins
        if len(pins) == MOST_PINS:
            return
        self._count += 1
        typed = (
            " ".join("".join(filter(str.isprintable, self._name.value)).split())
            or f"run {self._count}"
        )
        names = (typed[: LONGEST_NAME - count] + "′" * count for count in range(MOST_PINS))
        name = next(name for name in names if all(name != pin.name for pin in pins))
        self._kept.pins = (*pins, Run(name, self._store.result.experiment, self._store.result))
        self._name.value = ""
        self._show_pins(self._kept.pins[-1])

    def _remove(self, pin):
        self._kept.pins = tuple(other for other in self._kept.pins if other is not pin)
        self._show_pins(self._with.value if self._with.value in self._kept.pins else None)

    def _show_pins(self, chosen):
        self._list_pins(chosen)
        self._store.refresh_pictures()

    def _list_pins(self, chosen):
        pins = self._kept.pins
        self._name.placeholder = f"run {self._count + 1}"
        # Rows stay while their pins do: a click on one that is gone by the time it is heard would be lost.
        old = self._rows
        self._rows = {id(pin): old.pop(id(pin), None) or self._row(pin) for pin in pins}
        self._list.children = list(self._rows.values())
        for row in old.values():
            close_all(row)
        self._listing = True
        try:
            self._with.options = [(pin.name, pin) for pin in pins]
            self._with.value = chosen or (pins[-1] if pins else None)
        finally:
            self._listing = False

    def _row(self, pin):
        shown = widgets.Checkbox(
            value=pin.shown,
            description=pin.name,
            tooltip=f"show {pin.name} behind the traces",
            indent=False,
        )
        back = widgets.Button(description="Go back", tooltip=f"Go back to {pin.name}")
        remove = widgets.Button(description="Remove", tooltip=f"Remove {pin.name}")

        def toggled(change):
            pin.shown = bool(change["new"])
            self._store.refresh_pictures()

        shown.observe(toggled, "value")
        back.on_click(lambda _: self._store.edit(("run", "pinned"), lambda _: pin.experiment))
        remove.on_click(guarded(lambda _: self._remove(pin)))
        row = widgets.HBox([shown, back, remove])
        row.add_class("nl-pin")
        return row

    def overlays(self, snapshot):
        """The traces of the pins that are shown, and the difference from the chosen one."""
        if not self._fold.opened:
            return []
        self._kept.simulate()
        found = [
            overlay
            for pin in self._kept.pins
            if pin.shown and pin.result
            for overlay in _traces(pin)
        ]
        if self._drawn.value and self._with.value and self._with.value.result:
            name = self._with.value.name
            found += [
                Overlay(
                    part.group,
                    part.state,
                    part.neuron,
                    f"now − {name}",
                    part.times,
                    part.values,
                    "difference",
                )
                for part in trace_differences(self._with.value.result, snapshot.result)
                if part.values.any()
            ]
        return found

    def show(self, snapshot):
        """Follow the experiment, while the panel is open."""
        if not self._fold.opened:
            return
        self._kept.simulate()
        pin, hidden = self._with.value, snapshot.hidden_after is not None
        self._pin.disabled = len(self._kept.pins) == MOST_PINS or hidden
        self._results.layout.display = "" if pin and not hidden else "none"
        self._with.layout.display = "" if len(self._kept.pins) > 1 else "none"
        if hidden:
            self._said.say("This waits until the traces are shown again.")
            self._seen = None
        elif pin is None:
            self._said.say(
                "Pin this run, then change something: the pinned run stays behind the new one."
            )
        elif pin.result is None:
            self._said.say(
                f"{pin.name} cannot be shown: {pin.problem}"
                if pin.problem
                else f"{pin.name} is being run …"
            )
            self._seen, self._differences.value, self._distances.value = None, "", ""
        elif (key := (pin, snapshot.experiment)) != self._seen:
            self._seen = key
            rows = differences(pin.experiment, snapshot.experiment)
            self._said.say("" if rows else f"Nothing differs from {pin.name}. Change something.")
            self._differences.value = _difference_table(pin.name, rows) if rows else ""
            self._distances.value = _distance_table(pin, snapshot) if rows else ""


def _traces(pin):
    times = pin.result.times * 1e3
    return [
        Overlay(group, state, neuron, pin.name, times, values, "pinned")
        for group, states in pin.result.states.items()
        for state in states
        for neuron, values in enumerate(pin.result.trace(group, state)[:MOST_NEURONS])
    ]


def _difference_table(name, rows):
    lines = [(row.what, row.before, row.after) for row in rows[:MOST_ROWS]]
    if len(rows) > MOST_ROWS:
        lines.append((f"and {len(rows) - MOST_ROWS} more", "", ""))
    return _table("What differs", ("", name, "now"), lines)


def _distance_table(pin, snapshot):
    lines = []
    for part in trace_differences(pin.result, snapshot.result):
        group = snapshot.experiment.group(part.group)
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
    return (
        _table("How far the traces are apart", ("", "most", "at", "RMS"), lines)
        if lines
        else ("<p>The two runs have no trace in common.</p>")
    )


def _table(caption, head, lines):
    columns = "".join(f'<th scope="col">{html.escape(cell)}</th>' for cell in head)
    rows = "".join(
        f'<tr><th scope="row">{html.escape(first)}</th>{_cells(rest)}</tr>'
        for first, *rest in lines
    )
    return f"<table><caption>{caption}</caption><thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table>"


def _cells(texts):
    return "".join(f"<td>{html.escape(text)}</td>" for text in texts)
