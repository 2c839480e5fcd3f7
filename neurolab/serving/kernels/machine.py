"""What the system says of memory and processes, read from Linux's /proc and its control groups."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_KIB = 1024


def private_memory(pid: int) -> int | None:
    """Return the bytes that a process shares with no other one, or None if there is no such process.

    This is what the system gets back when the process ends. The system has to look through all of the process's memory
    for it, which takes about a millisecond.
    """
    found = 0
    with suppress(OSError), open(f"/proc/{pid}/smaps_rollup") as lines:
        for line in lines:
            if line.startswith(("Private_", "SwapPss:")):
                found += int(line.split()[1])
    return found * _KIB or None


def resident_memory(pid: int) -> int | None:
    """Return the bytes of a process that are in memory, or None if there is no such process; this is read at once."""
    with suppress(OSError), open(f"/proc/{pid}/status") as lines:
        for line in lines:
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * _KIB
    return None


def is_stopped(pid: int) -> bool:
    """Return whether somebody has stopped a process, so that it answers nothing."""
    with suppress(OSError), open(f"/proc/{pid}/stat") as numbers:
        return numbers.read().rpartition(")")[2].split()[0] in ("T", "t")
    return False


def available_memory(root: Path = Path("/")) -> int | None:
    """Return the bytes that this process and those it starts can still take, or None if the system does not say.

    Parameters
    ----------
    root : Path
        Where /proc and /sys are found.
    """
    found = [size for size in (_of_machine(root), *_of_groups(root)) if size is not None]
    return min(found, default=None)


def _of_machine(root: Path) -> int | None:
    with suppress(OSError), open(root / "proc/meminfo") as lines:
        for line in lines:
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * _KIB
    return None


def _of_groups(root: Path) -> Iterator[int]:
    """Yield what each control group of this process, as those of containers, has left."""
    with suppress(OSError):
        for line in (root / "proc/self/cgroup").read_text().splitlines():
            _, kinds, path = line.split(":", 2)
            if kinds == "":
                top, names = root / "sys/fs/cgroup", ("memory.max", "memory.current")
            elif "memory" in kinds.split(","):
                top, names = (
                    root / "sys/fs/cgroup/memory",
                    ("memory.limit_in_bytes", "memory.usage_in_bytes"),
                )
            else:
                continue
            group = top / path.lstrip("/")
            for folder in (group, *group.parents):
                yield from _left(folder, *names)
                if folder == top:
                    break


def _left(folder: Path, most: str, used: str) -> Iterator[int]:
    with suppress(OSError, ValueError):  # a group without a limit says "max"
        limit = int((folder / most).read_text())
        taken = int((folder / used).read_text())
        yield max(0, limit - taken + _given_back(folder))


def _given_back(folder: Path) -> int:
    """Return the bytes of files that the system keeps in memory as long as nobody needs it."""
    with suppress(OSError):
        for line in (folder / "memory.stat").read_text().splitlines():
            name, size = line.split()
            if name in ("inactive_file", "total_inactive_file"):
                return int(size)
    return 0
