"""From prepared pixels to the encoder's input, the same for training and serving."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from sightline.images.picture import RGB
from sightline.model.config import VisionConfig

PixelValues = NDArray[np.float32]  # (tiles, 3, image_px, image_px), -1..1


def preprocess(pixels: RGB, config: VisionConfig) -> PixelValues:
    """One overview tile: the whole picture as an `image_px` square, in -1..1.

    SmolVLM's overview: the picture is squeezed, not padded; Lanczos; mean 0.5, deviation 0.5.
    """
    return normalise(overview(pixels, config.image_px)[np.newaxis])


def overview(pixels: RGB, side_px: int) -> RGB:
    """The picture as a `side_px` square, `(side_px, side_px, 3)`."""
    return resized(pixels, side_px, side_px)


def resized(pixels: RGB, width: int, height: int) -> RGB:
    """The picture at another size, `(height, width, 3)`, whatever becomes of its shape."""
    if pixels.shape[:2] == (height, width):
        return pixels
    picture = Image.fromarray(pixels).resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return np.asarray(picture, dtype=np.uint8)


def normalise(tiles: NDArray[np.uint8]) -> PixelValues:
    """uint8 `(tiles, h, w, 3)` to float32 `(tiles, 3, h, w)` in -1..1."""
    return np.ascontiguousarray(tiles.transpose(0, 3, 1, 2)).astype(np.float32) / np.float32(127.5) - np.float32(1.0)
