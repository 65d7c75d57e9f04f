"""What the server itself costs: Sightline with the echo engine beside a bare ASGI application, in one run.

    python benchmarks/server_overhead.py
    python benchmarks/server_overhead.py --seconds 1 --requests 100     a quick look

Both run under uvicorn and h11 in a child of their own. Single requests go to one and the other in turn;
the overhead is the difference of the medians. Then each takes 1, 8 and 32 requests at once, in turn,
three rounds; the median round counts. Goals: overhead of a text request <= 3 ms, >= 800 requests/s.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import io
import json
import statistics
import sys
import time

from _common import print_json, print_table
from _load import Connection, drive, post
from _servers import child

GOAL_MS, GOAL_PER_S = 3.0, 800.0
N_ROUNDS = 3
AT_ONCE = (1, 8, 32)
TEXT = "Say these sixteen words back to me as they are, one after the other, and stop."


def requests() -> dict[str, bytes]:
    """Give a request of each kind: text or a small picture, whole or streamed."""
    kinds = {}
    for name, content in (("text", TEXT), ("picture", [{"type": "text", "text": TEXT}, picture_part()])):
        for stream in (False, True):
            body = {"model": "sightline-echo", "messages": [{"role": "user", "content": content}], "stream": stream}
            kinds[name + (", stream" if stream else "")] = post("/v1/chat/completions", json.dumps(body).encode())
    return kinds


def picture_part() -> dict[str, object]:
    """Draw a picture of 256 x 256 px and give it as a content part."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (256, 256), "white")
    ImageDraw.Draw(image).ellipse((40, 60, 200, 220), "teal", "black", 3)
    file = io.BytesIO()
    image.save(file, "PNG")
    url = "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
    return {"type": "image_url", "image_url": {"url": url}}


async def latency(ports: tuple[int, int], request: bytes, n: int) -> tuple[list[float], list[float]]:
    """Time `n` single requests to each port, in turn, in milliseconds."""
    connections = [await Connection(port).open() for port in ports]
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(n + 20):
        for connection, into in zip(connections, times, strict=True):
            started = time.perf_counter()
            await connection.ask(request)
            if number >= 20:
                into.append((time.perf_counter() - started) * 1e3)
    for connection in connections:
        connection.close()
    return times


async def measure(ports: tuple[int, int], options: argparse.Namespace) -> tuple[list[dict[str, object]], ...]:
    """Run everything; the ports are those of Sightline and of the bare application."""
    single: list[dict[str, object]] = []
    loaded: list[dict[str, object]] = []
    for kind, request in requests().items():
        ours, bare = await latency(ports, request, options.requests)
        medians = statistics.median(ours), statistics.median(bare)
        p95 = statistics.quantiles(ours, n=20)[-1]
        single.append(
            {"request": kind, "n": options.requests, "ms": medians[0], "bare ms": medians[1],
             "overhead ms": medians[0] - medians[1], "p95 ms": p95}
        )  # fmt: skip
        for at_once in AT_ONCE:
            rounds = [[await drive(port, request, at_once, options.seconds) for port in ports] for _ in range(N_ROUNDS)]
            mine, theirs = (statistics.median(pair[i].per_s for pair in rounds) for i in (0, 1))
            p95 = statistics.quantiles([t for pair in rounds for t in pair[0].times_ms], n=20)[-1]
            loaded.append(
                {"request": kind, "at once": at_once, "requests/s": mine, "bare requests/s": theirs,
                 "share": mine / theirs, "p95 ms": p95}
            )  # fmt: skip
    return single, loaded


def main() -> int:
    """Measure; exit 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=400, help="single requests of each kind to each server")
    parser.add_argument("--seconds", type=float, default=2.0, help="length of a round")
    options = parser.parse_args()
    with child("sightline") as (_, ours), child("bare") as (_, bare):
        single, loaded = asyncio.run(measure((ours, bare), options))
    print_table(single)
    print_table(loaded)
    overhead, best = single[0]["overhead ms"], max(float(str(row["requests/s"])) for row in loaded[: len(AT_ONCE)])
    reached = float(str(overhead)) <= GOAL_MS and best >= GOAL_PER_S
    print(f"text: {overhead:.2f} ms overhead (goal {GOAL_MS}), {best:.0f} requests/s (goal {GOAL_PER_S:.0f})")
    print_json("server_overhead", single=single, loaded=loaded, reached=reached)
    return int(not reached)


if __name__ == "__main__":
    sys.exit(main())
