"""Questions about charts. Names and values in answers are spelled as the reading spells them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sightline.scenes.chart_data import ChartData
from sightline.scenes.chart_wordings import WORDINGS
from sightline.scenes.phrasing import ask, pick, plural, say_list, say_number, with_article, yes_no
from sightline.scenes.scene import COLOURS, Turn


@dataclass(frozen=True, slots=True)
class ReadChart:
    """How each text of a chart reads, by its role: `title`, `category 2`, `series 0`, `value 0 2`, `source`, ..."""

    texts: dict[str, str]

    def category(self, c: int) -> str:
        """The name of a category."""
        return self.texts[f"category {c}"]

    def series(self, s: int) -> str:
        """The name of a series; only charts with several print them."""
        return self.texts.get(f"series {s}", "")

    def value(self, s: int, c: int) -> str:
        """The printed value."""
        return self.texts[f"value {s} {c}"]


@dataclass(frozen=True, slots=True)
class _Chart:
    data: ChartData
    read: ReadChart

    @property
    def n(self) -> int:
        return len(self.data.categories)

    @property
    def n_series(self) -> int:
        return len(self.data.series)

    def of(self, s: int) -> str:
        """` for Women`, or nothing if there is one series."""
        return f" for {self.read.series(s)}" if self.n_series > 1 else ""


Maker = Callable[[np.random.Generator, _Chart], Turn | None]


def chart_turns(rng: np.random.Generator, data: ChartData, read: ReadChart) -> tuple[Turn, ...]:
    """6 to 10 turns, one of them of kind `caption`."""
    chart = _Chart(data, read)
    wanted = int(rng.integers(6, 11))
    turns: dict[str, Turn] = {}
    for make in (_caption, *(pick(rng, _MAKERS) for _ in range(40))):
        turn = make(rng, chart) if len(turns) < wanted else None
        most = 1 if turn and turn.kind in ("absent", "json", "caption", "title") else 2
        if turn and sum(other.kind == turn.kind for other in turns.values()) < most:
            turns.setdefault(turn.question.lower(), turn)
    kept = list(turns.values())
    return tuple(kept[i] for i in rng.permutation(len(kept)))


def _any(rng: np.random.Generator, chart: _Chart) -> tuple[int, int]:
    return int(rng.integers(chart.n_series)), int(rng.integers(chart.n))


def _type(rng: np.random.Generator, chart: _Chart) -> Turn:
    return Turn(ask(rng, WORDINGS["type"], "brief"), chart.data.name, "chart_type")


def _type_yes_no(rng: np.random.Generator, chart: _Chart) -> Turn:
    truth = bool(rng.random() < 0.5)
    names = [name for name in ("bar chart", "line chart", "pie chart") if name != chart.data.name]
    name = with_article(chart.data.name if truth else pick(rng, names))
    return Turn(ask(rng, WORDINGS["type_yes_no"], "yes_no", name=name), yes_no(truth), "chart_type")


def _title(rng: np.random.Generator, chart: _Chart) -> Turn:
    return Turn(ask(rng, WORDINGS["title"]), chart.read.texts["title"], "title")


def _value(rng: np.random.Generator, chart: _Chart) -> Turn:
    s, c = _any(rng, chart)
    question = ask(rng, WORDINGS["value"], "brief", name=chart.read.category(c) + chart.of(s))
    if chart.data.printed:
        return Turn(question, chart.read.value(s, c), "value")
    return Turn(question, f"about {_rough(chart.data, s, c)}", "estimate")


def _rough(data: ChartData, s: int, c: int) -> str:
    """The value to two leading digits, as one would read it off an axis."""
    value = data.values[s][c]
    return f"{float(f'{value:.2g}'):,.10g}" + data.unit.replace(" m", "").replace("k", "")


def _absent(rng: np.random.Generator, chart: _Chart) -> Turn:
    names = ("Atlantis", "Unicorns", "1907", "Robots", "Pluto", "Cherries", "Group X", "Undecided", "Moon", "1899")
    name = pick(rng, [name for name in names if name not in chart.data.categories])
    return Turn(ask(rng, WORDINGS["value"], "brief", name=name), f"There is no {name} in the chart.", "absent")


def _best(chart: _Chart, s: int, sign: int) -> int | None:
    """The category with the largest (sign 1) or smallest (-1) value of a series, if it is so by a margin."""
    row = chart.data.values[s]
    ranked = sorted(range(chart.n), key=lambda c: -sign * row[c])
    margin = 0.03 * max(row) if not chart.data.printed else 0.008 * max(row)
    return ranked[0] if abs(row[ranked[0]] - row[ranked[1]]) > margin else None


def _extreme(rng: np.random.Generator, chart: _Chart) -> Turn | None:
    s, sign = int(rng.integers(chart.n_series)), pick(rng, (1, -1))
    c = _best(chart, s, sign)
    if c is None:
        return None
    word = pick(rng, ("highest", "largest", "biggest") if sign > 0 else ("lowest", "smallest"))
    if chart.data.printed and rng.random() < 0.35:
        question = ask(rng, WORDINGS["extreme_value"], "brief", word=word, of=chart.of(s))
        return Turn(question, chart.read.value(s, c), "extreme")
    question = ask(rng, WORDINGS["extreme"], "brief", word=word, of=chart.of(s))
    return Turn(question, chart.read.category(c), "extreme")


def _count(rng: np.random.Generator, chart: _Chart) -> Turn:
    form, n = chart.data.form, chart.n
    if form in ("bar", "hbar") and rng.random() < 0.6:
        return Turn(ask(rng, WORDINGS["count"], "number", things="bars"), str(n * chart.n_series), "count")
    if chart.n_series > 1 and rng.random() < 0.5:
        things = pick(rng, ("series", "groups in the legend", "legend entries", "colors of data"))
        return Turn(ask(rng, WORDINGS["count"], "number", things=things), str(chart.n_series), "count")
    if form == "line" and rng.random() < 0.5:
        return Turn(ask(rng, WORDINGS["count"], "number", things="lines"), str(chart.n_series), "count")
    things = pick(rng, ("slices", "segments", "categories") if form == "pie" else ("categories",))
    return Turn(ask(rng, WORDINGS["count"], "number", things=things), str(n), "count")


def _part(chart: _Chart) -> str:
    return {"line": "line", "pie": "slice"}.get(chart.data.form, "bars")


def _colour(rng: np.random.Generator, chart: _Chart) -> Turn:
    """Colour of a series or a slice, or the name that belongs to a colour."""
    is_pie = chart.data.form == "pie"
    i = int(rng.integers(len(chart.data.colours)))
    name = chart.read.category(i) if is_pie else chart.read.series(i)
    colour, part = chart.data.colours[i], _part(chart)
    if not name:
        question = ask(rng, WORDINGS["only_colour"], "brief", be="are" if part == "bars" else "is", part=part)
        return Turn(question, colour, "colour")
    if rng.random() < 0.45:
        return Turn(ask(rng, WORDINGS["colour_to_name"], "brief", colour=colour, part=part), name, "legend")
    return Turn(ask(rng, WORDINGS["name_to_colour"], "brief", name=name), colour, "colour")


def _colour_yes_no(rng: np.random.Generator, chart: _Chart) -> Turn:
    truth, part = bool(rng.random() < 0.5), _part(chart)
    wrong = [name for name in COLOURS if name not in chart.data.colours]
    colour = pick(rng, chart.data.colours) if truth else pick(rng, wrong)
    phrase = f"{colour} {plural(part) if part != 'bars' else part}"
    return Turn(ask(rng, WORDINGS["any_colour"], "yes_no", things=phrase), yes_no(truth), "presence")


def _two(rng: np.random.Generator, chart: _Chart) -> tuple[int, int, int]:
    a, b = rng.choice(chart.n, 2, replace=False)
    return int(rng.integers(chart.n_series)), int(a), int(b)


def _arithmetic(rng: np.random.Generator, chart: _Chart) -> Turn | None:
    """Difference or sum of two printed values, if both are read without a mistake."""
    if not chart.data.printed:
        return None
    s, a, b = _two(rng, chart)
    if any(chart.read.value(s, c) != chart.data.labels[s][c] for c in (a, b)):
        return None
    x, y = chart.data.values[s][a], chart.data.values[s][b]
    word, result = pick(rng, (("difference", abs(x - y)), ("difference", abs(x - y)), ("sum", x + y)))
    names = {"a": chart.read.category(a), "b": chart.read.category(b), "of": chart.of(s)}
    answer = f"{round(result, 2):,.10g}"
    return Turn(ask(rng, WORDINGS[word], "brief", **names), answer, word)


def _compare(rng: np.random.Generator, chart: _Chart) -> Turn | None:
    s, a, b = _two(rng, chart)
    x, y = chart.data.values[s][a], chart.data.values[s][b]
    if abs(x - y) < 0.05 * max(x, y):
        return None
    truth = bool(rng.random() < 0.5)
    if (x > y) != truth:
        a, b = b, a
    question = ask(
        rng, WORDINGS["compare"], "yes_no", a=chart.read.category(a), b=chart.read.category(b), of=chart.of(s)
    )
    return Turn(question, yes_no(truth), "compare")


def _whose(rng: np.random.Generator, chart: _Chart) -> Turn | None:
    """Which category has a given printed value."""
    if not chart.data.printed:
        return None
    s, c = _any(rng, chart)
    value = chart.read.value(s, c)
    if sum(chart.read.value(i, j) == value for i in range(chart.n_series) for j in range(chart.n)) > 1:
        return None
    return Turn(ask(rng, WORDINGS["whose"], "brief", value=value), chart.read.category(c), "lookup")


def _list(rng: np.random.Generator, chart: _Chart) -> Turn:
    if chart.n_series > 1 and rng.random() < 0.5:
        names = [chart.read.series(s) for s in range(chart.n_series)]
        return Turn(ask(rng, WORDINGS["legend"]), say_list(names), "list")
    return Turn(ask(rng, WORDINGS["categories"]), ", ".join(chart.read.category(c) for c in range(chart.n)), "list")


def _extra(rng: np.random.Generator, chart: _Chart) -> Turn | None:
    """Axis labels and source, there or not."""
    role = pick(rng, ("x label", "y label", "source"))
    if role not in chart.read.texts and rng.random() < 0.6:
        return None
    answer = chart.read.texts.get(role, "It is not shown in the chart.")
    return Turn(ask(rng, WORDINGS[role]), answer, "label")


def _trend(rng: np.random.Generator, chart: _Chart) -> Turn | None:
    if chart.data.form != "line":
        return None
    s = int(rng.integers(chart.n_series))
    first, last = chart.data.values[s][0], chart.data.values[s][-1]
    if abs(last - first) < 0.15 * max(first, last):
        return None
    return Turn(ask(rng, WORDINGS["trend"], "brief", of=chart.of(s)), "rising" if last > first else "falling", "trend")


def _json(rng: np.random.Generator, chart: _Chart) -> Turn:
    data, texts = chart.data, chart.read.texts
    if data.printed and chart.n_series == 1 and rng.random() < 0.4:
        table = {chart.read.category(c): chart.read.value(0, c) for c in range(chart.n)}
        return Turn(ask(rng, WORDINGS["table"]), json.dumps(table, ensure_ascii=False), "json")
    everything: dict[str, object] = {
        "title": texts["title"], "chart_type": data.name, "type": data.name, "categories": chart.n,
        "labels": [chart.read.category(c) for c in range(chart.n)], "x_axis": texts.get("x label"),
        "y_axis": texts.get("y label"), "source": texts.get("source"),
    }  # fmt: skip
    keys = [str(key) for key in rng.permutation(list(everything))[: int(rng.integers(1, 5))]]
    listed = "".join(f"\n- {key}" for key in keys) if rng.random() < 0.4 else ", ".join(keys)
    answer = json.dumps({key: everything[key] for key in keys}, ensure_ascii=False)
    return Turn(ask(rng, WORDINGS["json"], keys=listed), answer, "json")


def _caption(rng: np.random.Generator, chart: _Chart) -> Turn:
    return Turn(ask(rng, WORDINGS["caption"]), say_chart(chart.data, chart.read), "caption")


def say_chart(data: ChartData, read: ReadChart) -> str:
    """One or two sentences: form, title, how many, which is highest."""
    chart = _Chart(data, read)
    if data.form in ("bar", "hbar"):
        part = f"{say_number(chart.n * chart.n_series)} bars"
    elif data.form == "pie":
        part = f"{say_number(chart.n)} slices"
    else:
        part = f"{say_number(chart.n_series)} {plural('line', chart.n_series)}"
    first = f'A {data.name} titled "{read.texts["title"]}" with {part}.'
    best = _best(chart, 0, 1) if chart.n_series == 1 else None
    if best is None:
        return first
    value = f" ({read.value(0, best)})" if data.printed else ""
    return f"{first} The highest value is {read.category(best)}{value}."


_MAKERS: tuple[Maker, ...] = (
    _type, _type_yes_no, _title, _value, _value, _value, _absent, _extreme, _extreme, _count, _colour, _colour,
    _colour_yes_no, _arithmetic, _arithmetic, _compare, _compare, _whose, _list, _extra, _trend, _json, _json,
)  # fmt: skip
