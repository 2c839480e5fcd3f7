"""The report of `make bench`: each benchmark adds a section; `make table` copies the short ones into docs/speed.md.

``.benchmarks/sections.json`` keeps the sections, so that one benchmark that runs again replaces its own and no other;
``.benchmarks/report.md`` shows them all, with the figures beside it.
"""

import json
import os
import platform
import sys
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".benchmarks"
SECTIONS = FOLDER / "sections.json"
REPORT = FOLDER / "report.md"
PAGE = ROOT / "docs" / "speed.md"
BEGIN, END = "<!-- benchmarks: written by make table -->", "<!-- end of benchmarks -->"


@dataclass(frozen=True)
class Section:
    """A part of the report.

    Attributes
    ----------
    title : str
    lines : tuple of str
        Markdown; rows of a table, mostly.
    machine : str
        Where and when it was measured.
    short : bool
        Whether docs/speed.md shows it.
    """

    title: str
    lines: tuple
    machine: str
    short: bool


def table(head, rows):
    """Lines of a markdown table."""
    return [
        f"| {' | '.join(head)} |",
        f"|{'---|' * len(head)}",
        *(f"| {' | '.join(map(str, row))} |" for row in rows),
    ]


def add(key, title, lines, short=False):
    """Print a section and keep it for the report.

    Parameters
    ----------
    key : str
        The section of this key is replaced; sections stand in the order of their keys.
    title : str
    lines : list of str
    short : bool
        Whether docs/speed.md shows it as well.
    """
    sections = load()
    sections[key] = Section(title, tuple(lines), machine(), short)
    print(f"\n{title}\n\n" + "\n".join(lines))
    FOLDER.mkdir(exist_ok=True)
    SECTIONS.write_text(
        json.dumps({name: asdict(section) for name, section in sections.items()}, indent=1)
    )
    REPORT.write_text("# Benchmarks\n\n" + written(load().values(), "##"))


def load():
    """All sections by their keys, in order."""
    stored = json.loads(SECTIONS.read_text()) if SECTIONS.exists() else {}
    return {
        key: Section(**{**section, "lines": tuple(section["lines"])})
        for key, section in sorted(stored.items())
    }


def written(sections, heading):
    """Sections as markdown; the machine is told once for those in a row that were measured on it on one day.

    Parameters
    ----------
    sections : iterable of Section
    heading : str
        What to put before a title: ``'##'``, or ``''`` for bold text.
    """
    parts, last = [], None
    for section in sections:
        parts.append(f"{heading} {section.title}\n" if heading else f"**{section.title}**\n")
        if section.machine != last:
            last = section.machine
            parts.append(f"*{last}*\n")
        parts += [*section.lines, ""]
    return "\n".join(parts)


def machine():
    """Date, processor, number of cores and the versions that matter."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        f"{date.today()}, {processor()}, {cores} cores; Python {platform.python_version()}, "
        f"numpy {version('numpy')}"
    )


def processor():
    """The processor's name, as far as the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(
            line.partition(":")[2].strip() for line in lines if line.startswith("model name")
        )
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def write_into(page: Path) -> None:
    """Replace the text between the two markers of a file by the short sections."""
    before, begin, rest = page.read_text().partition(BEGIN)
    _, end, after = rest.partition(END)
    short = [section for section in load().values() if section.short]
    if not begin or not end:
        sys.exit(f"{page} has no lines {BEGIN} and {END}")
    if not short:
        sys.exit("Nothing has been measured yet. Run: make bench")
    page.write_text(f"{before}{BEGIN}\n{written(short, '')}\n{END}{after}")
    print(f"{page}: {len(short)} tables, measured {short[0].machine}")


if __name__ == "__main__":
    write_into(PAGE)
