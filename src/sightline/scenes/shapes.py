"""Simple shapes on a background: scattered, in rows and grids, nested."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from sightline.reading.colour_names import COLOURS, Rgb
from sightline.reading.figures.outlines import KINDS, Points, box_of, outline
from sightline.reading.lines import Reading
from sightline.scenes.backdrops import backdrop
from sightline.scenes.colours import vary
from sightline.scenes.phrasing import pick
from sightline.scenes.scene import Scene, SceneObject
from sightline.scenes.shape_questions import Board, shape_turns

_LAYOUTS = ("scatter", "scatter", "scatter", "scatter", "row", "column", "grid", "nested", "single")
_TEST_LAYOUTS = ("scatter", "diagonal", "around")
_BACKGROUNDS = ("white",) * 9 + ("grey", "grey", "black", "black", "yellow", "blue", "green", "pink", "teal", "brown")
_ALIKE = {
    frozenset(pair)
    for pair in (
        ("red", "orange"), ("red", "brown"), ("orange", "brown"), ("orange", "yellow"), ("red", "pink"),
        ("purple", "pink"), ("purple", "blue"), ("blue", "teal"), ("green", "teal"), ("black", "brown"),
        ("grey", "white"), ("grey", "black"), ("brown", "black"),
    )
}  # fmt: skip
_SCALE = 2  # drawn this many times larger, then averaged down: smooth edges


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a shape may stand: centre and reach in pixels."""

    x: float
    y: float
    reach: float


def make(rng: np.random.Generator, split: str = "train") -> Scene:
    """A picture with 1 to 9 shapes (up to 36 in a grid) and questions about them.

    `split="test"` uses layouts and background styles that `"train"` never draws.
    """
    size = _size(rng)
    layout = pick(rng, _LAYOUTS if split == "train" else _TEST_LAYOUTS)
    background = pick(rng, _BACKGROUNDS)
    palette = _palette(rng, background)
    pixels = backdrop(rng, size, background, split)
    places, kinds = _PLANS[layout](rng, size)
    uniform = layout in ("grid", "nested") or rng.random() < 0.1
    items = _items(rng, places, kinds, palette, uniform, hollow=layout == "nested" or rng.random() < 0.12)
    drawn, objects = _paint(rng, pixels, items)
    board = Board(layout, background, size, tuple(objects), _grid_of(layout, places))
    reading = Reading((), size[0], size[1])
    return Scene("shapes", drawn, reading, shape_turns(rng, board), tuple(objects))


def _size(rng: np.random.Generator) -> tuple[int, int]:
    """Nearly square: the model sees the picture squashed to a square, and circles should stay circles."""
    side = int(rng.integers(256, 400))
    return side, int(side * rng.uniform(0.88, 1.13))


def _palette(rng: np.random.Generator, background: str) -> list[str]:
    """Colours that can be told from the background and, mostly, from each other."""
    free = [name for name in COLOURS if name != background and frozenset((name, background)) not in _ALIKE]
    rng.shuffle(free)
    return free[: int(rng.integers(1, min(6, len(free)) + 1))]


def _spread(
    rng: np.random.Generator, size: tuple[int, int], n: int, low: float = 0.06, high: float = 0.2
) -> list[_Place]:
    """Up to `n` places that hardly overlap."""
    width, height = size
    side = min(size)
    high = max(low, min(high, 0.42 / np.sqrt(n)))
    places: list[_Place] = []
    gap = 0.9 if rng.random() < 0.15 else 1.12
    for _ in range(n * 25):
        reach = side * rng.uniform(low, high)
        x, y = rng.uniform(reach * 1.05, width - reach * 1.05), rng.uniform(reach * 1.05, height - reach * 1.05)
        if all(np.hypot(x - p.x, y - p.y) > gap * (reach + p.reach) for p in places):
            places.append(_Place(x, y, reach))
        if len(places) == n:
            break
    return places


Plan = tuple[list[_Place], list[str]]


def _kinds(rng: np.random.Generator, n: int) -> list[str]:
    """`n` kinds out of a few different ones, so that there is something to count."""
    some = [pick(rng, KINDS) for _ in range(int(rng.integers(1, 5)))]
    return [pick(rng, some) for _ in range(n)]


def _scatter(rng: np.random.Generator, size: tuple[int, int]) -> Plan:
    places = _spread(rng, size, int(rng.integers(1, 10)))
    return places, _kinds(rng, len(places))


def _single(rng: np.random.Generator, size: tuple[int, int]) -> Plan:
    return _spread(rng, size, 1, 0.12, 0.42), [pick(rng, KINDS)]


def _line_up(rng: np.random.Generator, size: tuple[int, int], dx: float, dy: float) -> Plan:
    n = int(rng.integers(2, 8))
    width, height = size
    t = (np.arange(n) + 0.5) / n
    reach = 0.42 * min(size) / n if dx and dy else 0.42 * (width if dx else height) / n
    reach = min(reach, 0.3 * min(size)) * rng.uniform(0.7, 1.0)
    x = t * width if dx else np.full(n, rng.uniform(0.35, 0.65) * width)
    y = t * height if dy else np.full(n, rng.uniform(0.35, 0.65) * height)
    if dx and dy and dy < 0:
        y = y[::-1]
    return [_Place(float(a), float(b), reach) for a, b in zip(x, y, strict=True)], _kinds(rng, n)


