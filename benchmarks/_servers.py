"""Servers as children: Sightline with an engine, and a bare ASGI application that only echoes.

    python benchmarks/_servers.py sightline --model sightline-echo
    python benchmarks/_servers.py bare

Each prints its port on the first line and serves until its standard input ends.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import uvicorn

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send


@contextmanager
def child(which: str, *options: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run a server in a child and give the child and its port; it ends with the block."""
    command = [sys.executable, __file__, which, *options]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, text=True, **pipes) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            if not line:
                raise SystemExit(f"the child server did not start: {' '.join(command)}")
            yield process, int(line)
        finally:
            if process.stdin:
                process.stdin.close()
            process.wait(30)


def main() -> None:
    """Serve."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("which", choices=["sightline", "bare"])
    parser.add_argument("--model", default="sightline-echo")
    options = parser.parse_args()
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named TCP: asyncio sets NODELAY
    listener.bind(("127.0.0.1", 0))
    listener.listen(512)
    port = listener.getsockname()[1]
    config = _sightline(options.model, port) if options.which == "sightline" else _bare(port)
    asyncio.run(_serve(uvicorn.Server(config), listener))


async def _serve(server: uvicorn.Server, listener: socket.socket) -> None:
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    print(listener.getsockname()[1], flush=True)  # who connects now waits in the backlog until the server is up
    hung_up = asyncio.create_task(asyncio.to_thread(sys.stdin.read))
    await asyncio.wait({serving, hung_up}, return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    await serving


def _sightline(model: str, port: int) -> uvicorn.Config:
    from sightline.api.app import create_app
    from sightline.api.server import build_chat, uvicorn_config
    from sightline.api.settings import Settings

    settings = Settings(port=port, default_model=model, playground=False)
    return uvicorn_config(create_app(build_chat(settings), settings), settings)


def _bare(port: int) -> uvicorn.Config:
    return uvicorn.Config(
        bare, port=port, http="h11", ws="none", lifespan="off", loop="asyncio", access_log=False, log_config=None
    )


async def bare(scope: Scope, receive: Receive, send: Send) -> None:
    """Read a chat request and say its text back, with no check of anything: the least a server can do."""
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    request = json.loads(body)
    content = request["messages"][-1]["content"]
    text = content if isinstance(content, str) else content[0]["text"]
    stream = request.get("stream", False)
    kind = b"text/event-stream" if stream else b"application/json"
    headers = [(b"content-type", kind)]
    if stream:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for word in text.split():
            chunk = {"choices": [{"index": 0, "delta": {"content": word}, "finish_reason": None}]}
            await send(
                {"type": "http.response.body", "body": b"data: %s\n\n" % json.dumps(chunk).encode(), "more_body": True}
            )
        await send({"type": "http.response.body", "body": b"data: [DONE]\n\n"})
        return
    answer = {"choices": [{"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}]}
    reply = json.dumps(answer).encode()
    headers.append((b"content-length", str(len(reply)).encode()))
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": reply})


if __name__ == "__main__":
    os.environ.pop("SIGHTLINE_API_KEYS", None)
    main()
