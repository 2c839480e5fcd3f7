"""The commands ``presets`` and ``run``."""

from pathlib import Path

import click

from .inputs import experiment_of, file_of, names_of_program
from .options import PATH, write_text


@click.command()
def presets() -> None:
    """List the starting points of the lab."""
    from ..experiment.presets import PRESETS

    width = max(map(len, PRESETS))
    for key, preset in PRESETS.items():
        click.echo(f"{key:{width}}  {preset.title}: {preset.task}")


@click.command()
@click.argument("what", metavar="PRESET|FILE.json|SCRIPT.py")
@click.option(
    "--csv",
    "out",
    type=PATH,
    help="Where to write the traces; - for the screen. Of a program: what its state monitors "
    "recorded.",
)
@click.option(
    "--spikes",
    type=PATH,
    help="Where to write the spikes. Of a program: those of its spike monitors.",
)
def run(what: str, out: Path | None, spikes: Path | None) -> None:
    """Simulate a preset, an experiment that the lab saved, or a program of the script API."""
    from ..experiment.simulate import simulate
    from ..explain.summary import summary
    from ..exports.recordings import recorded_spikes_csv, recorded_traces_csv
    from ..exports.tables import spikes_csv, traces_csv

    if what.endswith(".py") and (out or spikes):  # the monitors of a program say what to record
        names = names_of_program(file_of(what))
        if out:
            write_text(out, recorded_traces_csv(names))
        if spikes:
            write_text(spikes, recorded_spikes_csv(names))
        return
    result = simulate(experiment_of(what))
    if out:
        write_text(out, traces_csv(result))
    if spikes:
        write_text(spikes, spikes_csv(result))
    if not (out or spikes):
        click.echo(summary(result))
