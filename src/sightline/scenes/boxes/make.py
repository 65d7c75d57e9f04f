"""Pictures of boxes side by side, with items or towers in them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sightline.reading.colour_names import Rgb
from sightline.reading.figures.outlines import outline
from sightline.reading.lines import Reading
from sightline.scenes.backdrops import backdrop
from sightline.scenes.boxes.board import Board, Item, draw_board
from sightline.scenes.boxes.turns import box_turns
from sightline.scenes.canvas import Canvas
from sightline.scenes.colours import vary
from sightline.scenes.phrasing import pick
from sightline.scenes.scene import Scene, SceneObject

_PANELS: tuple[tuple[str, Rgb], ...] = (
    ("grey", (211, 211, 211)), ("grey", (211, 211, 211)), ("grey", (200, 200, 200)), ("grey", (185, 185, 185)),
    ("white", (255, 255, 255)), ("white", (240, 240, 240)), ("white", (245, 240, 230)), ("brown", (205, 175, 140)),
)  # fmt: skip
_BETWEEN: tuple[tuple[str, Rgb], ...] = (
    ("grey", (128, 128, 128)), ("grey", (128, 128, 128)), ("grey", (105, 105, 110)), ("black", (25, 25, 25)),
    ("grey", (150, 150, 150)), ("brown", (101, 60, 30)), ("white", (255, 255, 255)),
)  # fmt: skip
_BLUES: tuple[Rgb, ...] = ((0, 150, 255), (20, 20, 240), (30, 110, 235), (0, 140, 245))
_USUAL = ("yellow", "black", "blue")
_OTHERS = (
    ("red", "green", "blue"), ("red", "black", "blue"), ("orange", "purple", "green"), ("red", "yellow", "blue"),
    ("black", "pink", "green"), ("teal", "red", "yellow"), ("purple", "yellow", "black"), ("red", "yellow", "green", "blue"),
    ("blue", "orange"), ("black", "red"),
)  # fmt: skip
_KINDS = ("circle", "square", "triangle")
_OTHER_KINDS = ("star", "diamond", "pentagon", "hexagon", "heart", "cross")
_STYLES = ("bars", "bars", "bars", "lines", "apart")
_TEST_STYLES = ("bars", "framed")
_SCALE = 2


def make(rng: np.random.Generator, *, split: str = "train") -> Scene:
    """Two to four boxes, mostly three, with 1 to 8 items each or with towers, and 5 to 9 turns about them.

    `split="test"` draws borders in a way that `"train"` never does.
    """
    return make_with_board(rng, split)[0]


def make_with_board(rng: np.random.Generator, split: str) -> tuple[Scene, Board]:
    """The scene, and the board that its turns speak of."""
    colours = list(_USUAL if rng.random() < 0.65 else pick(rng, _OTHERS))
    kinds = list(_KINDS)
    if rng.random() < 0.15:
        kinds[int(rng.integers(3))] = pick(rng, _OTHER_KINDS)
    board = draw_board(rng, colours, kinds)
    pixels, objects = _paint(rng, board, split)
    reading = Reading((), pixels.shape[1], pixels.shape[0])
    return Scene("boxes", pixels, reading, box_turns(rng, board), tuple(objects)), board


def _paint(rng: np.random.Generator, board: Board, split: str) -> tuple[NDArray[np.uint8], list[SceneObject]]:
    style = pick(rng, _STYLES if split == "train" else _TEST_STYLES)
    n, gap = len(board.boxes), round(board.width * rng.uniform(0.15, 0.6))
    margin = round(board.height * rng.uniform(0.05, 0.3)) if style in ("apart", "framed") else 0
    gap = max(3, round(gap / 12)) if style == "lines" else gap
    size = round(n * board.width + (n - 1) * gap + 2 * margin), round(board.height + 2 * margin)
    panel, between = pick(rng, _PANELS), pick(rng, _BETWEEN)
    while between == panel or (style == "framed" and between[0] == "white"):
        panel, between = pick(rng, _PANELS), pick(rng, _BETWEEN)
    behind = (
        backdrop(rng, size, panel[0], split)
        if split == "test"
        else np.full((size[1], size[0], 3), between[1], np.uint8)
    )
    canvas = Canvas(behind, _SCALE)
    corners = [(margin + i * (board.width + gap), float(margin)) for i in range(n)]
    objects = _borders(canvas, board, corners, style, panel[1], between)
    shades = {name: _shade(rng, name) for name in sorted({item.colour for item in board.items})}
    for (left, top), box in zip(corners, board.boxes, strict=True):
        for item in box.items:
            objects.append(_draw(canvas, item, left, top, shades[item.colour]))
    return canvas.pixels(), objects


def _borders(
    canvas: Canvas, board: Board, corners: list[tuple[float, float]], style: str, panel: Rgb, between: tuple[str, Rgb]
) -> list[SceneObject]:
    """Draws the boxes; what parts them is a rule."""
    name, rgb = between
    rules = []
    for left, top in corners:
        x1, y1 = left + board.width, top + board.height
        if style == "framed":
            sides = [
                (left - 3, top - 3, x1 + 3, top),
                (left - 3, y1, x1 + 3, y1 + 3),
                (left - 3, top, left, y1),
                (x1, top, x1 + 3, y1),
            ]
            for side in sides:
                canvas.block(side, rgb)
                rules.append(SceneObject("rule", name, (max(0.0, side[0]), max(0.0, side[1]), side[2], side[3])))
        else:
            canvas.block((left, top, x1, y1), panel)
    if style in ("bars", "lines"):
        for (left, top), (right, _) in pairwise(corners):
            rules.append(SceneObject("rule", name, (left + board.width, top, right, top + board.height)))
    return rules


def _shade(rng: np.random.Generator, name: str) -> Rgb:
    if name == "blue":
        return pick(rng, _BLUES)
    if name in _USUAL and rng.random() < 0.5:
        return {"yellow": (255, 255, 0), "black": (0, 0, 0)}[name]
    return vary(rng, name, 8)


def _draw(canvas: Canvas, item: Item, left: float, top: float, rgb: Rgb) -> SceneObject:
    x, y, reach = left + item.x, top + item.y, item.reach
    box = (x - reach, y - reach, x + reach, y + reach)
    if item.kind == "circle":
        canvas.disc((x, y), reach, rgb)
    elif item.kind == "square":
        canvas.block(box, rgb)
    elif item.kind == "triangle":
        canvas.fill([(x, y - reach), (x + reach, y + reach), (x - reach, y + reach)], rgb)
    else:
        points = outline(np.random.default_rng(0), item.kind, (x, y), reach)
        canvas.fill([(float(a), float(b)) for a, b in points], rgb)
    return SceneObject(item.kind, item.colour, box)
