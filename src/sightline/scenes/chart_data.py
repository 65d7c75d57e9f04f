"""What a chart is about: measure, categories, series and values, drawn the way statistics sites publish them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sightline.scenes import chart_words as words
from sightline.scenes.chart_dims import draw_categories
from sightline.scenes.chart_topics import Topic, draw_topic
from sightline.scenes.phrasing import pick

STYLES: dict[str, float] = {"statista": 0.5, "pew": 0.2, "owid": 0.17, "plain": 0.13}
_FORMS: dict[str, dict[str, float]] = {
    "statista": {"bar": 0.4, "hbar": 0.34, "line": 0.2, "pie": 0.06},
    "pew": {"bar": 0.08, "hbar": 0.55, "line": 0.27, "pie": 0.04, "dot": 0.06},
    "owid": {"hbar": 0.5, "line": 0.5},
    "plain": {"bar": 0.4, "hbar": 0.25, "line": 0.22, "pie": 0.13},
}
_PRINTED: dict[tuple[str, str], float] = {
    ("statista", "bar"): 0.72, ("statista", "hbar"): 0.72, ("statista", "line"): 0.6, ("pew", "line"): 0.75,
    ("pew", "hbar"): 0.93, ("pew", "bar"): 0.93, ("pew", "dot"): 0.9, ("owid", "hbar"): 0.85, ("owid", "line"): 0.0,
    ("plain", "bar"): 0.4, ("plain", "hbar"): 0.4, ("plain", "line"): 0.3,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChartData:
    """Numbers with names. `values[s][c]` belongs to series `s` and category `c`; `labels` is how each is printed.

    `series` is empty where there is only one. `dim` says what the categories are; `where` and `when` are the rest of
    what a question may mention, whether it is printed or not. Without `printed` the values must be read off an axis.
    """

    style: str  # "statista", "pew", "owid" or "plain"
    form: str  # "bar", "hbar", "line", "pie" or "dot"
    stacked: bool
    topic: Topic
    dim: str
    categories: tuple[str, ...]
    series: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]
    labels: tuple[tuple[str, ...], ...]
    printed: bool
    title: str = ""
    subtitle: str = ""
    source: str = ""
    columns: bool = False  # level bars of each series stand in a column of their own

    @property
    def name(self) -> str:
        """What people call it."""
        names = {"bar": "bar chart", "hbar": "bar chart", "line": "line chart", "pie": "pie chart", "dot": "dot plot"}
        return names[self.form]

    @property
    def n(self) -> int:
        """How many categories there are."""
        return len(self.categories)

    @property
    def n_series(self) -> int:
        """How many series there are, at least 1."""
        return len(self.values)

    @property
    def unit(self) -> str:
        """What is printed after a value: "%", " kg", or nothing."""
        return self.topic.unit


def draw_data(rng: np.random.Generator) -> ChartData:
    """Random data. Both splits draw alike: they differ in fonts and papers."""
    style = _by_weight(rng, STYLES)
    form = _by_weight(rng, _FORMS[style])
    topic = draw_topic(rng, style, form)
    dim, categories = draw_categories(rng, style, form, topic)
    series = _series(rng, style, form, dim, len(categories))
    stacked = bool(len(series) > 1 and form in ("bar", "hbar") and rng.random() < (0.5 if style == "pew" else 0.3))
    printed = bool(rng.random() < _PRINTED.get((style, form), 0.95))
    values = draw_values(rng, topic, form, dim, (max(1, len(series)), len(categories)), stacked, printed)
    if form == "hbar" and dim not in ("year", "month", "answer", "age") and rng.random() < 0.8:
        values, categories = _ranked(values, categories)
    short = len(series) <= 3 and all(len(name) < 20 for name in series)
    columns = bool(
        style == "pew" and form == "hbar" and series and short and printed and not stacked and rng.random() < 0.8
    )
    labels = tuple(tuple(print_value(value, style, topic) for value in row) for row in values)
    if style == "pew":
        labels = _percent_once(rng, labels)
    where = "" if dim in ("country", "state") else topic.where
    title, subtitle = _headings(rng, style, topic, dim, categories, where)
    source = pick(rng, words.SOURCES)
    return ChartData(
        style, form, stacked, topic, dim, categories, series, values, labels, printed, title, subtitle, source, columns
    )


def _by_weight(rng: np.random.Generator, weights: dict[str, float]) -> str:
    names = list(weights)
    shares = np.array(list(weights.values()))
    return names[int(rng.choice(len(names), p=shares / shares.sum()))]


def _series(rng: np.random.Generator, style: str, form: str, dim: str, n: int) -> tuple[str, ...]:
    several = {"statista": 0.33, "pew": 0.62, "owid": 0.12, "plain": 0.45}[style]
    if style == "owid" and form == "line":
        n_lines = int(rng.integers(1, 7))
        return tuple(_some(rng, words.COUNTRIES, n_lines)) if n_lines > 1 or rng.random() < 0.8 else ()
    if form == "pie" or rng.random() > several:
        return ()
    if form == "line" and rng.random() < 0.6:
        source = pick(rng, (words.COUNTRIES, words.COUNTRIES, words.GROUPS, words.SECTORS, words.FIRMS))
        return tuple(_some(rng, source, int(rng.integers(2, 5))))
    if dim not in ("year", "month") and rng.random() < 0.2:
        first = int(rng.integers(1995, 2020))
        return tuple(str(first + i * pick(rng, (1, 1, 5))) for i in range(2))
    sets = [names for names in words.SERIES_SETS if len(names) <= (2 if n > 9 else 4)]
    return pick(rng, sets)


def _some(rng: np.random.Generator, names: tuple[str, ...], n: int) -> list[str]:
    return [names[int(i)] for i in rng.choice(len(names), n, replace=False)]


def draw_values(
    rng: np.random.Generator, topic: Topic, form: str, dim: str, shape: tuple[int, int], stacked: bool, printed: bool
) -> tuple[tuple[float, ...], ...]:
    """Values of `shape` (series, categories); those that are not printed are as round as an axis lets one see."""
    n_series, n = shape
    if form == "pie" or (stacked and topic.unit == "%"):
        return _shares(rng, n_series, n, form)
    top = float(np.exp(rng.uniform(np.log(min(topic.low * 2, topic.high * 0.8)), np.log(topic.high))))
    if dim in ("year", "month") or form == "line":
        spread = pick(rng, (0.03, 0.08, 0.15))
        walk = np.cumsum(rng.normal(0, spread, (n_series, n)), axis=1)
        walk += np.linspace(0, rng.normal(0, 0.35), n) + rng.uniform(0.35, 0.9, (n_series, 1))
        raw = np.clip(walk, 0.05, 1.4) * top
    else:
        decay = rng.uniform(0.5, 3)
        raw = top * (0.06 + 0.94 * rng.uniform(0, 1, (n_series, n)) ** decay)
    raw = np.clip(raw, None, 99.0) if topic.unit == "%" else raw
    digits = topic.digits
    if top < 3 and digits == 0 and topic.low < 1:
        digits = 1
    if not printed:
        digits = -int(np.floor(np.log10(max(float(raw.max()), 1e-6) / 40)))
    least = 0.0 if printed and topic.low >= 1 else 10.0**-digits
    if form in ("bar", "line") and not stacked and topic.goes_negative and rng.random() < 0.6:
        raw, least = raw - float(rng.uniform(0.7, 1.1)) * raw.mean(), -np.inf
    return tuple(tuple(max(round(float(v), digits), least) for v in row) for row in raw)


def _shares(rng: np.random.Generator, n_series: int, n: int, form: str) -> tuple[tuple[float, ...], ...]:
    """Whole percentages: a pie's add up to 100; a stacked bar's to 100 or a bit less."""
    parts, bars = (n, 1) if form == "pie" else (n_series, n)
    columns = []
    for _ in range(bars):
        whole = np.maximum(2, np.round(rng.dirichlet(np.full(parts, 2.2)) * 100)).astype(int)
        whole[int(whole.argmax())] += (100 if form == "pie" else int(rng.integers(84, 101))) - int(whole.sum())
        columns.append(np.maximum(whole, 1))
    rows = columns if form == "pie" else np.array(columns).T
    return tuple(tuple(float(v) for v in row) for row in rows)


def _ranked(
    values: tuple[tuple[float, ...], ...], categories: tuple[str, ...]
) -> tuple[tuple[tuple[float, ...], ...], tuple[str, ...]]:
    """The same data with the largest of the first series first; "Other" stays last."""
    order = sorted(range(len(categories)), key=lambda c: (categories[c].startswith("Other"), -values[0][c]))
    return tuple(tuple(row[c] for c in order) for row in values), tuple(categories[c] for c in order)


def print_value(value: float, style: str, topic: Topic) -> str:
    """The value as the style prints it: "1 116.34", "1,116.34%", "1.4 billion"."""
    if style == "owid":
        for size, word in ((1e9, " billion"), (1e6, " million")):
            if value >= size:
                return f"{'$' if topic.unit == '$' else ''}{value / size:.2f}".rstrip("0").rstrip(".") + word
    number = f"{value:,.2f}".rstrip("0").rstrip(".") if value != int(value) else f"{value:,.0f}"
    if value and abs(value) < 0.01:
        number = f"{value:.3g}"
    if style == "statista":
        number = number.replace(",", " ")
    return f"${number}" if topic.unit == "$" else number + topic.unit


def _percent_once(rng: np.random.Generator, labels: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """Pew prints the percent sign at the first value, if at all."""
    bare = [[label.removesuffix("%") for label in row] for row in labels]
    if rng.random() < 0.6:
        for row in bare[: len(bare) if rng.random() < 0.5 else 1]:
            row[0] += "%"
    return tuple(map(tuple, bare))


def _headings(
    rng: np.random.Generator, style: str, topic: Topic, dim: str, categories: tuple[str, ...], where: str
) -> tuple[str, str]:
    """Title and subtitle; a Statista chart stands on its page without them."""
    if style == "statista":
        return "", ""
    place = f" in {where}" if where and rng.random() < 0.7 else ""
    span = f", {categories[0]} to {categories[-1]}" if dim == "year" else f", {topic.when}"
    measure = topic.axis
    if style == "owid":
        return f"{measure}{place.replace(' in ', ', ')}{span}", pick(rng, topic.notes) if rng.random() < 0.7 else ""
    if style == "pew":
        return pick(rng, topic.headlines), topic.subtitle
    span = pick(rng, (span, span.replace(", ", " in ") if dim != "year" else span, ""))
    return f"{measure}{place}{span}", ""
