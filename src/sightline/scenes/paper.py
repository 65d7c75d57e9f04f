"""The picture of a sheet: its text at its places, then the paper, the table it lies on, the light and the camera."""

from __future__ import annotations

import io
import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, JpegImagePlugin

from sightline.scenes.fonts import load
from sightline.scenes.sheet import Colour, Placement, Sheet

RGB = NDArray[np.uint8]
Field = NDArray[np.float32]

_TINTS: dict[str, tuple[Colour, ...]] = {
    "thermal": ((246, 246, 244), (238, 239, 242), (250, 248, 240), (228, 228, 226), (244, 240, 228), (252, 252, 252)),
    "white": ((252, 252, 252), (247, 247, 245), (240, 240, 238), (250, 249, 243)),
    "aged": ((243, 234, 210), (236, 226, 198), (246, 240, 224), (228, 216, 186)),
    "card": ((250, 250, 250), (240, 244, 250), (250, 244, 236), (236, 244, 238), (225, 232, 242)),
    "screen": ((255, 255, 255), (255, 255, 255), (250, 250, 252), (246, 246, 246)),
}


def blank(placement: Placement) -> RGB:
    """Return a small white picture of the right aspect."""
    scale = 32 / max(placement.width, placement.height)
    return np.full((max(1, round(placement.height * scale)), max(1, round(placement.width * scale)), 3), 255, np.uint8)


def render_sheet(rng: np.random.Generator, sheet: Sheet, placement: Placement, paper: str) -> RGB:
    """Return the picture of `sheet` as it lies in `placement`, uint8 RGB `(h, w, 3)`."""
    tint = _TINTS[paper][int(rng.integers(len(_TINTS[paper])))]
    page = _set_page(sheet, tint, _fade(rng, paper))
    if paper != "screen":
        page = _wear(rng, page, paper)
    picture = _lay_down(rng, page, placement)
    return _photograph(rng, picture, paper)


def _fade(rng: np.random.Generator, paper: str) -> float:
    """Return how much of the paper shows through the ink: thermal print is often grey."""
    return float(rng.choice([0.0, 0.15, 0.3, 0.45])) if paper == "thermal" else float(rng.choice([0.0, 0.0, 0.1]))


def _set_page(sheet: Sheet, tint: Colour, fade: float) -> Image.Image:
    page = Image.new("RGB", (sheet.width, sheet.height), tint)
    draw = ImageDraw.Draw(page)
    for stroke in sheet.strokes:
        colour = _mix(stroke.colour, tint, fade)
        draw.rectangle(stroke.box, fill=colour if stroke.fill else None, outline=colour)
    for run in sheet.runs:
        font = load(run.face, run.size_px, run.bold)
        draw.text((run.x, run.y), run.text, font=font, fill=_mix(run.colour, tint, fade), anchor="ls")
    return page


def _mix(ink: Colour, tint: Colour, share: float) -> Colour:
    red, green, blue = (round(i * (1 - share) + t * share) for i, t in zip(ink, tint, strict=True))
    return (red, green, blue)


def _smooth_field(rng: np.random.Generator, width: int, height: int, cells: int) -> Field:
    """Return a smooth field of about -1 to 1."""
    small = rng.normal(0, 0.5, (cells, cells)).astype(np.float32)
    image = Image.fromarray(small).resize((width, height), Image.Resampling.BILINEAR)
    return np.asarray(image, dtype=np.float32)


def _wear(rng: np.random.Generator, page: Image.Image, paper: str) -> Image.Image:
    """Return the page creased and stained."""
    width, height = page.size
    shade = 1 + 0.03 * _smooth_field(rng, width, height, 6)
    for _ in range(int(rng.choice([0, 0, 1, 2])) if height > 200 else 0):
        shade *= _fold(rng, height)[:, None]
    if rng.random() < 0.15:
        shade *= _fold(rng, width)[None, :]
    pixels = np.asarray(page, dtype=np.float32) * shade[:, :, None]
    if paper == "thermal" and rng.random() < 0.25:  # a worn print head leaves pale columns
        pale = np.ones(width, np.float32)
        for _ in range(int(rng.integers(1, 4))):
            start = int(rng.integers(0, width))
            pale[start : start + int(rng.integers(1, 4))] = 0.45
        pixels = 250 - (250 - pixels) * pale[None, :, None]
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def _fold(rng: np.random.Generator, length: int) -> Field:
    """Return the light along a page with one crease."""
    place = rng.uniform(0.15, 0.85) * length
    distance = np.arange(length, dtype=np.float32) - np.float32(place)
    depth, reach = rng.uniform(0.04, 0.16), rng.uniform(4, 40)
    crease = 1 - depth * np.exp(-np.abs(distance) / reach) * np.where(distance > 0, 1.0, -0.3)
    return np.asarray(crease, dtype=np.float32)


