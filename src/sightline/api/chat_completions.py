"""`POST /v1/chat/completions`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.types import Receive, Scope, Send

from sightline.api.answering import Answering, note_request, wants_reading
from sightline.api.connection import EventStream, send_json
from sightline.api.convert import DEFAULT_RULES, to_call
from sightline.api.file_parts import with_uploads
from sightline.api.owner import owner_of
from sightline.api.replies import DONE, Envelope, event, to_json
from sightline.api.rules import Rules
from sightline.api.strict import is_strictly_classic
from sightline.chat import Answer
from sightline.store.files import FileStore


@dataclass(frozen=True, slots=True)
class ChatCompletions:
    """The endpoint as an ASGI application."""

    answering: Answering
    files: FileStore
    rules: Rules = DEFAULT_RULES

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        call = to_call(await self.answering.body(scope, receive), self.rules)
        envelope = Envelope(
            call.request.model,
            with_reading=wants_reading(scope),
            with_logprobs=call.request.sampling.top_logprobs is not None,
            calls=call.calls,
            only_classic=is_strictly_classic(call.request.model, self.rules),
        )
        note_request(scope, call.request, stream=call.stream)
        request = await with_uploads(call.request, self.files, owner_of(scope))
        out = self.answering.stream(send) if call.stream else None
        async with self.answering.answer(scope, receive, request, out) as answer:
            if out is not None:
                await self._stream(out, envelope, answer, call.include_usage)
            else:
                await answer.text()
        if out is None:
            await send_json(send, to_json(envelope.completion(answer)))

    async def _stream(self, out: EventStream, envelope: Envelope, answer: Answer, include_usage: bool) -> None:
        more: dict[str, Any] = {"usage": None} if include_usage else {}
        await out.start()
        for choice in answer.choices:
            await out.write(event(envelope.chunk(choice.index, envelope.calls.opening(), **more)))
        async for delta in answer.deltas:
            if delta.text or delta.tokens:
                piece = envelope.chunk(delta.choice, {"content": delta.text}, tokens=delta.tokens, **more)
                await out.write(event(piece))
            if delta.call is not None:
                await out.write(event(envelope.chunk(delta.choice, envelope.calls.in_delta(delta.call), **more)))
            if delta.finish_reason is not None:
                receipt = envelope.receipts(answer) if answer.is_over else {}
                await out.write(event(envelope.chunk(delta.choice, {}, delta.finish_reason, **more, **receipt)))
        if include_usage:
            await out.write(event(envelope.usage_chunk(answer.usage())))
        await out.write(DONE)
        await out.end()
