"""`POST /v1/completions` and `POST /v1/engines/{engine}/completions`: the forms before chat."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

from starlette.types import Receive, Scope, Send

from sightline.api.chat_completions import READING_HEADER, note_answer, note_request
from sightline.api.completions_convert import CompletionCall, to_completion_call
from sightline.api.completions_replies import CompletionEnvelope
from sightline.api.connection import EventStream, StreamTimes, send_json, while_connected
from sightline.api.json_body import header, parse_object, read_body
from sightline.api.replies import DONE, event, to_json
from sightline.chat import Answer, Chat
from sightline.chat.gate import BUSY
from sightline.errors import ContextTooLong, Overloaded


@dataclass(frozen=True, slots=True)
class Completions:
    """The endpoint as an ASGI application; the path may name the model as `engine`."""

    chat: Chat
    max_body_bytes: int
    body_deadline_s: float
    times: StreamTimes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        retry_after_s = self.chat.overloaded_for_s
        if retry_after_s is not None:
            raise Overloaded(BUSY, retry_after_s=retry_after_s)
        body = await read_body(scope, receive, max_bytes=self.max_body_bytes, deadline_s=self.body_deadline_s)
        call = to_completion_call(parse_object(body), scope["path_params"].get("engine"))
        del body
        model = call.chat.request.model
        envelope = CompletionEnvelope.of(model, with_reading=header(scope, READING_HEADER) == "1")
        note_request(scope, call.chat)
        out = EventStream(send, self.times)
        alive = out.kept_alive() if call.chat.stream else nullcontext()
        async with while_connected(receive), alive:
            with naming_the_prompt():
                answering = await self.chat.answer(call.chat.request)
            async with answering as answer:
                try:
                    if call.chat.stream:
                        await _stream(out, envelope, answer, call)
                    else:
                        text = call.echoed + await answer.text()
                finally:  # who leaves early has used what was said so far
                    note_answer(scope, answer)
        if not call.chat.stream:
            await send_json(send, to_json(envelope.completion(answer, text)))


@contextmanager
def naming_the_prompt() -> Iterator[None]:
    """Let what is too long be called `prompt`, as it is here."""
    try:
        yield
    except ContextTooLong as error:
        raise ContextTooLong(error.message, param="prompt") from None


async def _stream(out: EventStream, envelope: CompletionEnvelope, answer: Answer, call: CompletionCall) -> None:
    more = {"usage": None} if call.chat.include_usage else {}
    await out.start()
    if call.echoed:
        await out.write(event(envelope.chunk(call.echoed, **more)))
    async for delta in answer.deltas:
        receipt = {} if delta.finish_reason is None else {"sightline": envelope.envelope.receipt(answer)}
        await out.write(event(envelope.chunk(delta.text, delta.finish_reason, **more, **receipt)))
    if call.chat.include_usage:
        await out.write(event(envelope.usage_chunk(answer.usage())))
    await out.write(DONE)
    await out.end()
