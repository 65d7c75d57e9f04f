"""Runs batches, one request at a time and only where there is room: whoever waits for an answer comes first.

A request of a batch goes through the same application as one from the network, errors and log line included.
"""

from __future__ import annotations

import asyncio
import fcntl
import json
import logging
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.types import ASGIApp, Message, Scope

from sightline.api.batch_lines import read_request, validate
from sightline.api.connection import facts_of
from sightline.api.owner import CALLER, Caller
from sightline.api.replies import to_json
from sightline.api.stores import Stores
from sightline.chat import Chat
from sightline.errors import NotFound, SightlineError
from sightline.store.batches import Batch, Line
from sightline.store.database import FILE_NAME

log = logging.getLogger(__name__)

ENDPOINTS = ("/v1/chat/completions", "/v1/completions", "/v1/responses")
LOCK_NAME = "batches.lock"
LOOK_EVERY_S = 2.0  # for batches that another server on the same folder took in
ROOM_EVERY_S = 0.05
TRY_AGAIN_S = 5.0
FULL, GONE = 503, 499  # not the request's fault: it is tried again


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the application answered."""

    status: int
    request_id: str
    body: Any


class BatchRunner:
    """Takes the batches of one data folder to their end. Of several servers on it one runs them."""

    def __init__(self, stores: Stores, chat: Chat, max_line_bytes: int) -> None:
        self._store = stores.batches
        self._database = stores.database
        self._folder = stores.folder
        self._chat = chat
        self._max_line_bytes = max_line_bytes

    @asynccontextmanager
    async def running(self, app: ASGIApp) -> AsyncIterator[None]:
        """Run, each request through `app`, until the block ends; what was under way begins again at the next start."""
        task = asyncio.create_task(self._run_for_ever(app))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _run_for_ever(self, app: ASGIApp) -> None:
        lock: int | None = None
        try:
            while True:
                if self._has_database():
                    lock = await self._lock() if lock is None else lock
                    if lock is not None:
                        await self._run_all(app)
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_EVERY_S):
                        await self._store.changed.wait()
                self._store.changed.clear()
        finally:
            if lock is not None:
                os.close(lock)

    def _has_database(self) -> bool:
        return self._folder is not None and (self._folder / FILE_NAME).exists()

    async def _lock(self) -> int | None:
        """Hold the folder's lock, or return `None` while another server has it. A process that dies lets go of it."""
        lock = os.open(await self._database.folder() / LOCK_NAME, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            return None
        await self._store.sweep()
        return lock

    async def _run_all(self, app: ASGIApp) -> None:
        try:
            while (batch := await self._store.next_active()) is not None:
                await self._advance(app, batch)
        except (OSError, SightlineError) as error:
            log.warning("batches stopped (%s); trying again in %.0f s", type(error).__name__, TRY_AGAIN_S)
            await asyncio.sleep(TRY_AGAIN_S)

    async def _advance(self, app: ASGIApp, batch: Batch) -> None:
        if batch.status not in ("validating", "in_progress"):
            await self._store.finish(batch)
            return
        try:
            path = await self._store.input_path(batch)
        except NotFound as error:
            gone: dict[str, object] = {
                "code": "file_not_found",
                "message": error.message,
                "param": "input_file_id",
                "line": None,
            }
            await self._store.fail(batch, [gone])
            return
        if batch.status == "validating":
            await self._validate(batch, path)
            return
        while (line := await self._next_line(batch)) is not None:
            await self._run_line(app, batch, path, line)
        await self._store.finish(batch)

    async def _validate(self, batch: Batch, path: Path) -> None:
        lines, errors = await asyncio.to_thread(validate, path, batch.endpoint, self._max_line_bytes)
        if errors:
            await self._store.fail(batch, errors)
        else:
            await self._store.begin(batch, lines)

    async def _next_line(self, batch: Batch) -> Line | None:
        while not self._chat.has_room:  # noqa: ASYNC110 - nobody who leaves the gate should have to tell batches
            await asyncio.sleep(ROOM_EVERY_S)
        return await self._store.take(batch)

    async def _run_line(self, app: ASGIApp, batch: Batch, path: Path, line: Line) -> None:
        try:
            outcome = await ask(app, batch, await asyncio.to_thread(read_request, path, line))
        except asyncio.CancelledError:
            await asyncio.shield(self._store.put_back(batch, line))
            raise
        if outcome.status in (FULL, GONE):
            await self._store.put_back(batch, line)
            await asyncio.sleep(1.0)
        else:
            await self._store.record(
                batch, line, request_id=outcome.request_id, status=outcome.status, body=outcome.body
            )


async def ask(app: ASGIApp, batch: Batch, body: Mapping[str, Any]) -> Outcome:
    """Send one request of a batch through the application, as its owner."""
    scope: Scope = {
        "type": "http",
        "method": "POST",
        "path": batch.endpoint,
        "query_string": b"",
        "headers": [(b"content-type", b"application/json")],
        CALLER: Caller(batch.owner),
    }
    facts_of(scope)["batch"] = batch.id
    caller = InnerCaller(to_json(body))
    await app(scope, caller.receive, caller.send)
    return caller.outcome()


@dataclass(slots=True)
class InnerCaller:
    """The other side of a request that never was on the network: it waits as long as it takes."""

    body: bytes
    status: int = GONE
    headers: dict[bytes, bytes] = field(default_factory=dict)
    reply: list[bytes] = field(default_factory=list)
    _was_sent: bool = False

    async def receive(self) -> Message:
        """Give the body once; then never leave."""
        if self._was_sent:
            await asyncio.Event().wait()
        self._was_sent = True
        return {"type": "http.request", "body": self.body, "more_body": False}

    async def send(self, message: Message) -> None:
        """Keep what comes."""
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], dict(message["headers"])
        else:
            self.reply.append(message.get("body", b""))

    def outcome(self) -> Outcome:
        """Return what came."""
        body = b"".join(self.reply)
        return Outcome(self.status, self.headers.get(b"x-request-id", b"").decode(), json.loads(body) if body else None)
