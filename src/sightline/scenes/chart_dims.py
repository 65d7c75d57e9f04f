"""Categories of a chart: years, months, countries, firms, answers, groups and the rest."""

from __future__ import annotations

from random import Random

import numpy as np

from sightline.scenes import chart_words as words
from sightline.scenes import words as made
from sightline.scenes.chart_topics import Topic
from sightline.scenes.phrasing import pick

_LISTS: dict[str, tuple[str, ...]] = {
    "country": words.COUNTRIES, "firm": words.FIRMS, "goods": words.GOODS, "sector": words.SECTORS, "state": words.STATES,
    "answer": words.ANSWERS, "reason": words.REASONS, "group": words.GROUPS, "age": words.AGES,
}  # fmt: skip
_DIMS: dict[tuple[str, str], tuple[str, ...]] = {
    ("bar", "share"): ("year", "answer", "age", "country", "group"),
    ("bar", "other"): ("year", "year", "year", "year", "month", "age", "country", "firm"),
    ("hbar", "share"): ("reason", "reason", "answer", "country", "group", "firm", "goods"),
    ("hbar", "other"): ("country", "country", "firm", "firm", "goods", "sector", "state", "person", "year"),
    ("pie", "share"): ("answer", "goods", "sector", "age", "firm"),
    ("pie", "other"): ("goods", "sector", "age", "firm", "country"),
}


def draw_categories(rng: np.random.Generator, style: str, form: str, topic: Topic) -> tuple[str, tuple[str, ...]]:
    """What the categories are (a key such as "year" or "country") and their names."""
    if form == "line":
        dim = "month" if style != "owid" and rng.random() < 0.15 else "year"
    elif style == "owid":
        dim = "country" if rng.random() < 0.8 else "goods"
    elif style == "pew":
        dim = pick(rng, ("group", "group", "country", "country", "answer", "reason", "year", "age"))
    else:
        key = "bar" if form in ("bar", "dot") else form
        dim = pick(rng, _DIMS[key, "share" if topic.kind == "share" else "other"])
    n = _how_many(rng, style, form, dim)
    if dim == "year":
        return dim, _years(rng, style, form, n)
    if dim == "month":
        return dim, _months(rng, n)
    if dim == "person":
        dice = Random(int(rng.integers(2**62)))
        return dim, tuple(dict.fromkeys(made.person(dice) for _ in range(n)))
    if dim == "firm" and rng.random() < 0.25:
        dice = Random(int(rng.integers(2**62)))
        firms = [made.made_up(dice, 2) + pick(rng, ("", "", " Group", " AG", " Inc.", " (Japan)")) for _ in range(n)]
        return dim, tuple(dict.fromkeys(firms))
    names = _LISTS[dim]
    chosen = rng.choice(len(names), min(n, len(names)), replace=False)
    if dim == "age":
        chosen = np.sort(chosen)
    return dim, tuple(_starred(rng, names[int(i)]) if style == "statista" else names[int(i)] for i in chosen)


def _starred(rng: np.random.Generator, name: str) -> str:
    return name + "*" * int(rng.integers(1, 3)) if rng.random() < 0.03 else name


def _how_many(rng: np.random.Generator, style: str, form: str, dim: str) -> int:
    if form == "pie":
        return int(rng.integers(2, 8))
    if form == "line":
        return int(rng.integers(4, 27 if style in ("statista", "owid") else 15))
    if form == "hbar":
        return int(rng.integers(3, 8 if style in ("owid", "pew") else 16))
    return int(rng.integers(2, 14 if dim in ("year", "month") else 8))


def _years(rng: np.random.Generator, style: str, form: str, n: int) -> tuple[str, ...]:
    step = pick(rng, (1, 1, 1, 1, 1, 2, 5)) if form != "line" or style != "owid" else pick(rng, (1, 2, 5))
    last = int(rng.integers(2005, 2024)) if n * step < 60 else 2020
    years = [last - step * i for i in range(n)][::-1]
    chance = rng.random()
    if style != "statista" or chance < 0.72 or step > 1:
        return tuple(map(str, years))
    if chance < 0.8:
        return tuple(f"{year}/{(year + 1) % 100:02d}" for year in years)
    if chance < 0.85:
        return tuple(f"FY {year}" for year in years)
    if chance < 0.92:
        first = int(rng.integers(2010, 2020))
        return tuple(f"Q{i % 4 + 1} '{(first + i // 4) % 100:02d}" for i in range(n))
    n_forecast = int(rng.integers(1, max(2, n // 2)))
    return tuple(f"{year}{'*' if i >= n - n_forecast else ''}" for i, year in enumerate(years))


def _months(rng: np.random.Generator, n: int) -> tuple[str, ...]:
    first, year, form = int(rng.integers(12)), int(rng.integers(2010, 2022)), int(rng.integers(3))
    out = []
    for i in range(min(n, 14)):
        month, at = words.MONTHS[(first + i) % 12], year + (first + i) // 12
        out.append((f"{month[:3]} '{at % 100:02d}", f"{month[:3]} {at}", f"{month[:3]} {at % 100:02d}")[form])
    return tuple(out)
