"""A chart as it is talked about: what was read, which values can be told, and how labels are said."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from sightline.scenes import chart_words as words
from sightline.scenes.chart_data import ChartData
from sightline.scenes.phrasing import ORDINALS, pick

_WITH_THE = (
    "United",
    "U.S",
    "UK",
    "Netherlands",
    "Philippines",
    "Czech",
    "Dominican",
    "European U",
    "Middle East",
    "World",
)
_NOUNS: dict[str, tuple[str, ...]] = {
    "year": ("year",), "month": ("month",), "country": ("country", "country", "country", "place", "region"),
    "firm": ("company", "company", "brand", "firm"), "goods": ("product", "category", "item", "type"),
    "sector": ("sector", "industry", "category", "field"), "state": ("state", "region", "place"),
    "answer": ("response", "answer", "opinion", "category", "option"), "reason": ("reason", "category", "activity", "option"),
    "group": ("group", "category", "demographic", "group of people"), "age": ("age group", "age range", "age group"),
    "person": ("person", "player", "name"),
}  # fmt: skip
_TAILS = (
    "worldwide", "per capita", "adjusted for inflation", "according to the survey", "per 1,000 inhabitants", "in total",
    "in the domestic market", "at the end of the year", "by market share", "compared to the previous year", "in the fiscal year",
    "in the first half of the year", "among people aged 18 and older", "according to the source", "in the global market",
    "as a share of GDP", "per household", "on average", "in the whole country", "in the selected period", "across all regions",
)  # fmt: skip
_MONTH_YEAR = re.compile(r"([A-Z][a-z]{2}) '?(\d\d)$")
_QUARTER = re.compile(r"Q([1-4]) '(\d\d)")


@dataclass(frozen=True, slots=True)
class ReadChart:
    """How the texts of a chart read, by role: `title`, `category 2`, `series 0`, `value 0 2`, ...; missed ones are not there.

    `colours` is what people call the colour of each series, or of each category with `by_category`.
    """

    texts: dict[str, str]
    colours: tuple[str, ...]
    by_category: bool


def plain_number(label: str, unit: str) -> str:
    """A printed value as an answer: without unit, currency and thousands separators ("1 116.34%" is "1116.34")."""
    text = label.removesuffix(unit.strip() or "\0").removesuffix("%").removeprefix("$").strip()
    number, _, word = text.partition(" ") if text.endswith("illion") else (text, "", "")
    number = number.replace(" ", "").replace(",", "")
    return f"{number} {word}" if word else number


@dataclass(frozen=True, slots=True)
class Chart:
    """Data and reading together. `s` counts series, `c` categories."""

    data: ChartData
    read: ReadChart

    def is_sure(self, s: int, c: int) -> bool:
        """The value can be told: it is read as printed, or the whole chart is to be read off its axis."""
        if not self.data.printed:
            return True
        role = f"value {s} {c}"
        if role not in self.read.texts:
            return False
        return plain_number(self.read.texts[role], self.data.unit) == self.answer(s, c)

    def answer(self, s: int, c: int) -> str:
        """The value as one answers it."""
        return plain_number(self.data.labels[s][c], self.data.unit)

    def category(self, c: int) -> str:
        """The clean name of a category, as one asks for it."""
        return self.data.categories[c].rstrip("*")

    def read_category(self, c: int) -> str | None:
        """The name of a category as it reads; years between the ticks are known without."""
        text = self.read.texts.get(f"category {c}")
        if text is None and self.data.dim == "year":
            return self.category(c)
        return text.rstrip("*") if text else None

    def series(self, s: int) -> str:
        """The clean name of a series, empty if there is only one."""
        return self.data.series[s] if self.data.series else ""

    def read_series(self, s: int) -> str | None:
        """The name of a series as it reads."""
        return self.read.texts.get(f"series {s}")

    @property
    def is_time(self) -> bool:
        """Categories are years or months."""
        return self.data.dim in ("year", "month")

    @property
    def mark(self) -> str:
        """What stands for a value."""
        return {"line": "line", "pie": "slice", "dot": "dot"}.get(self.data.form, "bar")

    def noun(self, rng: np.random.Generator) -> str:
        """What a category is called."""
        return pick(rng, _NOUNS[self.data.dim])

    def of_series(self, rng: np.random.Generator, s: int) -> str:
        """` for Women`, or nothing if there is one series."""
        name = self.series(s)
        if not name:
            return ""
        if name in words.COUNTRIES:
            return pick(rng, (" in ", " of ", " for ")) + with_the(name)
        if name.isdigit():
            return f" in {name}"
        return pick(rng, (" for ", " for ", " of ", " in ", " among ")) + pick(
            rng, (name, name, name.lower() if name.istitle() else name)
        )

    def by_category(self, rng: np.random.Generator, c: int) -> str:
        """` in 2018`, ` of Telstra`, ` among women`."""
        name, dim = self.category(c), self.data.dim
        if self.is_time:
            return pick(
                rng,
                (" in ", " in ", " in ", " in ", " in the year ", " as of ", " for ") if dim == "year" else (" in ",),
            ) + say_time(rng, name)
        if dim in ("country", "state"):
            return pick(rng, (" in ", " in ", " in ", " of ", " for ")) + with_the(name)
        if dim in ("group", "age"):
            return pick(rng, (" among ", " for ", " of ", " in ")) + name
        return pick(rng, (" of ", " for ", " for ")) + name

    def context(self, rng: np.random.Generator) -> str:
        """Place and year that the chart is about, as far as categories and series do not say them; often nothing."""
        out = ""
        if (
            self.data.dim not in ("country", "state")
            and not set(self.data.series) & set(words.COUNTRIES)
            and rng.random() < 0.35
        ):
            out += f" in {self.data.topic.where}"
        if not self.is_time and not any(name.isdigit() for name in self.data.series) and rng.random() < 0.4:
            out += f" in {self.data.topic.when}"
        if rng.random() < 0.12:
            out = f" {pick(rng, _TAILS)}{out}" if rng.random() < 0.5 else f"{out} {pick(rng, _TAILS)}"
        return out

    def name(self, rng: np.random.Generator, s: int, c: int) -> str:
        """A value by its labels alone: `India`, `Women in 2018`, `2018 for "Women"`."""
        category, series = self.category(c), self.series(s)
        if not series:
            return category
        if self.is_time:
            return pick(rng, (f"{series} in {category}", f"{series} in {category}", f"{category} for {series}"))
        return pick(
            rng,
            (
                f"{series} in {category}",
                f"{category} for {series}",
                f"{category} ({series})",
                f"{series} for {category}",
            ),
        )


def with_the(name: str) -> str:
    """`the United States`, but `India`."""
    return f"the {name}" if name.startswith(_WITH_THE) else name


def possessive(name: str) -> str:
    """`India's`, `Honduras'`."""
    return name + ("'" if name.endswith("s") else "'s")


def say_time(rng: np.random.Generator, name: str) -> str:
    """A month or quarter as it is printed or spelled out; a year as it is."""
    month, quarter = _MONTH_YEAR.match(name), _QUARTER.match(name)
    if month and rng.random() < 0.6:
        full = next(whole for whole in words.MONTHS if whole.startswith(month.group(1)))
        return f"{full} 20{month.group(2)}"
    if quarter and rng.random() < 0.6:
        return f"the {ORDINALS[int(quarter.group(1)) - 1]} quarter of 20{quarter.group(2)}"
    return name
