"""A page as PDF, by a browser of this computer: none that is made for it prints formulas as well."""

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


def find_browser():
    """The program of a Chromium, or of a browser built on it; None where there is none.

    The environment variable NEUROLAB_CHROMIUM names another.
    """
    if named := os.environ.get("NEUROLAB_CHROMIUM"):
        return shutil.which(named)
    found = [shutil.which(command) for command in COMMANDS]
    found += [
        str(Path("/Applications") / f"{name}.app" / "Contents" / "MacOS" / name) for name in _MAC
    ]
    return next((path for path in found if path and Path(path).exists()), None)


def write_pdf(html, path):
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
            "no Chromium, Chrome or Edge is found to make the PDF with",
            where="--pdf",
            mend="Install one, name its program in NEUROLAB_CHROMIUM, or use --html and print that.",
        )
    with tempfile.TemporaryDirectory(prefix="neurolab-") as directory:
        page, printed = Path(directory) / "page.html", Path(directory) / "page.pdf"
        page.write_text(html, encoding="utf-8")
        # As root, as in a container, Chromium runs without its sandbox or not at all; the page is our own.
        root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        try:
            subprocess.run(
                [
                    browser,
                    "--headless",
                    "--disable-gpu",
                    *root,
                    f"--user-data-dir={directory}/profile",
                    "--no-pdf-header-footer",
                    f"--print-to-pdf={printed}",
                    page.as_uri(),
                ],
                check=True,
                capture_output=True,
                timeout=_PATIENCE,
            )
            content = printed.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise NeurolabError(
                f"the PDF could not be made: {error}",
                where=f"{path}",
                mend="Use --html and print that.",
            ) from None
    save(path, content)
