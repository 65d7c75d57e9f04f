"""Bar, line, pie and dot charts as statistics sites, pollsters and data pages publish them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sightline.scenes.chart_canvas import Canvas
from sightline.scenes.chart_data import ChartData, draw_data
from sightline.scenes.chart_frames import frame
from sightline.scenes.chart_look import draw_look
from sightline.scenes.chart_plots import Plot, bars, category_row, dots, level_bars, lines, pie, shade, value_axis
from sightline.scenes.chart_questions import chart_turns
from sightline.scenes.chart_talk import ReadChart
from sightline.scenes.scene import Scene

_MARKS = {"bar": bars, "hbar": level_bars, "line": lines, "pie": pie, "dot": dots}


def make(rng: np.random.Generator, split: str = "train") -> Scene:
    """A chart with 8 to 10 turns. `split="test"` uses other fonts and papers."""
    data = draw_data(rng)
    look = draw_look(rng, data, split)
    canvas = Canvas.blank(look)
    plot = frame(rng, canvas, data)
    if data.form in ("bar", "hbar", "line"):
        bare = data.printed and rng.random() < {"statista": 0.04, "pew": 0.85, "owid": 0.4, "plain": 0.5}[data.style]
        value_axis(canvas, data, plot, data.form == "hbar", bare)
    if data.form in ("bar", "line"):
        category_row(canvas, data, plot, plot.y1 + 8, _every(canvas, data, plot))
    _MARKS[data.form](rng, canvas, data, plot)
    if data.form == "line" and data.series and data.style in ("owid", "pew"):
        _end_names(canvas, data, plot)
    pixels, reading, roles = canvas.finish(rng)
    if not any(role.startswith("value") for role in roles):
        data = replace(data, printed=False)  # none had room
    turns = chart_turns(rng, data, ReadChart(roles, tuple(name for _, name in look.shades), look.by_category))
    return Scene("charts", pixels, reading, turns, tuple(canvas.objects))


def _every(canvas: Canvas, data: ChartData, plot: Plot) -> int:
    """Of so many category names one is printed: years are left out where they would be too close."""
    room = (plot.x1 - plot.x0) / data.n
    if data.dim not in ("year", "month") or data.style == "statista" or room > 3.2 * canvas.look.size_px:
        return 1
    return int(np.ceil(3.2 * canvas.look.size_px / room))


def _end_names(canvas: Canvas, data: ChartData, plot: Plot) -> None:
    """Names of the lines at their right ends, moved apart where they would cover each other."""
    size = canvas.look.size_px
    x = plot.x1 - (plot.x1 - plot.x0) / data.n / 2 + 8
    order = sorted(range(data.n_series), key=lambda s: -data.values[s][-1])
    last = plot.y0 - 2 * size
    for s in order:
        last = max(last + 1.35 * size, plot.up(data.values[s][-1]))
        canvas.write(data.series[s], x, last, "lm", f"series {s}", rgb=shade(canvas, s, 0))
