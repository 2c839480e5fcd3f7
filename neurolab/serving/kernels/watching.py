"""The watch over the labs' processes: their memory in all, and whether one is stopped."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tornado.ioloop import PeriodicCallback

from .machine import is_stopped, private_memory, resident_memory

_LOOK = 0.5  # seconds between two looks
_FULLY = 3  # labs whose private memory is read at each look, in turn; the others' is estimated
_NEW_LAB = 2**26  # bytes that must be left for another lab to be opened
_STOPPED = 20  # looks for which a process may be stopped


@dataclass
class Reading:
    """The private memory of a lab's process, and its bytes in memory then and now."""

    private: int
    resident: int
    now: int

    @property
    def estimate(self) -> int:
        """The private memory now, if all memory that the process has taken since is private."""
        return self.private + max(0, self.now - self.resident)


class LabWatch:
    """Ends the largest lab when all labs together take too much memory, and labs that are stopped.

    Parameters
    ----------
    most : int
        Bytes that all labs may take together; 0 for any number.
    processes : callable
        Returns the process number of each lab, by the lab's id, with those that wait for a page.
    end : callable
        Ends a lab; takes its id and the reason, "memory" or "stopped".
    """

    def __init__(
        self,
        most: int,
        processes: Callable[[], dict[str, int]],
        end: Callable[[str, str], Awaitable[bool]],
    ) -> None:
        self.most = most
        self._processes = processes
        self._end = end
        self._readings: dict[str, Reading] = {}
        self._stopped: dict[str, int] = {}
        self._turn = 0
        self._timer = PeriodicCallback(self.look, 1000 * _LOOK)

    def start(self) -> None:
        """Begin to look, on the event loop that runs."""
        self._timer.start()

    @property
    def total(self) -> int:
        """The bytes that all labs take together."""
        return sum(reading.estimate for reading in self._readings.values())

    @property
    def has_room(self) -> bool:
        """Whether there is memory for another lab."""
        return not self.most or self.total + _NEW_LAB <= self.most

    async def look(self) -> None:
        """Look at all labs once, and end those that have to end."""
        processes = self._processes()
        self._estimate(processes)
        if self.most and self.total > self.most:
            for lab in processes:
                self._read(lab, processes[lab])
            await self._make_room()
        await self._end_stopped(processes)

    def _estimate(self, processes: dict[str, int]) -> None:
        self._readings = {
            lab: reading for lab, reading in self._readings.items() if lab in processes
        }
        labs = list(processes)
        self._turn += _FULLY
        in_turn = {labs[(self._turn + step) % len(labs)] for step in range(min(_FULLY, len(labs)))}
        for lab, pid in processes.items():
            if lab in in_turn or lab not in self._readings:
                self._read(lab, pid)
            else:
                self._readings[lab].now = resident_memory(pid) or 0

    def _read(self, lab: str, pid: int) -> None:
        resident = resident_memory(pid)
        private = private_memory(pid)
        if resident is None or private is None:  # it has ended, or access is denied
            self._readings.pop(lab, None)
        else:
            self._readings[lab] = Reading(private, resident, resident)

    async def _make_room(self) -> None:
        by_size = sorted(self._readings, key=lambda lab: self._readings[lab].private, reverse=True)
        for lab in by_size:
            if self.total <= self.most:
                return
            if await self._end(lab, "memory"):
                self._readings.pop(lab, None)

    async def _end_stopped(self, processes: dict[str, int]) -> None:
        self._stopped = {
            lab: self._stopped.get(lab, 0) + 1 for lab, pid in processes.items() if is_stopped(pid)
        }
        for lab, looks in list(self._stopped.items()):
            if looks > _STOPPED:
                await self._end(lab, "stopped")
