"""What a picture is on its way to a model: decoded and upright, then sized by `detail`, with its receipt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sightline.images.plan_tiles import TilePlan

RGB = NDArray[np.uint8]  # (h, w, 3)


@dataclass(frozen=True, slots=True)
class ImageReceipt:
    """What was done to one picture, in the order it was done. Sizes in pixels, width before height.

    `source_width` and `source_height` are those of the upright picture; `orientation` is the EXIF
    value (1-8) that was applied to get it upright. `notes` are short fixed texts such as
    "transparency placed on white" or "first of several frames".
    """

    format: str
    n_bytes: int
    source_width: int
    source_height: int
    orientation: int
    detail: str  # what the caller asked for
    width: int = 0  # of the pixels that every later stage sees
    height: int = 0
    columns: int = 0
    rows: int = 0
    tokens: int = 0  # by the rule of the model family that the caller named
    notes: tuple[str, ...] = ()
    fetch_ms: float = 0.0
    decode_ms: float = 0.0
    reading_ms: float = 0.0
    reading_cached: bool = False
    n_lines: int = 0
    n_figures: int = 0  # drawn shapes, lines and grids
    sharpness: float | None = None  # 0..1, of the pixels that every later stage sees; under 0.55 it is blurred
    text_turn_deg: int = 0  # clockwise: 0, 90, 180 or 270
    looks_like: str = ""  # a word for what a photo shows; "" where none is likely
    looks_like_confidence: float = 0.0  # 0..1
    model_width: int = 0  # of the pixels that the model's own encoder gets
    model_height: int = 0
    n_lines_given: int = 0  # of the lines that were read, those that fit the model's context
    n_figures_given: int = 0  # of the figures, those that the model was told one by one
    encode_ms: float = 0.0  # of the model's own encoder
    encoder_cached: bool = False  # the encoder was not run: what it makes of this picture was kept


@dataclass(frozen=True, slots=True)
class SourceImage:
    """A decoded, upright picture at its own size, and the first half of its receipt."""

    pixels: RGB
    receipt: ImageReceipt


@dataclass(frozen=True, slots=True)
class PreparedImage:
    """The pixels that reading and the model see, and nothing past them.

    `pixels` is upright uint8 RGB `(h, w, 3)` at the size of the plan. `pixel_hash` is the sha256 of
    its shape and bytes, in hex: two pictures share it only if every later stage sees the same.
    """

    pixels: RGB
    plan: TilePlan
    pixel_hash: str
    receipt: ImageReceipt
