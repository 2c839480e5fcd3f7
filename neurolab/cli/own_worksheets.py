"""The commands for a teacher's own worksheets: ``new``, ``check`` and ``schema``."""

from pathlib import Path

import click

from .options import PATH

_EXISTING = click.Path(dir_okay=False, exists=True, path_type=Path)


@click.command()
@click.argument("file", type=PATH)
def new(file: Path) -> None:
    """Write a worksheet's FILE to start from, with comments; no file is overwritten."""
    from ..exercises.new_worksheet import new_worksheet

    if file.suffix != ".toml":
        raise click.BadParameter(f"The name '{file.name}' must end in .toml.")
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write(new_worksheet(file.stem))
    except FileExistsError:
        raise click.ClickException(
            f"The file '{file}' exists and was not changed. Choose another name."
        ) from None
    click.echo(
        f"The worksheet is in {file}. Change it in an editor, then run: "
        f"neurolab worksheet check {file}"
    )


@click.command()
@click.argument("file", type=_EXISTING)
@click.pass_context
def check(context: click.Context, file: Path) -> None:
    """Check a worksheet's FILE in many variants; each finding says how to correct it.

    The exit code is 1 if there are findings.
    """
    from ..exercises.laws import findings_in
    from ..exercises.worksheet_file import read_worksheet_file

    findings = findings_in(read_worksheet_file(file))
    for finding in findings:
        click.echo(finding)
    if findings:
        context.exit(1)
    click.echo(f"The worksheet {file} keeps all rules.")


@click.command()
def schema() -> None:
    """Print the JSON schema of worksheets' files, which editors use to complete and check them."""
    from ..exercises.schema import schema_text

    click.echo(schema_text(), nl=False)


OWN: dict[str, click.Command] = {"new": new, "check": check, "schema": schema}
