"""The command ``worksheet``: list worksheets, open one, or write it for paper or nbgrader."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .options import PATH, WholeNumber, served_page, write_text
from .own_worksheets import OWN
from .pages import serve_page

if TYPE_CHECKING:
    from ..exercises.worksheet import Worksheet


class _WithOwn(click.Command):
    """A command whose first argument may also be one of the commands for teachers' own files."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Return the context of this command, or that of the command that the arguments name."""
        if args and args[0] in OWN:
            own = OWN[args[0]]
            return own.make_context(f"{info_name} {args[0]}", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)


@click.command(cls=_WithOwn)
@click.argument("name", required=False, metavar="[NAME|FILE]")
@click.option(
    "--seed",
    type=WholeNumber(0, 10**9),
    help="Other numbers of the same difficulty: one seed for each student.",
)
@click.option("--html", "html_path", type=PATH, help="Write it for paper instead, as a web page.")
@click.option("--pdf", "pdf_path", type=PATH, help="Write it for paper instead, as PDF.")
@click.option("--answers", is_flag=True, help="With --html or --pdf: the answer sheet.")
@click.option(
    "--nbgrader",
    "course",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write it as an assignment into this nbgrader course instead.",
)
@served_page
def worksheet(
    name: str | None,
    seed: int | None,
    html_path: Path | None,
    pdf_path: Path | None,
    answers: bool,
    course: Path | None,
    port: int | None,
    host: str,
    browser: bool,
) -> None:
    """List the worksheets, or open one in a browser, or write it for paper or for nbgrader.

    A file of your own, such as ./mine.toml, is opened in the same way.

    \b
    neurolab worksheet new FILE    writes a file to start from
    neurolab worksheet check FILE  checks a file
    neurolab worksheet schema      prints the JSON schema of these files, for editors
    """
    from ..exercises.loading import load, load_source, names
    from ..exercises.worksheet_file import is_path

    if name is None:
        _list_worksheets([load(name) for name in names()])
        return
    sheet = load_source(name, seed)
    if html_path or pdf_path:
        from ..exercises.paper import worksheet_html
        from ..exercises.printing import write_pdf

        text = worksheet_html(sheet, solutions=answers)
        if html_path:
            write_text(html_path, text)
        if pdf_path:
            write_pdf(text, pdf_path)
    if course:
        from ..exercises.assignment import write_assignment
        from ..exercises.own_assignment import keep_own_worksheet

        path = write_assignment(sheet, course)
        if is_path(name):
            keep_own_worksheet(Path(name), sheet.name, course)
        click.echo(
            f"The assignment is in {path}. Next, run in {course}: nbgrader generate_assignment "
            f"{sheet.name} --create"
        )
    if not (html_path or pdf_path or course):
        from ..serving.page.served_notebook import worksheet_source

        # The page is read in another process, which can have another working directory.
        opened = str(Path(name).resolve()) if is_path(name) else name
        serve_page(worksheet_source(opened, seed), port, host, browser)


def _list_worksheets(sheets: "Sequence[Worksheet]") -> None:
    width = max(len(sheet.name) for sheet in sheets)
    for sheet in sheets:
        click.echo(
            f"{sheet.name:{width}}  {sheet.title}: {len(sheet.exercises)} exercises, "
            f"{sheet.points} points, "
            f"{sheet.minutes} minutes"
        )
