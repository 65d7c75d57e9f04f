"""Which of several like servers is asked: the same picture goes to the same one while that one is well."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

log = logging.getLogger(__name__)

DOWN_S = 10.0  # a server that failed is asked last for so long


@dataclass(slots=True)
class Replica:
    """One server. `n_running` are the requests that it works on for us."""

    url: str
    n_running: int = 0
    down_until: float = 0.0


class Replicas:
    """The servers of one model, in the order in which a request should try them."""

    def __init__(self, urls: Sequence[str], clock: Callable[[], float] = time.monotonic) -> None:
        self._all = tuple(Replica(url) for url in urls)
        self._clock = clock

    def __len__(self) -> int:
        return len(self._all)

    def order(self, picture: str | None) -> list[Replica]:
        """Return every server, best first: those that are well, then the others.

        With the hash of a `picture` the order is that of a rendezvous: each server has a rank for each picture, so a
        picture finds the cache it filled, and one server less moves only that server's pictures. Without one the
        least busy comes first.
        """
        now = self._clock()
        if picture is None:
            return sorted(self._all, key=lambda each: (each.down_until > now, each.n_running))
        return sorted(self._all, key=lambda each: (each.down_until > now, rank(each.url, picture)))

    def failed(self, replica: Replica, why: str) -> None:
        """Ask a server last for `DOWN_S` seconds, and tell whoever reads the log."""
        replica.down_until = self._clock() + DOWN_S
        log.warning("upstream %s failed (%s); others are asked first for %d s", replica.url, why, DOWN_S)

    def answered(self, replica: Replica) -> None:
        """Take a server for well."""
        replica.down_until = 0.0


def rank(url: str, picture: str) -> bytes:
    """Return the place of a server for a picture; the least comes first."""
    return sha256(f"{url}\n{picture}".encode()).digest()


class RetryBudget:
    """Lets a fifth of the requests be sent once more, and ten at once: servers that are down are not stormed."""

    def __init__(self, share: float = 0.2, burst: float = 10.0) -> None:
        self._share = share
        self._burst = burst
        self._left = burst

    def note_request(self) -> None:
        """Count a request that was sent for the first time."""
        self._left = min(self._burst, self._left + self._share)

    def take(self) -> bool:
        """Tell whether one may be sent again, and count it."""
        if self._left < 1:
            return False
        self._left -= 1
        return True
