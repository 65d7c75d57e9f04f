"""What a prompt says of a chart: its legend, its numbers label by label, the highest, the lowest, sums and means."""

from __future__ import annotations

from collections.abc import Sequence

from sightline.reading.labels import as_number
from sightline.reading.lines import LabelledValues, NamedColour

MOST_COUNTED = 6  # numbers that a question names, of which sum and mean are told
LEAST = 3  # numbers of which the highest and the lowest are told
_SHORT_WORDS = 2  # of a name that is said with each number


def said_legend(legend: Sequence[NamedColour]) -> str:
    """The colour of each name; nothing without a legend."""
    return f" Legend: {', '.join(f'{one.colour} {one.name}' for one in legend)}." if legend else ""


def said_values(values: Sequence[LabelledValues]) -> list[str]:
    """Each label with its numbers, each number with the name from the legend that it belongs to."""
    short = _short_names([name for one in values for name in one.series])
    return [
        f" {one.label} {' '.join(f'{name} {value}'.strip() for name, value in _pairs(one, short))};" for one in values
    ]


def extremes(values: Sequence[LabelledValues]) -> str:
    """Which label has the highest number and which the lowest, for each name in the legend.

    A small model does not sort. Nothing where a number cannot be compared, or several of a label belong to nobody.
    """
    short = _short_names([name for one in values for name in one.series])
    found: dict[str, list[tuple[float, str]]] = {}
    for one in values:
        if len(one.values) > 1 and not any(one.series):
            return ""
        for name, value in _pairs(one, short):
            number = as_number(value)
            if number is None:
                return ""
            found.setdefault(name, []).append((number, f"{one.label} {value}"))
    told = "".join(_extremes(name, numbers) for name, numbers in found.items() if _is_told(name, numbers, found))
    return told + (_totals([number for number, _ in found[""]]) if told and "" in found and len(found) == 1 else "")


def said_asked(rows: Sequence[LabelledValues]) -> str:
    """The rows that a question names, their highest and lowest number, what two to six numbers are together."""
    if not rows:
        return ""
    said = f" Asked:{''.join(said_values(rows))}"
    numbers = [as_number(value) for one in rows for value in one.values]
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers) or not 2 <= len(known) <= MOST_COUNTED:
        return said
    if len(rows) == 1 and rows[0].series and all(rows[0].series):
        named = sorted(zip(known, _pairs(rows[0], {}), strict=True), key=lambda one: one[0])
        (low, least), (high, most) = named[0][1], named[-1][1]
        said += f" Highest: {high} {most}. Lowest: {low} {least}."
    apart = f" Difference {_plain(abs(known[0] - known[1]))}." if len(known) == 2 else ""
    return f"{said} Sum {_plain(sum(known))}.{apart} Average {_plain(sum(known) / len(known))}."


def _totals(numbers: Sequence[float]) -> str:
    return f" Count {len(numbers)}. Sum {_plain(sum(numbers))}. Average {_plain(sum(numbers) / len(numbers))}."


def _plain(number: float) -> str:
    return f"{round(number, 3):f}".rstrip("0").rstrip(".")


def _is_told(name: str, numbers: Sequence[tuple[float, str]], found: dict[str, list[tuple[float, str]]]) -> bool:
    return len(numbers) >= LEAST and (bool(name) or len(found) == 1)


def _extremes(name: str, numbers: Sequence[tuple[float, str]]) -> str:
    low, high = min(numbers, key=lambda one: one[0]), max(numbers, key=lambda one: one[0])
    of = f" {name}" if name else ""
    return f" Highest{of}: {high[1]}. Lowest{of}: {low[1]}."


def _pairs(one: LabelledValues, short: dict[str, str]) -> list[tuple[str, str]]:
    names = one.series or ("",) * len(one.values)
    return [(short.get(name, name), value) for name, value in zip(names, one.values, strict=True)]


def _short_names(names: Sequence[str]) -> dict[str, str]:
    """The first words of each name, where those tell them apart."""
    short = {name: " ".join(name.split()[:_SHORT_WORDS]) for name in names}
    return short if len(set(short.values())) == len(short) else {name: name for name in names}