def _lay_down(rng: np.random.Generator, page: Image.Image, placement: Placement) -> Image.Image:
    if placement.angle_rad == 0.0 and (placement.width, placement.height) == page.size:
        return page
    ground = _table(rng, placement.width, placement.height)
    width, height = page.size
    cos, sin = math.cos(placement.angle_rad), math.sin(placement.angle_rad)
    middle_x, middle_y = placement.x + width / 2, placement.y + height / 2
    # Pillow wants the way back: from a point of the picture to the point of the page.
    back = (
        cos,
        sin,
        width / 2 - cos * middle_x - sin * middle_y,
        -sin,
        cos,
        height / 2 + sin * middle_x - cos * middle_y,
    )
    size = (placement.width, placement.height)
    mask = Image.new("L", page.size, 255).transform(size, Image.Transform.AFFINE, back, Image.Resampling.BILINEAR)
    laid = page.transform(size, Image.Transform.AFFINE, back, Image.Resampling.BILINEAR)
    if rng.random() < 0.7:
        small = (
            mask.resize((max(1, size[0] // 8), max(1, size[1] // 8))).filter(ImageFilter.GaussianBlur(1.5)).resize(size)
        )
        shadow = Image.new("L", size, 0)
        shadow.paste(
            small.point([round(v * 0.45) for v in range(256)]), (int(rng.integers(-8, 9)), int(rng.integers(2, 10)))
        )
        ground.paste((12, 12, 14), (0, 0), shadow)
    ground.paste(laid, (0, 0), mask)
    return ground


_TABLES: tuple[Colour, ...] = (
    (60, 45, 35), (95, 70, 50), (130, 100, 70), (45, 45, 48), (80, 82, 86), (150, 150, 150), (200, 198, 192),
    (30, 32, 38), (70, 85, 100),
    (235, 235, 235), (110, 60, 45), (25, 25, 25),
)  # fmt: skip


def _table(rng: np.random.Generator, width: int, height: int) -> Image.Image:
    """Return what lies under the paper: wood, cloth, stone or the lid of a scanner."""
    base = np.array(_TABLES[int(rng.integers(len(_TABLES)))], np.float32)
    light = 1 + 0.2 * _smooth_field(rng, width, height, 4)
    if rng.random() < 0.45:
        grain = np.repeat(rng.normal(1, 0.06, (height + 2) // 3), 3)[:height].astype(np.float32)
        light *= grain[:, None] if rng.random() < 0.5 else 1 + 0.05 * _smooth_field(rng, width, height, 40)
    return Image.fromarray(np.clip(light[:, :, None] * base, 0, 255).astype(np.uint8))


def _photograph(rng: np.random.Generator, picture: Image.Image, paper: str) -> RGB:
    """Return the picture with uneven light, a little blur, grain and JPEG, as a camera or scanner leaves them."""
    if paper == "screen":
        return _jpeg(rng, picture, 0.3)
    if rng.random() < 0.55:
        picture = picture.filter(ImageFilter.BoxBlur(float(rng.uniform(0.2, 0.8))))
    width, height = picture.size
    pixels = np.asarray(picture, dtype=np.float32)
    light = np.float32(rng.uniform(0.72, 1.04)) + np.float32(rng.uniform(0.0, 0.16)) * _smooth_field(
        rng, width, height, 3
    )
    pixels = pixels * light[:, :, None]
    if rng.random() < 0.4:
        pixels *= np.array([1.0, rng.uniform(0.95, 1.0), rng.uniform(0.82, 1.02)], np.float32)
    if rng.random() < 0.6:
        bank = rng.normal(0, rng.uniform(1, 7), (96, 96)).astype(np.float32)
        rows, columns = -(-height // 96), -(-width // 96)
        pixels += np.tile(bank, (rows, columns))[:height, :width, None]
    return _jpeg(rng, Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)), 0.6)


def _jpeg(rng: np.random.Generator, picture: Image.Image, share: float) -> RGB:
    if rng.random() > share:
        return np.asarray(picture)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=int(rng.integers(35, 92)))
    buffer.seek(0)
    # Our own bytes of a moment ago, so no guarded door is needed.
    return np.asarray(JpegImagePlugin.JpegImageFile(buffer).convert("RGB"))
