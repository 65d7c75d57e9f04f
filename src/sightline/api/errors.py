"""The one table from errors to HTTP, and OpenAI's envelope."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.exceptions import HTTPException

from sightline.errors import (
    EngineFault,
    InvalidKey,
    InvalidRequest,
    LimitReached,
    ModelNotFound,
    ModelUnavailable,
    NotFound,
    Overloaded,
    QuotaExceeded,
    SightlineError,
    StoreFull,
    UpstreamFault,
)

FAULT = "The server had an error while processing your request. Sorry about that!"
UNREACHED = "The server that this model runs on did not answer as it should. Please try again later."
WRONG_METHOD = "Only {methods} requests are accepted."
WORTH_RETRYING = frozenset(
    {408, 429, 502, 503}
)  # the same request may do better later; no other refusal changes by itself


@dataclass(frozen=True, slots=True)
class ErrorReply:
    """An error as a client gets it."""

    status: int
    message: str
    type: str = "invalid_request_error"
    param: str | None = None
    code: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def all_headers(self) -> dict[str, str]:
        """The headers, and whether a client should send the same once more: clients of OpenAI heed it."""
        return {"x-should-retry": "true" if self.status in WORTH_RETRYING else "false", **self.headers}

    @property
    def body(self) -> bytes:
        """The envelope as JSON."""
        error = {"message": self.message, "type": self.type, "param": self.param, "code": self.code}
        return json.dumps({"error": error}, ensure_ascii=False, separators=(",", ":")).encode()


class HttpRefusal(SightlineError):
    """A request refused for what it is on the wire: its size, its type, its host, its route."""

    def __init__(
        self, status: int, message: str, *, code: str | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message, code=code)
        self.status = status
        self.headers = dict(headers or {})


def to_reply(error: BaseException, method: str = "", path: str = "") -> ErrorReply:
    """Spell any error for a client. What we did not raise on purpose says nothing of itself."""
    match error:
        case HttpRefusal():
            return ErrorReply(error.status, error.message, code=error.code, headers=error.headers)
        case InvalidKey():
            return ErrorReply(401, error.message, code=error.code, headers={"www-authenticate": "Bearer"})
        case QuotaExceeded():
            return ErrorReply(413, error.message, param=error.param, code=error.code)
        case StoreFull():
            return ErrorReply(507, error.message, "server_error", code=error.code)
        case ModelNotFound() | NotFound():
            return ErrorReply(404, error.message, param=error.param, code=error.code)
        case Overloaded() | LimitReached():
            return _later(error)
        case InvalidRequest():
            return ErrorReply(400, error.message, param=error.param, code=error.code)
        case EngineFault():
            return _fault(error)
        case HTTPException():
            return _framework_reply(error, method, path)
        case _:
            return ErrorReply(500, FAULT, "server_error")


def _fault(error: EngineFault) -> ErrorReply:
    """Spell what an engine could not do. A model that cannot be loaded is no 503: it does not get better by waiting."""
    if isinstance(error, UpstreamFault):
        return ErrorReply(502, UNREACHED, "server_error", code=error.code)
    message = error.message if isinstance(error, ModelUnavailable) else FAULT
    return ErrorReply(500, message, "server_error", code=error.code)


def _later(error: Overloaded | LimitReached) -> ErrorReply:
    """Spell an error that goes away by waiting, and how long."""
    if isinstance(error, Overloaded):
        wait = {"retry-after": str(error.retry_after_s)}
        return ErrorReply(503, error.message, "server_error", code=error.code, headers=wait)
    wait = {
        "retry-after": str(math.ceil(max(1.0, error.retry_after_s))),
        "retry-after-ms": str(math.ceil(error.retry_after_s * 1e3)),
    }
    return ErrorReply(429, error.message, error.kind, code=error.code, headers=wait)


def _framework_reply(error: HTTPException, method: str, path: str) -> ErrorReply:
    headers = dict(error.headers or {})
    if error.status_code == 404:
        return ErrorReply(404, f"Invalid URL ({method} {path})", headers=headers)
    if error.status_code == 405:
        allowed = [name for name in headers.get("Allow", "POST").split(", ") if name != "HEAD"]
        message = WRONG_METHOD.format(methods=" and ".join(sorted(allowed)))
        return ErrorReply(405, message, code="method_not_supported", headers=headers)
    kind = "server_error" if error.status_code >= 500 else "invalid_request_error"
    return ErrorReply(error.status_code, FAULT if error.status_code >= 500 else "Bad request", kind, headers=headers)
