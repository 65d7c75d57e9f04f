"""A server with the page, the bundled model and a model that echoes: `python serve_bundled.py` prints its address."""

from __future__ import annotations

import socket

import uvicorn

from sightline.api.app import create_app
from sightline.api.server import uvicorn_config
from sightline.api.settings import Settings
from sightline.chat.assembly import BUNDLED, ECHO, build_chat


def main() -> None:
    """Serve until a signal says stop."""
    settings = Settings(port=0)
    chat = build_chat([BUNDLED, ECHO], in_background=True)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        app = create_app(chat, settings)
        print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)  # noqa: T201
        uvicorn.Server(uvicorn_config(app, settings)).run(sockets=[listener])


if __name__ == "__main__":
    main()
