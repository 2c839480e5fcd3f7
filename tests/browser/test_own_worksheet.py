"""A teacher's own file, written by `neurolab worksheet new` and opened in the page."""

import subprocess
import sys

import pytest

from .conftest import WIDE
from .server import Server, free_port
from .waiting import patient


@pytest.fixture(scope="module")
def own_server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own")
    command = [sys.executable, "-m", "neurolab", "worksheet"]
    subprocess.run([*command, "new", "mine.toml"], cwd=folder, check=True)
    port = free_port()
    arguments = ["neurolab", "worksheet", str(folder / "mine.toml"), "--no-browser"]
    running = Server([*arguments, "--port", str(port)], f"http://localhost:{port}/", folder / "log")
    try:
        yield running.wait_until_up()
    finally:
        running.stop()


def test_a_teachers_own_file_is_solved_in_the_page(open_page, own_server):
    page = open_page(WIDE, own_server.url)
    page.get_by_role("heading", name="My worksheet").wait_for(timeout=patient(60) * 1000)
    prompt = page.locator(".nl-sheet-prompt")
    prompt.get_by_text("How high is").wait_for(timeout=patient(60) * 1000)
    page.get_by_role("textbox", name="your answer").fill("8.21 mV")
    page.get_by_role("button", name="Check", exact=True).click()
    verdict = page.locator(".nl-sheet-feedback")
    verdict.get_by_text("Right.").wait_for(timeout=patient(60) * 1000)
    page.locator(".nl-steps button").nth(3).click()
    prompt.get_by_text("Explain in two sentences").wait_for(timeout=patient(60) * 1000)
    page.get_by_role("textbox", name="your answer").fill("The first jump is still there.")
    page.get_by_role("button", name="Check", exact=True).click()
    verdict.get_by_text("kept for your teacher").wait_for(timeout=patient(60) * 1000)
    assert page.locator(".nl-steps-points").inner_text().strip() == "2 of 6 points"
