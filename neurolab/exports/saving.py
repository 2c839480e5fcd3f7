"""Files that are written whole or not at all."""

import os
import shutil
from pathlib import Path

from ..errors import NeurolabError


def save(path, content):
    """Write a file; where that fails, because the disk is full for example, what stood there before still does.

    Parameters
    ----------
    path : str or Path
    content : str or bytes

    Raises
    ------
    NeurolabError
        It cannot be written.
    """
    target = Path(path).resolve()
    data = content.encode() if isinstance(content, str) else content
    try:
        if (
            target.exists() and not target.is_file()
        ):  # a device or a pipe; nothing else can take its place
            target.write_bytes(data)
        else:
            _replace(target, data)
    except OSError as error:
        raise NeurolabError(
            f"'{path}' cannot be written: {error.strerror}",
            mend="Nothing was changed. Make room, or choose another place.",
        ) from None


def _replace(target, data):
    # Beside it, since a file can only be moved at once within a disk.
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, part)
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
