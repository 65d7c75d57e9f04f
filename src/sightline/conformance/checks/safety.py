"""Safety: bombs are refused, private addresses and files stay private, errors say nothing of the inside.

The bombs only claim to be large, and the one address that is asked for is the kit's own. A server that checks nothing
may still end on a bomb: that is the finding.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from sightline.conformance.canary import Canary, listening, private_address_towards
from sightline.conformance.check import Check, Outcome, Severity, failed, not_applicable, partial, passed
from sightline.conformance.checks.structured import json_schema
from sightline.conformance.client import NoAnswer, Reply
from sightline.conformance.noticing import refusal
from sightline.conformance.pictures import (
    Picture,
    encode,
    gif_bomb,
    jpeg_bomb,
    plain,
    png_bomb,
    scene,
    webp_bomb,
)
from sightline.conformance.seeing import DESCRIBE
from sightline.conformance.server import Server, image_part

BOMB_LIMIT_S = 15.0
ELSEWHERE = "this machine has a public address on the way there: no private one to try"
SPELLINGS = ("localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::ffff:127.0.0.1]", "0.0.0.0")  # noqa: S104
SECOND_LOOPBACK = "127.0.0.2"
LEAKS = re.compile(r"Traceback|File \"|/site-packages/|/home/|\bat 0x[0-9a-f]{6,}|\w+Error\(|\.(?:py|cpp|go):\d+")
MARKERS = "<image> <|im_start|>system <|image_pad|> <__media__> [IMG] <|vision_start|> <end_of_utterance> </s>"


def bomb(make: Callable[[], Picture]) -> Callable[[Server], Outcome]:
    """Return the check of one bomb: refused in time, and the server goes on."""

    def run(server: Server) -> Outcome:
        picture = make()
        size = f"{len(picture.data) / 1024:.1f} KiB"
        try:
            reply = server.client.post(
                "/chat/completions", _about(server, picture.url), timeout_s=max(BOMB_LIMIT_S, server.client.timeout_s)
            )
        except NoAnswer as error:
            return failed(f"{size}: {error.message}")
        if not server.still_answers():
            return failed(f"{size}: afterwards a plain question is not answered")
        outcome = refusal(reply, otherwise="taken as a picture")
        if outcome.verdict == "pass" and reply.seconds > BOMB_LIMIT_S:
            return failed(f"{size}: refused only after {reply.seconds:.0f} s")
        return outcome

    return run


def _about(server: Server, url: str) -> dict[str, object]:
    parts = [{"type": "text", "text": DESCRIBE}, image_part(url)]
    return server.body([{"role": "user", "content": parts}])


def loopback(server: Server) -> Outcome:
    """A picture on the kit's own machine is not fetched."""
    address = private_address_towards(server.client.host, server.client.port)
    if address is None:
        return not_applicable(ELSEWHERE)
    with listening(_own(address), encode(scene())) as canary:
        reply = server.chat(DESCRIBE, image_part(canary.url("canary.png", _bracketed(address))))
        return _fetched(server, canary, reply, "a private address")


def _fetched(server: Server, canary: Canary, reply: Reply, what: str) -> Outcome:
    if canary.hits and server.loopback_is_allowed:
        return not_applicable(f"{what} was fetched, as --allow-loopback-fetch says it may")
    if canary.hits:
        return failed(f"{what} was fetched: {reply.summary} (--allow-loopback-fetch if that is meant)")
    if reply.status < 400:
        return failed(f"not fetched, but answered {reply.status} all the same")
    return passed(f"not fetched, {reply.summary}") if reply.is_refusal else failed(f"not fetched, {reply.summary}")


def spellings(server: Server) -> Outcome:
    """Nor is it under the other names of loopback."""
    address = private_address_towards(server.client.host, server.client.port)
    if address is None or not address.startswith("127."):
        return not_applicable("the server is on another machine")
    if server.loopback_is_allowed:
        return not_applicable("fetching from loopback is allowed (--allow-loopback-fetch)")
    through, answered = [], []
    for spelling in SPELLINGS:
        with listening("127.0.0.1", encode(scene())) as canary:
            reply = server.chat(DESCRIBE, image_part(canary.url("canary.png", spelling)))
            through += [spelling] if canary.hits else []
            answered += [f"{spelling} ({reply.status})"] if not reply.is_refusal else []
    if through:
        return failed(f"fetched as {', '.join(through)}")
    if answered:
        return failed(f"not fetched, but not refused: {', '.join(answered)}")
    return passed(f"not fetched as {', '.join(SPELLINGS)}")


def redirect(server: Server) -> Outcome:
    """A redirect does not lead to an address that would be refused by itself."""
    address = private_address_towards(server.client.host, server.client.port)
    if address is None:
        return not_applicable(ELSEWHERE)
    try:
        with (
            listening(SECOND_LOOPBACK, encode(scene())) as target,
            listening(_own(address), encode(scene()), target.url("private.png")) as door,
        ):
            reply = server.chat(DESCRIBE, image_part(door.url("moved.png", _bracketed(address))))
            if target.hits:
                return failed(f"followed to {SECOND_LOOPBACK}, {reply.summary}")
            if reply.status < 400:
                return failed(f"not followed, but answered {reply.status} all the same")
            return passed("asked once, not followed" if door.hits else f"not even asked, {reply.summary}")
    except OSError:
        return not_applicable(f"this machine has no second loopback address {SECOND_LOOPBACK}")


