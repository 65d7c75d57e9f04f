"""Two circles that overlap, just touch, or stand apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sightline.reading.figures.outlines import Points
from sightline.scenes.answer_forms import number, yes_no
from sightline.scenes.captions import start_sentence
from sightline.scenes.phrasing import ask, pick, with_article
from sightline.scenes.puzzles.asking import fill
from sightline.scenes.puzzles.ground import Ground
from sightline.scenes.puzzles.wordings import WORDINGS
from sightline.scenes.scene import Turn

_STATES = ("overlap",) * 42 + ("touch",) * 10 + ("apart",) * 48
_SAID = {
    "overlap": ("The two circles overlap.", "overlap"), "touch": ("The two circles touch each other but do not overlap.", "touch"),
    "apart": ("The two circles are apart.", "are apart"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """Two circles: centres and radii in pixels, colours, and how they stand to each other.

    `state` is "overlap", "touch" (the outer edges meet in one point) or "apart".
    """

    centres: tuple[tuple[float, float], tuple[float, float]]
    radii: tuple[float, float]
    colours: tuple[str, str]
    state: str


def draw_pair(rng: np.random.Generator, ground: Ground) -> Pair:
    """Draws two circles; the gap runs from none over hardly any to wide."""
    side, state = min(ground.size), pick(rng, _STATES)
    first = side * rng.uniform(0.05, 0.2)
    second = first if rng.random() < 0.6 else float(np.clip(first * rng.uniform(0.5, 2.0), 0.04 * side, 0.22 * side))
    if 0.92 < second / first < 1.09:
        second = first
    gap = _gap(rng, state, first, second, side)
    distance = first + second + gap
    angle = pick(rng, (0.0, 90.0, 0.0, 90.0, 45.0, 135.0)) if rng.random() < 0.6 else rng.uniform(0, 180)
    towards = np.array([np.cos(np.deg2rad(angle)), np.sin(np.deg2rad(angle))]) * pick(rng, (-1, 1))
    centres = _fit(rng, ground, towards * distance, first, second)
    colours = (ground.colours[0], ground.colours[1] if rng.random() < 0.85 else ground.colours[0])
    width = side * rng.uniform(0.004, 0.02) if rng.random() < 0.25 or colours[0] == colours[1] else None
    shades = {name: ground.shade(rng, name) for name in colours}
    for (x, y), radius, colour in zip(centres, (first, second), colours, strict=True):
        if width:
            ground.canvas.circle((x, y), radius, shades[colour], min(width, radius / 4))
        else:
            ground.canvas.disc((x, y), radius, shades[colour])
        ground.note("circle", colour, (x - radius, y - radius, x + radius, y + radius))
    return Pair(centres, (float(first), float(second)), colours, state)


def _gap(rng: np.random.Generator, state: str, first: float, second: float, side: float) -> float:
    """Pixels between the edges, below 0 where they overlap. Small gaps, hard to see, are as frequent as wide ones."""
    if state == "touch":
        return 0.0
    if state == "overlap":
        return -float(min(first, second) * 2 * np.exp(rng.uniform(np.log(0.06), np.log(0.7))))
    most = 0.9 * side - 2 * (first + second)
    return float(np.exp(rng.uniform(np.log(0.016 * side), np.log(max(0.025 * side, min(0.4 * side, most))))))


def _fit(
    rng: np.random.Generator, ground: Ground, step: Points, first: float, second: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Both centres, so that the pair lies within the picture."""
    low = np.minimum(-first, step - second)
    high = np.maximum(first, step + second)
    room = np.maximum(np.array(ground.size) - (high - low), 0)
    start = room * (rng.uniform(0.03, 0.97, 2) if rng.random() < 0.7 else np.array([0.5, 0.5])) - low
    return (float(start[0]), float(start[1])), (float(start[0] + step[0]), float(start[1] + step[1]))


def pair_turns(rng: np.random.Generator, ground: Ground, pair: Pair) -> list[Turn]:
    """5 to 8 turns, one of them of kind `caption`."""
    one, other = (f"{with_article(colour)} circle" for colour in pair.colours)
    both = f"two {pair.colours[0]} circles" if one == other else f"{one} and {other}"
    caption = start_sentence(f"{both} that {_SAID[pair.state][1]} on a {ground.background} background")
    turns = [_overlap(rng, pair), _touch(rng, pair), Turn(ask(rng, WORDINGS["caption"]), caption, "caption")]
    makers = (_overlap, _touch, _apart, _relation, _two, _size, _size, _place, _place)
    return fill(turns, int(rng.integers(5, 9)), lambda: pick(rng, makers)(rng, pair))


def _relation(rng: np.random.Generator, pair: Pair) -> Turn:
    return Turn(ask(rng, WORDINGS["relation"]), _SAID[pair.state][0], "relation_pair")


def _two(rng: np.random.Generator, pair: Pair) -> Turn:
    return Turn(*number(rng, WORDINGS["count"], 2, "There are two circles.", things="circles", thing="circle"), "count")


def _overlap(rng: np.random.Generator, pair: Pair) -> Turn:
    truth = pair.state == "overlap"
    said = "the two circles overlap" if truth else "the two circles do not overlap"
    return Turn(*yes_no(rng, WORDINGS["overlap"], truth, said), "overlap")


def _touch(rng: np.random.Generator, pair: Pair) -> Turn:
    """Circles that overlap touch as well."""
    truth = pair.state != "apart"
    said = "the two circles touch each other" if truth else "the two circles do not touch each other"
    return Turn(*yes_no(rng, WORDINGS["touch"], truth, said), "touch")


def _apart(rng: np.random.Generator, pair: Pair) -> Turn:
    truth = pair.state == "apart"
    said = "there is a gap between the two circles" if truth else "there is no gap between the two circles"
    return Turn(*yes_no(rng, WORDINGS["apart"], truth, said), "apart")


def _size(rng: np.random.Generator, pair: Pair) -> Turn | None:
    """Of the same size or not; which one is larger. Of equal ones fewer are asked about: most are."""
    first, second = pair.radii
    if first == second and rng.random() < 0.65:
        return None
    if first == second or pair.colours[0] == pair.colours[1] or rng.random() < 0.55:
        return Turn(*yes_no(rng, WORDINGS["same_size"], first == second), "same_size")
    larger = bool(rng.random() < 0.5)
    answer = pair.colours[0] if (first > second) == larger else pair.colours[1]
    which = pick(rng, ("larger", "bigger")) if larger else "smaller"
    return Turn(ask(rng, WORDINGS["which_circle"], "brief", which=which), answer, "size")


def _place(rng: np.random.Generator, pair: Pair) -> Turn | None:
    """Which colour is on the left, on the right, above or below; only where that is plain."""
    axis = int(rng.integers(2))
    step = pair.centres[1][axis] - pair.centres[0][axis]
    if abs(step) < 0.6 * max(pair.radii) or pair.colours[0] == pair.colours[1]:
        return None
    first = bool(rng.random() < 0.5)
    names = (
        (("on the left", "further left"), ("on the right", "further right"))
        if axis == 0
        else (("at the top", "higher"), ("at the bottom", "lower"))
    )
    answer = pair.colours[0] if (step > 0) == first else pair.colours[1]
    return Turn(ask(rng, WORDINGS["which_circle"], "brief", which=pick(rng, names[0 if first else 1])), answer, "place")
