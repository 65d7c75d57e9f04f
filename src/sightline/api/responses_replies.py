"""OpenAI's spelling of a response: the object, and the events of a stream."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

from sightline.api.errors import FAULT
from sightline.api.model_names import name_in_reply
from sightline.api.replies import to_json
from sightline.api.responses_wire import ResponseRequestIn
from sightline.types import FinishReason, Usage

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ResponseEnvelope:
    """What every state of one response shares."""

    wire: ResponseRequestIn
    store: bool
    id: str = field(default_factory=lambda: "resp_" + token_hex(16))
    item_id: str = field(default_factory=lambda: "msg_" + token_hex(16))
    created_at: int = field(default_factory=lambda: int(time.time()))

    def begun(self) -> Json:
        """Return the response while nothing has been said."""
        return self._response("in_progress")

    def ended(self, text: str, reason: FinishReason | None, usage: Usage, receipt: Mapping[str, Any]) -> Json:
        """Return the response at its end: completed, or incomplete if a limit cut it."""
        cut = reason == "length"
        return self._response(
            "incomplete" if cut else "completed",
            incomplete_details={"reason": "max_output_tokens"} if cut else None,
            completed_at=None if cut else int(time.time()),
            output=[self.message(text, "incomplete" if cut else "completed")],
            usage=usage_out(usage),
            sightline=receipt,
        )

    def failed(self, text: str, usage: Usage) -> Json:
        """Return the response of a model that failed after it had begun; such a one is not kept."""
        output = [self.message(text, "incomplete")] if text else []
        error = {"code": "server_error", "message": FAULT}
        return self._response("failed", error=error, output=output, usage=usage_out(usage), store=False)

    def message(self, text: str | None, status: str) -> Json:
        """Return the one item of the output; without a text it has no part yet."""
        content = [] if text is None else [text_part(text)]
        return {"id": self.item_id, "type": "message", "status": status, "role": "assistant", "content": content}

    def _response(self, status: str, **more: object) -> Json:
        wire = self.wire
        told = wire.text.model_dump(exclude_none=True, by_alias=True) if wire.text else {}
        reasoning = wire.reasoning or {}
        return {
            "id": self.id,
            "object": "response",
            "created_at": self.created_at,
            "status": status,
            "background": False,
            "completed_at": None,
            "error": None,
            "incomplete_details": None,
            "instructions": wire.instructions,
            "max_output_tokens": wire.max_output_tokens,
            "max_tool_calls": wire.max_tool_calls,
            "model": name_in_reply(wire.model),
            "output": [],
            "parallel_tool_calls": wire.parallel_tool_calls is not False,
            "previous_response_id": wire.previous_response_id,
            "prompt_cache_key": wire.prompt_cache_key,
            "reasoning": {"effort": reasoning.get("effort"), "summary": reasoning.get("summary")},
            "safety_identifier": wire.safety_identifier,
            "service_tier": "default",
            "store": self.store,
            "temperature": 1.0 if wire.temperature is None else wire.temperature,
            "text": {"format": {"type": "text"}, "verbosity": "medium"} | told,
            "tool_choice": wire.tool_choice or "auto",
            "tools": [],
            "top_logprobs": 0,
            "top_p": 1.0 if wire.top_p is None else wire.top_p,
            "truncation": "disabled",
            "usage": None,
            "user": wire.user,
            "metadata": wire.metadata or {},
            **more,
        }


class Events:
    """Spells the events of one stream, numbered from 0."""

    def __init__(self, envelope: ResponseEnvelope) -> None:
        self._envelope = envelope
        self._n = 0

    def opening(self) -> bytes:
        """Return everything that comes before the first piece of text."""
        response, place = self._envelope.begun(), self._place()
        return b"".join(
            [
                self.event("response.created", response=response),
                self.event("response.in_progress", response=response),
                self.event(
                    "response.output_item.added", output_index=0, item=self._envelope.message(None, "in_progress")
                ),
                self.event("response.content_part.added", **place, part=text_part("")),
            ]
        )

    def delta(self, text: str) -> bytes:
        """Return one piece of text."""
        return self.event("response.output_text.delta", **self._place(), delta=text, logprobs=[])

    def closing(self, text: str, response: Json) -> bytes:
        """Return everything that comes after the last piece: `response` at its end."""
        place = self._place()
        return b"".join(
            [
                self.event("response.output_text.done", **place, text=text, logprobs=[]),
                self.event("response.content_part.done", **place, part=text_part(text)),
                self.event("response.output_item.done", output_index=0, item=response["output"][0]),
                self.event(f"response.{response['status']}", response=response),
            ]
        )

    def event(self, kind: str, **values: object) -> bytes:
        """Return one event: its name, and the same name and its number in the data."""
        data = to_json({"type": kind, "sequence_number": self._n, **values})
        self._n += 1
        return b"event: " + kind.encode() + b"\ndata: " + data + b"\n\n"

    def _place(self) -> Json:
        return {"item_id": self._envelope.item_id, "output_index": 0, "content_index": 0}


def text_part(text: str) -> Json:
    """Return the part of an output message that holds its text."""
    return {"type": "output_text", "text": text, "annotations": [], "logprobs": []}


def usage_out(usage: Usage) -> Json:
    """Return OpenAI's usage object, by the names of this API."""
    return {
        "input_tokens": usage.prompt_tokens,
        "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
        "output_tokens": usage.completion_tokens,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": usage.total_tokens,
    }
