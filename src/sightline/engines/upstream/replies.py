"""From the chunks of another server's answer to our deltas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sightline.errors import InvalidRequest, UpstreamFault
from sightline.types import CallPiece, ChosenToken, Delta, EngineTokens, FinishReason, Sampling, TokenChance

REASONS: Mapping[str, FinishReason] = {
    "stop": "stop",
    "length": "length",
    "tool_calls": "tool_calls",
    "function_call": "tool_calls",
}
NO_LOGPROBS = "Unsupported parameter: 'logprobs' is not given by the server that this model runs on."
WITHHELD = "The server that this model runs on withheld its answer: its filter took it for unsafe."


class ReplyReader:
    """Reads one answer. `n_prompt_guess` stands in for the prompt's tokens if the server does not count them."""

    def __init__(self, sampling: Sampling, n_prompt_guess: int) -> None:
        self._wants_chances = sampling.top_logprobs is not None
        self._n_others = sampling.top_logprobs or 0
        self._n_prompt_guess = n_prompt_guess
        self._n_pieces = 0
        self._reason: FinishReason | None = None
        self._usage: Mapping[str, Any] = {}
        self._call_places: dict[int, int] = {}  # the server's index of a call -> ours, from 0 without a gap

    def read(self, chunk: Mapping[str, Any]) -> Iterator[Delta]:
        """Yield what a chunk says, but not that the answer is over: its usage may still come.

        Raises:
            InvalidRequest: If the server withheld the answer or does not give probabilities that were asked for.
            UpstreamFault: If the chunk is not of OpenAI's form.
        """
        if isinstance(chunk.get("usage"), Mapping):
            self._usage = chunk["usage"]
        try:
            for choice in chunk.get("choices") or ():
                yield from self._of_choice(choice)
        except (AttributeError, KeyError, TypeError, ValueError):
            raise UpstreamFault("a chunk of the upstream is not of OpenAI's form") from None

    def last(self) -> Delta:
        """Return the piece that ends the answer, with the server's count of tokens.

        Raises:
            UpstreamFault: If the server did not say that the answer is over.
        """
        if self._reason is None:
            raise UpstreamFault("the upstream ended without a finish reason")
        return Delta(finish_reason=self._reason, counted=self._counted())

    def _of_choice(self, choice: Mapping[str, Any]) -> Iterator[Delta]:
        delta = choice.get("delta") or {}
        text = _text(delta.get("content")) + _text(delta.get("refusal"))
        tokens = self._tokens(choice.get("logprobs"))
        if text and self._wants_chances and not tokens:
            raise InvalidRequest(NO_LOGPROBS, param="logprobs", code="unsupported_parameter")
        if text or tokens:
            self._n_pieces += 1
            yield Delta(text, max(1, len(tokens)), tokens=tokens)
        for call in delta.get("tool_calls") or ():
            yield from self._of_call(call)
        self._end(choice.get("finish_reason"))

    def _of_call(self, call: Mapping[str, Any]) -> Iterator[Delta]:
        """Yield the piece of a call. Its name comes once, however often the server says it."""
        index, function = call.get("index", 0), call.get("function") or {}
        name = "" if index in self._call_places else _text(function.get("name"))
        if index not in self._call_places:
            if not name:
                raise UpstreamFault("the upstream calls a function without a name")
            self._call_places[index] = len(self._call_places)
        self._n_pieces += 1
        yield Delta(n_tokens=1, call=CallPiece(self._call_places[index], name, _text(function.get("arguments"))))

    def _end(self, reason: object) -> None:
        if reason is None:
            return
        if reason == "content_filter":
            raise InvalidRequest(WITHHELD, code="content_filter")
        if not isinstance(reason, str) or reason not in REASONS:
            raise UpstreamFault("the upstream ended for a reason that is none of OpenAI's")
        self._reason = "tool_calls" if self._call_places and reason == "stop" else REASONS[reason]

    def _tokens(self, logprobs: Any) -> tuple[ChosenToken, ...]:
        if not self._wants_chances or not logprobs:
            return ()
        return tuple(
            ChosenToken(_bytes(each), float(each["logprob"]), self._others(each.get("top_logprobs") or ()))
            for each in logprobs.get("content") or ()
        )

    def _others(self, others: Sequence[Mapping[str, Any]]) -> tuple[TokenChance, ...]:
        return tuple(TokenChance(_bytes(each), float(each["logprob"])) for each in others[: self._n_others])

    def _counted(self) -> EngineTokens:
        counts = [self._usage.get(key) for key in ("prompt_tokens", "completion_tokens")]
        if all(isinstance(count, int) and count >= 0 for count in counts):
            return EngineTokens(int(counts[0] or 0), int(counts[1] or 0))
        return EngineTokens(self._n_prompt_guess, self._n_pieces, is_estimate=True)


def _text(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError
    return value


def _bytes(token: Mapping[str, Any]) -> bytes:
    data = token.get("bytes")
    return bytes(data) if isinstance(data, list) else _text(token["token"]).encode()
