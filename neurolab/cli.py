"""The command ``neurolab``.

Nothing heavy is imported before a command needs it, so that ``neurolab --help`` answers at once.
"""

import runpy
import sys
from pathlib import Path

import click

from . import __version__
from .errors import NeurolabError

_PATH = click.Path(dir_okay=False, path_type=Path)


class _Whole(click.IntRange):
    """A whole number, read as everything is that is typed."""

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        from .experiment.typed_values import parse_whole

        if isinstance(value, str):
            try:
                value = parse_whole(value)
            except NeurolabError as error:
                self.fail(error.advice, param, ctx)
        return super().convert(value, param, ctx)


class _Command(click.Group):
    """Commands whose errors are said in a line."""

    def invoke(self, context):
        try:
            return super().invoke(context)
        except NeurolabError as error:
            raise click.ClickException(str(error)) from None
        except BrokenPipeError:  # `neurolab … | head`
            raise
        except OSError as error:
            place = f"'{error.filename}'" if error.filename else "what it says cannot be written"
            raise click.ClickException(f"{place}: {error.strerror}") from None


@click.group(cls=_Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="neurolab", message="%(prog)s %(version)s")
def main():
    """See what a synaptic connection is by changing one."""


def _loopback(context: click.Context, option: click.Parameter, host: str) -> str:
    """Take only addresses that this computer alone can reach."""
    from .serving.web.ports import is_loopback

    if is_loopback(host):
        return host
    raise click.BadParameter(
        f"'{host}' can be reached from other computers, and this command has none of the limits that "
        "keep a shared server alive. Use 'neurolab serve' to let others in."
    )


def _served(command):
    """The options of a command that opens a page."""
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
            "--port", type=_Whole(1, 65535), help="Port to serve on (default: 8866, or a free one)."
        ),
    ):
        command = option(command)
    return command


@main.command()
@_served
def app(port, host, browser):
    """Open the lab in a browser."""
    from .serving.page import served_notebook

    _serve(served_notebook.LAB, port, host, browser)


def _read_by(name):
    """A callback that reads an option by a function of `serving.options`, for each text of it that was given."""

    def read(context, option, value):
        from .serving.web import server_options

        if value is None:
            return None
        reader = getattr(server_options, name)
        return tuple(map(reader, value)) if isinstance(value, tuple) else reader(value)

    return read


