"""A token bucket: so much at once, and as much again in a minute."""

from __future__ import annotations

MINUTE_S = 60.0
HAIR = 1e-9  # what a sum of floats may be off


class Bucket:
    """Holds up to `capacity` and refills by `capacity` a minute. What is taken may put it in debt.

    In any `t` seconds no more than `capacity * (1 + t / 60)` is granted to those who take what they asked for,
    once `wait_s` told them that they may. Times are those of a clock that never goes back.
    """

    def __init__(self, capacity: int, now: float) -> None:
        """Start full. `capacity` is above 0."""
        self.capacity = capacity
        self._level = float(capacity)
        self._at = now

    def level(self, now: float) -> float:
        """Return what is there; below 0 it is owed."""
        if now > self._at:
            self._level = min(self.capacity, self._level + (now - self._at) * self._rate)
            self._at = now
        return self._level

    def take(self, amount: float, now: float) -> None:
        """Take `amount`, there or not."""
        self._level = self.level(now) - amount

    def wait_s(self, amount: float, now: float) -> float:
        """Return the seconds until `amount`, or the capacity if that is less, is there; 0 if it is."""
        missing = min(amount, self.capacity) - self.level(now)
        return 0.0 if missing <= HAIR else missing / self._rate

    def full_in_s(self, now: float) -> float:
        """Return the seconds until nothing is missing."""
        return max(0.0, (self.capacity - self.level(now)) / self._rate)

    @property
    def _rate(self) -> float:
        return self.capacity / MINUTE_S
