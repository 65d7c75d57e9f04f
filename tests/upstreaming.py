"""A Sightline in front of other servers on loopback: real ones, and one that answers by a script."""

from __future__ import annotations

import json
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from serving import running
from sightline.api.model_names import ALIASES
from sightline.api.settings import Settings
from sightline.chat.assembly import ECHO, build_chat
from sightline.chat.chat import Chat, ChatLimits
from sightline.engines.base import EngineRequest
from sightline.engines.echo import EchoEngine
from sightline.engines.upstream import Kind
from sightline.engines.upstream.place import find_upstream
from sightline.images.load import ImageLoader
from sightline.types import Delta

QUIET: dict[str, Any] = {"port": 0, "playground": False}


class NotingEngine(EchoEngine):
    """An echo that keeps what it was asked."""

    def __init__(self, model_id: str = "far", **more: Any) -> None:
        super().__init__(model_id, **more)
        self.asked: list[EngineRequest] = []

    async def stream(self, request: EngineRequest) -> AsyncIterator[Delta]:
        """Note, then answer as an echo does."""
        self.asked.append(request)
        async for delta in super().stream(request):
            yield delta


@dataclass
class Far:
    """A server that is to be in front of."""

    url: str
    engine: NotingEngine

    @property
    def base(self) -> str:
        return f"{self.url}/v1"

    @property
    def hashes(self) -> list[str]:
        """Hashes of the pixels that the last request's engine got."""
        return [seen.image.pixel_hash for seen in self.engine.asked[-1].images]


@contextmanager
def far_server(engine: NotingEngine | None = None, **settings: Any) -> Iterator[Far]:
    """Serve one engine, and the echoes that fault and dawdle, in a thread."""
    engine = engine or NotingEngine()
    others = [EchoEngine("echo-fault", fault_after=2), EchoEngine("small", context_tokens=50)]
    chat = Chat({each.model_id: each for each in (engine, *others)}, {}, ImageLoader(), None)
    with running(Settings(**QUIET, **settings), chat=chat) as it:
        yield Far(it.url, engine)


@contextmanager
def front_server(
    bases: Sequence[str],
    model: str = "far",
    *,
    kind: Kind | None = None,
    key_file: Path | None = None,
    with_reading: bool = False,
    limits: ChatLimits | None = None,
) -> Iterator[str]:
    """Serve the echo and, beside it, `model` of the servers at `bases`."""
    upstream = find_upstream(bases, model=model, key_file=key_file, kind=kind, with_reading=with_reading)
    chat = build_chat([ECHO], aliases=ALIASES, images=ImageLoader(), upstream=upstream, limits=limits)
    with running(Settings(**QUIET), chat=chat) as it:
        yield it.url


@dataclass
class Script:
    """Answers posts with the next of `replies`, the last again and again; `bodies` are what it was sent."""

    base: str = ""
    replies: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    def next_reply(self) -> tuple[int, dict[str, str], bytes]:
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


def events(*chunks: Any, done: bool = True) -> tuple[int, dict[str, str], bytes]:
    """Return a stream of `chunks`; a string is a piece of text."""
    spelled = [text_chunk(chunk) if isinstance(chunk, str) else chunk for chunk in chunks]
    body = b"".join(b"data: " + json.dumps(chunk).encode() + b"\n\n" for chunk in spelled)
    return 200, {"content-type": "text/event-stream"}, body + (b"data: [DONE]\n\n" if done else b"")


def text_chunk(text: str, reason: str | None = None, **more: Any) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": reason, **more}]}


def refusal(status: int, code: str | None = None, **more: Any) -> tuple[int, dict[str, str], bytes]:
    """Return an error as OpenAI spells it; `message` and headers such as `retry_after` in `more`."""
    error = {"message": more.pop("message", "SECRET-OF-UPSTREAM"), "type": "x", "param": more.pop("param", None)}
    headers = {key.replace("_", "-"): value for key, value in more.items()}
    return status, headers, json.dumps({"error": {**error, "code": code}}).encode()


@contextmanager
def scripted(*replies: tuple[int, dict[str, str], bytes]) -> Iterator[Script]:
    """Serve replies that were written before."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            script.paths.append(self.path)
            script.bodies.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            status, headers, body = script.next_reply()
            self.send_response(status)
            for name, value in {**headers, "connection": "close"}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            script.paths.append(self.path)
            self.send_error(404)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    web = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    web.daemon_threads = True
    script = Script(f"http://127.0.0.1:{web.server_port}/v1", list(replies))
    threading.Thread(target=web.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield script
    finally:
        web.shutdown()
        web.server_close()


def closed_base() -> str:
    """Return an address of this machine where nobody listens."""
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as web:
        return f"http://127.0.0.1:{web.server_port}/v1"


def without_ids(value: Any) -> Any:
    """Return a choice without what is new in every reply: the ids of calls."""
    if isinstance(value, dict):
        return {key: without_ids(each) for key, each in value.items() if key != "id"}
    return [without_ids(each) for each in value] if isinstance(value, list) else value
