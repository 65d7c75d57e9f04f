"""`POST /v1/sightline/preview`: the very pixels that the engine gets, and no model asked."""

from __future__ import annotations

import asyncio
import base64
import io
from typing import Any

import httpx2
import numpy as np
import pytest
from PIL import Image

from serving import CHAT, Running, ask, data_url, image_part, picture
from sightline.chat import Chat
from sightline.chat.preview import Preview
from sightline.engines.base import EngineRequest, Sight
from sightline.engines.echo import EchoEngine
from sightline.images.load import ImageLoader
from sightline.images.picture import RGB
from sightline.model.preprocess import overview
from sightline.types import GenerationRequest, ImagePart, Message, TextPart

PREVIEW = "/v1/sightline/preview"


def previewed(server: Running, body: dict[str, Any], query: str = "", **headers: str) -> list[dict[str, Any]]:
    reply = httpx2.post(f"{server.url}{PREVIEW}{query}", json=body, headers=headers, timeout=60)
    assert reply.status_code == 200, reply.text
    images: list[dict[str, Any]] = reply.json()["images"]
    return images


def pixels_of(url: str) -> RGB:
    head, _, content = url.partition(",")
    assert head == "data:image/png;base64"
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(content))))  # noqa: TID251  our own server made it


def noise(width: int, height: int, orientation: int = 1) -> bytes:
    pixels = np.random.default_rng(7).integers(0, 256, (height, width, 3), dtype=np.uint8)
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(pixels).save(out, "PNG", exif=exif)
    return out.getvalue()


class SquareEngine(EchoEngine):
    """Keeps the pixels that it is given; its encoder takes a square of 64 px."""

    def __init__(self) -> None:
        super().__init__("square")
        self.given: list[RGB] = []

    def sights(self, request: EngineRequest) -> tuple[Sight, ...]:
        self.given = [part.image.pixels for part in request.images]
        return tuple(Sight(64, 64, 0) for _ in request.images)


@pytest.mark.parametrize("detail", ["low", "high"])
def test_the_pixels_are_those_that_the_engine_gets(detail: str) -> None:
    engine = SquareEngine()
    loader = ImageLoader(in_process=True)
    chat = Chat({"square": engine}, {}, loader, None)
    part = ImagePart(noise(900, 700, orientation=6), detail, "p")  # type: ignore[arg-type]
    request = GenerationRequest("square", (Message("user", (TextPart("Look"), part)),))

    async def scenario() -> Preview:
        await (await chat.answer(request)).text()
        (preview,) = await chat.preview(request)
        await chat.close()
        return preview

    preview = asyncio.run(scenario())
    answered_with = engine.given[0]
    assert np.array_equal(preview.seen.image.pixels, answered_with)
    assert answered_with.shape == ((512, 398, 3) if detail == "low" else (900, 700, 3))
    assert np.array_equal(preview.encoder_pixels, overview(answered_with, 64))


def test_a_preview_is_lossless_upright_and_has_the_receipt_of_the_answer(server: Running) -> None:
    body = ask("What is it?", image_part(data_url(noise(300, 200, orientation=6), "image/png")))
    (image,) = previewed(server, body)
    upright = np.rot90(pixels_of(data_url(noise(300, 200), "image/png")), -1)
    assert np.array_equal(pixels_of(image["picture"]), upright)
    assert image["encoder_picture"] is None
    assert "reading" not in image
    (receipt,) = httpx2.post(server.url + CHAT, json=body, timeout=60).json()["sightline"]["images"]
    timeless = {name for name in receipt if not name.endswith("_ms")}
    assert {name: image[name] for name in timeless} == {name: receipt[name] for name in timeless}


def test_the_lines_come_with_the_header_that_asks_for_them(server: Running) -> None:
    body = ask("What is it?", image_part(data_url(picture(400, 300))), model="echo-reads")
    (image,) = previewed(server, body, **{"x-sightline-reading": "1"})
    assert image["reading"] == []


def test_a_region_is_cut_from_the_upright_source_and_planned_alone(server: Running) -> None:
    body = ask("What is it?", image_part(data_url(noise(3000, 2000, orientation=6), "image/png"), "high"))
    (image,) = previewed(server, body, "?region=100,200,400,500")
    upright = np.rot90(pixels_of(data_url(noise(3000, 2000), "image/png")), -1)
    assert np.array_equal(pixels_of(image["picture"]), upright[200:500, 100:400])
    assert (image["source_width"], image["source_height"], image["columns"]) == (300, 300, 1)


@pytest.mark.parametrize(
    ("region", "message"),
    [
        ("1,2,3", "Invalid 'region': '1,2,3' is not x0,y0,x1,y1 in whole pixels of the upright picture."),
        ("-1,0,5,5", "Invalid 'region': '-1,0,5,5' is not x0,y0,x1,y1 in whole pixels of the upright picture."),
        ("0,0,401,300", "Invalid 'region': 0,0,401,300 is no part of a picture of 400 x 300 px."),
        ("9,9,9,20", "Invalid 'region': 9,9,9,20 is no part of a picture of 400 x 300 px."),
    ],
)
def test_a_region_that_is_none_is_refused_with_what_it_was(server: Running, region: str, message: str) -> None:
    body = ask("What is it?", image_part(data_url(picture(400, 300))))
    reply = httpx2.post(f"{server.url}{PREVIEW}?region={region}", json=body, timeout=60)
    assert (reply.status_code, reply.json()["error"]["param"]) == (400, "region")
    assert reply.json()["error"]["message"] == message


def test_a_region_of_two_pictures_and_an_unknown_query_are_refused(server: Running) -> None:
    both = ask("What is it?", *[image_part(data_url(picture(400, 300)))] * 2)
    reply = httpx2.post(f"{server.url}{PREVIEW}?region=0,0,5,5", json=both, timeout=60)
    assert (reply.status_code, reply.json()["error"]["param"]) == (400, "region")
    assert httpx2.post(f"{server.url}{PREVIEW}?crop=1", json=both, timeout=60).json()["error"]["param"] == "crop"
