"""The lab's notebook and a teaching notebook, opened and run in a real JupyterLab."""

import json
import shutil

import pytest

from .conftest import WIDE
from .server import Server, free_port
from .throttle import limits_of_two_seconds, slow_down
from .waiting import CURVE, PATIENCE, wait_until

SLOWER = 10  # times
SETTINGS = [
    "--no-browser",
    "--allow-root",
    "--ServerApp.token=",
    "--ServerApp.password=",
    "--LabApp.news_url=",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--ServerApp.open_browser=False",
    "--ServerApp.port_retries=0",
    "--ip=127.0.0.1",
]


@pytest.fixture(scope="module")
def jupyterlab(root, tmp_path_factory):
    """A JupyterLab on a folder that holds the notebooks."""
    tmp_path = tmp_path_factory.mktemp("jupyterlab")
    folder = tmp_path / "notebooks"
    shutil.copytree(root / "notebooks", folder)
    tracker = (
        tmp_path / "settings" / "@jupyterlab" / "notebook-extension" / "tracker.jupyterlab-settings"
    )
    tracker.parent.mkdir(parents=True)
    tracker.write_text(
        json.dumps({"windowingMode": "none"})
    )  # cells that are scrolled away stay in the page
    port = free_port()
    # Outside the folders of this account, whose settings and open windows are another story.
    settings = [
        *SETTINGS,
        f"--port={port}",
        f"--notebook-dir={folder}",
        f"--LabApp.workspaces_dir={tmp_path / 'workspaces'}",
        f"--LabApp.user_settings_dir={tmp_path / 'settings'}",
    ]
    running = Server(
        ["jupyterlab", *settings], f"http://127.0.0.1:{port}/lab", tmp_path / "jupyterlab.log"
    )
    try:
        yield running.wait_until_up()
    finally:
        running.stop()


def ordered(page):
    """Order all cells to run; whether they were (JupyterLab takes the order before its kernel is ready, and forgets it)."""
    page.locator("#jp-MainMenu").get_by_text("Run", exact=True).click()
    page.locator(".lm-Menu-itemLabel").get_by_text("Run All Cells", exact=True).click()
    prompt = page.locator(".jp-NotebookPanel .jp-CodeCell .jp-InputPrompt").first
    try:
        wait_until(lambda: prompt.text_content().strip("[]: ") != "", seconds=5)
    except AssertionError:
        return False
    return True


@pytest.fixture
def run_all(jupyterlab, browser, tmp_path):
    """A function that opens a notebook and runs its cells; where the test fails, a picture of the page is left."""
    context = browser.new_context(**WIDE)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.troubles = []
    page.on(
        "console",
        lambda message: page.troubles.append(message.text) if message.type == "error" else None,
    )
    page.on("pageerror", lambda error: page.troubles.append(str(error)))

    def run(name, slower=1):
        # A workspace of its own: the default one opens again what the test before had open, and shows that one's kernel.
        page.goto(f"{jupyterlab.url}/workspaces/{name}/tree/{name}.ipynb")
        try:
            page.wait_for_selector(".jp-NotebookPanel .jp-CodeCell .cm-content")
            page.wait_for_selector("#jp-main-statusbar >> text=/Idle/")
            wait_until(lambda: ordered(page), seconds=120)
            slow_down(page, slower)
            page.wait_for_selector(
                f".jp-NotebookPanel {CURVE}", state="attached", timeout=slower * PATIENCE
            )
        except Exception as error:
            page.screenshot(path=tmp_path / "jupyterlab.png")
            error.add_note(
                f"A picture is in {tmp_path}. JupyterLab's log:\n{jupyterlab.log[-3000:]}"
            )
            raise
        return page

    yield run
    context.close()


def test_the_lab_s_notebook_shows_the_lab(run_all):
    page = run_all("lab")
    # A slider's handle has no name of its own there.
    page.wait_for_selector(".noUi-handle[aria-label='tau_a (ms)']")
    # A part within a part of the page is made by its own manager of widgets.
    page.wait_for_selector(".nl-narration button[aria-label='click at each spike']")
    assert limits_of_two_seconds(page) == [False, True]


@pytest.mark.soak
def test_on_a_slow_processor_the_lab_s_notebook_shows_the_lab_without_an_error(run_all):
    page = run_all("lab", SLOWER)
    page.set_default_timeout(SLOWER * PATIENCE)
    page.wait_for_selector(".nl-narration button[aria-label='click at each spike']")
    page.get_by_role("button", name="Next event").click()
    page.wait_for_selector(".nl-narration >> text=1 of")
    assert not page.troubles


def test_a_teaching_notebook_shows_its_figure_and_its_lab(run_all):
    page = run_all("01_concept_of_a_connection")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.bqplot path.line')].some("
        "(path) => !path.closest('.neurolab-lab'))"
    )
    page.wait_for_selector(".noUi-handle[aria-label='tau_a (ms)']")
    assert "Traceback" not in page.content()
