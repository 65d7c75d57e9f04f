"""What an answer rests on: the lines of the picture that it copies, and how sure the model was of each value."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from sightline.chat.values import Value, parts_of, values_of
from sightline.model.calibration import Calibration
from sightline.reading.lines import Box, NamedObject, Reading, TextLine
from sightline.types import ChosenToken

MAX_LINES = 8  # an address runs over several lines; nothing that is copied runs over more
MAX_VALUE_CHARS = 400  # a transcription is not a field: it has no one place, and no one probability

Page = list[tuple[TextLine, str]]  # the lines of a picture, each with its text made plain
Place = tuple[int | None, tuple[Box, ...], int]  # image, boxes, n_places
NOWHERE: Place = (None, (), 0)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One value of an answer, how likely it is right, and where it was read.

    `path` is `$` for an answer in words and `$.items[0].price` for a value of a JSON answer. `confidence` is 0..1,
    calibrated; None if the engine cannot tell. `image` counts the pictures of the request from 0; None if no picture
    shows the value. `boxes` are those of its lines, x0, y0, x1, y1 in upright source pixels. `n_places` is how many
    places of that picture show the same text: above 1 the box may be the wrong one of them.
    """

    path: str
    text: str
    confidence: float | None = None
    image: int | None = None
    boxes: tuple[Box, ...] = ()
    n_places: int = 0


def find_evidence(
    answer: str,
    readings: Sequence[Reading | None],
    tokens: Sequence[ChosenToken] = (),
    calibration: Calibration | None = None,
) -> tuple[Evidence, ...]:
    """Return every value of `answer`, in order: of a JSON answer its leaves, of words the answer itself.

    Where words as a whole stand in no picture, what they quote, or else their numbers, follow if a picture shows
    them. `tokens` are those of the answer, with the model's probabilities.
    """
    pages = [[(line, _plain(line.text)) for line in reading.lines] if reading else [] for reading in readings]

    def evidence_of(value: Value) -> Evidence:
        logprob = _logprob(answer, value, tokens)
        told = told_word(value.text, readings)
        confidence = None
        if calibration is not None and logprob is not None:
            confidence = round(calibration.apply(logprob) if told is None else told.confidence, 3)
        return Evidence(value.path, value.text, confidence, *(_locate(value.text, pages) if value.is_text else NOWHERE))

    values = [value for value in values_of(answer) if len(value.text) <= MAX_VALUE_CHARS]
    found = [evidence_of(value) for value in values]
    if [value.path for value in values] == ["$"] and found[0].image is None:
        parts = map(evidence_of, parts_of(answer))
        found += [part for part in parts if part.image is not None and part.text != found[0].text]
    return tuple(found)


def value_logprobs(answer: str, tokens: Sequence[ChosenToken]) -> list[tuple[Value, float | None]]:
    """Return the values of `answer` with the model's own log-probability of each, None where it is not known."""
    return [(value, _logprob(answer, value, tokens)) for value in values_of(answer)]


def told_word(text: str, readings: Sequence[Reading | None]) -> NamedObject | None:
    """The reader's word that `text` calls a photo by; None where it says none of the reader's words.

    The model says what it is told: it knows no better than who told it, and its own doubt is how to put it.
    """
    plain = _plain(text)
    said = [one for reading in readings if reading for one in reading.objects if shows(plain, one.word)]
    return max(said, key=lambda one: len(one.word), default=None)


def _logprob(answer: str, value: Value, tokens: Sequence[ChosenToken]) -> float | None:
    """The model's own log-probability of the tokens that spell `value`; None if they are not known."""
    start, end = len(answer[: value.start].encode()), len(answer[: value.end].encode())
    total, at = 0.0, 0
    for token in tokens:
        if at < end and at + len(token.data) > start:
            total += token.logprob
        at += len(token.data)
    return total if at >= end > start else None


def _locate(value: str, pages: Sequence[Page]) -> Place:
    wanted = _plain(value).strip(" .")
    if not any(char.isalnum() for char in wanted):
        return NOWHERE
    for at, page in enumerate(pages):
        runs = _shortest_runs(wanted, page)
        if runs:
            best = min(runs, key=lambda run: sum(len(line.text) for line in run))
            return at, tuple(line.box for line in best), len(runs)
    return NOWHERE


def _shortest_runs(wanted: str, page: Page) -> list[list[TextLine]]:
    """Return every run of lines that shows `wanted`, of the fewest lines that do."""
    for n in range(1, MAX_LINES + 1):
        runs = [page[at : at + n] for at in range(len(page) - n + 1)]
        showing = [[line for line, _ in run] for run in runs if shows(" ".join(text for _, text in run), wanted)]
        if showing:
            return showing
    return []


def shows(text: str, wanted: str) -> bool:
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
