"""The keys that `sightline keys` made: a small SQLite file that the program writes and the server reads.

Two processes write it (the server notes when a key was last used), so it keeps SQLite's rollback journal:
SQLite 3.7 to 3.51.2 can lose commits of a write-ahead log that two connections write at once.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sightline.api.grants import DEFAULT_SCOPES, KeyLimits
from sightline.api.key_text import digest_of, id_of, new_key
from sightline.errors import ConfigError, InvalidRequest

FILE = "keys.db"
VERSION = 1
BUSY_S = 5.0
MAX_NAME_CHARS = 64
_TABLE = """
CREATE TABLE keys (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    digest BLOB NOT NULL,
    scopes TEXT NOT NULL,
    rpm INTEGER, tpm INTEGER, mpm INTEGER, concurrent INTEGER,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    revoked_at INTEGER,
    last_used_at INTEGER
)
"""


@dataclass(frozen=True, slots=True)
class StoredKey:
    """What is known of a key; not the key. Times in seconds since 1970, `last_used_at` to the minute."""

    id: str
    name: str
    digest: bytes = field(repr=False)
    scopes: tuple[str, ...] = DEFAULT_SCOPES
    limits: KeyLimits = field(default_factory=KeyLimits)
    created_at: int = 0
    expires_at: int | None = None
    revoked_at: int | None = None
    last_used_at: int | None = None

    def state(self, now: float) -> str:
        """Return "revoked", "expired" or "valid"."""
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if self.expires_at is not None and self.expires_at <= now else "valid"


class KeyStore:
    """Makes, lists and revokes keys. Each call opens the file anew; without a file there are no keys."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE

    def create(
        self,
        name: str,
        now: float,
        *,
        scopes: Iterable[str] = DEFAULT_SCOPES,
        limits: KeyLimits | None = None,
        expires_at: int | None = None,
    ) -> str:
        """Keep a new key and return it; nobody can show it again.

        Raises:
            InvalidRequest: If the name is taken or no name.
            ConfigError: If the file cannot be written.
        """
        if not name.strip() or len(name) > MAX_NAME_CHARS or not name.isprintable():
            raise InvalidRequest(f"a key's name has 1 to {MAX_NAME_CHARS} characters that can be printed")
        key, limits = new_key(), limits or KeyLimits()
        row = (
            id_of(key), name, digest_of(key), ",".join(scopes),
            limits.rpm, limits.tpm, limits.mpm, limits.concurrent, int(now), expires_at,
        )  # fmt: skip
        columns = "id, name, digest, scopes, rpm, tpm, mpm, concurrent, created_at, expires_at"
        with self._write() as db:
            try:
                db.execute(f"INSERT INTO keys ({columns}) VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608
            except sqlite3.IntegrityError:
                raise InvalidRequest(f"there is a key called '{name}' already") from None
        return key

    def all(self) -> list[StoredKey]:
        """Return every key, the oldest first.

        Raises:
            ConfigError: If there is a file and it cannot be read.
        """
        if not self.path.exists():
            return []
        with self._open() as db:
            if not db.execute("PRAGMA user_version").fetchone()[0]:  # made, and nothing written yet
                return []
            return [_stored(row) for row in db.execute("SELECT * FROM keys ORDER BY created_at, rowid")]

    def revoke(self, name: str, now: float) -> StoredKey:
        """Mark a key, by its name or id, as no longer valid, and return what it was.

        Raises:
            InvalidRequest: If there is no such key, or it was revoked before.
            ConfigError: If the file cannot be written.
        """
        key = self._find(name)
        if key.revoked_at is not None:
            raise InvalidRequest(f"the key '{key.name}' was revoked before")
        with self._write() as db:
            db.execute("UPDATE keys SET revoked_at = ? WHERE id = ?", (int(now), key.id))
        return key

    def forget(self, name: str) -> StoredKey:
        """Remove a key, by its name or id, and return what it was.

        Raises:
            InvalidRequest: If there is no such key.
            ConfigError: If the file cannot be written.
        """
        key = self._find(name)
        with self._write() as db:
            db.execute("DELETE FROM keys WHERE id = ?", (key.id,))
        return key

    def note_use(self, used_at: Mapping[str, float]) -> None:
        """Note when keys, by id, were last used, to the minute.

        Raises:
            ConfigError: If the file cannot be written.
        """
        rows = [(int(at) // 60 * 60, key_id) for key_id, at in used_at.items()]
        if rows and self.path.exists():
            with self._write() as db:
                db.executemany("UPDATE keys SET last_used_at = max(ifnull(last_used_at, 0), ?) WHERE id = ?", rows)

    def _find(self, name: str) -> StoredKey:
        found = [key for key in self.all() if name in (key.id, key.name)]
        if not found:
            raise InvalidRequest(f"there is no key called '{name[:MAX_NAME_CHARS]}'")
        return found[0]

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        """Give a connection inside one transaction; the file is made for its owner alone."""
        if not self.path.exists():
            try:
                os.close(os.open(self.path, os.O_CREAT | os.O_WRONLY, 0o600))
            except OSError as error:
                raise ConfigError(f"{self.path} cannot be made: {error.strerror}") from None
        with self._open() as db:
            db.execute("PRAGMA synchronous = FULL")
            db.execute("BEGIN IMMEDIATE")
            if not db.execute("PRAGMA user_version").fetchone()[0]:
                db.execute(_TABLE)
                db.execute(f"PRAGMA user_version = {VERSION}")
            yield db
            db.execute("COMMIT")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.path, timeout=BUSY_S, isolation_level=None)) as db:
                db.row_factory = sqlite3.Row
                version = db.execute("PRAGMA user_version").fetchone()[0]
                if version > VERSION:
                    raise ConfigError(f"{self.path} was written by a newer Sightline (form {version}, known {VERSION})")
                yield db
        except sqlite3.Error as error:
            raise ConfigError(f"{self.path} cannot be used: {type(error).__name__}") from None


def _stored(row: sqlite3.Row) -> StoredKey:
    return StoredKey(
        id=row["id"],
        name=row["name"],
        digest=row["digest"],
        scopes=tuple(row["scopes"].split(",")),
        limits=KeyLimits(row["rpm"], row["tpm"], row["mpm"], row["concurrent"]),
        created_at=row["created_at"],
        expires_at=row["expires_at"],
        revoked_at=row["revoked_at"],
        last_used_at=row["last_used_at"],
    )
