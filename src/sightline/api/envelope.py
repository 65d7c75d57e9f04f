"""Around every request: its id, its time, its one log line, and the door where errors become replies."""

from __future__ import annotations

import asyncio
import json
import logging
import time
import traceback
from secrets import token_hex

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sightline.api.connection import facts_of, send_json
from sightline.api.errors import ErrorReply, to_reply
from sightline.api.json_body import CallerGone, header
from sightline.api.limits import limit_headers
from sightline.api.metrics import Metrics

access_log = logging.getLogger("sightline.access")
log = logging.getLogger(__name__)

API_VERSION = b"2020-10-01"
GONE_STATUS = 499
CLIENT_ID_CHARS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
SHUTTING_DOWN = ErrorReply(503, "The server is shutting down.", "server_error", code="server_shutting_down")


class RequestEnvelope:
    """The outermost layer: nothing leaves without an id, and no exception passes."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        reply = _Reply(scope, send)
        try:
            await self._app(scope, receive, reply.send)
        except CallerGone:
            reply.status = GONE_STATUS
        except asyncio.CancelledError:
            await reply.fail(SHUTTING_DOWN)
            raise
        except Exception as error:  # noqa: BLE001 - the one door of the server
            answer = to_reply(error, scope["method"], scope["path"])
            if answer.status >= 500 and answer.status != 503:
                log.error("request failed: %s", _where(error), extra={"request_id": reply.request_id})
            await reply.fail(answer)
        finally:
            reply.write_log_line()
            self._metrics.count(scope, reply.status, reply.code, reply.elapsed_ms / 1e3)


class _Reply:
    """What is known of the reply to one request."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.request_id = "req_" + token_hex(16)
        self.status = 0
        self._scope = scope
        self._send = send
        self._started = time.perf_counter()
        self._is_stream = False
        self.code: str | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = message["headers"] = list(message.get("headers", ()))
            self._is_stream = any(key == b"content-type" and b"event-stream" in value for key, value in headers)
            headers += [
                (b"x-request-id", self.request_id.encode()),
                (b"openai-processing-ms", str(round(self.elapsed_ms)).encode()),
                (b"openai-version", API_VERSION),
                (b"x-content-type-options", b"nosniff"),
                *((name.encode(), value.encode()) for name, value in limit_headers(self._scope).items()),
            ]
            for name in ("openai-organization", "openai-project"):
                value = header(self._scope, name.encode())
                if value and _is_plain(value):
                    headers.append((name.encode(), value.encode()))
        await self._send(message)

    async def fail(self, reply: ErrorReply) -> None:
        """Send an error: as a reply if none has begun, as an event in a stream."""
        self.code = reply.code or reply.type
        if not self.status:
            headers = {"content-type": "application/json; charset=utf-8", **reply.all_headers}
            await send_json(self.send, reply.body, reply.status, headers)
        elif self._is_stream:
            await self._send(
                {"type": "http.response.body", "body": b"data: " + reply.body + b"\n\n", "more_body": False}
            )

    def write_log_line(self) -> None:
        facts = {
            "request_id": self.request_id,
            "client_request_id": _plain_or_none(header(self._scope, b"x-client-request-id")),
            "method": self._scope["method"],
            "route": _route_of(self._scope),
            "status": self.status,
            "code": self.code,
            "total_ms": round(self.elapsed_ms, 1),
            **facts_of(self._scope),
        }
        access_log.info(json.dumps({key: value for key, value in facts.items() if value is not None}))

    @property
    def elapsed_ms(self) -> float:
        return (time.perf_counter() - self._started) * 1e3


def _where(error: BaseException) -> str:
    """Return the type of an error and the places it came through, without its text: that may hold content."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} at " + " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))


def _route_of(scope: Scope) -> str:
    return str(scope["path"])[:64]


def _plain_or_none(value: str) -> str | None:
    return value if _is_plain(value) else None


def _is_plain(value: str) -> bool:
    return 0 < len(value) <= 64 and CLIENT_ID_CHARS.issuperset(value)
