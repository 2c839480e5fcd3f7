"""Conversion of a page to PDF by a browser, which prints formulas better than PDF libraries."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from ..errors import NeurolabError
from ..exports.saving import save

COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "msedge",
    "chrome",
)
_MAC = ("Google Chrome", "Chromium", "Microsoft Edge")
_PATIENCE = 120  # seconds


def find_browser() -> str | None:
    """Return the path of a Chromium, or of a browser built on it; None if there is none.

    The environment variable NEUROLAB_CHROMIUM selects another program.
    """
    if named := os.environ.get("NEUROLAB_CHROMIUM"):
        return shutil.which(named)
    found = [shutil.which(command) for command in COMMANDS]
    found += [
        str(Path("/Applications") / f"{name}.app" / "Contents" / "MacOS" / name) for name in _MAC
    ]
    return next((path for path in found if path and Path(path).exists()), None)


def write_pdf(html: str, path: Path) -> None:
    """Print a page.

    Parameters
    ----------
    html : str
        A whole document.
    path : Path

    Raises
    ------
    NeurolabError
        There is no browser, or it could not print.
    """
    browser = find_browser()
    if browser is None:
        raise NeurolabError(
            "No Chromium, Chrome or Edge is found to make the PDF with.",
            where="--pdf",
            mend="Install one, set NEUROLAB_CHROMIUM, or use --html and print that.",
        )
    with tempfile.TemporaryDirectory(prefix="neurolab-") as directory:
        page = Path(directory) / "page.html"
        page.write_text(html, encoding="utf-8")
        try:
            content = _printed(browser, page)
        except (OSError, subprocess.SubprocessError) as error:
            raise NeurolabError(
                f"The PDF could not be made: {error}.",
                where=f"{path}",
                mend="Use --html and print that.",
            ) from None
    save(path, content)


def _printed(browser: str, page: Path) -> bytes:
    """Return a page as PDF."""
    printed = page.with_name("page.pdf")
    # Chromium does not run as root with its sandbox, for example in a container. The page is ours.
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    command = [
        browser,
        "--headless",
        "--disable-gpu",
        *root,
        f"--user-data-dir={page.parent}/profile",
        "--no-pdf-header-footer",
        f"--print-to-pdf={printed}",
        page.as_uri(),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE)
    return printed.read_bytes()
