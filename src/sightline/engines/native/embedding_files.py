"""Encoded pictures in files, which outlive the server. A file that is not as it was written is a miss, and is removed.

A file is: 8 bytes that name the form, the key (32), the shape (two little-endian uint32), float32 values, and the
SHA-256 of all before it. There is nothing in it that could run, and no name, word or pixel of a caller's.
"""

from __future__ import annotations

import hashlib
import logging
import os
import struct
import time
from collections import OrderedDict
from pathlib import Path
from secrets import token_hex

import numpy as np

from sightline.engines.native.bounded import Floats

log = logging.getLogger(__name__)

FORM = b"SLEMBED1"
HEAD = struct.Struct("<8s32sII")
DIGEST_BYTES = 32
ENDING, UNFINISHED = ".emb", ".part"
UNFINISHED_S = 3600.0  # a file that is still being written by then was left behind


class EmbeddingFiles:
    """Files of at most `max_bytes` together in `folder`, all of the shape (image tokens, width). For one thread."""

    def __init__(self, folder: Path, max_bytes: int, shape: tuple[int, int]) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._shape = shape
        self._file_bytes = HEAD.size + 4 * shape[0] * shape[1] + DIGEST_BYTES
        self._sizes: OrderedDict[str, int] | None = None  # the oldest first; None: not looked yet
        self._has_failed = False

    def get(self, key: bytes) -> Floats | None:
        """Return what was kept under `key`, or `None`."""
        path = self._folder / (key.hex() + ENDING)
        try:
            with open(path, "rb", opener=_no_link) as file:
                data = file.read(self._file_bytes + 1)
            os.utime(path)
        except OSError:
            return None
        found = self._parse(data, key)
        if found is None:
            log.warning("a file of the embedding cache was not as it was written; removed")
            self._remove(path.name)
        return found

    def put(self, key: bytes, tokens: Floats) -> None:
        """Keep `tokens` under `key`. A disk that does not take them is told of once, in the log."""
        if self._file_bytes > self._max_bytes:
            return
        name = key.hex() + ENDING
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(name, self._bytes(key, tokens))
            self._make_room(name)
        except OSError as error:
            if not self._has_failed:
                log.warning("the embedding cache cannot be written: %s", error.strerror)
            self._has_failed = True

    def _bytes(self, key: bytes, tokens: Floats) -> bytes:
        body = HEAD.pack(FORM, key, *self._shape) + tokens.astype("<f4").tobytes()
        return body + hashlib.sha256(body).digest()

    def _parse(self, data: bytes, key: bytes) -> Floats | None:
        if len(data) != self._file_bytes or HEAD.unpack_from(data) != (FORM, key, *self._shape):
            return None
        body, digest = data[:-DIGEST_BYTES], data[-DIGEST_BYTES:]
        if hashlib.sha256(body).digest() != digest:
            return None
        return np.frombuffer(body, "<f4", offset=HEAD.size).reshape(self._shape).astype(np.float32)

    def _write(self, name: str, data: bytes) -> None:
        """Put the file in its place whole, readable by its owner alone."""
        part = self._folder / (token_hex(16) + UNFINISHED)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            part.replace(self._folder / name)
        except OSError:
            part.unlink(missing_ok=True)
            raise

    def _make_room(self, newest: str) -> None:
        if self._sizes is None:
            self._sizes = self._look()
        self._sizes[newest] = self._file_bytes
        if sum(self._sizes.values()) <= self._max_bytes:
            return
        self._sizes = self._look()  # others may write here too, and what was read lately stays
        while sum(self._sizes.values()) > self._max_bytes:
            self._remove(next(iter(self._sizes)))

    def _look(self) -> OrderedDict[str, int]:
        """The files that are there, those used longest ago first. What was left half written is removed."""
        found = []
        for entry in os.scandir(self._folder):
            facts = entry.stat(follow_symlinks=False)
            if entry.name.endswith(ENDING):
                found.append((facts.st_mtime, entry.name, facts.st_size))
            elif entry.name.endswith(UNFINISHED) and facts.st_mtime < time.time() - UNFINISHED_S:
                Path(entry.path).unlink(missing_ok=True)
        return OrderedDict((name, size) for _, name, size in sorted(found))

    def _remove(self, name: str) -> None:
        (self._folder / name).unlink(missing_ok=True)
        if self._sizes is not None:
            self._sizes.pop(name, None)


def _no_link(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0))
