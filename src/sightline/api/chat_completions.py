"""`POST /v1/chat/completions`."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from starlette.types import Receive, Scope, Send

from sightline.api.connection import EventStream, StreamTimes, facts_of, send_json, while_connected
from sightline.api.convert import DEFAULT_RULES, ChatCall, to_call
from sightline.api.file_parts import with_uploads
from sightline.api.json_body import header, parse_object, read_body
from sightline.api.metrics import ANSWER
from sightline.api.owner import owner_of
from sightline.api.replies import DONE, Envelope, event, to_json
from sightline.api.rules import Rules
from sightline.api.strict import is_strictly_classic
from sightline.chat import Answer, Chat
from sightline.chat.gate import BUSY
from sightline.errors import Overloaded
from sightline.store.files import FileStore
from sightline.types import GenerationRequest, ImagePart

READING_HEADER = b"x-sightline-reading"


@dataclass(frozen=True, slots=True)
class ChatCompletions:
    """The endpoint as an ASGI application."""

    chat: Chat
    files: FileStore
    max_body_bytes: int
    body_deadline_s: float
    times: StreamTimes
    rules: Rules = DEFAULT_RULES

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        retry_after_s = self.chat.overloaded_for_s
        if retry_after_s is not None:
            raise Overloaded(BUSY, retry_after_s=retry_after_s)
        body = await read_body(scope, receive, max_bytes=self.max_body_bytes, deadline_s=self.body_deadline_s)
        call = to_call(parse_object(body), self.rules)
        del body
        envelope = Envelope(
            call.request.model,
            with_reading=header(scope, READING_HEADER) == "1",
            with_logprobs=call.request.sampling.top_logprobs is not None,
            calls=call.calls,
            only_classic=is_strictly_classic(call.request.model, self.rules),
        )
        note_request(scope, call)
        request = await with_uploads(call.request, self.files, owner_of(scope))
        out = EventStream(send, self.times)
        alive = out.kept_alive() if call.stream else nullcontext()
        async with while_connected(receive), alive, await self.chat.answer(request) as answer:
            try:
                if call.stream:
                    await self._stream(out, envelope, answer, call.include_usage)
                else:
                    await answer.text()
            finally:  # who leaves early has used what was said so far
                note_answer(scope, answer)
        if not call.stream:
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


def note_request(scope: Scope, call: ChatCall) -> None:
    """Note what was asked for the log line: names and counts, no content."""
    facts_of(scope).update(model=call.request.model[:64], stream=call.stream, n_images=count_images(call.request))


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
        images=[
            {"format": receipt.format, "w": receipt.source_width, "h": receipt.source_height, "bytes": receipt.n_bytes}
            for receipt in answer.receipts
        ],
    )


def count_images(request: GenerationRequest) -> int:
    """Count the pictures of all messages."""
    return sum(isinstance(part, ImagePart) for message in request.messages for part in message.parts)
