"""A server in a process of its own, to be killed at any moment, and a batch that it has to bring to its end."""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import httpx2

SRC = Path(__file__).parents[1] / "src"
START_S, END_S = 120.0, 600.0
CHAT = "/v1/chat/completions"


def jsonl(*bodies: Any, url: str = CHAT) -> bytes:
    """Return a batch's input: a request for each body, called `line-0`, `line-1`, ..."""
    lines = ({"custom_id": f"line-{at}", "method": "POST", "url": url, "body": body} for at, body in enumerate(bodies))
    return "".join(json.dumps(line) + "\n" for line in lines).encode()


def say(text: str, **more: Any) -> dict[str, Any]:
    """Return a request that the echo engine answers with `text`."""
    return {"model": "gpt-4o", "messages": [{"role": "user", "content": text}], **more}


def upload(http: httpx2.Client, data: bytes, purpose: str = "batch") -> str:
    """Return the id of an uploaded file."""
    reply = http.post("/v1/files", data={"purpose": purpose}, files={"file": ("in.jsonl", data)})
    reply.raise_for_status()
    found: str = reply.json()["id"]
    return found


def start_batch(http: httpx2.Client, file_id: str, endpoint: str = CHAT, **more: Any) -> dict[str, Any]:
    """Return a new batch."""
    body = {"input_file_id": file_id, "endpoint": endpoint, "completion_window": "24h", **more}
    reply = http.post("/v1/batches", json=body)
    reply.raise_for_status()
    found: dict[str, Any] = reply.json()
    return found


def ended(http: httpx2.Client, batch_id: str, limit_s: float = 60.0) -> dict[str, Any]:
    """Wait until a batch has ended and return it."""
    give_up = time.monotonic() + limit_s
    while time.monotonic() < give_up:
        batch: dict[str, Any] = http.get(f"/v1/batches/{batch_id}").json()
        if batch["status"] in ("completed", "failed", "expired", "cancelled"):
            return batch
        time.sleep(0.02)
    raise TimeoutError("the batch did not end in time")


def results(http: httpx2.Client, file_id: str | None) -> list[dict[str, Any]]:
    """Return the lines of an output or error file; none if there is no file."""
    if file_id is None:
        return []
    reply = http.get(f"/v1/files/{file_id}/content")
    reply.raise_for_status()
    return [json.loads(line) for line in reply.text.splitlines()]


class Killable:
    """`sightline serve` on a data folder, which outlives it."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.http = httpx2.Client(base_url=f"http://127.0.0.1:{self._port}", timeout=30)

    def start(self) -> None:
        """Start, and wait until it answers."""
        words = ["serve", "--model", "sightline-echo", "--no-playground", "--port", str(self._port)]
        environment = {**os.environ, "PYTHONPATH": str(SRC), "SIGHTLINE_DATA_DIR": str(self._folder)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "sightline.cli", *words],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        give_up = time.monotonic() + START_S
        while time.monotonic() < give_up:
            try:
                self.http.get("/health/live").raise_for_status()
            except httpx2.HTTPError:
                time.sleep(0.02)
            else:
                return
        raise TimeoutError("the server did not start")

    def kill(self) -> None:
        """End it with SIGKILL."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def survive(folder: Path, n_kills: int, n_lines: int, seed: int) -> int:
    """Run one batch through `n_kills` kills at random moments and return how many of them met it unfinished.

    Raises:
        ValueError: If a line was lost or doubled, or a file was seen that was not whole.
    """
    draw = random.Random(seed)
    server = Killable(folder)
    server.start()
    try:
        batch_id = start_batch(server.http, upload(server.http, jsonl(*(say(f"word {at}") for at in range(n_lines)))))[
            "id"
        ]
        n_met = 0
        for _ in range(n_kills):
            if n_met:  # the same request must not meet a kill three times: then it is given up, as it should be
                _wait_for_progress(server.http, batch_id)
            time.sleep(draw.random() * 0.4)
            server.kill()
            server.start()
            n_met += server.http.get(f"/v1/batches/{batch_id}").json()["status"] != "completed"
        batch = ended(server.http, batch_id, END_S)
        check(batch, results(server.http, batch["output_file_id"]), n_lines)
        outputs = [
            file["id"] for file in server.http.get("/v1/files").json()["data"] if file["purpose"] == "batch_output"
        ]
        if outputs != [batch["output_file_id"]]:
            raise ValueError(f"{len(outputs)} output files")
    finally:
        server.kill()
        server.http.close()
    left = [path.name for path in folder.rglob("*") if path.suffix == ".partial" or path.parent.name == "batches"]
    if left:
        raise ValueError(f"left behind: {left}")
    return n_met


def _wait_for_progress(http: httpx2.Client, batch_id: str) -> None:
    first = http.get(f"/v1/batches/{batch_id}").json()
    give_up = time.monotonic() + START_S
    while time.monotonic() < give_up:
        now = http.get(f"/v1/batches/{batch_id}").json()
        if now["status"] != first["status"] or now["request_counts"] != first["request_counts"]:
            return
        if now["status"] == "completed":
            return
        time.sleep(0.005)
    raise TimeoutError("the batch does not move")


def check(batch: dict[str, Any], found: list[dict[str, Any]], n_lines: int) -> None:
    """Refuse anything but every line once, with its own answer."""
    if batch["status"] != "completed" or batch["error_file_id"] is not None:
        raise ValueError(f"the batch ended as {batch['status']}, errors {batch['error_file_id']}")
    if batch["request_counts"] != {"total": n_lines, "completed": n_lines, "failed": 0}:
        raise ValueError(f"counts {batch['request_counts']}")
    names = Counter(line["custom_id"] for line in found)
    if names != Counter(f"line-{at}" for at in range(n_lines)):
        raise ValueError("a line was lost or doubled")
    for line in found:
        text = line["response"]["body"]["choices"][0]["message"]["content"]
        if text != line["custom_id"].replace("line-", "word "):
            raise ValueError(f"{line['custom_id']} has the answer of another")
