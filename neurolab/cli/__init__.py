"""The command ``neurolab``.

Nothing heavy is imported before a command needs it, so that ``neurolab --help`` is fast.
"""

from typing import Any

import click

from .. import __version__
from ..errors import NeurolabError
from .exporting import export
from .pages import app, serve_class
from .simulating import presets, run
from .worksheets import worksheet

__all__ = ["main"]

# Packages that the extra `serve` installs.
_SERVER_PACKAGES = {
    "ipykernel",
    "jinja2",
    "jupyter_client",
    "jupyter_events",
    "jupyter_server",
    "nbconvert",
    "prometheus_client",
    "tornado",
    "voila",
}


class _Command(click.Group):
    """A group of commands that reports errors in one line."""

    def invoke(self, context: click.Context) -> Any:
        """Run a command; errors that a person can mend become messages."""
        try:
            return super().invoke(context)
        except NeurolabError as error:
            raise click.ClickException(str(error)) from None
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] not in _SERVER_PACKAGES:
                raise
            raise click.ClickException(
                "The server of the lab is not installed. Install it with: "
                'pip install "neurolab-connections[serve]"'
            ) from None
        except BrokenPipeError:  # `neurolab … | head`
            raise
        except OSError as error:
            place = f"'{error.filename}'" if error.filename else "what it says cannot be written"
            raise click.ClickException(f"{place}: {error.strerror}") from None


@click.group(cls=_Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="neurolab", message="%(prog)s %(version)s")
def main() -> None:
    """See what a synaptic connection is by changing one."""


for _command in (app, serve_class, worksheet, presets, run, export):
    main.add_command(_command)
