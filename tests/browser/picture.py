"""Take the README's picture of the lab from the running page: ``make picture``."""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from neurolab.exercises.printing import find_browser
from tests.browser.conftest import CHROMIUM_OPTIONS
from tests.browser.server import lab_server
from tests.browser.waiting import wait_for_lab

PICTURE = Path(__file__).resolve().parents[2] / "notebooks" / "lab.png"


def main():
    """Write the picture."""
    with tempfile.TemporaryDirectory() as directory, sync_playwright() as playwright:
        server = lab_server(Path(directory)).wait_until_up()
        try:
            browser = playwright.chromium.launch(
                executable_path=find_browser(), args=CHROMIUM_OPTIONS
            )
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.goto(server.url)
            wait_for_lab(page)
            page.locator(".nl-raster-picture .spike.editable").first.wait_for()
            page.screenshot(path=PICTURE)
            browser.close()
        finally:
            server.stop()


if __name__ == "__main__":
    main()
