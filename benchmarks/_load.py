"""A client that costs little: keep-alive connections, one request at a time on each."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass


class Connection:
    """One keep-alive connection to a server on this machine."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def open(self) -> Connection:
        """Connect."""
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        return self

    async def ask(self, request: bytes) -> bytes:
        """Send `request` and return the body of the answer.

        Raises:
            RuntimeError: If the status is not 200.
        """
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            body = await asyncio.wait_for(self._reader.read(300), 5)
            raise RuntimeError(f"{head.splitlines()[0]!r}: {body!r}")
        lowered = head.lower()
        if b"transfer-encoding: chunked" in lowered:
            return await self._chunks()
        length = int(lowered.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
        return await self._reader.readexactly(length)

    async def _chunks(self) -> bytes:
        body = b""
        while size := int((await self._reader.readline()).split(b";")[0], 16):
            body += (await self._reader.readexactly(size + 2))[:-2]
        await self._reader.readline()
        return body

    def close(self) -> None:
        """Hang up."""
        self._writer.close()


def post(path: str, body: bytes) -> bytes:
    """Give the bytes of one POST of JSON."""
    headers = {"host": "127.0.0.1", "content-type": "application/json", "content-length": str(len(body))}
    head = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(head).encode() + body


@dataclass(frozen=True, slots=True)
class Load:
    """Requests answered in `seconds`, and the time of each in milliseconds."""

    seconds: float
    times_ms: list[float]

    @property
    def per_s(self) -> float:
        """Answers a second."""
        return len(self.times_ms) / self.seconds


async def drive(port: int, request: bytes, n_at_once: int, seconds: float) -> Load:
    """Keep `n_at_once` requests under way for `seconds`."""
    times: list[float] = []
    started = time.perf_counter()

    async def one() -> None:
        connection = await Connection(port).open()
        while (sent := time.perf_counter()) - started < seconds:
            await connection.ask(request)
            times.append((time.perf_counter() - sent) * 1e3)
        connection.close()

    await asyncio.gather(*(one() for _ in range(n_at_once)))
    return Load(time.perf_counter() - started, times)
