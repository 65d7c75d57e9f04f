"""Outlines to count: overlapping rows as in logos, rings, piles, and squares inside squares."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sightline.reading.colour_names import COLOURS
from sightline.reading.figures.outlines import Points, box_of, outline
from sightline.scenes.answer_forms import number, yes_no
from sightline.scenes.captions import start_sentence
from sightline.scenes.phrasing import ask, pick, plural, say_list, say_number, with_article
from sightline.scenes.puzzles.asking import fill
from sightline.scenes.puzzles.ground import Ground
from sightline.scenes.puzzles.wordings import WORDINGS
from sightline.scenes.scene import Turn

_KINDS = (
    ("circle",) * 7
    + ("pentagon",) * 6
    + ("square", "square", "triangle", "hexagon", "diamond", "star", "ellipse", "heart")
)
_SHAPES = ("zigzag", "zigzag", "zigzag", "row", "row", "pile", "grid", "scatter", "scatter")
_TEST_SHAPES = ("zigzag", "column", "wheel")


@dataclass(frozen=True, slots=True)
class Drawn:
    """One outline: where, how large, and its colour by name."""

    kind: str
    colour: str
    x: float
    y: float
    reach: float


def draw_outlines(rng: np.random.Generator, ground: Ground, split: str) -> tuple[str, list[Drawn]]:
    """Draws 1 to 12 outlines of one kind, and returns how they are laid out."""
    kind, n = pick(rng, _KINDS), pick(rng, (1, 2, 3, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 11, 12))
    layout = pick(rng, _SHAPES if split == "train" else _TEST_SHAPES)
    centres = _centres(rng, layout, n)
    reach = _reach(rng, layout, centres)
    places, scale = _placed(rng, ground, centres, reach)
    colours = _colours(rng, ground, n)
    filled = bool(rng.random() < 0.2)
    if filled:
        nearest = _nearest(centres)
        scale_to = min(1.0, 0.98 * nearest / (2 * reach))
    things = [
        Drawn(kind, colour, x, y, reach * scale * (scale_to if filled else 1.0))
        for (x, y), colour in zip(places, colours, strict=True)
    ]
    width = ground.side * pick(rng, (0.003, 0.004, 0.006, 0.008, 0.012, 0.018))
    paint(rng, ground, things, None if filled else min(width, 0.25 * things[0].reach))
    return layout, things


def draw_nested(rng: np.random.Generator, ground: Ground) -> list[Drawn]:
    """Draws 2 to 7 outlines, each inside the one before without touching it."""
    kind = pick(rng, ("square",) * 7 + ("circle", "circle", "triangle", "hexagon"))
    n = pick(rng, (2, 3, 4, 5, 6, 2, 3, 4, 5, 6, 7))
    width = ground.side * pick(rng, (0.003, 0.004, 0.005, 0.007, 0.01, 0.013))
    things: list[Drawn] = []
    while len(things) < n:
        things = _inside_each_other(rng, ground, kind, n, width)
        width *= 0.9
    paint(rng, ground, things, width / 0.9, turned=False)
    return things


def _inside_each_other(rng: np.random.Generator, ground: Ground, kind: str, n: int, width_px: float) -> list[Drawn]:
    """Up to `n`: fewer where they would come too close or too small to be seen."""
    side = min(ground.size)
    reach = float(side * rng.uniform(0.1 + 0.02 * n, 0.48))
    x, y = (float(v) for v in reach + (np.array(ground.size) - 2 * reach) * rng.uniform(0.02, 0.98, 2))
    steadiness = rng.uniform(0.1, 1.0) if rng.random() < 0.7 else 0.0
    gap = max(2.2 * width_px, 0.012 * side)
    least = max(3.5 * width_px, 0.016 * side)
    slowest = min(0.84, max(0.55, (1.3 * least / reach) ** (1 / (n - 1))))
    things = []
    for colour in _colours(rng, ground, n):
        if reach < least:
            break
        things.append(Drawn(kind, colour, x, y, reach))
        inner = min(reach * rng.uniform(slowest, 0.87), reach - gap / _INRADIUS[kind])
        slack = steadiness * max(0.0, (reach - inner) * _INRADIUS[kind] - gap) / (1.0 if kind == "square" else 1.42)
        x, y = x + rng.uniform(-slack, slack), y + rng.uniform(-slack, slack)
        reach = inner
    return things


def paint(
    rng: np.random.Generator, ground: Ground, things: list[Drawn], width_px: float | None, turned: bool = True
) -> None:
    """Draws `things`, as outlines or, with `width_px` None, filled. All of one colour have the same shade."""
    shades = {name: ground.shade(rng, name) for name in sorted({thing.colour for thing in things})}
    seed = int(rng.integers(2**31))
    for thing in things:
        rgb = shades[thing.colour]
        if thing.kind == "circle":
            points = None
            box = (thing.x - thing.reach, thing.y - thing.reach, thing.x + thing.reach, thing.y + thing.reach)
        else:
            shape = outline(
                np.random.default_rng(seed if turned else _UPRIGHT), thing.kind, (thing.x, thing.y), thing.reach
            )
            points, box = [(float(x), float(y)) for x, y in shape], box_of(shape)
        if points is None and width_px is None:
            ground.canvas.disc((thing.x, thing.y), thing.reach, rgb)
        elif points is None:
            ground.canvas.circle((thing.x, thing.y), thing.reach, rgb, width_px or 1.0)
        elif width_px is None:
            ground.canvas.fill(points, rgb)
        else:
            ground.canvas.outline(points, rgb, width_px)
        ground.note(thing.kind, thing.colour, box)


_INRADIUS = {"square": 0.85, "circle": 1.0, "triangle": 0.5, "hexagon": 0.866}  # from the middle to a side, per reach
_UPRIGHT = 4  # a seed with which `outline` does not turn what it draws


def _centres(rng: np.random.Generator, layout: str, n: int) -> Points:
    """`n` centres about one unit apart."""
    i = np.arange(n)
    if layout == "zigzag":
        drop = rng.uniform(0.3, 0.8)
        points = np.stack([i * 0.5, (i % 2) * drop], axis=1)
        if rng.random() < 0.3:
            points[:, 1] *= -1
    elif layout in ("row", "column"):
        points = np.stack([i * 1.0, np.zeros(n)], axis=1)
        points = points[:, ::-1] if layout == "column" else points
    elif layout == "grid":
        across = int(np.ceil(np.sqrt(n) * rng.uniform(0.8, 1.6)))
        points = np.stack([i % across, i // across], axis=1).astype(np.float64)
    elif layout == "wheel":
        arm = 0.5 / np.sin(np.pi / max(n, 2))
        points = arm * np.stack([np.cos(2 * np.pi * i / n), np.sin(2 * np.pi * i / n)], axis=1)
    elif layout == "pile":
        rows = np.repeat(np.arange(n), np.arange(1, n + 1))[:n]
        starts = rows * (rows + 1) // 2
        points = np.stack([i - starts - rows / 2, rows * 0.87], axis=1).astype(np.float64)
    else:
        points = _scattered(rng, n)
    return points.astype(np.float64)


def _scattered(rng: np.random.Generator, n: int) -> Points:
    points: list[list[float]] = []
    room = 1.5 * np.sqrt(n)
    while len(points) < n:
        point = rng.uniform(0, room, 2)
        if all(np.hypot(*(point - other)) >= 1 for other in np.array(points).reshape(-1, 2)):
            points.append(point.tolist())
        room *= 1.01
    return np.array(points)


def _nearest(centres: Points) -> float:
    """The distance of the two that are closest."""
    if len(centres) < 2:
        return 1.0
    apart = np.hypot(*(centres[:, None] - centres[None]).transpose(2, 0, 1))
    return float(apart[~np.eye(len(centres), dtype=bool)].min())


def _reach(rng: np.random.Generator, layout: str, centres: Points) -> float:
    """Half the size of each, so that neighbours overlap, touch or stand apart, but never hide each other."""
    nearest = _nearest(centres)
    if layout == "zigzag":
        return float(rng.uniform(0.36, 0.5) if rng.random() < 0.6 else nearest * rng.uniform(0.4, 0.5))
    return float(nearest * (rng.uniform(0.52, 0.8) if rng.random() < 0.5 else rng.uniform(0.3, 0.48)))


def _placed(
    rng: np.random.Generator, ground: Ground, centres: Points, reach: float
) -> tuple[list[tuple[float, float]], float]:
    """The centres in pixels, somewhere in the picture, and how many pixels a unit has."""
    low, high = centres.min(axis=0) - reach, centres.max(axis=0) + reach
    extent = high - low
    fits = float((np.array(ground.size) / extent).min())
    most = 0.3 * ground.side / reach  # a single one does not fill the picture
    least = 0.022 * ground.side / reach
    scale = max(min(fits * rng.uniform(0.35, 0.95), most), min(least, fits * 0.95))
    room = np.array(ground.size) - extent * scale
    corner = room * (rng.uniform(0.05, 0.95, 2) if rng.random() < 0.6 else np.array([0.5, 0.5]))
    return [(float(x), float(y)) for x, y in (centres - low) * scale + corner], scale


def _colours(rng: np.random.Generator, ground: Ground, n: int) -> list[str]:
    chance = rng.random()
    if chance < 0.4:
        return [ground.ink()] * n
    if chance < 0.55:
        return [ground.colours[0]] * n
    some = ground.colours[: int(rng.integers(2, len(ground.colours) + 1))]
    return [some[i % len(some)] for i in range(n)] if rng.random() < 0.5 else [pick(rng, some) for _ in range(n)]


def outline_turns(rng: np.random.Generator, ground: Ground, layout: str, things: list[Drawn]) -> list[Turn]:
    """5 to 8 turns, one of them of kind `caption`."""
    turns = [_count(rng, things, layout), _count(rng, things, layout), _caption(rng, things, layout, ground.background)]
    return fill(turns, int(rng.integers(5, 9)), lambda: pick(rng, _MAKERS)(rng, things, layout))


def _noun(rng: np.random.Generator, kind: str) -> str:
    return pick(rng, ("circle", "circle", "circle", "circle", "ring", "round shape")) if kind == "circle" else kind


def _count(rng: np.random.Generator, things: list[Drawn], layout: str) -> Turn:
    n = len(things)
    noun = _noun(rng, things[0].kind) if rng.random() < 0.85 else pick(rng, ("shape", "figure"))
    said = f"There {'is' if n == 1 else 'are'} {say_number(n)} {plural(noun, n)}."
    words = WORDINGS["count_nested"] if layout == "nested" and rng.random() < 0.3 else WORDINGS["count"]
    return Turn(*number(rng, words, n, said, things=plural(noun), thing=noun), "count")


def _compare(rng: np.random.Generator, things: list[Drawn], layout: str) -> Turn:
    """More than, fewer than, exactly so many: true or false with equal chance."""
    n, truth = len(things), bool(rng.random() < 0.5)
    word = pick(rng, ("more than", "fewer than", "exactly", "at least"))
    step = pick(rng, (0, 0, 1, 2))
    said = {
        ("more than", True): n - 1 - step, ("more than", False): n + step, ("fewer than", True): n + 1 + step,
        ("fewer than", False): n - step, ("exactly", True): n, ("exactly", False): n + pick(rng, (-1, 1)),
        ("at least", True): n - step, ("at least", False): n + 1 + step,
    }[word, truth]  # fmt: skip
    if said < 1:
        said, word = (n, "exactly") if truth else (n + 1, "exactly")
    amount = f"{word} {say_number(said) if rng.random() < 0.5 else said}"
    things_ = plural(things[0].kind, said)
    is_ = "is" if said == 1 else "are"
    sentence = f"there {'is' if n == 1 else 'are'} {say_number(n)} {plural(things[0].kind, n)}"
    return Turn(*yes_no(rng, WORDINGS["compare"], truth, sentence, amount=amount, things=things_, are=is_), "compare")


def _kind(rng: np.random.Generator, things: list[Drawn], layout: str) -> Turn:
    return Turn(ask(rng, WORDINGS["kind"], "brief"), things[0].kind, "shape")


def _some_colour(rng: np.random.Generator, things: list[Drawn], layout: str) -> Turn:
    colour = pick(rng, things).colour
    n = sum(thing.colour == colour for thing in things)
    noun = things[0].kind
    return Turn(
        *number(rng, WORDINGS["count"], n, things=f"{colour} {plural(noun)}", thing=f"{colour} {noun}"), "count"
    )


def _n_colours(rng: np.random.Generator, things: list[Drawn], layout: str) -> Turn:
    n = len({thing.colour for thing in things})
    return Turn(*number(rng, WORDINGS["n_colours"], n, things=plural(things[0].kind)), "n_colours")


def _list_colours(rng: np.random.Generator, things: list[Drawn], layout: str) -> Turn:
    names = sorted({thing.colour for thing in things}, key=COLOURS.index)
    return Turn(ask(rng, WORDINGS["list_colours"], things=plural(things[0].kind)), say_list(names), "colours")


def _alike(rng: np.random.Generator, things: list[Drawn], layout: str) -> Turn:
    """Is every one of a colour that most, or only some, have."""
    names = {thing.colour for thing in things}
    colour = pick(rng, sorted(names))
    truth = names == {colour}
    return Turn(
        *yes_no(rng, WORDINGS["all_of_colour"], truth, things=plural(things[0].kind), colour=colour), "all_of_colour"
    )


def _caption(rng: np.random.Generator, things: list[Drawn], layout: str, background: str) -> Turn:
    n, kind = len(things), things[0].kind
    names = {thing.colour for thing in things}
    colour = names.pop() if len(names) == 1 else ""
    noun = " ".join(word for word in ("nested" if layout == "nested" else "", colour, plural(kind, n)) if word)
    said = with_article(noun) if n == 1 else f"{say_number(n)} {noun}"
    if not colour:
        said += " in several colors"
    return Turn(ask(rng, WORDINGS["caption"]), start_sentence(f"{said} on a {background} background"), "caption")


_MAKERS = (_compare, _compare, _kind, _some_colour, _n_colours, _list_colours, _alike, _count)
