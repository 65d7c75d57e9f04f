"""`POST /v1/sightline/count`: what a chat request would cost, without running the model."""

from __future__ import annotations

import asyncio
import time
from dataclasses import asdict, dataclass
from typing import Any

from starlette.types import Receive, Scope, Send

from sightline.api.answering import BodyReader, image_fact, note_request
from sightline.api.connection import facts_of, send_json, while_connected
from sightline.api.convert import DEFAULT_RULES, to_call
from sightline.api.file_parts import with_uploads
from sightline.api.owner import owner_of
from sightline.api.replies import to_json
from sightline.api.rules import Rules
from sightline.chat import Chat
from sightline.chat.count import PictureCount, RequestCount, count_request
from sightline.chat.pace import Expected, Pace
from sightline.images.plan_tiles import TilePlan
from sightline.store.files import FileStore


@dataclass(frozen=True, slots=True)
class Count:
    """The endpoint as an ASGI application. It takes what `/v1/chat/completions` takes."""

    chat: Chat
    files: FileStore
    pace: Pace
    bodies: BodyReader
    rules: Rules = DEFAULT_RULES

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        call = to_call(await self.bodies.read(scope, receive), self.rules)
        note_request(scope, call.request, stream=call.stream)
        started = time.perf_counter()
        async with while_connected(receive):
            request = await with_uploads(call.request, self.files, owner_of(scope))
            engine = self.chat.engine_for(request.model)
            request, sources = await self.chat.look(request)
            counted = await asyncio.to_thread(count_request, request, sources)
        del sources
        load_s = time.perf_counter() - started
        facts_of(scope)["images"] = [image_fact(picture.receipt) for picture in counted.pictures]
        plans = [picture.asked for picture in counted.pictures]
        expected = self.pace.expect(
            engine.model_id,
            plans,
            request.sampling.max_tokens,
            reads=engine.wants_reading,
            n_choices=request.n_choices,
        )
        await send_json(send, to_json(count_out(engine.model_id, counted, load_s, expected)))


def count_out(engine_id: str, counted: RequestCount, load_s: float, expected: Expected) -> dict[str, Any]:
    """Return the reply. `usage` is what the request itself would report."""
    return {
        "object": "sightline.count",
        "model": engine_id,
        "usage": {
            "prompt_tokens": counted.text_tokens + counted.image_tokens,
            "text_tokens": counted.text_tokens,
            "image_tokens": counted.image_tokens,
        },
        "images": [picture_out(picture) for picture in counted.pictures],
        "seconds": seconds_out(load_s, expected),
    }


def picture_out(picture: PictureCount) -> dict[str, Any]:
    """Return what one picture would become, and what it costs elsewhere."""
    receipt = picture.receipt
    return {
        "param": picture.param,
        "format": receipt.format,
        "bytes": receipt.n_bytes,
        "width": receipt.source_width,
        "height": receipt.source_height,
        "orientation": receipt.orientation,
        "notes": list(receipt.notes),
        "detail": receipt.detail,
        "used": plan_out(picture.asked),
        "low": plan_out(picture.low),
        "high": plan_out(picture.high),
        "tokens": picture.tokens,
        "tokens_by_family": {family: asdict(tokens) for family, tokens in picture.by_family.items()},
    }


def plan_out(plan: TilePlan) -> dict[str, int]:
    """Return the pixels that would be seen, and their tiles; none for an overview alone."""
    return {
        "width": plan.width,
        "height": plan.height,
        "columns": plan.columns,
        "rows": plan.rows,
        "tiles": plan.n_tiles,
    }


def seconds_out(load_s: float, expected: Expected) -> dict[str, Any]:
    """Return what is known of the time; a figure that is not is null, and `unknown` says why."""
    figures = {
        name: None if value is None else round(value, 4)
        for name, value in asdict(expected).items()
        if name not in ("n_answers", "unknown")
    }
    return {
        "load": round(load_s, 4),  # measured: it was done
        **figures,
        "from_answers": expected.n_answers,
        "unknown": expected.unknown,
    }
