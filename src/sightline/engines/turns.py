"""A conversation in OpenAI's form, with the calls it has had, for engines that speak it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sightline.engines.base import EngineMessage, SeenImage
from sightline.types import CallPart, TextPart

Json = dict[str, Any]
Content = str | list[Json]
Parts = Sequence[TextPart | SeenImage]


def turns_of(messages: Sequence[EngineMessage], content_of: Callable[[Parts], Content]) -> list[Json]:
    """Spell the turns; `content_of` spells what is no call. Calls of one turn that came as several stand together."""
    spelled: list[Json] = []
    unanswered: list[str] = []  # ids of calls, those of 2023 with one made up
    n_calls = 0
    for message in messages:
        calls = [_call(part, f"call_{at}") for at, part in enumerate(_calls(message), n_calls)]
        n_calls += len(calls)
        parts = [part for part in message.parts if not isinstance(part, CallPart)]
        turn: Json = {"role": message.role, "content": content_of(parts) if parts else ""}
        if message.name and message.role != "tool":
            turn["name"] = message.name
        if message.role == "tool":
            turn["tool_call_id"] = answered = message.call_id or (unanswered[0] if unanswered else "call_0")
            unanswered = [call_id for call_id in unanswered if call_id != answered]
        if calls:
            unanswered += [call["id"] for call in calls]
            if not parts and spelled and "tool_calls" in spelled[-1]:
                spelled[-1]["tool_calls"] += calls
                continue
            turn |= {"content": turn["content"] if parts else None, "tool_calls": calls}
        spelled.append(turn)
    return spelled


def _calls(message: EngineMessage) -> list[CallPart]:
    return [part for part in message.parts if isinstance(part, CallPart)]


def _call(part: CallPart, made_up: str) -> Json:
    function = {"name": part.name, "arguments": part.arguments}
    return {"id": part.call_id or made_up, "type": "function", "function": function}
