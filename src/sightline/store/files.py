"""Uploaded files: a row each, and the bytes beside the database under a random name."""

from __future__ import annotations

import asyncio
import errno
import os
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from types import TracebackType
from typing import BinaryIO

from sightline.errors import NotFound, QuotaExceeded, StoreFull
from sightline.store.database import NO_ROOM, Database

FOLDER = "files"
PREFIX = "file-"
PARTIAL = ".partial"
LEFT_OVER_S = 3600  # a partial file, or one without a row, is somebody's who died before that
COLUMNS = "id, purpose, filename, n_bytes, created_at, expires_at"
ALIVE = "(expires_at IS NULL OR expires_at > :now)"
TOO_MANY_BYTES = "Your files would take more than {limit:,} bytes together. Delete some first."
TOO_MANY_FILES = "You have {limit:,} files, which is the limit. Delete some first."


@dataclass(frozen=True, slots=True)
class Quota:
    """What one owner may keep."""

    max_bytes: int
    max_files: int


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that somebody keeps. Times in seconds since 1970; `filename` is what they called it, and never a path."""

    id: str
    purpose: str
    filename: str
    n_bytes: int
    created_at: int
    expires_at: int | None


class FileStore:
    """Keeps files for owners. Another owner's file is not there; neither is one past its end."""

    def __init__(self, database: Database, quota: Quota, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._quota = quota
        self._clock = clock
        self._arriving: dict[str, int] = {}  # bytes of the uploads under way, by owner

    async def begin(self, owner: str) -> Upload:
        """Start to keep a file. Use it as a context: what was not kept when it ends is gone.

        Raises:
            QuotaExceeded: If the owner has as many files as they may.
        """
        folder = await self._folder()
        used_bytes = await self._database.run(lambda connection: self._used(connection, owner))
        path = folder / (token_hex(16) + PARTIAL)
        return Upload(self, owner, path, await asyncio.to_thread(_open_new, path), used_bytes)

    async def get(self, owner: str, file_id: str) -> StoredFile:
        """Return what is known of a file.

        Raises:
            NotFound: If the owner has no such file.
        """
        query = f"SELECT {COLUMNS} FROM files WHERE owner = :owner AND id = :id AND {ALIVE}"  # noqa: S608 - constants
        values = {"owner": owner, "id": file_id, "now": self._now()}
        row = await self._database.run(lambda connection: connection.execute(query, values).fetchone())
        if row is None:
            raise no_such_file(file_id)
        return StoredFile(*row)

    async def path(self, owner: str, file_id: str) -> Path:
        """Return where the bytes of a file are. They may be deleted at any time: open, or be ready to miss them.

        Raises:
            NotFound: If the owner has no such file.
        """
        await self.get(owner, file_id)
        return await self._folder() / file_id.removeprefix(PREFIX)

    async def list(
        self, owner: str, *, purpose: str | None = None, after: str | None = None, limit: int, newest_first: bool = True
    ) -> tuple[list[StoredFile], bool]:
        """Return up to `limit` files in the order they came, from behind `after` on, and whether there are more.

        Raises:
            NotFound: If `after` is no file of the owner.
        """
        values = {"owner": owner, "now": self._now(), "purpose": purpose, "after": after, "limit": limit + 1}
        step, order = ("<", "DESC") if newest_first else (">", "ASC")
        query = (
            f"SELECT {COLUMNS} FROM files WHERE owner = :owner AND {ALIVE} "  # noqa: S608 - constants
            "AND (:purpose IS NULL OR purpose = :purpose) AND (:after IS NULL OR seq "
            f"{step} (SELECT seq FROM files WHERE id = :after AND owner = :owner)) ORDER BY seq {order} LIMIT :limit"
        )
        if after is not None:
            await self.get(owner, after)
        rows = await self._database.run(lambda connection: connection.execute(query, values).fetchall())
        return [StoredFile(*row) for row in rows[:limit]], len(rows) > limit

    async def delete(self, owner: str, file_id: str) -> None:
        """Forget a file and free its bytes.

        Raises:
            NotFound: If the owner has no such file.
        """
        path = await self.path(owner, file_id)
        query = "DELETE FROM files WHERE owner = ? AND id = ?"
        await self._database.run(lambda connection: connection.execute(query, (owner, file_id)))
        await asyncio.to_thread(path.unlink, missing_ok=True)

    async def sweep(self) -> None:
        """Free what is past its end, and what was left behind by a process that died."""
        now = self._now()
        query = "DELETE FROM files WHERE expires_at <= ? RETURNING id"
        ended = await self._database.run(lambda connection: connection.execute(query, (now,)).fetchall())
        known = await self._database.run(lambda connection: connection.execute("SELECT id FROM files").fetchall())
        folder = await self._folder()
        await asyncio.to_thread(_free, folder, [row["id"] for row in ended], {row["id"] for row in known})

    def _used(self, connection: sqlite3.Connection, owner: str) -> int:
        query = f"SELECT count(*), coalesce(sum(n_bytes), 0) FROM files WHERE owner = :owner AND {ALIVE}"  # noqa: S608 - constants
        n_files, n_bytes = connection.execute(query, {"owner": owner, "now": self._now()}).fetchone()
        if n_files >= self._quota.max_files:
            raise QuotaExceeded(TOO_MANY_FILES.format(limit=self._quota.max_files))
        return int(n_bytes)

    def _reserve(self, owner: str, n_bytes: int, used_bytes: int) -> None:
        arriving = self._arriving.get(owner, 0) + n_bytes
        if used_bytes + arriving > self._quota.max_bytes:
            raise QuotaExceeded(TOO_MANY_BYTES.format(limit=self._quota.max_bytes))
        self._arriving[owner] = arriving

    def _unreserve(self, owner: str, n_bytes: int) -> None:
        left = self._arriving.pop(owner, 0) - n_bytes
        if left > 0:
            self._arriving[owner] = left

    async def _insert(self, owner: str, file: StoredFile) -> None:
        values = (file.id, owner, file.purpose, file.filename, file.n_bytes, file.created_at, file.expires_at)

        def insert(connection: sqlite3.Connection) -> None:
            if self._used(connection, owner) + file.n_bytes > self._quota.max_bytes:
                raise QuotaExceeded(TOO_MANY_BYTES.format(limit=self._quota.max_bytes))
            connection.execute(
                "INSERT INTO files (id, owner, purpose, filename, n_bytes, created_at, expires_at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                values,
            )

        await self._database.run(insert)

    async def _folder(self) -> Path:
        folder = await self._database.folder() / FOLDER
        if not await asyncio.to_thread(folder.is_dir):
            await asyncio.to_thread(folder.mkdir, mode=0o700, exist_ok=True)
        return folder

    def _now(self) -> int:
        return int(self._clock())


class Upload:
    """A file on its way in: `write`, then `keep`."""

    def __init__(self, store: FileStore, owner: str, path: Path, file: BinaryIO, used_bytes: int) -> None:
        self.n_bytes = 0
        self._store = store
        self._owner = owner
        self._path = path
        self._file = file
        self._used_bytes = used_bytes

    async def __aenter__(self) -> Upload:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._file.close()
        self._path.unlink(missing_ok=True)
        self._store._unreserve(self._owner, self.n_bytes)

    async def write(self, data: bytes) -> None:
        """Add to the end.

        Raises:
            QuotaExceeded: If the owner may not keep that much.
            StoreFull: If the disk is full.
        """
        self._store._reserve(self._owner, len(data), self._used_bytes)
        self.n_bytes += len(data)
        await asyncio.to_thread(_with_room, lambda: _write_all(self._file, data))

    async def keep(self, *, purpose: str, filename: str, lifetime_s: int | None = None) -> StoredFile:
        """Keep what was written: it is on the disk, and has its row, when this returns.

        Raises:
            QuotaExceeded: If another upload of the owner was faster.
            StoreFull: If the disk is full.
        """
        name, now = token_hex(16), self._store._now()
        ends_at = None if lifetime_s is None else now + lifetime_s
        file = StoredFile(PREFIX + name, purpose, filename, self.n_bytes, now, ends_at)
        kept = self._path.with_name(name)
        await asyncio.to_thread(_with_room, lambda: _publish(self._file, self._path, kept))
        try:
            await self._store._insert(self._owner, file)
        except BaseException:
            kept.unlink(missing_ok=True)
            raise
        return file


def no_such_file(file_id: str) -> NotFound:
    """Return the refusal of a file that is not there, or is somebody else's."""
    return NotFound(f"No such File object: {file_id[:64]}", param="id")


def _open_new(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb", buffering=0)


def _write_all(file: BinaryIO, data: bytes) -> None:
    """Write every byte: where the disk is nearly full an unbuffered write takes fewer, and says so in its result."""
    left = memoryview(data)
    while left:
        left = left[file.write(left) :]


def _publish(file: BinaryIO, path: Path, kept: Path) -> None:
    os.fsync(file.fileno())
    path.rename(kept)
    with suppress(OSError):  # not every platform can sync a folder
        folder = os.open(kept.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _with_room(work: Callable[[], object]) -> None:
    try:
        work()
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StoreFull(NO_ROOM) from None
        raise


def _free(folder: Path, ended: Sequence[str], known: set[str]) -> None:
    for file_id in ended:
        (folder / file_id.removeprefix(PREFIX)).unlink(missing_ok=True)
    oldest = time.time() - LEFT_OVER_S
    for path in folder.iterdir():
        with suppress(FileNotFoundError):
            if PREFIX + path.name not in known and path.stat().st_mtime < oldest:
                path.unlink()
