"""Sampling: every parameter has its effect, or is refused."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from sightline.conformance.check import Check, Outcome, Severity, failed, not_applicable, partial, passed
from sightline.conformance.client import Reply
from sightline.conformance.noticing import refusal
from sightline.conformance.pictures import encode, scene
from sightline.conformance.seeing import DESCRIBE, quoted
from sightline.conformance.server import Server

LONG = "Count from one to twenty in words: one two three four five six seven eight nine ten and so on."
FEW = 5
ALTERNATIVES = 2


def limit(name: str) -> Callable[[Server], Outcome]:
    """Return the check of one spelling of the limit."""

    def run(server: Server) -> Outcome:
        limits = {"max_tokens": None, name: FEW}
        reply = server.chat(LONG, **limits)
        if reply.status != 200:
            return _refused(reply)
        used = reply.usage("completion_tokens")
        if reply.finish_reason == "stop" and (used is None or used <= FEW):
            return not_applicable(f"the answer ends by itself: {quoted(reply)}")
        if used is not None and used > FEW:
            return failed(f"{used} tokens for a limit of {FEW}")
        if len(reply.text.split()) > FEW:
            return failed(f"more than {FEW} words: {quoted(reply)}")
        return (
            passed(f"{used} tokens, length") if reply.finish_reason == "length" else failed(f"{reply.finish_reason!r}")
        )

    return run


def stop(server: Server) -> Outcome:
    """The answer ends before a word of it that is given as `stop`."""
    return _stops(server, as_list=False)


def stop_list(server: Server) -> Outcome:
    """The same, as one of a list."""
    return _stops(server, as_list=True)


def _stops(server: Server, *, as_list: bool) -> Outcome:
    whole, again = (server.chat(LONG) for _ in range(2))
    words = whole.text.split()
    if whole.text != again.text or len(words) < 4:
        return not_applicable(f"no steady answer of four words: {quoted(whole)}")
    word = next((word for word in words[2:] if whole.text.find(word) > 0), "")
    before = whole.text[: whole.text.find(word)]
    reply = server.chat(LONG, stop=["no-such-text", word] if as_list else word)
    if reply.status != 200:
        return _refused(reply)
    if word in reply.text:
        return failed(f"stop {word!r} is in the answer: {quoted(reply)}")
    if reply.finish_reason != "stop":
        return failed(f"finish_reason is {reply.finish_reason!r}")
    if reply.text.strip() != before.strip():
        return partial(f"stopped, but not before {word!r}: {quoted(reply)}")
    return passed(f"ends before {word!r}: {quoted(reply)}")


def stop_five(server: Server) -> Outcome:
    """Five texts to stop at are one too many."""
    return refusal(server.chat("Hello", stop=list("abcde")), (400, 422), otherwise="taken")


def two_answers(server: Server) -> Outcome:
    """`n` of 2 gives two choices."""
    reply = server.chat(DESCRIBE, encode(scene()), n=2, temperature=1)
    if reply.status != 200:
        return _refused(reply)
    indices = sorted(choice.get("index", -1) for choice in reply.choices)
    return passed("indices 0 and 1") if indices == [0, 1] else failed(f"n is 2, the indices are {indices}")


def logprobs(server: Server) -> Outcome:
    """Each token comes with its probability and its alternatives."""
    reply = server.chat(LONG, logprobs=True, top_logprobs=ALTERNATIVES, max_tokens=8)
    if reply.status != 200:
        return _refused(reply)
    given = (reply.choices[0].get("logprobs") if reply.choices else None) or {}
    tokens = given.get("content") if isinstance(given, dict) else None
    if not tokens:
        return failed("200 without logprobs")
    wrong = next(filter(None, map(_wrong_token, tokens)), "")
    if wrong:
        return failed(wrong)
    if "".join(token["token"] for token in tokens).strip() != reply.text.strip() and not any(
        token.get("bytes") for token in tokens
    ):
        return partial("the tokens do not join to the answer, and have no bytes")
    return passed(f"{len(tokens)} tokens with up to {ALTERNATIVES} alternatives")


def _wrong_token(token: Any) -> str:
    if not isinstance(token, dict) or not isinstance(token.get("token"), str):
        return "an entry without a token"
    value = token.get("logprob")
    if not isinstance(value, int | float) or not math.isfinite(value) or value > 1e-6:
        return f"a logprob of {value!r}"
    return "" if len(token.get("top_logprobs") or []) <= ALTERNATIVES else "more alternatives than asked for"


def top_logprobs_alone(server: Server) -> Outcome:
    """`top_logprobs` without `logprobs` is refused."""
    return refusal(server.chat("Hello", top_logprobs=2, max_tokens=2), (400, 422), otherwise="ignored")


def seed(server: Server) -> Outcome:
    """The same seed at a temperature of 1 gives the same answer; two runs of it."""
    first, second = (server.chat(LONG, seed=7, temperature=1, max_tokens=24) for _ in range(2))
    if first.status != 200:
        return _refused(first)
    if first.text != second.text:
        return failed(f"seed 7 twice: {quoted(first)} and {quoted(second)}")
    return passed(f"twice {quoted(first)}")


def greedy(server: Server) -> Outcome:
    """A temperature of 0 gives the same answer about the same picture."""
    replies = [server.chat(DESCRIBE, encode(scene(3)), temperature=0) for _ in range(3)]
    if any(reply.status != 200 for reply in replies):
        return failed(replies[0].summary)
    if len({reply.text for reply in replies}) > 1:
        return failed(f"{len({reply.text for reply in replies})} answers of 3: {quoted(replies[0])}")
    return passed(f"three times {quoted(replies[0])}")


def _refused(reply: Reply) -> Outcome:
    return partial(f"refused, {reply.summary}") if reply.is_refusal else failed(reply.summary)


CHECKS = (
    Check(
        "sampling.max_tokens",
        "max_tokens limits the answer, and it says so",
        "cost and time depend on it",
        Severity.major,
        limit("max_tokens"),
        ("T51",),
    ),
    Check(
        "sampling.max_completion_tokens",
        "max_completion_tokens does the same",
        "newer clients send only this one",
        Severity.major,
        limit("max_completion_tokens"),
        ("T51",),
    ),
    Check(
        "sampling.stop",
        "the answer ends before stop",
        "callers cut their formats with it",
        Severity.major,
        stop,
        ("T50",),
    ),
    Check("sampling.stop_list", "stop may be a list", "SDKs send both", Severity.minor, stop_list, ("T50",)),
    Check(
        "sampling.stop_five",
        "more than four stops are refused",
        "OpenAI takes four",
        Severity.minor,
        stop_five,
        ("T49",),
    ),
    Check(
        "sampling.n",
        "n gives n answers, or is refused",
        "one answer where two were paid for",
        Severity.major,
        two_answers,
        ("T48",),
    ),
    Check(
        "sampling.logprobs",
        "logprobs come, or are refused",
        "confidence is read from them",
        Severity.major,
        logprobs,
        ("T69",),
    ),
    Check(
        "sampling.top_logprobs_alone",
        "top_logprobs without logprobs is refused",
        "it has no effect",
        Severity.minor,
        top_logprobs_alone,
        ("T69",),
    ),
    Check(
        "sampling.seed",
        "a seed repeats an answer, or is refused",
        "tests and studies rely on it",
        Severity.minor,
        seed,
        ("T70",),
    ),
    Check(
        "sampling.greedy",
        "temperature 0 repeats an answer",
        "tests and studies rely on it",
        Severity.minor,
        greedy,
        ("T70",),
    ),
)
