"""How `detail` becomes pixels, tiles and tokens: pure integers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sightline.types import Detail

LOW_SIDE_PX = 512
TILE_PX = 512
FIT_PX = 2048
SHORT_SIDE_PX = 768


@dataclass(frozen=True, slots=True)
class TilePlan:
    """The size a picture is used at and the tiles it is counted as. Sizes in pixels."""

    detail: Literal["low", "high"]
    width: int
    height: int
    columns: int
    rows: int

    @property
    def n_tiles(self) -> int:
        """Tiles that cover the picture; an overview alone counts none."""
        return 0 if self.detail == "low" else self.columns * self.rows


def plan_tiles(width: int, height: int, detail: Detail) -> TilePlan:
    """Plan the tiles of a `width` x `height` picture.

    `low` fits the picture inside 512 x 512. Every other value fits it inside 2048 x 2048, then
    brings the short side down to 768. Nothing is ever enlarged; the free side is floored once, at the
    end, and is at least 1.

    Raises:
        ValueError: If a side is below 1.

    Source: OpenAI images guide, "Calculating costs" (tile rule).
    """
    if width < 1 or height < 1:
        raise ValueError(f"a picture of {width} x {height} px has no tiles")
    if detail == "low":
        width, height = _shrink_long_side(width, height, LOW_SIDE_PX)
        return TilePlan("low", width, height, 1, 1)
    if min(width, height) * FIT_PX > max(width, height) * SHORT_SIDE_PX:  # the short side binds
        width, height = _shrink_short_side(width, height, SHORT_SIDE_PX)
    else:
        width, height = _shrink_long_side(width, height, FIT_PX)
    return TilePlan("high", width, height, -(-width // TILE_PX), -(-height // TILE_PX))


def _shrink_long_side(width: int, height: int, limit_px: int) -> tuple[int, int]:
    if max(width, height) <= limit_px:
        return width, height
    if width >= height:
        return limit_px, max(1, height * limit_px // width)
    return max(1, width * limit_px // height), limit_px


def _shrink_short_side(width: int, height: int, limit_px: int) -> tuple[int, int]:
    if min(width, height) <= limit_px:
        return width, height
    if width <= height:
        return limit_px, height * limit_px // width
    return width * limit_px // height, limit_px
