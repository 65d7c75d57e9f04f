"""A picture with known answers: what a seed becomes before it is a training sample."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sightline.reading.lines import Reading


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and the answer we want. `kind` names the skill, for tables and mixing.

    `quotes` says that the answer is all that was read: the model learns to point at it, not to copy it.
    """

    question: str
    answer: str
    kind: str
    quotes: bool = False


@dataclass(frozen=True, slots=True)
class SceneObject:
    """Something with a place. `box` is x0, y0, x1, y1 in pixels of the scene's picture.

    `kind` is one of `CLASSES`, `colour` one of `COLOURS`.
    """

    kind: str
    colour: str
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Scene:
    """A rendered picture and everything we know about it.

    `pixels` is uint8 RGB `(h, w, 3)`. `reading` is what an OCR engine would return for it, mistakes
    included: never the clean truth. `objects` are in painting order, later ones on top. `shows` is the everyday word for
    what a photo shows, "" where nobody could say.
    """

    family: str
    pixels: NDArray[np.uint8]
    reading: Reading
    turns: tuple[Turn, ...]
    objects: tuple[SceneObject, ...] = field(default=())
    shows: str = ""

    @property
    def named(self) -> str:
        """The word for what a photo shows where the reader says it first too; "" where only the truth is known."""
        return self.shows if self.shows and self.shows in [one.word for one in self.reading.objects[:1]] else ""


CLASSES = (
    "background", "text", "circle", "square", "rectangle", "triangle", "star", "pentagon", "hexagon", "diamond",
    "ellipse", "cross", "heart", "arrow", "line", "ring", "bar", "slice", "rule", "button", "checkbox", "photo",
)  # fmt: skip
