"""The commands that serve the lab: ``app`` for one person, ``serve`` for a class."""

import sys
from typing import TYPE_CHECKING, Any

import click

from .options import WholeNumber, read_by, served_page

if TYPE_CHECKING:
    from ..serving.web.server_options import Options


@click.command()
@served_page
def app(port: int | None, host: str, browser: bool) -> None:
    """Open the lab in a browser."""
    from ..serving.page import served_notebook

    serve_page(served_notebook.LAB, port, host, browser)


@click.command("serve")
@click.option(
    "--host",
    default="localhost",
    show_default=True,
    help="Address to serve on; 0.0.0.0 lets other computers in.",
)
@click.option(
    "--port", type=WholeNumber(1, 65535), help="Port to serve on (default: 8866, or a free one)."
)
@click.option(
    "--base-url",
    default="/",
    show_default=True,
    callback=read_by("read_base_url"),
    help="Path of the lab on its host, such as /lab/, where a proxy passes on only a part of it.",
)
@click.option(
    "--token",
    default="",
    envvar="NEUROLAB_TOKEN",
    callback=read_by("read_token"),
    help="Let in only who comes with ?token=… in the address. Better given as NEUROLAB_TOKEN in "
    "the environment, "
    "which the computer's other accounts do not see.",
)
@click.option(
    "--allow-embed",
    "embedders",
    metavar="ORIGIN",
    multiple=True,
    callback=read_by("read_origin"),
    help="Let pages of this origin, such as https://course.example, show the lab in a frame; may "
    "be repeated. "
    "A frame on another site needs https: a proxy that speaks it and sends X-Forwarded-Proto. "
    "Over plain "
    "http browsers keep back the lab's cookie there, and the lab stays shut.",
)
@click.option(
    "--sessions",
    type=WholeNumber(1, 10_000),
    default=60,
    show_default=True,
    help="Labs that may be open at once; later visitors get a page that waits for a place.",
)
@click.option(
    "--per-address",
    type=WholeNumber(0, 10_000),
    metavar="LABS",
    help="Labs that may be open from one network address (of IPv6, a /64 network); 0 for any "
    "number. A school often "
    "has one address for all its computers. Default: nine tenths of --sessions, and no limit for "
    "this "
    "computer itself.",
)
@click.option(
    "--trust-proxy",
    "proxies",
    metavar="ADDRESS",
    multiple=True,
    callback=read_by("read_proxy"),
    help="Address or network, such as 10.0.0.0/8, of a proxy in front. Its X-Forwarded-For then "
    "says which address "
    "a request comes from; may be repeated.",
)
@click.option(
    "--allow-host",
    "hosts",
    metavar="NAME",
    multiple=True,
    callback=read_by("read_host"),
    help="Answer under this name too, such as lab.school.example; may be repeated. "
    "*.school.example allows all names "
    "below it, * any name. Addresses, localhost, --host, and with --host 0.0.0.0 this computer's "
    "own name "
    "are always answered.",
)
@click.option(
    "--idle",
    type=WholeNumber(1, 10_000),
    default=30,
    show_default=True,
    metavar="MINUTES",
    help="Close a lab after this time without a change, even if its page is open.",
)
@click.option(
    "--memory",
    callback=read_by("read_memory"),
    metavar="AMOUNT",
    help="Memory that all labs may take together, such as 4G; if they take more, the largest is "
    "closed. Default: "
    "three quarters of what the computer, or its container, has left. Linux only.",
)
@click.option(
    "--worksheet",
    metavar="NAME",
    help="Serve this worksheet instead of the lab; 'neurolab worksheet' lists them.",
)
def serve_class(
    host: str,
    port: int | None,
    base_url: str,
    token: str,
    embedders: tuple[str, ...],
    sessions: int,
    per_address: int | None,
    proxies: tuple[Any, ...],
    hosts: tuple[str, ...],
    idle: int,
    memory: int | None,
    worksheet: str | None,
) -> None:
    """Serve the lab to a class, or to the world.

    Each page that is opened gets a lab of its own. Nobody else can see or change it, and it runs
    only the code of the lab. If all places are taken, the page says so. /health and /metrics report
    the state of the server; events are logged to the standard error, one line of JSON each.
    """
    from ..serving.page.served_notebook import LAB, worksheet_source
    from ..serving.web.server_options import Options

    if memory and sys.platform != "linux":
        raise click.BadParameter(
            "Labs' memory can be measured on Linux only; leave --memory out on this system."
        )
    source = LAB
    if worksheet is not None:
        from ..exercises.loading import load

        source = worksheet_source(load(worksheet).name)
    serve_page(
        source,
        port,
        host,
        False,
        Options(
            base_url,
            token,
            embedders,
            sessions,
            idle,
            memory or _share_of_machine(),
            most_per_address=per_address,
            trusted_proxies=proxies,
            hosts=hosts,
            in_class=True,
        ),
    )


def _share_of_machine() -> int:
    """Return how many bytes labs may take by default; 0, no limit, if the system does not tell."""
    from ..serving.kernels.machine import available_memory

    return 3 * (available_memory() or 0) // 4


def serve_page(
    source: str, port: int | None, host: str, browser: bool, options: "Options | None" = None
) -> None:
    """Serve a notebook until the process is stopped.

    Parameters
    ----------
    source : str
        The notebook to serve.
    port : int or None
        None is 8866, or a free one.
    host : str
    browser : bool
        Whether to open the page in a browser.
    options : Options, optional
        Limits of a server for a class.
    """
    from ..serving.web.ports import AddressUnavailable, listening_sockets

    # The port is bound before the server is imported: a taken port is said at once, and nobody can
    # take it meanwhile.
    try:
        sockets = listening_sockets(host, port)
    except AddressUnavailable as error:
        raise click.ClickException(str(error)) from None

    from ..serving.app import serve

    serve(sockets, host, source, open_browser=browser, options=options)
