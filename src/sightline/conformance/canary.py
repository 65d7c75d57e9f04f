"""A web server that nobody should ask for anything: it counts who does."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from sightline.conformance.pictures import Picture


class Canary:
    """Serves one picture at every path, or a redirect to `redirect_to`. `hits` are the paths that were asked for."""

    def __init__(self, host: str, picture: Picture, redirect_to: str | None = None) -> None:
        self.hits: list[str] = []
        canary = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                canary.hits.append(self.path)
                self.send_response(200 if redirect_to is None else 302)
                if redirect_to is not None:
                    self.send_header("Location", redirect_to)
                body = picture.data if redirect_to is None else b""
                self.send_header("Content-Type", picture.mime)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *arguments: object) -> None:
                pass

        self._web = ThreadingHTTPServer((host, 0), Handler)
        self._web.daemon_threads = True
        self.host, self.port = host, self._web.server_port
        threading.Thread(target=self._web.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def url(self, name: str, host: str | None = None) -> str:
        """Return an address of the canary. `host` spells it differently."""
        return f"http://{host or self.host}:{self.port}/{name}"

    def close(self) -> None:
        """Stop listening."""
        self._web.shutdown()
        self._web.server_close()


@contextmanager
def listening(host: str, picture: Picture, redirect_to: str | None = None) -> Iterator[Canary]:
    """Listen on a free port of `host` until the block ends.

    Raises:
        OSError: If this machine has no such address.
    """
    canary = Canary(host, picture, redirect_to)
    try:
        yield canary
    finally:
        canary.close()


def private_address_towards(host: str, port: int | None) -> str | None:
    """Return this machine's address on the way to `host`, if it is one that no server should fetch from."""
    try:
        with socket.create_connection((host, port or 80), timeout=5) as there:
            address = str(there.getsockname()[0])
    except OSError:
        return None
    return None if ipaddress.ip_address(address.partition("%")[0]).is_global else address
