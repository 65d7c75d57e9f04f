"""OpenAI's spelling of a response: the object, and the events of a stream."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

from sightline.api.errors import FAULT
from sightline.api.model_names import name_in_reply
from sightline.api.replies import to_json, token_out
from sightline.api.responses_convert import wants_logprobs
from sightline.api.responses_wire import ResponseRequestIn
from sightline.api.wire import Wire
from sightline.chat import Choice
from sightline.types import ChosenToken, Delta, Usage

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ResponseEnvelope:
    """What every state of one response shares."""

    wire: ResponseRequestIn
    store: bool
    id: str = field(default_factory=lambda: "resp_" + token_hex(16))
    stem: str = field(default_factory=lambda: token_hex(16))  # of the ids of its items
    created_at: int = field(default_factory=lambda: int(time.time()))

    def begun(self) -> Json:
        """Return the response while nothing has been said."""
        return self._response("in_progress")

    def ended(self, choice: Choice, usage: Usage, receipt: Mapping[str, Any]) -> Json:
        """Return the response at its end: completed, or incomplete if a limit cut it."""
        cut = choice.finish_reason == "length"
        return self._response(
            "incomplete" if cut else "completed",
            incomplete_details={"reason": "max_output_tokens"} if cut else None,
            completed_at=None if cut else int(time.time()),
            output=self.output(choice, "incomplete" if cut else "completed"),
            usage=usage_out(usage),
            sightline=receipt,
        )

    def failed(self, choice: Choice, usage: Usage) -> Json:
        """Return the response of a model that failed after it had begun; such a one is not kept."""
        output = self.output(choice, "incomplete") if choice.text or choice.calls else []
        error = {"code": "server_error", "message": FAULT}
        return self._response("failed", error=error, output=output, usage=usage_out(usage), store=False)

    def output(self, choice: Choice, status: str) -> list[Json]:
        """Return what was said, then what was called; only the last item can be cut. There is always one."""
        said = [self.message(text_part(choice.text, self.logprobs(choice.tokens)), "completed")]
        items = said if choice.text or not choice.calls else []
        items += [self.call(at, made.name, made.arguments, "completed") for at, made in enumerate(choice.calls)]
        return [*items[:-1], {**items[-1], "status": status}]

    def message(self, part: Json | None, status: str) -> Json:
        """Return the item that holds the text; nothing is in it yet without a part."""
        content = [] if part is None else [part]
        return {"id": "msg_" + self.stem, "type": "message", "status": status, "role": "assistant", "content": content}

    def call(self, at: int, name: str, arguments: str, status: str) -> Json:
        """Return the item of call `at`."""
        ids = {"id": f"fc_{self.stem}{at:02x}", "call_id": f"call_{self.stem}{at:02x}"}
        return {**ids, "type": "function_call", "status": status, "name": name, "arguments": arguments}

    def logprobs(self, tokens: Sequence[ChosenToken]) -> list[Json]:
        """Return how likely each token was, if that was asked for."""
        return [token_out(token) for token in tokens] if wants_logprobs(self.wire) else []

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
            "temperature": wire.temperature,
            "text": {"format": {"type": "text"}, "verbosity": "medium"} | told,
            "tool_choice": _as_sent(wire.tool_choice) or "auto",
            "tools": [_as_sent(tool) for tool in wire.tools or ()],
            "top_logprobs": wire.top_logprobs or 0,
            "top_p": 1.0 if wire.top_p is None else wire.top_p,
            "truncation": "disabled",
            "usage": None,
            "user": wire.user,
            "metadata": wire.metadata or {},
            **more,
        }


class Events:
    """Spells the events of one stream, numbered from 0. Its first piece opens an item; text is before calls."""

    def __init__(self, envelope: ResponseEnvelope) -> None:
        self._envelope = envelope
        self._n = 0
        self._open: list[Json] = []  # the items so far, each as it was opened

    def opening(self) -> bytes:
        """Return everything that comes before the first item."""
        response = self._envelope.begun()
        return self.event("response.created", response=response) + self.event("response.in_progress", response=response)

    def piece(self, delta: Delta) -> bytes:
        """Return a piece of text, or of a call; nothing for a piece that says nothing."""
        events = []
        if delta.text or delta.tokens:
            if not self._open:
                events.append(self._open_message())
            place, logprobs = self._place(0), self._envelope.logprobs(delta.tokens)
            events.append(
                self.event("response.output_text.delta", **place, content_index=0, delta=delta.text, logprobs=logprobs)
            )
        if delta.call is not None:
            if delta.call.name:
                n_calls = sum(item["type"] == "function_call" for item in self._open)
                events.append(self._open_item(self._envelope.call(n_calls, delta.call.name, "", "in_progress")))
            if delta.call.arguments:
                at = len(self._open) - 1
                events.append(
                    self.event("response.function_call_arguments.delta", **self._place(at), delta=delta.call.arguments)
                )
        return b"".join(events)

    def closing(self, response: Json) -> bytes:
        """Return everything that comes after the last piece: each item whole, and `response` at its end."""
        events = [] if self._open else [self._open_message()]
        events += [self._close_item(at, item) for at, item in enumerate(response["output"])]
        return b"".join([*events, self.event(f"response.{response['status']}", response=response)])

    def _open_message(self) -> bytes:
        added = self._open_item(self._envelope.message(None, "in_progress"))
        part = text_part("", [])
        return added + self.event("response.content_part.added", **self._place(0), content_index=0, part=part)

    def _open_item(self, item: Json) -> bytes:
        self._open.append(item)
        return self.event("response.output_item.added", output_index=len(self._open) - 1, item=item)

    def _close_item(self, at: int, item: Json) -> bytes:
        place = self._place(at)
        if item["type"] == "function_call":
            whole = {"name": item["name"], "arguments": item["arguments"]}
            done = [self.event("response.function_call_arguments.done", **place, **whole)]
        else:
            (part,) = item["content"]
            said = {"text": part["text"], "logprobs": part["logprobs"]}
            done = [
                self.event("response.output_text.done", **place, content_index=0, **said),
                self.event("response.content_part.done", **place, content_index=0, part=part),
            ]
        return b"".join([*done, self.event("response.output_item.done", output_index=at, item=item)])

    def event(self, kind: str, **values: object) -> bytes:
        """Return one event: its name, and the same name and its number in the data."""
        data = to_json({"type": kind, "sequence_number": self._n, **values})
        self._n += 1
        return b"event: " + kind.encode() + b"\ndata: " + data + b"\n\n"

    def _place(self, at: int) -> Json:
        return {"item_id": self._open[at]["id"], "output_index": at}


def text_part(text: str, logprobs: list[Json]) -> Json:
    """Return the part of an output message that holds its text."""
    return {"type": "output_text", "text": text, "annotations": [], "logprobs": logprobs}


def _as_sent(wire: Any) -> Any:
    """Return a part of the request as it was sent, without what was not."""
    return wire.model_dump(exclude_none=True) if isinstance(wire, Wire) else wire


def usage_out(usage: Usage) -> Json:
    """Return OpenAI's usage object, by the names of this API."""
    return {
        "input_tokens": usage.prompt_tokens,
        "input_tokens_details": {"cached_tokens": usage.cached_tokens, "cache_write_tokens": 0},
        "output_tokens": usage.completion_tokens,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": usage.total_tokens,
    }
