"""A model on other servers as an engine: the first that answers is listened to until its answer ends."""

from __future__ import annotations

import asyncio
import json
import logging
import random
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager

import httpx2

from sightline.engines.base import EngineRequest, SeenImage, Sight, State
from sightline.engines.upstream.body import NO_LIMIT, reading_text, to_body
from sightline.engines.upstream.events import chunks
from sightline.engines.upstream.pictures import data_urls
from sightline.engines.upstream.place import Upstream, headers_for
from sightline.engines.upstream.refusals import Refusal, refusal_in_stream, refusal_of
from sightline.engines.upstream.replicas import Replica, Replicas, RetryBudget
from sightline.engines.upstream.replies import ReplyReader
from sightline.errors import SightlineError, UpstreamFault
from sightline.model.calibration import Calibration
from sightline.types import Delta, TextPart

log = logging.getLogger(__name__)

TIMEOUTS = httpx2.Timeout(connect=5.0, read=60.0, write=30.0, pool=5.0)
MAX_TRIES = 3
MAX_WAIT_S = 5.0  # for all retries of one request together
FIRST_WAIT_S = 0.25
MAX_ERROR_BYTES = 64 * 1024
CHARS_A_TOKEN = 4
TILE_TOKENS, OVERVIEW_TOKENS = 170, 85


class UpstreamEngine:
    """Answers with a model of another server that speaks OpenAI's API.

    Pictures are sent as they were prepared, never by address. Nothing is asked twice once the first piece is out.
    """

    calibration: Calibration | None = None  # its probabilities were never compared with the truth
    state: State = "elsewhere"
    n_bytes: int | None = None
    context_tokens = 2 * NO_LIMIT  # the server knows its own and refuses what does not fit

    def __init__(self, upstream: Upstream) -> None:
        self.model_id = upstream.model
        self.wants_reading = upstream.with_reading
        self._upstream = upstream
        self._replicas = Replicas(upstream.urls)
        self._budget = RetryBudget()
        self._client = httpx2.AsyncClient(
            headers=headers_for(upstream.key),
            timeout=TIMEOUTS,
            limits=httpx2.Limits(max_connections=None, max_keepalive_connections=32),
            trust_env=False,
            follow_redirects=False,
        )

    def count_prompt_tokens(self, request: EngineRequest) -> int:
        """A guess: four characters a token, and OpenAI's rate for tiles. The server's count comes with its answer."""
        return sum(_n_tokens(part) for message in request.messages for part in message.parts)

    def sights(self, request: EngineRequest) -> tuple[Sight, ...]:
        """Everything that was prepared is sent; what the model's own encoder makes of it is not known here."""
        return tuple(
            Sight(part.image.plan.width, part.image.plan.height, len(part.reading.lines) if part.reading else 0)
            for part in request.images
        )

    async def stream(self, request: EngineRequest) -> AsyncIterator[Delta]:
        """Yield the answer of the first server that begins one. Closing the iterator closes the connection.

        Raises:
            InvalidRequest: If the server refuses what the caller can change; it names the parameter.
            Overloaded: If every server is busy.
            UpstreamFault: If none answers, or one stops in the middle.
        """
        body = await self._body(request)
        picture = request.images[0].image.pixel_hash if request.images else None
        self._budget.note_request()
        tried: list[Replica] = []
        waited_s = 0.0
        while True:
            order = self._replicas.order(picture)
            replica = next((each for each in order if each not in tried), order[0])
            tried.append(replica)
            try:
                async with aclosing(self._ask(replica, body, request)) as deltas:
                    async for delta in deltas:
                        yield delta
                return
            except _Passing as passing:
                wait_s = 0.0 if len(tried) < len(order) else wait_for(len(tried), passing.retry_after_s)
                waited_s += wait_s
                if len(tried) == MAX_TRIES or waited_s > MAX_WAIT_S or not self._budget.take():
                    raise passing.error from None
            await asyncio.sleep(wait_s)

    async def close(self) -> None:
        """Close every connection."""
        await self._client.aclose()

    async def _body(self, request: EngineRequest) -> bytes:
        """Return the body as JSON. The pictures are packed once for all choices of a request."""
        shared = request.shared
        kept = None if shared is None else shared.prefill
        urls = kept if isinstance(kept, list) else await self._packed(request)
        if shared is not None:
            shared.prefill = urls
        return json.dumps(to_body(request, urls, self._upstream), ensure_ascii=False).encode()

    async def _packed(self, request: EngineRequest) -> list[str]:
        pixels = [part.image.pixels for part in request.images]
        return await asyncio.to_thread(data_urls, pixels) if pixels else []

    async def _ask(self, replica: Replica, body: bytes, request: EngineRequest) -> AsyncGenerator[Delta, None]:
        """Yield the answer of one server.

        Raises:
            _Passing: If it failed before its first piece, in a way that the next try may not.
        """
        reader = ReplyReader(request.sampling, self.count_prompt_tokens(request))
        has_begun = False
        try:
            async with self._reply(replica, body) as reply, aclosing(chunks(reply.aiter_raw())) as events:
                async for chunk in events:
                    if chunk.get("error") is not None:
                        raise _Refused(refusal_in_stream(chunk["error"]))
                    for delta in reader.read(chunk):
                        has_begun = True
                        yield delta
            last = reader.last()
        except _Refused as refused:
            self._note(replica, refused.refusal)
            error = refused.refusal.error()
            passes = refused.refusal.is_passing and not has_begun
            raise (_Passing(error, refused.refusal.retry_after_s or 0.0) if passes else error) from None
        except (httpx2.HTTPError, UpstreamFault) as fault:
            self._replicas.failed(replica, str(fault) if isinstance(fault, UpstreamFault) else type(fault).__name__)
            error = UpstreamFault("the upstream failed")
            raise (error if has_begun else _Passing(error)) from None
        self._replicas.answered(replica)
        yield last

    @asynccontextmanager
    async def _reply(self, replica: Replica, body: bytes) -> AsyncIterator[httpx2.Response]:
        """Hold a reply that is a stream.

        Raises:
            _Refused: If it is another.
        """
        url, kind = f"{replica.url}/chat/completions", {"content-type": "application/json"}
        replica.n_running += 1
        try:
            async with self._client.stream("POST", url, content=body, headers=kind) as reply:
                if reply.status_code != 200:
                    raise _Refused(refusal_of(reply.status_code, reply.headers, await _start_of(reply)))
                yield reply
        finally:
            replica.n_running -= 1

    def _note(self, replica: Replica, refusal: Refusal) -> None:
        """Tell whoever runs this server what a caller is not told."""
        if refusal.is_of_replica:
            self._replicas.failed(replica, str(refusal))
        elif refusal.status in (401, 403):
            log.error("upstream %s refuses the key (%s): look at --upstream-key-file", replica.url, refusal)
        else:
            log.warning("upstream %s refused a request (%s)", replica.url, refusal)


