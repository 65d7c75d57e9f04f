"""OpenAI's spelling of an older completion: one object, whole or as each piece of a stream."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from sightline.api.model_names import name_in_reply
from sightline.api.replies import FINGERPRINT, Envelope, usage_out
from sightline.chat import Answer
from sightline.types import FinishReason, Usage


@dataclass(frozen=True, slots=True)
class CompletionEnvelope:
    """What every piece of one reply shares."""

    envelope: Envelope

    @classmethod
    def of(cls, model: str, *, with_reading: bool) -> CompletionEnvelope:
        """Begin a reply about `model`, as the client named it."""
        return cls(Envelope(model, with_reading, id="cmpl-" + token_hex(16)))

    def completion(self, answer: Answer, text: str) -> dict[str, Any]:
        """Return the reply of a call that does not stream. `answer` is at its end."""
        whole = self.chunk(text, answer.finish_reason)
        return {**whole, "usage": usage_out(answer.usage()), "sightline": self.envelope.receipt(answer)}

    def chunk(self, text: str, finish_reason: FinishReason | None = None, **more: object) -> dict[str, Any]:
        """Return one piece."""
        choice = {"index": 0, "text": text, "logprobs": None, "finish_reason": finish_reason}
        return {**self._head(), "choices": [choice], **more}

    def usage_chunk(self, usage: Usage) -> dict[str, Any]:
        """Return the piece without choices that ends a stream with usage."""
        return {**self._head(), "choices": [], "usage": usage_out(usage)}

    def _head(self) -> dict[str, Any]:
        return {
            "id": self.envelope.id,
            "object": "text_completion",
            "created": self.envelope.created,
            "model": name_in_reply(self.envelope.model),
            "system_fingerprint": FINGERPRINT,
        }
