"""A sheet of paper while it is being set: runs of text with their places, and what an OCR engine makes of them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from random import Random
from typing import Literal

from sightline.reading.lines import Box, Reading, TextLine
from sightline.reading.order import order_rows
from sightline.scenes.fonts import Face, text_width
from sightline.scenes.noise import NoiseRates, Piece, misread

Align = Literal["left", "centre", "right"]
Colour = tuple[int, int, int]
INK: Colour = (25, 25, 28)
_GAP = re.compile(r"(?<=\S)(?: *\.{4,} *| +)(?=\S)")


@dataclass(frozen=True, slots=True)
class Run:
    """Text set in one go. `x`, `y` are the left end of its baseline; `size_px` is the height of the type."""

    pieces: tuple[Piece, ...]
    x: float
    y: float
    width: float
    face: Face
    size_px: int
    bold: bool = False
    colour: Colour = INK

    @property
    def text(self) -> str:
        """The whole text, as printed."""
        return "".join(text for text, _ in self.pieces)

    @property
    def box(self) -> Box:
        """Where the ink is, with the air that the detector leaves around it (the mean of 3,500 lines)."""
        size = self.size_px
        return (self.x - 0.22 * size, self.y - 1.03 * size, self.x + self.width + 0.2 * size, self.y + 0.33 * size)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A filled or outlined rectangle under the text: a rule, a box, a band."""

    box: Box
    colour: Colour
    fill: bool = True


