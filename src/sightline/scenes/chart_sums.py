"""Questions that need more than one value: differences, sums, averages, ratios, counts and comparisons."""

from __future__ import annotations

from statistics import median as middle

import numpy as np

from sightline.scenes.chart_asks import SUMS
from sightline.scenes.chart_lookups import series_by
from sightline.scenes.chart_talk import Chart
from sightline.scenes.chart_wordings import WORDINGS
from sightline.scenes.phrasing import ask, pick, yes_no
from sightline.scenes.scene import Turn

_PLURALS = {
    "country": "countries",
    "category": "categories",
    "company": "companies",
    "industry": "industries",
    "activity": "activities",
}


def say_result(number: float) -> str:
    """The result with at most two decimals and no separators."""
    return f"{round(number, 2) + 0.0:.10g}"


def _row(rng: np.random.Generator, chart: Chart, least: int, most: int) -> tuple[int, tuple[float, ...]] | None:
    """A series of which every value can be told, short enough to reckon with."""
    s = int(rng.integers(chart.data.n_series))
    row = chart.data.values[s]
    told = all(chart.is_sure(s, c) for c in range(chart.data.n))
    return (s, row) if told and least <= len(row) <= most and max(row) < 1e6 else None


def _two(rng: np.random.Generator, chart: Chart) -> tuple[dict[str, str], float, float] | None:
    """Two values that can be told, the larger first, and how they are called."""
    data = chart.data
    if data.n_series > 1 and rng.random() < 0.4:
        c = int(rng.integers(data.n))
        one, other = rng.choice(data.n_series, 2, replace=False)
        places = [(int(one), c), (int(other), c)]
        names = [chart.series(s) for s, _ in places]
        of = chart.by_category(rng, c)
    else:
        s = int(rng.integers(data.n_series))
        one, other = rng.choice(data.n, 2, replace=False)
        places = [(s, int(one)), (s, int(other))]
        names = [chart.category(c) for _, c in places]
        of = series_by(rng, chart, s) + (chart.context(rng) if rng.random() < 0.4 else "")
    (x, a), (y, b) = sorted(
        ((data.values[s][c], name) for (s, c), name in zip(places, names, strict=True)), reverse=True
    )
    if not all(chart.is_sure(s, c) for s, c in places) or x >= 1e6:
        return None
    return {"a": a, "b": b, "of": of, "measure": data.topic.measure, "noun": chart.noun(rng)}, x, y


def pair(rng: np.random.Generator, chart: Chart) -> Turn | None:
    """Difference, sum, average or ratio of two values."""
    found = _two(rng, chart)
    if found is None:
        return None
    names, x, y = found
    word = pick(rng, ("difference", "difference", "difference", "sum", "sum", "average_two", "ratio"))
    if word == "ratio" and y <= 0:
        return None
    if word in ("sum", "average_two") and rng.random() < 0.5:
        names["a"], names["b"] = names["b"], names["a"]
    result = {"difference": x - y, "sum": x + y, "average_two": (x + y) / 2, "ratio": x / max(y, 1e-9)}[word]
    return Turn(ask(rng, SUMS[word], "brief", **names), say_result(result), word.removesuffix("_two"))


def whole(rng: np.random.Generator, chart: Chart) -> Turn | None:
    """Range, sum, average or median of a whole series."""
    found = _row(rng, chart, 2, 12)
    if found is None:
        return None
    s, row = found
    word = pick(rng, ("range", "range", "top_two", "sum_ends", "average", "average", "median", "sum_all"))
    if (len(row) > 7 and word in ("average", "sum_all", "median")) or (len(row) < 4 and word == "sum_ends"):
        word = "range"
    ranked = sorted(row, reverse=True)
    few, high = pick(rng, (2, 2, 3)), bool(rng.random() < 0.5)
    results = {
        "range": ranked[0] - ranked[-1], "top_two": ranked[0] - ranked[1], "average": sum(row) / len(row), "sum_all": sum(row),
        "median": middle(row), "sum_ends": sum(ranked[:few] if high else ranked[-few:]),
    }  # fmt: skip
    mark = chart.mark if chart.mark != "line" else "value"
    slots = {
        "of": series_by(rng, chart, s), "measure": chart.data.topic.measure, "mark": mark, "few": ("two", "three")[few - 2],
        "end": pick(rng, ("highest", "largest", "top") if high else ("lowest", "smallest", "bottom")),
    }  # fmt: skip
    return Turn(ask(rng, SUMS[word], "brief", **slots), say_result(results[word]), word.removesuffix("_all"))


