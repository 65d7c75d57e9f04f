"""What another server's refusal means here. Its own words are not repeated: they may hold anything."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sightline.errors import ContextTooLong, InvalidRequest, Overloaded, SightlineError, UpstreamFault

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.\[\]-]{0,63}")
LONG = re.compile(
    r"context[ _](?:length|window|size)|maximum (?:model|context|input) length|max_model_len", re.IGNORECASE
)
NO_CREDIT = "insufficient_quota"  # OpenAI's word for an account without money: a 429 that no wait mends
BUSY = "The server that this model runs on is overloaded, please try again later."
TOO_LONG = "Your messages, and the answer you allow, are longer than the context of the model that answers here."
REFUSED = "The server that this model runs on refused the request{of}. Its status was {status}{code}."
MAX_RETRY_AFTER_S = 60


@dataclass(frozen=True, slots=True)
class Refusal:
    """A request that another server did not serve. `code` and `param` are plain names or empty."""

    status: int
    code: str = ""
    param: str = ""
    is_long: bool = False  # it says that the prompt does not fit
    retry_after_s: float | None = None

    @property
    def is_passing(self) -> bool:
        """Whether the same request may do better elsewhere or later."""
        return self.code != NO_CREDIT and (self.status in (408, 425, 429) or self.status >= 500)

    @property
    def is_of_replica(self) -> bool:
        """Whether it tells of a server that is not well, rather than of one that is busy or of the request."""
        return self.status >= 500 and self.status != 503

    def error(self) -> SightlineError:
        """Return what to tell the caller: what they can change, or that it is not theirs to change."""
        if self.is_long:
            return ContextTooLong(TOO_LONG, param="messages")
        if self.status in (429, 503) and self.code != NO_CREDIT:
            return Overloaded(BUSY, retry_after_s=max(1, round(min(self.retry_after_s or 1, MAX_RETRY_AFTER_S))))
        if self.status in (400, 413, 415, 422):
            of = f" for its '{self.param}'" if self.param else ""
            code = f", its code '{self.code}'" if self.code else ""
            message = REFUSED.format(of=of, status=self.status, code=code)
            return InvalidRequest(message, param=self.param or None, code="upstream_refused")
        return UpstreamFault("the upstream refused")

    def __str__(self) -> str:
        """Name it for the log: nothing in it is a caller's text."""
        named = [f"{key} {value}" for key, value in (("code", self.code), ("param", self.param)) if value]
        return ", ".join([f"status {self.status}", *named])


def refusal_of(status: int, headers: Mapping[str, str], body: bytes) -> Refusal:
    """Read a reply that is not an answer."""
    try:
        data = json.loads(body)
    except ValueError:
        data = None
    error = data.get("error", data) if isinstance(data, dict) else None
    return _refusal(status, error, _seconds(headers.get("retry-after")))


def refusal_in_stream(error: Any) -> Refusal:
    """Read an error that came as an event of a stream whose status was 200."""
    kind = error.get("type") if isinstance(error, dict) else None
    status = error.get("code") if isinstance(error, dict) else None
    if not isinstance(status, int) or not 400 <= status < 600:
        status = 400 if kind in ("invalid_request_error", "BadRequestError") else 502
    return _refusal(status, error, None)


def _refusal(status: int, error: Any, retry_after_s: float | None) -> Refusal:
    if not isinstance(error, dict):
        return Refusal(status, retry_after_s=retry_after_s)
    code = _name(error.get("code"))
    message = error.get("message")
    is_long = code == "context_length_exceeded" or (
        status in (400, 413, 422) and isinstance(message, str) and LONG.search(message[:2000]) is not None
    )
    return Refusal(status, code, _name(error.get("param")), is_long, retry_after_s)


def _name(value: object) -> str:
    return value if isinstance(value, str) and NAME.fullmatch(value) else ""


def _seconds(value: str | None) -> float | None:
    """Read `Retry-After` in seconds; a date is not taken."""
    try:
        return min(float(value), 3600.0) if value and float(value) >= 0 else None
    except ValueError:
        return None
