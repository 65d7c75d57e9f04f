"""The marks of a chart with their axes and labels: bars upright and level, lines, pies and dots."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sightline.reading.colour_names import Rgb
from sightline.scenes.chart_canvas import Canvas
from sightline.scenes.chart_data import ChartData, print_value
from sightline.scenes.colours import contrast
from sightline.scenes.fonts import text_width
from sightline.scenes.phrasing import pick

WHITE: Rgb = (255, 255, 255)
_NIGHT: Rgb = (20, 20, 25)


@dataclass(frozen=True, slots=True)
class Plot:
    """Where the axes stand (pixels), which values they span, and where their ticks are."""

    x0: float
    y0: float
    x1: float
    y1: float
    low: float
    high: float
    ticks: tuple[float, ...]

    def up(self, value: float) -> float:
        """The y of a value on an upright axis."""
        return self.y1 - (self.y1 - self.y0) * (value - self.low) / (self.high - self.low)

    def along(self, value: float) -> float:
        """The x of a value on a level axis."""
        return self.x0 + (self.x1 - self.x0) * (value - self.low) / (self.high - self.low)


def span(rng: np.random.Generator, data: ChartData) -> tuple[float, float, tuple[float, ...]]:
    """Ends and ticks of the value axis. Lines may start above zero."""
    columns = zip(*data.values, strict=True)
    peak = max(map(sum, columns)) if data.stacked else max(map(max, data.values))
    least = min(map(min, data.values))
    low = 0.0
    if data.form == "line" and least > 0.4 * peak and rng.random() < 0.7:
        low = least - 0.25 * (peak - least)
    low, peak = min(low, least), max(low, peak)  # the axis holds its zero, also where every value is below it
    rough = (peak - low) / pick(rng, (4, 5, 5, 6, 8))
    power = 10.0 ** np.floor(np.log10(max(rough, 1e-9)))
    step = float(next(power * m for m in (1, 2, 2.5, 5, 10) if power * m >= rough * 0.999))
    first = int(np.floor(low / step))
    last = int(np.ceil(peak / step - 1e-9))
    if last * step < peak * 1.03 and rng.random() < 0.6:
        last += 1
    ticks = tuple(round(step * i, 10) for i in range(first, max(last, first + 1) + 1))
    return ticks[0], ticks[-1], ticks


def tick_text(value: float, data: ChartData) -> str:
    """A tick as it is printed; Pew charts and small values have their own ways."""
    if data.style == "pew":
        return f"{value:.10g}"
    text = print_value(value, data.style, data.topic)
    return f"{value:.10g}{data.unit}" if 0 < value < 1 else text


def value_axis(canvas: Canvas, data: ChartData, plot: Plot, level: bool, bare: bool) -> None:
    """Grid lines and tick labels; `bare`: neither."""
    look = canvas.look
    for value in () if bare else plot.ticks:
        text = tick_text(value, data)
        if level:
            x = plot.along(value)
            canvas.line([(x, plot.y0), (x, plot.y1)], look.soft)
            canvas.write(text, x, plot.y1 + 8, "mt", "tick")
        else:
            y = plot.up(value)
            canvas.line([(plot.x0, y), (plot.x1, y)], look.soft)
            canvas.write(text, plot.x0 - 6, y, "rm", "tick")
    ends = [(plot.x0, plot.y0), (plot.x0, plot.y1)] if level else [(plot.x0, plot.y1), (plot.x1, plot.y1)]
    canvas.line(ends, look.ink)


def shade(canvas: Canvas, s: int, c: int) -> Rgb:
    """The colour of a mark."""
    return canvas.look.shades[c if canvas.look.by_category else s][0]


def category_row(canvas: Canvas, data: ChartData, plot: Plot, y: float, every: int = 1) -> None:
    """Category names under upright bars or points: wrapped, or rising where they are too long."""
    size, room = canvas.look.size_px, (plot.x1 - plot.x0) / data.n
    widest = max(text_width(word, canvas.look.face, size) for name in data.categories for word in name.split())
    is_time = data.dim in ("year", "month")
    wide = max(text_width(name, canvas.look.face, size) for name in data.categories) if is_time else widest
    for c, name in enumerate(data.categories):
        x = plot.x0 + room * (c + 0.5)
        if c % every and c != data.n - 1:
            continue
        if wide > room * every - 3:
            canvas.write_turned(name, x, y, 45, f"category {c}", size - 1)
        else:
            canvas.write(name, x, y, "mt", f"category {c}", width=0 if is_time else room - 3)


def _on(rgb: Rgb) -> Rgb:
    return WHITE if contrast(rgb, WHITE) > 2.6 else _NIGHT


def bars(rng: np.random.Generator, canvas: Canvas, data: ChartData, plot: Plot) -> None:
    """Upright bars, grouped or stacked, with their values above or inside if these are printed."""
    room = (plot.x1 - plot.x0) / data.n
    wide = room * rng.uniform(0.5, 0.85) / (1 if data.stacked else data.n_series)
    bold = rng.random() < 0.8
    for c in range(data.n):
        middle, bottom = plot.x0 + room * (c + 0.5), max(plot.low, 0.0)
        for s in range(data.n_series):
            value, rgb = data.values[s][c], shade(canvas, s, c)
            left = middle - wide / 2 if data.stacked else middle + (s - data.n_series / 2) * wide
            top, base = plot.up(bottom + value), plot.up(bottom)
            role, text = f"value {s} {c}", data.labels[s][c]
            if data.stacked:
                bottom += value
                _split_bar(canvas, data, (left, top, left + wide, base), rgb, role, text, bold)
                continue
            canvas.box(left, min(top, base), left + wide * 0.95, max(base, top, min(top, base) + 1), rgb, "bar")
            if data.printed:
                y = top if value >= 0 else top + 10 + 0.74 * canvas.look.size_px
                _above(canvas, text, left + wide * 0.475, y, wide, role, bold)


def _above(canvas: Canvas, text: str, x: float, y: float, wide: float, role: str, bold: bool) -> None:
    """A value over its bar, unless it is much wider or would stand on another one."""
    size = canvas.look.size_px
    half = text_width(text, canvas.look.face, size, bold) / 2
    box = (x - half, y - 5 - 0.74 * size, x + half, y - 5)
    if 2 * half < 1.5 * wide + 14 and canvas.is_free(box):
        canvas.taken.append(box)
        canvas.write(text, x, y - 5, "mb", role, bold=bold)


def _split_bar(
    canvas: Canvas, data: ChartData, box: tuple[float, float, float, float], rgb: Rgb, role: str, text: str, bold: bool
) -> None:
    """A part of a stacked bar with its value in the middle. Its objects leave the label out."""
    x0, y0, x1, y1 = box
    canvas.box(x0, y0, x1, max(y1 - 1, y0 + 1), rgb)
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    size = canvas.look.size_px
    wide = text_width(text, canvas.look.face, size, bold)
    fits = data.printed and y1 - y0 > size * 0.9 and wide < x1 - x0 + 8
    if fits:
        canvas.write(text, x, y, "mm", role, bold=bold, rgb=_on(rgb))
    if fits and x1 - x0 > wide + 8:
        canvas.note("bar", rgb, (x0, y0, x - wide / 2 - 1, y1))
        canvas.note("bar", rgb, (x + wide / 2 + 1, y0, x1, y1))
    elif fits and y1 - y0 > 2 * size:
        canvas.note("bar", rgb, (x0, y0, x1, y - 0.6 * size))
        canvas.note("bar", rgb, (x0, y + 0.6 * size, x1, y1))
    elif not fits:
        canvas.note("bar", rgb, (x0, y0, max(x1, x0 + 1), max(y1, y0 + 1)))


def level_bars(rng: np.random.Generator, canvas: Canvas, data: ChartData, plot: Plot) -> None:
    """Level bars with the names on their left, grouped or stacked, values at the ends or inside."""
    room = (plot.y1 - plot.y0) / data.n
    high = room * rng.uniform(0.55, 0.85) / (1 if data.stacked or data.columns else data.n_series)
    style = data.style
    bold, name_bold = style == "statista" or rng.random() < 0.3, style == "owid"
    tail = " -" if style == "owid" and rng.random() < 0.3 else ""
    for c in range(data.n):
        middle, start = plot.y0 + room * (c + 0.5), plot.low
        edge = plot.x0 - 7
        canvas.write(data.categories[c] + tail, edge, middle, "rm", f"category {c}", width=edge - 4, bold=name_bold)
        for s in range(data.n_series):
            value, rgb = data.values[s][c], shade(canvas, s, c)
            top = middle + (s - data.n_series / 2) * high
            left, right = plot.along(start), plot.along(start + value)
            if data.stacked or data.columns:
                top = middle - high / 2
            if data.columns:
                left = column_start(data, plot, s)
                right = left + (plot.along(value) - plot.x0) * (0.9 / data.n_series - 0.03)
            role, text = f"value {s} {c}", data.labels[s][c]
            if data.stacked:
                start += value
                _split_bar(canvas, data, (left, top, right - 1, top + high), rgb, role, text, bold)
                continue
            canvas.box(left, top, max(right, left + 1), top + high * 0.94, rgb, "bar")
            if data.printed:
                canvas.write(text, right + 5, top + high * 0.47, "lm", role, bold=bold)


def column_start(data: ChartData, plot: Plot, s: int) -> float:
    """Where the bars of a series start that has a column of its own."""
    return plot.x0 + (plot.x1 - plot.x0) * s / data.n_series


def lines(rng: np.random.Generator, canvas: Canvas, data: ChartData, plot: Plot) -> None:
    """Lines through points; values above or below them where there is room."""
    room = (plot.x1 - plot.x0) / data.n
    thick = int(rng.integers(2, 4))
    dotted = rng.random() < (0.2 if data.style == "owid" else 0.75)
    hollow = data.style == "pew" and rng.random() < 0.5
    spread = max(map(max, data.values)) - min(map(min, data.values))
    for s, row in enumerate(data.values):
        rgb = shade(canvas, s, 0)
        points = [(plot.x0 + room * (c + 0.5), plot.up(value)) for c, value in enumerate(row)]
        canvas.line(points, rgb, thick)
        for (ax, ay), (bx, by) in pairwise(points):
            canvas.note("line", rgb, (ax, min(ay, by) - thick / 2, bx, max(ay, by) + thick / 2))
        for x, y in points if dotted else ():
            canvas.disc(x, y, thick * 1.6, rgb)
            if hollow:
                canvas.disc(x, y, thick * 0.8, canvas.look.paper)
        is_lower = data.n_series > 1 and spread > 0 and sum(row) == min(map(sum, data.values))
        if data.printed:
            _line_labels(canvas, data, s, points, rgb, is_lower)


def _line_labels(
    canvas: Canvas, data: ChartData, s: int, points: list[tuple[float, float]], rgb: Rgb, below: bool
) -> None:
    """Values beside the points; one that would stand on another is left out."""
    size, ink = canvas.look.size_px, rgb if data.style == "pew" else canvas.look.ink
    for c in [0, data.n - 1, *range(1, data.n - 1)]:
        x, y = points[c]
        text = data.labels[s][c]
        half = text_width(text, canvas.look.face, size, True) / 2
        around = [points[i][1] for i in (c - 1, c + 1) if 0 <= i < data.n]
        is_valley = len(around) == 2 and max(around) < y - 6
        bottom = y + 7 + 0.74 * size if below or is_valley else y - 7
        box = (x - half, bottom - 0.74 * size - 2, x + half, bottom + 2)
        if canvas.is_free(box):
            canvas.taken.append(box)
            canvas.write(text, x, bottom, "mb", f"value {s} {c}", rgb=ink, bold=data.style != "plain")


def dots(rng: np.random.Generator, canvas: Canvas, data: ChartData, plot: Plot) -> None:
    """A row for each category with a dot for each series, the value beside or above it."""
    room = (plot.y1 - plot.y0) / data.n
    radius = float(rng.uniform(4, 6))
    for c in range(data.n):
        y = plot.y0 + room * (c + 0.5)
        canvas.line([(plot.x0, y), (plot.x1, y)], canvas.look.soft)
        canvas.write(data.categories[c], plot.x0 - 7, y, "rm", f"category {c}", width=plot.x0 - 11)
        for s in range(data.n_series):
            x, rgb = plot.along(data.values[s][c]), shade(canvas, s, c)
            canvas.disc(x, y, radius, rgb)
            canvas.note("circle", rgb, (x - radius, y - radius, x + radius, y + radius))
            text = data.labels[s][c]
            half = text_width(text, canvas.look.face, canvas.look.size_px) / 2
            box = (x - half, y - radius - 14, x + half, y - radius - 3)
            if data.printed and canvas.is_free(box):
                canvas.taken.append(box)
                canvas.write(text, x, box[3], "mb", f"value {s} {c}", rgb=rgb if rng.random() < 0.5 else None)


def pie(rng: np.random.Generator, canvas: Canvas, data: ChartData, plot: Plot) -> None:
    """A pie or a ring, names and values outside, or values inside with a legend on the right.

    A slice has several objects: small boxes inside it, since its own box would cover others.
    """
    with_legend = bool(rng.random() < 0.3)
    radius = min(plot.x1 - plot.x0, plot.y1 - plot.y0) * (0.46 if with_legend else 0.36)
    cx = plot.x0 + radius + 6 if with_legend else (plot.x0 + plot.x1) / 2
    cy = (plot.y0 + plot.y1) / 2
    hole = radius * float(rng.uniform(0.45, 0.6)) if rng.random() < 0.3 else 0.0
    start, total = float(pick(rng, (-90, rng.uniform(0, 360)))), sum(data.values[0])
    joined = rng.random() < 0.35
    for c, value in enumerate(data.values[0]):
        end = start + 360 * value / total
        rgb = shade(canvas, 0, c)
        canvas.wedge((cx, cy), radius, start, end, rgb)
        _note_slice(canvas, rgb, (cx, cy, radius, hole), start, end)
        angle = float(np.deg2rad((start + end) / 2))
        out = radius * (0.68 if with_legend and not hole else 0.78 if with_legend else 1.08)
        x, y = cx + out * float(np.cos(angle)), cy + out * float(np.sin(angle))
        if with_legend:
            canvas.write(data.labels[0][c], x, y, "mm", f"value 0 {c}", rgb=_on(rgb))
            legend_entry(
                canvas, data.categories[c], rgb, cx + radius + 24, plot.y0 + 14 + 21 * c, f"category {c}", False
            )
        else:
            _outside(canvas, data, c, x, y, "l" if np.cos(angle) > 0 else "r", joined)
        start = end
    if hole:
        canvas.disc(cx, cy, hole, canvas.look.paper)


def _outside(canvas: Canvas, data: ChartData, c: int, x: float, y: float, side: str, joined: bool) -> None:
    size = canvas.look.size_px
    room = canvas.look.width - x - 8 if side == "l" else x - 8
    if joined:  # both level with the slice
        canvas.write(data.labels[0][c], x, y + 0.7 * size, side + "m", f"value 0 {c}")
        canvas.write(data.categories[c], x, y - 0.7 * size, side + "b", f"category {c}", width=room)
        return
    canvas.write(data.categories[c], x, y, side + "b", f"category {c}", width=room)
    canvas.write(data.labels[0][c], x, y + 5, side + "t", f"value 0 {c}", bold=True)


def _note_slice(canvas: Canvas, rgb: Rgb, ring: tuple[float, float, float, float], start: float, end: float) -> None:
    cx, cy, radius, hole = ring
    half = 0.1 * radius
    for share in (0.45, 0.8) if not hole else (0.85,):
        for angle in np.deg2rad(np.arange(start + 6, end - 5, 14)):
            x, y = cx + radius * share * float(np.cos(angle)), cy + radius * share * float(np.sin(angle))
            canvas.note("slice", rgb, (x - half, y - half, x + half, y + half))


def legend_entry(canvas: Canvas, text: str, rgb: Rgb, x: float, y: float, role: str, bold: bool) -> float:
    """A coloured sign and a name; returns where they end."""
    canvas.box(x, y - 5, x + 10, y + 5, rgb)
    return canvas.write(text, x + 15, y, "lm", role, bold=bold)[2]
