"""An answer under way: its pieces, its receipts, and afterwards its cost."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from types import TracebackType

from sightline.chat.choice import Choice
from sightline.chat.evidence import Evidence, find_evidence
from sightline.chat.gate import Ticket
from sightline.chat.tokens import Table
from sightline.chat.usage import cached_tokens
from sightline.engines.base import SeenImage
from sightline.errors import EngineFault
from sightline.images.picture import ImageReceipt
from sightline.model.calibration import Calibration
from sightline.reading.lines import Reading
from sightline.types import Delta, EngineTokens, FinishReason, Sampling, Usage

MAX_TOGETHER = 4  # choices that hold memory in the engine at once; the others wait for one to end
OUT_OF_TIME = Delta(finish_reason="length")  # the time an answer may take is a limit like any other


@dataclass(frozen=True, slots=True)
class Spent:
    """Where the time before the first piece went, in milliseconds."""

    load_ms: float
    prepare_ms: float
    first_ms: float


class Answer:
    """The choices of a request. Read `deltas` to the end, or close: either frees the engine for the next request."""

    def __init__(
        self,
        engine_id: str,
        seen: Sequence[SeenImage],
        first: Delta,
        streams: Sequence[AsyncIterator[Delta]],
        ticket: Ticket,
        sampling: Sampling,
        text_tokens: int,
        table: Table,
        spent: Spent,
        max_generation_s: float,
        calibration: Calibration | None = None,
    ) -> None:
        self.engine_id = engine_id
        self.receipts: tuple[ImageReceipt, ...] = tuple(part.image.receipt for part in seen)
        self.readings: tuple[Reading | None, ...] = tuple(part.reading for part in seen)
        self.spent = spent
        self.work = first.work  # what the prompt took, if the engine tells
        self.n_steps = 0  # after the first piece
        self.steps_s = 0.0  # that the engine took for them
        self.choices = tuple(Choice(index, sampling) for index in range(len(streams)))
        self._first = first
        self._streams = tuple(streams)
        self._ticket = ticket
        self._text_tokens = text_tokens
        self._table = table
        self._deadline = time.monotonic() + max_generation_s
        self._late = False
        self._waiting: asyncio.Task[object] | None = None
        self._usage: Usage | None = None
        self._counted: list[EngineTokens] = []
        self._calibration = calibration
        self.deltas: AsyncGenerator[Delta, None] = self._deltas()

    async def __aenter__(self) -> Answer:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def finish_reason(self) -> FinishReason | None:
        """Why the first choice ended."""
        return self.choices[0].finish_reason

    @property
    def is_over(self) -> bool:
        """Whether every choice has ended."""
        return all(choice.finish_reason is not None for choice in self.choices)

    async def text(self) -> str:
        """Read to the end and return the first choice: its deltas, joined."""
        async with aclosing(self.deltas) as deltas:
            async for _ in deltas:
                pass
        return self.choices[0].text

    def usage(self) -> Usage:
        """Return the cost of what has been said so far, by the arithmetic of the model that was asked for."""
        if self._usage is not None:
            return self._usage
        image_tokens = sum(receipt.tokens for receipt in self.receipts)
        n_completion = sum(choice.n_tokens(self._table) for choice in self.choices)
        n_prompt = self._text_tokens + image_tokens
        usage = Usage(n_prompt, n_completion, image_tokens, cached_tokens(n_prompt, self.work))
        if self.is_over:
            self._usage = usage
        return usage

    def engine_tokens(self) -> EngineTokens | None:
        """Return what the engine itself counted for the choices that have ended; `None` if it does not tell."""
        if not self._counted:
            return None
        return EngineTokens(
            sum(each.prompt for each in self._counted),
            sum(each.completion for each in self._counted),
            any(each.is_estimate for each in self._counted),
        )

    def evidence(self, choice: Choice) -> tuple[Evidence, ...]:
        """Return the values of what a choice has said so far, how likely each is right and where it was read."""
        return find_evidence(choice.text, self.readings, choice.tokens, self._calibration)

    async def close(self) -> None:
        """Stop the engine if it still works, and free its place. Closing twice is harmless."""
        try:
            await self.deltas.aclose()
            await self._close_streams()
        finally:
            self._ticket.release()

    async def _deltas(self) -> AsyncGenerator[Delta, None]:
        """Give each choice a step in turn, at most `MAX_TOGETHER` at a time."""
        first: Delta | None = self._first
        waiting = deque(zip(self.choices, self._streams, strict=True))
        speaking = deque(waiting.popleft() for _ in range(min(MAX_TOGETHER, len(waiting))))
        timer = asyncio.get_running_loop().call_later(self._deadline - time.monotonic(), self._be_late)
        try:
            while speaking:
                choice, stream = speaking.popleft()
                delta = first or await self._next(stream)
                first = None
                if delta.counted is not None:
                    self._counted.append(delta.counted)
                piece = choice.take(delta)
                if piece is not None:
                    yield piece
                if choice.finish_reason is None:
                    speaking.append((choice, stream))
                    continue
                await close_stream(stream)
                if waiting:
                    speaking.append(waiting.popleft())
        finally:
            timer.cancel()
            try:
                await self._close_streams()
            finally:
                self._ticket.release()

    async def _close_streams(self) -> None:
        for stream in self._streams:
            await close_stream(stream)

    async def _next(self, stream: AsyncIterator[Delta]) -> Delta:
        if self._late:
            return OUT_OF_TIME
        self._waiting = asyncio.current_task()
        self.n_steps += 1
        started = time.perf_counter()
        try:
            return await anext(stream)
        except asyncio.CancelledError:
            if self._late and self._waiting is not None and self._waiting.uncancel() == 0:
                return OUT_OF_TIME
            raise
        except StopAsyncIteration:
            raise EngineFault("the model ended without a finish reason") from None
        finally:
            self._waiting = None
            self.steps_s += time.perf_counter() - started

    def _be_late(self) -> None:
        """End a wait for the model: one timer an answer, where a timeout around each piece would cost more."""
        self._late = True
        if self._waiting is not None:
            self._waiting.cancel()


async def close_stream(stream: AsyncIterator[Delta]) -> None:
    """Close `stream` if it can be closed."""
    if isinstance(stream, AsyncGenerator):
        await stream.aclose()
