"""Nothing is dropped in silence: what is not honoured is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sightline.conformance.check import Check, Outcome, Severity, failed, not_applicable, passed
from sightline.conformance.noticing import effect, judge_effect, prompt_tokens, refusal, send_broken
from sightline.conformance.pictures import Picture, encode, scene
from sightline.conformance.seeing import DESCRIBE, plain_words
from sightline.conformance.server import Server, content, image_part

NOISE = bytes(range(7, 247)) * 4
PAGE = b"<html><body><h1>Not found</h1></body></html>"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"
ANSWERED = "answered without the picture"

BROKEN: dict[str, tuple[str, str, Severity, Callable[[], str], tuple[str, ...]]] = {
    "noise": (
        "random bytes",
        "an answer about nothing looks like any other",
        Severity.critical,
        lambda: Picture(NOISE).url,
        ("T29",),
    ),
    "empty": (
        "an empty picture",
        "failed uploads are empty",
        Severity.major,
        lambda: "data:image/png;base64,",
        ("T28",),
    ),
    "base64": (
        "broken base64",
        "cut-off uploads look so",
        Severity.major,
        lambda: "data:image/png;base64,###",
        ("T27", "A13"),
    ),
    "page": (
        "a web page",
        "image links often answer with one",
        Severity.major,
        lambda: Picture(PAGE).url,
        ("T34", "A10"),
    ),
    "pdf": (
        "an empty PDF as a picture",
        "a document that is dropped is answered for",
        Severity.major,
        lambda: Picture(PDF, "application/pdf").url,
        ("T26",),
    ),
    "dead_link": (
        "a link that leads nowhere",
        "a picture that never came is answered for",
        Severity.critical,
        lambda: "http://no-such-host.invalid/a.png",
        ("T32",),
    ),
    "no_url": (
        "a URL that is none",
        "a file name in place of a URL is a common slip",
        Severity.major,
        lambda: "hello",
        ("T31",),
    ),
}


def picture_is_seen(server: Server) -> Outcome:
    """The control of this group: a picture in a plain question has an effect."""
    reply = server.about(encode(scene()), DESCRIBE)
    if reply.status != 200:
        return failed(reply.summary)
    without = server.about(None, DESCRIBE)
    if prompt_tokens(reply) <= prompt_tokens(without) and plain_words(reply.text) == plain_words(without.text):
        return failed("dropped: same cost and same answer as without the picture")
    return effect(server, reply, without)


def in_role(role: str) -> Callable[[Server], Outcome]:
    """Return the check of a picture in a system or assistant message."""

    def run(server: Server) -> Outcome:
        def conversation(*parts: Picture) -> list[Any]:
            turns = [{"role": role, "content": content(["Here is a picture.", *parts])}]
            if role == "assistant":
                turns.insert(0, {"role": "user", "content": "Show me a picture."})
            return [*turns, {"role": "user", "content": DESCRIBE}]

        return judge_effect(server, conversation(encode(scene())), conversation())

    return run


def unknown_part(server: Server) -> Outcome:
    """A part of another API is seen or refused."""
    part = {"type": "image", "source": {"type": "base64", "data": encode(scene()).url.partition(",")[2]}}
    reply = server.chat(DESCRIBE, part)
    if reply.status != 200:
        return refusal(reply)
    seen = effect(server, reply, server.about(None, DESCRIBE))
    return passed("taken as a picture") if seen.verdict == "pass" else failed("200: the part is ignored")


def one_of_two(server: Server) -> Outcome:
    """A broken picture beside a good one fails the request."""
    reply = server.chat(DESCRIBE, encode(scene()), Picture(NOISE))
    return refusal(reply, otherwise="the broken one of two pictures is dropped")


def truncated(server: Server) -> Outcome:
    """Half a JPEG is seen as far as it goes, or refused."""
    data = encode(scene(), "JPEG", quality=95).data
    reply = send_broken(server, Picture(data[: len(data) // 2], "image/jpeg"))
    if reply.status != 200:
        return refusal(reply)
    return effect(server, reply, server.about(None, DESCRIBE))


def unknown_field(server: Server) -> Outcome:
    """A field that does not exist is refused."""
    return refusal(server.chat("Hello", no_such_field=1), (400, 422), otherwise="an unknown field is ignored")


def unknown_image_field(server: Server) -> Outcome:
    """A misspelt key beside `url` is refused."""
    reply = server.chat(DESCRIBE, image_part(encode(scene()).url, detial="low"))
    return refusal(reply, (400, 422), otherwise='"detial" is ignored')


def audio(server: Server) -> Outcome:
    """Audio, which vision servers rarely hear, is heard or refused."""
    part = {"type": "input_audio", "input_audio": {"data": "UklGRg==", "format": "wav"}}
    reply = server.chat("What is said?", part)
    if reply.status != 200:
        return refusal(reply)
    without = server.chat("What is said?")
    if prompt_tokens(reply) > prompt_tokens(without):
        return not_applicable("the sound costs tokens: this server takes audio")
    return failed("200: the sound is ignored")


def _broken(url: Callable[[], str]) -> Callable[[Server], Outcome]:
    return lambda server: refusal(server.chat(DESCRIBE, image_part(url())), otherwise=ANSWERED)


CHECKS = (
    Check(
        "drops.picture_is_seen",
        "a picture has an effect",
        "everything else rests on it",
        Severity.critical,
        picture_is_seen,
        ("T01",),
    ),
    *(
        Check(f"drops.{name}", f"{what} is refused", why, severity, _broken(url), contract)
        for name, (what, why, severity, url, contract) in BROKEN.items()
    ),
    Check(
        "drops.one_of_two",
        "a broken picture beside a good one is refused",
        "it is answered for",
        Severity.critical,
        one_of_two,
        ("peers 5.3",),
    ),
    Check(
        "drops.truncated", "half a JPEG is seen or refused", "uploads break off", Severity.major, truncated, ("T30",)
    ),
    Check(
        "drops.system_role",
        "a picture in a system message is seen or refused",
        "the guide sends pictures there",
        Severity.major,
        in_role("system"),
        ("T19",),
    ),
    Check(
        "drops.assistant_role",
        "a picture in an assistant message is seen or refused",
        "the guide sends pictures there",
        Severity.major,
        in_role("assistant"),
        ("T18",),
    ),
    Check(
        "drops.unknown_part",
        "a part of another API is seen or refused",
        "code is ported from other APIs",
        Severity.critical,
        unknown_part,
        ("T39",),
    ),
    Check("drops.audio", "a sound is heard or refused", "it is answered for", Severity.minor, audio, ("contract 1.4",)),
    Check(
        "drops.unknown_field",
        "an unknown field is refused",
        "a typo must not change nothing",
        Severity.minor,
        unknown_field,
        ("T46",),
    ),
    Check(
        "drops.unknown_image_field",
        "a misspelt key of an image is refused",
        "a typo must not change nothing",
        Severity.minor,
        unknown_image_field,
        ("T46",),
    ),
)
