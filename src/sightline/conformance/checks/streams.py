"""Streams: server-sent events that every client can read, and the same answer as without."""

from __future__ import annotations

import json
import time
from typing import Any

from sightline.conformance.check import Check, Outcome, Severity, failed, not_applicable, partial, passed
from sightline.conformance.client import Reply
from sightline.conformance.noticing import prompt_tokens, refusal
from sightline.conformance.pictures import Picture, encode, scene
from sightline.conformance.seeing import DESCRIBE, quoted
from sightline.conformance.server import COMPLETIONS, Server, content, image_part

DONE = "[DONE]"
LONG = "Count from one to twenty in words: one two three four five six seven eight nine ten and so on."
FEW_PIECES = 8
LEAVE_AFTER_BYTES = 1
SETTLE_S = 0.5  # until a server has noticed that its client is gone
CONSTANT = ("id", "created", "model", "object")


def stream(server: Server, *parts: Any, **more: Any) -> Reply:
    """Ask for a stream."""
    return server.chat(*parts, stream=True, **more)


def blocks(reply: Reply) -> list[str]:
    """Return the events as text, without the comments between them."""
    text = reply.body.decode("utf-8", "replace").replace("\r\n", "\n")
    lines = ("\n".join(line for line in block.split("\n") if not line.startswith(":")) for block in text.split("\n\n"))
    return [block for block in lines if block.strip()]


def chunks(reply: Reply) -> list[dict[str, Any]]:
    """Return the data of every event that is a JSON object."""
    found = []
    for block in blocks(reply):
        try:
            value = json.loads(block.partition("data:")[2])
        except ValueError:
            continue
        if isinstance(value, dict):
            found.append(value)
    return found


def deltas(reply: Reply) -> list[dict[str, Any]]:
    """Return what each chunk adds to the first choice."""
    choices = [
        choice for chunk in chunks(reply) for choice in chunk.get("choices") or [] if choice.get("index", 0) == 0
    ]
    return [choice.get("delta") or {} for choice in choices]


def joined(reply: Reply) -> str:
    """Return the streamed answer."""
    return "".join(delta.get("content") or "" for delta in deltas(reply))


def events(server: Server) -> Outcome:
    """Every event is a `data:` line of JSON; the last one is [DONE]."""
    reply = stream(server, "Hello")
    if reply.status != 200:
        return failed(reply.summary)
    kind = reply.headers.get("content-type", "no content type")
    found = blocks(reply)
    odd = [block for block in found if not block.startswith("data:") or "\n" in block]
    if odd:
        return failed(f"an event that is more or other than one data line: {odd[0]!r}")
    data = [block.removeprefix("data:").strip() for block in found]
    if len(chunks(reply)) < len([text for text in data if text != DONE]):
        return failed("an event whose data is not a JSON object")
    if not data or data[-1] != DONE:
        return failed("the stream does not end with data: [DONE]")
    if not kind.startswith("text/event-stream"):
        return partial(f"content type {kind}")
    return passed(f"{len(data)} events, {kind}")


def chunk_form(server: Server) -> Outcome:
    """Chunks share id, created and model, and the last one says why the answer ended."""
    reply = stream(server, "Hello")
    found = [chunk for chunk in chunks(reply) if chunk.get("choices")]
    if not found:
        return failed(f"no chunk with choices, {reply.summary}")
    changing = [name for name in CONSTANT if len({json.dumps(chunk.get(name)) for chunk in found}) > 1]
    absent = [name for name in CONSTANT if found[0].get(name) is None]
    if changing or absent:
        return failed(f"changes from chunk to chunk: {changing}; absent: {absent}")
    if found[0]["object"] != "chat.completion.chunk":
        return failed(f"object is {found[0]['object']!r}")
    reasons = [choice.get("finish_reason") for chunk in found for choice in chunk["choices"]]
    if [bool(reason) for reason in reasons].count(True) != 1:
        return failed(f"{sum(map(bool, reasons))} chunks have a finish_reason; one should")
    return passed(f"{len(found)} chunks of one id, finish_reason {next(filter(None, reasons))!r}")


def role_once(server: Server) -> Outcome:
    """The role comes once: clients join repeated strings."""
    reply = stream(server, LONG, max_tokens=12)
    roles = [delta["role"] for delta in deltas(reply) if delta.get("role")]
    if len(roles) > 1:
        return failed(f"the role comes {len(roles)} times: clients make {''.join(roles[:2])!r} of it")
    return passed("once, in the first chunk") if roles else partial("the role never comes")


def same_answer(server: Server) -> Outcome:
    """The pieces, joined, are the answer that does not stream."""
    parts = (DESCRIBE, encode(scene(1)))
    whole, again = server.chat(*parts), server.chat(*parts)
    if whole.status != 200 or whole.text != again.text:
        return not_applicable(f"two greedy answers differ, or none: {whole.summary}")
    reply = stream(server, *parts)
    if joined(reply) == whole.text:
        return passed(f"both {quoted(whole)}")
    return failed(f"whole {quoted(whole)}, streamed {joined(reply)[:48]!r}")