def _own(address: str) -> str:
    return "127.0.0.1" if address in ("::1", "127.0.0.1") else address


def _bracketed(address: str) -> str:
    own = _own(address)
    return f"[{own}]" if ":" in own else own


def local_file(server: Server) -> Outcome:
    """A file of the server's machine is not read, by URL or by path."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "private.png")
        path.write_bytes(encode(scene()).data)
        replies = {name: server.chat(DESCRIBE, image_part(url)) for name, url in _names_of(path).items()}
    taken = [name for name, reply in replies.items() if reply.status == 200]
    if taken:
        return failed(f"answered 200: {', '.join(taken)}")
    faults = [f"{name} ({reply.summary})" for name, reply in replies.items() if not reply.is_refusal]
    if faults:
        return failed(f"a fault instead of a refusal: {', '.join(faults)}")
    return passed(f"refused: {', '.join(replies)}")


def _names_of(path: Path) -> dict[str, str]:
    return {"file URL": path.as_uri(), "path": str(path)}


def schema_reference(server: Server) -> Outcome:
    """A schema's reference to another machine is not fetched."""
    address = private_address_towards(server.client.host, server.client.port) or "127.0.0.1"
    with listening(_own(address), plain((8, 8))) as canary:
        schema = {"$ref": canary.url("schema.json", _bracketed(address))}
        reply = server.chat("Hello", response_format=json_schema(schema), max_tokens=8)
        if canary.hits:
            return failed(f"fetched, {reply.summary}")
    if reply.status >= 500:
        return failed(f"a fault, {reply.summary}")
    return passed(f"not fetched, {reply.summary}")


def markers(server: Server) -> Outcome:
    """A model's own markers, typed as text, change nothing: no fault, and no picture counted for them."""
    picture = encode(scene())
    plain_reply, reply = server.chat(DESCRIBE, picture), server.chat(f"{DESCRIBE} {MARKERS}", picture)
    if not server.still_answers():
        return failed("afterwards a plain question is not answered")
    if reply.status >= 500:
        return failed(f"a fault, {reply.summary}")
    if reply.status != 200:
        return partial(f"refused, {reply.summary}")
    more = (reply.usage("prompt_tokens") or 0) - (plain_reply.usage("prompt_tokens") or 0)
    return passed(f"answered; the markers cost {more} tokens, as text")


def leaks(server: Server) -> Outcome:
    """Errors repeat no traceback, path or memory address."""
    pictures = (Picture(b"not a picture"), png_bomb(), Picture(encode(scene(), "JPEG").data[:700], "image/jpeg"))
    replies = [server.chat(DESCRIBE, picture) for picture in pictures]
    replies += [server.chat(DESCRIBE, image_part(url)) for url in ("hello", "data:image/png;base64,###")]
    errors = [reply.body.decode("utf-8", "replace") for reply in replies if reply.status >= 400]
    if not errors:
        return not_applicable("no broken picture is an error here")
    for text in errors:
        if found := LEAKS.search(text):
            around = text[max(0, found.start() - 30) : found.end() + 40]
            return failed(f"an error shows the inside: {around}")
    return passed(f"{len(errors)} errors without traceback, path or address")


PRIVATE = "a server that fetches for strangers opens its own network to them (SSRF)"
BOMB = "a few KB must not take gigabytes"
CHECKS = (
    Check(
        "safety.png_bomb",
        "a small PNG of 30000 x 30000 px is refused",
        BOMB,
        Severity.critical,
        bomb(png_bomb),
        ("T36", "A03"),
    ),
    Check(
        "safety.jpeg_bomb",
        "a small JPEG of 65000 x 65000 px is refused",
        BOMB,
        Severity.critical,
        bomb(jpeg_bomb),
        ("A03",),
    ),
    Check(
        "safety.gif_bomb",
        "a small GIF of 65000 x 65000 px is refused",
        BOMB,
        Severity.critical,
        bomb(gif_bomb),
        ("A03",),
    ),
    Check(
        "safety.webp_bomb",
        "a small WebP of 16384 x 16384 px is refused",
        BOMB,
        Severity.critical,
        bomb(webp_bomb),
        ("A03",),
    ),
    Check(
        "safety.private_address",
        "a private address is not fetched from",
        PRIVATE,
        Severity.critical,
        loopback,
        ("T35", "B01"),
    ),
    Check(
        "safety.spellings",
        "a private address under another spelling is not fetched from",
        PRIVATE,
        Severity.critical,
        spellings,
        ("B01",),
    ),
    Check(
        "safety.redirect",
        "a redirect to a private address is not followed",
        PRIVATE,
        Severity.critical,
        redirect,
        ("T35", "B02"),
    ),
    Check(
        "safety.local_file",
        "a file of the server is not read",
        "any client could read any picture on the disk",
        Severity.critical,
        local_file,
        ("T31",),
    ),
    Check(
        "safety.schema_reference",
        "a schema's reference is not fetched",
        PRIVATE,
        Severity.critical,
        schema_reference,
        ("B12",),
    ),
    Check(
        "safety.markers",
        "a model's markers typed as text do no harm",
        "they have crashed engines",
        Severity.major,
        markers,
        ("C04",),
    ),
    Check(
        "safety.leaks",
        "errors show nothing of the inside",
        "paths and addresses help an attacker",
        Severity.major,
        leaks,
        ("security 0.12",),
    ),
)
