"""Types and options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ..errors import NeurolabError

PATH = click.Path(dir_okay=False, path_type=Path)


class WholeNumber(click.IntRange):
    """A whole number, parsed like every number that a person types."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Parse the text of an option."""
        from ..experiment.typed_values import parse_whole

        if isinstance(value, str):
            try:
                value = parse_whole(value)
            except NeurolabError as error:
                self.fail(error.advice, param, ctx)
        return super().convert(value, param, ctx)


def _loopback(context: click.Context, option: click.Parameter, host: str) -> str:
    """Return an address that only this computer can reach; refuse all others."""
    from ..serving.web.ports import is_loopback

    if is_loopback(host):
        return host
    raise click.BadParameter(
        f"'{host}' can be reached from other computers, and this command has none of the limits "
        "that "
        "keep a shared server alive. Use 'neurolab serve' to let others in."
    )


def served_page(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a command that opens a page."""
    for option in (
        click.option(
            "--browser/--no-browser", default=True, help="Whether to open the page in a browser."
        ),
        click.option(
            "--host",
            default="localhost",
            show_default=True,
            callback=_loopback,
            help="Address of this computer to serve on: localhost, 127.0.0.1 or ::1.",
        ),
        click.option(
            "--port",
            type=WholeNumber(1, 65535),
            help="Port to serve on (default: 8866, or a free one).",
        ),
    ):
        command = option(command)
    return command


def read_by(name: str) -> Callable[[click.Context, click.Parameter, Any], Any]:
    """Return a callback that parses an option with a function of `server_options`.

    An option that was given several times becomes a tuple.
    """

    def read(context: click.Context, option: click.Parameter, value: Any) -> Any:
        from ..serving.web import server_options

        if value is None:
            return None
        reader = getattr(server_options, name)
        return tuple(map(reader, value)) if isinstance(value, tuple) else reader(value)

    return read


def write_text(path: Path, text: str) -> None:
    """Write a text to a file, or to the screen if the path is ``-``."""
    from ..exports.saving import save

    if str(path) == "-":
        click.echo(text, nl=False)
    else:
        save(path, text)
