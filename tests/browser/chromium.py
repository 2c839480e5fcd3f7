"""A Chromium for the browser tests: Debian's is installed where there is none.

``python tests/browser/chromium.py`` does both and prints where it is.
"""

import os
import shutil
import subprocess
import sys

from neurolab.exercises.printing import find_browser

MISSING = "The browser tests need Chromium or Chrome: install one, or name its program in NEUROLAB_CHROMIUM."


def install_chromium():
    """Install Debian's package `chromium`, where there is apt-get and the right to use it."""
    if not shutil.which("apt-get") or os.environ.get("NEUROLAB_CHROMIUM"):
        return
    prefix = [] if os.geteuid() == 0 else ["sudo"]
    if prefix and not shutil.which("sudo"):
        return
    print("Installing Chromium for the browser tests", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (
        ["update", "-qq"],
        ["install", "-y", "-qq", "--no-install-recommends", "chromium"],
    ):
        subprocess.run(
            [*prefix, "apt-get", *step], env=environment, check=False, stdout=subprocess.DEVNULL
        )


def main():
    if not find_browser():
        install_chromium()
    path = find_browser()
    if not path:
        sys.exit(MISSING)
    print(path)


if __name__ == "__main__":
    main()