@main.command("serve")
@click.option(
    "--host",
    default="localhost",
    show_default=True,
    help="Address to serve on; 0.0.0.0 lets other computers in.",
)
@click.option(
    "--port", type=_Whole(1, 65535), help="Port to serve on (default: 8866, or a free one)."
)
@click.option(
    "--base-url",
    default="/",
    show_default=True,
    callback=_read_by("read_base_url"),
    help="Path of the lab on its host, such as /lab/, where a proxy passes on only a part of it.",
)
@click.option(
    "--token",
    default="",
    envvar="NEUROLAB_TOKEN",
    callback=_read_by("read_token"),
    help="Let in only who comes with ?token=… in the address. Better given as NEUROLAB_TOKEN in the environment, "
    "which the computer's other accounts do not see.",
)
@click.option(
    "--allow-embed",
    "embedders",
    metavar="ORIGIN",
    multiple=True,
    callback=_read_by("read_origin"),
    help="Let pages of this origin, such as https://course.example, show the lab in a frame; may be repeated. "
    "A frame on another site needs https: a proxy that speaks it and sends X-Forwarded-Proto. Over plain "
    "http browsers keep back the lab's cookie there, and the lab stays shut.",
)
@click.option(
    "--sessions",
    type=_Whole(1, 10_000),
    default=60,
    show_default=True,
    help="Labs that may be open at once; who comes later gets a page that waits for a place.",
)
@click.option(
    "--per-address",
    type=_Whole(0, 10_000),
    metavar="LABS",
    help="Labs that may be open from one network address (of IPv6, a /64 network); 0 for any number. A school often "
    "has one address for all its computers. Default: nine tenths of --sessions, and no limit for this "
    "computer itself.",
)
@click.option(
    "--trust-proxy",
    "proxies",
    metavar="ADDRESS",
    multiple=True,
    callback=_read_by("read_proxy"),
    help="Address or network, such as 10.0.0.0/8, of a proxy in front. Its X-Forwarded-For then says which address "
    "a request comes from; may be repeated.",
)
@click.option(
    "--allow-host",
    "hosts",
    metavar="NAME",
    multiple=True,
    callback=_read_by("read_host"),
    help="Answer under this name too, such as lab.school.example; may be repeated. *.school.example allows all names "
    "below it, * any name. Addresses, localhost, --host, and with --host 0.0.0.0 this computer's own name "
    "are always answered.",
)
@click.option(
    "--idle",
    type=_Whole(1, 10_000),
    default=30,
    show_default=True,
    metavar="MINUTES",
    help="Close a lab after this time without a change, even if its page is open.",
)
@click.option(
    "--memory",
    callback=_read_by("read_memory"),
    metavar="AMOUNT",
    help="Memory that all labs may take together, such as 4G; if they take more, the largest is closed. Default: "
    "three quarters of what the computer, or its container, has left. Linux only.",
)
@click.option(
    "--worksheet",
    metavar="NAME",
    help="Serve this worksheet instead of the lab; 'neurolab worksheet' lists them.",
)
def serve_class(
    host,
    port,
    base_url,
    token,
    embedders,
    sessions,
    per_address,
    proxies,
    hosts,
    idle,
    memory,
    worksheet,
):
    """Serve the lab to a class, or to the world.

    Each page that is opened gets a lab of its own, which nobody else can see or change, and in
    which no code runs but the lab's. The page says when all places are taken. /health and /metrics
    tell how it goes; events are logged to the standard error, one line of JSON each.
    """
    from .serving.page.served_notebook import LAB, worksheet_source
    from .serving.web.server_options import Options

    if memory and sys.platform != "linux":
        raise click.BadParameter(
            "Labs' memory can be measured on Linux only; leave --memory out on this system."
        )
    source = LAB
    if worksheet is not None:
        from .exercises.loading import load

        source = worksheet_source(load(worksheet).name)
    _serve(
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
    """Return how many bytes labs may take if nobody has said it; 0, no limit, if the system does not tell what there is."""
    from .serving.kernels.machine import available_memory

    return 3 * (available_memory() or 0) // 4


def _serve(source, port, host, browser, options=None):
    from .serving.web.ports import AddressUnavailable, listening_sockets

    # The port is bound before the server is imported: a taken port is said at once, and nobody can
    # take it meanwhile.
    try:
        sockets = listening_sockets(host, port)
    except AddressUnavailable as error:
        raise click.ClickException(str(error)) from None

    from .serving.app import serve

    serve(sockets, host, source, open_browser=browser, options=options)


@main.command()
@click.argument("name", required=False)
@click.option(
    "--seed",
    type=_Whole(0, 10**9),
    help="Other numbers of the same difficulty: one seed for each student.",
)
@click.option("--html", "html_path", type=_PATH, help="Write it for paper instead, as a web page.")
@click.option("--pdf", "pdf_path", type=_PATH, help="Write it for paper instead, as PDF.")
@click.option("--answers", is_flag=True, help="With --html or --pdf: the answer sheet.")
@click.option(
    "--nbgrader",
    "course",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write it as an assignment into this nbgrader course instead.",
)
@_served
def worksheet(name, seed, html_path, pdf_path, answers, course, port, host, browser):
    """List the worksheets, or open one in a browser, or write it for paper or for nbgrader."""
    from .exercises.loading import load, names

    if name is None:
        _list_worksheets([load(name) for name in names()])
        return
    sheet = load(name, seed)
    if html_path or pdf_path:
        from .exercises.paper import worksheet_html
        from .exercises.printing import write_pdf

        text = worksheet_html(sheet, solutions=answers)
        if html_path:
            _write(html_path, text)
        if pdf_path:
            write_pdf(text, pdf_path)
    if course:
        from .exercises.assignment import write_assignment

        path = write_assignment(sheet, course)
        click.echo(
            f"The assignment is in {path}. Next, run in {course}: nbgrader generate_assignment {name} --create"
        )
    if not (html_path or pdf_path or course):
        from .serving.page.served_notebook import worksheet_source

        _serve(worksheet_source(name, seed), port, host, browser)


def _list_worksheets(sheets):
    width = max(len(sheet.name) for sheet in sheets)
    for sheet in sheets:
        click.echo(
            f"{sheet.name:{width}}  {sheet.title}: {len(sheet.exercises)} exercises, {sheet.points} points, "
            f"{sheet.minutes} minutes"
        )


def _write(path, text):
    from .exports.saving import save

    if str(path) == "-":
        click.echo(text, nl=False)
    else:
        save(path, text)


@main.command()
def presets():
    """List the starting points of the lab."""
    from .experiment.presets import PRESETS

    width = max(map(len, PRESETS))
    for key, preset in PRESETS.items():
        click.echo(f"{key:{width}}  {preset.title}: {preset.task}")


@main.command()
@click.argument("what", metavar="PRESET|FILE.json|SCRIPT.py")
@click.option(
    "--csv",
    "out",
    type=_PATH,
    help="Where to write the traces; - for the screen. Of a program: what its state monitors recorded.",
)
@click.option(
    "--spikes",
    type=_PATH,
    help="Where to write the spikes. Of a program: those of its spike monitors.",
)
def run(what, out, spikes):
    """Simulate a preset, an experiment that the lab saved, or a program of the script API."""
    from .experiment.simulate import simulate
    from .explain.summary import summary
    from .exports.recordings import recorded_spikes_csv, recorded_traces_csv
    from .exports.tables import spikes_csv, traces_csv

    if what.endswith(".py") and (
        out or spikes
    ):  # a program says by its monitors what it is to be recorded
        found, traces_of, spikes_of = (
            _names_of_program(_file(what)),
            recorded_traces_csv,
            recorded_spikes_csv,
        )
    else:
        found, traces_of, spikes_of = simulate(_experiment(what)), traces_csv, spikes_csv
    if out:
        _write(out, traces_of(found))
    if spikes:
        _write(spikes, spikes_of(found))
    if not (out or spikes):
        click.echo(summary(found))


@main.command()
@click.argument("what", metavar="PRESET|FILE.json|SCRIPT.py")
@click.option(
    "--to",
    "kind",
    type=click.Choice(["brian2", "script", "json", "link"]),
    required=True,
    help="What to write.",
)
@click.option("-o", "--output", type=_PATH, default="-", help="Where to (default: the screen).")
def export(what, kind, output):
    """Write an experiment as a Brian 2 program, a program of ours, JSON, or the text of a link."""
    from .exports.brian2 import to_brian2
    from .exports.documents import to_json
    from .exports.link import to_link
    from .exports.script import to_script

    writers = {
        "brian2": to_brian2,
        "script": to_script,
        "json": to_json,
        "link": lambda found: to_link(found) + "\n",
    }
    _write(output, writers[kind](_experiment(what)))


def _experiment(what):
    """The experiment that a word on the command line names."""
    from .experiment.presets import PRESETS

    if what in PRESETS:
        return PRESETS[what].experiment
    path = _file(what)
    if path.suffix == ".json":
        from .exports.documents import from_json

        try:
            return from_json(path.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            raise click.ClickException(f"'{what}' is not a text file.") from None
    return _of_program(path)


def _file(what):
    from .experiment.presets import PRESETS

    path = Path(what)
    if path.suffix not in (".json", ".py"):
        raise click.BadParameter(
            f"'{what}' is neither a preset ({', '.join(PRESETS)}) nor a .json or .py file."
        )
    if not path.is_file():
        raise click.BadParameter(f"There is no file '{what}'.")
    return path


def _of_program(path):
    """The experiment of a program, which is run for it as Python would run it."""
    from .brian.connection import Connection
    from .brian.groups import Group
    from .experiment.from_objects import experiment_from_objects

    names = _names_of_program(path)
    objects = [
        value
        for name, value in names.items()
        if isinstance(value, (Group, Connection)) and not name.startswith("_")
    ]
    if not objects:
        raise click.ClickException(f"'{path}' makes no groups or connections.")
    return experiment_from_objects(*objects, program=names)


def _names_of_program(path):
    """What a program's names stand for once it has run, from a default clock as new."""
    from .brian.magic import defaultclock

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
