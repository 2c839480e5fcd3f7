"""A process that has made the page already, of which kernels are forked: ``python -m neurolab.serving.warm FD SOURCE``.

It has one thread and no socket but the one to the server, so that a fork is whole. The server asks in lines of JSON,
``{"start": number, "connection_file": …, "env": {…}, "cwd": …}`` or ``{"signal": pid, "number": …}``, and hears
``{"started": number, "pid": …}`` or ``{"failed": number, "why": …}``, and ``{"ended": pid, "code": …}``. When the server
is gone, so are this process and all kernels, however it went.
"""

import gc
import importlib
import json
import os
import random
import select
import signal
import socket
import sys
import threading
from contextlib import suppress

import numpy as np

from ..core import magic
from .prepared import prepare

# What a kernel imports while it starts; the first of them lets widgets made before look for their kernel later.
_NEEDED = ("ipykernel.ipkernel", f"{__package__}.kernel", "ipykernel.debugger", "IPython.core.completerlib",
           "IPython.core.debugger", "IPython.core.oinspect", "IPython.core.logger", "IPython.extensions.storemagic",
           "IPython.utils.wildcard", "tornado.platform.asyncio", "tornado.queues", "encodings.idna")


def warm_up(source):
    """Do once what every kernel would do: imports, and the page's code."""
    sys.modules["debugpy"] = None  # a page has no debugger, which would be 20 MiB of each kernel
    for module in _NEEDED:
        with suppress(ImportError):  # other versions keep it elsewhere
            importlib.import_module(module)
    prepare(source)
    gc.collect()
    gc.freeze()  # or the first collection of each kernel would write to all memory that they share


class Warm:
    """Forks kernels when it is asked to, and tells of their ends.

    Parameters
    ----------
    line : socket.socket
        To the server.
    """

    def __init__(self, line):
        self._line, self._children = line, set()
        self._wake, wake_up = os.pipe()
        os.set_blocking(wake_up, False)
        signal.set_wakeup_fd(wake_up, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        # The server ends all; what a terminal sends to everyone in it is not meant for this process.
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    def serve(self):
        """Answer until the server is gone; then end all kernels."""
        unread = b""
        try:
            while True:
                ready, _, _ = select.select([self._line, self._wake], [], [])
                if self._wake in ready:
                    os.read(self._wake, 512)
                    self._reap()
                if self._line in ready:
                    received = self._line.recv(2**16)
                    if not received:
                        return
                    *whole, unread = (unread + received).split(b"\n")
                    for order in map(json.loads, whole):
                        self._obey(order)
        finally:
            for pid in self._children:
                self._signal(pid, signal.SIGKILL)

    def _obey(self, order):
        if "start" in order:
            try:
                pid = self._fork(order)
            except OSError as error:  # there is no room for one more; the others go on
                self._tell({"failed": order["start"], "why": str(error)})
                return
            self._children.add(pid)
            self._tell({"started": order["start"], "pid": pid})
        elif order["signal"] in self._children:
            self._signal(order["signal"], order["number"])

    def _signal(self, pid, number):
        """Reach a kernel and what it has started."""
        try:
            os.killpg(pid, number)
        except ProcessLookupError:  # so young that it has no group yet
            os.kill(pid, number)

    def _tell(self, news):
        with suppress(OSError):  # the server is gone: the next look at the line says so
            self._line.sendall(json.dumps(news).encode() + b"\n")

    def _reap(self):
        for pid in list(self._children):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                self._children.discard(pid)
                self._tell({"ended": pid, "code": os.waitstatus_to_exitcode(status)})

    def _fork(self, order):
        parent = os.getpid()
        assert threading.active_count() == 1, "a fork of a process with threads may hang"
        pid = os.fork()
        if pid:
            return pid
        try:
            self._line.close()
            os.close(self._wake)
            os.close(signal.set_wakeup_fd(-1))
            run_kernel(order, parent)
        except BaseException:
            sys.excepthook(*sys.exc_info())
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(1)


def run_kernel(order, parent):
    """Become a kernel: all that must not be shared with the parent and its other children is made anew."""
    os.setpgid(0, 0)  # what is sent to the kernel and what it starts reaches nobody else
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.environ.clear()
    os.environ.update(order["env"])
    if order["cwd"]:
        os.chdir(order["cwd"])
    random.seed()
    np.random.seed()  # noqa: NPY002  the old one too, for who uses it
    magic.generator = np.random.default_rng()
    from traitlets.config import Config

    from ..views.forked import connect
    from .kernel import LabKernelApp

    app = LabKernelApp.instance(
        connection_file=order["connection_file"], parent_handle=parent,  # it ends when its parent is another one
        config=Config(HistoryManager={"enabled": False}))
    app.initialize([])
    connect(app.kernel)
    app.start()
    os._exit(0)


def main():
    """Warm up, and fork kernels for the server at the other end of a socket."""
    line = socket.socket(fileno=int(sys.argv[1]))
    warm_up(sys.argv[2])
    Warm(line).serve()


if __name__ == "__main__":
    main()
