"""Lines that cross a known number of times, and several lines to count."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sightline.reading.colour_names import COLOURS
from sightline.reading.figures.outlines import Points
from sightline.scenes.answer_forms import number, yes_no
from sightline.scenes.captions import start_sentence
from sightline.scenes.phrasing import ask, pick, say_list, say_number, with_article
from sightline.scenes.puzzles.asking import fill
from sightline.scenes.puzzles.ground import Ground
from sightline.scenes.puzzles.wordings import WORDINGS
from sightline.scenes.scene import Turn

_APART = 0.07  # two lines are never closer than this at a bend, in sides of the picture
_PIECES = 14  # a line is noted down in so many short pieces, so that its boxes follow it


@dataclass(frozen=True, slots=True)
class Crossing:
    """Two lines from left to right (or top to bottom): their colours, their points, how often they cross."""

    colours: tuple[str, str]
    points: tuple[Points, Points]
    crossings: int
    is_upright: bool


def draw_crossing(rng: np.random.Generator, ground: Ground) -> Crossing:
    """Draws two lines that cross 0 to 4 times."""
    n = pick(rng, (0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 4))
    bends = max(n + 1, pick(rng, (2, 3, 3, 3, 4, 5)))
    x = _knots(rng, bends)
    ahead, behind = _pair(rng, bends, n)
    curved = bool(rng.random() < 0.2)
    is_upright = bool(rng.random() < 0.15)
    lines = [_line(x, y, curved, is_upright) * np.array(ground.size) for y in (ahead, behind)]
    red_and_blue = rng.random() < 0.4 and {"red", "blue"} <= set(ground.colours)
    first, second = ("blue", "red") if red_and_blue else ground.colours[:2]
    if rng.random() < 0.5:
        first, second = second, first
    if rng.random() < 0.2:
        _grid(rng, ground)
    width = ground.side * rng.uniform(0.004, 0.02)
    for colour, line in zip((first, second), lines, strict=True):
        _stroke(rng, ground, line, colour, width)
    return Crossing((first, second), (lines[0], lines[1]), n, is_upright)


def _knots(rng: np.random.Generator, n: int) -> Points:
    """`n` places from 0 to 1, mostly evenly spread; often not quite to the edge of the picture."""
    margin = pick(rng, (0.0, 0.0, 0.05, 0.12))
    x = np.linspace(0, 1, n)
    if rng.random() < 0.4:
        x[1:-1] += rng.uniform(-0.2, 0.2, n - 2) / n
    placed: Points = margin + x * (1 - 2 * margin)
    return placed


def _pair(rng: np.random.Generator, bends: int, crossings: int) -> tuple[Points, Points]:
    """The heights (0 to 1) of two lines that change places `crossings` times and stay apart at every bend."""
    swaps = np.zeros(bends - 1, dtype=int)
    swaps[rng.permutation(bends - 1)[:crossings]] = 1
    side = (-1.0) ** np.concatenate([[0], np.cumsum(swaps)]) * pick(rng, (-1, 1))
    gap = side * rng.uniform(_APART, pick(rng, (0.2, 0.45, 0.7)), bends)
    middle = np.clip(rng.uniform(0.1, 0.9, bends), 0.03 + np.abs(gap) / 2, 0.97 - np.abs(gap) / 2)
    return middle + gap / 2, middle - gap / 2


def _line(x: Points, y: Points, curved: bool, is_upright: bool) -> Points:
    """The line through the places, straight between them or bent softly: both keep who is above whom."""
    fine = np.linspace(x[0], x[-1], 60 if curved else 0) if curved else x
    if curved:
        at = np.clip(np.searchsorted(x, fine, side="right") - 1, 0, len(x) - 2)
        t = (fine - x[at]) / (x[at + 1] - x[at])
        t = (1 - np.cos(np.pi * t)) / 2
        y = y[at] * (1 - t) + y[at + 1] * t
    points = np.stack([fine, y], axis=1)
    return points[:, ::-1] if is_upright else points


def _stroke(rng: np.random.Generator, ground: Ground, line: Points, colour: str, width_px: float) -> None:
    ground.canvas.line([(float(x), float(y)) for x, y in line], ground.shade(rng, colour), width_px)
    steps = np.r_[0, np.cumsum(np.hypot(*np.diff(line, axis=0).T))]
    at = np.linspace(0, steps[-1], _PIECES + 1)
    path = np.stack([np.interp(at, steps, line[:, 0]), np.interp(at, steps, line[:, 1])], axis=1)
    for (x0, y0), (x1, y1) in pairwise(path):
        half = width_px / 2
        ground.note("line", colour, (min(x0, x1) - half, min(y0, y1) - half, max(x0, x1) + half, max(y0, y1) + half))


def _grid(rng: np.random.Generator, ground: Ground) -> None:
    """Thin lines behind, as in a chart."""
    rgb = (225, 225, 225) if ground.background != "black" else (60, 60, 60)
    width, height = ground.size
    for t in np.linspace(0, 1, int(rng.integers(4, 9)))[1:-1]:
        ground.canvas.line([(0, t * height), (width, t * height)], rgb, 1)
        if rng.random() < 0.5:
            ground.canvas.line([(t * width, 0), (t * width, height)], rgb, 1)


def crossing_turns(rng: np.random.Generator, ground: Ground, two: Crossing) -> list[Turn]:
    """5 to 7 turns, one of them of kind `caption`."""
    turns = [_times(rng, two), _times(rng, two), _crossing_caption(rng, two, ground.background)]
    makers = (_times, _meet, _meet, _meet_twice, _end, _end, _two, _which_colours)
    return fill(turns, int(rng.integers(5, 8)), lambda: pick(rng, makers)(rng, two))


def _slots(rng: np.random.Generator, two: Crossing) -> dict[str, str]:
    one, other = two.colours if rng.random() < 0.5 else two.colours[::-1]
    meet = pick(
        rng, ("cross", "intersect", "touch", "meet", "cross each other", "touch each other", "intersect each other")
    )
    return {"one": one, "other": other, "meet": meet}


def _times(rng: np.random.Generator, two: Crossing) -> Turn:
    n = two.crossings
    times = {0: "never", 1: "once", 2: "twice"}.get(n, f"{say_number(n)} times")
    slots = _slots(rng, two)
    said = f"The {slots['one']} and {slots['other']} lines cross {times}." if n else "The lines never cross."
    return Turn(*number(rng, WORDINGS["crossings"], n, said, **slots), "crossings")


def _meet(rng: np.random.Generator, two: Crossing) -> Turn:
    """Asked more often where they do not: most pairs do."""
    truth = two.crossings > 0
    if truth and rng.random() < 0.62:
        return _times(rng, two)
    said = "the lines cross" if truth else "the lines do not cross"
    return Turn(*yes_no(rng, WORDINGS["cross"], truth, said, **_slots(rng, two)), "cross")


def _meet_twice(rng: np.random.Generator, two: Crossing) -> Turn:
    truth = two.crossings > 1
    return Turn(*yes_no(rng, WORDINGS["cross_twice"], truth, **_slots(rng, two)), "cross_twice")


def _end(rng: np.random.Generator, two: Crossing) -> Turn:
    """Which line is above (or further left) at one end."""
    at = pick(rng, (0, -1))
    axis = 0 if two.is_upright else 1
    where = ("top", "bottom")[at] if two.is_upright else ("left", "right")[at]
    first, second = (float(points[at, axis]) for points in two.points)
    lower = bool(rng.random() < 0.5)
    if two.is_upright:
        which = "further right" if lower else "further left"
    else:
        which = pick(rng, ("lower", "below")) if lower else pick(rng, ("higher", "above"))
    answer = two.colours[0] if (first > second) == lower else two.colours[1]
    return Turn(ask(rng, WORDINGS["line_end"], "brief", which=which, where=where), answer, "place")


def _two(rng: np.random.Generator, two: Crossing) -> Turn:
    return Turn(*number(rng, WORDINGS["count"], 2, "There are two lines.", things="lines", thing="line"), "count")


def _which_colours(rng: np.random.Generator, two: Crossing) -> Turn:
    return Turn(
        ask(rng, WORDINGS["list_colours"], things="lines"), say_list(sorted(two.colours, key=COLOURS.index)), "colours"
    )


def _crossing_caption(rng: np.random.Generator, two: Crossing, background: str) -> Turn:
    times = {0: "do not cross", 1: "cross once", 2: "cross twice"}.get(
        two.crossings, f"cross {say_number(two.crossings)} times"
    )
    first, second = two.colours
    said = f"{with_article(first)} line and {with_article(second)} line that {times} on a {background} background"
    return Turn(ask(rng, WORDINGS["caption"]), start_sentence(said), "caption")


def draw_paths(rng: np.random.Generator, ground: Ground) -> list[str]:
    """Draws 1 to 6 lines that run beside each other and cross at will; returns their colours."""
    n = int(rng.integers(1, 7))
    some = ground.colours[: pick(rng, (2, n, n))]
    colours = [some[i] if i < len(some) else pick(rng, some) for i in range(n)]
    is_upright, curved = bool(rng.random() < 0.3), bool(rng.random() < 0.6)
    width = ground.side * rng.uniform(0.008, 0.022)
    starts, ends = (rng.permutation(n) if rng.random() < 0.5 else np.arange(n) for _ in range(2))
    for i, colour in enumerate(colours):
        bends = int(rng.integers(2, 5))
        first, last = (starts[i] + 0.5) / n, (ends[i] + 0.5) / n
        y = np.interp(np.linspace(0, 1, bends), [0, 1], [first, last])
        y[1:-1] += rng.uniform(-0.12, 0.12, bends - 2)
        _stroke(
            rng,
            ground,
            _line(np.linspace(0.04, 0.96, bends), np.clip(y, 0.03, 0.97), curved, is_upright) * np.array(ground.size),
            colour,
            width,
        )
    return colours


def path_turns(rng: np.random.Generator, ground: Ground, colours: list[str]) -> list[Turn]:
    """5 to 7 turns, one of them of kind `caption`."""
    n = len(colours)
    noun = pick(rng, ("lines", "paths", "lines", "strokes", "routes"))
    caption = f"{say_number(n)} {'line' if n == 1 else 'lines'} on a {ground.background} background"
    turns = [
        Turn(*number(rng, WORDINGS["count"], n, things=noun, thing=noun[:-1]), "count"),
        Turn(*number(rng, WORDINGS["n_colours"], len(set(colours)), things=noun), "n_colours"),
        Turn(ask(rng, WORDINGS["caption"]), start_sentence(caption), "caption"),
        Turn(
            ask(rng, WORDINGS["list_colours"], things=noun),
            say_list(sorted(set(colours), key=COLOURS.index)),
            "colours",
        ),
    ]
    return fill(turns, int(rng.integers(5, 8)), lambda: _count_paths(rng, ground, colours, noun))


def _count_paths(rng: np.random.Generator, ground: Ground, colours: list[str], noun: str) -> Turn:
    colour = pick(rng, colours if rng.random() < 0.8 else ground.colours)
    n, things = colours.count(colour), f"{colour} {noun}"
    return Turn(*number(rng, WORDINGS["count"], n, things=things, thing=things[:-1]), "count")
