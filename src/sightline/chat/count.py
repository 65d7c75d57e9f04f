"""What a request would cost, before it is paid: its pictures are loaded and planned, and no model runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sightline.chat.tokens import table_for
from sightline.chat.usage import request_text_tokens
from sightline.errors import ImageTooLarge
from sightline.images.picture import ImageReceipt, SourceImage
from sightline.images.plan_tiles import TilePlan, plan_tiles
from sightline.images.tokens import RATES, image_tokens
from sightline.types import Detail, GenerationRequest, ImagePart

FAMILIES = tuple(RATES)


@dataclass(frozen=True, slots=True)
class FamilyTokens:
    """What a picture costs under one family's rule; `None` where the family refuses a picture of that size."""

    asked: int | None  # at the detail that was asked for
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class PictureCount:
    """What a picture would become. `receipt` knows its source; the plans say what would be seen of it."""

    receipt: ImageReceipt
    param: str
    asked: TilePlan
    low: TilePlan
    high: TilePlan
    tokens: int  # for the model that was asked for
    by_family: Mapping[str, FamilyTokens]


@dataclass(frozen=True, slots=True)
class RequestCount:
    """What a request would cost, by the arithmetic of the model that was asked for."""

    pictures: tuple[PictureCount, ...]
    text_tokens: int

    @property
    def image_tokens(self) -> int:
        """Tokens of all pictures."""
        return sum(picture.tokens for picture in self.pictures)


def count_request(request: GenerationRequest, sources: Sequence[SourceImage]) -> RequestCount:
    """Count a request whose pictures were loaded; documents have become pages before.

    Raises:
        ImageTooLarge: If the model that was asked for refuses a picture of that size.
    """
    pictures = [
        count_picture(source, part, request.model) for part, source in zip(request.images, sources, strict=True)
    ]
    return RequestCount(tuple(pictures), request_text_tokens(request, table_for(request.model)))


def count_picture(source: SourceImage, part: ImagePart, model: str) -> PictureCount:
    """Count one picture that was loaded.

    Raises:
        ImageTooLarge: If `model` refuses a picture of that size.
    """
    width, height = source.receipt.source_width, source.receipt.source_height
    return PictureCount(
        receipt=source.receipt,
        param=part.param,
        asked=plan_tiles(width, height, part.detail),
        low=plan_tiles(width, height, "low"),
        high=plan_tiles(width, height, "high"),
        tokens=image_tokens(width, height, part.detail, model, param=part.param),
        by_family={
            family: FamilyTokens(*(_or_none(width, height, detail, family) for detail in (part.detail, "low", "high")))
            for family in FAMILIES
        },
    )


def _or_none(width: int, height: int, detail: Detail, family: str) -> int | None:
    try:
        return image_tokens(width, height, detail, family)
    except ImageTooLarge:
        return None
