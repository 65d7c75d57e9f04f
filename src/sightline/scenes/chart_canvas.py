"""A chart while it is drawn: marks at once, texts at the end, and how an OCR engine reads them."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from sightline.reading.colour_names import Rgb, colour_name
from sightline.reading.lines import Box, Reading
from sightline.scenes.chart_look import Look
from sightline.scenes.fonts import Face, load, text_width
from sightline.scenes.lettering import Lettering
from sightline.scenes.scene import SceneObject

_SHIFT = 4  # cv2 draws at sixteenths of a pixel
MISSED_SINGLE = 0.2  # of the texts of one character, so many are not found
MISSED = 0.008
MISSED_TURNED = 0.07
MERGED_LEGEND = 0.15  # of the names in a legend that have only a sign between them
MERGED_CLOSE, MERGED_NEAR = 0.6, 0.015  # neighbours less than a third and less than one line height apart


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    x: float  # left end
    y: float  # base line
    size_px: int
    rgb: Rgb
    face: Face
    bold: bool
    role: str
    turn_deg: int


@dataclass(slots=True)
class Canvas:
    """Marks and texts on paper. Coordinates in pixels of the picture, y downwards."""

    look: Look
    pixels: NDArray[np.uint8]
    objects: list[SceneObject] = field(default_factory=list)
    texts: list[_Text] = field(default_factory=list)
    taken: list[Box] = field(default_factory=list)  # where value labels stand
    signs: list[tuple[str, Box]] = field(default_factory=list)

    @classmethod
    def blank(cls, look: Look) -> Canvas:
        """Paper and nothing else."""
        return cls(look, np.full((look.height, look.width, 3), look.paper, dtype=np.uint8))

    def box(self, x0: float, y0: float, x1: float, y1: float, rgb: Rgb, kind: str = "") -> None:
        """A filled rectangle, noted as an object if it has a kind."""
        a, b, c, d = round(x0), round(y0), round(x1), round(y1)
        self.pixels[max(b, 0) : max(d, b + 1), max(a, 0) : max(c, a + 1)] = rgb
        if kind:
            self.note(kind, rgb, (x0, y0, max(x1, x0 + 1), max(y1, y0 + 1)))

    def note(self, kind: str, rgb: Rgb, box: Box) -> None:
        """An object; what lies outside the picture is cut off."""
        x0, y0 = max(0.0, box[0]), max(0.0, box[1])
        x1, y1 = min(float(self.look.width), box[2]), min(float(self.look.height), box[3])
        if x1 > x0 and y1 > y0:
            self.objects.append(SceneObject(kind, colour_name(rgb), (x0, y0, x1, y1)))

    def line(self, points: list[tuple[float, float]], rgb: Rgb, thick: int = 1) -> None:
        """Joined straight lines."""
        where = np.round(np.array(points) * 2**_SHIFT).astype(np.int32)
        cv2.polylines(self.pixels, [where], False, rgb, thick, cv2.LINE_AA, _SHIFT)

    def disc(self, x: float, y: float, radius: float, rgb: Rgb) -> None:
        """A filled circle."""
        unit = 2**_SHIFT
        cv2.circle(self.pixels, (round(x * unit), round(y * unit)), round(radius * unit), rgb, -1, cv2.LINE_AA, _SHIFT)

    def wedge(self, centre: tuple[float, float], radius: float, start_deg: float, end_deg: float, rgb: Rgb) -> None:
        """A slice of a disc, clockwise from the right, with a thin paper edge."""
        angles = np.deg2rad(np.linspace(start_deg, end_deg, max(3, int(end_deg - start_deg) // 3)))
        rim = np.stack([centre[0] + radius * np.cos(angles), centre[1] + radius * np.sin(angles)], axis=1)
        where = np.round(np.concatenate([[centre], rim]) * 2**_SHIFT).astype(np.int32)
        cv2.fillPoly(self.pixels, [where], rgb, cv2.LINE_AA, _SHIFT)
        cv2.polylines(self.pixels, [where], True, self.look.paper, 1, cv2.LINE_AA, _SHIFT)

    def write(
        self,
        text: str,
        x: float,
        y: float,
        anchor: str,
        role: str,
        *,
        size_px: int = 0,
        rgb: Rgb | None = None,
        bold: bool = False,
        face: Face | None = None,
        width: float = 0.0,
    ) -> Box:
        """Text at `x`, `y`; `anchor` is l, m or r, then t (top), m (middle) or b. Wrapped at `width`. Returns its box."""
        size, face = size_px or self.look.size_px, face or self.look.face
        lines = wrap(text, face, size, bold, width) if width else [text]
        step = size * 1.22
        high = step * (len(lines) - 1) + 0.74 * size
        base = {"t": y, "m": y - high / 2, "b": y - high}[anchor[1]] + 0.74 * size
        left, right = float("inf"), float("-inf")
        for i, line in enumerate(lines):
            wide = text_width(line, face, size, bold)
            x0 = x - {"l": 0.0, "m": 0.5, "r": 1.0}[anchor[0]] * wide
            self.texts.append(_Text(line, x0, base + i * step, size, rgb or self.look.ink, face, bold, role, 0))
            left, right = min(left, x0), max(right, x0 + wide)
        return left, base - 0.74 * size, right, base + step * (len(lines) - 1) + 0.2 * size

    def write_turned(self, text: str, x: float, y: float, turn_deg: int, role: str, size_px: int = 0) -> None:
        """Text that rises: 90 is centred on `x`, `y`; 45 ends there."""
        size = size_px or self.look.size_px
        self.texts.append(_Text(text, x, y, size, self.look.ink, self.look.face, False, role, turn_deg))

    def seen_sign(self, read: str, box: Box) -> None:
        """A sign in the picture that is no text, but reads as `read`."""
        self.signs.append((read, box))

    def is_free(self, box: Box) -> bool:
        """No value label stands there yet."""
        return not any(box[0] < t[2] and t[0] < box[2] and box[1] < t[3] and t[1] < box[3] for t in self.taken)

    def finish(self, rng: np.random.Generator) -> tuple[NDArray[np.uint8], Reading, dict[str, str]]:
        """Set the texts. Returns the picture, its reading, and how each role reads; a role that was missed is left out."""
        image = Image.fromarray(self.pixels)
        letters = Lettering(image, rng)
        pen = ImageDraw.Draw(image)
        pen.fontmode = "L"
        read: dict[str, list[str | None]] = {}
        for text in self.texts:
            seen = _turned(rng, letters, text) if text.turn_deg else _straight(rng, letters, pen, text)
            read.setdefault(text.role, []).append(seen)
        self.objects += letters.objects
        letters.found += self.signs
        _merge(rng, letters, {str(part) for role, parts in read.items() if role.startswith("series") for part in parts})
        roles = {role: " ".join(map(str, parts)) for role, parts in read.items() if None not in parts}
        return np.asarray(image, dtype=np.uint8), letters.reading(), roles


def wrap(text: str, face: Face, size_px: int, bold: bool, width: float) -> list[str]:
    """The text in lines of at most `width` pixels; a longer word has a line of its own."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, face, size_px, bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _straight(rng: np.random.Generator, letters: Lettering, pen: ImageDraw.ImageDraw, text: _Text) -> str | None:
    pen.text((text.x, text.y), text.text, font=load(text.face, text.size_px, text.bold), fill=text.rgb, anchor="ls")
    wide = text_width(text.text, text.face, text.size_px, text.bold)
    pad_x, pad_y = 0.2 * text.size_px + rng.uniform(0, 2), 0.38 * text.size_px + rng.uniform(-1, 1)
    box = (text.x - pad_x, text.y - 0.74 * text.size_px - pad_y, text.x + wide + pad_x, text.y + pad_y)
    missed = rng.random() < (MISSED_SINGLE if len(text.text) == 1 else MISSED)
    return _seen(letters, text, text.text, box, missed)


