"""How much an engine may keep of what it has computed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

MIB = 2**20


@dataclass(frozen=True, slots=True)
class CacheLimits:
    """Bytes of each cache of one engine; 0 turns a cache off.

    `embedding_bytes` holds encoded pictures in memory, `embedding_disk_bytes` the same in files under `folder`,
    `prefix_bytes` the keys and values of the beginnings of prompts, `running_bytes` those of the answers under way,
    of which one is always let in.
    """

    embedding_bytes: int = 64 * MIB
    embedding_disk_bytes: int = 0
    prefix_bytes: int = 128 * MIB
    folder: Path | None = None
    running_bytes: int = 1024 * MIB
