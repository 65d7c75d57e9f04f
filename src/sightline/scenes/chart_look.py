"""How charts of a site look: size, typeface, inks and palette."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sightline.reading.colour_names import COLOURS, Rgb, colour_name
from sightline.scenes.chart_data import ChartData
from sightline.scenes.colours import contrast, vary
from sightline.scenes.fonts import Face
from sightline.scenes.lettering import pick_face
from sightline.scenes.phrasing import pick

Shade = tuple[Rgb, str]  # a colour and what people call it
_STATISTA: tuple[Shade, ...] = (
    ((40, 118, 221), "blue"), ((15, 40, 62), "dark blue"), ((186, 186, 186), "gray"), ((166, 31, 42), "red"),
    ((132, 176, 64), "green"), ((106, 67, 130), "purple"), ((233, 155, 45), "orange"),
)  # fmt: skip
_PEW: tuple[tuple[Shade, ...], ...] = (
    (((148, 154, 70), "green"), ((220, 210, 160), "yellow"), ((117, 104, 60), "brown"), ((190, 190, 190), "gray")),
    (((26, 58, 100), "dark blue"), ((191, 184, 154), "brown"), ((120, 160, 200), "light blue"), ((110, 110, 110), "gray")),
    (((163, 212, 202), "light green"), ((228, 203, 132), "yellow"), ((54, 118, 106), "dark green"), ((90, 90, 90), "gray")),
    (((191, 59, 39), "red"), ((67, 99, 148), "blue"), ((170, 170, 170), "gray"), ((225, 150, 60), "orange")),
    (((234, 158, 44), "orange"), ((140, 160, 70), "green"), ((67, 99, 148), "blue"), ((116, 80, 112), "purple")),
    (((43, 104, 168), "blue"), ((198, 44, 36), "red"), ((180, 180, 180), "gray"), ((210, 180, 60), "yellow")),
    (((210, 126, 44), "orange"), ((240, 200, 150), "light orange"), ((70, 130, 180), "blue"), ((40, 60, 90), "dark blue")),
)  # fmt: skip
_OWID: tuple[Shade, ...] = (
    ((88, 104, 128), "gray"), ((216, 46, 124), "pink"), ((229, 140, 46), "orange"), ((38, 150, 142), "teal"),
    ((190, 81, 42), "red"), ((130, 90, 160), "purple"), ((104, 128, 174), "blue"), ((110, 62, 30), "brown"),
    ((56, 130, 60), "green"), ((150, 40, 60), "dark red"),
)  # fmt: skip
_PAPERS: tuple[Rgb, ...] = ((255, 255, 255),) * 7 + ((247, 247, 247), (240, 244, 250), (34, 38, 46))
_TEST_PAPERS: tuple[Rgb, ...] = ((255, 255, 255), (252, 248, 255), (20, 24, 40))


@dataclass(frozen=True, slots=True)
class Look:
    """Size in pixels, faces, inks, and the shades of the series (of the slices or bars where these differ)."""

    width: int
    height: int
    face: Face
    title_face: Face
    size_px: int
    paper: Rgb
    ink: Rgb
    soft: Rgb  # grid lines and bands
    shades: tuple[Shade, ...]
    by_category: bool  # each category has its own shade, not each series


def draw_look(rng: np.random.Generator, data: ChartData, split: str) -> Look:
    """A look of the style of `data`. `split="test"` has other faces and papers."""
    face = pick_face(rng, "sans", split)
    title_face = pick_face(rng, "serif", split) if data.style == "owid" else face
    by_category = data.form == "pie" or (
        data.n_series == 1
        and data.form != "line"
        and (data.style == "owid" or (data.style == "plain" and rng.random() < 0.2))
    )
    n = data.n if by_category else data.n_series
    width, height = _size(rng, data)
    paper, ink = (255, 255, 255), pick(rng, ((50, 50, 50), (70, 70, 70), (30, 30, 30), (90, 90, 95)))
    if data.style == "plain":
        paper = pick(rng, _PAPERS if split == "train" else _TEST_PAPERS)
        ink = (225, 225, 230) if contrast(paper, (255, 255, 255)) > 4 else ink
    soft = tuple(int(0.9 * p + 0.1 * i) for p, i in zip(paper, ink, strict=True))
    size_px = int(rng.integers(10, 14))
    shades = _shades(rng, data, n, paper)
    return Look(width, height, face, title_face, size_px, paper, ink, (soft[0], soft[1], soft[2]), shades, by_category)


def _size(rng: np.random.Generator, data: ChartData) -> tuple[int, int]:
    rows = data.n * (1 if data.stacked else data.n_series)
    if data.style == "statista":
        return 800, 557 if data.form != "hbar" else max(557, 260 + 24 * rows)
    if data.style == "owid":
        return 850, 600
    if data.style == "pew":
        width = pick(rng, (310, 310, 415, 420, 420, 640))
        plot = (
            max(110, 34 * data.n if data.stacked else 20 * rows + 14 * data.n) if data.form in ("hbar", "dot") else 190
        )
        return width, plot + int(rng.integers(165, 260))
    return int(rng.integers(420, 900)), int(rng.integers(320, 620))


def _shades(rng: np.random.Generator, data: ChartData, n: int, paper: Rgb) -> tuple[Shade, ...]:
    if data.style == "statista" and n <= len(_STATISTA) and rng.random() < 0.92:
        return _STATISTA[:n]
    if data.style == "pew" and n <= 4:
        row = pick(rng, _PEW)
        return tuple(row[(i + int(rng.integers(4) if n == 1 else 0)) % 4] for i in range(n))
    if data.style == "owid" and n <= len(_OWID):
        return tuple(_OWID[int(i)] for i in rng.permutation(len(_OWID))[:n])
    free = [name for name in COLOURS if name not in ("white", colour_name(paper))]
    names = [free[int(i)] for i in rng.permutation(len(free))]
    chosen = [names[i % len(names)] for i in range(n)]
    return tuple(
        (max((vary(rng, name) for _ in range(3)), key=lambda c: min(contrast(c, paper), 2.0)), name) for name in chosen
    )
