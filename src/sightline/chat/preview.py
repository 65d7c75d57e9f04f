"""The very pixels that a model would get: what to show to someone who wonders what it saw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sightline.engines.base import SeenImage, Sight
from sightline.errors import InvalidRequest
from sightline.images.picture import RGB, SourceImage
from sightline.model.preprocess import resized

Region = tuple[int, int, int, int]  # x0, y0, x1, y1 in upright source pixels; x1 and y1 are outside


@dataclass(frozen=True, slots=True)
class Preview:
    """A picture as it would be seen: `seen.image.pixels` by reading, `encoder_pixels` by the model's own encoder."""

    seen: SeenImage
    encoder_pixels: RGB


def previewed(seen: SeenImage, sight: Sight) -> Preview:
    """Return the picture with its encoder's pixels, made as the engine makes them."""
    return Preview(seen, resized(seen.image.pixels, sight.width, sight.height))


def cut_out(sources: Sequence[SourceImage], region: Region | None) -> list[SourceImage]:
    """Return the pictures; with a `region`, that part of the only one, as if it had been sent alone.

    Raises:
        InvalidRequest: If there is more than one picture, or the region does not lie on it.
    """
    if region is None:
        return list(sources)
    if len(sources) != 1:
        raise InvalidRequest(f"'region' is of one picture, and the request has {len(sources)}.", param="region")
    (source,) = sources
    height, width, _ = source.pixels.shape
    x0, y0, x1, y1 = region
    if not (0 <= x0 < x1 <= width and 0 <= y0 < y1 <= height):
        raise InvalidRequest(
            f"Invalid 'region': {x0},{y0},{x1},{y1} is no part of a picture of {width} x {height} px.", param="region"
        )
    pixels = np.ascontiguousarray(source.pixels[y0:y1, x0:x1])
    receipt = replace(source.receipt, source_width=x1 - x0, source_height=y1 - y0)
    return [SourceImage(pixels, receipt)]
