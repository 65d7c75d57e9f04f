"""What stands around the plot on each kind of site: headings, legends, notes, sources, buttons."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sightline.reading.colour_names import Rgb
from sightline.scenes.chart_canvas import Canvas
from sightline.scenes.chart_data import ChartData
from sightline.scenes.chart_plots import Plot, column_start, legend_entry, shade, span, tick_text
from sightline.scenes.fonts import text_width
from sightline.scenes.phrasing import pick

_LINK: Rgb = (0, 110, 190)
_GREY: Rgb = (120, 120, 125)
_ICONS = (
    ("★", ("★", "★", "", "")),
    ("o", ("", "o", "", "")),
    ("*", ("",)),
    ("<", ("",)),
    ('"', ("99", "99", "9")),
    ("B", ("B", "D", "")),
)
_PEW_NOTES = (
    "Note: Don't know responses not shown.", "Note: Figures may not add to 100% because of rounding.",
    "Note: Those who did not give an answer are not shown.", "Note: Whites and blacks include only non-Hispanics.",
    "Note: Based on registered voters. No answer responses are not shown.",
    "Note: Significant differences in bold. Percentages are based on total.",
)  # fmt: skip
_PEW_SOURCES = (
    "Source: Survey conducted {m} {a}-{b}, {y}.", "Source: Spring {y} Global Attitudes Survey. Q{a}.",
    "Source: Survey of U.S. adults conducted {m} {a}-{b}, {y}.", "Source: Pew Research Center analysis of {y} Current Population Survey.",
    'Source: American Trends Panel (wave {a}). Survey conducted {m} {a}-{b}, {y}.',
)  # fmt: skip
_MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")


def frame(rng: np.random.Generator, canvas: Canvas, data: ChartData) -> Plot:
    """Set everything around the plot, and return where the plot goes."""
    makers = {"statista": _statista, "pew": _pew, "owid": _owid, "plain": _plain}
    return makers[data.style](rng, canvas, data)


def _plot(rng: np.random.Generator, data: ChartData, x0: float, y0: float, x1: float, y1: float) -> Plot:
    if data.form == "pie":
        return Plot(x0, y0, x1, y1, 0, 1, ())
    low, high, ticks = span(rng, data)
    return Plot(x0, y0, x1, y1, low, high, ticks)


def _name_room(canvas: Canvas, data: ChartData, most: float, bold: bool = False) -> float:
    """How much the names of level bars take, at most `most` pixels: longer ones are wrapped."""
    look = canvas.look
    return min(most, max(text_width(name, look.face, look.size_px, bold) for name in data.categories)) + 16


def _row_legend(canvas: Canvas, data: ChartData, y: float, left: float, right: float, bold: bool) -> float:
    """Series names with their signs in centred rows; returns how much they took."""
    look = canvas.look
    widths = [26 + text_width(name, look.face, look.size_px, bold) for name in data.series]
    rows: list[list[int]] = [[]]
    for s, wide in enumerate(widths):
        if rows[-1] and sum(widths[i] for i in rows[-1]) + wide > right - left:
            rows.append([])
        rows[-1].append(s)
    for i, row in enumerate(rows):
        x = max(left, (left + right - sum(widths[s] for s in row)) / 2)
        for s in row:
            legend_entry(canvas, data.series[s], shade(canvas, s, 0), x, y + 19 * i, f"series {s}", bold)
            x += widths[s] + 4
    return 19.0 * len(rows)


def _statista(rng: np.random.Generator, canvas: Canvas, data: ChartData) -> Plot:
    look = canvas.look
    width, height = look.width, look.height
    canvas.write("© Statista 2021", width - 23, height - 61, "rm", "copyright", rgb=_GREY)
    if rng.random() < 0.9:
        canvas.write("Additional Information", 40, height - 36, "lm", "frame", rgb=_LINK)
    canvas.write("Show source", width - 38, height - 36, "rm", "frame", rgb=_LINK)
    if rng.random() < 0.85:
        _icons(rng, canvas)
    top = 47.0
    if data.n > 15 and rng.random() < 0.7:
        canvas.box(30, 24, width - 90, 64, (230, 242, 252))
        text = "Zoomable Statistic: Select the range in the chart you want to zoom in on."
        canvas.write(text, 60, 44, "lm", "frame", rgb=_LINK)
        top = 95.0
    bottom = height - (100.0 if not data.series else 140.0 if len(data.series) < 4 else 150.0)
    if data.series:
        _row_legend(canvas, data, bottom + 20, 60, width - 60, bold=True)
    if data.form == "pie":
        return _plot(rng, data, 60, top, width - 90, bottom - 10)
    if data.form == "hbar":
        left = 20 + _name_room(canvas, data, pick(rng, (130.0, 190.0, 260.0)))
        plot = _plot(rng, data, left, top - 10, width - (92 if data.printed else 80) - 30, bottom - 52)
        canvas.write(
            data.topic.axis, (plot.x0 + plot.x1) / 2, bottom - 22, "mm", "axis title", size_px=look.size_px - 1
        )
    else:
        plot = _plot(rng, data, 92, top, width - 75, bottom - (17 if not data.series else 20))
        plot = replace(
            plot, x0=68 + max(text_width(tick_text(tick, data), look.face, look.size_px) for tick in plot.ticks)
        )
        canvas.write_turned(data.topic.axis, 49, (plot.y0 + plot.y1) / 2, 90, "axis title", look.size_px - 1)
        if data.form == "line" and data.dim == "year" and rng.random() < 0.15:
            canvas.write("Year", (plot.x0 + plot.x1) / 2, bottom + 6, "mm", "x title", size_px=look.size_px - 1)
    _bands(canvas, data, plot)
    return plot


def _icons(rng: np.random.Generator, canvas: Canvas) -> None:
    """The column of buttons on the right; an OCR engine takes some for signs."""
    x = canvas.look.width - 37
    for i, (_, reads) in enumerate(_ICONS):
        y = 37 + 41.6 * i
        canvas.box(x - 17, y - 17, x + 17, y + 17, (246, 248, 250))
        canvas.disc(x, y, 6, (185, 195, 210))
        read = pick(rng, reads)
        if read and rng.random() < 0.6:
            canvas.seen_sign(read, (x - 10, y - 9, x + 11, y + 10))


def _bands(canvas: Canvas, data: ChartData, plot: Plot) -> None:
    room = (plot.x1 - plot.x0) / data.n
    high = (plot.y1 - plot.y0) / data.n
    for c in range(1, data.n, 2):
        if data.form == "hbar":
            canvas.box(plot.x0, plot.y0 + c * high, plot.x1, plot.y0 + (c + 1) * high, (249, 249, 249))
        else:
            canvas.box(plot.x0 + c * room, plot.y0, plot.x0 + (c + 1) * room, plot.y1, (249, 249, 249))


def _pew(rng: np.random.Generator, canvas: Canvas, data: ChartData) -> Plot:
    look, width, height = canvas.look, canvas.look.width, canvas.look.height
    canvas.box(0, 2, width, 4, (60, 60, 60))
    below = canvas.write(data.title, 2, 12, "lt", "title", size_px=look.size_px + 4, bold=True, width=width - 6)[3]
    below = canvas.write(
        data.subtitle, 2, below + 9, "lt", "subtitle", size_px=look.size_px + 1, rgb=_GREY, width=width - 6
    )[3]
    foot = height - 12.0
    foot = canvas.write("PEW RESEARCH CENTER", 2, foot, "lb", "frame", size_px=max(9, look.size_px - 2), bold=True)[1]
    values = {
        "m": pick(rng, _MONTHS),
        "a": int(rng.integers(2, 30)),
        "b": int(rng.integers(2, 31)),
        "y": data.topic.when,
    }
    note = pick(rng, _PEW_SOURCES).format(**values)
    if rng.random() < 0.5:
        note = f"{pick(rng, _PEW_NOTES)} {note}"
    foot = canvas.write(
        note, 2, foot - 8, "lb", "source", size_px=max(9, look.size_px - 2), rgb=_GREY, width=width - 4
    )[1]
    top, bottom = below + 16, foot - 12
    if data.form in ("bar", "line"):
        legend = 22.0 if data.series and data.form == "bar" else 0.0
        if legend:
            _row_legend(canvas, data, top + 4, 10, width - 10, bold=rng.random() < 0.5)
        return _plot(
            rng, data, 34, top + legend + 12, width - (84 if data.form == "line" and data.series else 14), bottom - 26
        )
    if data.form == "pie":
        return _plot(rng, data, 20, top, width - 20, bottom)
    left = 4 + _name_room(canvas, data, width * 0.36)
    head = 20.0 if data.series else 4.0
    foot = 0 if data.printed else 22
    plot = _plot(rng, data, left, top + head, width - (14 if data.stacked else 44), bottom - foot)
    if data.series:
        _heads(rng, canvas, data, plot, top)
    return plot


def _heads(rng: np.random.Generator, canvas: Canvas, data: ChartData, plot: Plot, y: float) -> None:
    """Series names above the first bar's parts, in their colours or with signs."""
    sizes = [text_width(name, canvas.look.face, canvas.look.size_px, True) for name in data.series]
    if data.columns:
        for s, name in enumerate(data.series):
            canvas.write(
                name, column_start(data, plot, s), y + 4, "lm", f"series {s}", bold=True, rgb=shade(canvas, s, 0)
            )
        return
    if sum(sizes) + 12 * len(sizes) > plot.x1 - plot.x0 or not data.stacked or rng.random() < 0.3:
        _row_legend(canvas, data, y, plot.x0 - 30, plot.x1, bold=False)
        return
    total, x, end = 0.0, 0.0, plot.x0 - 6
    for s, name in enumerate(data.series):
        x = plot.along(plot.low + total + data.values[s][0] / 2)
        total += data.values[s][0]
        left = max(end + 6, x - sizes[s] / 2)
        left = min(left, plot.x1 - sum(sizes[s:]) - 8 * (len(sizes) - s - 1))
        rgb = shade(canvas, s, 0) if rng.random() < 0.4 else None
        end = canvas.write(name, left, y + 4, "lm", f"series {s}", bold=True, rgb=rgb)[2]


