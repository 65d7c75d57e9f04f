"""Batches of requests: a row each, a row for each line of the input, and the lines' results in the same database.

A result and the state that follows from it are one transaction. The output is written beside the uploads, brought to
the disk and renamed before its row, and the end of its batch, are one transaction too: a process killed at any point
has lost nothing and doubled nothing.
"""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Literal

from sightline.errors import NotFound, QuotaExceeded
from sightline.store.database import Database
from sightline.store.files import FOLDER, PREFIX, FileStore

BATCH_PREFIX = "batch_"
INPUTS = "batches"  # a folder with a second name for the bytes of each input: its upload may be deleted
MAX_TRIES = 3
MAX_ACTIVE = 100
PIECE = 100  # results read at a time
IS_ACTIVE = "status IN ('validating', 'in_progress', 'finalizing', 'cancelling')"
OUTPUT_LIFETIME_S = 30 * 86_400
TOO_MANY = "You have {limit} batches that have not ended, which is the limit."
GAVE_UP = "The server stopped each time that it tried this request."
UNFINISHED = {
    "expired": ("batch_expired", "This request could not be executed before the completion window expired."),
    "cancelled": ("batch_cancelled", "This request was not executed: the batch was cancelled."),
}

End = Literal["completed", "expired", "cancelled"]


@dataclass(frozen=True, slots=True)
class Batch:
    """What is known of a batch. `times` has the second at which each state was reached."""

    seq: int
    id: str
    owner: str
    endpoint: str
    input_file_id: str
    metadata: str  # JSON
    status: str
    created_at: int
    expires_at: int
    output_lifetime_s: int
    times: dict[str, int]
    errors: str | None  # JSON
    output_file_id: str | None
    error_file_id: str | None
    n_total: int
    n_completed: int
    n_failed: int


@dataclass(frozen=True, slots=True)
class Line:
    """A request of a batch, by its place in the input. Nothing else names it for sure."""

    number: int
    custom_id: str
    start: int  # byte in the input
    n_bytes: int
    n_tries: int = 0


