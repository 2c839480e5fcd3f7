"""The addresses that the server answers; what Voila offers beyond them is not there."""

import re

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


# Voila's handler → ours, and its addresses.
_ANSWERS = {
    KernelHandler: (LabHandler, f"api/kernels/{_KERNEL}"),
    VoilaKernelWebsocketHandler: (ChannelsHandler, f"api/kernels/{_KERNEL}/channels"),
    VoilaShutdownKernelHandler: (EndHandler, f"voila/api/shutdown/{_KERNEL}"),
    TemplateStaticFileHandler: (
        TemplateFiles,
        f"voila/templates/(?P<path>neurolab/static/{_FILE})",
    ),
    TornadoVoilaHandler: (PageHandler, "(?P<path>)"),
}


def routes(voilas, base_url):
    """Our handlers, with what Voila gives to those in whose place they are.

    Parameters
    ----------
    voilas : list of tuple
        Address, handler, and perhaps its arguments, as Voila lists them.
    base_url : str

    Returns
    -------
    list of tuple
    """
    found = [("health", HealthHandler), ("metrics", MetricsHandler)]
    for _, handler, *arguments in voilas:
        if handler in _ANSWERS:
            ours, path = _ANSWERS[handler]
            found.append((path, ours, *arguments))
    return [(re.escape(base_url) + path, *rest) for path, *rest in found]


def asset_routes(base_url, static_paths, extension_paths):
    """Where the page finds scripts and styles.

    Returns
    -------
    addresses : dict
        Entries of the page's configuration that name them.
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
    return addresses, [
        (
            f"{re.escape(base_url)}voila/{place}/(?:v-([0-9a-f]+)/)?(.*)",
            AssetHandler,
            {"assets": assets},
        )
        for place, assets in places.values()
    ]


def _is_of_an_extension(path):
    return path.startswith(tuple(f"{extension}/static/" for extension in EXTENSIONS))
