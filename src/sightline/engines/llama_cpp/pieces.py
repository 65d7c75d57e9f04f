"""llama.cpp's chunks as the pieces of an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sightline.engines.native.calling import CallReader
from sightline.types import CallPiece, ChosenToken, Delta, FinishReason, TokenChance

LEAST_LOGPROB = -1e30  # llama.cpp may give minus infinity, which JSON has no word for


class Pieces:
    """Reads the chunks of one answer. With `must_call` the text is a call of our own grammar."""

    def __init__(self, *, must_call: bool, n_others: int | None) -> None:
        self._reader = CallReader() if must_call else None
        self._n_others = n_others
        self._n_tokens = 0
        self._has_begun = False
        self._has_called = must_call

    def read(self, chunk: Mapping[str, Any]) -> Iterator[Delta]:
        """Yield what a chunk holds; nothing if that is its frame alone."""
        for choice in chunk.get("choices", ()):
            fresh = self._fresh_tokens(chunk)
            tokens = self._tokens(choice)
            text = self._text(choice["delta"].get("content") or "")
            call = None if self._reader is None else self._reader.push(text)
            shown = text if self._reader is None else ""
            calls = [*self._calls(choice["delta"]), *([call] if call else [])]
            reason = self._reason(choice.get("finish_reason"))
            fresh -= bool(fresh and reason and reason != "length")  # the token that says the end is none of the answer
            for piece in calls:
                yield Delta(call=piece)
            if shown or tokens or fresh or reason:
                yield Delta(shown, fresh, reason, tokens=tokens)

    def _text(self, text: str) -> str:
        """Return the text; the space before the first word is the template's."""
        if text and not self._has_begun:
            self._has_begun = True
            return text.removeprefix(" ")
        return text

    def _fresh_tokens(self, chunk: Mapping[str, Any]) -> int:
        n_tokens = int(chunk.get("timings", {}).get("predicted_n", self._n_tokens))
        fresh, self._n_tokens = max(0, n_tokens - self._n_tokens), max(n_tokens, self._n_tokens)
        return fresh

    def _calls(self, delta: Mapping[str, Any]) -> list[CallPiece]:
        found = []
        for call in delta.get("tool_calls") or ():
            function = call.get("function", {})
            found.append(CallPiece(call.get("index", 0), function.get("name") or "", function.get("arguments") or ""))
        self._has_called = self._has_called or bool(found)
        return found

    def _reason(self, reason: str | None) -> FinishReason | None:
        if reason is None:
            return None
        if reason == "length":
            return "length"
        return "tool_calls" if self._has_called else "stop"

    def _tokens(self, choice: Mapping[str, Any]) -> tuple[ChosenToken, ...]:
        if self._n_others is None:
            return ()
        found = (choice.get("logprobs") or {}).get("content") or ()
        first = not self._has_begun
        return tuple(_chosen(token, self._n_others, is_first=first and not at) for at, token in enumerate(found))


def _chosen(token: Mapping[str, Any], n_others: int, *, is_first: bool) -> ChosenToken:
    others = (TokenChance(_data(each, is_first), _logprob(each)) for each in token.get("top_logprobs", ())[:n_others])
    return ChosenToken(_data(token, is_first), _logprob(token), tuple(others))


def _data(token: Mapping[str, Any], is_first: bool) -> bytes:
    data = bytes(token["bytes"])
    return data.removeprefix(b" ") if is_first else data


def _logprob(token: Mapping[str, Any]) -> float:
    value = token.get("logprob")
    return LEAST_LOGPROB if value is None else max(LEAST_LOGPROB, float(value))
