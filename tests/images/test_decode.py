from __future__ import annotations

import asyncio
import os
import signal
import struct
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from sightline.errors import ImageError
from sightline.images.decode import DecodePool, decode_in_process
from sightline.images.decode_pixels import Job, Verdict
from sightline.images.limits import ImageLimits
from sightline.images.orientation import read_orientation
from sightline.images.picture import RGB, SourceImage
from sightline.images.sniff import count_scans, sniff_format, sniff_size

Load = Callable[..., SourceImage]
Encode = Callable[..., bytes]
LIMITS = ImageLimits(decode_wall_s=60.0)  # tests may share the machine with anything
JOB = Job("png", LIMITS.max_pixels, LIMITS.max_side_px, LIMITS.svg_side_px, LIMITS.page_dpi, LIMITS.max_page_pixels)


def picture(width: int = 60, height: int = 40) -> Image.Image:
    """Four areas of different colours: no turn leaves it as it was."""
    image = Image.new("RGB", (width, height), (250, 250, 250))
    image.paste((200, 30, 30), (0, 0, width // 2, height // 2))
    image.paste((30, 160, 60), (width // 2, 0, width, height // 4))
    image.paste((40, 60, 200), (0, height // 2, width // 3, height))
    return image


def mean_error(a: RGB, b: Any) -> float:
    return float(np.abs(a.astype(np.int32) - np.asarray(b, np.int32)).mean())


@pytest.mark.parametrize(
    ("format", "name", "tolerance"),
    [
        ("PNG", "png", 0),
        ("BMP", "bmp", 0),
        ("JPEG", "jpeg", 4),
        ("WEBP", "webp", 4),
        ("GIF", "gif", 0),
        ("AVIF", "avif", 4),
    ],
)
def test_t22_every_format_keeps_its_colours(
    load: Load, encode: Encode, format: str, name: str, tolerance: float
) -> None:
    options = {"lossless": True} if format == "WEBP" else {"quality": 95} if format in ("JPEG", "AVIF") else {}
    got = load(encode(picture(), format, **options))
    assert got.receipt.format == name
    assert (got.receipt.source_width, got.receipt.source_height) == (60, 40)
    assert mean_error(got.pixels, picture()) <= tolerance


def test_heic_keeps_its_colours(load: Load, tmp_path: Path) -> None:
    import pillow_heif

    file = tmp_path / "a.heic"
    pillow_heif.from_pillow(picture()).save(file, quality=95)
    got = load(file)
    assert got.receipt.format == "heic"
    assert mean_error(got.pixels, picture()) <= 4


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_t24_each_exif_orientation_gives_the_upright_picture(
    load: Load, encode: Encode, orientation: int, format: str
) -> None:
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # the transposes that turn upright into as-stored
    stored = picture().transpose(Image.Transpose(undo[orientation])) if orientation in undo else picture()
    exif = Image.Exif()
    exif[0x0112] = orientation
    got = load(encode(stored, format, exif=exif, **({"quality": 95} if format != "PNG" else {})))
    assert got.pixels.shape == (40, 60, 3)
    assert mean_error(got.pixels, picture()) <= 4
    assert got.receipt.orientation == orientation


@pytest.mark.parametrize(
    "exif",
    [
        b"",
        b"Exif\x00\x00",
        b"II*\x00\xff\xff\xff\xff",
        b"II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x00\x00\x00\x00",  # 0
        b"II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x09\x00\x00\x00",  # 9
        b"II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x02\x00\x04\x00\x00\x006\x00\x00\x00",  # as text
        b"II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\xff\xff\xff\xff\x06\x00\x00\x00",  # 4 G values
        b"II*\x00\x08\x00\x00\x00\xff\xff" + bytes(24),
    ],
)
def test_a_broken_orientation_leaves_the_picture_as_it_is(exif: bytes) -> None:
    assert read_orientation(exif) == 1


def test_orientation_is_read_in_both_byte_orders() -> None:
    for order in ("<", ">"):
        entry = struct.pack(order + "HHIHH", 0x0112, 3, 1, 6, 0)
        tiff = (b"II" if order == "<" else b"MM") + struct.pack(order + "HIH", 42, 8, 1) + entry
        assert read_orientation(b"Exif\x00\x00" + tiff) == 6


def test_t21_transparency_is_placed_on_white(load: Load, encode: Encode) -> None:
    rgba = picture().convert("RGBA")
    rgba.putalpha(Image.linear_gradient("L").resize(rgba.size))
    expected = Image.alpha_composite(Image.new("RGBA", rgba.size, "white"), rgba).convert("RGB")
    grey_alpha = Image.new("LA", (8, 8), (0, 0))
    palette = Image.new("P", (8, 8), 1)
    palette.putpalette([10, 20, 30, 200, 100, 50])
    for format in ("PNG", "WEBP"):
        got = load(encode(rgba, format, **({"lossless": True} if format == "WEBP" else {})))
        assert mean_error(got.pixels, expected) <= 1
        assert got.receipt.notes == ("transparency placed on white",)
    assert load(encode(grey_alpha)).pixels.min() == 255
    assert load(encode(palette, "PNG", transparency=1)).pixels.min() == 255
    assert tuple(load(encode(palette, "PNG", transparency=0)).pixels[0, 0]) == (200, 100, 50)


def test_t21_palette_grey_and_one_bit_become_rgb(load: Load, encode: Encode) -> None:
    for mode, tolerance in (("P", 3), ("L", 0), ("1", 0)):
        image = picture().convert(mode)
        got = load(encode(image))
        assert mean_error(got.pixels, image.convert("RGB")) <= tolerance


def test_t21_sixteen_bits_are_scaled_and_not_clipped(load: Load, encode: Encode) -> None:
    ramp = np.linspace(0, 65535, 256).astype(np.uint16).reshape(1, 256).repeat(4, 0)
    got = load(encode(Image.fromarray(ramp)))
    assert mean_error(got.pixels[:, :, 0], ramp >> 8) <= 1
    assert (got.pixels[:, :, 0] == got.pixels[:, :, 2]).all()


@pytest.mark.parametrize("mode", ["CMYK", "YCbCr", "L"])
def test_t21_jpeg_colour_spaces_keep_their_colours(load: Load, encode: Encode, mode: str) -> None:
    image = picture().convert(mode)
    got = load(encode(image, "JPEG", quality=95))
    assert mean_error(got.pixels, image.convert("RGB")) <= 4


def test_t23_the_first_frame_of_an_animation_is_used_and_said_to_be(load: Load, encode: Encode) -> None:
    later = [Image.new("RGB", (60, 40), colour) for colour in ("black", "yellow")]
    for format in ("GIF", "PNG", "WEBP"):
        options: dict[str, Any] = {"save_all": True, "append_images": later, "duration": 50, "loop": 0}
        got = load(encode(picture(), format, **options))
        assert mean_error(got.pixels, picture()) <= 4
        assert got.receipt.notes == ("first of several frames",)


@pytest.mark.parametrize(("width", "height"), [(1, 1), (1, 2), (3, 1), (1, 3), (1, 4000), (4000, 1), (2, 16384)])
def test_odd_sizes_are_decoded(load: Load, encode: Encode, width: int, height: int) -> None:
    image = Image.new("RGB", (width, height), (1, 2, 3))
    got = load(encode(image))
    assert got.pixels.shape == (height, width, 3)
    assert (got.pixels == (1, 2, 3)).all()


def test_strips_join_to_the_whole_picture(load: Load, encode: Encode) -> None:
    noise = np.random.default_rng(5).integers(0, 256, (2311, 1777, 3), np.uint8)
    data = encode(Image.fromarray(noise), compress_level=1)
    assert (load(data).pixels == noise).all()
    in_process = decode_in_process(data, JOB).pixels
    assert in_process is not None
    assert (in_process == noise).all()


def test_t30_a_truncated_picture_is_said_to_be_invalid(load: Load, encode: Encode) -> None:
    for format in ("JPEG", "PNG", "WEBP", "BMP", "AVIF"):
        data = encode(picture(), format)
        with pytest.raises(ImageError) as refused:
            load(data[: len(data) * 6 // 10])
        assert refused.value.code == "image_parse_error"
        assert refused.value.message == "You uploaded an unsupported image. Please make sure your image is valid."
        assert refused.value.param == "messages[0].content[1]"


def test_scans_are_counted_and_not_looked_for_past_the_end(encode: Encode) -> None:
    baseline = encode(picture(), "JPEG")
    progressive = encode(picture(), "JPEG", progressive=True)
    assert count_scans(baseline, 64) == 1
    assert 6 <= count_scans(progressive, 64) <= 14
    assert count_scans(baseline + b"\xff\xda" * 1000, 64) == 1  # a video behind the picture, say


def test_a_jpeg_of_two_thousand_scans_is_refused_at_once_and_killed_without_the_count(bad_images: Path) -> None:
    data = (bad_images / "synthetic" / "jpeg_prog_49mp_many_scans.jpg").read_bytes()
    start_cpu_s = time.process_time()
    assert count_scans(data, 64) == 65
    assert time.process_time() - start_cpu_s < 0.1
    with DecodePool(replace(LIMITS, decode_cpu_s=1, decode_wall_s=60.0), 1) as pool:
        assert pool.decode(data, replace(JOB, format="jpeg")).outcome.verdict is Verdict.TOO_MUCH_WORK
        assert len(pool._crashes) <= 1
        assert time.process_time() - start_cpu_s < 2


def test_a_child_that_does_nothing_is_ended_by_the_wall_limit_and_the_picture_is_not_blamed(encode: Encode) -> None:
    data = encode(picture())
    with DecodePool(replace(LIMITS, decode_wall_s=1.0), 1) as pool:
        pool.decode(data, JOB)
        os.kill(pool._idle[0].pid, signal.SIGSTOP)
        start_s = time.monotonic()
        assert pool.decode(data, JOB).outcome.verdict is Verdict.MACHINE_BUSY
        assert time.monotonic() - start_s < 10
        assert pool._idle == []
        assert not pool._crashes


def test_the_memory_limit_refuses_a_picture_and_the_child_lives_on(encode: Encode) -> None:
    large = encode(Image.new("RGB", (7000, 7000)), compress_level=1)
    with DecodePool(replace(LIMITS, decode_memory_bytes=150 * 1024 * 1024), 1) as pool:
        assert pool.decode(large, JOB).outcome.verdict is Verdict.TOO_MUCH_WORK
        assert pool.decode(encode(picture()), JOB).outcome.verdict is Verdict.DECODED


def test_a_child_that_is_killed_is_replaced(encode: Encode) -> None:
    data = encode(picture())
    with DecodePool(LIMITS, 1) as pool:
        pool.decode(data, JOB)
        child = pool._idle[0]
        os.kill(child.pid, signal.SIGSEGV)
        child.wait_for_its_end()
        assert pool.decode(data, JOB).outcome.verdict is Verdict.DECODED
        assert pool._idle[0].pid != child.pid


@pytest.mark.parametrize("verdict", [Verdict.CORRUPT, Verdict.TOO_MUCH_WORK])
def test_a_picture_that_crashed_two_children_is_refused_unseen(encode: Encode, verdict: Verdict) -> None:
    data, other = encode(picture()), encode(picture(61))
    with DecodePool(LIMITS, 1) as pool:
        for _ in range(2):
            pool._remember_crash(data, verdict)
        assert pool.decode(data, JOB).outcome.verdict is verdict
        assert pool._idle == []
        assert pool.decode(other, JOB).outcome.verdict is Verdict.DECODED


def test_a_child_has_no_secret_of_the_server(encode: Encode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGHTLINE_CANARY", "canary")
    with DecodePool(LIMITS, 1) as pool:
        pool.decode(encode(picture()), JOB)
        process = Path(f"/proc/{pool._idle[0].pid}")
        assert b"canary" not in (process / "environ").read_bytes()
        assert len(list((process / "fd").iterdir())) <= 4


def test_no_child_outlives_the_pool(encode: Encode) -> None:
    with DecodePool(LIMITS, 1) as pool:
        pool.decode(encode(picture()), JOB)
        pid = pool._idle[0].pid
    assert not Path(f"/proc/{pid}").exists()


@pytest.mark.parametrize(
    ("start", "format"),
    [
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"\x89PNG\r\n\x1a\r", None),
        (b"GIF89a", "gif"),
        (b"GIF88a", None),
        (b"RIFF\x00\x00\x00\x00WEBP", "webp"),
        (b"RIFF\x00\x00\x00\x00WAVE", None),
        (b"BM", "bmp"),
        (b"\x00\x00\x00\x1cftypheic\x00\x00\x00\x00mif1", "heic"),
        (b"\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1heicmiaf", "heic"),
        (b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00mif1", "avif"),
        (b"\x00\x00\x00\x1cftypisom\x00\x00\x00\x00mp42", None),
        (b"%PDF-1.7", "pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", "svg"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- made by hand -->\n<svg>", "svg"),
        (b"<!DOCTYPE html><html><svg>", None),
        (b"<html><body>404</body></html>", None),
        (b"II*\x00", None),
        (b"\x80\x04\x95", None),
        (b"\x1f\x8b\x08", None),
        (b"PK\x03\x04", None),
        (b"", None),
    ],
)
def test_magic_bytes_name_the_format(start: bytes, format: str | None) -> None:
    assert sniff_format(start) == format


@pytest.mark.parametrize("format", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "AVIF"])
def test_the_size_in_the_header_is_read_without_a_decoder(encode: Encode, format: str) -> None:
    data = encode(picture(123, 77), format)
    name = sniff_format(data)
    assert name is not None
    assert sniff_size(data, name) == (123, 77)


def test_many_threads_share_the_children_and_nothing_is_mixed_up(encode: Encode) -> None:
    colours = [(i * 7 % 256, i * 31 % 256, i * 101 % 256) for i in range(40)]
    files = [encode(Image.new("RGB", (50 + i, 30), colour)) for i, colour in enumerate(colours)]

    async def run() -> list[Any]:
        return await asyncio.gather(*(asyncio.to_thread(pool.decode, data, JOB) for data in files))

    with DecodePool(LIMITS, 2) as pool:
        decoded = asyncio.run(run())
    for i, one in enumerate(decoded):
        assert one.pixels.shape == (30, 50 + i, 3)
        assert (one.pixels == colours[i]).all()
