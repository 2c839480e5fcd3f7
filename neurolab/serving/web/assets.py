"""The scripts and styles that a page loads: compressed once, and kept by browsers for as long as they are the same."""

import gzip
import hashlib
import mimetypes
from pathlib import Path

from tornado.web import HTTPError, RequestHandler

from .guard import Guarded

_TEXT = {".js", ".css", ".json", ".svg"}
_FOREVER = "public, max-age=31536000, immutable"


class Assets:
    """The files below some folders, each by its path there; of two with the same path the first folder's counts.

    Only these can be had, whatever a request asks for: paths are looked up, never opened.

    Parameters
    ----------
    folders : sequence of path
    wanted : callable, optional
        Whether a path (text, with ``/``) is among them.

    Attributes
    ----------
    version : str
        Another one whenever a file is another one.
    """

    def __init__(self, folders, wanted=lambda path: True):
        self._paths, self._read = {}, {}
        for folder in map(Path, folders):
            for path in sorted(folder.rglob("*")):
                name = path.relative_to(folder).as_posix()
                if path.is_file() and wanted(name):
                    self._paths.setdefault(name, path)
        stamps = [(name, path.stat().st_size, path.stat().st_mtime_ns) for name, path in self._paths.items()]
        self.version = hashlib.sha256(repr(stamps).encode()).hexdigest()[:12]

    def get(self, name):
        """Content and compressed content (None where that gains nothing) of a file; None where there is no such file."""
        if name not in self._read and name in self._paths:
            content = self._paths[name].read_bytes()
            packed = gzip.compress(content, 6) if self._paths[name].suffix in _TEXT else None
            self._read[name] = content, packed if packed and len(packed) < len(content) else None
        return self._read.get(name)


def accepts_gzip(header: str) -> bool:
    """Whether an ``Accept-Encoding`` allows gzip: by its name, or else by ``*``, with a weight above 0.

    Parameters
    ----------
    header : str

    Returns
    -------
    bool
    """
    weights = {}
    for entry in header.lower().split(","):
        coding, _, parameter = entry.partition(";")
        name, _, value = parameter.partition("=")
        try:
            weights[coding.strip()] = float(value) if name.strip() == "q" else 1
        except ValueError:
            weights[coding.strip()] = 0
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0))) > 0


class AssetHandler(Guarded, RequestHandler):
    """Answers with a file of `Assets`.

    An address that names its version is kept by browsers without asking again; another one is asked for each time.
    """

    def initialize(self, assets):
        self._assets = assets

    def get(self, version, path):
        found = self._assets.get(path)
        if found is None:
            raise HTTPError(404)
        content, packed = found
        self.set_header("Content-Type", mimetypes.guess_type(path)[0] or "application/octet-stream")
        self.set_header("Cache-Control", _FOREVER if version == self._assets.version else "no-cache")
        self.set_header("Vary", "Accept-Encoding")
        if packed and accepts_gzip(self.request.headers.get("Accept-Encoding", "")):
            self.set_header("Content-Encoding", "gzip")
            content = packed
        self.finish(content)

    head = get
