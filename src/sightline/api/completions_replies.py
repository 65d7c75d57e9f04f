"""OpenAI's spelling of an older completion: one object, whole or as each piece of a stream."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from sightline.api.completions_convert import CompletionCall
from sightline.api.model_names import name_in_reply
from sightline.api.replies import FINGERPRINT, LEAST_LOGPROB, Envelope, usage_out
from sightline.chat import Answer, Choice
from sightline.types import ChosenToken, FinishReason, Usage


@dataclass(frozen=True, slots=True)
class CompletionEnvelope:
    """What every piece of one reply shares."""

    envelope: Envelope
    call: CompletionCall

    @classmethod
    def of(cls, call: CompletionCall, *, with_reading: bool) -> CompletionEnvelope:
        """Begin the reply to a call."""
        return cls(Envelope(call.chat.request.model, with_reading, id="cmpl-" + token_hex(16)), call)

    def completion(self, answer: Answer) -> dict[str, Any]:
        """Return the reply of a call that does not stream. `answer` is at its end."""
        told = likeliest(answer.choices, self.call.n_told)
        choices = [
            self._choice(at, self.call.echoed + choice.text, choice.finish_reason, self.logprobs(choice.tokens))
            for at, choice in enumerate(told)
        ]
        usage, receipt = usage_out(answer.usage()), self.envelope.receipt(answer, told)
        return {**self._head(), "choices": choices, "usage": usage, "sightline": receipt}

    def chunk(
        self,
        index: int,
        text: str,
        finish_reason: FinishReason | None = None,
        logprobs: dict[str, Any] | None = None,
        **more: object,
    ) -> dict[str, Any]:
        """Return one piece of choice `index`."""
        return {**self._head(), "choices": [self._choice(index, text, finish_reason, logprobs)], **more}

    def usage_chunk(self, usage: Usage) -> dict[str, Any]:
        """Return the piece without choices that ends a stream with usage."""
        return {**self._head(), "choices": [], "usage": usage_out(usage)}

    def logprobs(self, tokens: Sequence[ChosenToken], first_offset: int = 0) -> dict[str, Any] | None:
        """Return the chances of `tokens` as four lists, or `None` if they are not wanted.

        `text_offset` counts characters of the answer; the first of these tokens begins at `first_offset`.
        """
        if not self.call.with_logprobs:
            return None
        offsets, said = [], b""
        for token in tokens:
            offsets.append(first_offset + len(said.decode(errors="ignore")))
            said += token.data
        return {
            "tokens": [_text(token.data) for token in tokens],
            "token_logprobs": [_logprob(token.logprob) for token in tokens],
            "top_logprobs": [_top(token) for token in tokens],
            "text_offset": offsets,
        }

    def _choice(
        self, index: int, text: str, finish_reason: FinishReason | None, logprobs: dict[str, Any] | None
    ) -> dict[str, Any]:
        return {"index": index, "text": text, "logprobs": logprobs, "finish_reason": finish_reason}

    def _head(self) -> dict[str, Any]:
        return {
            "id": self.envelope.id,
            "object": "text_completion",
            "created": self.envelope.created,
            "model": name_in_reply(self.envelope.model),
            "system_fingerprint": FINGERPRINT,
        }


def likeliest(choices: Sequence[Choice], n: int) -> list[Choice]:
    """Return the `n` answers with the highest mean log-probability of a token, best first; all of them as they came."""
    if n >= len(choices):
        return list(choices)
    return sorted(choices, key=_mean_logprob, reverse=True)[:n]


def _mean_logprob(choice: Choice) -> float:
    found = [_logprob(token.logprob) for token in choice.tokens]
    return sum(found) / len(found) if found else LEAST_LOGPROB


def _top(token: ChosenToken) -> dict[str, float]:
    """Return the likeliest tokens in this place, and the one that was chosen."""
    others = {_text(other.data): _logprob(other.logprob) for other in token.others}
    return {**others, _text(token.data): _logprob(token.logprob)}


def _text(data: bytes) -> str:
    return data.decode(errors="replace")


def _logprob(value: float) -> float:
    return max(value, LEAST_LOGPROB)
