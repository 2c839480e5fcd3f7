"""Finding a Chromium for the browser tests, and installing Debian's where there is none.

``python tests/browser/chromium.py`` does both and prints where it is.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
MAC_APPLICATIONS = ("Google Chrome", "Chromium", "Microsoft Edge")
MISSING = ("The browser tests need Chromium or Chrome: install one, or name its program in NEUROLAB_CHROMIUM.")


def find_chromium():
    """The path of an installed Chromium or a browser built on it, or None."""
    named = os.environ.get("NEUROLAB_CHROMIUM")
    if named:
        return shutil.which(named)
    for command in COMMANDS:
        if path := shutil.which(command):
            return path
    for name in MAC_APPLICATIONS:
        path = Path("/Applications") / f"{name}.app" / "Contents" / "MacOS" / name
        if path.exists():
            return str(path)
    return None


def install_chromium():
    """Install Debian's package `chromium`, where there is apt-get and the right to use it."""
    if not shutil.which("apt-get") or os.environ.get("NEUROLAB_CHROMIUM"):
        return
    prefix = [] if os.geteuid() == 0 else ["sudo"]
    if prefix and not shutil.which("sudo"):
        return
    print("Installing Chromium for the browser tests", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
        subprocess.run([*prefix, "apt-get", *step], env=environment, check=False, stdout=subprocess.DEVNULL)


def main():
    if not find_chromium():
        install_chromium()
    path = find_chromium()
    if not path:
        sys.exit(MISSING)
    print(path)


if __name__ == "__main__":
    main()
