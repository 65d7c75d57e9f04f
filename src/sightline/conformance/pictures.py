"""The pictures that a server is tried with: drawn here, the same at every run."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

WORDS = ("MAPLE", "TIGER", "CLOUD", "ROBOT", "PIANO", "WATER", "LEMON", "HOUSE")
COLOURS = ("crimson", "gold", "royalblue", "seagreen", "darkorange", "purple", "teal", "sienna")
SIZE = (480, 320)
ORIENTATION_TAG = 0x0112
BEST: dict[str, dict[str, Any]] = {"WEBP": {"lossless": True}, "JPEG": {"quality": 97, "subsampling": 0}}
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}  # what a camera stores for each orientation: the upright picture turned so that its tag turns it back


@dataclass(frozen=True)
class Picture:
    """Encoded bytes and what they are called."""

    data: bytes
    mime: str = "image/png"

    @cached_property
    def url(self) -> str:
        """The picture as a data URL."""
        return f"data:{self.mime};base64,{base64.b64encode(self.data).decode()}"


def encode(image: Image.Image, kind: str = "PNG", **options: Any) -> Picture:
    """Return the picture as a file of a kind that Pillow writes."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return Picture(out.getvalue(), f"image/{kind.lower()}")


def scene(number: int = 0, size: tuple[int, int] = SIZE) -> Image.Image:
    """Return a large black word on white below a band of one colour; each number has its own of both."""
    width, height = size
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width, height // 3), fill=COLOURS[number])
    draw.text((width // 2, height * 2 // 3), WORDS[number], "black", anchor="mm", font_size=width // 5)
    return image


def plain(size: tuple[int, int] = SIZE, colour: str = "gray") -> Picture:
    """Return a picture of one colour."""
    return encode(Image.new("RGB", size, colour))


def turned(image: Image.Image, orientation: int) -> Image.Image:
    """Return what a camera that was held so stores of an upright picture."""
    return image.transpose(TURNS[orientation])


def with_orientation(image: Image.Image, orientation: int, kind: str) -> Picture:
    """Return a file whose pixels are turned and whose EXIF says how to turn them back."""
    exif = Image.Exif()
    exif[ORIENTATION_TAG] = orientation
    return encode(turned(image, orientation), kind, exif=exif.tobytes(), **BEST.get(kind, {}))


def as_stored(picture: Picture) -> Image.Image:
    """Return the very pixels of a file, losses of its coding included, whatever its EXIF says of them."""
    with Image.open(io.BytesIO(picture.data)) as stored:  # noqa: TID251  drawn here, a moment ago
        return Image.fromarray(np.asarray(stored.convert("RGB")))


def turned_back(image: Image.Image, orientation: int) -> Image.Image:
    """Return the upright picture of what a camera stored."""
    back = {**TURNS, 6: Image.Transpose.ROTATE_270, 8: Image.Transpose.ROTATE_90}
    return image.transpose(back[orientation])


def heic(image: Image.Image) -> Picture:
    """Return a picture as phones store it."""
    import pillow_heif  # slow to load

    out = io.BytesIO()
    pillow_heif.from_pillow(image).save(out, quality=95)
    return Picture(out.getvalue(), "image/heic")


def fine_print(number: int) -> Image.Image:
    """Return 2000 x 600 px with a line of one word, 13 px high: clear at full size, 3 px where the long side is 512."""
    image = Image.new("RGB", (2000, 600), "white")
    line = " ".join([WORDS[number]] * 8)  # a line: single small words are hard to find on a large page
    ImageDraw.Draw(image).text((1000, 300), line, "black", anchor="mm", font_size=13)
    return image


def two_lines(first: int = 0, second: int = 1) -> Image.Image:
    """Return two words, one above the other, below a coloured band: turned, they stand in another order."""
    image = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, SIZE[0], SIZE[1] // 4), fill=COLOURS[first])
    for place, number in ((0.45, first), (0.8, second)):
        draw.text((SIZE[0] // 2, round(SIZE[1] * place)), WORDS[number], "black", anchor="mm", font_size=SIZE[1] // 4)
    return image


def busy_page(seed: int) -> Picture:
    """Return 2000 x 760 px of words and specks: work for any stage that looks at all of it."""
    noise = np.random.default_rng(seed)
    image = Image.fromarray(noise.integers(200, 256, (760, 2000, 3), dtype=np.uint8))
    draw = ImageDraw.Draw(image)
    for row in range(12):
        words = "   ".join(WORDS[(seed + row + column) % len(WORDS)] for column in range(8))
        draw.text((40, 20 + 60 * row), words, "black", font_size=36)
    return encode(image, "JPEG", quality=90)


def png_bomb(side_px: int = 30_000) -> Picture:
    """Return a few KB that claim to be `side_px` square."""
    header = struct.pack(">IIBBBBB", side_px, side_px, 8, 2, 0, 0, 0)
    pieces = [_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(bytes(100_000))), _chunk(b"IEND", b"")]
    return Picture(b"\x89PNG\r\n\x1a\n" + b"".join(pieces))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def jpeg_bomb(side_px: int = 65_000) -> Picture:
    """Return a small JPEG whose frame header claims `side_px` square."""
    data = bytearray(encode(Image.new("RGB", (16, 16)), "JPEG").data)
    frame = data.index(b"\xff\xc0")
    struct.pack_into(">HH", data, frame + 5, side_px, side_px)
    return Picture(bytes(data), "image/jpeg")


def gif_bomb(side_px: int = 65_000) -> Picture:
    """Return a small GIF whose screen and frame claim `side_px` square."""
    data = bytearray(encode(Image.new("P", (16, 16)), "GIF").data)
    struct.pack_into("<HH", data, 6, side_px, side_px)
    struct.pack_into("<HH", data, data.index(b",\0\0\0\0") + 5, side_px, side_px)
    return Picture(bytes(data), "image/gif")


def webp_bomb() -> Picture:
    """Return a small lossless WebP that claims 16384 x 16384 px."""
    data = bytearray(encode(Image.new("RGB", (16, 16)), "WEBP", lossless=True).data)
    place = data.index(b"VP8L") + 9  # after the tag, its length and the signature
    (bits,) = struct.unpack_from("<I", data, place)
    struct.pack_into("<I", data, place, bits & ~0x0FFFFFFF | 0x0FFFFFFF)
    return Picture(bytes(data), "image/webp")


def same_size(numbers: Sequence[int]) -> list[Picture]:
    """Return pictures of one size, each with its own word and colour."""
    return [encode(scene(number)) for number in numbers]
