"""One SQLite file, one connection, one thread: whatever happens in it happens whole or not at all."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from sightline.errors import ConfigError, StoreFull
from sightline.store.schema import MIGRATIONS

T = TypeVar("T")

FILE_NAME = "sightline.db"
BUSY_WAIT_S = 5.0  # for another server, or the command line, on the same folder
NO_ROOM = "The disk of this server is full."
FULL_CODES = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE)


class Database:
    """The tables of `store.schema` in the folder that `find_folder` returns. Nothing is made before the first `run`.

    A change is on the disk when `run` returns. Several processes may use the same folder: each has one connection,
    and a rollback journal keeps them apart (docs/decisions/0010-store.md says why it is not WAL).
    """

    def __init__(self, find_folder: Callable[[], Path], migrations: Sequence[str] = MIGRATIONS) -> None:
        self._find_folder = find_folder
        self._migrations = migrations
        self._thread = ThreadPoolExecutor(1, "sightline-store")
        self._connection: sqlite3.Connection | None = None
        self._folder: Path | None = None

    @property
    def is_open(self) -> bool:
        """Whether anything was ever asked of it."""
        return self._connection is not None

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Return what `work` returns: one transaction, committed if it returns and undone if it raises.

        Raises:
            StoreFull: If the disk is full.
            ConfigError: If the folder cannot be used, or was written by a newer Sightline.
        """
        return await asyncio.wrap_future(self._thread.submit(self._transact, work))

    async def folder(self) -> Path:
        """Return the folder of the database, made if need be; other rooms keep their files beside it.

        Raises:
            ConfigError: If it cannot be made.
        """
        return await asyncio.wrap_future(self._thread.submit(self._made_folder))

    def close(self) -> None:
        """Wait for what is under way and let go of the file."""
        self._thread.submit(self._disconnect)
        self._thread.shutdown(wait=True)

    def _transact(self, work: Callable[[sqlite3.Connection], T]) -> T:
        connection = self._connection or self._connect()
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                result = work(connection)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode in FULL_CODES:
                raise StoreFull(NO_ROOM) from None
            raise
        return result

    def _connect(self) -> sqlite3.Connection:
        path = self._made_folder() / FILE_NAME
        try:
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            connection = sqlite3.connect(path, timeout=BUSY_WAIT_S, isolation_level=None, check_same_thread=False)
            connection.row_factory = sqlite3.Row
            for pragma in ("journal_mode=TRUNCATE", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
                connection.execute(f"PRAGMA {pragma}")
            migrate(connection, self._migrations)
        except (OSError, sqlite3.Error):
            raise ConfigError(f"SIGHTLINE_DATA_DIR: {path} cannot be used as a database") from None
        self._connection = connection
        return connection

    def _made_folder(self) -> Path:
        if self._folder is None:
            self._folder = self._find_folder()
        return self._folder

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def migrate(connection: sqlite3.Connection, migrations: Sequence[str]) -> None:
    """Take the steps that this file has not taken yet, all of them or none.

    Raises:
        ConfigError: If it has taken more steps than we know.
    """
    connection.execute("BEGIN IMMEDIATE")
    with closing(connection.execute("PRAGMA user_version")) as cursor:
        (n_taken,) = cursor.fetchone()
    if n_taken > len(migrations):
        connection.execute("ROLLBACK")
        raise ConfigError(f"SIGHTLINE_DATA_DIR: {FILE_NAME} was written by a newer version of Sightline")
    for step in migrations[n_taken:]:
        for statement in filter(str.strip, step.split(";")):
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {len(migrations)}")
    connection.execute("COMMIT")
