"""How labs' memory is counted, and which lab is ended."""

import asyncio
import mmap
import os
import signal
import subprocess
import sys

import pytest

from neurolab.serving.kernels import watching
from neurolab.serving.kernels.machine import (
    available_memory,
    is_stopped,
    private_memory,
    resident_memory,
)
from neurolab.serving.kernels.watching import LabWatch

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is read from Linux's /proc")
MIB = 2**20


@pytest.fixture
def machine(monkeypatch):
    """What the system would say of processes that need not exist: private and resident memory, and which are stopped."""
    said = {"private": {}, "resident": {}, "stopped": set(), "read": 0}

    def private(pid):
        said["read"] += 1
        return said["private"].get(pid)

    monkeypatch.setattr(watching, "private_memory", private)
    monkeypatch.setattr(watching, "resident_memory", lambda pid: said["resident"].get(pid))
    monkeypatch.setattr(watching, "is_stopped", lambda pid: pid in said["stopped"])
    return said


def watch(machine, most, labs):
    """A watch over labs 0, 1, … and the list of those that it ends, with the reasons."""
    for pid, size in enumerate(labs):
        machine["private"][pid] = size * MIB
        machine["resident"][pid] = (100 + size) * MIB
    ended = []

    async def end(lab, reason):
        ended.append((lab, reason))
        del machine["private"][int(lab)]
        machine["stopped"].discard(int(lab))
        return True

    return LabWatch(most * MIB, lambda: {str(pid): pid for pid in machine["private"]}, end), ended


def test_the_labs_that_take_most_end_first_and_no_more_than_must(machine):
    labs, ended = watch(machine, 1000, [100, 500, 300, 400])
    asyncio.run(labs.look())
    assert ended == [("1", "memory")]
    assert labs.total == 800 * MIB


def test_a_lab_that_grows_between_two_full_readings_is_seen(machine):
    labs, ended = watch(machine, 2000, [20] * 60)
    asyncio.run(labs.look())
    assert not ended
    machine["private"][7] += 1000 * MIB
    machine["resident"][7] += 1000 * MIB
    asyncio.run(labs.look())
    assert ended == [("7", "memory")]


def test_memory_that_a_lab_stops_sharing_is_seen_although_it_has_no_more_than_before(machine):
    labs, ended = watch(machine, 1000, [20] * 40)
    asyncio.run(labs.look())
    machine["private"][30] += 300 * MIB

    async def looks():
        for _ in range(14):
            await labs.look()

    asyncio.run(looks())
    assert ended == [("30", "memory")]


def test_a_look_reads_the_memory_of_few_labs_in_full(machine):
    labs, _ = watch(machine, 0, [20] * 60)
    asyncio.run(labs.look())
    machine["read"] = 0
    asyncio.run(labs.look())
    assert machine["read"] == 3


def test_no_lab_is_opened_where_there_is_no_room_for_it(machine):
    labs, ended = watch(machine, 1000, [300, 600])
    asyncio.run(labs.look())
    assert labs.has_room
    machine["private"][0] += 40 * MIB
    machine["resident"][0] += 40 * MIB
    asyncio.run(labs.look())
    assert not labs.has_room
    assert not ended


def test_a_lab_that_stays_stopped_is_ended_and_one_that_goes_on_is_not(machine):
    labs, ended = watch(machine, 0, [20, 20])

    async def looks(many):
        for _ in range(many):
            await labs.look()

    machine["stopped"] = {0, 1}
    asyncio.run(looks(15))
    machine["stopped"] = {1}
    asyncio.run(looks(1))
    machine["stopped"] = {0, 1}
    asyncio.run(looks(6))
    assert ended == [("1", "stopped")]


def test_memory_is_read_as_the_system_counts_it():
    before = private_memory(os.getpid()), resident_memory(os.getpid())
    with mmap.mmap(-1, 64 * MIB, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as taken:
        taken.write(b"x" * 64 * MIB)
        after = private_memory(os.getpid()), resident_memory(os.getpid())
    for old, new in zip(before, after):
        assert 60 * MIB < new - old < 140 * MIB  # and the 64 MiB that were written from, at most
    assert private_memory(2**22 + 1) is resident_memory(2**22 + 1) is None


def test_a_stopped_process_is_known_as_one():
    process = subprocess.Popen(["sleep", "60"])
    try:
        assert not is_stopped(process.pid)
        process.send_signal(signal.SIGSTOP)
        os.waitpid(process.pid, os.WUNTRACED)
        assert is_stopped(process.pid)
    finally:
        process.kill()
        process.wait()


GROUPS = {
    "no group has a limit": (
        {"proc/self/cgroup": "0::/a/b\n", "sys/fs/cgroup/a/b/memory.max": "max\n"},
        8000 * MIB,
    ),
    "the group above has one": (
        {
            "proc/self/cgroup": "0::/a/b\n",
            "sys/fs/cgroup/a/b/memory.max": "max\n",
            "sys/fs/cgroup/a/memory.max": f"{500 * MIB}\n",
            "sys/fs/cgroup/a/memory.current": f"{300 * MIB}\n",
            "sys/fs/cgroup/a/memory.stat": f"anon 1\ninactive_file {100 * MIB}\n",
        },
        300 * MIB,
    ),
    "a container's own": (
        {
            "proc/self/cgroup": "0::/\n",
            "sys/fs/cgroup/memory.max": f"{600 * MIB}\n",
            "sys/fs/cgroup/memory.current": f"{200 * MIB}\n",
        },
        400 * MIB,
    ),
    "groups of the first version": (
        {
            "proc/self/cgroup": "9:cpu:/\n4:memory:/a\n0::/\n",
            "sys/fs/cgroup/memory/a/memory.limit_in_bytes": f"{700 * MIB}\n",
            "sys/fs/cgroup/memory/a/memory.usage_in_bytes": f"{200 * MIB}\n",
        },
        500 * MIB,
    ),
    "the first version's word for none": (
        {
            "proc/self/cgroup": "4:memory:/\n",
            "sys/fs/cgroup/memory/memory.limit_in_bytes": f"{2**63 - 4096}\n",
            "sys/fs/cgroup/memory/memory.usage_in_bytes": "1\n",
        },
        8000 * MIB,
    ),
    "a group that has taken more than its limit": (
        {
            "proc/self/cgroup": "0::/\n",
            "sys/fs/cgroup/memory.max": "100\n",
            "sys/fs/cgroup/memory.current": "200\n",
        },
        0,
    ),
}


@pytest.mark.parametrize("case", GROUPS)
def test_the_memory_that_is_left_is_the_least_that_machine_and_groups_leave(tmp_path, case):
    files, expected = GROUPS[case]
    for name, text in (
        files | {"proc/meminfo": f"MemTotal: 1 kB\nMemAvailable: {8000 * 1024} kB\n"}
    ).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert available_memory(tmp_path) == expected


def test_where_the_system_says_nothing_of_memory_nothing_is_known(tmp_path):
    assert available_memory(tmp_path) is None
