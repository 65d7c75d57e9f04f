from __future__ import annotations

import asyncio
from pathlib import Path

from starlette.types import Message, Receive, Scope, Send

from sightline.playground.guard import PageGuard, bytes_in


async def upload(guard: PageGuard) -> int:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/gradio_api/upload", "headers": []}
    await guard(scope, receive, send)
    return int(sent[0]["status"])


async def accept(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def test_uploads_are_refused_while_the_shared_room_is_full(tmp_path: Path) -> None:
    guard = PageGuard(accept, tmp_path, max_uploads_bytes=1000)
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "a.png").write_bytes(b"x" * 999)
    assert asyncio.run(upload(guard)) == 200
    (tmp_path / "b.png").write_bytes(b"x")
    assert bytes_in(tmp_path / "one") == 999
    assert asyncio.run(upload(guard)) == 503
    (tmp_path / "b.png").unlink()
    assert asyncio.run(upload(guard)) == 200


def test_a_folder_that_is_not_there_yet_has_room(tmp_path: Path) -> None:
    assert asyncio.run(upload(PageGuard(accept, tmp_path / "later"))) == 200
