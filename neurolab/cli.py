"""The command ``neurolab``.

Nothing heavy is imported before a command needs it, so that ``neurolab --help`` answers at once.
"""

import click

from . import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="neurolab", message="%(prog)s %(version)s")
def main():
    """See what a synaptic connection is by changing one."""


@main.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Port to serve on (default: 8866, or a free one).")
@click.option("--host", default="localhost", show_default=True,
              help="Address to serve on; 0.0.0.0 lets other computers in.")
@click.option("--browser/--no-browser", default=True, help="Whether to open the page in a browser.")
def app(port, host, browser):
    """Open the lab in a browser."""
    from .serving.ports import AddressUnavailable, listening_sockets

    # The port is bound before the server is imported: a taken port is said at once, and nobody can take it meanwhile.
    try:
        sockets = listening_sockets(host, port)
    except AddressUnavailable as error:
        raise click.ClickException(str(error)) from None

    from .serving.app import serve

    serve(sockets, host, open_browser=browser)
