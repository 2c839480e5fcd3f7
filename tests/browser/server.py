"""A server in a process of its own, and whom it leaves behind."""

import ctypes
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from urllib.parse import urlsplit

import psutil

from .waiting import patient

_PR_SET_PDEATHSIG = 1  # of Linux's prctl


def free_port():
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def end_with_parent() -> None:
    """Have the process that is about to start ended when this one ends, however that happens.

    A fixture that stops its server does not run when pytest itself is killed, or a worker of pytest-xdist.
    """
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class Server:
    """A command that serves an address, with what it prints in a file."""

    def __init__(self, arguments, url, log_path, **options):
        self.url, self.log_path = url, log_path
        if sys.platform == "linux":
            options.setdefault("preexec_fn", end_with_parent)
        with log_path.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *arguments],
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                **options,
            )

    @property
    def port(self):
        return urlsplit(self.url).port

    @property
    def log(self):
        return self.log_path.read_text()

    def wait_until_up(self, seconds: float = 300) -> "Server":
        """Return when the address answers.

        A server that is slow to start is waited for as long as its process lives; the limit only ends a server that hangs.

        Raises
        ------
        AssertionError
            The process has ended, or does not answer; with its log.
        """
        end = time.monotonic() + patient(seconds)
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise AssertionError(
                    f"The server ended with {self.process.returncode}:\n{self.log}"
                )
            try:
                with urllib.request.urlopen(self.url, timeout=patient(30)):
                    return self
            except (urllib.error.URLError, ConnectionError, TimeoutError) as error:
                if getattr(error, "code", None) == 500:
                    raise AssertionError(f"The server cannot answer:\n{self.log}") from error
                time.sleep(0.1)
        raise AssertionError(
            f"The server did not answer within {patient(seconds):.0f} s:\n{self.log}"
        )

    def kernels(self):
        """The kernel processes that the server has started and that still run."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        return [
            child
            for child in children
            if "ipykernel" in command_line(child)
            or "neurolab.serving.kernels.warm_process" in command_line(child.parent())
        ]

    def kernel_of(self, page):
        """The kernel process of an open page, or None."""
        return self.kernel_named(re.search(r'"kernelId": "([\w-]+)"', page.content()).group(1))

    def kernel_named(self, name):
        """The kernel process of this id, or None."""
        return next(
            (
                process
                for process in self.kernels()
                if any(
                    f"kernel-{name}-ipc" in each.laddr for each in process.net_connections("unix")
                )
            ),
            None,
        )

    def stop(self, seconds: float = 30) -> int:
        """End the server as a shell's `kill` does, and return its exit code."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(patient(seconds))
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return self.process.returncode


def command_line(process):
    """How a process was called; nothing for one that has ended."""
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def lab_server(directory, *options):
    """The command ``neurolab app`` on a free port, not yet waited for."""
    port = free_port()
    arguments = ["neurolab", "app", "--no-browser", "--port", str(port), *options]
    return Server(arguments, f"http://localhost:{port}/", directory / "neurolab-app.log")
