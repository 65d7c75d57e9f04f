"""`detail`: it means pixels, cost and time."""

from __future__ import annotations

import statistics
import time
from typing import Any

from sightline.conformance.check import Check, Outcome, Severity, Verdict, failed, not_applicable, partial, passed
from sightline.conformance.client import Reply
from sightline.conformance.noticing import counts_pictures, prompt_tokens, refusal
from sightline.conformance.pictures import WORDS, Picture, busy_page, encode, fine_print, scene
from sightline.conformance.seeing import DESCRIBE, WHICH_WORD, has_word, quoted
from sightline.conformance.server import Server, image_part

LARGE = (1600, 1200)
PLAIN_WORD = 2
ROUNDS = 3
TOO_FAST_S = 0.25  # below this, loading the picture is most of the time
CLEARLY_FASTER = 0.8


def ask(server: Server, picture: Picture, detail: str | None, question: str = DESCRIBE, **more: Any) -> Reply:
    """Ask about a picture at a detail."""
    return server.chat(question, image_part(picture.url, **({"detail": detail} if detail else {})), **more)


def values(server: Server) -> Outcome:
    """Each value that OpenAI documents is taken."""
    refused = [
        f"{value or 'absent'} ({reply.summary})"
        for value in ("low", "high", "auto", None)
        if (reply := ask(server, encode(scene()), value)).status != 200
    ]
    return failed(f"not taken: {', '.join(refused)}") if refused else passed("low, high, auto and absent are taken")


def unknown_value(server: Server) -> Outcome:
    """A value that does not exist is refused."""
    return refusal(ask(server, encode(scene()), "ultra"), (400,), otherwise='detail "ultra" is ignored')


def cost(server: Server) -> Outcome:
    """Low costs fewer tokens than high, for the same large picture."""
    low, high = _costs(server, "low", "high")
    if not counts_pictures(server) or -1 in (low, high):
        return not_applicable("usage does not count pictures")
    line = f"low {low}, high {high} prompt tokens for {LARGE[0]} x {LARGE[1]} px"
    return passed(line) if low < high else failed(line)


def auto(server: Server) -> Outcome:
    """Auto costs what leaving it out costs."""
    absent, automatic = _costs(server, None, "auto")
    if not counts_pictures(server) or -1 in (absent, automatic):
        return not_applicable("usage does not count pictures")
    line = f"absent {absent}, auto {automatic} prompt tokens"
    return passed(line) if absent == automatic else failed(line)


def _costs(server: Server, *details: str | None) -> tuple[int, ...]:
    picture = encode(scene(size=LARGE))
    return tuple(prompt_tokens(ask(server, picture, detail)) for detail in details)


def pixels(server: Server) -> Outcome:
    """Print that is too fine for 512 px is read at high and not at low."""
    picture, word = encode(fine_print(PLAIN_WORD)), WORDS[PLAIN_WORD]
    high, low = ask(server, picture, "high", WHICH_WORD), ask(server, picture, "low", WHICH_WORD)
    if high.status != 200 or low.status != 200:
        return not_applicable(f"high {high.summary}; low {low.summary}")
    if not has_word(high.text, word):
        return not_applicable(f"the fine print is not read at high either: {quoted(high)}")
    if has_word(low.text, word):
        return failed(f"print that is 3 px high inside 512 px is read at low: {word}")
    return passed(f"high reads {word}, low does not: {quoted(low)}")


def seconds(server: Server) -> Outcome:
    """Low takes less time than high, in turn, over pictures that were never sent before, not even by an earlier run."""
    first_seed = time.time_ns()
    spent: dict[str, list[float]] = {"low": [], "high": []}
    for number in range(ROUNDS):
        for place, detail in enumerate(("high", "low") if number % 2 else ("low", "high")):
            reply = ask(server, busy_page(first_seed + 2 * number + place), detail, max_tokens=1)
            if reply.status != 200:
                return not_applicable(f"{detail}: {reply.summary}")
            spent[detail].append(reply.seconds)
    low, high = statistics.median(spent["low"]), statistics.median(spent["high"])
    line = f"low {low:.2f} s, high {high:.2f} s, median of {ROUNDS}"
    if low < CLEARLY_FASTER * high:
        return passed(line)
    if max(low, high) < TOO_FAST_S:
        return not_applicable(f"too fast to tell: {line}")
    cheaper = cost(server).verdict is Verdict.passed
    return partial(f"costs less, takes as long: {line}") if cheaper else failed(line)


def shared_cache(server: Server) -> Outcome:
    """A picture asked about at low, then at high, costs what a picture first seen at high does."""
    first, again = encode(scene(4, LARGE)), encode(scene(5, LARGE))
    low, high = (prompt_tokens(ask(server, first, detail)) for detail in ("low", "high"))
    fresh = prompt_tokens(ask(server, again, "high"))
    if not counts_pictures(server) or -1 in (low, high, fresh) or low == fresh:
        return not_applicable("low and high cost the same, or usage does not count pictures")
    line = f"high after low {high}, fresh high {fresh} prompt tokens"
    return passed(line) if high == fresh else failed(line)


CHECKS = (
    Check(
        "detail.values",
        "low, high, auto and absent are taken",
        "clients send all four",
        Severity.critical,
        values,
        ("T03", "T11"),
    ),
    Check(
        "detail.unknown_value",
        "a value that does not exist is refused",
        "a typo would silently cost pixels",
        Severity.minor,
        unknown_value,
        ("T12",),
    ),
    Check(
        "detail.cost",
        "low costs fewer tokens than high",
        "cost is what low is for",
        Severity.major,
        cost,
        ("T03", "T04"),
    ),
    Check("detail.auto", "auto costs what leaving it out costs", "auto is the default", Severity.minor, auto, ("T11",)),
    Check(
        "detail.pixels",
        "what needs more than 512 px is seen at high and not at low",
        "detail means pixels: anything else is a label without an effect",
        Severity.major,
        pixels,
        ("design 2.3",),
    ),
    Check(
        "detail.seconds",
        "low takes less time than high",
        "time is what low is for",
        Severity.minor,
        seconds,
        ("design 2.3",),
    ),
    Check(
        "detail.shared_cache",
        "a picture first sent at low is seen anew at high",
        "a cache that ignores detail keeps the blurred picture",
        Severity.major,
        shared_cache,
        ("peers 5.7",),
    ),
)
