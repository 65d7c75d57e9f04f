"""`/v1/responses`: ask, count, show, list what went in, and delete. Whoever asks sees their own."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import Any

from starlette.types import Receive, Scope, Send

from sightline.api.answering import Answering, image_fact, note_request, wants_reading
from sightline.api.connection import EventStream, facts_of, send_json, while_connected
from sightline.api.file_parts import with_uploads
from sightline.api.files import list_out
from sightline.api.owner import owner_of
from sightline.api.query import page_of, read_query
from sightline.api.refusals import unsupported_parameter, unsupported_value
from sightline.api.replies import Envelope, to_json
from sightline.api.responses_convert import ResponseCall, new_items, parse_count, parse_response, to_request
from sightline.api.responses_replies import Events, ResponseEnvelope
from sightline.api.responses_wire import AboutIn
from sightline.chat import Answer, Choice
from sightline.chat.count import count_request
from sightline.errors import ConfigError, EngineFault, InvalidRequest, NotFound, StoreFull
from sightline.store.files import FileStore
from sightline.store.responses import ResponseStore
from sightline.types import GenerationRequest

MAX_LISTED_ITEMS = 100
LISTED_ITEMS = 20


@dataclass(frozen=True, slots=True)
class Asking:
    """What it takes to read a request of this API."""

    answering: Answering
    files: FileStore
    responses: ResponseStore
    may_store: bool

    async def request(self, owner: str, model: str, wire: AboutIn, items: list[dict[str, Any]]) -> GenerationRequest:
        """Return the whole conversation, with what went before and with the caller's uploads in their places."""
        history: list[dict[str, Any]] = []
        if wire.previous_response_id is not None:
            most = self.answering.bodies.max_bytes
            history = await self.responses.history(owner, wire.previous_response_id, most)
        return await with_uploads(to_request(model, wire, history, items), self.files, owner)


@dataclass(frozen=True, slots=True)
class Responses:
    """`POST /v1/responses`."""

    asking: Asking

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        answering, owner = self.asking.answering, owner_of(scope)
        call = parse_response(await answering.body(scope, receive))
        envelope = ResponseEnvelope(call.wire, self._will_store(call))
        request = await self.asking.request(owner, call.wire.model, call.wire, call.items)
        note_request(scope, request, stream=bool(call.wire.stream))
        out = answering.stream(send) if call.wire.stream else None
        async with answering.answer(scope, receive, request, out) as answer:
            turn = _Turn(envelope, call, answer, owner, wants_reading(scope))
            if out is not None:
                await self._stream(out, turn)
            else:
                await answer.text()
        if out is None:
            await send_json(send, to_json(await self._end(turn)))

    def _will_store(self, call: ResponseCall) -> bool:
        if call.wire.store and not self.asking.may_store:
            raise unsupported_value("store", "true", " The person who runs this server has switched it off.")
        return self.asking.may_store and call.wire.store is not False

    async def _stream(self, out: EventStream, turn: _Turn) -> None:
        events = Events(turn.envelope)
        await out.start()
        await out.write(events.opening())
        try:
            async for delta in turn.answer.deltas:
                if piece := events.piece(delta):
                    await out.write(piece)
        except EngineFault:
            failed = turn.envelope.failed(turn.choice, turn.answer.usage())
            await out.write(events.event("response.failed", response=failed))
            await out.end()
            return
        await out.write(events.closing(await self._end(turn)))
        await out.end()

    async def _end(self, turn: _Turn) -> dict[str, Any]:
        """Return the response at its end, kept if it is to be. What nobody asked to keep may fail to be kept."""
        reply = turn.reply()
        if not turn.envelope.store:
            return reply
        try:
            await self.asking.responses.keep(turn.owner, reply, turn.call.items)
        except (ConfigError, StoreFull):
            if turn.call.wire.store:
                raise
            return replace(turn, envelope=replace(turn.envelope, store=False)).reply()
        return reply


@dataclass(frozen=True, slots=True)
class _Turn:
    """One request and its answer."""

    envelope: ResponseEnvelope
    call: ResponseCall
    answer: Answer
    owner: str
    with_reading: bool

    @property
    def choice(self) -> Choice:
        """What has been said so far."""
        return self.answer.choices[0]

    def reply(self) -> dict[str, Any]:
        """Return the response at its end."""
        receipt = Envelope(self.call.wire.model, self.with_reading).receipt(self.answer)
        return self.envelope.ended(self.choice, self.answer.usage(), receipt)


@dataclass(frozen=True, slots=True)
class InputTokens:
    """`POST /v1/responses/input_tokens`: what a request would cost, without asking a model."""

    asking: Asking

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        chat = self.asking.answering.chat
        wire = parse_count(await self.asking.answering.body(scope, receive))
        model = wire.model or chat.model_ids[0]
        request = await self.asking.request(owner_of(scope), model, wire, new_items(wire))
        async with while_connected(receive):
            chat.engine_for(model)
            counted = await asyncio.to_thread(count_request, *await chat.look(request))
        facts_of(scope)["images"] = [image_fact(picture.receipt) for picture in counted.pictures]
        n_tokens = counted.text_tokens + counted.image_tokens
        await send_json(send, to_json({"object": "response.input_tokens", "input_tokens": n_tokens}))


@dataclass(frozen=True, slots=True)
class OneResponse:
    """`GET` and `DELETE /v1/responses/{id}`."""

    store: ResponseStore

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        query = read_query(scope, ("include", "include[]", "stream"))
        if query.get("stream", "false") != "false":
            raise unsupported_parameter("stream")
        response_id, owner = scope["path_params"]["response_id"], owner_of(scope)
        if scope["method"] == "DELETE":
            await self.store.delete(owner, response_id)
            await send_json(send, to_json({"id": response_id, "object": "response", "deleted": True}))
        else:
            await send_json(send, to_json((await self.store.get(owner, response_id)).reply))


@dataclass(frozen=True, slots=True)
class InputItems:
    """`GET /v1/responses/{id}/input_items`: the response's own input, without what went before."""

    store: ResponseStore

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        query = read_query(scope, ("after", "include", "include[]", "limit", "order"))
        page = page_of(query, max_limit=MAX_LISTED_ITEMS, limit=LISTED_ITEMS)
        items = (await self.store.get(owner_of(scope), scope["path_params"]["response_id"])).items
        if page.newest_first:
            items.reverse()
        ids = [item["id"] for item in items]
        if page.after is not None and page.after not in ids:
            raise NotFound(f"Item with id '{page.after[:64]}' not found.", param="after")
        start = 0 if page.after is None else ids.index(page.after) + 1
        shown = items[start : start + page.limit]
        await send_json(send, to_json(list_out(shown, has_more=start + page.limit < len(items))))


@dataclass(frozen=True, slots=True)
class CancelResponse:
    """`POST /v1/responses/{id}/cancel`: nothing here runs in the background."""

    store: ResponseStore

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await self.store.get(owner_of(scope), scope["path_params"]["response_id"])
        raise InvalidRequest("Cannot cancel a synchronous response.", param="response_id")
