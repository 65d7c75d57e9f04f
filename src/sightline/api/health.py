"""`/health/live`: the process answers. `/health/ready`: so do its models."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.types import Receive, Scope, Send

from sightline.api.connection import send_json
from sightline.chat import Chat

OK = b'{"status":"ok"}'
NOT_READY = b'{"status":"not ready"}'


async def live(scope: Scope, receive: Receive, send: Send) -> None:
    """Say that the process answers."""
    await send_json(send, OK)


@dataclass(frozen=True, slots=True)
class Ready:
    """Says whether every engine answers."""

    chat: Chat

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if await self.chat.is_ready():
            await send_json(send, OK)
        else:
            await send_json(send, NOT_READY, status=503)
