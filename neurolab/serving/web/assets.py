"""The scripts and styles that a page loads: compressed once, and kept by browsers for as long as they are the same."""

import gzip
import hashlib
import mimetypes
from collections.abc import Callable, Sequence
from pathlib import Path

from tornado.web import HTTPError, RequestHandler

from .guard import Guarded

_TEXT = {".js", ".css", ".json", ".svg"}
_FOREVER = "public, max-age=31536000, immutable"


class Assets:
    """The files below some folders, each by its path there. If two have the same path, that of the first folder counts.

    A request can get no other file, because its path is looked up and never opened.

    Parameters
    ----------
    folders : sequence of path
    wanted : callable, optional
        Whether a path (text, with ``/``) is among them.

    Attributes
    ----------
    version : str
        Changes whenever a file changes.
    """

    def __init__(
        self, folders: Sequence[str | Path], wanted: Callable[[str], bool] = lambda path: True
    ) -> None:
        self._paths = {}
        self._read = {}
        for folder in map(Path, folders):
            for path in sorted(folder.rglob("*")):
                name = path.relative_to(folder).as_posix()
                if path.is_file() and wanted(name):
                    self._paths.setdefault(name, path)
        stamps = [
            (name, path.stat().st_size, path.stat().st_mtime_ns)
            for name, path in self._paths.items()
        ]
        self.version = hashlib.sha256(repr(stamps).encode()).hexdigest()[:12]

    def get(self, name: str) -> tuple[bytes, bytes | None] | None:
        """Return a file's content and compressed content (None if that is not smaller), or None if there is no such file."""
        if name not in self._read and name in self._paths:
            content = self._paths[name].read_bytes()
            packed = gzip.compress(content, 6) if self._paths[name].suffix in _TEXT else None
            self._read[name] = content, packed if packed and len(packed) < len(content) else None
        return self._read.get(name)


def accepts_gzip(header: str) -> bool:
    """Return whether an ``Accept-Encoding`` allows gzip: by its name, or else by ``*``, with a weight above 0.

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

    A browser keeps the answer of an address that names the version, and asks again for that of any other address.
    """

    def initialize(self, assets: Assets) -> None:
        self._assets = assets

    def get(self, version: str | None, path: str) -> None:
        found = self._assets.get(path)
        if found is None:
            raise HTTPError(404)
        content, packed = found
        self.set_header("Content-Type", mimetypes.guess_type(path)[0] or "application/octet-stream")
        self.set_header(
            "Cache-Control", _FOREVER if version == self._assets.version else "no-cache"
        )
        self.set_header("Vary", "Accept-Encoding")
        if packed and accepts_gzip(self.request.headers.get("Accept-Encoding", "")):
            self.set_header("Content-Encoding", "gzip")
            content = packed
        self.set_header("Etag", f'"{self._assets.version}-{len(content)}"')
        if self.check_etag_header():
            self.set_status(304)
            self.finish()
            return
        self.set_header("Content-Length", str(len(content)))
        # The headers go first, because content that is written together with them is copied for each request, and stays in
        # memory for as long as the other end does not take it.
        self.flush()
        self.finish(content)

    head = get
