"""A server with the page and an engine that fills forms: `python serve_forms.py` prints its address."""

from __future__ import annotations

import json
import socket
from collections.abc import AsyncIterator

import uvicorn

from sightline.api.app import create_app
from sightline.api.server import uvicorn_config
from sightline.api.settings import Settings
from sightline.chat import Chat
from sightline.engines.base import EngineRequest
from sightline.engines.echo import EchoEngine, echo
from sightline.images.load import ImageLoader
from sightline.types import Delta


class FormEngine(EchoEngine):
    """Echoes; where a schema is asked for, the echo is the value of its first property and the rest is null."""

    async def stream(self, request: EngineRequest) -> AsyncIterator[Delta]:
        """Yield the form in three pieces, or the echo."""
        if request.json_schema is None:
            async for delta in super().stream(request):
                yield delta
            return
        names = list(request.json_schema["properties"])
        text = json.dumps({names[0]: echo(request.messages), **dict.fromkeys(names[1:])})
        for piece in (text[:5], text[5:20], text[20:]):
            yield Delta(piece, 1)
        yield Delta(finish_reason="stop")


def main() -> None:
    """Serve until a signal says stop."""
    settings = Settings(port=0)
    chat = Chat({"forms": FormEngine("forms")}, {}, ImageLoader(), None)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        app = create_app(chat, settings)
        print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)  # noqa: T201
        uvicorn.Server(uvicorn_config(app, settings)).run(sockets=[listener])


if __name__ == "__main__":
    main()
