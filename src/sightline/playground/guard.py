"""What the page may load and be asked for: the list of its paths, its headers, and no fetch on a visitor's behalf."""

from __future__ import annotations

import asyncio
import json
import re
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any

from starlette.routing import Match, Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_EVENT_BYTES = 256 * 1024
MAX_UPLOADS_BYTES = 1024 * 1024 * 1024  # of all visitors together; Gradio deletes them in time

_PAGE = re.compile(
    r"/|/(?:assets|static)/[\w./@-]+|/(?:theme\.css|favicon\.ico|manifest\.json|robots\.txt|config)"
    r"|/gradio_api/(?:theme\.css|app_id|startup-events|upload|upload_progress|reset|cancel|queue/(?:join|data))"
    r"|/gradio_api/(?:heartbeat/\w+|file=.+)"
)
_REMOTE_FILE = re.compile(r"^\w[\w+.-]*://|/gradio_api/file=\w[\w+.-]*:", re.IGNORECASE)
_SCRIPT = re.compile(rb"<script(?=[\s>])")
_SOCIAL = re.compile(rb"<meta\s+(?:property|name)=\"(?:og|twitter):[^>]*>")


def content_policy(nonce: str) -> str:
    """The page's Content-Security-Policy. Gradio styles elements inline, so styles may be; scripts may not."""
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src 'self' 'nonce-{nonce}'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' blob: data:",
            "font-src 'self' data:",
            "media-src 'self' blob:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        ]
    )


class PlaygroundRoute(Mount):
    """A mount at `/` that takes only the page's own paths, so that every other one stays the API's to answer."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Full for a path of the page, none for any other."""
        if scope["type"] != "http" or not _PAGE.fullmatch(scope["path"]) or ".." in scope["path"]:
            return Match.NONE, {}
        return super().matches(scope)


class PageGuard:
    """Puts the security headers on what the page's app answers, and refuses what would fetch, or fill the disk.

    Uploads need no key: a picture arrives before it is asked about. So all of them share a limit.
    """

    def __init__(self, app: ASGIApp, uploads: Path, max_uploads_bytes: int = MAX_UPLOADS_BYTES) -> None:
        self._app = app
        self._uploads = uploads
        self._max_uploads_bytes = max_uploads_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request of the page."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["path"].endswith("/upload") and await asyncio.to_thread(self._is_full):
            await _refuse(send, 503, "too many pictures were uploaded; try again later")
            return
        if scope["path"].endswith("/queue/join"):
            body = await _read_body(receive)
            if body is None or _names_remote_file(body):
                await _refuse(send, 400, "not a request of this page")
                return
            receive = _replay(body, receive)
        await self._app(scope, receive, _HeadedSend(send))

    def _is_full(self) -> bool:
        return bytes_in(self._uploads) >= self._max_uploads_bytes


class _HeadedSend:
    """Adds the headers, and a nonce to the scripts of an HTML page."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._nonce = secrets.token_urlsafe(16)
        self._start: Message | None = None
        self._html = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *self._headers()]
            if _is_html(message):
                self._start = message
                return
        if self._start is None:
            await self._send(message)
            return
        self._html += message.get("body", b"")
        if not message.get("more_body", False):
            await self._send_page(self._start)

    def _headers(self) -> list[tuple[bytes, bytes]]:
        return [
            (b"content-security-policy", content_policy(self._nonce).encode()),
            (b"x-frame-options", b"DENY"),
            (b"referrer-policy", b"no-referrer"),
            (b"cross-origin-opener-policy", b"same-origin"),
            (b"cross-origin-resource-policy", b"same-origin"),
        ]

    async def _send_page(self, start: Message) -> None:
        page = _SOCIAL.sub(b"", bytes(self._html))
        page = _SCRIPT.sub(f'<script nonce="{self._nonce}"'.encode(), page)
        kept = [(name, value) for name, value in start["headers"] if name != b"content-length"]
        start["headers"] = [*kept, (b"content-length", str(len(page)).encode()), (b"cache-control", b"no-store")]
        await self._send(start)
        await self._send({"type": "http.response.body", "body": page})


def _is_html(start: Message) -> bool:
    headers = dict(start["headers"])
    return headers.get(b"content-type", b"").startswith(b"text/html") and b"content-encoding" not in headers


async def _read_body(receive: Receive) -> bytes | None:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body += message.get("body", b"")
        if len(body) > MAX_EVENT_BYTES:
            return None
        if not message.get("more_body", False):
            return bytes(body)


def _names_remote_file(body: bytes) -> bool:
    """Whether an event carries a file by address. Gradio would fetch it; only the guarded fetch of images may."""
    try:
        event = json.loads(body)
    except (ValueError, RecursionError):
        return True
    waiting: list[Any] = [event]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if _REMOTE_FILE.search(str(value.get("path") or "")):
                return True
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return False


def _replay(body: bytes, receive: Receive) -> Receive:
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replayed() -> Message:
        return waiting.pop() if waiting else await receive()

    return replayed


async def _refuse(send: Send, status: int, detail: str) -> None:
    body = json.dumps({"detail": detail}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def bytes_in(folder: Path) -> int:
    """The size of all files under a folder; what vanishes meanwhile counts nothing."""
    total = 0
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):
            total += path.stat().st_size if path.is_file() else 0
    return total
