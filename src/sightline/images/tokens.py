"""What a picture costs in tokens under each model family's published rule. The rates are data: they change."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from sightline.images.plan_tiles import plan_tiles
from sightline.images.refusal import too_many_patches
from sightline.types import Detail

PATCH_PX: Final = 32
MAX_PATCHES: Final = 30_000
LOW_SIDE_PX: Final = 512


@dataclass(frozen=True, slots=True)
class TileRate:
    """Tokens of the overview, and of each 512 px tile when `detail` is not low."""

    base: int
    per_tile: int


@dataclass(frozen=True, slots=True)
class PatchBudget:
    """The most 32 px patches a picture becomes (None: as many as it has), and its longest side in pixels."""

    n_patches: int | None
    side_px: int


@dataclass(frozen=True, slots=True)
class PatchRate:
    """Tokens a patch, and how far a picture is shrunk first. `auto` is the detail that `auto` stands for."""

    multiplier: float
    high: PatchBudget
    original: PatchBudget
    auto: Detail = "high"


Rate = TileRate | PatchRate

CLASSIC: Final = TileRate(85, 170)
_SMALL: Final = PatchBudget(1536, 2048)
_MIDDLE: Final = PatchBudget(2500, 2048)
_LARGE: Final = PatchBudget(6144, 2048)
_ORIGINAL: Final = PatchBudget(10_000, 6000)
_UNBOUNDED: Final = PatchBudget(None, 65_535)

# By the longest name that a model's name starts with. OpenAI images guide, "Calculating costs", as of 2026.
RATES: Final[dict[str, Rate]] = {
    "gpt-4": CLASSIC,
    "gpt-4o-mini": TileRate(2833, 5667),
    "gpt-4.1-mini": PatchRate(1.62, _LARGE, _LARGE),
    "gpt-4.1-nano": PatchRate(2.46, _SMALL, _SMALL),
    "o1": TileRate(75, 150),
    "o3": TileRate(75, 150),
    "o4-mini": PatchRate(1.72, _SMALL, _SMALL),
    "computer-use-preview": TileRate(65, 129),
    "gpt-5": TileRate(70, 140),
    "gpt-5-mini": PatchRate(1.2, _SMALL, _SMALL),
    "gpt-5-nano": PatchRate(1.5, _SMALL, _SMALL),
    "gpt-5.2": PatchRate(1.2, _LARGE, _LARGE),
    "gpt-5.4": PatchRate(1.2, _MIDDLE, _ORIGINAL),
    "gpt-5.5": PatchRate(1.2, _MIDDLE, _ORIGINAL, "original"),
    "gpt-5.6": PatchRate(1.2, _MIDDLE, _UNBOUNDED, "original"),
    "gpt-6": PatchRate(1.2, PatchBudget(2500, 65_535), _UNBOUNDED, "original"),
}


def rate_of(model: str) -> Rate:
    """Return the rate of a model's family; the classic one for a name we do not know."""
    names = [name for name in RATES if model == name or model.startswith((name + "-", name + ".", name + "o"))]
    return RATES[max(names, key=len)] if names else CLASSIC


def image_tokens(width: int, height: int, detail: Detail, model: str, *, param: str = "image") -> int:
    """Count the tokens of an upright `width` x `height` picture for `model`.

    Raises:
        ValueError: If a side is below 1.
        ImageTooLarge: If the patch rule comes to more than 30,000 patches.
    """
    rate = rate_of(model)
    if isinstance(rate, TileRate):
        return rate.base + rate.per_tile * plan_tiles(width, height, detail).n_tiles
    n_patches = count_patches(width, height, _budget(rate, detail))
    if n_patches > MAX_PATCHES:
        raise too_many_patches(n_patches, MAX_PATCHES, param)
    return math.ceil(round(n_patches * rate.multiplier, 6))  # 1.2 x 2500 is 3000, not a hair more


def count_patches(width: int, height: int, budget: PatchBudget) -> int:
    """Count the 32 px patches after shrinking to the budget; never enlarged."""
    width, height = fit_patches(width, height, budget)
    return _n_patches(width, height)


def fit_patches(width: int, height: int, budget: PatchBudget) -> tuple[int, int]:
    """Return the size a picture is used at under the patch rule.

    Raises:
        ValueError: If a side is below 1.
    """
    if width < 1 or height < 1:
        raise ValueError(f"a picture of {width} x {height} px has no patches")
    longest = max(width, height)
    if longest > budget.side_px:
        width = max(1, width * budget.side_px // longest)
        height = max(1, height * budget.side_px // longest)
    if budget.n_patches is None or _n_patches(width, height) <= budget.n_patches:
        return width, height
    scale = math.sqrt(PATCH_PX * PATCH_PX * budget.n_patches / (width * height))
    columns, rows = width * scale / PATCH_PX, height * scale / PATCH_PX
    scale *= min(_whole(columns), _whole(rows))
    return max(1, math.floor(width * scale + 1e-9)), max(1, math.floor(height * scale + 1e-9))


def _budget(rate: PatchRate, detail: Detail) -> PatchBudget:
    if detail == "auto":
        detail = rate.auto
    if detail == "low":
        return PatchBudget(None, LOW_SIDE_PX)
    return rate.original if detail == "original" else rate.high


def _n_patches(width: int, height: int) -> int:
    return -(-width // PATCH_PX) * -(-height // PATCH_PX)


def _whole(n: float) -> float:
    """What to shrink by so that `n` patches a side become a whole number; a side of less than one stays."""
    return math.floor(n + 1e-9) / n if n >= 1 else 1.0
