"""Which picture did the server see? Told from its answers alone, and only where they can tell.

A server that reads is judged by the word in the picture. Any other, however weak, is judged by comparison: its
greedy answer about the picture in question is held against its answers about the picture that should be seen
and about the one it would be mistaken for. Where those two get the same answer, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from sightline.conformance.check import Outcome, Verdict, failed, not_applicable, partial, passed
from sightline.conformance.client import Reply
from sightline.conformance.pictures import Picture
from sightline.conformance.server import Server

WHICH_WORD = "What word is written in this picture? Answer with that word only."
WHICH_WORDS = "What words are written in this picture, from top to bottom?"
WHERE_IS_THE_BAND = "Is the coloured band at the top, bottom, left or right of this picture? Answer with one word."
WHICH_COLOUR = "What is the main color of this picture?"
DESCRIBE = "Describe this picture in one sentence."
QUESTIONS = (WHICH_WORD, WHICH_COLOUR, DESCRIBE)


class Seen(Enum):
    """What the answers say."""

    right = "right"
    wrong = "wrong"
    unclear = "unclear"
    refused = "refused"
    fault = "fault"


@dataclass(frozen=True, slots=True)
class Case:
    """A picture in question, what it should be seen as, and what it would be mistaken for (None: no picture at all)."""

    shown: Picture
    right: tuple[Picture, ...]
    wrong: tuple[Picture | None, ...]
    word: str = ""  # that a server which reads finds in `right` and not in `wrong`
    questions: tuple[str, ...] = QUESTIONS


@dataclass(frozen=True, slots=True)
class Sighting:
    """What was seen, and the line that says so."""

    seen: Seen
    evidence: str


def look(server: Server, case: Case) -> Sighting:
    """Ask until a question tells the right picture from the wrong ones."""
    for question in case.questions:
        reply = server.about(case.shown, question)
        if reply.status != 200:
            return Sighting(Seen.refused if reply.is_refusal else Seen.fault, reply.summary)
        right = [server.about(picture, question) for picture in case.right]
        wrong = [server.about(picture, question) for picture in case.wrong]
        sighting = _compare(reply, right, wrong, case.word)
        if sighting is not None:
            return sighting
    if None in case.wrong and all(_is_same(server, case.shown, question) for question in case.questions):
        return Sighting(Seen.wrong, "dropped: same cost and same answers as without a picture")
    return Sighting(Seen.unclear, "taken, but the answers do not tell this picture from another")


def _is_same(server: Server, picture: Picture, question: str) -> bool:
    shown, without = server.about(picture, question), server.about(None, question)
    cost = shown.usage("prompt_tokens")
    return cost is not None and cost == without.usage("prompt_tokens") and shown.text == without.text


def _compare(reply: Reply, right: list[Reply], wrong: list[Reply], word: str) -> Sighting | None:
    if any(control.status != 200 for control in [*right, *wrong]):
        return None
    answer, rights, wrongs = plain_words(reply.text), _texts(right), _texts(wrong)
    if rights & wrongs:
        return None
    if answer in rights:
        return Sighting(Seen.right, f"answered as for the right picture: {quoted(reply)}")
    if answer in wrongs:
        return Sighting(Seen.wrong, f"answered as for the wrong picture: {quoted(reply)}")
    if not word or any(has_word(text, word) for text in wrongs) or not all(has_word(text, word) for text in rights):
        return None
    if has_word(answer, word):
        return Sighting(Seen.right, f"read {word}")
    return Sighting(Seen.wrong, f"read {word} in the right picture, not in this one: {quoted(reply)}")


def _texts(replies: list[Reply]) -> set[str]:
    return {plain_words(reply.text) for reply in replies}


def plain_words(text: str) -> str:
    """Return an answer without case, spacing and marks."""
    return " ".join(re.findall(r"\w+", text.casefold()))[:300]


def has_word(text: str, word: str) -> bool:
    """Tell whether an answer names the word."""
    return word.casefold() in text.casefold()


def quoted(reply: Reply) -> str:
    """Return the beginning of an answer between quotes."""
    text = " ".join(reply.text.split())
    return f'"{text[:48]}…"' if len(text) > 48 else f'"{text}"'


def judge(server: Server, case: Case, refused: Verdict = Verdict.failed) -> Outcome:
    """Judge one picture. `refused` is what a clear 4xx is worth."""
    sighting = look(server, case)
    match sighting.seen:
        case Seen.right:
            return passed(sighting.evidence)
        case Seen.unclear:
            return not_applicable(sighting.evidence)
        case Seen.refused:
            return Outcome(refused, f"refused, {sighting.evidence}")
        case _:
            return failed(sighting.evidence)


def judge_all(server: Server, cases: Mapping[str, Case]) -> Outcome:
    """Judge several pictures of one kind: all of them right is a pass, some of them is partial.

    What the server refuses to take at all is not judged here.
    """
    sightings = {name: look(server, case) for name, case in cases.items()}
    right = [name for name, sighting in sightings.items() if sighting.seen is Seen.right]
    bad = [name for name, sighting in sightings.items() if sighting.seen in (Seen.wrong, Seen.fault)]
    if not right and not bad:
        return not_applicable(next(iter(sightings.values())).evidence)
    named = {"right": right, "wrong": bad, "not judged": [name for name in cases if name not in (*right, *bad)]}
    tally = "; ".join(f"{how}: {', '.join(names)}" for how, names in named.items() if names)
    if not bad:
        return passed(tally)
    evidence = f"{tally}; {sightings[bad[0]].evidence}"
    return partial(evidence) if right else failed(evidence)
