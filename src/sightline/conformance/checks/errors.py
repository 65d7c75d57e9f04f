"""Errors: the status says whose fault it is, the body is OpenAI's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sightline.conformance.check import Check, Outcome, Severity, failed, not_applicable, partial, passed
from sightline.conformance.client import Reply
from sightline.conformance.noticing import prompt_tokens, refusal
from sightline.conformance.pictures import Picture, encode, scene
from sightline.conformance.seeing import DESCRIBE
from sightline.conformance.server import COMPLETIONS, Server, image_part

BAD = (400, 422)
KEYS = ("message", "type", "param", "code")
LONG_WORDS = 12_000
DEEP = 5_000

FIELDS: dict[str, tuple[str, Mapping[str, Any], Severity, tuple[str, ...]]] = {
    "no_messages": ("a request without messages", {"messages": None}, Severity.major, ("T41",)),
    "empty_messages": ("an empty list of messages", {"messages": []}, Severity.major, ("T41",)),
    "no_role": ("a message without a role", {"messages": [{"content": "Hello"}]}, Severity.minor, ("S26",)),
    "unknown_role": (
        "a role that does not exist",
        {"messages": [{"role": "cat", "content": "Hello"}]},
        Severity.minor,
        ("S26",),
    ),
    "temperature_type": ("a temperature that is a word", {"temperature": "hot"}, Severity.minor, ("T47",)),
    "temperature_range": ("a temperature of -1", {"temperature": -1}, Severity.minor, ("T47",)),
    "max_tokens_range": ("max_tokens of -5", {"max_tokens": -5}, Severity.minor, ("C02",)),
    "n_range": ("n of 0", {"n": 0}, Severity.minor, ("T48",)),
    "top_p_range": ("top_p of 7", {"top_p": 7}, Severity.minor, ("C02",)),
    "stop_type": ("a stop that is a number", {"stop": 5}, Severity.minor, ("C02",)),
}  # what is wrong, what is sent, and the entries of the contract


def envelope(server: Server) -> Outcome:
    """An error has OpenAI's form."""
    reply = server.chat(DESCRIBE, Picture(b"not a picture"))
    if reply.status < 400:
        return not_applicable("a broken picture is no error here")
    if not reply.error:
        return failed(f"{reply.status} without an error object: {reply.body[:60].decode('utf-8', 'replace')}")
    absent = [key for key in KEYS if key not in reply.error]
    if not isinstance(reply.error.get("message"), str) or not reply.error["message"]:
        return failed(f"{reply.status}: the error has no message")
    return partial(f"absent: {', '.join(absent)}") if absent else passed("message, type, param and code are there")


def names_the_part(server: Server) -> Outcome:
    """Of three pictures, the error says which one is broken."""
    good = encode(scene())
    reply = server.chat(DESCRIBE, good, Picture(b"not a picture"), good)
    if not reply.is_refusal:
        return failed(f"not refused, {reply.summary}")
    told = f"{reply.error.get('param')} {reply.error.get('message')}"
    if "content[2]" in told or "content.2" in told:
        return passed(f"param {reply.error.get('param')!r}")
    return partial(f"refused, but which picture is not said: {reply.summary}")


def not_json(server: Server) -> Outcome:
    """A body that is not JSON."""
    return refusal(server.client.send("POST", COMPLETIONS, b'{"model": '), (400,))


def deep_json(server: Server) -> Outcome:
    """JSON nested thousands of levels deep."""
    body = b'{"model":"m","messages":' + b"[" * DEEP + b"]" * DEEP + b"}"
    outcome = refusal(server.client.send("POST", COMPLETIONS, body))
    return outcome if server.still_answers() else failed("the server no longer answers")


def wrong_field(change: Mapping[str, Any]) -> Callable[[Server], Outcome]:
    """Return the check of a request that is right but for `change`."""

    def run(server: Server) -> Outcome:
        body = {**server.body([{"role": "user", "content": "Hello"}]), **change}
        reply = server.client.post(COMPLETIONS, {name: value for name, value in body.items() if value is not None})
        return refusal(reply, BAD, otherwise="taken")

    return run


def no_model(server: Server) -> Outcome:
    """A request without a model."""
    body = {"messages": [{"role": "user", "content": "Hello"}], "max_tokens": 1}
    return refusal(server.client.post(COMPLETIONS, body), BAD, otherwise="some model answers")


