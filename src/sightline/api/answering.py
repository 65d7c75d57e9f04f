"""What every route that answers has in common: its body, its log line, and the answer while it is waited for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import Any

from starlette.types import Receive, Scope, Send

from sightline.api.connection import EventStream, StreamTimes, facts_of, while_connected
from sightline.api.json_body import header, parse_object, read_body
from sightline.api.metrics import ANSWER
from sightline.api.owner import owner_of
from sightline.chat import Answer, Chat
from sightline.chat.gate import BUSY
from sightline.errors import Overloaded
from sightline.images.picture import ImageReceipt
from sightline.types import GenerationRequest

READING_HEADER = b"x-sightline-reading"


@dataclass(frozen=True, slots=True)
class BodyReader:
    """Reads JSON bodies within the server's limits."""

    max_bytes: int
    deadline_s: float

    async def read(self, scope: Scope, receive: Receive) -> dict[str, Any]:
        """Return the object that a request carries."""
        return parse_object(await read_body(scope, receive, max_bytes=self.max_bytes, deadline_s=self.deadline_s))


@dataclass(frozen=True, slots=True)
class Answering:
    """Answers requests for one route, whole or as a stream."""

    chat: Chat
    bodies: BodyReader
    times: StreamTimes

    async def body(self, scope: Scope, receive: Receive) -> dict[str, Any]:
        """Return the body, unless the queue is full anyway.

        Raises:
            Overloaded: If it is.
        """
        retry_after_s = self.chat.overloaded_for_s
        if retry_after_s is not None:
            raise Overloaded(BUSY, retry_after_s=retry_after_s)
        return await self.bodies.read(scope, receive)

    def stream(self, send: Send) -> EventStream:
        """Return a stream to answer in."""
        return EventStream(send, self.times)

    @asynccontextmanager
    async def answer(
        self, scope: Scope, receive: Receive, request: GenerationRequest, out: EventStream | None
    ) -> AsyncIterator[Answer]:
        """Hold the answer for as long as the client waits; `out` shows signs of life from now on.

        Who leaves early has used what was said so far: it is noted at the end, whatever the end is.
        """
        request = replace(request, owner=owner_of(scope))
        alive = out.kept_alive() if out is not None else nullcontext()
        async with while_connected(receive), alive, await self.chat.answer(request) as answer:
            try:
                yield answer
            finally:
                note_answer(scope, answer)


def wants_reading(scope: Scope) -> bool:
    """Whether the caller asked for the lines of the pictures."""
    return header(scope, READING_HEADER) == "1"


def note_request(scope: Scope, request: GenerationRequest, *, stream: bool) -> None:
    """Note what was asked for the log line: names and counts, no content."""
    facts_of(scope).update(model=request.model[:64], stream=stream, n_images=len(request.images))


def note_answer(scope: Scope, answer: Answer) -> None:
    """Note what it took for the log line and for the metrics."""
    scope[ANSWER] = answer
    usage = answer.usage()
    facts_of(scope).update(
        engine=answer.engine_id,
        prompt_tokens=usage.prompt_tokens,
        completion_tokens=usage.completion_tokens,
        load_ms=round(answer.spent.load_ms, 1),
        prepare_ms=round(answer.spent.prepare_ms, 1),
        first_token_ms=round(answer.spent.first_ms, 1),
        finish_reason=answer.finish_reason,
        images=[image_fact(receipt) for receipt in answer.receipts],
    )


def image_fact(receipt: ImageReceipt) -> dict[str, Any]:
    """Return what the log says of a picture."""
    return {"format": receipt.format, "w": receipt.source_width, "h": receipt.source_height, "bytes": receipt.n_bytes}
