"""How much a key may use: requests, tokens and megapixels a minute, and requests at a time.

A request is paid when it comes in. Tokens and megapixels are known when it has been answered and are paid then;
the next request waits until they are earned again. So one key is over by what it runs at a time, and no more.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from sightline.api.bucket import Bucket
from sightline.api.connection import facts_of
from sightline.api.grants import UNLIMITED, KeyLimits
from sightline.api.owner import CALLER, Caller
from sightline.errors import LimitReached

VISIT = "sightline.visit"  # where a request keeps what it may use
COUNTED_METHODS = frozenset({"POST"})  # looking at what is there costs nothing
WORDS = {
    "requests": "requests per min (RPM)",
    "tokens": "tokens per min (TPM)",
    "megapixels": "megapixels per min (MPM)",
}
REACHED = "Rate limit reached for this key on {what}: Limit {limit}, Used {used}, Requested {wanted}. {until}"
TRY_IN = "Please try again in {wait}."
TRY_LATER = "Please try again when one of them has ended."
AT_A_TIME = "requests at a time"


class LimitCheck:
    """Lets a request through if its caller's limits allow it, and charges what it used."""

    def __init__(self, app: ASGIApp, clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._clock = clock
        self._allowances: dict[str, Allowance] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check, pass on, charge.

        Raises:
            LimitReached: If a limit is used up.
        """
        caller: Caller | None = scope.get(CALLER)
        if caller is None or caller.limits == UNLIMITED:
            await self._app(scope, receive, send)
            return
        allowance = self._allowance_of(caller)
        scope[VISIT] = visit = Visit(allowance, facts_of(scope), self._clock)
        if scope["method"] not in COUNTED_METHODS:
            await self._app(scope, receive, send)
            return
        allowance.enter(self._clock())
        try:
            await self._app(scope, receive, send)
        finally:
            visit.settle()
            allowance.leave()

    def _allowance_of(self, caller: Caller) -> Allowance:
        allowance = self._allowances.get(caller.owner)
        if allowance is None or allowance.limits != caller.limits:
            allowance = self._allowances[caller.owner] = Allowance(caller.limits, self._clock())
        return allowance


class Allowance:
    """What one key has left."""

    def __init__(self, limits: KeyLimits, now: float) -> None:
        self.limits = limits
        self.n_running = 0
        figures = {"requests": limits.rpm, "tokens": limits.tpm, "megapixels": limits.mpm}
        self.buckets = {name: Bucket(limit, now) for name, limit in figures.items() if limit}

    def enter(self, now: float) -> None:
        """Count a request in.

        Raises:
            LimitReached: If it may not come in now; then nothing is counted.
        """
        most = self.limits.concurrent
        if most and self.n_running >= most:
            text = REACHED.format(what=AT_A_TIME, limit=most, used=self.n_running, wanted=1, until=TRY_LATER)
            raise LimitReached(text, kind="requests", retry_after_s=1.0)
        for name, bucket in self.buckets.items():
            wait_s = bucket.wait_s(1, now)
            if wait_s:
                used = math.ceil(bucket.capacity - bucket.level(now))
                until = TRY_IN.format(wait=go_duration(wait_s))
                text = REACHED.format(what=WORDS[name], limit=bucket.capacity, used=used, wanted=1, until=until)
                raise LimitReached(text, kind=name, retry_after_s=wait_s)
        self.n_running += 1
        self.charge("requests", 1, now)

    def leave(self) -> None:
        """Count a request out."""
        self.n_running -= 1

    def charge(self, name: str, amount: float, now: float) -> None:
        """Take what was used, if it is limited."""
        if amount and name in self.buckets:
            self.buckets[name].take(amount, now)


class Visit:
    """One request's account with the allowance of its key."""

    def __init__(self, allowance: Allowance, facts: dict[str, Any], clock: Callable[[], float]) -> None:
        self._allowance = allowance
        self._facts = facts
        self._clock = clock
        self._paid = {"tokens": 0.0, "megapixels": 0.0}

    def settle(self) -> None:
        """Charge what the request is known to have used and has not paid."""
        now = self._clock()
        for name, used in used_by(self._facts).items():
            self._allowance.charge(name, used - self._paid[name], now)
            self._paid[name] = used

    def headers(self) -> dict[str, str]:
        """Return OpenAI's headers for every limit in force."""
        self.settle()
        now = self._clock()
        headers = {}
        for name, bucket in self._allowance.buckets.items():
            headers[f"x-ratelimit-limit-{name}"] = str(bucket.capacity)
            headers[f"x-ratelimit-remaining-{name}"] = str(max(0, math.floor(bucket.level(now) + 1e-6)))
            headers[f"x-ratelimit-reset-{name}"] = go_duration(bucket.full_in_s(now))
        return headers


def used_by(facts: dict[str, Any]) -> dict[str, float]:
    """Return what a request used, from the facts of its log line."""
    pixels = sum(image["w"] * image["h"] for image in facts.get("images", ()))
    return {
        "tokens": float(facts.get("prompt_tokens", 0) + facts.get("completion_tokens", 0)),
        "megapixels": pixels / 1e6,
    }


def limit_headers(scope: Scope) -> dict[str, str]:
    """Return the headers that tell a caller what is left; none where nothing is limited."""
    visit: Visit | None = scope.get(VISIT)
    return visit.headers() if visit else {}


def go_duration(seconds: float) -> str:
    """Spell a time as OpenAI does: `120ms`, `58.891s`, `6m0s`; rounded up to a millisecond."""
    milliseconds = math.ceil(round(seconds * 1e3, 6))
    if milliseconds < 1000:
        return f"{milliseconds}ms" if milliseconds else "0s"
    minutes, rest = divmod(milliseconds, 60_000)
    spelled = f"{rest / 1e3:.3f}".rstrip("0").rstrip(".") + "s"
    if not minutes:
        return spelled
    hours, minutes = divmod(minutes, 60)
    return f"{hours}h{minutes}m{spelled}" if hours else f"{minutes}m{spelled}"
