"""What this process may use of the machine: a container's limits count, not what the machine has."""

from __future__ import annotations

import os
from pathlib import Path

CGROUP = Path("/sys/fs/cgroup")
MEMINFO = Path("/proc/meminfo")


def usable_cores(cgroup: Path = CGROUP) -> int:
    """Return how many cores this process may keep busy, at least 1."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    quota = _words(cgroup / "cpu.max")
    if len(quota) == 2 and quota[0].isdigit() and quota[1].isdigit() and int(quota[1]):
        cores = min(cores, max(1, int(quota[0]) // int(quota[1])))
    return max(1, cores)


def memory_bytes(cgroup: Path = CGROUP) -> int:
    """Return the bytes of memory that this process may use at most; 0 if the system does not tell."""
    total = _installed()
    limit = _words(cgroup / "memory.max")
    return min(total or int(limit[0]), int(limit[0])) if limit and limit[0].isdigit() else total


def available_bytes() -> int:
    """Return the bytes of memory that are free or can be freed now; 0 if the system does not tell."""
    return _meminfo("MemAvailable")


def _installed() -> int:
    if found := _meminfo("MemTotal"):
        return found
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return 0


def _meminfo(name: str) -> int:
    try:
        lines = MEMINFO.read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    kib = [line.split()[1] for line in lines if line.startswith(f"{name}:")]
    return int(kib[0]) * 1024 if kib else 0


def _words(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError):
        return []
