"""A real server on loopback and a real host of pictures beside it, for tests of every room above them."""

from __future__ import annotations

import asyncio
import base64
import io
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import uvicorn
from PIL import Image

from sightline.api.app import create_app
from sightline.api.model_names import ALIASES
from sightline.api.server import uvicorn_config
from sightline.api.settings import Settings
from sightline.chat import Chat, ChatLimits
from sightline.engines.echo import EchoEngine
from sightline.images.fetch import FetchPolicy
from sightline.images.load import ImageLoader
from sightline.reading.reader import Reader

CHAT = "/v1/chat/completions"
PICTURE_HOST = "127.0.0.2"
START_S = 20.0


def picture(width: int = 1280, height: int = 720, kind: str = "JPEG", mode: str = "RGB") -> bytes:
    """Return an encoded picture with something on it."""
    image = Image.linear_gradient("L").resize((width, height)).convert(mode)
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def pdf(n_pages: int, width_pt: float = 200, height_pt: float = 100) -> bytes:
    """A document whose pages have a dark bar that is as wide as the page's number in tenths of the page."""
    kids = " ".join(f"{3 + 2 * i} 0 R" for i in range(n_pages))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {n_pages} >>"]
    for i in range(n_pages):
        stream = f"0 0 0 rg 0 0 {width_pt * (i + 1) / 10} {height_pt} re f"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width_pt} {height_pt}] /Contents {4 + 2 * i} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    out, offsets = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    tail = (
        f"xref\n0 {len(offsets) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(offsets) + 1} /Root 1 0 R >>\n"
    )
    return out + f"{tail}startxref\n{len(out)}\n%%EOF".encode()


@dataclass
class Running:
    """A server under test."""

    url: str
    engines: dict[str, EchoEngine]
    chat: Chat
    settings: Settings


def echo_engines() -> dict[str, EchoEngine]:
    """Return the engines that the tests talk to; the first is what the aliases mean."""
    engines = [
        EchoEngine(),
        EchoEngine("echo-cat", text="one dog and one cat and one bird"),
        EchoEngine("echo-slow", text="word " * 2000, delay_s=0.01),
        EchoEngine("echo-fault", fault_after=2),
        EchoEngine("org/echo-small", context_tokens=50),
        EchoEngine("echo-reads", wants_reading=True),
    ]
    return {engine.model_id: engine for engine in engines}


@contextmanager
def running(
    settings: Settings | None = None, limits: ChatLimits | None = None, chat: Chat | None = None
) -> Iterator[Running]:
    """Serve in a thread until the block ends; without a `chat` the echo engines answer."""
    settings = settings or Settings(port=0, playground=False)
    engines = echo_engines()
    policy = FetchPolicy(allowed_cidrs=(f"{PICTURE_HOST}/32",), ports=frozenset(range(1, 65_536)), total_s=2.0)
    loader = ImageLoader(fetch_policy=policy, refuse_animations=settings.strict_modern)
    if chat is None:
        chat = Chat(engines, dict.fromkeys(ALIASES, "sightline-echo"), loader, Reader(), limits)
    server = uvicorn.Server(uvicorn_config(create_app(chat, settings), settings))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True)
    thread.start()
    until(lambda: server.started, START_S)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield Running(f"http://127.0.0.1:{port}", engines, chat, settings)
    finally:
        server.should_exit = True
        thread.join(START_S)


def until(condition: Callable[[], bool], limit_s: float) -> float:
    """Wait until `condition` holds and return how long that took."""
    started = time.monotonic()
    while not condition():
        if time.monotonic() - started > limit_s:
            raise TimeoutError("it did not happen in time")
        time.sleep(0.005)
    return time.monotonic() - started


@dataclass
class PictureHost:
    """Serves what was put into `files`; `hits` are the paths that were asked for."""

    url: str
    files: dict[str, tuple[int, str, bytes]] = field(default_factory=dict)
    hits: list[str] = field(default_factory=list)

    def put(self, name: str, body: bytes, content_type: str = "image/jpeg", status: int = 200) -> str:
        """Serve `body` and return its URL."""
        self.files[f"/{name}"] = (status, content_type, body)
        return f"{self.url}/{name}"


@contextmanager
def hosting_pictures() -> Iterator[PictureHost]:
    """Serve pictures in a thread until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host.hits.append(self.path)
            if self.path == "/hang":
                time.sleep(30)
                return
            status, content_type, body = host.files.get(self.path, (404, "text/plain", b"nothing here"))
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    web = ThreadingHTTPServer((PICTURE_HOST, 0), Handler)
    web.daemon_threads = True
    host = PictureHost(f"http://{PICTURE_HOST}:{web.server_port}")
    threading.Thread(target=web.serve_forever, daemon=True).start()
    try:
        yield host
    finally:
        web.shutdown()
        web.server_close()


def data_url(body: bytes, mime: str = "image/jpeg") -> str:
    """Return `body` as a data URL."""
    return f"data:{mime};base64,{base64.b64encode(body).decode()}"


def image_part(url: str, detail: str | None = None) -> dict[str, Any]:
    """Return a picture as today's clients send it."""
    return {"type": "image_url", "image_url": {"url": url} | ({"detail": detail} if detail else {})}


def ask(*parts: str | dict[str, Any], model: str = "gpt-4-vision-preview", **more: Any) -> dict[str, Any]:
    """Return the body of a chat request with one user message."""
    content = [{"type": "text", "text": part} if isinstance(part, str) else part for part in parts]
    return {"model": model, "messages": [{"role": "user", "content": content}], **more}


def hello(**more: Any) -> dict[str, Any]:
    return {"model": "gpt-4o", "messages": [{"role": "user", "content": "Hello!"}], **more}


def says(*messages: dict[str, Any]) -> dict[str, Any]:
    return {"model": "gpt-4o", "messages": list(messages)}
