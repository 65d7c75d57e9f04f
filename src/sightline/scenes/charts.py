"""Bar, line and pie charts in the plain styles of the web."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from PIL import Image, ImageDraw

from sightline.scenes.chart_data import ChartData, draw_data
from sightline.scenes.chart_questions import ReadChart, chart_turns
from sightline.scenes.colours import Rgb, colour_name, contrast, vary
from sightline.scenes.fonts import Face
from sightline.scenes.lettering import Lettering, pick_face
from sightline.scenes.phrasing import pick
from sightline.scenes.scene import Scene, SceneObject

_SCALE = 2  # marks are drawn this many times larger, then averaged down
_PAPERS: tuple[Rgb, ...] = ((255, 255, 255),) * 6 + ((247, 247, 247), (240, 244, 250), (255, 251, 240), (34, 38, 46))
_TEST_PAPERS: tuple[Rgb, ...] = ((255, 255, 255), (252, 248, 255), (20, 24, 40))


@dataclass(slots=True)
class _Sheet:
    """A chart while it is drawn. `plot` is the box of the axes: x0, y0, x1, y1."""

    marks: Image.Image
    pen: ImageDraw.ImageDraw
    data: ChartData
    rgbs: tuple[Rgb, ...]
    paper: Rgb
    ink: Rgb
    plot: tuple[float, float, float, float]
    top_value: float
    face: Face
    size_px: int
    objects: list[SceneObject]
    texts: list[tuple[str, float, float, str, str]]  # text, x, y, anchor, role


def make(rng: np.random.Generator, split: str = "train") -> Scene:
    """A chart with 6 to 10 turns. `split="test"` uses other fonts and papers."""
    data = draw_data(rng)
    sheet = _new_sheet(rng, data, split)
    {"bar": _bars, "hbar": _level_bars, "line": _lines, "pie": _pie}[data.form](rng, sheet)
    _frame_texts(rng, sheet)
    image = sheet.marks.reduce(_SCALE)
    letters = Lettering(image, rng)
    read = _set_texts(sheet, letters)
    objects = (*sheet.objects, *letters.objects)
    return Scene("charts", np.asarray(image, dtype=np.uint8), letters.reading(), chart_turns(rng, data, read), objects)


def _new_sheet(rng: np.random.Generator, data: ChartData, split: str) -> _Sheet:
    width, height = int(rng.integers(360, 512)), int(rng.integers(270, 420))
    paper = pick(rng, _PAPERS if split == "train" else _TEST_PAPERS)
    dark = contrast(paper, (255, 255, 255)) > 4
    ink: Rgb = (225, 225, 230) if dark else pick(rng, ((30, 30, 30), (60, 60, 60), (80, 84, 92)))
    marks = Image.new("RGB", (width * _SCALE, height * _SCALE), paper)
    legend = 26 if len(data.series) > 1 else 8
    foot = 20 if data.source else 6
    left = 86.0 if data.form == "hbar" else 44.0 + (14 if data.y_label else 0)
    bottom = height - foot - (24 if data.form != "hbar" else 20) - (16 if data.x_label else 0)
    top = 34.0 + legend
    peak = max(max(row) for row in data.values)
    rgbs = tuple(_mark_rgb(rng, name, paper) for name in data.colours)
    plot = (left, top, width - (58.0 if data.form == "hbar" else 22.0), float(bottom))
    face = pick_face(rng, pick(rng, ("sans", "sans", "sans", "serif")), split)
    pen, size_px = ImageDraw.Draw(marks), int(rng.integers(11, 14))
    return _Sheet(marks, pen, data, rgbs, paper, ink, plot, _nice_top(peak), face, size_px, [], [])


def _mark_rgb(rng: np.random.Generator, name: str, paper: Rgb) -> Rgb:
    """A shade of `name` that stands out from the paper as far as the name allows."""
    return max((vary(rng, name) for _ in range(4)), key=lambda rgb: min(contrast(rgb, paper), 2.0))


def _nice_top(peak: float) -> float:
    """The end of the axis: 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6 or 8 times a power of ten, at least `peak`."""
    power = 10.0 ** np.floor(np.log10(max(peak, 0.1)))
    return float(next(power * m for m in (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if power * m >= peak))


def _box(sheet: _Sheet, kind: str, rgb: Rgb, x0: float, y0: float, x1: float, y1: float) -> None:
    sheet.pen.rectangle([x0 * _SCALE, y0 * _SCALE, x1 * _SCALE - 1, y1 * _SCALE - 1], fill=rgb)
    sheet.objects.append(SceneObject(kind, colour_name(rgb), (x0, y0, x1, y1)))


def _scale(rng: np.random.Generator, sheet: _Sheet, level: bool) -> None:
    """Axis, grid lines and tick labels; none of it where values are printed and the style leaves it out."""
    x0, y0, x1, y1 = sheet.plot
    soft = tuple(int(0.82 * p + 0.18 * i) for p, i in zip(sheet.paper, sheet.ink, strict=True))
    if not sheet.data.printed or rng.random() < 0.5:
        n = pick(rng, (4, 5))
        for i in range(n + 1):
            value, t = sheet.top_value * i / n, i / n
            text = f"{value:,.10g}" + ("%" if sheet.data.unit == "%" else "")
            if level:
                x = x0 + (x1 - x0) * t
                sheet.pen.line([x * _SCALE, y0 * _SCALE, x * _SCALE, y1 * _SCALE], fill=soft, width=_SCALE)
                sheet.texts.append((text, x, y1 + 4, "ma", "tick"))
            else:
                y = y1 - (y1 - y0) * t
                sheet.pen.line([x0 * _SCALE, y * _SCALE, x1 * _SCALE, y * _SCALE], fill=soft, width=_SCALE)
                sheet.texts.append((text, x0 - 5, y, "rm", "tick"))
    axis = [x0, y0, x0, y1] if level else [x0, y1, x1, y1]
    sheet.pen.line([v * _SCALE for v in axis], fill=sheet.ink, width=_SCALE)


def _bars(rng: np.random.Generator, sheet: _Sheet) -> None:
    _scale(rng, sheet, level=False)
    x0, y0, x1, y1 = sheet.plot
    data = sheet.data
    room = (x1 - x0) / len(data.categories)
    wide = room * rng.uniform(0.55, 0.85) / len(data.series)
    for c in range(len(data.categories)):
        middle = x0 + room * (c + 0.5)
        sheet.texts.append((data.categories[c], middle, y1 + 4, "ma", f"category {c}"))
        for s in range(len(data.series)):
            left = middle + (s - len(data.series) / 2) * wide
            top = y1 - (y1 - y0) * data.values[s][c] / sheet.top_value
            _box(sheet, "bar", sheet.rgbs[s], left, top, left + wide * 0.94, y1)
            if data.printed:
                sheet.texts.append((data.labels[s][c], left + wide * 0.47, top - 2, "mb", f"value {s} {c}"))


def _level_bars(rng: np.random.Generator, sheet: _Sheet) -> None:
    _scale(rng, sheet, level=True)
    x0, y0, x1, y1 = sheet.plot
    data = sheet.data
    room = (y1 - y0) / len(data.categories)
    high = room * rng.uniform(0.55, 0.85) / len(data.series)
    for c in range(len(data.categories)):
        middle = y0 + room * (c + 0.5)
        sheet.texts.append((data.categories[c], x0 - 5, middle, "rm", f"category {c}"))
        for s in range(len(data.series)):
            top = middle + (s - len(data.series) / 2) * high
            right = x0 + (x1 - x0) * data.values[s][c] / sheet.top_value
            _box(sheet, "bar", sheet.rgbs[s], x0, top, max(right, x0 + 2), top + high * 0.94)
            if data.printed:
                sheet.texts.append((data.labels[s][c], right + 4, top + high / 2, "lm", f"value {s} {c}"))


def _lines(rng: np.random.Generator, sheet: _Sheet) -> None:
    _scale(rng, sheet, level=False)
    x0, y0, x1, y1 = sheet.plot
    data = sheet.data
    room = (x1 - x0) / len(data.categories)
    dots, thick = rng.random() < 0.6, float(rng.uniform(2, 4))
    for c, name in enumerate(data.categories):
        sheet.texts.append((name, x0 + room * (c + 0.5), y1 + 4, "ma", f"category {c}"))
    for s, row in enumerate(data.values):
        points = [(x0 + room * (c + 0.5), y1 - (y1 - y0) * v / sheet.top_value) for c, v in enumerate(row)]
        sheet.pen.line(
            [(x * _SCALE, y * _SCALE) for x, y in points],
            fill=sheet.rgbs[s],
            width=round(thick * _SCALE),
            joint="curve",
        )
        for (ax, ay), (bx, by) in pairwise(points):
            box = (ax, min(ay, by) - thick / 2, bx, max(ay, by) + thick / 2)
            sheet.objects.append(SceneObject("line", data.colours[s], box))
        for c, (x, y) in enumerate(points):
            if dots:
                r = thick * 1.3
                sheet.pen.ellipse([v * _SCALE for v in (x - r, y - r, x + r, y + r)], fill=sheet.rgbs[s])
            if data.printed:
                sheet.texts.append((data.labels[s][c], x, y - 6, "mb", f"value {s} {c}"))


def _pie(rng: np.random.Generator, sheet: _Sheet) -> None:
    """A pie or a ring. A slice has several objects: small boxes inside it, since its own box would cover others."""
    x0, y0, x1, y1 = sheet.plot
    data = sheet.data
    with_legend = bool(rng.random() < 0.4)
    radius = min(x1 - x0, y1 - y0) * (0.47 if with_legend else 0.38)
    cx, cy = x0 + radius + 6 if with_legend else (x0 + x1) / 2 - 14, (y0 + y1) / 2
    hole = radius * rng.uniform(0.45, 0.6) if rng.random() < 0.3 else 0.0
    start, total = float(rng.uniform(0, 360)), sum(data.values[0])
    for c, value in enumerate(data.values[0]):
        end = start + 360 * value / total
        reach = [v * _SCALE for v in (cx - radius, cy - radius, cx + radius, cy + radius)]
        sheet.pen.pieslice(reach, start, end, fill=sheet.rgbs[c], outline=sheet.paper, width=_SCALE)
        _note_slice(sheet, c, (cx, cy, radius, hole), start, end)
        angle = np.deg2rad((start + end) / 2)
        out = radius * (1.12 if not with_legend else (0.68 if not hole else 0.78))
        x, y = cx + out * np.cos(angle), cy + out * np.sin(angle)
        if with_legend:
            _legend_entry(sheet, data.categories[c], sheet.rgbs[c], x1 - 92, y0 + 8 + 20 * c, f"category {c}")
            sheet.texts.append((data.labels[0][c], x, y, "mm", f"value 0 {c}"))
        else:
            anchor = "lm" if np.cos(angle) > 0 else "rm"
            sheet.texts.append((data.categories[c], x, y - 6, anchor, f"category {c}"))
            sheet.texts.append((data.labels[0][c], x, y + 7, anchor, f"value 0 {c}"))
        start = end
    if hole:
        sheet.pen.ellipse([v * _SCALE for v in (cx - hole, cy - hole, cx + hole, cy + hole)], fill=sheet.paper)


def _note_slice(sheet: _Sheet, c: int, ring: tuple[float, float, float, float], start: float, end: float) -> None:
    cx, cy, radius, hole = ring
    half = 0.1 * radius
    for share in (0.45, 0.8) if not hole else (0.85,):
        for angle in np.deg2rad(np.arange(start + 6, end - 5, 14)):
            x, y = cx + radius * share * np.cos(angle), cy + radius * share * np.sin(angle)
            sheet.objects.append(SceneObject("slice", sheet.data.colours[c], (x - half, y - half, x + half, y + half)))


def _legend_entry(sheet: _Sheet, text: str, rgb: Rgb, x: float, y: float, role: str) -> None:
    sheet.pen.rectangle([x * _SCALE, (y - 5) * _SCALE, (x + 10) * _SCALE, (y + 5) * _SCALE], fill=rgb)
    sheet.texts.append((text, x + 15, y, "lm", role))


def _frame_texts(rng: np.random.Generator, sheet: _Sheet) -> None:
    """Title, legend, axis labels, source."""
    data, (x0, y0, x1, y1) = sheet.data, sheet.plot
    width, height = sheet.marks.width / _SCALE, sheet.marks.height / _SCALE
    centred = rng.random() < 0.5
    sheet.texts.insert(0, (data.title, width / 2 if centred else 10, 8, "ma" if centred else "la", "title"))
    if len(data.series) > 1:
        x = x0
        for s, name in enumerate(data.series):
            _legend_entry(sheet, name, sheet.rgbs[s], x, y0 - 18, f"series {s}")
            x += 24 + 7.5 * len(name) + 12
    if data.x_label:
        sheet.texts.append((data.x_label, (x0 + x1) / 2, y1 + 20, "ma", "x label"))
    if data.y_label:
        sheet.texts.append((data.y_label, 6, y0 - 4 if len(data.series) == 1 else y0 + 4, "ls", "y label"))
    if data.source:
        sheet.texts.append((data.source, 10, height - 6, "ls", "source"))


def _set_texts(sheet: _Sheet, letters: Lettering) -> ReadChart:
    read: dict[str, str] = {}
    for text, x, y, anchor, role in sheet.texts:
        is_title = role == "title"
        size = round(sheet.size_px * (1.35 if is_title else 0.85 if role == "source" else 1))
        room = letters.image.width - 16 if is_title else 78 if role.startswith("category") else letters.image.width - x
        wide = letters.width(text, sheet.face, size, bold=is_title)
        size = max(8, int(size * min(1.0, room / max(wide, 1.0)))) if anchor[0] != "r" or wide > room else size
        shown = letters.put(text, x, y, sheet.face, size, sheet.ink, anchor=anchor, bold=is_title)
        if role != "tick":
            read[role] = shown
    return ReadChart(read)
