"""Questions about the chart itself: its type, title, colours and labels, its data as JSON, a caption."""

from __future__ import annotations

import json

import numpy as np

from sightline.reading.colour_names import COLOURS
from sightline.scenes.chart_lookups import has_own_colours, ranked
from sightline.scenes.chart_talk import Chart
from sightline.scenes.chart_wordings import WORDINGS
from sightline.scenes.phrasing import ask, pick, plural, say_list, say_number, with_article, yes_no
from sightline.scenes.scene import Turn

_ABSENT = ("Atlantis", "Unicorns", "1907", "Robots", "Pluto", "Cherries", "Group X", "Undecided", "Moon", "1899")
_NAMES = ("bar chart", "line chart", "pie chart")


def kind(rng: np.random.Generator, chart: Chart) -> Turn:
    """The type of the chart, asked openly or as yes or no."""
    name = chart.data.name
    if rng.random() < 0.5:
        return Turn(ask(rng, WORDINGS["type"], "brief"), name, "chart_type")
    truth = bool(rng.random() < 0.5)
    said = with_article(name if truth else pick(rng, [other for other in _NAMES if other != name]))
    return Turn(ask(rng, WORDINGS["type_yes_no"], "yes_no", name=said), yes_no(truth), "chart_type")


def title(rng: np.random.Generator, chart: Chart) -> Turn | None:
    """The title as it reads."""
    text = chart.read.texts.get("title")
    return Turn(ask(rng, WORDINGS["title"]), text, "title") if text else None


def absent(rng: np.random.Generator, chart: Chart) -> Turn:
    """A value of something that no chart shows."""
    name = pick(rng, [name for name in _ABSENT if name not in chart.data.categories])
    return Turn(ask(rng, WORDINGS["value"], "brief", name=name), f"There is no {name} in the chart.", "absent")


def count(rng: np.random.Generator, chart: Chart) -> Turn | None:
    """How many bars, lines, slices, series, colours or categories."""
    form, n, n_series = chart.data.form, chart.data.n, chart.data.n_series
    choices: list[tuple[str, int]] = []
    if form in ("bar", "hbar") and not chart.data.stacked and n * n_series <= 24:
        choices += [("bars", n * n_series)] * 3
    if form in ("bar", "hbar") and chart.data.stacked:
        choices += [("bars", n)]
    if form == "line":
        choices += [("lines", n_series)] * 2
    if form == "pie":
        choices += [("slices", n), ("segments", n), ("sectors", n)]
    if form in ("bar", "hbar", "pie") and n <= 16 and not chart.is_time:
        choices += [("categories", n)]
    if chart.is_time and n <= 16 and form != "line":
        choices += [(f"{chart.data.dim}s", n)]
    if n_series > 1 or chart.read.by_category:
        choices += [("colors", len(set(chart.read.colours[: n if chart.read.by_category else n_series])))]
    if n_series > 1:
        choices += [("series", n_series), ("groups in the legend", n_series)]
    if not choices:
        return None
    things, number = pick(rng, choices)
    return Turn(ask(rng, WORDINGS["count"], "number", things=things), str(number), "count")


def colour(rng: np.random.Generator, chart: Chart) -> Turn | None:
    """Colour of a series, or the series of a colour; of slices and bars that have their own."""
    i = int(rng.integers(chart.data.n if chart.read.by_category else chart.data.n_series))
    said = chart.read.colours[i]
    part = {"line": "line", "pie": "slice", "dot": "dots"}.get(chart.data.form, "bars")
    if not chart.data.series and not chart.read.by_category:
        question = ask(rng, WORDINGS["only_colour"], "brief", be="are" if part.endswith("s") else "is", part=part)
        return Turn(question, said, "colour")
    name = chart.read_category(i) if chart.read.by_category else chart.read_series(i)
    if name is None or not has_own_colours(chart):
        return None
    if rng.random() < 0.65:
        return Turn(ask(rng, WORDINGS["colour_to_name"], "brief", colour=said, part=chart.mark), name, "legend")
    clean = chart.category(i) if chart.read.by_category else chart.series(i)
    return Turn(ask(rng, WORDINGS["name_to_colour"], "brief", name=clean), said, "colour")


def colour_yes_no(rng: np.random.Generator, chart: Chart) -> Turn:
    """Is there such a colour among the marks?"""
    truth = bool(rng.random() < 0.5)
    there = [name.split()[-1].replace("gray", "grey") for name in chart.read.colours]
    said = pick(rng, there if truth else [name for name in COLOURS if name not in there])
    things = f"{said} {plural(chart.mark)}"
    return Turn(ask(rng, WORDINGS["any_colour"], "yes_no", things=things), yes_no(truth), "presence")


