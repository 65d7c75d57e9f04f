"""What a chart measures, and how its measure is said on the axis, in headlines and in questions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sightline.scenes import chart_words as words
from sightline.scenes.phrasing import pick

_RESPONDENTS = (
    "respondents", "respondents", "respondents", "consumers", "adults", "internet users", "employees", "companies",
    "households", "voters", "students", "parents", "Americans", "Europeans", "users", "people", "shoppers", "travelers",
)  # fmt: skip
_HEADLINES = (
    "Majorities in most countries {say}", "Few {say}", "More {who} now {say} than in the past", "Most {who} {say}",
    "Wide gaps by age and party among those who {say}", "Growing share of {who} {say}", "{who} divided: many {say}",
    "About half of {who} {say}, but others differ", "Younger people are more likely to {say}",
)  # fmt: skip
_NOTES = (
    "The estimates are corrected for inflation and differences in the cost of living between countries.",
    "Figures are age-standardized to compare across countries and over time.",
    "This is measured across both sexes and all ages.", "Data refers to the year shown or the latest available.",
    "Rates are per 100,000 people.", "Shown is the total for all age groups.", "Includes all sources and both sexes.",
    "Measured as a share of the total. Figures may not add up due to rounding.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Topic:
    """What is measured.

    `kind` is "count", "money", "rate" or "share". `measure` is said in a question ("number of hospital beds"), `axis`
    is printed; `things` are what is counted, or the people asked. `unit` follows each printed value, `scale` is the
    unit said in words ("million euros"). `where` and `when` are the place and year it is about.
    """

    kind: str
    measure: str
    axis: str
    things: str
    say: str
    unit: str
    scale: str
    low: float
    high: float
    digits: int
    where: str
    when: str
    headlines: tuple[str, ...] = ("",)
    subtitle: str = ""
    notes: tuple[str, ...] = _NOTES

    @property
    def goes_negative(self) -> bool:
        """It can be below zero."""
        return any(
            word in self.measure for word in ("growth", "inflation", "balance", "net income", "operating profit")
        )


def draw_topic(rng: np.random.Generator, style: str, form: str) -> Topic:
    """A topic that the style and form would be used for."""
    where, when = pick(rng, words.WHERE), str(int(rng.integers(1995, 2022)))
    if style == "pew":
        return _poll(rng, where, when)
    if style == "owid":
        measure, unit, low, high, digits = pick(rng, words.WORLD)
        kind = "count" if measure.startswith("Number of") else "rate"
        things = measure.removeprefix("Number of ") if kind == "count" else ""
        return Topic(kind, _lower(measure), measure, things, "", unit, unit.strip(), low, high, digits, where, when)
    chance = rng.random()
    if form == "pie" or chance < 0.24:
        return _share(rng, where, when)
    if chance < 0.52:
        return _count(rng, where, when)
    if chance < 0.76:
        return _money(rng, where, when)
    measure, rate_low, rate_high, digits = pick(rng, words.RATES)
    percent = any(word in measure for word in ("rate", "share", "growth")) and rate_high < 100 and rng.random() < 0.75
    axis = measure[0].upper() + measure[1:]
    return Topic("rate", measure, axis, "", "", "%" if percent else "", "", rate_low, rate_high, digits, where, when)


def _lower(text: str) -> str:
    return text if text[1:2].isupper() else text[0].lower() + text[1:]


def _share(rng: np.random.Generator, where: str, when: str) -> Topic:
    who = pick(rng, _RESPONDENTS)
    measure = pick(rng, (f"share of {who}", f"percentage of {who}"))
    digits, high = pick(rng, ((0, 95.0), (1, 95.0), (1, 95.0), (2, 60.0)))
    axis = measure[0].upper() + measure[1:]
    return Topic("share", measure, axis, who, pick(rng, words.SAY), "%", "percent", 1, high, digits, where, when)


def _count(rng: np.random.Generator, where: str, when: str) -> Topic:
    things, low, high = pick(rng, words.THINGS)
    scale = pick(rng, ("", "", "thousands", "millions")) if high > 100 else pick(rng, ("", "millions", "thousands"))
    axis = f"Number of {things}" + (f" in {scale}" if scale else "")
    digits = pick(rng, (0, 1, 2)) if scale and high < 1000 else pick(rng, (0, 0, 0, 1)) if scale else 0
    return Topic("count", f"number of {things}", axis, things, "", "", scale, low, high, digits, where, when)


def _money(rng: np.random.Generator, where: str, when: str) -> Topic:
    measure, scale = pick(rng, words.MONEY), pick(rng, words.MONEY_UNITS)
    plain = not scale.startswith(("million", "billion", "trillion", "thousand"))
    low, high = (5.0, 60000.0) if plain else pick(rng, ((0.4, 40.0), (4.0, 900.0), (40.0, 40000.0)))
    digits = pick(rng, (0, 0, 2)) if high > 5000 else pick(rng, (1, 2, 2))
    axis = measure[0].upper() + measure[1:] + f" in {scale}"
    return Topic("money", measure, axis, "", "", "", scale, low, high, digits, where, when)


def _poll(rng: np.random.Generator, where: str, when: str) -> Topic:
    say, view = pick(rng, words.SAY), pick(rng, words.VIEWS)
    who = pick(
        rng, ("adults", "U.S. adults", "Americans", "registered voters", "people", "respondents", "internet users")
    )
    lines = [pick(rng, _HEADLINES).format(say=say, who=who)]
    lines = [line[0].upper() + line[1:] for line in lines]
    if rng.random() < 0.3:
        lines = [pick(rng, ("Publics differ in {v}", "Age and party shape {v}", "Changing {v}")).format(v=view)]
    subtitle = pick(
        rng, (f"% of {who} who {say}", f"% who {say}", f"% of {who}, by {view}", f"% saying their {view} is ...")
    )
    measure = pick(rng, (f"share of {who}", f"percentage of {who}"))
    return Topic("share", measure, subtitle, who, say, "%", "percent", 3, 96, 0, where, when, tuple(lines), subtitle)