def _owid(rng: np.random.Generator, canvas: Canvas, data: ChartData) -> Plot:
    look, width, height = canvas.look, canvas.look.width, canvas.look.height
    canvas.box(width - 81, 14, width - 19, 51, (0, 33, 71))
    canvas.write("Our World", width - 50, 25, "mm", "frame", size_px=11, rgb=(255, 255, 255))
    canvas.write("in Data", width - 50, 39, "mm", "frame", size_px=11, rgb=(255, 255, 255))
    below = canvas.write(
        data.title, 15, 16, "lt", "title", size_px=22, face=look.title_face, rgb=(85, 85, 85), width=width - 110
    )[3]
    if data.subtitle:
        below = canvas.write(
            data.subtitle, 15, below + 7, "lt", "subtitle", size_px=12, rgb=(100, 100, 100), width=width - 120
        )[3]
    canvas.write(f"Source: {data.source}", 15, height - 22, "lm", "source", size_px=12, rgb=_GREY)
    page = data.topic.measure.split(" ")[0].lower()
    right = pick(rng, ("CC BY", "CC BY", f"OurWorldInData.org/{page} • CC BY"))
    canvas.write(right, width - 14, height - 22, "rm", "frame", size_px=12, rgb=_GREY)
    if data.form == "line":
        names = max((text_width(name, look.face, look.size_px) for name in data.series), default=20)
        return _plot(rng, data, 70, below + 30, width - names - 35, height - 65)
    left = 10 + _name_room(canvas, data, 260, bold=True)
    legend = 0.0
    if data.series:
        legend = _row_legend(canvas, data, below + 18, 60, width - 60, bold=False) + 4
    return _plot(rng, data, left, below + 16 + legend, width - 110, height - 72)


