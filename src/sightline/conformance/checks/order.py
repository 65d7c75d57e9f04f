"""Several pictures: all of them count, in the order they were sent."""

from __future__ import annotations

from sightline.conformance.check import Check, Outcome, Severity, Verdict, failed, not_applicable, passed
from sightline.conformance.client import Reply
from sightline.conformance.noticing import counts_pictures, judge_effect, prompt_tokens
from sightline.conformance.pictures import WORDS, encode, same_size, scene
from sightline.conformance.seeing import DESCRIBE, WHICH_WORD, has_word, plain_words, quoted
from sightline.conformance.server import Server, content

FIRST = "What word is written in the first picture? Answer with that word only."
MANY = 6


def second_counts(server: Server) -> Outcome:
    """Two pictures cost more than the first alone, or are answered differently."""
    first, second = encode(scene(0)), encode(scene(1))
    return _counts(server, server.chat(DESCRIBE, first), server.chat(DESCRIBE, first, second))


def _counts(server: Server, one: Reply, two: Reply) -> Outcome:
    if two.status != 200:
        return failed(f"two pictures: {two.summary}") if one.status == 200 else not_applicable(one.summary)
    more = prompt_tokens(two) - prompt_tokens(one)
    if counts_pictures(server):
        return (
            passed(f"the second costs {more} tokens more") if more > 0 else failed("the second picture costs nothing")
        )
    if plain_words(one.text) != plain_words(two.text):
        return passed("the answer is another one with the second picture")
    return not_applicable("usage does not count pictures and the answer is the same")


def in_order(server: Server) -> Outcome:
    """The word of the first picture, with the pictures in either order."""
    pictures = same_size((6, 7))
    forth, back = server.chat(FIRST, *pictures), server.chat(FIRST, *pictures[::-1])
    if forth.status != 200 or back.status != 200:
        return not_applicable(f"{forth.summary}; {back.summary}")
    named = [[has_word(reply.text, WORDS[number]) for number in (6, 7)] for reply in (forth, back)]
    line = f"{quoted(forth)}, swapped {quoted(back)}"
    if named == [[True, False], [False, True]]:
        return passed(line)
    if named == [[False, True], [True, False]]:
        return failed(f"the other way round: {line}")
    return not_applicable(f"the model does not tell: {line}")


def many(server: Server) -> Outcome:
    """Six pictures cost six times one, or are refused."""
    pictures = same_size(range(MANY))
    none, one = server.about(None, WHICH_WORD), server.about(pictures[0], WHICH_WORD)
    reply = server.chat(WHICH_WORD, *pictures)
    if reply.status != 200:
        return passed(f"refused, {reply.summary}") if reply.is_refusal else failed(reply.summary)
    if not counts_pictures(server):
        return not_applicable("answered; usage does not count pictures")
    each, total = prompt_tokens(one) - prompt_tokens(none), prompt_tokens(reply) - prompt_tokens(none)
    line = f"one picture costs {each} tokens, {MANY} cost {total}"
    return passed(line) if total > (MANY - 0.5) * each else failed(line)


def earlier_turn(server: Server) -> Outcome:
    """A picture of an earlier turn still counts in the next one."""

    def conversation(*parts: object) -> list[object]:
        return [
            {"role": "user", "content": content([DESCRIBE, *parts])},  # type: ignore[list-item]
            {"role": "assistant", "content": "A picture."},
            {"role": "user", "content": WHICH_WORD},
        ]

    return judge_effect(server, conversation(encode(scene(2))), conversation(), Verdict.failed)


CHECKS = (
    Check(
        "order.second_counts",
        "a second picture counts",
        "a dropped picture is answered for",
        Severity.critical,
        second_counts,
        ("T06",),
    ),
    Check(
        "order.in_order",
        "pictures keep their order",
        "before and after must not be swapped",
        Severity.critical,
        in_order,
        ("T72",),
    ),
    Check(
        "order.many",
        "six pictures all count, or are refused",
        "limits must not be silent",
        Severity.major,
        many,
        ("T37", "A14"),
    ),
    Check(
        "order.earlier_turn",
        "a picture of an earlier turn still counts",
        "clients send the whole conversation each time",
        Severity.critical,
        earlier_turn,
        ("contract 1.3",),
    ),
)