def names(rng: np.random.Generator, chart: Chart) -> Turn | None:
    """The legend or the categories as a list."""
    if chart.data.series and rng.random() < 0.6:
        series = [chart.read_series(s) for s in range(chart.data.n_series)]
        if None in series:
            return None
        return Turn(ask(rng, WORDINGS["legend"]), say_list([str(name) for name in series]), "list")
    if chart.data.n > 8:
        return None
    read = [chart.read.texts.get(f"category {c}") for c in range(chart.data.n)]
    if None in read:
        return None
    return Turn(ask(rng, WORDINGS["categories"]), ", ".join(map(str, read)), "list")


def labels(rng: np.random.Generator, chart: Chart) -> Turn | None:
    """Axis title and source, there or not."""
    if "source" not in chart.read.texts or rng.random() < 0.4:
        if "axis title" not in chart.read.texts or chart.data.form not in ("bar", "line"):
            return None
        return Turn(ask(rng, WORDINGS["y label"]), chart.read.texts["axis title"], "label")
    return Turn(ask(rng, WORDINGS["source"]), chart.read.texts["source"], "label")


def trend(rng: np.random.Generator, chart: Chart) -> Turn | None:
    """Rising or falling."""
    if chart.data.form != "line":
        return None
    s = int(rng.integers(chart.data.n_series))
    first, last = chart.data.values[s][0], chart.data.values[s][-1]
    if abs(last - first) < 0.15 * max(first, last):
        return None
    question = ask(rng, WORDINGS["trend"], "brief", of=chart.of_series(rng, s))
    return Turn(question, "rising" if last > first else "falling", "trend")


def as_json(rng: np.random.Generator, chart: Chart) -> Turn | None:
    """Some attributes, or the table, as JSON."""
    data, texts = chart.data, chart.read.texts
    read = [texts.get(f"category {c}") for c in range(data.n)]
    if data.printed and not data.series and data.n <= 7 and None not in read and rng.random() < 0.5:
        if not all(chart.is_sure(0, c) for c in range(data.n)):
            return None
        table = {str(name): texts[f"value 0 {c}"] for c, name in enumerate(read)}
        return Turn(ask(rng, WORDINGS["table"]), json.dumps(table, ensure_ascii=False), "json")
    everything: dict[str, object] = {
        "title": texts.get("title"), "chart_type": data.name, "type": data.name, "categories": data.n,
        "y_axis": texts.get("axis title"), "source": texts.get("source"),
    }  # fmt: skip
    if data.n <= 8 and None not in read:
        everything["labels"] = read
    keys = [str(key) for key in rng.permutation(list(everything))[: int(rng.integers(1, 4))]]
    listed = "".join(f"\n- {key}" for key in keys) if rng.random() < 0.4 else ", ".join(keys)
    answer = json.dumps({key: everything[key] for key in keys}, ensure_ascii=False)
    return Turn(ask(rng, WORDINGS["json"], keys=listed), answer, "json")


def caption(rng: np.random.Generator, chart: Chart) -> Turn:
    """A sentence or two."""
    return Turn(ask(rng, WORDINGS["caption"]), say_chart(chart), "caption")


def say_chart(chart: Chart) -> str:
    """Form, title or axis, how many, which is highest."""
    data, texts = chart.data, chart.read.texts
    if data.form == "line":
        part = f"{say_number(data.n_series)} {plural('line', data.n_series)}"
    elif data.form in ("pie", "bar", "hbar") and not data.stacked:
        part = f"{say_number(data.n * data.n_series)} {plural('slice' if data.form == 'pie' else 'bar')}"
    else:
        part = f"{say_number(data.n)} rows" if data.form != "bar" else f"{say_number(data.n)} stacked bars"
    heading = texts.get("title")
    about = f' titled "{heading}"' if heading else f" of {texts['axis title']}" if "axis title" in texts else ""
    first = f"A {data.name}{about} with {part}."
    order = ranked(chart, 0, 1) if not data.series else None
    name = chart.read_category(order[0]) if order else None
    if order is None or name is None:
        return first
    value = f" ({texts[f'value 0 {order[0]}']})" if data.printed and chart.is_sure(0, order[0]) else ""
    return f"{first} The highest value is {name}{value}."
