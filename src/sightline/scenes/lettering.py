"""Text in drawn pictures: set in the fonts of the split, and noted down as an OCR engine would read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

import numpy as np
from PIL import Image, ImageDraw

from sightline.reading.colour_names import Rgb, colour_name
from sightline.reading.lines import Box, Reading, TextLine
from sightline.reading.order import order_rows
from sightline.scenes.fonts import Face, Role, Split, faces, load
from sightline.scenes.noise import DEFAULT_RATES, NoiseRates, misread
from sightline.scenes.scene import SceneObject

_RATES = DEFAULT_RATES.scaled(0.35)


def as_split(split: str) -> Split:
    """The split as the font list wants it."""
    return "test" if split == "test" else "train"


def pick_face(rng: np.random.Generator, role: Role, split: str) -> Face:
    """A typeface for `role`; the test split has its own."""
    choices = faces(role, as_split(split))
    return choices[int(rng.integers(len(choices)))]


@dataclass(slots=True)
class Lettering:
    """Sets text on `image` and remembers it. `tight`: chance that the spaces of a line are lost when read."""

    image: Image.Image
    rng: np.random.Generator
    rates: NoiseRates = _RATES
    tight: float = 0.04
    found: list[tuple[str, Box]] = field(default_factory=list)
    objects: list[SceneObject] = field(default_factory=list)

    def put(
        self,
        text: str,
        x: float,
        y: float,
        face: Face,
        size_px: int,
        rgb: Rgb,
        *,
        anchor: str = "la",
        bold: bool = False,
    ) -> str:
        """Set `text` at `x`, `y` (Pillow's `anchor`) and return how it reads."""
        font = load(face, max(8, size_px), bold)
        pen = ImageDraw.Draw(self.image)
        pen.text((x, y), text, font=font, fill=rgb, anchor=anchor)
        x0, y0, x1, y1 = pen.textbbox((x, y), text, font=font, anchor=anchor)
        return self.note(text, (x0, y0, x1, y1), rgb)

    def width(self, text: str, face: Face, size_px: int, bold: bool = False) -> float:
        """How wide `text` would be, in pixels."""
        return float(load(face, max(8, size_px), bold).getlength(text))

    def note(self, text: str, box: Box, rgb: Rgb) -> str:
        """Remember text that is in the picture at `box`, and return how it reads."""
        width, height = self.image.size
        x0, y0, x1, y1 = max(0.0, box[0]), max(0.0, box[1]), min(float(width), box[2]), min(float(height), box[3])
        if x1 - x0 < 2 or y1 - y0 < 2:
            return text
        read = self._as_read(text)
        self.found.append((read, (x0, y0, x1, y1)))
        self.objects.append(SceneObject("text", colour_name(rgb), (x0, y0, x1, y1)))
        return read

    def _as_read(self, text: str) -> str:
        if len(text) < 4 and self.rng.random() < 0.97:
            return text
        dice = Random(int(self.rng.integers(2**62)))
        rates = NoiseRates(**{**_as_dict(self.rates), "tight_line": self.tight})
        pieces = misread(dice, [(text, "")], rates)
        return "".join(piece for piece, _ in pieces) or text

    def reading(self) -> Reading:
        """Everything set so far, in reading order."""
        width, height = self.image.size
        return Reading(tuple(in_rows(self.rng, self.found)), width, height)


def _as_dict(rates: NoiseRates) -> dict[str, float]:
    return {name: getattr(rates, name) for name in NoiseRates.__dataclass_fields__}


def in_rows(rng: np.random.Generator, found: list[tuple[str, Box]]) -> list[TextLine]:
    """The lines in reading order, with the confidence of a good engine."""
    rows = order_rows([box for _, box in found], [len(text) for text, _ in found])
    return [
        TextLine(*found[index], round(float(rng.uniform(0.9, 0.999)), 3), row)
        for row, members in enumerate(rows)
        for index in members
    ]
