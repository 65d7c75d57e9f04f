"""What a signal does to a server."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import httpx2

SERVER = """
import socket
from sightline.api.server import serve_on
from sightline.api.settings import Settings
listener = socket.create_server(("127.0.0.1", 0))
settings = Settings(port=0, default_model="sightline-echo", playground=False, drain_s=20)
serve_on(listener, settings, ready=lambda: print("port", listener.getsockname()[1], flush=True))
"""
SOURCE = Path(__file__).parents[2] / "src"


def test_a_server_finishes_what_runs_and_ends_with_status_0() -> None:
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    with subprocess.Popen(
        [sys.executable, "-c", SERVER], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as server:
        assert server.stdout is not None
        found = re.search(rb"port (\d+)", server.stdout.readline())
        assert found
        url = f"http://127.0.0.1:{int(found[1])}/v1/chat/completions"
        body = {"model": "gpt-4o", "messages": [{"role": "user", "content": "word " * 20_000}], "stream": True}
        with httpx2.stream("POST", url, json=body, timeout=60) as reply:
            pieces = reply.iter_text()
            next(pieces)
            stopping = threading.Timer(0, server.send_signal, [signal.SIGTERM])
            stopping.start()
            text = "".join(pieces)
        stopping.join()
        assert text.endswith("data: [DONE]\n\n")
        assert server.wait(30) == 0
