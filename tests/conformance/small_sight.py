"""What the small server of these tests sees: pixels, named coarsely, and the words that it knows by sight."""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from sightline.conformance.pictures import WORDS, fine_print, scene

MAX_SIDE = 10_000
GRID = 12
NOISE = 2.0  # levels of 255, a mean
Levels = NDArray[np.int32]
LOW_PX, TOKENS_LOW, TOKENS_A_TILE, TILE_PX = 512, 20, 20, 512


class NotAPicture(Exception):
    """Bytes that this server refuses."""


class Crash(Exception):
    """What a server without care runs into."""


def thumbnail(image: Image.Image) -> Levels:
    """Return a picture's coarse colours."""
    return np.asarray(image.resize((GRID, GRID), Image.Resampling.BOX), dtype=np.int32)


def is_like(one: Levels, other: Levels) -> bool:
    """Tell whether two pictures differ by no more than JPEG's noise."""
    return float(np.abs(one - other).mean()) < NOISE


@cache
def known_words() -> list[tuple[str, tuple[int, int], Levels]]:
    """Return the words that this server knows by sight."""
    return [(word, image.size, thumbnail(image)) for number, word in enumerate(WORDS) for image in [scene(number)]]


@cache
def known_print() -> dict[bytes, str]:
    """Return the fine print that this server knows, pixel by pixel."""
    return {fine_print(number).tobytes(): word for number, word in enumerate(WORDS)}


@dataclass(frozen=True)
class Look:
    """One picture as this server got it: what it says of it, and what it costs."""

    size: tuple[int, int]
    description: str
    word: str
    colour: str
    tokens: int


@dataclass
class Eyes:
    """Decodes and names. `faults` are the ways to get it wrong."""

    faults: frozenset[str] = frozenset()
    by_size: dict[tuple[int, int], Look] = field(default_factory=dict)
    by_bytes: dict[bytes, Look] = field(default_factory=dict)
    words: list[tuple[str, tuple[int, int], Levels]] = field(default_factory=lambda: known_words())
    fine: dict[bytes, str] = field(default_factory=lambda: known_print())
    seen: list[tuple[tuple[int, int], Levels]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def look(self, data: bytes, mime: str, detail: str) -> Look:
        """Return what is seen of a file."""
        key = sha256(data).digest()
        if "detail_not_in_cache" in self.faults and key in self.by_bytes:
            return self.by_bytes[key]
        image = self.decode(data, mime)
        if "cache_by_size" in self.faults and image.size in self.by_size:
            return self.by_size[image.size]
        seen = self.name(image, detail)
        self.by_bytes[key] = self.by_size[image.size] = seen
        return seen

    def decode(self, data: bytes, mime: str) -> Image.Image:
        """Return upright RGB pixels on white."""
        try:
            image: Image.Image = Image.open(io.BytesIO(data))  # noqa: TID251  a server of its own
            if max(image.size) > MAX_SIDE:
                raise NotAPicture(f"{image.size} is too large")
            if "trusts_media_types" in self.faults and not mime.endswith((image.format or "").lower()):
                raise Crash("decoder for another format")
            if "last_frame" in self.faults:
                image.seek(getattr(image, "n_frames", 1) - 1)
            image.load()
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
            raise NotAPicture("not an image") from error
        if min(image.size) == 1 and "crashes_on_odd_sizes" in self.faults:
            raise Crash("no room for a patch")
        if "ignores_exif" not in self.faults:
            image = ImageOps.exif_transpose(image)
        return self.flatten(image)

    def flatten(self, image: Image.Image) -> Image.Image:
        """Return RGB pixels."""
        if image.mode in ("I;16", "I"):
            levels = np.asarray(image).astype(np.int64)
            levels = np.clip(levels, 0, 255) if "clips_16_bit" in self.faults else levels // 257
            return Image.fromarray(levels.astype(np.uint8)).convert("RGB")
        if "drops_alpha" not in self.faults and ("A" in image.mode or "transparency" in image.info):
            clear = image.convert("RGBA")
            ground = Image.new("RGBA", clear.size, "white")
            ground.alpha_composite(clear)
            return ground.convert("RGB")
        return image.convert("RGB")

    def name(self, image: Image.Image, detail: str) -> Look:
        """Return the look of upright pixels."""
        if detail == "low" and "ignores_detail" not in self.faults:
            image.thumbnail((LOW_PX, LOW_PX))
            tokens = TOKENS_LOW
        else:
            tokens = TOKENS_LOW + TOKENS_A_TILE * (1 + image.width // TILE_PX) * (1 + image.height // TILE_PX)
        number, small = self.number(image), thumbnail(image)
        like = [word for word, size, drawn in self.words if size == image.size and is_like(drawn, small)]
        word = self.fine.get(image.tobytes(), like[0] if like else "")
        colour = repr(image.getpixel((image.width // 2, image.height // 5)))  # in the band of a scene
        return Look(image.size, f"{image.width} x {image.height} number {number}", word, colour, tokens)

    def number(self, image: Image.Image) -> int:
        """Return the same number for pictures that look alike, however they were encoded."""
        small = thumbnail(image)
        with self.lock:
            for number, (size, other) in enumerate(self.seen):
                if size == image.size and is_like(small, other):
                    return number
            self.seen.append((image.size, small))
            return len(self.seen) - 1
