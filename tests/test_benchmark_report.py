"""The machinery of the benchmarks' report; the benchmarks themselves run by `make bench`."""

import pytest

from tests.benchmarks import report


@pytest.fixture
def measured(tmp_path, monkeypatch):
    """A report of its own, with three sections, of which two are short."""
    for name, file in (("FOLDER", ""), ("SECTIONS", "sections.json"), ("REPORT", "report.md")):
        monkeypatch.setattr(report, name, tmp_path / file)
    report.add("2 rerun", "A rerun", report.table(("", "ms"), [("ours", 0.25)]), short=True)
    report.add("1 network", "A network", ["| old |"], short=True)
    report.add("3 scaling", "How cost grows", ["![](scaling.png)"])
    report.add("1 network", "A network", ["| new |"], short=True)
    return tmp_path / "report.md"


def test_a_section_that_is_measured_again_takes_the_place_of_its_old_one(measured):
    text = measured.read_text()
    assert "| old |" not in text
    titles = [line for line in text.splitlines() if line.startswith("## ")]
    assert titles == ["## A network", "## A rerun", "## How cost grows"]


def test_the_report_tells_the_date_and_the_machine(measured):
    machine = next(line for line in measured.read_text().splitlines() if "cores" in line)
    assert machine.startswith("*20")
    assert "numpy" in machine


def test_the_short_sections_go_between_the_markers_and_again_in_their_place(measured, tmp_path):
    page = tmp_path / "speed.md"
    page.write_text(f"before\n{report.BEGIN}\n{report.END}\nafter\n")
    report.write_into(page)
    once = page.read_text()
    report.write_into(page)
    assert page.read_text() == once
    assert once.startswith("before\n")
    assert once.endswith("\nafter\n")
    assert "| ours | 0.25 |" in once
    assert "scaling.png" not in once


def test_the_page_on_speed_has_a_place_for_them() -> None:
    text = report.PAGE.read_text()
    assert text.index(report.BEGIN) < text.index(report.END)
