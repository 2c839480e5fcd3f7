"""Files that are written whole or not at all."""

import os
import shutil
from pathlib import Path

from ..errors import NeurolabError


def save(path: str | Path, content: str | bytes) -> None:
    """Write a file; if this fails, for example on a full disk, keep the file that was there.

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
        # A device or a pipe cannot be replaced by a file.
        if target.exists() and not target.is_file():
            target.write_bytes(data)
        else:
            _replace(target, data)
    except OSError as error:
        raise NeurolabError(
            f"'{path}' cannot be written: {error.strerror}.",
            mend="Nothing was changed. Make room on the disk, or choose another place.",
        ) from None


def _replace(target: Path, data: bytes) -> None:
    # In the same folder, because a file can only be moved in one step within a disk.
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
