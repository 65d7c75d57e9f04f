"""What a chart is about: title, categories, series and values."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import numpy as np

from sightline.scenes import words
from sightline.scenes.phrasing import pick
from sightline.scenes.scene import COLOURS

_PLACES = (
    "France", "Germany", "Spain", "Italy", "Poland", "Norway", "Sweden", "Finland", "Denmark", "Ireland", "Portugal",
    "Greece", "Turkey", "Egypt", "Kenya", "Ghana", "Nigeria", "South Africa", "India", "China", "Japan",
    "South Korea", "Vietnam", "Thailand", "Malaysia", "Indonesia", "Philippines", "Australia", "New Zealand",
    "Canada", "Mexico", "Brazil", "Peru", "Chile", "Argentina", "Colombia", "Cuba", "Bolivia", "Austria", "Belgium",
    "Hungary", "Romania", "Ukraine", "Iceland", "Latvia", "Qatar", "Iran", "Iraq", "Nepal", "Mongolia",
    "United States", "United Kingdom",
)  # fmt: skip
_GOODS = (
    "Apples", "Bananas", "Coffee", "Tea", "Bread", "Milk", "Rice", "Fish", "Cheese", "Juice", "Phones", "Laptops",
    "Tablets", "Shoes", "Books", "Games", "Toys", "Cars", "Bikes", "Buses", "Trains", "Solar", "Wind", "Coal", "Gas",
    "Nuclear", "Hydro", "Rent", "Food", "Travel", "Health", "Clothing", "Music", "Video", "News", "Sports", "Email",
    "Search", "Radio", "TV", "Online", "Print", "Retail", "Services", "Industry", "Farming", "Mining",
)  # fmt: skip
_OPINIONS = (
    "Very good", "Good", "Fair", "Poor", "Very poor", "Agree", "Disagree", "Not sure", "Yes", "No", "Don't know",
    "Often", "Sometimes", "Rarely", "Never", "Favorable", "Unfavorable", "Too much", "Too little", "About right",
    "Strongly agree", "Strongly disagree", "No answer", "Better", "Worse", "The same",
)  # fmt: skip
_GROUPS = (
    "18-29", "30-49", "50-64", "65+", "Men", "Women", "Children", "Adults", "Urban", "Rural", "Students", "Workers",
    "Retired", "Small firms", "Large firms", "Primary", "Secondary", "College", "North", "South", "East", "West",
    "Central", "Total",
)  # fmt: skip
_MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
_MEASURES = (
    "Sales", "Revenue", "Profit", "Number of users", "Production", "Exports", "Imports", "Population", "Visitors",
    "Average price", "Consumption", "Market share", "Unemployment rate", "Internet access", "Energy use", "Rainfall",
    "Temperature", "Life expectancy", "Student numbers", "Tourism", "Trust in government", "Use of social media",
    "Public spending", "CO2 emissions", "Birth rate", "Fertility rate", "Literacy rate", "Downloads", "Daily orders",
    "Support requests", "Website traffic", "Test scores", "Hours worked", "Waiting time", "Costs", "Water use",
    "Recycling rate",
)  # fmt: skip
_SPANS = (
    "in {y}", "by {dim}", "from {y} to {z}", "worldwide in {y}", "by {dim}, {y}", "in {place}", "in {place}, {y}",
    "",
)  # fmt: skip
_UNITS = ("%", "", "", "%", " m", "k")


@dataclass(frozen=True, slots=True)
class ChartData:
    """Numbers with names. `values[s][c]` belongs to series `s` and category `c`; `labels` is how each is printed."""

    form: str  # "bar", "hbar", "line" or "pie"
    title: str
    categories: tuple[str, ...]
    series: tuple[str, ...]
    colours: tuple[str, ...]  # of the series; of the slices in a pie
    values: tuple[tuple[float, ...], ...]
    labels: tuple[tuple[str, ...], ...]
    unit: str
    printed: bool
    x_label: str = ""
    y_label: str = ""
    source: str = ""

    @property
    def name(self) -> str:
        """What people call it."""
        return {"bar": "bar chart", "hbar": "bar chart", "line": "line chart", "pie": "pie chart"}[self.form]


def draw_data(rng: np.random.Generator) -> ChartData:
    """Random data. Both splits draw alike: they differ in fonts and papers."""
    form = pick(rng, ("bar", "bar", "hbar", "hbar", "line", "pie"))
    n_series = 1 if form == "pie" else pick(rng, (1, 1, 1, 2, 2, 3))
    n = (
        int(rng.integers(2, 7))
        if form == "pie"
        else int(rng.integers(4 if form == "line" else 2, 9 if n_series == 1 else 6))
    )
    dimension, categories = _categories(rng, form, n)
    series = tuple(_some(rng, pick(rng, (_GOODS, _GROUPS, _PLACES, _OPINIONS)), n_series))
    free = [colour for colour in COLOURS if colour != "white"]
    colours = tuple(_some(rng, free, len(categories) if form == "pie" else n_series))
    unit = "%" if form == "pie" and rng.random() < 0.7 else pick(rng, _UNITS)
    values = _values(rng, form, n_series, len(categories), unit)
    labels = tuple(tuple(_printed(value, unit) for value in row) for row in values)
    measure = pick(rng, _MEASURES)
    return ChartData(
        form, _title(rng, measure, dimension), categories, series, colours, values, labels, unit,
        printed=form == "pie" or bool(rng.random() < 0.65 and (form != "line" or n_series == 1)),
        x_label=dimension.capitalize() if rng.random() < 0.35 and form != "pie" else "",
        y_label=measure if rng.random() < 0.3 and form in ("bar", "line") else "",
        source=f"Source: {words.company(Random(int(rng.integers(2**62))), 'us')}" if rng.random() < 0.3 else "",
    )  # fmt: skip


def _some(rng: np.random.Generator, names: tuple[str, ...] | list[str], n: int) -> list[str]:
    return [names[int(i)] for i in rng.choice(len(names), n, replace=False)]


def _categories(rng: np.random.Generator, form: str, n: int) -> tuple[str, tuple[str, ...]]:
    kind = (
        pick(rng, ("year", "month"))
        if form == "line"
        else pick(rng, ("year", "month", "country", "product", "answer", "group", "name"))
    )
    if form == "pie" and kind in ("year", "month"):
        kind = "product"
    if kind == "year":
        step = pick(rng, (1, 1, 1, 2, 5))
        first = int(rng.integers(1960, 2024 - step * n))
        return kind, tuple(str(first + step * i) for i in range(n))
    if kind == "month":
        first = int(rng.integers(0, 13 - n))
        return kind, _MONTHS[first : first + n]
    if kind == "name":
        dice = Random(int(rng.integers(2**62)))
        return "company", tuple(dict.fromkeys(words.made_up(dice, 2) for _ in range(n)))
    lists = {"country": _PLACES, "product": _GOODS, "answer": _OPINIONS, "group": _GROUPS}
    return kind, tuple(_some(rng, lists[kind], n))


def _values(rng: np.random.Generator, form: str, n_series: int, n: int, unit: str) -> tuple[tuple[float, ...], ...]:
    if form == "pie":
        parts = rng.dirichlet(np.full(n, 2.5)) * 0.9 + 0.1 / n
        if unit == "%":
            whole = np.maximum(2, np.round(parts * 100)).astype(int)
            whole[int(whole.argmax())] += 100 - int(whole.sum())
            return (tuple(float(v) for v in whole),)
        return (tuple(float(v) for v in np.maximum(1, np.round(parts * int(rng.integers(20, 2000))))),)
    top = 95.0 if unit == "%" else float(pick(rng, (9, 50, 120, 900, 4000, 60000)))
    digits = 2 if top < 10 else pick(rng, (0, 0, 1)) if top < 200 else 0
    if form == "line":
        walk = np.cumsum(rng.normal(0, 0.16, (n_series, n)), axis=1) + rng.uniform(0.25, 0.75, (n_series, 1))
        raw = np.clip(walk, 0.06, 1.0) * top
    else:
        raw = rng.uniform(0.08, 1.0, (n_series, n)) * top
        if rng.random() < 0.25:
            raw = -np.sort(-raw, axis=1)
    return tuple(tuple(round(float(v), digits) for v in row) for row in raw)


def _printed(value: float, unit: str) -> str:
    number = f"{value:,.0f}" if value == int(value) and value >= 10 else f"{value:,.2f}".rstrip("0").rstrip(".")
    return number + unit


def _title(rng: np.random.Generator, measure: str, dimension: str) -> str:
    y = int(rng.integers(1990, 2022))
    span = pick(rng, _SPANS).format(y=y, z=y + int(rng.integers(1, 8)), dim=dimension, place=pick(rng, _PLACES))
    return f"{measure} {span}".strip()
