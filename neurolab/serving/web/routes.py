"""The addresses of the server; the other ones of Voila are not available."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from jupyter_server.services.kernels.handlers import KernelHandler
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.static_file_handler import TemplateStaticFileHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from .assets import AssetHandler, Assets
from .channels import ChannelsHandler
from .guard import Guarded
from .handlers import EndHandler, HealthHandler, LabHandler, MetricsHandler, PageHandler

_WIDGETS = {
    "jupyter-js-widgets/extension.js": ("@jupyter-widgets/base", "@jupyter-widgets/controls"),
    "bqscales/index.js": ("bqscales", ""),
    "bqplot/index.js": ("bqplot", ""),
    "anywidget/index.js": ("anywidget", ""),
}
"""Scripts of the widgets, in the order in which they run, and the names of their modules."""
_KERNEL = r"(?P<kernel_id>[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})"
_FILE = r"[\w-]+(?:\.[\w-]+)*\.(?:js|css|svg|png|woff2?|ttf)"


class TemplateFiles(Guarded, TemplateStaticFileHandler):
    """Scripts and styles of our page."""


Route = tuple[Any, ...]
"""An address, its handler, and perhaps the handler's arguments."""

# Voila's handler → ours, and its addresses.
_ANSWERS: dict[Any, tuple[Any, str]] = {
    KernelHandler: (LabHandler, f"api/kernels/{_KERNEL}"),
    VoilaKernelWebsocketHandler: (ChannelsHandler, f"api/kernels/{_KERNEL}/channels"),
    VoilaShutdownKernelHandler: (EndHandler, f"voila/api/shutdown/{_KERNEL}"),
    TemplateStaticFileHandler: (
        TemplateFiles,
        f"voila/templates/(?P<path>neurolab/static/{_FILE})",
    ),
    TornadoVoilaHandler: (PageHandler, "(?P<path>)"),
}


def routes(voilas: Iterable[Route], base_url: str) -> list[Route]:
    """Return our handlers, with the arguments of the handlers of Voila that they replace.

    Parameters
    ----------
    voilas : list of tuple
        The routes of Voila.
    base_url : str

    Returns
    -------
    list of tuple
    """
    ours: list[Route] = [("health", HealthHandler), ("metrics", MetricsHandler)]
    for _, handler, *arguments in voilas:
        if handler in _ANSWERS:
            replacement, path = _ANSWERS[handler]
            ours.append((path, replacement, *arguments))
    return [(re.escape(base_url) + path, *rest) for path, *rest in ours]


def asset_routes(base_url: str, folders: Sequence[str]) -> tuple[dict[str, Any], list[Route]]:
    """Return where the page finds the scripts of the widgets.

    Parameters
    ----------
    base_url : str
    folders : sequence of str
        Where extensions of the classic notebook are installed: they bring each package of
        widgets as one script.

    Returns
    -------
    config : dict
        Entries of the page's configuration: for each script its module's name, a second name of
        it or "", and its address.
    handlers : list of tuple

    Raises
    ------
    FileNotFoundError
        A script is not installed.
    """
    assets = Assets(folders, _WIDGETS.__contains__)
    for path in _WIDGETS:
        if path not in assets:
            raise FileNotFoundError(
                f"The script {path} of the widgets is in none of the folders where extensions of "
                f"Jupyter are installed: {', '.join(folders)}. Install neurolab[serve] again."
            )
    place = f"voila/widgets/v-{assets.version}"
    scripts = [(*names, f"{base_url}{place}/{path}") for path, names in _WIDGETS.items()]
    handler = (
        f"{re.escape(base_url)}voila/widgets/(?:v-([0-9a-f]+)/)?(.*)",
        AssetHandler,
        {"assets": assets},
    )
    return {"widgetScripts": scripts}, [handler]
