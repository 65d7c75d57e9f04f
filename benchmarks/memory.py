"""How much memory the server holds: idle, after receipts, and at its highest.

    python benchmarks/memory.py
    python benchmarks/memory.py --model sightline-echo --receipts 5

Starts a server as a child, asks about one receipt after the other, and sums the resident memory (RSS, Linux) of
the server and of its own children, which decode pictures; pages they share are counted in each.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from _common import RECEIPT_QUESTION, print_json, print_table, receipts
from _load import Connection, post
from _servers import child

MIB = 1024 * 1024
PAUSE_S = 0.02


def main() -> int:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--receipts", type=int, default=20)
    parser.add_argument("--model", default="sightline-mini")
    options = parser.parse_args()
    requests = [ask(path, options.model) for path in receipts(options.receipts)]
    with child("sightline", "--model", options.model) as (process, port), peak_of(process.pid) as peak:
        asyncio.run(get_ready(port))
        rows = [measured("idle", process.pid)]
        started = time.perf_counter()
        asyncio.run(one_by_one(port, requests))
        seconds = time.perf_counter() - started
        rows.append(measured(f"after {len(requests)} receipts", process.pid))
        time.sleep(5 * PAUSE_S)
    rows.append({"when": "peak", "processes": peak[1], "RSS MiB": peak[0] / MIB})
    print_table(rows)
    print_json("memory", model=options.model, n=len(requests), seconds=seconds, rows=rows)
    return 0


def ask(path: Path, model: str) -> bytes:
    """Give the request about one receipt."""
    url = "data:image/jpeg;base64," + base64.b64encode(path.read_bytes()).decode()
    parts = [{"type": "text", "text": RECEIPT_QUESTION}, {"type": "image_url", "image_url": {"url": url}}]
    return post(
        "/v1/chat/completions", json.dumps({"model": model, "messages": [{"role": "user", "content": parts}]}).encode()
    )


async def get_ready(port: int) -> None:
    """Return when the server answers that it is ready, which makes it load its model."""
    connection = await Connection(port).open()
    await asyncio.wait_for(connection.ask(b"GET /health/ready HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n"), 60)
    connection.close()


async def one_by_one(port: int, requests: list[bytes]) -> None:
    """Send the requests on one connection."""
    connection = await Connection(port).open()
    for request in requests:
        await connection.ask(request)
    connection.close()


def measured(when: str, pid: int) -> dict[str, object]:
    """Give the line of a table for now."""
    total, n_processes = resident(pid)
    return {"when": when, "processes": n_processes, "RSS MiB": total / MIB}


@contextmanager
def peak_of(pid: int) -> Iterator[list[int]]:
    """Watch a process and its children; the list holds the highest sum in bytes and the processes of that moment."""
    peak, over = [0, 0], threading.Event()

    def watch() -> None:
        while not over.wait(PAUSE_S):
            peak[:] = max(peak, list(resident(pid)))

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        over.set()
        thread.join()


def resident(pid: int) -> tuple[int, int]:
    """Sum the resident bytes of a process and all below it, and count them."""
    total, n_processes, waiting = 0, 0, [pid]
    while waiting:
        one = waiting.pop()
        try:
            status = Path(f"/proc/{one}/status").read_text(encoding="utf-8")
            for task in Path(f"/proc/{one}/task").iterdir():
                waiting += [int(word) for word in (task / "children").read_text(encoding="utf-8").split()]
        except OSError:  # it ended meanwhile
            continue
        line = next((line for line in status.splitlines() if line.startswith("VmRSS:")), "VmRSS: 0 kB")
        total, n_processes = total + 1024 * int(line.split()[1]), n_processes + 1
    return total, n_processes


if __name__ == "__main__":
    sys.exit(main())
