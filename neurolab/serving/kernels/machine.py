"""Memory and state of processes, read from Linux's /proc and its control groups."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_KIB = 1024


def private_memory(pid: int) -> int | None:
    """Return the bytes that a process shares with no other, or None if there is no such process.

    This memory is free when the process ends. The system has to read the whole memory map of the
    process for it, which takes about a millisecond.
    """
    total = 0
    with suppress(OSError), open(f"/proc/{pid}/smaps_rollup") as lines:
        for line in lines:
            if line.startswith(("Private_", "SwapPss:")):
                total += int(line.split()[1])
    return total * _KIB or None


def resident_memory(pid: int) -> int | None:
    """Return the bytes of a process that are in memory, or None if there is no such process."""
    with suppress(OSError), open(f"/proc/{pid}/status") as lines:
        for line in lines:
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * _KIB
    return None


def is_stopped(pid: int) -> bool:
    """Return whether a process is stopped, so that it does not answer."""
    with suppress(OSError), open(f"/proc/{pid}/stat") as numbers:
        return numbers.read().rpartition(")")[2].split()[0] in ("T", "t")
    return False


def available_memory(root: Path = Path("/")) -> int | None:
    """Return the bytes that this process and its children can still take, or None if unknown.

    Parameters
    ----------
    root : Path
        The folder with /proc and /sys.
    """
    sizes = [size for size in (_of_machine(root), *_of_groups(root)) if size is not None]
    return min(sizes, default=None)


def _of_machine(root: Path) -> int | None:
    with suppress(OSError), open(root / "proc/meminfo") as lines:
        for line in lines:
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * _KIB
    return None


def _of_groups(root: Path) -> Iterator[int]:
    """Yield the free memory of each control group of this process, such as that of a container."""
    with suppress(OSError):
        for line in (root / "proc/self/cgroup").read_text().splitlines():
            _, kinds, path = line.split(":", 2)
            if kinds == "":
                top = root / "sys/fs/cgroup"
                names = ("memory.max", "memory.current")
            elif "memory" in kinds.split(","):
                top = root / "sys/fs/cgroup/memory"
                names = ("memory.limit_in_bytes", "memory.usage_in_bytes")
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
    """Return the bytes of cached files, which the system drops when memory is needed."""
    with suppress(OSError):
        for line in (folder / "memory.stat").read_text().splitlines():
            name, size = line.split()
            if name in ("inactive_file", "total_inactive_file"):
                return int(size)
    return 0
