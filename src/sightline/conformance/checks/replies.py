"""Replies: the object that clients take apart."""

from __future__ import annotations

from sightline.conformance.check import Check, Outcome, Severity, failed, passed
from sightline.conformance.pictures import encode, scene
from sightline.conformance.seeing import DESCRIBE
from sightline.conformance.server import Server

REASONS = ("stop", "length", "tool_calls", "content_filter", "function_call")


def form(server: Server) -> Outcome:
    """The reply has every key that OpenAI's types call required."""
    reply = server.about(encode(scene()), DESCRIBE)
    if reply.status != 200:
        return failed(reply.summary)
    absent = [key for key in ("id", "object", "created", "model", "choices") if reply.value.get(key) is None]
    if absent:
        return failed(f"absent: {', '.join(absent)}")
    if reply.value["object"] != "chat.completion":
        return failed(f"object is {reply.value['object']!r}")
    if not reply.choices or reply.choices[0].get("index") != 0:
        return failed("the first choice has not index 0")
    role = (reply.choices[0].get("message") or {}).get("role")
    return passed("id, object, created, model, choices") if role == "assistant" else failed(f"role is {role!r}")


def finish_reason(server: Server) -> Outcome:
    """The reply says why it ended."""
    reply = server.about(encode(scene()), DESCRIBE)
    reason = reply.finish_reason
    return passed(repr(reason)) if reason in REASONS else failed(f"{reason!r} is none of OpenAI's reasons")


def usage(server: Server) -> Outcome:
    """The usage is there and adds up."""
    reply = server.about(encode(scene()), DESCRIBE)
    prompt, completion, total = (reply.usage(f"{name}_tokens") for name in ("prompt", "completion", "total"))
    if prompt is None or completion is None or total is None:
        return failed("no usage, or figures are absent")
    line = f"{prompt} + {completion} = {total}"
    return passed(line) if prompt + completion == total else failed(line)


def models(server: Server) -> Outcome:
    """The list of models has the one that answers."""
    reply = server.client.get("/models")
    data = reply.value.get("data")
    if reply.status != 200 or not isinstance(data, list):
        return failed(f"no list, {reply.summary}")
    ids = [entry.get("id") for entry in data if isinstance(entry, dict)]
    return passed(f"{len(ids)} listed") if server.model in ids else failed(f"{server.model} is not among {ids[:4]}")


CHECKS = (
    Check(
        "replies.form",
        "a reply has the keys that SDKs need",
        "attributes are missing later",
        Severity.critical,
        form,
        ("contract 2.1",),
    ),
    Check(
        "replies.finish_reason",
        "a reply says why it ended",
        "cut answers look whole",
        Severity.major,
        finish_reason,
        ("contract 2.1",),
    ),
    Check(
        "replies.usage",
        "usage is there and adds up",
        "bills are made from it",
        Severity.major,
        usage,
        ("contract 2.1",),
    ),
    Check(
        "replies.models",
        "GET /models lists the model",
        "clients fill their menus with it",
        Severity.minor,
        models,
        ("T71",),
    ),
)
