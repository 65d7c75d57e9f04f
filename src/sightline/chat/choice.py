"""One of the answers of a request, as it comes."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace

from sightline.chat.stop import StopFilter
from sightline.chat.tokens import Table
from sightline.chat.usage import completion_tokens
from sightline.types import CallPiece, ChosenToken, Delta, FinishReason, Sampling


@dataclass(slots=True)
class MadeCall:
    """A call that an answer makes, as far as it has come."""

    name: str
    arguments: str


class Choice:
    """Lets pieces out up to the first stop string, and remembers what was said."""

    def __init__(self, index: int, sampling: Sampling) -> None:
        self.index = index
        self.finish_reason: FinishReason | None = None
        self.repeats = False  # it was cut because it went round in a circle
        self.guess = ""  # what it says that it is not sure of
        self._max_tokens = sampling.max_tokens
        self._stop = StopFilter(sampling.stop)
        self._said: list[str] = []
        self._n_held = 0  # tokens whose text is still held back
        self.tokens: list[ChosenToken] = []
        self.calls: list[MadeCall] = []
        self._held_tokens: deque[ChosenToken] = deque()
        self._n_bytes = 0  # of text let out that no token in `tokens` stands for yet

    @property
    def text(self) -> str:
        """What has been let out so far."""
        return "".join(self._said)

    def take(self, delta: Delta) -> Delta | None:
        """Return what of a piece can be shown now, or `None` if nothing can yet."""
        self._n_held += delta.n_tokens
        self._held_tokens += delta.tokens
        text = self._stop.push(delta.text)
        reason = "stop" if self._stop.stopped else delta.finish_reason
        if reason is not None:
            text += self._stop.flush()
        if not text and reason is None and delta.call is None:
            return None
        self._said.append(text)
        if delta.call is not None:
            self._note(delta.call)
        self.finish_reason, self.repeats = reason, delta.repeats and not self._stop.stopped
        self.guess = delta.guess
        n_tokens, self._n_held = self._n_held, 0
        return Delta(text, n_tokens, reason, self.index, delta.call, self._tokens_of(text, reason is not None))

    def _note(self, piece: CallPiece) -> None:
        if piece.name:
            self.calls.append(MadeCall(piece.name, piece.arguments))
        else:
            self.calls[piece.index].arguments += piece.arguments

    def _tokens_of(self, text: str, is_last: bool) -> tuple[ChosenToken, ...]:
        """Return the tokens whose text is out. A stop string may cut the last: it ends with the text."""
        self._n_bytes += len(text.encode())
        out: list[ChosenToken] = []
        while self._held_tokens and len(self._held_tokens[0].data) <= self._n_bytes:
            out.append(self._held_tokens.popleft())
            self._n_bytes -= len(out[-1].data)
        if is_last and self._held_tokens and self._n_bytes:
            cut = self._held_tokens.popleft()
            out.append(replace(cut, data=cut.data[: self._n_bytes]))
        self.tokens += out
        return tuple(out)

    def n_tokens(self, table: Table) -> int:
        """Count what was said by `table`, never above the caller's own limit."""
        calls = "".join(call.name + call.arguments for call in self.calls)
        return completion_tokens(self.text + calls, table, self._max_tokens)
