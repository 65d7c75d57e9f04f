"""A counted amount shared by everyone: wait for a share, give it back. Bound to no event loop and to no thread."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from dataclasses import dataclass


@dataclass(eq=False, slots=True)
class _Waiter:
    amount: int
    loop: asyncio.AbstractEventLoop
    admitted: asyncio.Future[None]


class Admission:
    """Hands out up to `capacity` in all, first come first served.

    `release` may be called from anywhere, a garbage collector's callback included: it only appends,
    and whoever holds the lock, or gets it, does the rest.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._in_use = 0
        self._released: deque[int] = deque()
        self._waiters: deque[_Waiter] = deque()
        self._lock = threading.Lock()

    @property
    def in_use(self) -> int:
        """What is handed out now."""
        self._pump()
        return self._in_use

    async def acquire(self, amount: int, timeout_s: float | None = None) -> None:
        """Wait for `amount`, clipped to the capacity.

        Raises:
            TimeoutError: If it did not come free in time.
        """
        loop = asyncio.get_running_loop()
        waiter = _Waiter(self._clip(amount), loop, loop.create_future())
        with self._lock:
            self._waiters.append(waiter)
        self._pump()
        try:
            async with asyncio.timeout(timeout_s):
                await waiter.admitted
        except BaseException:
            self._withdraw(waiter)
            raise

    def release(self, amount: int) -> None:
        """Give back what an `acquire` of the same amount got."""
        self._released.append(self._clip(amount))
        self._pump()

    def _clip(self, amount: int) -> int:
        return min(max(amount, 1), self._capacity)

    def _withdraw(self, waiter: _Waiter) -> None:
        with self._lock:
            if waiter in self._waiters:
                self._waiters.remove(waiter)
                was_admitted = False
            else:
                was_admitted = True  # by another thread, while we gave up
        if was_admitted:
            self._released.append(waiter.amount)
        self._pump()

    def _pump(self) -> None:
        while self._lock.acquire(blocking=False):
            try:
                self._admit()
            finally:
                self._lock.release()
            if not self._released:
                return

    def _admit(self) -> None:
        while self._released:
            self._in_use -= self._released.popleft()
        while self._waiters and self._in_use + self._waiters[0].amount <= self._capacity:
            waiter = self._waiters.popleft()
            self._in_use += waiter.amount
            try:
                waiter.loop.call_soon_threadsafe(_wake, waiter.admitted)
            except RuntimeError:  # its loop has closed
                self._in_use -= waiter.amount


def _wake(admitted: asyncio.Future[None]) -> None:
    if not admitted.done():
        admitted.set_result(None)
