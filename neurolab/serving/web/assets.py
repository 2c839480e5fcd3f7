"""The scripts and styles of a page: compressed once, and cached by browsers until they change."""

import gzip
import hashlib
import mimetypes
from collections.abc import Callable, Sequence
from pathlib import Path

from tornado.web import HTTPError

from .guard import Guarded

_TEXT = {".js", ".css", ".json", ".svg"}
_FOREVER = "public, max-age=31536000, immutable"


class Assets:
    """The files below some folders, by their paths there.

    If two files have the same path, that of the first folder counts. A request cannot get any other
    file, because its path is only looked up here.

    Parameters
    ----------
    folders : sequence of path
    wanted : callable, optional
        Returns whether a path (a text with ``/``) is included.

    Attributes
    ----------
    version : str
        A text that changes whenever a file changes.
    """

    def __init__(
        self, folders: Sequence[str | Path], wanted: Callable[[str], bool] = lambda path: True
    ) -> None:
        self._paths: dict[str, Path] = {}
        self._read: dict[str, tuple[bytes, bytes | None]] = {}
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

    def __contains__(self, name: str) -> bool:
        return name in self._paths

    def get(self, name: str) -> tuple[bytes, bytes | None] | None:
        """Return the content of a file, or None if there is no such file.

        Returns
        -------
        content : bytes
        packed : bytes or None
            The compressed content; None if it is not smaller.
        """
        if name not in self._read and name in self._paths:
            content = self._paths[name].read_bytes()
            packed = gzip.compress(content, 6) if self._paths[name].suffix in _TEXT else None
            self._read[name] = content, packed if packed and len(packed) < len(content) else None
        return self._read.get(name)


def accepts_gzip(header: str) -> bool:
    """Return whether an ``Accept-Encoding`` allows gzip, by its name or by ``*``.

    Examples
    --------
    >>> accepts_gzip("br, gzip;q=0.5"), accepts_gzip("gzip;q=0, *")
    (True, False)
    """
    weights: dict[str, float] = {}
    for entry in header.lower().split(","):
        coding, _, parameter = entry.partition(";")
        name, _, value = parameter.partition("=")
        try:
            weights[coding.strip()] = float(value) if name.strip() == "q" else 1
        except ValueError:
            weights[coding.strip()] = 0
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0))) > 0


class AssetHandler(Guarded):
    """Answers with a file of `Assets`.

    A browser caches the answer of an address that contains the version, and checks any other
    address again.
    """

    def initialize(self, assets: Assets) -> None:
        """Store the files."""
        self._assets = assets

    def get(self, version: str | None, path: str) -> None:
        """Answer with a file, compressed if the browser accepts this."""
        contents = self._assets.get(path)
        if contents is None:
            raise HTTPError(404)
        content, packed = contents
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
        # The headers are sent first. Content that is written together with them would be copied for
        # each request, and the copy would stay in memory until the other end has taken it.
        self.flush()
        self.finish(content)

    head = get
