"""What a puzzle is drawn on, and in which colours."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sightline.reading.colour_names import Rgb
from sightline.scenes.backdrops import backdrop
from sightline.scenes.canvas import Canvas
from sightline.scenes.colours import vary
from sightline.scenes.phrasing import pick
from sightline.scenes.scene import SceneObject

_GROUNDS = ("white",) * 14 + ("grey", "yellow", "black", "blue", "pink", "teal")
_ON: dict[str, tuple[str, ...]] = {
    "white": ("black", "red", "blue", "green", "orange", "purple", "pink", "brown", "grey", "teal"),
    "grey": ("black", "red", "blue", "yellow", "white", "purple"),
    "yellow": ("black", "blue", "purple", "red", "brown"),
    "black": ("white", "yellow", "red", "green", "pink", "orange", "teal"),
    "blue": ("white", "yellow", "black", "orange"),
    "pink": ("black", "blue", "green", "white", "brown"),
    "teal": ("black", "white", "yellow", "red"),
}
_SUPERSAMPLED = 420  # pictures up to this side are drawn at twice the size


class Ground:
    """A nearly square picture to draw on, with the names of the colours that can be told from it and each other."""

    def __init__(self, rng: np.random.Generator, split: str, aspect: float = 1.0) -> None:
        self.side = int(rng.integers(256, 420)) if rng.random() < 0.8 else int(rng.integers(420, 640))
        self.size = self.side, round(self.side * aspect)
        self.background = pick(rng, _GROUNDS)
        free = list(_ON[self.background])
        self.colours = [free[i] for i in rng.permutation(len(free))]
        self.scale = 2 if self.side <= _SUPERSAMPLED else 1
        self.canvas = Canvas(self._behind(rng, split), self.scale)
        self.objects: list[SceneObject] = []

    def _behind(self, rng: np.random.Generator, split: str) -> NDArray[np.uint8]:
        if self.background == "white" and split == "train" and rng.random() < 0.7:
            return np.full((self.size[1], self.size[0], 3), 255, np.uint8)
        return backdrop(rng, self.size, self.background, split)

    def shade(self, rng: np.random.Generator, name: str) -> Rgb:
        """A colour called `name`."""
        return vary(rng, name, 8)

    def ink(self) -> str:
        """The plainest colour on this ground: black, or white on black."""
        return "white" if self.background == "black" else "black"

    def note(self, kind: str, colour: str, box: tuple[float, float, float, float]) -> None:
        """Remember something that was drawn at `box`; what lies outside the picture is cut off."""
        width, height = self.size
        x0, y0, x1, y1 = max(0.0, box[0]), max(0.0, box[1]), min(float(width), box[2]), min(float(height), box[3])
        if x0 < x1 and y0 < y1:
            self.objects.append(SceneObject(kind, colour, (x0, y0, x1, y1)))
