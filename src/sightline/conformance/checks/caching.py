"""Caches: the same picture may be remembered, another one never taken for it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from PIL import Image

from sightline.conformance.check import Check, Outcome, Severity, failed, not_applicable, partial, passed
from sightline.conformance.client import Reply
from sightline.conformance.noticing import prompt_tokens
from sightline.conformance.pictures import WORDS, Picture, encode, same_size, scene
from sightline.conformance.seeing import DESCRIBE, QUESTIONS, has_word, plain_words
from sightline.conformance.server import Part, Server

AT_ONCE = 4
N_PICTURES = 8
N_TAGS = 12
MARGIN_PX = 8


def replies_stay_apart(server: Server) -> Outcome:
    """Many questions at once, each with a tag of its own, answered to whoever asked."""
    tags = [f"tag{1000 + 7 * number}" for number in range(N_TAGS)]
    questions = [f"Repeat exactly this word and nothing else: {tag}" + " please" * at for at, tag in enumerate(tags)]
    alone = [server.chat(question) for question in questions]
    together = _at_once(server, [(question,) for question in questions])
    if bad := next((reply for reply in (*alone, *together) if reply.status != 200), None):
        return failed(f"{AT_ONCE} at once: {bad.summary}")
    for own, reply in zip(tags, together, strict=True):
        other = next((tag for tag in tags if tag != own and tag in reply.text), None)
        if other and own not in reply.text:
            return failed(f"the question with {own} got the answer of {other}")
    costs = [[prompt_tokens(reply) for reply in some] for some in (alone, together)]
    if costs[0] != costs[1]:
        return failed(f"the prompts cost {costs[0]} tokens alone, {costs[1]} at once")
    if len(set(costs[0])) < N_TAGS and len({reply.text for reply in alone}) < N_TAGS:
        return not_applicable("neither answers nor usage tell the questions apart")
    changed = sum(a.text != b.text for a, b in zip(alone, together, strict=True))
    return passed(f"{N_TAGS - changed} of {N_TAGS} answers, and every cost, are the same alone and {AT_ONCE} at once")


def pictures_stay_apart(server: Server) -> Outcome:
    """Pictures of one size, several at once: each gets the answer that it gets alone."""
    pictures = same_size(range(N_PICTURES))
    for question in QUESTIONS:
        together = _at_once(server, [(question, picture) for picture in pictures])
        alone = [server.chat(question, picture) for picture in pictures]
        if bad := next((reply for reply in (*together, *alone) if reply.status != 200), None):
            return failed(f"{AT_ONCE} at once: {bad.summary}")
        outcome = _mix_ups(
            [plain_words(reply.text) for reply in alone], [plain_words(reply.text) for reply in together]
        )
        if outcome is not None:
            return outcome
    return not_applicable("the answers do not tell the pictures apart")


def _mix_ups(alone: list[str], together: list[str]) -> Outcome | None:
    if len(set(alone)) < 2 and len(set(together)) < 2:
        return None
    for number, (own, answer) in enumerate(zip(alone, together, strict=True)):
        if answer != own and (answer in alone or _names_another(answer, number)):
            return failed(f"picture {number + 1} got another picture's answer: {answer[:60]!r}, alone {own[:40]!r}")
    same = sum(a == b for a, b in zip(alone, together, strict=True))
    line = f"{same} of {len(alone)} the same as alone, {len(set(alone))} different answers, none another picture's"
    return passed(line)


def _names_another(answer: str, number: int) -> bool:
    others = (word for at, word in enumerate(WORDS) if at != number)
    return not has_word(answer, WORDS[number]) and any(has_word(answer, word) for word in others)


def one_after_another(server: Server) -> Outcome:
    """A second picture of the same size is seen, not the first one again.

    The same pictures with margins, so each of another size, show what the second answer should be like.
    """
    first, second = scene(0), scene(5)
    for question in QUESTIONS:
        wide = [
            server.chat(question, _with_margin(first, MARGIN_PX)),
            server.chat(question, _with_margin(second, 2 * MARGIN_PX)),
        ]
        replies = [server.chat(question, encode(image)) for image in (first, second)]
        if any(reply.status != 200 for reply in [*wide, *replies]):
            return not_applicable("refused")
        apart = _apart(wide, replies)
        if apart is not None:
            return apart
    return not_applicable("the answers do not tell the pictures apart")


def _apart(wide: list[Reply], replies: list[Reply]) -> Outcome | None:
    expected, answers = ([plain_words(reply.text) for reply in some] for some in (wide, replies))
    if expected[0] == expected[1]:
        return None
    if answers[0] != answers[1]:
        return passed(f"{answers[0][:40]!r}, then {answers[1][:40]!r}")
    if answers[0] == expected[0]:
        return failed(f"the second picture got the first one's answer: {answers[1][:60]!r}")
    return None


def _with_margin(image: Image.Image, margin_px: int) -> Picture:
    wider = Image.new("RGB", (image.width + 2 * margin_px, image.height + 2 * margin_px), "white")
    wider.paste(image, (margin_px, margin_px))
    return encode(wider)


def same_again(server: Server) -> Outcome:
    """The same question about the same picture costs and says the same the second time."""
    first, second = (server.chat(DESCRIBE, encode(scene(7))) for _ in range(2))
    if first.status != 200 or second.status != 200:
        return failed(f"{first.summary}; {second.summary}")
    costs = [reply.usage("prompt_tokens") for reply in (first, second)]
    if costs[0] != costs[1]:
        return failed(f"prompt_tokens {costs[0]}, then {costs[1]}")
    return passed(f"prompt_tokens {costs[0]} twice") if first.text == second.text else partial("the answers differ")


def _at_once(server: Server, requests: Sequence[tuple[Part, ...]]) -> list[Reply]:
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(lambda parts: server.chat(*parts), requests))


CHECKS = (
    Check(
        "caching.replies_stay_apart",
        "answers go to whoever asked, also at once",
        "one user reads another's answer",
        Severity.critical,
        replies_stay_apart,
        ("D14",),
    ),
    Check(
        "caching.pictures_stay_apart",
        "pictures of one size are not mixed up at once",
        "caches and batches have mixed up pictures",
        Severity.critical,
        pictures_stay_apart,
        ("A11", "peers 5.7"),
    ),
    Check(
        "caching.one_after_another",
        "a second picture of the same size is seen",
        "caches keyed by size show the first again",
        Severity.critical,
        one_after_another,
        ("A11",),
    ),
    Check(
        "caching.same_again",
        "the same request costs and says the same again",
        "bills must not depend on caches",
        Severity.minor,
        same_again,
        ("T70",),
    ),
)
