"""An answer under way: its pieces, its receipts, and afterwards its cost."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from types import TracebackType

from sightline.chat.gate import Ticket
from sightline.chat.stop import StopFilter
from sightline.chat.tokens import Table
from sightline.chat.usage import completion_tokens
from sightline.engines.base import SeenImage
from sightline.errors import EngineFault
from sightline.images.picture import ImageReceipt
from sightline.reading.lines import Reading
from sightline.types import Delta, FinishReason, Sampling, Usage

OUT_OF_TIME = Delta(finish_reason="length")  # the time an answer may take is a limit like any other


@dataclass(frozen=True, slots=True)
class Spent:
    """Where the time before the first piece went, in milliseconds."""

    load_ms: float
    prepare_ms: float
    first_ms: float


class Answer:
    """Read `deltas` to the end, or close: either frees the engine for the next request."""

    def __init__(
        self,
        engine_id: str,
        seen: Sequence[SeenImage],
        first: Delta,
        rest: AsyncIterator[Delta],
        ticket: Ticket,
        sampling: Sampling,
        text_tokens: int,
        table: Table,
        spent: Spent,
        max_generation_s: float,
    ) -> None:
        self.engine_id = engine_id
        self.receipts: tuple[ImageReceipt, ...] = tuple(part.image.receipt for part in seen)
        self.readings: tuple[Reading | None, ...] = tuple(part.reading for part in seen)
        self.spent = spent
        self.n_steps = 0  # after the first piece
        self.steps_s = 0.0  # that the engine took for them
        self.finish_reason: FinishReason | None = None
        self._first = first
        self._rest = rest
        self._ticket = ticket
        self._sampling = sampling
        self._text_tokens = text_tokens
        self._table = table
        self._deadline = time.monotonic() + max_generation_s
        self._late = False
        self._waiting: asyncio.Task[object] | None = None
        self._usage: Usage | None = None
        self._said: list[str] = []
        self.deltas: AsyncGenerator[Delta, None] = self._deltas()

    async def __aenter__(self) -> Answer:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.close()

    async def text(self) -> str:
        """Return the whole answer: the deltas, joined."""
        async with aclosing(self.deltas) as deltas:
            return "".join([delta.text async for delta in deltas])

    def usage(self) -> Usage:
        """Return the cost of what has been said so far, by the arithmetic of the model that was asked for."""
        if self._usage is not None:
            return self._usage
        image_tokens = sum(receipt.tokens for receipt in self.receipts)
        n_completion = completion_tokens("".join(self._said), self._table, self._sampling.max_tokens)
        usage = Usage(self._text_tokens + image_tokens, n_completion, image_tokens)
        if self.finish_reason is not None:
            self._usage = usage
        return usage

    async def close(self) -> None:
        """Stop the engine if it still works, and free its place. Closing twice is harmless."""
        try:
            await self.deltas.aclose()
            await close_stream(self._rest)
        finally:
            self._ticket.release()

    async def _deltas(self) -> AsyncGenerator[Delta, None]:
        stop = StopFilter(self._sampling.stop)
        n_tokens = 0
        delta: Delta = self._first
        timer = asyncio.get_running_loop().call_later(self._deadline - time.monotonic(), self._be_late)
        try:
            while True:
                n_tokens += delta.n_tokens
                text = stop.push(delta.text)
                reason = "stop" if stop.stopped else delta.finish_reason
                if reason is not None:
                    text += stop.flush()
                if text or reason is not None:
                    self._said.append(text)
                    self.finish_reason = reason
                    yield Delta(text, n_tokens, reason)
                    n_tokens = 0
                if reason is not None:
                    return
                delta = await self._next()
        finally:
            timer.cancel()
            try:
                await close_stream(self._rest)
            finally:
                self._ticket.release()

    async def _next(self) -> Delta:
        if self._late:
            return OUT_OF_TIME
        self._waiting = asyncio.current_task()
        self.n_steps += 1
        started = time.perf_counter()
        try:
            return await anext(self._rest)
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
