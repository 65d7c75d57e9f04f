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
    """
    CREATE TABLE responses (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        owner TEXT NOT NULL,
        previous_id TEXT,
        created_at INTEGER NOT NULL,
        n_bytes INTEGER NOT NULL,
        reply TEXT NOT NULL,
        items TEXT NOT NULL
    ) STRICT;
    CREATE INDEX responses_of_owner ON responses (owner, seq, n_bytes);
    CREATE INDEX responses_by_age ON responses (created_at);
    """,
)
