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
    """
    CREATE TABLE batches (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        owner TEXT NOT NULL,
        endpoint TEXT NOT NULL,
        input_file_id TEXT NOT NULL,
        metadata TEXT NOT NULL,
        status TEXT NOT NULL,
        ending TEXT,
        created_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        output_lifetime_s INTEGER NOT NULL,
        times TEXT NOT NULL,
        errors TEXT,
        output_file_id TEXT,
        error_file_id TEXT,
        n_total INTEGER NOT NULL DEFAULT 0,
        n_completed INTEGER NOT NULL DEFAULT 0,
        n_failed INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX batches_of_owner ON batches (owner, seq);
    CREATE INDEX batches_active ON batches (seq)
        WHERE status IN ('validating', 'in_progress', 'finalizing', 'cancelling');
    CREATE TABLE batch_lines (
        batch INTEGER NOT NULL,
        number INTEGER NOT NULL,
        custom_id TEXT NOT NULL,
        start INTEGER NOT NULL,
        n_bytes INTEGER NOT NULL,
        n_tries INTEGER NOT NULL DEFAULT 0,
        is_ok INTEGER,
        result TEXT,
        PRIMARY KEY (batch, number)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX batch_lines_left ON batch_lines (batch, number) WHERE result IS NULL;
    """,
)
