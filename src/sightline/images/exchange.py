"""One GET over one fresh connection, with a limit on everything that the far side decides."""

from __future__ import annotations

import asyncio
import ssl
import time
from dataclasses import dataclass
from typing import Final

import h11

from sightline.images.address import Address, Target

MAX_HEADER_BYTES: Final = 32 * 1024
READ_BYTES: Final = 64 * 1024
USER_AGENT: Final = "Mozilla/5.0 (compatible; Sightline; +image fetch)"
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


class TooSlow(Exception):
    """A time limit, or less than the least rate."""


class TooLong(Exception):
    """More bytes than the limit, announced or sent."""


class Broken(Exception):
    """No connection, no TLS, no HTTP, or a form of it that we do not take."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How slow the far side may be."""

    connect_s: float = 3.0
    first_byte_s: float = 5.0
    min_bytes_per_s: int = 1024
    min_rate_after_s: float = 3.0


@dataclass(frozen=True, slots=True)
class Answer:
    """The status, where a redirect leads, and the body of a 200 (of anything else it is not read)."""

    status: int
    location: str | None
    body: bytes


async def get(target: Target, address: Address, tls: ssl.SSLContext, pace: Pace, max_bytes: int) -> Answer:
    """Ask `address` for `target`. The name is only said (Host, SNI, certificate), never looked up again.

    Raises:
        TooSlow, TooLong, Broken: What went wrong, without a word of the far side's.
    """
    is_tls = target.scheme == "https"
    try:
        async with asyncio.timeout(pace.connect_s):
            reader, writer = await asyncio.open_connection(
                str(address),
                target.port,
                ssl=tls if is_tls else None,
                server_hostname=target.host if is_tls else None,
                limit=READ_BYTES,
            )
    except TimeoutError:
        raise TooSlow from None
    except (OSError, ssl.SSLError):
        raise Broken from None
    try:
        return await _Exchange(reader, writer, pace, max_bytes).run(target)
    except TimeoutError:
        raise TooSlow from None
    except (OSError, ssl.SSLError, h11.RemoteProtocolError):
        raise Broken from None
    finally:
        writer.transport.abort()  # never reused, and a polite close could be made to wait


class _Exchange:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pace: Pace, max_bytes: int) -> None:
        self._reader = reader
        self._writer = writer
        self._pace = pace
        self._max_bytes = max_bytes
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEADER_BYTES)
        self._n_received = 0

    async def run(self, target: Target) -> Answer:
        await self._send(target)
        async with asyncio.timeout(self._pace.first_byte_s):
            response = await self._read_head()
        if response.status_code in REDIRECTS:
            return Answer(response.status_code, _one_header(response, b"location"), b"")
        if response.status_code != 200:
            return Answer(response.status_code, None, b"")
        self._check_head(response)
        return Answer(200, None, await self._read_body())

    async def _send(self, target: Target) -> None:
        request = h11.Request(
            method="GET",
            target=target.path,
            headers=[
                ("Host", target.authority),
                ("User-Agent", USER_AGENT),
                ("Accept", "image/*"),
                ("Accept-Encoding", "identity"),
                ("Connection", "close"),
            ],
        )
        self._writer.write((self._http.send(request) or b"") + (self._http.send(h11.EndOfMessage()) or b""))
        async with asyncio.timeout(self._pace.first_byte_s):
            await self._writer.drain()

    async def _read_head(self) -> h11.Response:
        while True:
            event = self._http.next_event()
            if event is h11.NEED_DATA:
                await self._receive()
                if self._n_received > MAX_HEADER_BYTES + READ_BYTES:
                    raise TooLong
            elif isinstance(event, h11.Response):
                return event
            elif not isinstance(event, h11.InformationalResponse):
                raise Broken

    def _check_head(self, response: h11.Response) -> None:
        encoding = _one_header(response, b"content-encoding") or "identity"
        if encoding.strip().lower() != "identity":  # we asked for identity; anything else may be a bomb
            raise Broken
        announced = _one_header(response, b"content-length")
        if announced is not None and int(announced) > self._max_bytes:
            raise TooLong

    async def _read_body(self) -> bytes:
        body = bytearray()
        start_s = time.monotonic()
        while True:
            event = self._http.next_event()
            if event is h11.NEED_DATA:
                async with asyncio.timeout(self._pace.min_rate_after_s):
                    await self._receive()
                self._check_rate(len(body), time.monotonic() - start_s)
            elif isinstance(event, h11.Data):
                body += event.data
                if len(body) > self._max_bytes:
                    raise TooLong
            elif isinstance(event, h11.EndOfMessage):
                return bytes(body)
            else:
                raise Broken

    def _check_rate(self, n_bytes: int, elapsed_s: float) -> None:
        if elapsed_s > self._pace.min_rate_after_s and n_bytes < self._pace.min_bytes_per_s * elapsed_s:
            raise TooSlow

    async def _receive(self) -> None:
        piece = await self._reader.read(READ_BYTES)
        self._n_received += len(piece)
        self._http.receive_data(piece)


def _one_header(response: h11.Response, name: bytes) -> str | None:
    for key, value in response.headers:
        if key == name:
            return bytes(value).decode("latin-1")
    return None
