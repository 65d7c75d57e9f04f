"""How dates, times and amounts are printed."""

from __future__ import annotations

import re
from random import Random

_MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "nl": [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
    "de": [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
}
_DATE_SHAPES = {
    "my": ("{d:02}/{m:02}/{y}",) * 5
    + ("{d:02}-{m:02}-{y}", "{d:02}/{m:02}/{yy:02}", "{d:02}-{m:02}-{yy:02}", "{d:02} {MON} {y}", "{d:02}-{Mon}-{y}",
    "{d}/{m:02}/{y}",
       "{d}/{m}/{y}", "{y}-{m:02}-{d:02}", "{d:02}.{m:02}.{y}", "{d:02}-{MON}-{yy:02}", "{d} {Mon} {y}",
       "{d:02}{MON}{y}", "{y}/{m:02}/{d:02}",
       "{d:02}/{Mon}/{y}", "{MON} {d}, {y}", "{d:02}-{m:02}-{y}", "{d:02} {MON} {yy:02}",
       "{d:02}-{Mon}-{yy:02}", "{d:02}.{m:02}.{yy:02}", "{d:02}/{MON}/{y}", "{d} {Month}, {y}", "{Mon} {d}, {y}",
       "{d} {Month} {y}", "{d:02}-{MON}-{y}", "{y}{m:02}{d:02}", "{d:02}/{m:02}/{yy:02}", "{d:02}-{m:02}-{yy:02}"),
    "us": ("{m:02}/{d:02}/{y}", "{m:02}/{d:02}/{yy:02}", "{m}/{d}/{y}", "{Month} {d}, {y}", "{Mon} {d}, {y}",
    "{Mon} {d:02}, {y}", "{y}-{m:02}-{d:02}", "{m:02}-{d:02}-{y}"),
    "uk": ("{d:02}/{m:02}/{y}", "{d:02}/{m:02}/{yy:02}", "{d} {Month} {y}", "{d:02} {Mon} {y}", "{d:02}-{Mon}-{y}",
    "{y}-{m:02}-{d:02}", "{d}th {Month} {y}", "{d:02}.{m:02}.{yy:02}", "{d:02}{Mon}{yy:02}"),
    "nl": ("{d:02}-{m:02}-{y}", "{d}-{m}-{y}", "{d} {Month} {y}", "{d:02}/{m:02}/{y}"),
    "de": ("{d:02}.{m:02}.{y}", "{d}. {Month} {y}", "{d:02}.{m:02}.{yy:02}", "{d}.{m}.{y}"),
    "fr": ("{d:02}/{m:02}/{y}", "{d} {Month} {y}", "{d:02}/{m:02}/{yy:02}", "{d:02}.{m:02}.{y}"),
}  # fmt: skip


def date_shape(dice: Random, region: str) -> str:
    """Return one way to print a date in `region`: a document keeps to one."""
    return dice.choice(_DATE_SHAPES.get(region, _DATE_SHAPES["uk"]))


def day(dice: Random) -> tuple[int, int, int]:
    """Return a year, month and day."""
    return (
        dice.choice((2015, 2016, 2017, 2017, 2018, 2018, 2018, dice.randint(1995, 2027))),
        dice.randint(1, 12),
        dice.randint(1, 28),
    )


def print_date(shape: str, when: tuple[int, int, int], language: str = "en") -> str:
    """Return `when` in `shape`."""
    year, month, number = when
    name = _MONTHS[language][month - 1]
    return shape.format(d=number, m=month, y=year, yy=year % 100, Month=name, Mon=name[:3], MON=name[:3].upper())


def print_time(dice: Random) -> str:
    """Return a time of day."""
    hour, minute, second = dice.randint(7, 22), dice.randint(0, 59), dice.randint(0, 59)
    kind = dice.random()
    if kind < 0.35:
        return f"{hour:02}:{minute:02}:{second:02}"
    if kind < 0.6:
        return f"{hour:02}:{minute:02}"
    half, short = ("AM" if hour < 12 else "PM"), (hour - 1) % 12 + 1
    return dice.choice(
        (
            f"{short}:{minute:02} {half}",
            f"{short:02}:{minute:02}:{second:02} {half}",
            f"{short}:{minute:02}{half}",
            f"{short}:{minute:02}:{second:02}{half.lower()}",
        )
    )


def money(cents: int, decimal: str = ".", thousands: str = ",") -> str:
    """Return `cents` as an amount with two decimals."""
    whole, rest = divmod(abs(cents), 100)
    return ("-" if cents < 0 else "") + f"{whole:,}".replace(",", thousands) + f"{decimal}{rest:02}"


_PRICED = re.compile(r"(?:[A-Za-z]{1,3}\$?|[$£€¥])?\s*(-?[\d.,，]*\d)\s*(?:[A-Za-z]{2,3}|[$£€¥])?")


def bare_amount(text: str) -> str:
    """Return the amount in `text` as printed but for a currency before or after it; other text unchanged."""
    found = _PRICED.fullmatch(text.strip())
    return found.group(1) if found else text


_LOOKALIKE = str.maketrans("OoQlISsB。，：|", "00011558.,:1")
_FIGURES = re.compile(r"[OoQlISsB。，.,-]*\d[\dOoQlISsB。，.,-]*")


def as_number(text: str) -> str | None:
    """Return the amount in `text` as a JSON number with its digits as printed, or nothing where it is not one.

    Misread digits (O for 0, l for 1) are mended; a comma or point before two last digits is the decimal sign.
    """
    found = _FIGURES.search(bare_amount(text).replace(" ", ""))
    if found is None:
        return None
    body = found.group().translate(_LOOKALIKE)
    negative, body = body.startswith("-"), body.strip("-.,")
    if "-" in body:
        return None
    cut = max(body.rfind("."), body.rfind(","))
    if cut >= 0 and len(body) - cut - 1 != 3:
        whole, rest = body[:cut], body[cut + 1 :]
    else:
        whole, rest = body, ""
    whole = whole.replace(".", "").replace(",", "").lstrip("0") or "0"
    return ("-" if negative else "") + whole + (f".{rest}" if rest else "")
