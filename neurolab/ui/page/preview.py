"""A still picture of the lab's page, which the browser shows until the lab is ready.

``python -m neurolab.ui.page.preview FILE`` (``make preview``) writes it. The server reads it from a
file, because making it needs everything that a lab needs, and the server does not.
"""

import html
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ...experiment.experiment import Experiment
from ...experiment.presets import PRESETS
from ...experiment.result import Result
from ...experiment.simulate import simulate
from ...grid import Ms
from ..controls.assets import sheet
from ..controls.styles import lab_css
from ..pictures.curve import Curve
from ..pictures.plot_contents import curves_of, levels_of, raster_rows, spans_of
from ..pictures.raster import SpikeRow
from ..pictures.timeaxis import limits, ticks, ticks_between

_HERE = Path(__file__).parent
_PICTURES = _HERE.with_name("pictures")
_PANELS = _HERE.with_name("panels")

_DASHES = {"solid": "", "dashed": "10 10", "dash_dotted": "10 5 2 5", "dotted": "2 5"}
_SPAN = 1000
"""Width and height of the drawing in its own units; the browser stretches it."""
_BUTTONS = ("Undo", "Redo", "Reset all")
_HEADINGS = ("Network", "Parameters", "Connections")


def preview_html(key: str) -> str:
    """Draw the page of a preset without its controls.

    Parameters
    ----------
    key : str
        Of `neurolab.experiment.presets.PRESETS`; a network whose traces are all in one unit.

    Returns
    -------
    str
        An element ``.neurolab-preview`` with its own style. It is hidden from screen readers,
        because the lab follows soon.
    """
    experiment = PRESETS[key].experiment
    result = simulate(experiment)
    plot = _Plot.of(experiment, result)
    keys = "".join(
        f'<span class="nl-key">{curve.sample}{html.escape(curve.label)}</span>'
        for curve in plot.curves
    )
    rows = raster_rows(experiment, result, [*experiment.inputs, *experiment.neurons])[1]
    headings = "".join(
        f'<div class="nl-panel nlp-{name.lower()}"><h2>{name}</h2></div>' for name in _HEADINGS
    )
    return f"""<div class="neurolab-preview" aria-hidden="true"><style>{_style()}</style>
{_bar(key)}
<div class="nl-body"><div class="nl-pictures"><div class="nl-progress"></div>
<div class="nl-traces"><div class="nl-traces-head"><div class="nl-legend">{keys}</div></div>
<div class="nl-figure">{plot.html()}</div></div>
<div class="nl-raster">{_raster(rows, experiment.duration)}</div>
<div class="nl-step"><div class="nl-narration"><h2>Step by step</h2></div></div>
</div><div class="nl-controls">{headings}</div></div></div>"""


def _style() -> str:
    sheets = (lab_css(), sheet(_PICTURES / "raster.css"), sheet(_PANELS / "step_panel.css"))
    lab = "".join(sheets).replace(".neurolab-lab", ".neurolab-preview")
    return lab + sheet(_HERE / "preview.css")


def _bar(key: str) -> str:
    """Draw the bar at the top: the presets, the buttons and the task."""
    preset = PRESETS[key]
    titles = [preset.title, *(other.title for other in PRESETS.values() if other is not preset)]
    options = "".join(f"<option>{html.escape(title)}</option>" for title in titles)
    buttons = "".join(f'<span class="jupyter-button">{name}</span>' for name in _BUTTONS)
    return f"""<div class="nl-bar"><div class="widget-dropdown"><span>start from</span>
<select class="nlp-field" disabled>{options}</select></div>
{buttons}
<div class="nl-task">{html.escape(preset.task)}</div></div>"""


class _Plot(NamedTuple):
    """The plot of the traces, with values in its unit."""

    curves: list[Curve]
    duration: Ms
    low: float
    high: float
    levels: list[tuple[float, str]]
    """Thresholds: value and label."""
    unit: str

    @classmethod
    def of(cls, experiment: Experiment, result: Result) -> "_Plot":
        """Return the plot of a run."""
        shown = {group.name: range(group.size) for group in experiment.neurons}
        by_variable = curves_of(experiment, result, shown)
        curves = [curve for own in by_variable.values() for curve in own]
        (unit,) = {span.unit for span in spans_of(experiment, by_variable).values()}
        levels = [(level.value, level.label) for level in levels_of(experiment)]
        values = [
            *(number for curve in curves for number in (curve.values.min(), curve.values.max())),
            *(value for value, _ in levels),
        ]
        low, high = limits(min(values), max(values))
        return cls(curves, experiment.duration, low, high, levels, unit)

    def html(self) -> str:
        """Draw curves, thresholds and axes."""
        levels = [
            (self._height(value), label)
            for value, label in self.levels
            if self.low <= value <= self.high
        ]
        names = "".join(
            f'<span class="nlp-name" style="bottom: {at:.4%}">{html.escape(label)} threshold</span>'
            for at, label in levels
        )
        paths = "".join(map(self._path, self.curves)) + "".join(
            f'<path class="nlp-level" d="M0,{(1 - at) * _SPAN:.2f}H{_SPAN}"/>' for at, _ in levels
        )
        return (
            f'<div class="nlp-plot">{self._axes()}{names}'
            f'<svg viewBox="0 0 {_SPAN} {_SPAN}" preserveAspectRatio="none">{paths}</svg>'
            '<b class="nlp-time">time (ms)</b>'
            f'<b class="nlp-unit">{html.escape(self.unit)}</b></div>'
        )

    def _height(self, value: float) -> float:
        return (value - self.low) / (self.high - self.low)

    def _path(self, curve: Curve) -> str:
        points = " ".join(
            f"{time / self.duration * _SPAN:.2f},{(1 - self._height(value)) * _SPAN:.2f}"
            for time, value in zip(curve.times, curve.values)
        )
        style = (
            f"stroke: {curve.colour}; stroke-width: {curve.width}; "
            f"stroke-dasharray: {_DASHES[curve.dash]}"
        )
        return f'<path d="M{points}" style="{style}"/>'

    def _axes(self) -> str:
        lines = []
        for tick in ticks_between(self.low, self.high):
            place = f'style="bottom: {self._height(tick):.4%}"'
            lines.append(
                f'<i class="nlp-grid" {place}></i><span class="nlp-y" {place}>{tick:g}</span>'
            )
        lines += [
            f'<span class="nlp-x" style="left: {tick / self.duration:.4%}">{tick:g}</span>'
            for tick in ticks(self.duration)
        ]
        return "".join(lines)


def _raster(rows: Sequence[SpikeRow], duration: Ms) -> str:
    """Draw spikes as strokes, in one row for each neuron."""
    lines = "".join(
        f'<i class="nlp-tick" style="left: {tick / duration:.4%}"></i>' for tick in ticks(duration)
    )
    trains = "".join(_row(row, duration) for row in rows)
    return f'<div class="nlp-raster">{trains}<div class="nlp-ticks">{lines}</div></div>'


def _row(row: SpikeRow, duration: Ms) -> str:
    colour = row.colour or "var(--nl-ink)"
    strokes = "".join(
        f'<i style="left: {time / duration:.4%}; background: {colour}"></i>' for time in row.times
    )
    return f'<div class="nlp-row"><span>{html.escape(row.label)}</span>{strokes}</div>'


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(preview_html("tutorial") + "\n", encoding="utf-8")
