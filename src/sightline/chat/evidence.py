"""Where in the picture an answer was read: the boxes of the lines that it copies."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sightline.reading.lines import Box, Reading, TextLine

MAX_LINES = 8  # an address runs over several lines; nothing that is copied runs over more
MAX_VALUES = 64  # of a JSON answer
MAX_VALUE_CHARS = 400  # a transcription is not a field: it has no one place
QUOTED = re.compile(r"[\"“]([^\"“”]{2,200})[\"”]")
WITH_DIGIT = re.compile(r"[^\s,;]*\d(?:[^\s;]*[^\s;,.!?])?")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One copied value and its place.

    `path` is `$` for an answer in words and `$.items[0].price` for a value of a JSON answer. `image` counts the
    pictures of the request from 0. `boxes` are those of its lines, x0, y0, x1, y1 in upright source pixels.
    `n_places` is how many places of that picture show the same text: above 1 the box may be the wrong one of them.
    """

    path: str
    text: str
    image: int
    boxes: tuple[Box, ...]
    n_places: int


def find_evidence(answer: str, readings: Sequence[Reading | None]) -> tuple[Evidence, ...]:
    """Return the place of every value of `answer` that stands in a reading, in the order of the answer.

    A JSON answer is looked up value by value. An answer in words is looked up whole, else by what it quotes,
    else by its numbers. What is not printed in the picture has no evidence.
    """
    parsed = _parsed(answer)
    if isinstance(parsed, dict | list):
        return _locate_all(list(_leaves("$", parsed))[:MAX_VALUES], readings)
    parts = QUOTED.findall(answer) or WITH_DIGIT.findall(answer)
    return _locate_all([("$", answer.strip())], readings) or _locate_all(
        [("$", part) for part in dict.fromkeys(parts[:MAX_VALUES])], readings
    )


def _locate_all(values: Sequence[tuple[str, str]], readings: Sequence[Reading | None]) -> tuple[Evidence, ...]:
    found = (_locate(path, value, readings) for path, value in values)
    return tuple(evidence for evidence in found if evidence is not None)


def _parsed(answer: str) -> Any:
    try:
        return json.loads(answer)
    except (ValueError, RecursionError):
        return None


def _leaves(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(f"{path}.{key}" if key.isidentifier() else f"{path}[{json.dumps(key)}]", inner)
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _leaves(f"{path}[{at}]", inner)
    elif isinstance(value, str) or (isinstance(value, int | float) and not isinstance(value, bool)):
        yield path, str(value)


def _locate(path: str, value: str, readings: Sequence[Reading | None]) -> Evidence | None:
    wanted = _plain(value).strip(" .")
    if not wanted or len(wanted) > MAX_VALUE_CHARS or not any(char.isalnum() for char in wanted):
        return None
    for at, reading in enumerate(readings):
        places = _places(wanted, reading.lines) if reading else []
        if places:
            best = min(places, key=lambda place: sum(len(line.text) for line in place))
            return Evidence(path, value, at, tuple(line.box for line in best), len(places))
    return None


def _places(wanted: str, lines: Sequence[TextLine]) -> list[tuple[TextLine, ...]]:
    """Return every shortest run of lines that shows `wanted`, each place once."""
    plain = [_plain(line.text) for line in lines]
    for n in range(1, MAX_LINES + 1):
        runs = [
            tuple(lines[at : at + n])
            for at in range(len(lines) - n + 1)
            if _shows(" ".join(plain[at : at + n]), wanted)
        ]
        if runs:
            return runs
    return []


def _shows(text: str, wanted: str) -> bool:
    """Whether `wanted` stands in `text` as words of its own: `2.30` is not in `12.30`, nor in `2.305`."""
    at = text.find(wanted)
    while at >= 0:
        before, after = text[max(0, at - 2) : at], text[at + len(wanted) : at + len(wanted) + 2]
        if not _continues(before[::-1], wanted[0]) and not _continues(after, wanted[-1]):
            return True
        at = text.find(wanted, at + 1)
    return False


def _continues(outside: str, edge: str) -> bool:
    """Whether the text goes on past an edge: a letter or digit there, or a point or comma and then a digit."""
    if not outside or not edge.isalnum():
        return False
    if edge.isdigit():
        return outside[0].isdigit() or (outside[0] in ".," and outside[1:2].isdigit())
    return outside[0].isalpha()


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
