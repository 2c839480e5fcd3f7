"""The server of the lab: Voila, inside this process, with one notebook.

Voila runs in this process and not in another one. So one signal ends everything, the bound port is
the served port, and "is open" is printed when it is true.
"""

import logging
import os
import signal
import socket
import tempfile
import threading
import uuid
import webbrowser
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from jupyter_core.paths import jupyter_path
from jupyter_events import EventLogger
from tornado.ioloop import IOLoop
from traitlets import Instance
from traitlets.config import Config
from voila.app import Voila

from .event_log import log_as_json, log_event
from .kernels import server_memory
from .kernels.forked_process import adopt_orphans
from .kernels.forking import CAN_FORK, ForkProvisioner
from .kernels.lab_kernels import LabKernels, ThisPython
from .kernels.prepared_page import CELL
from .open_files import allow_many_files, listeners, most_files
from .page.served_notebook import LAB, write_page
from .web.allowed_messages import ALLOWED_MESSAGES
from .web.guard import Anyone, security_headers
from .web.handlers import MissingHandler
from .web.host_names import known_names
from .web.http_connections import BoundedServer, most_labs
from .web.metrics import Metrics
from .web.routes import Route, asset_routes, routes
from .web.server_options import Options
from .web.session_limits import KEPT, Sessions

SHARE = Path(__file__).parent / "share"
# Signals that stop the server, with that of a closed terminal where it exists.
STOPS = {signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)}
EVERY_ADDRESS = {"", "0.0.0.0", "::"}
_LARGEST_MESSAGE = 8 * 2**20  # bytes; files that a student opens come as one message
# Characters; the name of a socket, which Voila and Jupyter append, has at most 107 in all.
_LONGEST_FOLDER = 107 - len(f"/voila_12345678/kernel-{uuid.UUID(int=0)}-ipc-9")


def serve(
    sockets: Sequence[socket.socket],
    host: str,
    source: str,
    open_browser: bool = True,
    options: Options | None = None,
) -> None:
    """Serve a page on bound sockets until a signal stops the process.

    Parameters
    ----------
    sockets : list of socket.socket
        Sockets that already listen, as `neurolab.serving.web.ports.listening_sockets` returns them.
    host : str
        The name to which the sockets are bound, for the address that is printed.
    source : str
        The page's code.
    open_browser : bool
        Whether to open the page in this computer's browser.
    options : Options, optional
        The options of a server that others can reach.
    """
    allow_many_files()
    if CAN_FORK:
        adopt_orphans()
    options = _within_limits(options or Options())
    with tempfile.TemporaryDirectory(prefix="neurolab-") as directory:
        ForkProvisioner.source = source
        notebook = write_page(directory, CELL if CAN_FORK else source)
        # Voila's parts log errors of labs to the instance of its class.
        server = LabServer.instance(config=lab_config(notebook, directory))
        server.sockets = sockets
        server.open_browser = open_browser
        server.options = options
        server.names = known_names(host, options.hosts)
        server.page_config = {"preview": source == LAB}
        server.port = sockets[0].getsockname()[1]
        server.base_url = options.base_url
        server.address = page_address(host, server.port) + options.base_url[1:]
        server.initialize(argv=[])
        server.start()


def _within_limits(options: Options) -> Options:
    """Return the options, with no more sessions than this process can have files for."""
    most = most_labs()
    if options.most_sessions <= most:
        return options
    print(
        f"This system lets a process open {most_files():,} files, enough for {most:.0f} labs at "
        f"once: --sessions is lowered from {options.most_sessions}. For more, raise the hard limit "
        "(ulimit -Hn, LimitNOFILE= of systemd).",
        flush=True,
    )
    return replace(options, most_sessions=int(most))


def page_address(host: str, port: int) -> str:
    """Return the address of the page for a browser on this computer.

    Examples
    --------
    >>> page_address("0.0.0.0", 8866)
    'http://localhost:8866/'
    """
    shown = "localhost" if host in EVERY_ADDRESS else host
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"