def unknown_model(server: Server) -> Outcome:
    """A model that the server does not have."""
    return refusal(
        server.chat("Hello", model="no-such-model-7", max_tokens=1), (404,), otherwise="another model answers"
    )


def unknown_route(server: Server) -> Outcome:
    """A path that does not exist."""
    reply = server.client.post("/no-such-route", {})
    outcome = refusal(reply, (404,))
    if outcome.verdict == "pass" and not reply.error:
        return partial(f"{reply.status} without an error object")
    return outcome


def too_long(server: Server) -> Outcome:
    """Twelve thousand words: all of them are read, or the request is refused."""
    reply = server.chat("word " * LONG_WORDS, max_tokens=1)
    if reply.status != 200:
        return refusal(reply, BAD)
    tokens = prompt_tokens(reply)
    if tokens < 0:
        return not_applicable("answered; usage does not say how much was read")
    line = f"{tokens} prompt tokens for {LONG_WORDS} words"
    return passed(line) if tokens >= 0.9 * LONG_WORDS else failed(f"cut in silence: {line}")


def key_needed(server: Server) -> Outcome:
    """Without the key, and with a wrong one, nothing is answered."""
    if not server.client.has_key:
        return not_applicable("run with --api-key")
    body = server.body([{"role": "user", "content": "Hello"}], max_tokens=1)
    replies: dict[str, Reply] = {
        "no key": server.client.post(COMPLETIONS, body, key=""),
        "a wrong key": server.client.post(COMPLETIONS, body, key="sk-wrong-000000"),
    }
    line = ", ".join(f"{name}: {reply.summary}" for name, reply in replies.items())
    if any(reply.status == 200 for reply in replies.values()):
        return failed(line)
    return passed(line) if all(reply.status == 401 for reply in replies.values()) else partial(line)


def unknown_detail_path(server: Server) -> Outcome:
    """An image object without a URL."""
    return refusal(server.chat(DESCRIBE, {"type": "image_url", "image_url": {}}), BAD)


def local_file(server: Server) -> Outcome:
    """An FTP address."""
    return refusal(server.chat(DESCRIBE, image_part("ftp://no-such-host.invalid/a.png")))


CHECKS = (
    Check(
        "errors.envelope",
        "an error has message, type, param and code",
        "SDKs read them",
        Severity.major,
        envelope,
        ("contract 3.1",),
    ),
    Check(
        "errors.names_the_part",
        "an error says which of three pictures is broken",
        "callers must know which to fix",
        Severity.minor,
        names_the_part,
        ("contract 3.3",),
    ),
    Check(
        "errors.not_json", "a body that is not JSON is a 400", "SDKs repeat a 5xx", Severity.major, not_json, ("T44",)
    ),
    Check(
        "errors.deep_json",
        "deeply nested JSON is refused",
        "parsers overflow on it",
        Severity.major,
        deep_json,
        ("C01",),
    ),
    Check(
        "errors.no_model",
        "a request without a model is refused",
        "clients would not notice the typo",
        Severity.minor,
        no_model,
        ("T42",),
    ),
    Check(
        "errors.unknown_model",
        "an unknown model is a 404",
        "another model's answers under its name",
        Severity.major,
        unknown_model,
        ("T43",),
    ),
    *(
        Check(
            f"errors.{name}",
            f"{what} is refused",
            "what cannot be meant must not be guessed",
            severity,
            wrong_field(change),
            contract,
        )
        for name, (what, change, severity, contract) in FIELDS.items()
    ),
    Check(
        "errors.no_url",
        "an image without a URL is refused",
        "it is answered for",
        Severity.major,
        unknown_detail_path,
        ("T38",),
    ),
    Check("errors.ftp", "an FTP address is refused", "it is answered for", Severity.minor, local_file, ("T31",)),
    Check(
        "errors.unknown_route",
        "an unknown path is a 404 with an error object",
        "SDKs parse it",
        Severity.minor,
        unknown_route,
        ("T83",),
    ),
    Check(
        "errors.too_long",
        "a prompt that is too long is refused, not cut",
        "a cut prompt answers another question",
        Severity.critical,
        too_long,
        ("T54",),
    ),
    Check(
        "errors.key_needed",
        "without the key nothing is answered",
        "an open server on a network",
        Severity.critical,
        key_needed,
        ("T45",),
    ),
)