def threshold(rng: np.random.Generator, chart: Chart) -> Turn | None:
    """How many values are above or below a limit that none of them is near."""
    s = int(rng.integers(chart.data.n_series))
    row = sorted(chart.data.values[s])
    at = int(rng.integers(1, len(row)))
    low, high = row[at - 1], row[at]
    if high - low < 0.04 * row[-1]:
        return None
    limit = next((n for n in (round((low + high) / 2, d) for d in (-3, -2, -1, 0, 1, 2)) if low < n < high), None)
    if limit is None:
        return None
    over = bool(rng.random() < 0.6)
    noun = chart.noun(rng)
    side = pick(
        rng, ("above", "over", "greater than", "more than", "higher than") if over else ("below", "under", "less than")
    )
    question = ask(
        rng, SUMS["threshold"], "number", mark=chart.mark if chart.mark != "line" else "point", side=side, limit=f"{limit:.10g}",
        of=series_by(rng, chart, s), things=_PLURALS.get(noun, noun + "s"), measure=chart.data.topic.measure,
    )  # fmt: skip
    return Turn(question, str(len(row) - at if over else at), "count")


def compare(rng: np.random.Generator, chart: Chart) -> Turn | None:
    """Yes or no: is one value, or the sum of two, larger than another?"""
    if rng.random() < 0.25:
        return _sum_compare(rng, chart)
    found = _two(rng, chart)
    if found is None:
        return None
    names, x, y = found
    if x - y < 0.05 * x:
        return None
    truth = bool(rng.random() < 0.5)
    if not truth:
        names["a"], names["b"] = names["b"], names["a"]
    return Turn(ask(rng, WORDINGS["compare"], "yes_no", **names), yes_no(truth), "compare")


def _sum_compare(rng: np.random.Generator, chart: Chart) -> Turn | None:
    s = int(rng.integers(chart.data.n_series))
    truth = bool(rng.random() < 0.5)
    for _ in range(12 if chart.data.n > 3 else 0):
        a, b, c = (int(i) for i in rng.choice(chart.data.n, 3, replace=False))
        total, other = chart.data.values[s][a] + chart.data.values[s][b], chart.data.values[s][c]
        if (total > other) == truth and abs(total - other) > 0.05 * max(total, other):
            names = {
                "a": chart.category(a),
                "b": chart.category(b),
                "c": chart.category(c),
                "of": chart.of_series(rng, s),
            }
            return Turn(ask(rng, SUMS["sum_compare"], "yes_no", **names), yes_no(truth), "compare")
    return None


def larger(rng: np.random.Generator, chart: Chart) -> Turn | None:
    """Which of two is larger; of two series at a category, or of two categories."""
    data = chart.data
    if data.n_series == 2 and rng.random() < 0.6:
        c = int(rng.integers(data.n))
        x, y = data.values[0][c], data.values[1][c]
        name = chart.read_series(0 if x > y else 1)
        if name is None or abs(x - y) < 0.05 * max(x, y):
            return None
        kind = pick(rng, ("series", "group", "one", "category"))
        slots = {"a": chart.series(0), "b": chart.series(1), "kind": kind, "key": chart.by_category(rng, c)}
        return Turn(ask(rng, SUMS["which_series"], "brief", **slots), name, "larger")
    s = int(rng.integers(data.n_series))
    a, b = (int(i) for i in rng.choice(data.n, 2, replace=False))
    x, y = data.values[s][a], data.values[s][b]
    name = chart.read_category(a if x > y else b)
    if name is None or abs(x - y) < 0.05 * max(x, y):
        return None
    slots = {"a": chart.category(a), "b": chart.category(b), "of": chart.of_series(rng, s), "noun": chart.noun(rng)}
    return Turn(ask(rng, SUMS["which_two"], "brief", **slots, measure=data.topic.measure), name, "larger")
