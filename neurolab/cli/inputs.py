"""Read the argument of a command: a preset, an experiment file, or a program of the script API."""

import runpy
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import NeurolabError

if TYPE_CHECKING:
    from ..experiment.experiment import Experiment


def experiment_of(what: str) -> "Experiment":
    """Return the experiment that an argument names: a preset, a JSON file or a program."""
    from ..experiment.presets import PRESETS

    if what in PRESETS:
        return PRESETS[what].experiment
    path = file_of(what)
    if path.suffix == ".json":
        from ..exports.documents import from_json

        try:
            return from_json(path.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            raise click.ClickException(f"'{what}' is not a text file.") from None
    return experiment_of_program(path)


def file_of(what: str) -> Path:
    """Return the path of a JSON file or a program that exists; refuse anything else."""
    from ..experiment.presets import PRESETS

    path = Path(what)
    if path.suffix not in (".json", ".py"):
        raise click.BadParameter(
            f"'{what}' is neither a preset ({', '.join(PRESETS)}) nor a .json or .py file."
        )
    if not path.is_file():
        raise click.BadParameter(f"There is no file '{what}'.")
    return path


def experiment_of_program(path: Path) -> "Experiment":
    """Run a program as Python does, and return its objects as an experiment."""
    from ..brian.connection import Connection
    from ..brian.groups import Group
    from ..experiment.from_objects import experiment_from_objects

    names = names_of_program(path)
    objects = [
        value
        for name, value in names.items()
        if isinstance(value, (Group, Connection)) and not name.startswith("_")
    ]
    if not objects:
        raise click.ClickException(f"'{path}' makes no groups or connections.")
    return experiment_from_objects(*objects, program=names)


def names_of_program(path: Path) -> dict[str, Any]:
    """Run a program with a new default clock, and return its global names with their values."""
    from ..brian.magic import defaultclock

    defaultclock.start_over()
    sys.path.insert(0, str(path.parent))
    try:
        return runpy.run_path(str(path), run_name="__main__")
    except NeurolabError:
        raise
    except Exception as error:  # the person's program, which may fail in any way
        raise click.ClickException(
            f"'{path}' stopped with {type(error).__name__}: {error}"
        ) from None
