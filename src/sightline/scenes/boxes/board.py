"""Boxes side by side and what stands in them: scattered items, or towers of blocks."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sightline.scenes.phrasing import pick

WALLS = ("left", "right", "top", "bottom")
SIZES = ("small", "medium", "large")
_REACH = {"small": 0.05, "medium": 0.1, "large": 0.15}  # half the side of an item, in sides of the box
_CLEAR = 0.03  # what does not touch a wall keeps this far from it


@dataclass(frozen=True, slots=True)
class Item:
    """A thing in a box. `x`, `y` and `reach` (centre, half of its side) are in pixels from the box's corner.

    `touches` are the walls it stands flush against.
    """

    kind: str
    colour: str
    size: str
    x: float
    y: float
    reach: float
    touches: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Box:
    """The items of one box; `towers` group them, each from its base to its top."""

    items: tuple[Item, ...]
    towers: tuple[tuple[Item, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Board:
    """The boxes from left to right, each `width` x `height` pixels."""

    boxes: tuple[Box, ...]
    width: float
    height: float
    has_towers: bool

    @property
    def items(self) -> tuple[Item, ...]:
        """Everything in all boxes."""
        return tuple(item for box in self.boxes for item in box.items)

    @property
    def towers(self) -> tuple[tuple[Item, ...], ...]:
        """All towers from left to right, each from its base to its top."""
        return tuple(tower for box in self.boxes for tower in box.towers)


def draw_board(rng: np.random.Generator, colours: list[str], kinds: list[str]) -> Board:
    """Two to four boxes, mostly three, with items in `colours` and of `kinds`, or towers of blocks in `colours`.

    In a quarter of the boards all boxes have equally many items, or all towers the same height.
    """
    n = pick(rng, (3,) * 10 + (2, 4))
    height = float(rng.integers(70, 171))
    width = float(round(height * (rng.uniform(0.8, 1.3) if rng.random() < 0.4 else 1.0)))
    has_towers = bool(rng.random() < 0.45)
    boxes: list[Box] = []
    even = int(rng.integers(1, 5)) if rng.random() < 0.25 else None
    sizes = SIZES if rng.random() < 0.75 else (pick(rng, SIZES),)
    for _ in range(n):
        if has_towers:
            boxes.append(_towers(rng, colours, (width, height), even))
        elif boxes and rng.random() < 0.12:
            boxes.append(_recoloured(rng, pick(rng, boxes), colours))
        else:
            boxes.append(_scatter(rng, colours, kinds, sizes, (width, height), even))
    if not any(box.items for box in boxes):
        return draw_board(rng, colours, kinds)
    return Board(tuple(boxes), width, height, has_towers)


def _some(rng: np.random.Generator, names: list[str]) -> list[str]:
    """All of them, or fewer: boxes of one colour or one kind should not be rare."""
    n = pick(rng, (1, 2, len(names), len(names), len(names)))
    return [names[i] for i in rng.permutation(len(names))[:n]]


def _scatter(
    rng: np.random.Generator,
    colours: list[str],
    kinds: list[str],
    sizes: tuple[str, ...],
    room: tuple[float, float],
    even: int | None,
) -> Box:
    colours, kinds = _some(rng, colours), _some(rng, kinds)
    wanted = even or int(rng.integers(1, 9))
    near_walls = pick(rng, (0.0, 0.15, 0.15, 0.5))
    items: list[Item] = []
    for _ in range(wanted * 8):
        size = pick(rng, sizes)
        reach = max(4.0, round(_REACH[size] * min(room)))
        x, y, touches = _place(rng, room, reach, near_walls)
        gap = 0.02 * min(room)
        if all(max(abs(x - o.x), abs(y - o.y)) > reach + o.reach + gap for o in items):
            items.append(Item(pick(rng, kinds), pick(rng, colours), size, x, y, reach, touches))
        if len(items) == wanted:
            break
    return Box(tuple(items))


def _place(
    rng: np.random.Generator, room: tuple[float, float], reach: float, near_walls: float
) -> tuple[float, float, frozenset[str]]:
    """A centre, and the walls it is flush against: none, one, or two in a corner."""
    at, touches = [], set()
    edge = int(rng.integers(2)) if rng.random() < near_walls else -1
    corner = edge >= 0 and rng.random() < 0.3
    for axis in (0, 1):
        low, high = reach + _CLEAR * room[axis], room[axis] - reach - _CLEAR * room[axis]
        value = float(np.round(rng.uniform(low, high)))
        if corner or axis == edge:
            first = bool(rng.random() < 0.5)
            value = reach if first else room[axis] - reach
            touches.add(WALLS[2 * axis + (0 if first else 1)])
        at.append(value)
    return at[0], at[1], frozenset(touches)


def _recoloured(rng: np.random.Generator, box: Box, colours: list[str]) -> Box:
    """The same box with one item in another colour."""
    at = int(rng.integers(len(box.items)))
    items = list(box.items)
    items[at] = replace(items[at], colour=pick(rng, colours))
    return Box(tuple(items))


def _towers(rng: np.random.Generator, colours: list[str], room: tuple[float, float], even: int | None) -> Box:
    width, height = room
    n = pick(rng, (1,) * 16 + (0, 2, 2, 3))
    reach = round(min(0.1 * height, 0.36 * width / max(n, 1)) * (1.0 if rng.random() < 0.6 else rng.uniform(0.7, 1.0)))
    towers = []
    for i in range(n):
        x = round(width * (i + 0.5) / n)
        palette = _some(rng, colours)
        high = even or (int(rng.integers(1, 5)) if rng.random() < 0.93 or reach * 11 >= height else 5)
        gap = max(1.0, round(height * 0.01))
        tower = tuple(
            Item("square", pick(rng, palette), "medium", x, height - reach - level * (2 * reach + gap), reach)
            for level in range(high)
        )
        towers.append(tower)
    return Box(tuple(item for tower in towers for item in tower), tuple(towers))