def _row(rng: np.random.Generator, size: tuple[int, int]) -> Plan:
    return _line_up(rng, size, 1, 0)


def _column(rng: np.random.Generator, size: tuple[int, int]) -> Plan:
    return _line_up(rng, size, 0, 1)


def _diagonal(rng: np.random.Generator, size: tuple[int, int]) -> Plan:
    return _line_up(rng, size, 1, pick(rng, (1, -1)))


def _around(rng: np.random.Generator, size: tuple[int, int]) -> Plan:
    """On a circle around the middle."""
    n = int(rng.integers(3, 9))
    angle = np.arange(n) * 2 * np.pi / n + rng.uniform(0, 6)
    arm = 0.34 * min(size)
    reach = min(0.14 * min(size), 0.4 * 2 * np.pi * arm / n) * rng.uniform(0.7, 1)
    centres = np.stack([np.cos(angle), np.sin(angle)], axis=1) * arm + np.array(size) / 2
    return [_Place(float(x), float(y), reach) for x, y in centres], _kinds(rng, n)


def _grid(rng: np.random.Generator, size: tuple[int, int]) -> Plan:
    rows, columns = int(rng.integers(2, 7)), int(rng.integers(2, 7))
    width, height = size
    reach = 0.4 * min(width / columns, height / rows) * rng.uniform(0.6, 1.0)
    kind = pick(rng, [k for k in KINDS if k != "line"])
    places = [
        _Place((c + 0.5) * width / columns, (r + 0.5) * height / rows, reach)
        for r in range(rows)
        for c in range(columns)
    ]
    return places, [kind] * len(places)


def _nested(rng: np.random.Generator, size: tuple[int, int]) -> Plan:
    """One inside the other, the largest first."""
    n = int(rng.integers(2, 7))
    centre = np.array(size) * rng.uniform(0.45, 0.55, 2)
    reach = 0.42 * min(size)
    places = []
    for _ in range(n):
        places.append(_Place(float(centre[0]), float(centre[1]), float(reach)))
        reach *= rng.uniform(0.62, 0.8)
    return places, [pick(rng, ("square", "circle", "square", "triangle", "hexagon"))] * n


_PLANS: dict[str, Callable[[np.random.Generator, tuple[int, int]], Plan]] = {
    "scatter": _scatter, "single": _single, "row": _row, "column": _column, "diagonal": _diagonal,
    "around": _around, "grid": _grid, "nested": _nested,
}  # fmt: skip


def _grid_of(layout: str, places: list[_Place]) -> tuple[int, int] | None:
    if layout != "grid":
        return None
    return len({round(p.y, 3) for p in places}), len({round(p.x, 3) for p in places})


@dataclass(frozen=True, slots=True)
class _Item:
    kind: str
    colour: str
    points: Points
    hollow: bool


def _items(
    rng: np.random.Generator, places: list[_Place], kinds: list[str], palette: list[str], uniform: bool, hollow: bool
) -> list[_Item]:
    one = pick(rng, palette)
    items = []
    for place, kind in zip(places, kinds, strict=True):
        colour = one if uniform else pick(rng, palette)
        points = outline(rng, kind, (place.x, place.y), place.reach)
        items.append(_Item(kind, colour, points, (hollow and kind not in ("line", "arrow")) or kind == "ring"))
    return items


def _paint(
    rng: np.random.Generator, pixels: NDArray[np.uint8], items: list[_Item]
) -> tuple[NDArray[np.uint8], list[SceneObject]]:
    height, width = pixels.shape[:2]
    large = Image.fromarray(pixels.repeat(_SCALE, axis=0).repeat(_SCALE, axis=1))
    pen = ImageDraw.Draw(large)
    edge = pick(rng, ("none", "none", "none", "black"))
    shades: dict[str, Rgb] = {}  # mostly one shade per colour name, as people draw
    objects = []
    for item in items:
        rgb = shades.setdefault(item.colour, vary(rng, item.colour))
        if rng.random() < 0.15:
            rgb = vary(rng, item.colour)
        corners = [(float(x), float(y)) for x, y in item.points * _SCALE]
        if item.hollow:
            reach = float(np.ptp(item.points, axis=0).min())
            thick = max(3.0, reach * (rng.uniform(0.12, 0.2) if item.kind == "ring" else 0.06))
            pen.line([*corners, corners[0], corners[1]], fill=rgb, width=round(thick * _SCALE), joint="curve")
        else:
            rim = (20, 20, 20) if edge == "black" and item.colour != "black" and item.kind != "line" else None
            pen.polygon(corners, fill=rgb, outline=rim, width=2 * _SCALE if rim else 1)
        x0, y0, x1, y1 = box_of(item.points)
        box = max(0.0, x0), max(0.0, y0), min(float(width), x1), min(float(height), y1)
        objects.append(SceneObject(item.kind, item.colour, box))
    return np.asarray(large.reduce(_SCALE), dtype=np.uint8), objects
