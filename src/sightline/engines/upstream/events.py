"""Server-sent events of a chat completion, each line and the whole within a limit."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any

from sightline.errors import UpstreamFault

MAX_LINE_BYTES = 1024 * 1024
MAX_STREAM_BYTES = 64 * 1024 * 1024
DONE = b"[DONE]"


async def chunks(pieces: AsyncIterator[bytes]) -> AsyncGenerator[dict[str, Any], None]:
    """Yield the JSON objects of a stream until it says that it is done, or ends.

    Raises:
        UpstreamFault: If a line or the stream is too long, or a line is no JSON object.
    """
    async for line in _lines(pieces):
        if not line.startswith(b"data:"):
            continue  # a comment that keeps the connection alive, or the blank line between two events
        data = line[len(b"data:") :].strip()
        if data == DONE:
            return
        try:
            chunk = json.loads(data)
        except ValueError:
            raise UpstreamFault("an event of the upstream is not JSON") from None
        if not isinstance(chunk, dict):
            raise UpstreamFault("an event of the upstream is not an object")
        yield chunk


async def _lines(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    held, n_bytes = b"", 0
    async for piece in pieces:
        n_bytes += len(piece)
        *lines, held = (held + piece).split(b"\n")
        if len(held) > MAX_LINE_BYTES or n_bytes > MAX_STREAM_BYTES:
            raise UpstreamFault("the upstream says more than an answer can be")
        for line in lines:
            yield line.rstrip(b"\r")
    if held:
        yield held