class BatchStore:
    """Keeps batches for owners. Whoever runs them calls what takes a `Batch`, one process at a time."""

    def __init__(self, database: Database, files: FileStore, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._files = files
        self._clock = clock
        self.changed = asyncio.Event()  # there may be something to run

    async def create(
        self,
        owner: str,
        *,
        endpoint: str,
        input_file_id: str,
        window_s: int,
        metadata: str,
        output_lifetime_s: int | None,
    ) -> Batch:
        """Take a batch in; it is validated later.

        Raises:
            NotFound: If the owner has no such file.
            QuotaExceeded: If too many batches of the owner have not ended.
        """
        await self._files.get(owner, input_file_id)
        now, batch_id = self._now(), BATCH_PREFIX + token_hex(16)
        lifetime_s = output_lifetime_s or OUTPUT_LIFETIME_S
        values = (batch_id, owner, endpoint, input_file_id, metadata, now, now + window_s, lifetime_s)

        def insert(connection: sqlite3.Connection) -> Batch:
            query = f"SELECT count(*) FROM batches WHERE owner = ? AND {IS_ACTIVE}"  # noqa: S608 - constants
            if connection.execute(query, (owner,)).fetchone()[0] >= MAX_ACTIVE:
                raise QuotaExceeded(TOO_MANY.format(limit=MAX_ACTIVE))
            connection.execute(
                "INSERT INTO batches (id, owner, endpoint, input_file_id, metadata, status, created_at, expires_at, "
                "output_lifetime_s, times) VALUES (?, ?, ?, ?, ?, 'validating', ?, ?, ?, '{}')",
                values,
            )
            return _one(connection, owner, batch_id)

        batch = await self._database.run(insert)
        self.changed.set()
        return batch

    async def get(self, owner: str, batch_id: str) -> Batch:
        """Return a batch.

        Raises:
            NotFound: If the owner has no such batch.
        """
        return await self._database.run(lambda connection: _one(connection, owner, batch_id))

    async def list(self, owner: str, *, after: str | None, limit: int) -> tuple[list[Batch], bool]:
        """Return up to `limit` batches, newest first, from behind `after` on, and whether there are more.

        Raises:
            NotFound: If `after` is no batch of the owner.
        """

        def select(connection: sqlite3.Connection) -> list[sqlite3.Row]:
            before = 2**63 - 1 if after is None else _one(connection, owner, after).seq
            query = "SELECT * FROM batches WHERE owner = ? AND seq < ? ORDER BY seq DESC LIMIT ?"
            return connection.execute(query, (owner, before, limit + 1)).fetchall()

        rows = await self._database.run(select)
        return [_batch(row) for row in rows[:limit]], len(rows) > limit

    async def cancel(self, owner: str, batch_id: str) -> Batch:
        """Let no further line begin. A batch that has ended, or is about to, stays as it is."""

        def update(connection: sqlite3.Connection) -> Batch:
            batch = _one(connection, owner, batch_id)
            if batch.status in ("validating", "in_progress"):
                _reach(connection, batch, "cancelling", self._now())
            return _one(connection, owner, batch_id)

        batch = await self._database.run(update)
        self.changed.set()
        return batch

    async def next_active(self) -> Batch | None:
        """Return the oldest batch that has not ended."""
        query = f"SELECT * FROM batches WHERE {IS_ACTIVE} ORDER BY seq LIMIT 1"  # noqa: S608 - constants
        row = await self._database.run(lambda connection: connection.execute(query).fetchone())
        return None if row is None else _batch(row)

    async def input_path(self, batch: Batch) -> Path:
        """Return where the input of a batch is: a name of its own for the upload's bytes.

        Raises:
            NotFound: If the upload was deleted before it got one.
        """
        folder = await self._database.folder() / INPUTS
        folder.mkdir(mode=0o700, exist_ok=True)
        path = folder / batch.id
        if not path.exists():
            try:
                path.hardlink_to(await self._files.path(batch.owner, batch.input_file_id))
            except FileNotFoundError:
                raise NotFound("The input file was deleted.", param="input_file_id") from None
        return path

    async def fail(self, batch: Batch, errors: Sequence[dict[str, object]]) -> None:
        """End a batch whose input cannot be run."""
        text = json.dumps(list(errors), ensure_ascii=False)

        def update(connection: sqlite3.Connection) -> None:
            connection.execute("UPDATE batches SET errors = ? WHERE seq = ?", (text, batch.seq))
            _reach(connection, batch, "failed", self._now())

        await self._database.run(update)
        await self._forget_input(batch)

    async def begin(self, batch: Batch, lines: Iterable[Line]) -> None:
        """Note the lines of a valid input; from here on they run."""
        rows = [(batch.seq, line.number, line.custom_id, line.start, line.n_bytes) for line in lines]

        def update(connection: sqlite3.Connection) -> None:
            if _status(connection, batch) != "validating":
                return  # cancelled meanwhile
            connection.executemany(
                "INSERT INTO batch_lines (batch, number, custom_id, start, n_bytes) VALUES (?, ?, ?, ?, ?)", rows
            )
            connection.execute("UPDATE batches SET n_total = ? WHERE seq = ?", (len(rows), batch.seq))
            _reach(connection, batch, "in_progress", self._now())

        await self._database.run(update)

    async def take(self, batch: Batch) -> Line | None:
        """Return the next line to run, its try counted; `None` if the batch is not to go on.

        A line that was tried too often is given up, with a result of its own that says so.
        """

        def update(connection: sqlite3.Connection) -> Line | None:
            while _status(connection, batch) == "in_progress" and self._now() < batch.expires_at:
                query = "SELECT * FROM batch_lines WHERE batch = ? AND result IS NULL ORDER BY number LIMIT 1"
                row = connection.execute(query, (batch.seq,)).fetchone()
                if row is None:
                    return None
                if row["n_tries"] >= MAX_TRIES:
                    _record(connection, batch, row["number"], False, _no_response(batch, row, "server_error", GAVE_UP))
                    continue
                _count_try(connection, batch, row["number"], 1)
                return Line(row["number"], row["custom_id"], row["start"], row["n_bytes"], row["n_tries"] + 1)
            return None

        return await self._database.run(update)

    async def put_back(self, batch: Batch, line: Line) -> None:
        """Take a try back that was not the line's fault."""
        await self._database.run(lambda connection: _count_try(connection, batch, line.number, -1))

    async def record(self, batch: Batch, line: Line, *, request_id: str, status: int, body: object) -> None:
        """Keep the result of a line, and count it."""
        response = {"status_code": status, "request_id": request_id, "body": body}
        result = _result(batch, line.number, line.custom_id, response, None)
        await self._database.run(lambda connection: _record(connection, batch, line.number, status == 200, result))

    async def finish(self, batch: Batch) -> None:
        """Publish what there is and end the batch. Doing it again after a crash publishes the same files."""
        end, output_id, error_id = await self._database.run(lambda connection: self._finalize(connection, batch))
        folder = await self._database.folder() / FOLDER
        folder.mkdir(mode=0o700, exist_ok=True)
        sizes = {}
        for file_id, is_ok in ((output_id, 1), (error_id, 0)):
            sizes[file_id] = await self._publish(folder / file_id.removeprefix(PREFIX), batch, is_ok)

        def update(connection: sqlite3.Connection) -> None:
            for column, file_id, name in (("output", output_id, "output"), ("error", error_id, "error")):
                if sizes[file_id]:
                    _insert_file(connection, batch, file_id, f"{batch.id}_{name}.jsonl", sizes[file_id], self._now())
                else:
                    connection.execute(f"UPDATE batches SET {column}_file_id = NULL WHERE seq = ?", (batch.seq,))  # noqa: S608 - constants
            connection.execute("DELETE FROM batch_lines WHERE batch = ?", (batch.seq,))
            _reach(connection, batch, end, self._now())

        await self._database.run(update)
        await self._forget_input(batch)

    async def sweep(self) -> None:
        """Free the inputs of batches that have ended."""
        query = f"SELECT id FROM batches WHERE {IS_ACTIVE}"  # noqa: S608 - constants
        rows = await self._database.run(lambda connection: connection.execute(query).fetchall())
        known = {row["id"] for row in rows}
        folder = await self._database.folder() / INPUTS
        for path in folder.iterdir() if folder.is_dir() else ():
            if path.name not in known:
                path.unlink(missing_ok=True)

    def _finalize(self, connection: sqlite3.Connection, batch: Batch) -> tuple[End, str, str]:
        """Settle how the batch ends, and the names of its files."""
        now = _one(connection, batch.owner, batch.id)
        end: End = "cancelled" if "cancelling" in now.times else "completed"
        left = "SELECT * FROM batch_lines WHERE batch = ? AND result IS NULL"
        rows = connection.execute(left, (batch.seq,)).fetchall()
        if rows and end == "completed":
            end = "expired"
        for row in rows:
            _record(connection, batch, row["number"], False, _no_response(batch, row, *UNFINISHED[end]))
        if now.status == "finalizing" and now.output_file_id and now.error_file_id:
            return _end_of(connection, batch), now.output_file_id, now.error_file_id
        output_id, error_id = PREFIX + token_hex(16), PREFIX + token_hex(16)
        connection.execute(
            "UPDATE batches SET output_file_id = ?, error_file_id = ?, ending = ? WHERE seq = ?",
            (output_id, error_id, end, batch.seq),
        )
        _reach(connection, batch, "finalizing", self._now())
        return end, output_id, error_id

    async def _publish(self, path: Path, batch: Batch, is_ok: int) -> int:
        """Write one file whole or not at all, and return its size; nothing if it would be empty."""
        query = "SELECT result FROM batch_lines WHERE batch = ? AND is_ok = ? ORDER BY number LIMIT ? OFFSET ?"
        partial = path.with_name(path.name + ".partial")
        n_bytes, n_done = 0, 0
        with os.fdopen(os.open(partial, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
            while rows := await self._database.run(_select(query, (batch.seq, is_ok, PIECE, n_done))):
                n_done += len(rows)
                n_bytes += file.write("".join(f"{row['result']}\n" for row in rows).encode())
            file.flush()
            os.fsync(file.fileno())
        if not n_bytes:
            partial.unlink()
            return 0
        partial.rename(path)
        with suppress(OSError):  # not every platform can sync a folder
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        return n_bytes

    async def _forget_input(self, batch: Batch) -> None:
        (await self._database.folder() / INPUTS / batch.id).unlink(missing_ok=True)

    def _now(self) -> int:
        return int(self._clock())


def no_such_batch(batch_id: str) -> NotFound:
    """Return the refusal of a batch that is not there, or is somebody else's."""
    return NotFound(f"No batch found with id '{batch_id[:64]}'.", param="batch_id")


def _select(query: str, values: tuple[object, ...]) -> Callable[[sqlite3.Connection], list[sqlite3.Row]]:
    return lambda connection: connection.execute(query, values).fetchall()


def _one(connection: sqlite3.Connection, owner: str, batch_id: str) -> Batch:
    row = connection.execute("SELECT * FROM batches WHERE owner = ? AND id = ?", (owner, batch_id)).fetchone()
    if row is None:
        raise no_such_batch(batch_id)
    return _batch(row)


def _batch(row: sqlite3.Row) -> Batch:
    values = {name: row[name] for name in Batch.__dataclass_fields__ if name != "times"}
    return Batch(**values, times=json.loads(row["times"]))


def _status(connection: sqlite3.Connection, batch: Batch) -> str:
    return str(connection.execute("SELECT status FROM batches WHERE seq = ?", (batch.seq,)).fetchone()["status"])


def _end_of(connection: sqlite3.Connection, batch: Batch) -> End:
    end: End = connection.execute("SELECT ending FROM batches WHERE seq = ?", (batch.seq,)).fetchone()["ending"]
    return end


def _reach(connection: sqlite3.Connection, batch: Batch, status: str, now: int) -> None:
    connection.execute(
        "UPDATE batches SET status = ?, times = json_set(times, ?, ?) WHERE seq = ?",
        (status, f"$.{status}", now, batch.seq),
    )


def _count_try(connection: sqlite3.Connection, batch: Batch, number: int, step: int) -> None:
    query = "UPDATE batch_lines SET n_tries = n_tries + ? WHERE batch = ? AND number = ?"
    connection.execute(query, (step, batch.seq, number))


def _record(connection: sqlite3.Connection, batch: Batch, number: int, is_ok: bool, result: str) -> None:
    query = "UPDATE batch_lines SET result = ?, is_ok = ? WHERE batch = ? AND number = ? AND result IS NULL"
    if connection.execute(query, (result, int(is_ok), batch.seq, number)).rowcount:
        column = "n_completed" if is_ok else "n_failed"
        connection.execute(f"UPDATE batches SET {column} = {column} + 1 WHERE seq = ?", (batch.seq,))  # noqa: S608 - constants


def _no_response(batch: Batch, row: sqlite3.Row, code: str, message: str) -> str:
    return _result(batch, row["number"], row["custom_id"], None, {"code": code, "message": message})


def _result(batch: Batch, number: int, custom_id: str, response: object, error: object) -> str:
    name = sha256(f"{batch.id} {number}".encode()).hexdigest()[:32]
    line = {"id": f"batch_req_{name}", "custom_id": custom_id, "response": response, "error": error}
    return json.dumps(line, ensure_ascii=False, separators=(",", ":"))


def _insert_file(
    connection: sqlite3.Connection, batch: Batch, file_id: str, filename: str, n_bytes: int, now: int
) -> None:
    connection.execute(
        "INSERT INTO files (id, owner, purpose, filename, n_bytes, created_at, expires_at) "
        "VALUES (?, ?, 'batch_output', ?, ?, ?, ?)",
        (file_id, batch.owner, filename, n_bytes, now, now + batch.output_lifetime_s),
    )
