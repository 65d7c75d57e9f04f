"""A word with a ring around one of its letters."""

from __future__ import annotations

from random import Random

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from sightline.reading.lines import Reading
from sightline.scenes import words
from sightline.scenes.answer_forms import number
from sightline.scenes.canvas import Canvas
from sightline.scenes.fonts import load
from sightline.scenes.lettering import Lettering, pick_face
from sightline.scenes.phrasing import ORDINALS, ask, pick, with_article
from sightline.scenes.puzzles.asking import fill
from sightline.scenes.puzzles.ground import Ground
from sightline.scenes.puzzles.wordings import WORDINGS
from sightline.scenes.scene import Turn
from sightline.scenes.word_lists import NOUNS


def draw_ringed(
    rng: np.random.Generator, ground: Ground, split: str
) -> tuple[str, int, str, NDArray[np.uint8], Reading]:
    """Draws a word with a ring around one letter: the word, the letter's place, the ring's colour, pixels and reading."""
    word = pick(rng, NOUNS) if rng.random() < 0.6 else words.made_up(Random(int(rng.integers(2**62))), 3)
    word = pick(rng, (word.lower(), word.capitalize(), word.upper()))[:10]
    face, size = pick_face(rng, pick(rng, ("sans", "sans", "serif", "receipt")), split), int(ground.side * 0.26)
    while load(face, size).getlength(word) > 0.86 * ground.size[0]:
        size -= 2
    size = int(size * rng.uniform(0.75, 1.0))
    lettering = Lettering(Image.fromarray(ground.canvas.pixels()), rng)
    width = lettering.width(word, face, size)
    x = rng.uniform(0.04 * ground.size[0], 0.96 * ground.size[0] - width)
    y = rng.uniform(0.25, 0.75) * ground.size[1]
    lettering.put(word, x, y, face, size, ground.shade(rng, ground.ink()), anchor="ls")
    at = int(rng.integers(len(word)))
    colour = next(name for name in ground.colours if name != ground.ink())
    x0, y0, x1, y1 = load(face, size).getbbox(word[at], anchor="ls")
    left = x + lettering.width(word[:at], face, size)
    half_x, half_y = (x1 - x0) / 2 + 0.12 * size, max((y1 - y0) / 2 + 0.12 * size, 0.3 * size)
    centre = np.array([left + (x0 + x1) / 2, y + (y0 + y1) / 2])
    turn = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    ring = centre + np.stack([half_x * np.cos(turn), half_y * np.sin(turn)], axis=1)
    canvas = Canvas(np.asarray(lettering.image, dtype=np.uint8), ground.scale)
    canvas.outline(
        [(float(a), float(b)) for a, b in ring],
        ground.shade(rng, colour),
        max(1.5, ground.side * rng.uniform(0.006, 0.014)),
    )
    ground.objects += lettering.objects
    cx, cy = (float(v) for v in centre)
    ground.note("ring", colour, (cx - half_x, cy - half_y, cx + half_x, cy + half_y))
    return word, at, colour, canvas.pixels(), lettering.reading()


def ringed_turns(rng: np.random.Generator, word: str, at: int, colour: str, reading: Reading) -> list[Turn]:
    """7 turns, one of them of kind `caption`. What is read is answered as it reads."""
    read = reading.text
    letters = fill((), 2, lambda: Turn(ask(rng, WORDINGS["ringed"], "brief"), word[at], "ringed"))
    return [
        *letters, Turn(ask(rng, WORDINGS["ringed_place"]), f"the {ORDINALS[at]}", "place"),
        Turn(ask(rng, WORDINGS["ring_colour"], "brief"), colour, "colour"), Turn(ask(rng, WORDINGS["word"]), read, "read"),
        Turn(*number(rng, WORDINGS["letters"], len(word)), "letters"),
        Turn(ask(rng, WORDINGS["caption"]), f'The word "{read}" with {with_article(colour)} ring around one letter.', "caption"),
    ]  # fmt: skip
