"""The command ``export``."""

from pathlib import Path

import click

from .inputs import experiment_of
from .options import PATH, write_text


@click.command()
@click.argument("what", metavar="PRESET|FILE.json|SCRIPT.py")
@click.option(
    "--to",
    "kind",
    type=click.Choice(["brian2", "script", "json", "link"]),
    required=True,
    help="What to write.",
)
@click.option("-o", "--output", type=PATH, default="-", help="Where to (default: the screen).")
def export(what: str, kind: str, output: Path) -> None:
    """Write an experiment as a Brian 2 program, a program of ours, JSON, or the text of a link."""
    from ..exports.brian2 import to_brian2
    from ..exports.documents import to_json
    from ..exports.link import to_link
    from ..exports.script import to_script

    writers = {
        "brian2": to_brian2,
        "script": to_script,
        "json": to_json,
        "link": lambda experiment: to_link(experiment) + "\n",
    }
    write_text(output, writers[kind](experiment_of(what)))
