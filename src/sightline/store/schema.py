"""The tables, as the steps that make them. A step that was released is never changed: a new one is added at the end."""

from __future__ import annotations

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE files (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        owner TEXT NOT NULL,
        purpose TEXT NOT NULL,
        filename TEXT NOT NULL,
        n_bytes INTEGER NOT NULL,
        created_at INTEGER NOT NULL,
        expires_at INTEGER
    ) STRICT;
    CREATE INDEX files_of_owner ON files (owner, seq);
    CREATE INDEX files_by_end ON files (expires_at) WHERE expires_at IS NOT NULL;
    """,
)
