"""HTTP to the server that is judged: a deadline for every answer, no redirect followed, no proxy used."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from sightline.errors import ConfigError, SightlineError

MAX_REPLY_BYTES = 16 * 1024 * 1024
READ_BYTES = 64 * 1024
BUSY = (429, 503)
BUSY_TRIES = 4
MAX_BUSY_WAIT_S = 60.0  # as long as a limit by the minute can ask for


class NoAnswer(SightlineError):
    """The server closed the connection, refused it, or took too long."""


@dataclass(frozen=True)
class Reply:
    """What came back, as it came. `arrivals` are seconds since the request and the bytes that were there by then."""

    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes
    seconds: float
    arrivals: tuple[tuple[float, int], ...] = ()

    @property
    def is_refusal(self) -> bool:
        """Whether the server says that the request is wrong."""
        return 400 <= self.status < 500

    @cached_property
    def value(self) -> dict[str, Any]:
        """The body as a JSON object; empty if it is none."""
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return value if isinstance(value, dict) else {}

    @property
    def choices(self) -> list[dict[str, Any]]:
        """The choices that have the form of one."""
        found = self.value.get("choices")
        return [choice for choice in found if isinstance(choice, dict)] if isinstance(found, list) else []

    @property
    def text(self) -> str:
        """The first choice's answer."""
        message = self.choices[0].get("message") if self.choices else None
        content = message.get("content") if isinstance(message, dict) else None
        return content if isinstance(content, str) else ""

    @property
    def finish_reason(self) -> str | None:
        """Why the first choice ended."""
        return self.choices[0].get("finish_reason") if self.choices else None

    def usage(self, name: str) -> int | None:
        """One figure of the usage, if it is there and a number."""
        usage = self.value.get("usage")
        found = usage.get(name) if isinstance(usage, dict) else None
        return found if isinstance(found, int) and not isinstance(found, bool) else None

    @property
    def error(self) -> dict[str, Any]:
        """OpenAI's error object; empty if there is none."""
        error = self.value.get("error")
        return error if isinstance(error, dict) else {}

    @property
    def summary(self) -> str:
        """The status and what the error says, on one line."""
        said = self.error.get("message") or self.value.get("detail") or self.value.get("message") or ""
        line = " ".join(str(said).split())
        return f"{self.status}: {line[:90]}" if line else str(self.status)


class Client:
    """Asks one server. `base_url` is what OpenAI's clients take; without a path, `/v1` is added.

    Raises:
        ConfigError: If `base_url` is no http(s) URL.
    """

    def __init__(self, base_url: str, *, api_key: str | None = None, timeout_s: float = 60.0) -> None:
        parts = urlsplit(base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ConfigError(f"{base_url!r} is not a URL such as http://127.0.0.1:8000/v1")
        self.host, self.port = parts.hostname, parts.port
        self._scheme = parts.scheme
        self._base = parts.path.rstrip("/") or "/v1"
        self.timeout_s = timeout_s
        self._api_key = api_key

    @property
    def has_key(self) -> bool:
        """Whether requests carry a key."""
        return self._api_key is not None

    def post(self, path: str, value: object, *, key: str | None = None, timeout_s: float | None = None) -> Reply:
        """Send JSON; `key` stands in for the client's own ("" for none).

        Raises:
            NoAnswer: If no whole answer came in time.
        """
        return self.send("POST", path, json.dumps(value).encode(), key=key, timeout_s=timeout_s)

    def get(self, path: str) -> Reply:
        """Ask for a path below the base URL."""
        return self.send("GET", path)

    def send(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        *,
        key: str | None = None,
        timeout_s: float | None = None,
        leave_after_bytes: int | None = None,
    ) -> Reply:
        """Send one request and read the answer, or leave in the middle of it. A server that is busy is asked again.

        Raises:
            NoAnswer: If no whole answer came in time.
        """
        for _ in range(BUSY_TRIES):
            reply = self._once(method, path, body, key, timeout_s or self.timeout_s, leave_after_bytes)
            if reply.status not in BUSY:
                break
            time.sleep(_busy_wait_s(reply))
        return reply

    def _once(
        self,
        method: str,
        path: str,
        body: bytes | None,
        key: str | None,
        timeout_s: float,
        leave_after_bytes: int | None,
    ) -> Reply:
        started = time.monotonic()
        deadline = started + timeout_s
        connection = self._connection(timeout_s)
        try:
            connection.request(method, self._base + path, body, self._headers(key, body is not None))
            socket = connection.sock
            response = connection.getresponse()
            headers = {name.lower(): value for name, value in response.getheaders()}
            data, arrivals = bytearray(), []
            while len(data) < MAX_REPLY_BYTES:
                socket.settimeout(max(0.01, deadline - time.monotonic()))
                piece = response.read1(READ_BYTES)
                data += piece
                arrivals.append((time.monotonic() - started, len(data)))
                if not piece or (leave_after_bytes is not None and len(data) >= leave_after_bytes):
                    break
                if time.monotonic() > deadline:
                    raise TimeoutError
            return Reply(response.status, headers, bytes(data), time.monotonic() - started, tuple(arrivals))
        except TimeoutError:
            raise NoAnswer(f"no answer in {timeout_s:.0f} s") from None
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswer(f"the connection broke ({type(error).__name__})") from None
        finally:
            connection.close()

    def _connection(self, timeout_s: float) -> http.client.HTTPConnection:
        kind = http.client.HTTPSConnection if self._scheme == "https" else http.client.HTTPConnection
        return kind(self.host, self.port, timeout=timeout_s)

    def _headers(self, key: str | None, has_body: bool) -> dict[str, str]:
        key = self._api_key if key is None else key
        headers = {"Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}
        if has_body:
            headers["Content-Type"] = "application/json"
        if key:
            headers["Authorization"] = f"Bearer {key}"
        return headers


def _busy_wait_s(reply: Reply) -> float:
    try:
        return min(MAX_BUSY_WAIT_S, max(0.2, float(reply.headers.get("retry-after", "1"))))
    except ValueError:
        return 1.0