def _seen(letters: Lettering, text: _Text, read: str, box: Box, missed: bool) -> str | None:
    n = len(letters.found)
    read = letters.note(read, box, text.rgb)
    if len(letters.found) == n:
        return None  # outside the picture
    if missed:
        letters.found.pop()
        return None
    return read


def _turned(rng: np.random.Generator, letters: Lettering, text: _Text) -> str | None:
    font = load(text.face, text.size_px, text.bold)
    wide, high = round(text_width(text.text, text.face, text.size_px)) + 4, round(1.3 * text.size_px)
    flat = Image.new("L", (wide, high))
    ImageDraw.Draw(flat).text((2, text.size_px), text.text, font=font, fill=255, anchor="ls")
    mask = flat.rotate(text.turn_deg, Image.Resampling.BILINEAR, expand=True)
    x = text.x - mask.width / 2 if text.turn_deg == 90 else text.x - mask.width + 0.35 * text.size_px
    y = text.y - mask.height / 2 if text.turn_deg == 90 else text.y
    letters.image.paste(text.rgb, (round(x), round(y)), mask)
    box = (x - 2, y - 2, x + mask.width + 2, y + mask.height + 2)
    read = text.text if text.turn_deg != 90 else _spread(rng, text.text)
    return _seen(letters, text, read, box, bool(rng.random() < MISSED_TURNED))


def _spread(rng: np.random.Generator, text: str) -> str:
    """Upright lines come out with stray spaces or without their start now and then."""
    chance = rng.random()
    if chance < 0.1 and len(text) > 12:
        return text[int(rng.integers(1, len(text) // 2)) :].strip()
    if chance < 0.28 and len(text) > 4:
        for _ in range(int(rng.integers(1, 4))):
            at = int(rng.integers(2, len(text) - 1))
            text = text[:at] + " " + text[at:]
    return " ".join(text.split())


def _merge(rng: np.random.Generator, letters: Lettering, legend: set[str]) -> None:
    """Neighbours that nearly touch come out as one line, names of a legend now and then."""
    order = sorted(letters.found, key=lambda item: item[1][0])
    out: list[tuple[str, Box]] = []
    joins_legend = rng.random() < MERGED_LEGEND
    for text, box in order:
        high = box[3] - box[1]
        level = [i for i in range(len(out)) if _level(out[i][1], box) and -high < box[0] - out[i][1][2] < 1.6 * high]
        before, old = out[level[-1]] if level else ("", box)
        gap = (box[0] - old[2]) / high
        chance = MERGED_CLOSE if gap < -0.1 else MERGED_NEAR if gap < 0.6 else 0.0
        if joins_legend and text in legend and before in legend:
            chance = 1.0
        if level and high < 40 and rng.random() < chance:
            out[level[-1]] = (f"{before} {text}", (old[0], min(old[1], box[1]), box[2], max(old[3], box[3])))
        else:
            out.append((text, box))
    letters.found[:] = out


def _level(one: Box, other: Box) -> bool:
    return abs((one[1] + one[3]) - (other[1] + other[3])) < 0.3 * (other[3] - other[1]) and one[3] - one[1] < 40
