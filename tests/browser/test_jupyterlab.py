"""The lab's notebook, opened and run in a real JupyterLab."""

import shutil

import pytest

from .conftest import WIDE
from .server import Server, free_port
from .waiting import CURVE

SETTINGS = ["--no-browser", "--allow-root", "--ServerApp.token=", "--ServerApp.password=",
            "--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            "--ServerApp.open_browser=False", "--ServerApp.port_retries=0", "--ip=127.0.0.1"]


@pytest.fixture
def jupyterlab(root, tmp_path):
    """A JupyterLab on a folder that holds the notebook."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    shutil.copy(root / "notebooks" / "lab.ipynb", folder)
    port = free_port()
    # Outside the folders of this account, whose settings and open windows are another story.
    settings = [*SETTINGS, f"--port={port}", f"--notebook-dir={folder}",
                f"--LabApp.workspaces_dir={tmp_path / 'workspaces'}",
                f"--LabApp.user_settings_dir={tmp_path / 'settings'}"]
    running = Server(["jupyterlab", *settings], f"http://127.0.0.1:{port}/lab", tmp_path / "jupyterlab.log")
    try:
        yield running.wait_until_up()
    finally:
        running.stop()


def test_the_notebook_runs_in_jupyterlab_and_shows_the_lab(jupyterlab, browser, tmp_path):
    context = browser.new_context(**WIDE)
    page = context.new_page()
    page.set_default_timeout(90_000)
    page.goto(f"{jupyterlab.url}/tree/lab.ipynb")
    try:
        # Before its kernel is idle, JupyterLab takes the order to run and forgets it.
        page.wait_for_selector(".jp-NotebookPanel .jp-CodeCell .cm-content")
        page.wait_for_selector("#jp-main-statusbar >> text=/Idle/")
        page.locator("#jp-MainMenu").get_by_text("Run", exact=True).click()
        page.locator(".lm-Menu-itemLabel").get_by_text("Run All Cells", exact=True).click()
        page.wait_for_selector(f".jp-NotebookPanel {CURVE}", state="attached")
        # A slider's handle has no name of its own there.
        page.wait_for_selector(".noUi-handle[aria-label='tau_a (ms)']")
        # A part within a part of the page is made by its own manager of widgets.
        page.wait_for_selector(".nl-narration button[aria-label='click at each spike']")
    except Exception as error:
        page.screenshot(path=tmp_path / "jupyterlab.png")
        error.add_note(f"A picture is in {tmp_path}. JupyterLab's log:\n{jupyterlab.log[-3000:]}")
        raise
    finally:
        context.close()