def in_pieces(server: Server) -> Outcome:
    """A longer answer comes in more than one piece."""
    reply = stream(server, LONG, max_tokens=40)
    pieces = [delta["content"] for delta in deltas(reply) if delta.get("content")]
    n_words = len(joined(reply).split())
    if n_words < FEW_PIECES:
        return not_applicable(f"the answer has {n_words} words")
    if len(pieces) == 1:
        return failed(f"{n_words} words in one piece")
    return passed(f"{n_words} words in {len(pieces)} pieces, the first after {reply.arrivals[0][0]:.2f} s")


def usage(server: Server) -> Outcome:
    """With include_usage the last chunk has the usage of the whole reply and no choices."""
    parts = (DESCRIBE, encode(scene()))
    reply = stream(server, *parts, stream_options={"include_usage": True})
    if reply.status != 200:
        return failed(reply.summary)
    found = [chunk for chunk in chunks(reply) if isinstance(chunk.get("usage"), dict)]
    if not found:
        return failed("asked for usage, none came")
    streamed, whole = found[-1]["usage"].get("prompt_tokens"), prompt_tokens(server.about(parts[1], DESCRIBE))
    if streamed != whole:
        return failed(f"prompt_tokens {streamed} in the stream, {whole} in the whole reply")
    if found[-1].get("choices") or len(found) > 1:
        return partial("usage is there, but not once, in a last chunk without choices")
    return passed(f"prompt_tokens {streamed} in both")


def error_first(server: Server) -> Outcome:
    """A picture that cannot be taken is refused before the stream begins."""
    reply = stream(server, DESCRIBE, image_part("data:image/png;base64,###"))
    if reply.status == 200 and b'"error"' in reply.body:
        return partial("200, and the error as an event of the stream")
    return refusal(reply, otherwise="streams an answer about a broken picture")


def options_alone(server: Server) -> Outcome:
    """`stream_options` without a stream is refused."""
    reply = server.chat("Hello", stream_options={"include_usage": True})
    return refusal(reply, (400, 422), otherwise="ignored")


def leaving(server: Server) -> Outcome:
    """A client that leaves in the middle does not keep others waiting."""
    body = server.body([{"role": "user", "content": content([LONG])}], stream=True, max_tokens=400)
    for _ in range(3):
        server.client.send("POST", COMPLETIONS, json.dumps(body).encode(), leave_after_bytes=LEAVE_AFTER_BYTES)
    time.sleep(SETTLE_S)
    reply = server.chat("Hello", max_tokens=1)
    return passed(f"the next answer came after {reply.seconds:.2f} s") if reply.status == 200 else failed(reply.summary)


def broken_stream(server: Server) -> Outcome:
    """A stream about bytes that are no picture is refused too."""
    return refusal(stream(server, DESCRIBE, Picture(b"not a picture")), otherwise="streams an answer about nothing")


CHECKS = (
    Check(
        "streams.events",
        "events are data lines, and [DONE] ends them",
        "clients drop events that have a name",
        Severity.critical,
        events,
        ("T55",),
    ),
    Check(
        "streams.chunks",
        "chunks share their id; one has the finish_reason",
        "SDKs raise without it",
        Severity.major,
        chunk_form,
        ("T55",),
    ),
    Check(
        "streams.role_once",
        "the role comes once",
        "SDKs join it to assistantassistant",
        Severity.minor,
        role_once,
        ("T59",),
    ),
    Check(
        "streams.same_answer",
        "the pieces joined are the whole answer",
        "two code paths drift apart",
        Severity.major,
        same_answer,
        ("design 2.6",),
    ),
    Check(
        "streams.in_pieces",
        "a long answer comes in pieces",
        "one piece at the end is no stream",
        Severity.major,
        in_pieces,
        ("T55",),
    ),
    Check("streams.usage", "include_usage brings the usage", "bills are made from it", Severity.major, usage, ("T56",)),
    Check(
        "streams.error_first",
        "broken base64 is refused before the stream",
        "an error inside a 200 is often missed",
        Severity.major,
        error_first,
        ("T58",),
    ),
    Check(
        "streams.broken_picture",
        "bytes that are no picture are refused before the stream",
        "the answer would be about nothing",
        Severity.major,
        broken_stream,
        ("T58",),
    ),
    Check(
        "streams.options_alone",
        "stream_options without stream is refused",
        "what is asked for must not be ignored",
        Severity.minor,
        options_alone,
        ("T57",),
    ),
    Check(
        "streams.leaving",
        "a client that leaves frees its place",
        "closed tabs would block a server",
        Severity.major,
        leaving,
        ("T61", "D04"),
    ),
)
