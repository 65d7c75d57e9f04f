"""A small server on loopback that answers as the Hugging Face hub does: listings, files, ranges, redirects."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

COMMIT = "0123456789abcdef"


@dataclass
class FakeHub:
    """What the server has, and what it was asked. `cut_after` ends each answer after so many bytes."""

    files: dict[str, bytes]
    repository: str = "tiny/Eyes-GGUF"
    licence: str | None = "apache-2.0"
    token: str | None = None
    cut_after: int | None = None
    knows_ranges: bool = True
    redirects_to: str = ""  # another hub's address
    wrong_hash: bool = False
    claims_bytes: int | None = None
    asked: list[tuple[str, str, str]] = field(default_factory=list)  # path, range, authorization
    address: str = ""

    def listing(self) -> dict[str, object]:
        """The repository as the API tells it."""
        files = [
            {
                "rfilename": name,
                "lfs": {
                    "size": self.claims_bytes or len(data),
                    "sha256": hashlib.sha256(data + b"x" * self.wrong_hash).hexdigest(),
                },
            }
            for name, data in self.files.items()
        ]
        card = {"license": self.licence} if self.licence else None
        return {"sha": COMMIT, "cardData": card, "siblings": [*files, {"rfilename": "README.md"}]}


@contextmanager
def hub_on_loopback(hub: FakeHub) -> Iterator[FakeHub]:
    """Serve until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, span = urlsplit(self.path).path, self.headers.get("range", "")
            hub.asked.append((path, span, self.headers.get("authorization", "")))
            start = f"/{hub.repository}/resolve/{COMMIT}/"
            if hub.token and self.headers.get("authorization") != f"Bearer {hub.token}":
                self.answer(401, b"")
            elif path == f"/api/models/{hub.repository}":
                self.answer(200, json.dumps(hub.listing()).encode())
            elif path.startswith(start) and hub.redirects_to:
                self.send_response(302)
                self.send_header("location", hub.redirects_to + path)
                self.send_header("content-length", "0")
                self.end_headers()
            elif path.startswith(start) and path.removeprefix(start) in hub.files:
                self.send_file(hub.files[path.removeprefix(start)], span)
            else:
                self.answer(404, b"")

        def send_file(self, data: bytes, span: str) -> None:
            first = int(span.removeprefix("bytes=").rstrip("-")) if span and hub.knows_ranges else 0
            self.answer(206 if first else 200, data[first:], hub.cut_after)

        def answer(self, status: int, body: bytes, cut_after: int | None = None) -> None:
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[:cut_after])
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    hub.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
