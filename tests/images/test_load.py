from __future__ import annotations

import asyncio
import base64
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from sightline.errors import ImageError, Overloaded
from sightline.images.admission import Admission
from sightline.images.fetch import FetchPolicy
from sightline.images.limits import ImageLimits
from sightline.images.load import ImageLoader
from sightline.images.picture import SourceImage
from sightline.types import ImagePart

Load = Callable[..., SourceImage]
Encode = Callable[..., bytes]
DataUrl = Callable[..., str]
PARAM = "messages[0].content[1]"


def test_a_data_url_bytes_and_a_file_give_the_same_picture(
    load: Load, encode: Encode, data_url: DataUrl, tmp_path: Path
) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (400, 500, 3), np.uint8)
    data = encode(Image.fromarray(noise))
    (tmp_path / "a.png").write_bytes(data)
    for source in (data, data_url(data), data_url(data, "image/jpg"), tmp_path / "a.png"):
        assert np.array_equal(load(source).pixels, noise)


def test_the_receipt_says_what_was_done(load: Load, encode: Encode) -> None:
    data = encode(Image.new("RGBA", (300, 200), (0, 0, 0, 0)))
    receipt = load(data, "low").receipt
    assert (receipt.format, receipt.n_bytes, receipt.detail) == ("png", len(data), "low")
    assert (receipt.source_width, receipt.source_height, receipt.orientation) == (300, 200, 1)
    assert receipt.notes == ("transparency placed on white",)
    assert receipt.decode_ms > 0


@pytest.mark.parametrize(
    ("source", "code", "text"),
    [
        (b"", "empty_image_file", "empty base64-encoded bytes."),
        (b"\x07 random bytes", "unsupported_image_media_type", "formats: ['png', 'jpeg', 'gif', 'webp'"),
        (b"%PDF-1.7 ...", "unsupported_image_media_type", "You uploaded an unsupported image."),
        (b"<html></html>", "unsupported_image_media_type", "You uploaded an unsupported image."),
        (b"\x89PNG\r\n\x1a\n", "image_parse_error", "Please make sure your image is valid."),
        ("hello", "invalid_value", "Expected a valid URL"),
        ("iVBORw0KGgo" + "A" * 80, "invalid_base64_image", "a value without the 'data:' prefix."),
        ("data:application/pdf;base64,JVBERi0=", "invalid_image_format", "Only image types are supported."),
        ("http://127.0.0.1/a.png", "invalid_image_url", "Error while downloading http://127.0.0.1/a.png."),
        (Path("/nonexistent/a.png"), "image_file_not_found", "a.png cannot be read"),
    ],
)
def test_each_refusal_has_its_code_and_names_the_place(load: Load, source: Any, code: str, text: str) -> None:
    with pytest.raises(ImageError) as refused:
        load(source, param=PARAM)
    assert refused.value.code == code
    assert text in refused.value.message
    assert refused.value.param == PARAM


def test_t34_a_page_behind_a_url_is_not_a_picture(serve: Callable[..., Any]) -> None:
    async def run() -> None:
        body = b"<!DOCTYPE html><html></html>"
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: %d\r\n\r\n" % len(body) + body
        async with serve({"/a.png": answer}) as origin:
            policy = FetchPolicy(
                allowed_cidrs=("127.0.0.2/32",),
                ports=frozenset({origin.port}),
                resolver=lambda host, port: ["127.0.0.2"],
            )
            async with ImageLoader(fetch_policy=policy) as loader:
                await loader.load(ImagePart(f"http://img.example.com:{origin.port}/a.png"))

    with pytest.raises(ImageError) as refused:
        asyncio.run(run())
    assert refused.value.code == "unsupported_image_media_type"


def test_t36_too_many_bytes_are_refused(encode: Encode, tmp_path: Path) -> None:
    data = encode(Image.new("RGB", (64, 64))) + bytes(5000)
    (tmp_path / "a.png").write_bytes(data)

    async def run(source: Any) -> None:
        async with ImageLoader(ImageLimits(max_bytes=4000)) as loader:
            await loader.load(ImagePart(source))

    for source in (data, tmp_path / "a.png", "data:image/png;base64," + base64.b64encode(data).decode()):
        with pytest.raises(ImageError) as refused:
            asyncio.run(run(source))
        assert refused.value.code == "image_too_large"


