"""The command ``worksheet``: list worksheets, open one, or write it for paper or nbgrader."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import PATH, WholeNumber, served_page, write_text
from .pages import serve_page

if TYPE_CHECKING:
    from ..exercises.worksheet import Worksheet


@click.command()
@click.argument("name", required=False)
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
    """List the worksheets, or open one in a browser, or write it for paper or for nbgrader."""
    from ..exercises.loading import load, names

    if name is None:
        _list_worksheets([load(name) for name in names()])
        return
    sheet = load(name, seed)
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

        path = write_assignment(sheet, course)
        click.echo(
            f"The assignment is in {path}. Next, run in {course}: nbgrader generate_assignment "
            f"{name} --create"
        )
    if not (html_path or pdf_path or course):
        from ..serving.page.served_notebook import worksheet_source

        serve_page(worksheet_source(name, seed), port, host, browser)


def _list_worksheets(sheets: "Sequence[Worksheet]") -> None:
    width = max(len(sheet.name) for sheet in sheets)
    for sheet in sheets:
        click.echo(
            f"{sheet.name:{width}}  {sheet.title}: {len(sheet.exercises)} exercises, "
            f"{sheet.points} points, "
            f"{sheet.minutes} minutes"
        )
