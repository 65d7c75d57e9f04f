"""Talk without a picture: greetings, what the model can do, questions about a picture that was not given."""

from __future__ import annotations

import numpy as np

from sightline.reading.lines import Reading
from sightline.scenes.phrasing import pick
from sightline.scenes.scene import Scene, Turn
from sightline.scenes.textonly_wordings import ANSWERS, QUESTIONS


def make(rng: np.random.Generator, split: str = "train") -> Scene:
    """6 to 10 turns without a picture: `pixels` is `(0, 0, 3)` and the reading is empty. Both splits are alike."""
    topics = [pick(rng, tuple(QUESTIONS)) for _ in range(int(rng.integers(6, 11)))]
    topics += ["no_image", "scope"]
    turns: dict[str, Turn] = {}
    for topic in topics:
        question = pick(rng, QUESTIONS[topic])
        if rng.random() < 0.1:
            question = question.lower()
        if rng.random() < 0.08:
            question = question.rstrip("?.!")
        turns.setdefault(question, Turn(question, ANSWERS[topic], topic))
    return Scene("textonly", np.zeros((0, 0, 3), dtype=np.uint8), Reading((), 0, 0), tuple(turns.values())[:10])