def lab_config(notebook_path: Path, directory: str) -> Config:
    """Return Voila's settings: one page, without its code or tracebacks."""
    config = Config()
    config.Voila.notebook_path = str(notebook_path)
    config.Voila.connection_dir_root = str(directory)
    # The user's own settings of Voila and Jupyter are for other pages.
    config.Voila.config_file_paths = []
    config.Voila.log_level = logging.ERROR
    config.Voila.identity_provider_class = Anyone
    config.VoilaConfiguration.template = "neurolab"
    config.VoilaConfiguration.allow_template_override = "NO"
    config.VoilaConfiguration.allow_theme_override = "NO"
    config.VoilaConfiguration.strip_sources = True
    config.VoilaConfiguration.show_tracebacks = False
    config.VoilaConfiguration.file_allowlist = []
    config.VoilaConfiguration.extension_allowlist = []
    config.VoilaConfiguration.multi_kernel_manager_class = LabKernels
    config.VoilaConfiguration.kernel_spec_manager_class = ThisPython
    if CAN_FORK and len(str(directory)) <= _LONGEST_FOLDER:
        # Sockets in a private folder; a free port could be taken before the kernel binds it.
        config.KernelManager.transport = "ipc"
    else:
        # Otherwise other accounts of this computer could read the messages.
        config.KernelManager.transport_encryption = "auto"
    # The first user gets a kernel that is ready, with a rendered page.
    config.VoilaConfiguration.preheat_kernel = True
    config.VoilaConfiguration.default_pool_size = 1
    return config


class LabServer(Voila):
    """Voila on sockets that are already bound, with handlers of our own."""

    sockets: Sequence[socket.socket]
    open_browser: bool
    options: Options
    names: frozenset[str]
    page_config: dict[str, Any]
    address: str

    # Without it, each lab would have one, and Python's logging never drops a logger.
    event_logger = Instance(EventLogger, ())

    def initialize(self, argv: list[str] | None = None) -> None:
        """Prepare Voila, and read no command line."""
        # Jupyter gives the time between pings in ms; tornado reads it as seconds and warns.
        logging.getLogger("tornado.general").setLevel(logging.ERROR)
        # Each page has a kernel of its own, so no other page needs its messages: one message less
        # for each edit.
        os.environ["JUPYTER_WIDGETS_ECHO"] = "0"
        # Voila searches for templates in Jupyter's folders; this adds one of them.
        places = [str(SHARE), *filter(None, [os.environ.get("JUPYTER_PATH")])]
        os.environ["JUPYTER_PATH"] = os.pathsep.join(places)
        self.config.VoilaConfiguration.page_config_hook = lambda page_config, **_: {
            **page_config,
            **self.page_config,
        }
        super().initialize(argv)
        self.metrics = Metrics()
        if self.options.in_class:
            log_as_json(self.log, self.metrics.errors)

    def init_settings(self) -> dict[str, Any]:
        """Return the settings of the handlers."""
        self.sessions = Sessions(self)
        settings = super().init_settings()
        self.kernel_manager.allowed_message_types = ALLOWED_MESSAGES
        # It waits this long for a lab's first answer, and keeps the objects of its connection this
        # long after its end.
        self.kernel_manager.kernel_info_timeout = KEPT
        return settings | {
            "options": self.options,
            "names": self.names,
            "sessions": self.sessions,
            "metrics": self.metrics,
            "port": self.port,
            "headers": security_headers(self.options.embedders),
            "default_handler_class": MissingHandler,
            "websocket_max_message_size": _LARGEST_MESSAGE,
        }

    def init_handlers(self) -> list[Route]:
        """Return the addresses and handlers of the server."""
        base = self.options.base_url
        voilas = super().init_handlers()
        # Before the page is rendered, which contains the addresses of its scripts.
        config, handlers = asset_routes(base, jupyter_path("nbextensions"))
        self.page_config |= config
        return [*handlers, *routes(voilas, base)]

    def listen(self) -> None:
        """Serve until a signal stops the process."""
        self.ioloop = IOLoop.current()
        for stop in STOPS:
            signal.signal(stop, self._handle_signal_stop)
        server = BoundedServer(
            self.app, trusted=self.options.trusted_proxies, most_labs=self.options.most_sessions
        )
        server.add_sockets(listeners(self.sockets, lambda: self.sessions.refused("files")))
        self.sessions.watch()
        log_event("started", limit=self.options.most_sessions)
        print(f"neurolab is open at {self.address}  (Ctrl+C stops it)", flush=True)
        if self.open_browser:
            threading.Thread(target=webbrowser.open, args=(self.address,), daemon=True).start()
        server_memory.settle()
        try:
            self.ioloop.start()
        finally:
            for stop in STOPS:  # a second signal ends the process at once
                signal.signal(stop, signal.SIG_DFL)
            server.stop()
            self.stop()
            log_event("stopped")

    def stop(self) -> None:
        """End all labs."""
        self.sessions.leave_open()
        # On the loop that started the kernels. Another loop would not wait for a kernel that is
        # still starting, and it would stay alive.
        try:
            self.ioloop.run_sync(lambda: self.kernel_manager.shutdown_all(now=True))
        finally:
            ForkProvisioner.end_parent_process()