def _plain(rng: np.random.Generator, canvas: Canvas, data: ChartData) -> Plot:
    look, width, height = canvas.look, canvas.look.width, canvas.look.height
    centred = rng.random() < 0.5
    below = canvas.write(
        data.title, width / 2 if centred else 10, 12, "mt" if centred else "lt", "title",
        size_px=look.size_px + 4, bold=rng.random() < 0.6, width=width - 20,
    )[3]  # fmt: skip
    bottom = height - 10.0
    if rng.random() < 0.4:
        bottom = canvas.write(f"Source: {data.source}", 10, bottom, "lb", "source", size_px=look.size_px - 1)[1] - 8
    top = below + 12
    if data.series and rng.random() < 0.5:
        top += _row_legend(canvas, data, top + 6, 20, width - 20, bold=False) + 6
    elif data.series:
        rows = _row_legend(canvas, data, bottom - 24, 20, width - 20, bold=False)
        bottom -= rows + 18
    if data.form == "pie":
        return _plot(rng, data, 14, top, width - 14, bottom - 6)
    if data.form == "hbar":
        left = 8 + _name_room(canvas, data, width * 0.3)
        return _plot(rng, data, left, top + 4, width - 60, bottom - 22)
    plot = _plot(rng, data, 56, top + 10, width - 16, bottom - 34)
    left = 14 + max(text_width(tick_text(tick, data), look.face, look.size_px) for tick in plot.ticks)
    if rng.random() < 0.4:
        canvas.write_turned(data.topic.axis, 14, (top + bottom) / 2, 90, "axis title", look.size_px - 1)
        left += 24
    return replace(plot, x0=left)
