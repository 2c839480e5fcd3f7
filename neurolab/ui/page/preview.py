"""The lab's page before there is a lab: the same pictures in the same places, as text that any browser draws at once.

``python -m neurolab.ui.page.preview FILE`` (``make preview``) writes it. The server has it as a file, since making it
needs all that a lab needs, and the server does not.
"""

import html
import sys
from pathlib import Path

from ...experiment.presets import PRESETS
from ...experiment.simulate import simulate
from ..controls.assets import sheet
from ..controls.styles import lab_css
from ..pictures.plot_contents import curves_of, levels_of, raster_rows, spans_of
from ..pictures.timeaxis import limits, ticks, ticks_between

_HERE = Path(__file__).parent
_PICTURES = _HERE.with_name("pictures")
_PANELS = _HERE.with_name("panels")

_DASHES = {"solid": "", "dashed": "10 10", "dash_dotted": "10 5 2 5", "dotted": "2 5"}
_SPAN = 1000  # units of the drawing, which is stretched to the place it gets


def preview_html(key):
    """What a starting point shows, without any control.

    Parameters
    ----------
    key : str
        Of `neurolab.experiment.presets.PRESETS`; a network whose traces are all in one unit.

    Returns
    -------
    str
        An element ``.neurolab-preview`` with its own style, hidden from screen readers: the lab is soon there.
    """
    preset = PRESETS[key]
    experiment, result = preset.experiment, simulate(preset.experiment)
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
    sheets = lab_css(), sheet(_PICTURES / "raster.css"), sheet(_PANELS / "step_panel.css")
    style = "".join(sheets).replace(".neurolab-lab", ".neurolab-preview")
    keys = "".join(
        f'<span class="nl-key">{curve.sample}{html.escape(curve.label)}</span>' for curve in curves
    )
    rows = raster_rows(experiment, result, [*experiment.inputs, *experiment.neurons])[1]
    titles = [preset.title, *(other.title for other in PRESETS.values() if other is not preset)]
    options = "".join(f"<option>{html.escape(title)}</option>" for title in titles)
    task = html.escape(preset.task)
    return f"""<div class="neurolab-preview" aria-hidden="true"><style>{style}{
        sheet(_HERE / "preview.css")
    }</style>
<div class="nl-bar"><div class="widget-dropdown"><span>start from</span>
<select class="nlp-field" disabled>{options}</select></div>
{"".join(f'<span class="jupyter-button">{name}</span>' for name in ("Undo", "Redo", "Reset all"))}
<div class="nl-task">{task}</div></div>
<div class="nl-body"><div class="nl-pictures"><div class="nl-progress"></div>
<div class="nl-traces"><div class="nl-traces-head"><div class="nl-legend">{keys}</div></div>
<div class="nl-figure">{_figure(curves, experiment.duration, (low, high), levels, unit)}</div></div>
<div class="nl-raster">{_raster(rows, experiment.duration)}</div>
<div class="nl-step"><div class="nl-narration"><h2>Step by step</h2></div></div>
</div><div class="nl-controls">{
        "".join(
            f'<div class="nl-panel nlp-{name.lower()}"><h2>{name}</h2></div>'
            for name in ("Network", "Parameters", "Connections")
        )
    }</div></div></div>"""


def _figure(curves, duration, y_limits, levels, unit):
    """Curves, thresholds and axes."""
    low, high = y_limits

    def height(value):
        return (value - low) / (high - low)

    paths = "".join(
        f'<path d="M{" ".join(f"{time / duration * _SPAN:.2f},{(1 - height(value)) * _SPAN:.2f}" for time, value in points)}" '
        f'style="stroke: {curve.colour}; stroke-width: {curve.width}; stroke-dasharray: {_DASHES[curve.dash]}"/>'
        for curve in curves
        for points in (list(zip(curve.times, curve.values)),)
    )
    lines = "".join(
        f'<i class="nlp-grid" style="bottom: {height(tick):.4%}"></i><span class="nlp-y" style="bottom: '
        f'{height(tick):.4%}">{tick:g}</span>'
        for tick in ticks_between(low, high)
    )
    lines += "".join(
        f'<span class="nlp-x" style="left: {tick / duration:.4%}">{tick:g}</span>'
        for tick in ticks(duration)
    )
    levels = [(height(value), label) for value, label in levels if low <= value <= high]
    lines += "".join(
        f'<span class="nlp-name" style="bottom: {at:.4%}">{html.escape(label)} threshold</span>'
        for at, label in levels
    )
    paths += "".join(
        f'<path class="nlp-level" d="M0,{(1 - at) * _SPAN:.2f}H{_SPAN}"/>' for at, _ in levels
    )
    return (
        f'<div class="nlp-plot">{lines}<svg viewBox="0 0 {_SPAN} {_SPAN}" preserveAspectRatio="none">{paths}</svg>'
        f'<b class="nlp-time">time (ms)</b><b class="nlp-unit">{html.escape(unit)}</b></div>'
    )


def _raster(rows, duration):
    """Spikes as strokes, one row a neuron."""
    lines = "".join(
        f'<i class="nlp-tick" style="left: {tick / duration:.4%}"></i>' for tick in ticks(duration)
    )
    return f'<div class="nlp-raster">{"".join(_row(row, duration) for row in rows)}<div class="nlp-ticks">{lines}</div></div>'


def _row(row, duration):
    colour = row.colour or "var(--nl-ink)"
    strokes = "".join(
        f'<i style="left: {time / duration:.4%}; background: {colour}"></i>' for time in row.times
    )
    return f'<div class="nlp-row"><span>{html.escape(row.label)}</span>{strokes}</div>'


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(preview_html("tutorial") + "\n", encoding="utf-8")
