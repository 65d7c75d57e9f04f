"""What an engine gets of one picture, and its receipt as it fills."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from sightline.engines.base import SeenImage, Sight
from sightline.images.picture import PreparedImage, SourceImage
from sightline.images.prepare import prepare
from sightline.images.tokens import image_tokens
from sightline.reading.lines import NamedObject, Reading
from sightline.types import ImagePart, PromptWork


class Reads(Protocol):
    """Reads the text of a picture (`reading.Reader`)."""

    def read(self, image: PreparedImage, owner: str = "local") -> Reading:
        """Return the lines of `image`."""

    def is_cached(self, pixel_hash: str, owner: str = "local") -> bool:
        """Tell whether `read` would answer without work."""


def see(source: SourceImage, part: ImagePart, model: str, reader: Reads | None, owner: str = "local") -> SeenImage:
    """Return what the engine gets of one picture, its receipt filled in."""
    image = prepare(source, part.detail)
    receipt = replace(
        image.receipt,
        tokens=image_tokens(
            image.receipt.source_width, image.receipt.source_height, part.detail, model, param=part.param
        ),
    )
    if reader is None:
        return SeenImage(replace(image, receipt=receipt))
    cached, started = reader.is_cached(image.pixel_hash, owner), time.perf_counter()
    reading = reader.read(image, owner)
    likeliest = next(iter(reading.objects), NamedObject("", 0.0))
    receipt = replace(
        receipt,
        reading_ms=round((time.perf_counter() - started) * 1e3, 1),
        reading_cached=cached,
        n_lines=len(reading.lines),
        n_figures=len(reading.figures),
        sharpness=None if reading.sharpness is None else round(reading.sharpness, 2),
        text_turn_deg=reading.turn_deg,
        looks_like=likeliest.word,
        looks_like_confidence=round(likeliest.confidence, 2),
    )
    return SeenImage(replace(image, receipt=receipt), reading)


def with_sight(seen: SeenImage, sight: Sight) -> SeenImage:
    """Return the picture with what the model gets of it on its receipt."""
    receipt = replace(
        seen.image.receipt,
        model_width=sight.width,
        model_height=sight.height,
        n_lines_given=sight.n_lines,
        n_figures_given=sight.n_figures,
    )
    return replace(seen, image=replace(seen.image, receipt=receipt))


def with_work(seen: Sequence[SeenImage], work: PromptWork | None) -> list[SeenImage]:
    """Return the pictures with what the encoder did for each on its receipt, if the engine tells."""
    if work is None:
        return list(seen)
    receipts = [
        replace(part.image.receipt, encode_ms=round(done.ms, 1), encoder_cached=done.cached)
        for part, done in zip(seen, work.images, strict=True)
    ]
    return [
        replace(part, image=replace(part.image, receipt=receipt)) for part, receipt in zip(seen, receipts, strict=True)
    ]
