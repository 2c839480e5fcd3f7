"""A process that has made the page already, and from which kernels are forked:
``python -m neurolab.serving.kernels.warm_process LINE WATCHED SOURCE``, with the numbers of two inherited descriptors.

It has one thread and no socket but LINE, the one to the server, so that a fork is whole. The server asks in lines of JSON,
``{"start": number, "connection_file": …, "env": {…}, "cwd": …}`` or ``{"ping": number}``, and hears
``{"to": number, "pid": …}``, ``{"to": number, "failed": why}`` or ``{"to": number}``. WATCHED is the reading end of a pipe
whose other end the server holds: it shows the end of the server to this process's kernels, which outlive this process.
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

import numpy as np

from ...brian import magic
from .forked_process import has_ended, send_to_group
from .prepared_page import prepare

# What a kernel imports while it starts; the first of them lets widgets made before look for their kernel later.
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
# Coupled linear models use it. It is loaded when the first kernel is on its way, which need not wait for it; the later
# kernels share its memory.
_NEEDED_LATER = "scipy.linalg"
_NICE = 5  # how far the system puts kernels behind the server
_OOM_SCORE = 500  # how much sooner than the server, in thousandths of all memory, a kernel is ended for want of memory


def warm_up(source: str) -> None:
    """Do once what every kernel would do: imports, and the page's code."""
    sys.modules["debugpy"] = None  # a page has no debugger, which would be 20 MiB of each kernel
    for module in _NEEDED:
        with suppress(ImportError):  # other versions keep it elsewhere
            importlib.import_module(module)
    prepare(source)
    gc.collect()
    gc.freeze()  # or the first collection of each kernel would write to all memory that they share


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
        self._children: dict[int, int] = {}  # each kernel's number, and a descriptor of the process
        # The system collects kernels that have ended; the server sees their end by itself.
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        # The server ends all; what a terminal sends to everyone in it is not meant for this process.
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    def serve(self) -> None:
        """Answer until the server is gone; then end all kernels, even those that are stopped or hang."""
        unread = b""
        while received := self._line.recv(2**16):
            *whole, unread = (unread + received).split(b"\n")
            for order in map(json.loads, whole):
                self._obey(order)
        for pid, descriptor in self._children.items():
            send_to_group(pid, descriptor, signal.SIGKILL)

    def _obey(self, order: dict) -> None:
        if "ping" in order:
            self._tell({"to": order["ping"]})
            return
        self._forget_ended()
        try:
            pid = self._fork(order)
        except OSError as error:  # there is no room for one more; the others go on
            self._tell({"to": order["start"], "failed": str(error)})
            return
        with suppress(OSError):  # it has ended already, or too many files are open
            self._children[pid] = os.pidfd_open(pid)
        self._tell({"to": order["start"], "pid": pid})
        if _NEEDED_LATER not in sys.modules:
            importlib.import_module(_NEEDED_LATER)
            gc.freeze()

    def _forget_ended(self) -> None:
        for pid, descriptor in list(self._children.items()):
            if has_ended(descriptor):
                os.close(self._children.pop(pid))

    def _tell(self, news: dict) -> None:
        with suppress(OSError):  # the server is gone: the next look at the line says so
            self._line.sendall(json.dumps(news).encode() + b"\n")

    def _fork(self, order: dict) -> int:
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


def run_kernel(order: dict, watched: int) -> None:
    """Become a kernel: everything that must not be shared with the parent and its other children is made anew.

    Parameters
    ----------
    order : dict
        What the server asked for.
    watched : int
        The descriptor that shows the end of the server.
    """
    os.setpgid(0, 0)  # what is sent to the kernel and what it starts reaches nobody else
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
    np.random.seed()  # noqa: NPY002  the old one too, for programs that use it
    magic.generator = np.random.default_rng()
    threading.Thread(target=_end_with_server, args=(watched,), daemon=True).start()
    from traitlets.config import Config

    from ...ui.page.forked_widgets import connect
    from .forked_kernel import LabKernelApp

    # 1 is nobody in particular: Jupyter neither watches that process nor prints how to reach the kernel.
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
    """Let the server go first: it gets the processor before its labs, and loses its memory after them."""
    os.nice(_NICE)
    with suppress(OSError), open("/proc/self/oom_score_adj", "r+") as score:
        raised = min(1000, int(score.read()) + _OOM_SCORE)
        score.seek(0)
        score.write(str(raised))


def _end_with_server(watched: int) -> None:
    os.read(watched, 1)  # nothing is ever written: this returns when the server has ended
    os._exit(1)


def main() -> None:
    """Warm up, and fork kernels for the server at the other end of a socket."""
    line = socket.socket(fileno=int(sys.argv[1]))
    warm_up(sys.argv[3])
    Warm(line, int(sys.argv[2])).serve()


if __name__ == "__main__":
    main()
