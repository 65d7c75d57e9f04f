"""How an answer's calls are spelled: as `tool_calls`, or as the one `function_call` of 2023."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import token_hex
from typing import Any, Literal

from sightline.chat import MadeCall
from sightline.types import CallPiece, FinishReason

WireReason = Literal["stop", "length", "tool_calls", "function_call"]


@dataclass(frozen=True, slots=True)
class CallForm:
    """What the request asked for. OpenAI ends an answer that was told which function to call with `stop`."""

    legacy: bool = False
    is_named: bool = False
    must_call: bool = False

    def reason(self, reason: FinishReason | None) -> WireReason | None:
        """Spell why an answer ended."""
        if reason != "tool_calls":
            return reason
        if self.is_named:
            return "stop"
        return "function_call" if self.legacy else "tool_calls"

    def opening(self) -> dict[str, Any]:
        """Return the first delta of a stream, which alone says the role."""
        return {"role": "assistant", "content": None if self.must_call else "", "refusal": None}

    def in_message(self, calls: list[MadeCall]) -> dict[str, Any]:
        """Return the key that a message has besides its content: none without a call."""
        if not calls:
            return {}
        if self.legacy:
            return {"function_call": _function(calls[0])}
        return {"tool_calls": [{"id": new_id(), "type": "function", "function": _function(call)} for call in calls]}

    def in_delta(self, piece: CallPiece) -> dict[str, Any]:
        """Return the delta of a piece. Id, type and name come once: clients join what is repeated."""
        function = {"name": piece.name, "arguments": piece.arguments} if piece.name else {"arguments": piece.arguments}
        if self.legacy:
            return {"function_call": function}
        head = {"id": new_id(), "type": "function"} if piece.name else {}
        return {"tool_calls": [{"index": piece.index, **head, "function": function}]}


PLAIN = CallForm()


def new_id() -> str:
    """Return the id of a call."""
    return "call_" + token_hex(12)


def _function(call: MadeCall) -> dict[str, str]:
    return {"name": call.name, "arguments": call.arguments}
