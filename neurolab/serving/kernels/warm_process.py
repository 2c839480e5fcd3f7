"""A process that has created the page's widgets already, and from which kernels are forked.

The command is ``python -m neurolab.serving.kernels.warm_process LINE WATCHED SOURCE``. LINE and
WATCHED are the numbers of two inherited file descriptors.

The process has one thread and no socket but LINE, the connection to the server. So a fork copies
all of its state. The server sends orders as lines of JSON:
``{"start": number, "connection_file": …, "env": {…}, "cwd": …}`` or ``{"ping": number}``. The
answers are ``{"to": number, "pid": …}``, ``{"to": number, "failed": why}`` and ``{"to": number}``.

WATCHED is the reading end of a pipe whose writing end the server holds. The kernels, which outlive
this process, end when that pipe is closed.
"""

import gc
import importlib
import json
import os
import random
import signal
import socket
import sys
import threading
from contextlib import suppress
from typing import Any

import numpy as np

from ...brian import magic
from .forked_process import has_ended, send_to_group
from .prepared_page import prepare

# Modules that a kernel imports when it starts. With the first one, widgets that exist already can
# find their kernel later.
_NEEDED = (
    "ipykernel.ipkernel",
    f"{__package__}.forked_kernel",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.core.logger",
    "IPython.extensions.storemagic",
    "IPython.utils.wildcard",
    "tornado.platform.asyncio",
    "tornado.queues",
    "encodings.idna",
)
# Coupled linear models use it. It is imported after the fork of the first kernel, which need not
# wait for it. The later kernels share its memory.
_NEEDED_LATER = "scipy.linalg"
_NICE = 5  # added to the nice value of kernels, so that the server runs first
# Added to the score (in thousandths) by which the system ends processes if memory is short.
_OOM_SCORE = 500


def warm_up(source: str) -> None:
    """Do once what every kernel would do: imports, and the page's code."""
    # A page has no debugger, which would take 20 MiB of each kernel.
    sys.modules["debugpy"] = None  # type: ignore[assignment]  # it makes imports of it fail
    for module in _NEEDED:
        with suppress(ImportError):  # in other versions, the module has another name
            importlib.import_module(module)
    prepare(source)
    gc.collect()
    gc.freeze()  # else the first collection of each kernel would copy all shared memory


class Warm:
    """Forks kernels when it is asked to.

    Parameters
    ----------
    line : socket.socket
        The connection to the server.
    watched : int
        The descriptor that shows kernels the end of the server.
    """

    def __init__(self, line: socket.socket, watched: int) -> None:
        self._line = line
        self._watched = watched
        self._children: dict[int, int] = {}  # process number → file descriptor of each kernel
        # The system collects kernels that have ended; the server notices their end itself.
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        # The server ends all processes; Ctrl+C in its terminal must not reach this one.
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    def serve(self) -> None:
        """Answer until the server ends; then end all kernels, even stopped ones."""
        unread = b""
        while received := self._line.recv(2**16):
            *whole, unread = (unread + received).split(b"\n")
            for order in map(json.loads, whole):
                self._obey(order)
        for pid, descriptor in self._children.items():
            send_to_group(pid, descriptor, signal.SIGKILL)

    def _obey(self, order: dict[str, Any]) -> None:
        if "ping" in order:
            self._tell({"to": order["ping"]})
            return
        self._forget_ended()
        try:
            pid = self._fork(order)
        except OSError as error:  # no room for another process; the others go on
            self._tell({"to": order["start"], "failed": str(error)})
            return
        with suppress(OSError):  # it has ended, or too many files are open
            self._children[pid] = os.pidfd_open(pid)
        self._tell({"to": order["start"], "pid": pid})
        if _NEEDED_LATER not in sys.modules:
            importlib.import_module(_NEEDED_LATER)
            gc.freeze()

    def _forget_ended(self) -> None:
        for pid, descriptor in list(self._children.items()):
            if has_ended(descriptor):
                os.close(self._children.pop(pid))

    def _tell(self, news: dict[str, Any]) -> None:
        with suppress(OSError):  # the server has ended; the next read notices it
            self._line.sendall(json.dumps(news).encode() + b"\n")

    def _fork(self, order: dict[str, Any]) -> int:
        assert threading.active_count() == 1, "a fork of a process with threads may hang"
        pid = os.fork()
        if pid:
            return pid
        try:
            self._line.close()
            for descriptor in self._children.values():
                os.close(descriptor)
            run_kernel(order, self._watched)
        except BaseException:
            sys.excepthook(*sys.exc_info())
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(1)


def run_kernel(order: dict[str, Any], watched: int) -> None:
    """Become a kernel, and replace everything that must not be shared with other processes.

    Parameters
    ----------
    order : dict
        The order of the server.
    watched : int
        The descriptor that shows the end of the server.
    """
    os.setpgid(0, 0)  # signals to the kernel and its children must not reach other processes
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _stand_back()
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.environ.clear()
    os.environ.update(order["env"])
    if order["cwd"]:
        os.chdir(order["cwd"])
    random.seed()
    np.random.seed()  # noqa: NPY002  for programs that use the old generator
    magic.generator = np.random.default_rng()
    threading.Thread(target=_end_with_server, args=(watched,), daemon=True).start()
    from traitlets.config import Config

    from ...ui.page.forked_widgets import connect
    from .forked_kernel import LabKernelApp

    # With parent 1, Jupyter neither watches that process nor prints how to reach the kernel.
    app = LabKernelApp.instance(
        connection_file=order["connection_file"],
        parent_handle=1,
        config=Config(HistoryManager={"enabled": False}),
    )
    app.initialize([])
    connect(app.kernel)
    app.start()
    os._exit(0)


def _stand_back() -> None:
    """Give the server priority: for processor time, and for memory if it is short."""
    os.nice(_NICE)
    with suppress(OSError), open("/proc/self/oom_score_adj", "r+") as score:
        raised = min(1000, int(score.read()) + _OOM_SCORE)
        score.seek(0)
        score.write(str(raised))


def _end_with_server(watched: int) -> None:
    os.read(watched, 1)  # nothing is ever written, so this returns when the server has ended
    os._exit(1)


def main() -> None:
    """Warm up, and fork kernels for the server at the other end of a socket."""
    line = socket.socket(fileno=int(sys.argv[1]))
    warm_up(sys.argv[3])
    Warm(line, int(sys.argv[2])).serve()


if __name__ == "__main__":
    main()
