"""`GET /v1/models` and `GET /v1/models/{id}`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.types import Receive, Scope, Send

from sightline.api.connection import send_json
from sightline.api.replies import to_json
from sightline.chat import Chat

CREATED = 1_700_000_000  # the aliases are as old as the guide; clients only need a number


@dataclass(frozen=True, slots=True)
class Models:
    """Lists what may be asked for, or shows one of it when the path names it."""

    chat: Chat

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        model = scope["path_params"].get("model")
        if model is None:
            await send_json(send, to_json({"object": "list", "data": [model_out(id_) for id_ in self.chat.model_ids]}))
            return
        self.chat.engine_for(model)
        await send_json(send, to_json(model_out(model)))


def model_out(model: str) -> dict[str, Any]:
    """Return OpenAI's model object."""
    return {"id": model, "object": "model", "created": CREATED, "owned_by": "sightline"}