@dataclass(slots=True)
class Sheet:
    """Paper of `width` pixels that grows downwards as lines are set."""

    width: int
    face: Face
    size_px: int
    margin: int
    line_gap: float = 1.35  # line to line, in type sizes
    y: float = 0.0
    min_height: int = 0
    runs: list[Run] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.y = self.y or float(self.margin)

    def put(
        self, pieces: Sequence[Piece], x: float, y: float, *, align: Align = "left", size_px: int | None = None,
        bold: bool = False, colour: Colour = INK, face: Face | None = None,
    ) -> Run:  # fmt: skip
        """Set `pieces` with their baseline at `y`; `x` is the left end, the middle or the right end."""
        size, face = size_px or self.size_px, face or self.face
        if face.capitals:
            pieces = [(text.upper(), key) for text, key in pieces]
        width = text_width("".join(text for text, _ in pieces), face, size, bold)
        left = x if align == "left" else x - width / 2 if align == "centre" else x - width
        run = Run(tuple(pieces), left, y, width, face, size, bold, colour)
        self.runs.append(run)
        return run

    def line(
        self, *pieces: Piece, align: Align = "left", scale: float = 1.0, bold: bool = False, colour: Colour = INK,
        face: Face | None = None, indent: float = 0.0,
    ) -> Run:  # fmt: skip
        """Set one line below the last; it shrinks to fit between the margins."""
        size, face = max(8, round(self.size_px * scale)), face or self.face
        text = "".join(text for text, _ in pieces)
        room = self.width - 2 * self.margin - indent
        wide = text_width(text, face, size, bold)
        if wide > room:
            size = max(7, int(size * room / wide))
        self.y += size * self.line_gap
        x = {"left": self.margin + indent, "centre": self.width / 2, "right": self.width - self.margin}[align]
        return self.put(pieces, x, self.y, align=align, size_px=size, bold=bold, colour=colour, face=face)

    def cells(
        self, *cells: tuple[Sequence[Piece], float, Align], scale: float = 1.0, bold: bool = False, colour: Colour = INK
    ) -> None:
        """Set one row of cells, each at a fraction of the width between the margins."""
        size = max(8, round(self.size_px * scale))
        self.y += size * self.line_gap
        shown = [cell for cell in cells if any(text for text, _ in cell[0])]
        for smaller in (1.0, 0.9, 0.8, 0.7):
            first = len(self.runs)
            for pieces, at, align in shown:
                x = self.margin + at * (self.width - 2 * self.margin)
                self.put(
                    pieces, x, self.y, align=align, size_px=max(7, round(size * smaller)), bold=bold, colour=colour
                )
            row = sorted(self.runs[first:], key=lambda run: run.x)
            if all(a.x + a.width + 0.3 * size < b.x for a, b in pairwise(row)):
                return
            del self.runs[first:]
        for pieces, _, align in shown:  # no room side by side: one below the other
            self.line(
                *pieces, align="right" if align == "right" else "left", scale=0.8 * scale, bold=bold, colour=colour
            )

    def paragraph(
        self,
        text: str,
        key: str = "",
        *,
        scale: float = 1.0,
        x: float = 0.0,
        room: float = 1.0,
        colour: Colour = INK,
        face: Face | None = None,
    ) -> None:
        """Set `text` over as many lines as it needs; `x` and `room` are fractions of the width between the margins."""
        size, face = max(8, round(self.size_px * scale)), face or self.face
        whole = self.width - 2 * self.margin
        for row in wrap(text, face, size, room * whole):
            self.y += size * self.line_gap
            self.put([(row, key)], self.margin + x * whole, self.y, size_px=size, colour=colour, face=face)

    def gap(self, lines: float = 0.6) -> None:
        """Leave room of so many lines."""
        self.y += lines * self.size_px * self.line_gap

    def rule(self, dice: Random) -> None:
        """Draw a line across: ink, or a row of dashes that may be read as text."""
        if dice.random() < 0.6:
            self.y += self.size_px * 0.6
            self.strokes.append(
                Stroke((self.margin, self.y, self.width - self.margin, self.y + max(1, self.size_px // 14)), INK)
            )
            return
        char = dice.choice("-=*_.")
        count = max(3, int((self.width - 2 * self.margin) / max(1.0, text_width(char, self.face, self.size_px))))
        if dice.random() < 0.85:  # detectors mostly pass over rows of dashes
            self.y += self.size_px * self.line_gap
            self.strokes.append(Stroke((self.margin, self.y - 3, self.width - self.margin, self.y - 2), (90, 90, 90)))
            return
        self.line((char * count, ""))

    @property
    def height(self) -> int:
        """The height of the paper in pixels: all that was set and a margin."""
        low = max((run.box[3] for run in self.runs), default=0.0)
        return max(self.min_height, math.ceil(max(low, self.y) + self.margin))


def wrap(text: str, face: Face, size_px: int, room: float) -> list[str]:
    """Return `text` as lines of at most `room` pixels, broken at spaces."""
    rows: list[str] = []
    space = text_width(" ", face, size_px)
    used = room
    for word in text.split():
        wide = text_width(word, face, size_px)
        if not rows or used + space + wide > room:
            rows.append(word)
            used = wide
        else:
            rows[-1] += " " + word
            used += space + wide
    return rows


@dataclass(frozen=True, slots=True)
class Placement:
    """How the paper lies in the picture: turned by `angle_rad` about its middle, then moved to `x`, `y`."""

    width: int
    height: int
    x: float
    y: float
    angle_rad: float

    def corner(self, sheet_w: float, sheet_h: float, x: float, y: float) -> tuple[float, float]:
        """Return where the point `x`, `y` of a sheet of that size comes to lie."""
        cos, sin = math.cos(self.angle_rad), math.sin(self.angle_rad)
        u, v = x - sheet_w / 2, y - sheet_h / 2
        return self.x + sheet_w / 2 + u * cos - v * sin, self.y + sheet_h / 2 + u * sin + v * cos


def place(dice: Random, sheet: Sheet, *, photo: float = 0.4, flat: bool = False) -> Placement:
    """Return a placement: a scan that fills the picture, or (with chance `photo`) a photo with a border."""
    width, height = sheet.width, sheet.height
    if flat or dice.random() > photo:
        angle = 0.0 if flat or dice.random() < 0.5 else math.radians(dice.gauss(0, 0.5))
        return Placement(width, height, 0.0, 0.0, angle)
    left, top = dice.uniform(0.02, 0.22) * width, dice.uniform(0.01, 0.1) * height
    full_w = int(width + left + dice.uniform(0.02, 0.22) * width)
    full_h = int(height + top + dice.uniform(0.01, 0.1) * height)
    return Placement(full_w, full_h, left, top, math.radians(dice.gauss(0, 1.2)))


@dataclass(slots=True)
class _Draft:
    pieces: list[Piece]
    box: Box
    line_px: float


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """The reading of a sheet. `values` tells how each keyed value reads: its runs, in reading order."""

    reading: Reading
    values: dict[str, tuple[str, ...]]
    printed: frozenset[str]  # keys that are on the paper, read or not

    def value(self, key: str) -> str | None:
        """Return the value of `key` as it reads, its lines joined by spaces; None where it was not read."""
        text = " ".join(self.values.get(key, ())).strip()
        return text or None


def read_sheet(dice: Random, sheet: Sheet, placement: Placement, rates: NoiseRates) -> ReadSheet:
    """Return what an OCR engine would make of the sheet, mistakes included."""
    drafts = [_draft(sheet, part, placement) for run in sheet.runs for part in _split(dice, run, rates)]
    drafts = [d for d in _merge_neighbours(dice, drafts, rates) if not _is_missed(dice, d, rates)]
    for draft in drafts:
        draft.pieces = misread(dice, draft.pieces, rates)
    drafts = [draft for draft in drafts if any(text.strip() for text, _ in draft.pieces)]
    if dice.random() < rates.stray_page:
        drafts.append(_stray(dice, sheet, placement))
    boxes = [_jitter(dice, d, rates, placement) for d in drafts]
    printed = frozenset(key for run in sheet.runs for text, key in run.pieces if key and text)
    return _assemble(dice, drafts, boxes, placement, printed)


def _is_missed(dice: Random, draft: _Draft, rates: NoiseRates) -> bool:
    is_single = sum(len(text.strip()) for text, _ in draft.pieces) == 1
    return dice.random() < (rates.missed_char if is_single else rates.missed_line)


def _stray(dice: Random, sheet: Sheet, placement: Placement) -> _Draft:
    """A scrap that reads as a letter or two."""
    size = sheet.size_px * dice.uniform(0.8, 1.6)
    x, y = dice.uniform(0, 0.9) * placement.width, dice.uniform(0, 0.95) * placement.height
    text = dice.choice(("日", "口", "> c", "A", "1", "|", "~", "i", "0", "^", "二", "E.", "l l", ">"))
    return _Draft([(text, "")], (x, y, x + 0.7 * size * len(text), y + 1.3 * size), size * 1.35)


def _draft(sheet: Sheet, run: Run, placement: Placement) -> _Draft:
    x0, y0, x1, y1 = run.box
    if placement.angle_rad == 0.0:
        return _Draft(
            list(run.pieces), (x0 + placement.x, y0 + placement.y, x1 + placement.x, y1 + placement.y), y1 - y0
        )
    w, h = sheet.width, sheet.height
    points = [placement.corner(w, h, x, y) for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return _Draft(list(run.pieces), (min(xs), min(ys), max(xs), max(ys)), y1 - y0)


def _merge_neighbours(dice: Random, drafts: list[_Draft], rates: NoiseRates) -> list[_Draft]:
    out: list[_Draft] = []
    for draft in drafts:
        last = out[-1] if out else None
        if last is not None and _beside(last, draft):
            gap = draft.box[0] - last.box[2]
            near = 1.0 if gap < 0.05 * draft.line_px else rates.merge_neighbours if gap < 0.22 * draft.line_px else 0.0
            if dice.random() < near:
                last.pieces = [*last.pieces, (" ", ""), *draft.pieces]
                last.box = (last.box[0], min(last.box[1], draft.box[1]), draft.box[2], max(last.box[3], draft.box[3]))
                continue
        out.append(draft)
    return out


def _beside(left: _Draft, right: _Draft) -> bool:
    level = abs((left.box[1] + left.box[3]) - (right.box[1] + right.box[3])) < 0.8 * right.line_px
    return level and right.box[0] >= left.box[2] - 0.35 * right.line_px and 0.7 < left.line_px / right.line_px < 1.4


def _split(dice: Random, run: Run, rates: NoiseRates) -> list[Run]:
    """The run as the detector finds it: cut at some of its wide gaps, leaders of dots gone with them."""
    gaps = [gap for gap in _GAP.finditer(run.text) if dice.random() < _split_chance(run, gap.group(), rates)]
    parts: list[Run] = []
    start = 0
    for gap in (*gaps, None):
        end = gap.start() if gap else len(run.text)
        parts.append(_part(run, start, end) if gaps else run)
        start = gap.end() if gap else end
    return parts


def _split_chance(run: Run, gap: str, rates: NoiseRates) -> float:
    if len(gap) > 3 and "." in gap:
        return rates.split_wide_gap
    wide = len(gap) * text_width(" ", run.face, run.size_px)
    return rates.split_wide_gap if wide > 0.95 * run.size_px else rates.split_gap if wide > 0.55 * run.size_px else 0.0


def _part(run: Run, start: int, end: int) -> Run:
    """The characters of `run` from `start` to `end`, where they stand."""
    before, _ = _cut_pieces(list(run.pieces), end)
    pieces = _cut_pieces(before, start)[1] if start else before
    left = run.x + text_width(run.text[:start], run.face, run.size_px, run.bold)
    return replace(
        run, pieces=tuple(pieces), x=left, width=text_width(run.text[start:end], run.face, run.size_px, run.bold)
    )


def _cut_pieces(pieces: list[Piece], cut: int) -> tuple[list[Piece], list[Piece]]:
    first: list[Piece] = []
    second: list[Piece] = []
    for text, key in pieces:
        if cut >= len(text):
            first.append((text, key))
        elif cut <= 0:
            second.append((text, key))
        else:
            first.append((text[:cut], key))
            second.append((text[cut:], key))
        cut -= len(text)
    return first, second


def _jitter(dice: Random, draft: _Draft, rates: NoiseRates, placement: Placement) -> Box:
    spread = rates.jitter * draft.line_px
    x0, y0, x1, y1 = (edge + dice.gauss(0, spread) for edge in draft.box)
    limit_x, limit_y = float(placement.width), float(placement.height)
    x0, y0 = min(max(x0, 0.0), limit_x - 2), min(max(y0, 0.0), limit_y - 2)
    return (
        round(x0, 1),
        round(y0, 1),
        round(min(max(x1, x0 + 1), limit_x), 1),
        round(min(max(y1, y0 + 1), limit_y), 1),
    )


def _assemble(
    dice: Random, drafts: list[_Draft], boxes: list[Box], placement: Placement, printed: frozenset[str]
) -> ReadSheet:
    texts = ["".join(t for t, _ in d.pieces).strip() for d in drafts]
    lines: list[TextLine] = []
    values: dict[str, list[str]] = {}
    for row, members in enumerate(order_rows(boxes, [len(t) for t in texts])):
        for member in members:
            confidence = round(min(1.0, max(0.5, 1.0 - abs(dice.gauss(0, 0.04)))), 3)
            lines.append(TextLine(texts[member], boxes[member], confidence, row))
            for text, key in drafts[member].pieces:
                if key and text.strip():
                    values.setdefault(key, []).append(text.strip())
    reading = Reading(tuple(lines), placement.width, placement.height)
    return ReadSheet(reading, {key: tuple(parts) for key, parts in values.items()}, printed)
