"""Questions that look one value or label up, and those for the largest and smallest."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np

from sightline.scenes import chart_words as words
from sightline.scenes.chart_asks import EXTREME, EXTREME_TIME, EXTREME_VALUE, LOOKUP, WHEN, WHICH
from sightline.scenes.chart_talk import Chart, possessive, say_time, with_the
from sightline.scenes.phrasing import ask, pick
from sightline.scenes.scene import Turn

_HIGH = ("highest", "highest", "largest", "biggest", "greatest", "maximum")
_LOW = ("lowest", "lowest", "smallest", "minimum")
_RANKS = (("second", "2nd"), ("third", "3rd"))


def any_place(rng: np.random.Generator, chart: Chart) -> tuple[int, int] | None:
    """A series and a category whose value can be told, or None."""
    for _ in range(8):
        s, c = int(rng.integers(chart.data.n_series)), int(rng.integers(chart.data.n))
        if chart.is_sure(s, c):
            return s, c
    return None


def value(rng: np.random.Generator, chart: Chart) -> Turn | None:
    """One value, asked for in the words of the topic or by its labels."""
    place = any_place(rng, chart)
    if place is None:
        return None
    s, c = place
    return Turn(_value_question(rng, chart, s, c), chart.answer(s, c), _kind(chart))


def _kind(chart: Chart) -> str:
    return "value" if chart.data.printed else "estimate"


def _value_question(rng: np.random.Generator, chart: Chart, s: int, c: int) -> str:
    topic, dim = chart.data.topic, chart.data.dim
    by_category = chart.by_category(rng, c)
    of_series, context = chart.of_series(rng, s), chart.context(rng)
    parts = [of_series, by_category, context] if chart.is_time else [by_category, of_series, context]
    kind = "any" if topic.kind == "rate" or rng.random() < 0.2 else topic.kind
    if kind == "share":
        kind = "share_answer" if dim in ("answer", "reason", "goods", "firm", "sector") else "share_group"
    if rng.random() < 0.16:
        kind = "plain"
    wordings = LOOKUP[kind]
    if kind == "share_group" and chart.is_time:
        wordings = tuple(w for w in wordings if "{name}" not in w)
    name = _said_name(rng, chart, s, c)
    if kind == "share_answer" and chart.series(s):
        name = chart.category(c) + of_series
    who, rest = _owner(rng, chart, s, c)
    return _tidy(ask(
        rng, wordings, "brief", measure=topic.measure, key="".join(parts), name=name, ctx=context, who=who,
        whose=possessive(who), rest=rest, things=topic.things, say=_said_say(rng, topic.say), scale=topic.scale or "total",
    ))  # fmt: skip


def _tidy(text: str) -> str:
    return " ".join(text.replace("the the ", "the ").split(" "))


def _said_say(rng: np.random.Generator, say: str) -> str:
    return say or "are counted here"


def _said_name(rng: np.random.Generator, chart: Chart, s: int, c: int) -> str:
    name = chart.name(rng, s, c)
    return name.lower() if chart.data.dim in ("answer", "reason") and rng.random() < 0.3 else name


def _owner(rng: np.random.Generator, chart: Chart, s: int, c: int) -> tuple[str, str]:
    """Whose value it is ("India", "Telstra", the place the chart is about), and what is left to be said."""
    category, series, dim = chart.category(c), chart.of_series(rng, s), chart.data.dim
    if chart.series(s) in (*words.COUNTRIES, *words.FIRMS):
        return with_the(chart.series(s)), chart.by_category(rng, c)
    if chart.is_time:
        return with_the(chart.data.topic.where), series + " in " + say_time(rng, category)
    if dim in ("country", "state", "firm", "person"):
        return with_the(category), series + chart.context(rng)
    return with_the(chart.data.topic.where), chart.by_category(rng, c) + series


def by_colour(rng: np.random.Generator, chart: Chart) -> Turn | None:
    """One value, its series named by colour."""
    place = any_place(rng, chart)
    if place is None or not has_own_colours(chart):
        return None
    s, c = place
    colour = chart.read.colours[c if chart.read.by_category else s]
    key = "" if chart.read.by_category else chart.by_category(rng, c)
    mark = chart.mark if rng.random() < 0.7 else "bar"
    return Turn(
        ask(rng, LOOKUP["colour"], "brief", colour=colour, mark=mark, key=key), chart.answer(s, c), _kind(chart)
    )


def has_own_colours(chart: Chart) -> bool:
    """Several colours, each with a name of its own."""
    n = chart.data.n if chart.read.by_category else chart.data.n_series
    return n > 1 and len(set(chart.read.colours[:n])) == n


def which(rng: np.random.Generator, chart: Chart) -> Turn | None:
    """The label that belongs to a printed value."""
    place = any_place(rng, chart)
    if place is None or not chart.data.printed:
        return None
    s, c = place
    data = chart.data
    label = data.labels[s][c]
    row_only = bool(chart.series(s))
    others = [chart.answer(i, j) for i in range(data.n_series) for j in range(data.n) if not row_only or i == s]
    name = chart.read_category(c)
    if name is None or others.count(chart.answer(s, c)) != 1:
        return None
    said = (
        label.replace("%", pick(rng, ("%", " percent", ""))) if "%" in label else pick(rng, (label, chart.answer(s, c)))
    )
    if "%" not in label and data.unit == "%":
        said = label + pick(rng, ("", "%", " percent"))
    said += chart.of_series(rng, s) if row_only else ""
    wordings = WHEN if chart.is_time else WHICH
    question = ask(
        rng, wordings, "brief", noun=chart.noun(rng), measure=data.topic.measure, value=said, ctx=chart.context(rng)
    )
    return Turn(question, name, "lookup")


def ranked(chart: Chart, s: int, sign: int) -> list[int] | None:
    """Categories of a series from the largest (sign 1) or smallest (-1), if the first three differ visibly."""
    row = chart.data.values[s]
    order = sorted(range(len(row)), key=lambda c: -sign * row[c])
    if len(order) < 2:
        return None
    margin = (0.004 if chart.data.printed else 0.025) * max(row)
    near = order[:4]
    apart = all(abs(row[a] - row[b]) > margin for a, b in pairwise(near))
    return order if apart else None


def extreme(rng: np.random.Generator, chart: Chart) -> Turn | None:
    """Which category has the largest or smallest value, or the second or third."""
    s, sign = int(rng.integers(chart.data.n_series)), pick(rng, (1, 1, -1))
    order = ranked(chart, s, sign)
    if order is None:
        return None
    rank = 0 if rng.random() < 0.8 or len(order) < 5 else int(rng.integers(1, 3))
    name = chart.read_category(order[rank])
    if name is None:
        return None
    word = pick(rng, _HIGH if sign > 0 else _LOW)
    if rank:
        word = f"{pick(rng, _RANKS[rank - 1])} {word.replace('maximum', 'highest').replace('minimum', 'lowest')}"
    question = ask(
        rng, _with_context(EXTREME_TIME if chart.is_time else EXTREME), "brief", word=word, noun=chart.noun(rng),
        measure=chart.data.topic.measure, ctx=chart.of_series(rng, s) + chart.context(rng), mark=chart.mark,
    )  # fmt: skip
    return Turn(question, name, "extreme")


@cache
def _with_context(wordings: tuple[str, ...]) -> tuple[str, ...]:
    """The wordings with a place for the series, at the end where they had none."""
    return tuple(w if "{ctx}" in w else w.rstrip("?.") + "{ctx}" + w[len(w.rstrip("?.")) :] for w in wordings)


def extreme_value(rng: np.random.Generator, chart: Chart) -> Turn | None:
    """The largest or smallest value of a series."""
    s, sign = int(rng.integers(chart.data.n_series)), pick(rng, (1, 1, -1))
    row = chart.data.values[s]
    c = max(range(chart.data.n), key=lambda i: sign * row[i])
    if not chart.is_sure(s, c):
        return None
    word, of = pick(rng, _HIGH if sign > 0 else _LOW), series_by(rng, chart, s)
    wordings = [w for w in EXTREME_VALUE if "{mark}" not in w or chart.mark != "line"]
    question = ask(rng, wordings, "brief", word=word, of=of, measure=chart.data.topic.measure, mark=chart.mark)
    return Turn(question, chart.answer(s, c), "extreme")


def series_by(rng: np.random.Generator, chart: Chart, s: int) -> str:
    """` for Women`, or by colour now and then: ` of the blue bars`."""
    if chart.series(s) and has_own_colours(chart) and rng.random() < 0.35:
        colour, mark = chart.read.colours[s], "line" if chart.mark == "line" else f"{chart.mark}s"
        return pick(rng, (f" of the {colour} {mark}", f" in the {colour} {mark}", f" in {colour}"))
    return chart.of_series(rng, s)