def png_header(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes(9)


def test_t36_a_bomb_is_refused_by_its_header(load: Load) -> None:
    for width, height in ((30_000, 30_000), (16_385, 1)):
        start_s = time.process_time()
        with pytest.raises(ImageError, match=f"{width:,} x {height:,}") as refused:
            load(png_header(width, height))
        assert refused.value.code == "image_too_large"
        assert time.process_time() - start_s < 0.1


def test_t37_too_many_images_are_refused_before_any_is_looked_at() -> None:
    async def run() -> None:
        async with ImageLoader() as loader:
            await loader.load_all(
                [ImagePart("data:not even that", param=f"messages[0].content[{i}]") for i in range(17)]
            )

    with pytest.raises(ImageError) as refused:
        asyncio.run(run())
    assert refused.value.message == "Too many images in request: 17, maximum allowed: 16"
    assert refused.value.param == "messages[0].content[16]"


def test_summed_pixels_are_checked_before_any_decode() -> None:
    async def run() -> float:
        async with ImageLoader() as loader:
            start_s = time.process_time()
            with pytest.raises(ImageError) as refused:
                await loader.load_all([ImagePart(png_header(3000, 3000)) for _ in range(16)])
            assert refused.value.code == "image_too_large"
            assert loader._pool is not None
            assert loader._pool._idle == []
            return time.process_time() - start_s

    assert asyncio.run(run()) < 0.1


def test_pictures_come_back_in_the_order_of_the_request(encode: Encode) -> None:
    sizes = [(400, 300), (1, 1), (1500, 1200), (33, 44)]
    parts = [ImagePart(encode(Image.new("RGB", size))) for size in sizes]

    async def run() -> list[SourceImage]:
        async with ImageLoader(ImageLimits(decode_wall_s=60.0)) as loader:
            return await loader.load_all(parts)

    assert [(image.pixels.shape[1], image.pixels.shape[0]) for image in asyncio.run(run())] == sizes


def test_local_pictures_are_checked_before_anything_is_fetched() -> None:
    def asked(host: str, port: int) -> list[str]:
        raise AssertionError

    async def run() -> None:
        async with ImageLoader(fetch_policy=FetchPolicy(resolver=asked)) as loader:
            await loader.load_all(
                [ImagePart("http://img.example.com/a.png", param="first"), ImagePart(b"", param="second")]
            )

    with pytest.raises(ImageError) as refused:
        asyncio.run(run())
    assert refused.value.param == "second"


def test_in_process_and_in_a_child_give_the_same_pixels(load: Load, encode: Encode) -> None:
    data = encode(Image.radial_gradient("L").convert("RGB"), "JPEG")

    async def run() -> SourceImage:
        async with ImageLoader(in_process=True) as loader:
            return await loader.load(ImagePart(data))

    assert np.array_equal(asyncio.run(run()).pixels, load(data).pixels)


def test_pixels_in_flight_are_counted_until_the_picture_is_let_go(encode: Encode) -> None:
    data = encode(Image.new("RGB", (1000, 1000)))
    limits = ImageLimits(
        max_pixels_in_flight=1_500_000, max_request_pixels=1_500_000, admission_wait_s=1.0, decode_wall_s=60.0
    )

    async def run() -> None:
        async with ImageLoader(limits) as loader:
            held = await loader.load(ImagePart(data))
            with pytest.raises(Overloaded) as refused:
                await loader.load(ImagePart(data))
            assert refused.value.retry_after_s >= 1
            waiting = asyncio.create_task(loader.load(ImagePart(data)))
            await asyncio.sleep(0.02)
            del held
            await waiting
            del waiting
            with pytest.raises(ImageError):
                await loader.load(ImagePart(data[:-300]))
            assert loader._in_flight.in_use == 0

    asyncio.run(run())


def test_admission_is_first_come_first_served_and_survives_those_who_give_up() -> None:
    async def run() -> list[str]:
        admission, order = Admission(10), list[str]()

        async def take(name: str, amount: int, timeout_s: float | None = None) -> None:
            try:
                await admission.acquire(amount, timeout_s)
            except TimeoutError:
                order.append(f"{name} gave up")
            else:
                order.append(name)

        await admission.acquire(8)
        tasks = [asyncio.create_task(take(*one)) for one in (("a", 9, 0.05), ("b", 5), ("c", 2))]
        await asyncio.sleep(0.1)
        admission.release(8)
        await asyncio.gather(*tasks)
        admission.release(5)
        admission.release(2)
        assert admission.in_use == 0
        return order

    assert asyncio.run(run()) == ["a gave up", "b", "c"]


def test_limits_that_could_never_let_a_request_in_are_refused() -> None:
    from sightline.errors import ConfigError

    for wrong in ({"max_bytes": 0}, {"max_pixels_in_flight": 1_000}):
        with pytest.raises(ConfigError):
            replace(ImageLimits(), **wrong)
