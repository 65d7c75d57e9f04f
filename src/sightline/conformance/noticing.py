"""Did a picture, or anything else in a request, have an effect? Told from the bill and the answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sightline.conformance.check import Outcome, Verdict, failed, not_applicable, passed
from sightline.conformance.client import Reply
from sightline.conformance.pictures import Picture, encode, scene
from sightline.conformance.seeing import DESCRIBE, plain_words
from sightline.conformance.server import Server


def counts_pictures(server: Server) -> bool:
    """Whether a picture in a plain question shows in `usage.prompt_tokens`."""
    tokens = prompt_tokens(server.about(None, DESCRIBE)), prompt_tokens(server.about(encode(scene()), DESCRIBE))
    return None not in tokens and tokens[1] > tokens[0]


def prompt_tokens(reply: Reply) -> int:
    """Return what the prompt cost; -1 if the reply does not say."""
    found = reply.usage("prompt_tokens")
    return -1 if found is None else found


def judge_effect(
    server: Server, with_it: Sequence[Any], without: Sequence[Any], refused: Verdict = Verdict.passed
) -> Outcome:
    """Judge whether a picture in `with_it` was taken into account, or refused; not dropped in silence.

    The two conversations are the same but for the picture.
    """
    reply = server.converse(with_it)
    if reply.status != 200:
        return Outcome(refused, f"refused, {reply.summary}") if reply.is_refusal else failed(reply.summary)
    return effect(server, reply, server.converse(without))


def effect(server: Server, reply: Reply, without: Reply) -> Outcome:
    """Compare an answered request with one that lacks the picture."""
    if without.status != 200:
        return not_applicable(f"the same without the picture is refused, {without.summary}")
    more = prompt_tokens(reply) - prompt_tokens(without)
    if more > 0 and counts_pictures(server):
        return passed(f"the picture costs {more} tokens of the prompt")
    if plain_words(reply.text) != plain_words(without.text):
        return passed("the answer is another one without the picture")
    if counts_pictures(server):
        return failed("dropped: same cost and same answer as without the picture")
    return not_applicable("usage does not count pictures and the answer is the same without it")


def refusal(reply: Reply, allowed: Sequence[int] = (), *, otherwise: str = "answered all the same") -> Outcome:
    """Judge a request that should be refused: a 4xx is a pass, one of another status than `allowed` is partial."""
    if reply.status < 400:
        return failed(f"{reply.status}: {otherwise}")
    if not reply.is_refusal:
        return failed(f"a fault instead of a refusal, {reply.summary}")
    if allowed and reply.status not in allowed:
        wanted = " or ".join(map(str, allowed))
        return Outcome(Verdict.partial, f"refused, but not with {wanted}: {reply.summary}")
    return passed(f"refused, {reply.summary}")


def send_broken(server: Server, picture: Picture) -> Reply:
    """Ask about one picture, not remembered."""
    return server.chat(DESCRIBE, picture)
