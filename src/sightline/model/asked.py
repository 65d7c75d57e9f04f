"""Which numbers of a chart a question is about: those whose label, name in the legend or value it has in its words.

A small decoder finds a label again among forty only after long training. The rows that share words with the question
are told once more beside it (` Asked: Mon Men 3; Tue Men 5;`), as a search would put them in front of any model; which
of them answers, and how, is the model's to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sightline.reading.lines import LabelledValues

MOST_ROWS = 4
MOST_LETTERS = 4000  # of a question: more hardly fit into a prompt, and each label is looked for at each of its words
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_NOT_TELLING = frozenset(
    ("a", "an", "and", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to", "was", "with")
)


def asked_rows(question: str, values: Sequence[LabelledValues]) -> tuple[LabelledValues, ...]:
    """The rows that `question` names, at most four, each with the numbers it names if it names any; else nothing."""
    words = _words(question[:MOST_LETTERS])
    labels = _named(words, [_without_note(one.label) for one in values])
    rows = [one for one in values if _without_note(one.label) in labels] or _with_number(words, values)
    series = _named(words, dict.fromkeys(name for one in values for name in one.series))
    return tuple(_only(one, series) for one in rows[:MOST_ROWS])


def _without_note(label: str) -> str:
    """A label without what is in brackets at its end: "Vail (CO)"."""
    return label.split(" (")[0] or label


def _named(words: Sequence[str], names: Iterable[str]) -> set[str]:
    """The names among `words`, but for one that stands inside a longer one: "Mexico" in "State of Mexico"."""
    found = {name: span for name in names if (span := _span(_words(name), words)) is not None}
    return {name for name, span in found.items() if not any(_is_within(span, other) for other in found.values())}


def _is_within(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return inner != outer and outer[0] <= inner[0] and inner[1] <= outer[1]


def _span(name: Sequence[str], words: Sequence[str]) -> tuple[int, int] | None:
    """Where `name` begins and ends in `words`; None if it is not there, or has no word that tells anything."""
    if not any(word not in _NOT_TELLING for word in name):
        return None
    for start in range(len(words) - len(name) + 1):
        if all(_is_same(a, b) for a, b in zip(name, words[start:], strict=False)):
            return start, start + len(name)
    return None


def _is_same(a: str, b: str) -> bool:
    return a == b or (len(a) > 3 and a + "s" == b) or (len(b) > 3 and b + "s" == a)


def _with_number(words: Sequence[str], values: Sequence[LabelledValues]) -> list[LabelledValues]:
    numbers = {word for word in words if word[0].isdigit()}
    return [one for one in values if any(set(_words(value)[:1]) & numbers for value in one.values)]


def _only(one: LabelledValues, series: set[str]) -> LabelledValues:
    """The numbers of the names in `series`; all of them where it has none of those."""
    kept = [at for at, name in enumerate(one.series) if name in series]
    if not kept:
        return one
    return replace(one, values=tuple(one.values[at] for at in kept), series=tuple(one.series[at] for at in kept))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