class _Refused(Exception):
    """A server said no."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__()
        self.refusal = refusal


class _Passing(Exception):
    """A failure that the next try may not have; `error` is what it is if there is none."""

    def __init__(self, error: SightlineError, retry_after_s: float = 0.0) -> None:
        super().__init__()
        self.error = error
        self.retry_after_s = retry_after_s


def wait_for(n_tries: int, retry_after_s: float) -> float:
    """Return how long to stay away before the same server is asked again: longer each time, or as it said."""
    backoff_s: float = FIRST_WAIT_S * 2 ** (n_tries - 1) * random.uniform(0.5, 1.0)  # noqa: S311 - it only spreads retries
    return max(backoff_s, retry_after_s)


async def _start_of(reply: httpx2.Response) -> bytes:
    """Return the body of an error, or as much of it as an error can be."""
    body = b""
    async for piece in reply.aiter_raw():
        body += piece
        if len(body) > MAX_ERROR_BYTES:
            break
    return body


def _n_tokens(part: TextPart | SeenImage) -> int:
    if isinstance(part, TextPart):
        return len(part.text) // CHARS_A_TOKEN + 1
    n_reading = len(reading_text(part.reading)) // CHARS_A_TOKEN if part.reading else 0
    return OVERVIEW_TOKENS + TILE_TOKENS * part.image.plan.n_tiles + n_reading
