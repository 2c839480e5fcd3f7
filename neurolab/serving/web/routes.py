"""The addresses of the server; the other ones of Voila are not available."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
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

EXTENSIONS = [
    "@voila-dashboards/widgets-manager8",
    "@jupyter-widgets/jupyterlab-manager",
    "bqplot",
    "bqscales",
    "anywidget",
]
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


def asset_routes(
    base_url: str, static_paths: Sequence[str | Path], extension_paths: Sequence[str | Path]
) -> tuple[dict[str, str], list[Route]]:
    """Return the addresses and handlers of scripts and styles.

    Returns
    -------
    addresses : dict
        Entries of the page's configuration.
    handlers : list of tuple
    """
    places = {
        "fullStaticUrl": ("static", Assets(static_paths)),
        "fullLabextensionsUrl": ("labextensions", Assets(extension_paths, _is_of_an_extension)),
    }
    addresses = {
        option: f"{base_url}voila/{place}/v-{assets.version}"
        for option, (place, assets) in places.items()
    }
    handlers: list[Route] = [
        (
            f"{re.escape(base_url)}voila/{place}/(?:v-([0-9a-f]+)/)?(.*)",
            AssetHandler,
            {"assets": assets},
        )
        for place, assets in places.values()
    ]
    return addresses, handlers


def _is_of_an_extension(path: str) -> bool:
    return path.startswith(tuple(f"{extension}/static/" for extension in EXTENSIONS))
