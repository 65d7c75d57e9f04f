"""Plain geometry to look at closely: how many, how often, do they touch."""

from __future__ import annotations

import numpy as np

from sightline.reading.lines import Reading
from sightline.scenes.phrasing import pick
from sightline.scenes.puzzles.grids import draw_table, table_turns
from sightline.scenes.puzzles.ground import Ground
from sightline.scenes.puzzles.lines import crossing_turns, draw_crossing, draw_paths, path_turns
from sightline.scenes.puzzles.outlined import draw_nested, draw_outlines, outline_turns
from sightline.scenes.puzzles.pairs import draw_pair, pair_turns
from sightline.scenes.puzzles.ringed import draw_ringed, ringed_turns
from sightline.scenes.scene import Scene, Turn

_PUZZLES = (
    ("outlines",) * 7 + ("crossing",) * 5 + ("nested",) * 4 + ("pair",) * 11 + ("table",) * 6 + ("ringed", "paths")
)


def make(rng: np.random.Generator, *, split: str = "train") -> Scene:
    """A puzzle and 5 to 8 turns about it. Tables are of the family `table`, all others of `puzzles`.

    `split="test"` uses layouts, typefaces and background styles that `"train"` never draws.
    """
    puzzle = pick(rng, _PUZZLES)
    ground = Ground(rng, split, 1.0 if rng.random() < 0.75 else float(rng.uniform(0.85, 1.18)))
    family, reading = "puzzles", Reading((), *ground.size)
    if puzzle == "table":
        family = "table"
        table, pixels, reading = draw_table(rng, ground, split)
        turns = table_turns(rng, table)
    elif puzzle == "ringed":
        word, at, colour, pixels, reading = draw_ringed(rng, ground, split)
        turns = ringed_turns(rng, word, at, colour, reading)
    else:
        turns = _drawn(rng, ground, puzzle, split)
        pixels = ground.canvas.pixels()
    return Scene(family, pixels, reading, tuple(turns[i] for i in rng.permutation(len(turns))), tuple(ground.objects))


def _drawn(rng: np.random.Generator, ground: Ground, puzzle: str, split: str) -> list[Turn]:
    """Draws a puzzle without text, and asks about it."""
    if puzzle == "outlines":
        return outline_turns(rng, ground, *draw_outlines(rng, ground, split))
    if puzzle == "nested":
        return outline_turns(rng, ground, "nested", draw_nested(rng, ground))
    if puzzle == "crossing":
        return crossing_turns(rng, ground, draw_crossing(rng, ground))
    if puzzle == "pair":
        return pair_turns(rng, ground, draw_pair(rng, ground))
    return path_turns(rng, ground, draw_paths(rng, ground))
