"""The last steps on the wire: send a reply, and stop working when nobody waits for it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.types import Receive, Scope, Send

from sightline.api.json_body import CallerGone

FACTS = "sightline.facts"  # where a request keeps what its log line will say
SSE_HEADERS = {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-cache",
    "x-accel-buffering": "no",
}
KEEP_ALIVE = b": keep-alive\n\n"  # a comment: clients drop it, proxies see that the stream is not dead


@dataclass(frozen=True, slots=True)
class StreamTimes:
    """The waits of a stream, in seconds."""

    stall_s: float  # for a client that does not read
    start_s: float  # for the first piece, with an error still a reply of its own
    quiet_s: float  # between two signs of life


async def send_json(send: Send, body: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> None:
    """Send a whole reply."""
    all_headers = {"content-type": "application/json", "content-length": str(len(body)), **(headers or {})}
    await send_start(send, status, all_headers)
    await send({"type": "http.response.body", "body": body})


async def send_start(send: Send, status: int, headers: Mapping[str, str]) -> None:
    """Send the status and the headers."""
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})


class BodyStream:
    """Sends a reply in pieces, giving up on a client that does not take them for `stall_s` seconds."""

    def __init__(self, send: Send, stall_s: float) -> None:
        self._send = send
        self._stall_s = stall_s

    async def start(self, headers: Mapping[str, str]) -> None:
        """Send the head of the reply."""
        await send_start(self._send, 200, headers)

    async def write(self, piece: bytes) -> None:
        """Send one piece.

        Raises:
            CallerGone: If the client stalls.
        """
        try:
            async with asyncio.timeout(self._stall_s):
                await self._send({"type": "http.response.body", "body": piece, "more_body": True})
        except TimeoutError:
            raise CallerGone from None

    async def end(self) -> None:
        """Finish the reply."""
        await self._send({"type": "http.response.body", "body": b""})


class EventStream(BodyStream):
    """A reply that is a stream of events. Inside `kept_alive` it also says that it is alive where it has no events."""

    def __init__(self, send: Send, times: StreamTimes) -> None:
        super().__init__(send, times.stall_s)
        self._times = times
        self._turn = asyncio.Lock()
        self._began = False
        self._ended = False
        self._wrote_at = 0.0

    @asynccontextmanager
    async def kept_alive(self) -> AsyncIterator[None]:
        """Start the stream after `start_s` if nothing else has, and write a comment wherever it is quiet.

        A fault before the start is a reply of its own; one after it is an event of the stream.
        """
        beat = asyncio.create_task(self._beat())
        try:
            yield
        finally:
            beat.cancel()
            if not self._ended:  # after the end a wait would be taken for a client that left
                await asyncio.gather(beat, return_exceptions=True)

    async def start(self, headers: Mapping[str, str] = SSE_HEADERS) -> None:
        """Send the head of the stream, unless it was sent."""
        async with self._turn:
            if not self._began:
                self._began = True
                await super().start(headers)
                self._wrote_at = time.monotonic()

    async def write(self, piece: bytes) -> None:
        """Send one event.

        Raises:
            CallerGone: If the client stalls.
        """
        async with self._turn:
            await super().write(piece)
            self._wrote_at = time.monotonic()

    async def end(self) -> None:
        """Finish the reply."""
        async with self._turn:
            self._ended = True
            await super().end()

    async def _beat(self) -> None:
        """Write comments. What goes wrong here goes wrong again with the next event, and ends the answer there."""
        await asyncio.sleep(self._times.start_s)
        if not self._began:
            await self.start()
            await self._say_alive()
        while not self._ended:
            quiet_s = time.monotonic() - self._wrote_at
            if quiet_s >= self._times.quiet_s:
                await self._say_alive()
            else:
                await asyncio.sleep(self._times.quiet_s - quiet_s)

    async def _say_alive(self) -> None:
        async with self._turn:
            if not self._ended:
                await super().write(KEEP_ALIVE)
                self._wrote_at = time.monotonic()


@asynccontextmanager
async def while_connected(receive: Receive) -> AsyncIterator[None]:
    """Cancel the work inside as soon as the client leaves. The body must have been read before.

    Raises:
        CallerGone: If the client left.
    """
    task = asyncio.current_task()
    gone = False

    async def watch() -> None:
        nonlocal gone
        while (await receive())["type"] != "http.disconnect":
            pass
        gone = True
        if task is not None:
            task.cancel()

    watcher = asyncio.create_task(watch())
    try:
        yield
    except asyncio.CancelledError:
        if gone and task is not None and task.uncancel() == 0:
            raise CallerGone from None
        raise
    finally:
        watcher.cancel()


def facts_of(scope: Scope) -> dict[str, object]:
    """Return the facts of the request for its log line."""
    facts: dict[str, object] = scope.setdefault(FACTS, {})
    return facts
