"""`POST /v1/completions` and `POST /v1/engines/{engine}/completions`: the forms before chat."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from starlette.types import Receive, Scope, Send

from sightline.api.answering import Answering, note_request, wants_reading
from sightline.api.completions_convert import to_completion_call
from sightline.api.completions_replies import CompletionEnvelope
from sightline.api.connection import EventStream, send_json
from sightline.api.replies import DONE, event, to_json
from sightline.chat import Answer
from sightline.errors import ContextTooLong


@dataclass(frozen=True, slots=True)
class Completions:
    """The endpoint as an ASGI application; the path may name the model as `engine`."""

    answering: Answering

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        call = to_completion_call(await self.answering.body(scope, receive), scope["path_params"].get("engine"))
        request = call.chat.request
        envelope = CompletionEnvelope.of(call, with_reading=wants_reading(scope))
        note_request(scope, request, stream=call.chat.stream)
        out = self.answering.stream(send) if call.chat.stream else None
        with naming_the_prompt():
            async with self.answering.answer(scope, receive, request, out) as answer:
                if out is not None:
                    await _stream(out, envelope, answer, include_usage=call.chat.include_usage)
                else:
                    await answer.text()
        if out is None:
            await send_json(send, to_json(envelope.completion(answer)))


@contextmanager
def naming_the_prompt() -> Iterator[None]:
    """Let what is too long be called `prompt`, as it is here."""
    try:
        yield
    except ContextTooLong as error:
        raise ContextTooLong(error.message, param="prompt") from None


async def _stream(out: EventStream, envelope: CompletionEnvelope, answer: Answer, *, include_usage: bool) -> None:
    more = {"usage": None} if include_usage else {}
    n_characters = [0] * len(answer.choices)  # that each has said so far: where its next tokens begin
    await out.start()
    if envelope.call.echoed:
        for choice in answer.choices:
            await out.write(event(envelope.chunk(choice.index, envelope.call.echoed, **more)))
    async for delta in answer.deltas:
        receipt = {"sightline": envelope.envelope.receipt(answer)} if answer.is_over else {}
        logprobs = envelope.logprobs(delta.tokens, n_characters[delta.choice])
        n_characters[delta.choice] += len(delta.text)
        piece = envelope.chunk(delta.choice, delta.text, delta.finish_reason, logprobs, **more, **receipt)
        await out.write(event(piece))
    if include_usage:
        await out.write(event(envelope.usage_chunk(answer.usage())))
    await out.write(DONE)
    await out.end()
