"""Serving the lab: Voila, inside this process, on one notebook.

Inside the process rather than beside it, because then one signal ends everything, the port that was bound is the port
that is served, and "is open" is printed when it is true.
"""

import logging
import os
import signal
import tempfile
import threading
import webbrowser
from pathlib import Path

from jupyter_server.utils import url_path_join
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from traitlets.config import Config
from voila.app import Voila
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from .assets import AssetHandler, Assets
from .forking import CAN_FORK, ForkProvisioner
from .handlers import ChannelsHandler, PageHandler
from .kernels import LabKernels, ThisPython
from .page import LAB, write_page
from .prepared import CELL

SHARE = Path(__file__).parent / "share"
EXTENSIONS = ["@voila-dashboards/widgets-manager8", "@jupyter-widgets/jupyterlab-manager",
              "bqplot", "bqscales", "anywidget"]
OWN_HANDLERS = {TornadoVoilaHandler: PageHandler, VoilaKernelWebsocketHandler: ChannelsHandler}
# Closing the terminal is a way to stop too, where there is a signal for it.
STOPS = {signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)}
EVERY_ADDRESS = {"", "0.0.0.0", "::"}


def serve(sockets, host, source, open_browser=True):
    """Serve a page on bound sockets until the process is told to stop.

    Parameters
    ----------
    sockets : list of socket.socket
        Sockets that already listen, as `neurolab.serving.ports.listening_sockets` returns them.
    host : str
        The name under which the sockets were bound, for the address that is printed.
    source : str
        The page's code.
    open_browser : bool
        Whether to open the page in this computer's browser.
    """
    with tempfile.TemporaryDirectory(prefix="neurolab-") as directory:
        # As the instance of its class it is where Voila's parts log: why a lab could not be made.
        ForkProvisioner.source = source
        notebook = write_page(directory, CELL if CAN_FORK else source)
        server = LabServer.instance(config=lab_config(notebook, directory))
        server.sockets, server.open_browser = sockets, open_browser
        server.page_config = {"preview": source == LAB}
        server.port = sockets[0].getsockname()[1]
        server.address = page_address(host, server.port)
        server.initialize(argv=[])
        server.start()


def page_address(host, port):
    """Where a browser on this computer finds the page."""
    shown = "localhost" if host in EVERY_ADDRESS else host
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"


def lab_config(notebook_path, directory):
    """Voila's settings: nothing of the code or its errors is shown, nothing but the one page is served."""
    config = Config()
    config.Voila.notebook_path = str(notebook_path)
    config.Voila.connection_dir_root = str(directory)
    # A student's own Voila or Jupyter settings are meant for other pages.
    config.Voila.config_file_paths = []
    config.Voila.log_level = logging.ERROR
    config.VoilaConfiguration.template = "neurolab"
    config.VoilaConfiguration.allow_template_override = "NO"
    config.VoilaConfiguration.allow_theme_override = "NO"
    config.VoilaConfiguration.strip_sources = True
    config.VoilaConfiguration.show_tracebacks = False
    config.VoilaConfiguration.file_allowlist = []
    config.VoilaConfiguration.extension_allowlist = EXTENSIONS
    config.VoilaConfiguration.multi_kernel_manager_class = LabKernels
    config.VoilaConfiguration.kernel_spec_manager_class = ThisPython
    # Other accounts of this computer could read along otherwise.
    config.KernelManager.transport_encryption = "auto"
    # A kernel that waits with the lab already made saves half a second of three.
    config.VoilaConfiguration.preheat_kernel = True
    config.VoilaConfiguration.default_pool_size = 1
    return config


def _is_of_an_extension(path):
    return path.startswith(tuple(f"{extension}/" for extension in EXTENSIONS))


class LabServer(Voila):
    """Voila on sockets that are already bound, with handlers of our own."""

    def initialize(self, argv=None):
        # Jupyter gives the time between pings in ms; tornado takes it for seconds and warns.
        logging.getLogger("tornado.general").setLevel(logging.ERROR)
        # Where a kernel asks for the query of the page that took it.
        own = self.sockets[0].getsockname()[0]
        os.environ["VOILA_APP_IP"] = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(own, f"[{own}]" if ":" in own else own)
        # Each page has a kernel of its own: nobody else waits to be told what it has sent. A message less for each edit.
        os.environ["JUPYTER_WIDGETS_ECHO"] = "0"
        # Voila looks for templates where Jupyter does; this is Jupyter's way to name one more place.
        places = [str(SHARE), *filter(None, [os.environ.get("JUPYTER_PATH")])]
        os.environ["JUPYTER_PATH"] = os.pathsep.join(places)
        self.config.VoilaConfiguration.page_config_hook = lambda page_config, **_: {**page_config, **self.page_config}
        super().initialize(argv)

    def init_handlers(self):
        handlers = super().init_handlers()
        own = [(path, OWN_HANDLERS.get(handler, handler), *rest) for path, handler, *rest in handlers]
        return [*self._asset_handlers(), *own]

    def _asset_handlers(self):
        """Handlers of scripts and styles; before the page is made, since it is told where they are."""
        places = {"fullStaticUrl": ("static", Assets(self.static_paths)),
                  "fullLabextensionsUrl": ("labextensions", Assets(self.labextensions_path, _is_of_an_extension))}
        named = {option: url_path_join(self.base_url, "voila", place, f"v-{assets.version}")
                 for option, (place, assets) in places.items()}
        self.page_config |= named
        return [(url_path_join(self.server_url, "voila", place, "(?:v-([0-9a-f]+)/)?(.*)"), AssetHandler, {"assets": assets})
                for place, assets in places.values()]

    def listen(self):
        self.ioloop = IOLoop.current()
        for stop in STOPS:
            signal.signal(stop, self._handle_signal_stop)
        server = HTTPServer(self.app)
        server.add_sockets(self.sockets)
        print(f"neurolab is open at {self.address}  (Ctrl+C stops it)", flush=True)
        if self.open_browser:
            threading.Thread(target=webbrowser.open, args=(self.address,), daemon=True).start()
        try:
            self.ioloop.start()
        finally:
            for stop in STOPS:  # one who asks twice does not want to wait
                signal.signal(stop, signal.SIG_DFL)
            server.stop()
            self.stop()

    def stop(self):
        # On the loop where the kernels were started: on another one, a kernel that is still starting is not awaited
        # and stays behind.
        self.ioloop.run_sync(lambda: self.kernel_manager.shutdown_all(now=True))
        ForkProvisioner.end_parent_process()
