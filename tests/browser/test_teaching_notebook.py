"""A teaching notebook as a page of plain Voila."""

from pathlib import Path

import pytest

from .server import Server, free_port
from .waiting import PATIENCE, wait_for_lab, wait_until

NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / "01_concept_of_a_connection.ipynb"


@pytest.mark.browser
def test_a_teaching_notebook_shows_its_figure_and_its_lab(browser, tmp_path):
    port = free_port()
    running = Server(
        ["voila", str(NOTEBOOK), "--no-browser", "--port", str(port)],
        f"http://localhost:{port}/static/",
        tmp_path / "voila.log",
    )
    page = browser.new_page()
    try:
        page.set_default_timeout(PATIENCE)
        wait_until(lambda: "running at" in running.log)
        page.goto(f"http://localhost:{port}/")
        wait_for_lab(page)
        page.wait_for_function(
            "() => [...document.querySelectorAll('.bqplot path.line')].some("
            "(path) => !path.closest('.neurolab-lab'))"
        )
        assert page.get_by_role("heading", name="The lab").count() == 1
        assert "Traceback" not in page.content()
    finally:
        page.goto("about:blank")
        page.close()
        running.stop()
