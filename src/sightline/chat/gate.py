"""Who may use an engine now: a few run, a bounded number wait for a bounded time, the rest are told when to return."""

from __future__ import annotations

import asyncio
import math
import time
from types import TracebackType

from sightline.errors import Overloaded

BUSY = "The engine is currently overloaded, please try again later"
MIN_RETRY_S = 1
MAX_RETRY_S = 60


class Gate:
    """Lets `max_running` requests run at once and `max_waiting` more wait up to `wait_s` seconds."""

    def __init__(self, max_running: int = 2, max_waiting: int = 64, wait_s: float = 30.0) -> None:
        self._max_running = max_running
        self._max_waiting = max_waiting
        self._wait_s = wait_s
        self._free = asyncio.Semaphore(max_running)
        self._service_s = 1.0  # running mean of the time a request holds its place
        self.n_inside = 0
        self.n_running = 0

    @property
    def is_full(self) -> bool:
        """Whether the next request would be refused."""
        return self.n_inside >= self._max_running + self._max_waiting

    @property
    def has_room(self) -> bool:
        """Whether the next request would run at once."""
        return self.n_inside < self._max_running

    @property
    def retry_after_s(self) -> int:
        """Seconds after which a place is likely to be free, 1 to 60."""
        n_waiting = max(0, self.n_inside - self._max_running)
        seconds = math.ceil((n_waiting + 1) * self._service_s / self._max_running)
        return min(MAX_RETRY_S, max(MIN_RETRY_S, seconds))

    def admit(self) -> Ticket:
        """Give a place in the queue.

        Raises:
            Overloaded: If the queue is full.
        """
        if self.is_full:
            raise Overloaded(BUSY, retry_after_s=self.retry_after_s)
        return Ticket(self)

    async def _take(self) -> float:
        try:
            async with asyncio.timeout(self._wait_s):
                await self._free.acquire()
        except TimeoutError:
            raise Overloaded(BUSY, retry_after_s=self.retry_after_s) from None
        self.n_running += 1
        return time.monotonic()

    def _give_back(self, since: float) -> None:
        self._service_s += 0.2 * (time.monotonic() - since - self._service_s)
        self.n_running -= 1
        self._free.release()


class Ticket:
    """One request's place: waiting until `turn` returns, running until `release`."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._running_since: float | None = None
        self._released = False
        gate.n_inside += 1

    async def turn(self) -> None:
        """Wait until the request may run.

        Raises:
            Overloaded: If the wait was too long.
        """
        self._running_since = await self._gate._take()

    def release(self) -> None:
        """Leave, whatever state the request was in. Leaving twice is harmless."""
        if self._released:
            return
        self._released = True
        self._gate.n_inside -= 1
        if self._running_since is not None:
            self._gate._give_back(self._running_since)

    def __enter__(self) -> Ticket:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.release()
