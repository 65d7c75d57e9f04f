"""`POST /v1/sightline/preview`: the pixels that the model would get of each picture, without running it."""

from __future__ import annotations

import asyncio
import io
import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from PIL import Image
from starlette.types import Receive, Scope, Send

from sightline.api.answering import BodyReader, image_fact, note_request, wants_reading
from sightline.api.connection import facts_of, send_json, while_connected
from sightline.api.convert import DEFAULT_RULES, to_call
from sightline.api.file_parts import with_uploads
from sightline.api.owner import owner_of
from sightline.api.query import read_query
from sightline.api.refusals import shown
from sightline.api.replies import sayings_out, to_json
from sightline.api.rules import Rules
from sightline.chat import Chat
from sightline.chat.preview import Preview, Region
from sightline.errors import InvalidRequest
from sightline.images.picture import RGB
from sightline.store.files import FileStore

_REGION = re.compile(r"(\d{1,6}),(\d{1,6}),(\d{1,6}),(\d{1,6})")
PNG_LEVEL = 1  # three times as fast as the default, a tenth larger


@dataclass(frozen=True, slots=True)
class PreviewPictures:
    """The endpoint as an ASGI application. It takes what `/v1/chat/completions` takes."""

    chat: Chat
    files: FileStore
    bodies: BodyReader
    rules: Rules = DEFAULT_RULES

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        region = region_of(read_query(scope, ("region",)).get("region"))
        call = to_call(await self.bodies.read(scope, receive), self.rules)
        note_request(scope, call.request, stream=False)
        async with while_connected(receive):
            owner = owner_of(scope)
            request = await with_uploads(replace(call.request, owner=owner), self.files, owner)
            engine = self.chat.engine_for(request.model)
            previews = await self.chat.preview(request, region)
            facts_of(scope)["images"] = [image_fact(preview.seen.image.receipt) for preview in previews]
            reply = await asyncio.to_thread(preview_out, engine.model_id, previews, with_reading=wants_reading(scope))
        await send_json(send, reply)


def region_of(text: str | None) -> Region | None:
    """Return the region that a query names.

    Raises:
        InvalidRequest: If it is not four whole numbers.
    """
    if text is None:
        return None
    found = _REGION.fullmatch(text)
    if found is None:
        raise InvalidRequest(
            f"Invalid 'region': '{shown(text)}' is not x0,y0,x1,y1 in whole pixels of the upright picture.",
            param="region",
        )
    x0, y0, x1, y1 = (int(side) for side in found.groups())
    return x0, y0, x1, y1


def preview_out(engine_id: str, previews: Sequence[Preview], *, with_reading: bool) -> bytes:
    """Return the reply as JSON: the receipts, each with its pixels, and with the lines if they are wanted."""
    images = [picture_out(preview, with_reading=with_reading) for preview in previews]
    return to_json({"object": "sightline.preview", "model": engine_id, "images": images})


def picture_out(preview: Preview, *, with_reading: bool) -> dict[str, Any]:
    """Return one picture. `encoder_picture` is null where the encoder gets the pixels of `picture`."""
    image = preview.seen.image
    is_same = preview.encoder_pixels is image.pixels
    reading = sayings_out(preview.seen.reading) if with_reading else {}
    return {
        **asdict(image.receipt),
        "sha256": image.pixel_hash,
        "picture": png_url(image.pixels),
        "encoder_picture": None if is_same else png_url(preview.encoder_pixels),
        **reading,
    }


def png_url(pixels: RGB) -> str:
    """Return the pixels, every one as it is, as a data URL."""
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG", compress_level=PNG_LEVEL)
    return f"data:image/png;base64,{b64encode(out.getbuffer()).decode()}"
