"""`GET /v1/models` and `GET /v1/models/{id}`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.types import Receive, Scope, Send

from sightline.api.connection import send_json
from sightline.api.replies import to_json
from sightline.chat import Chat
from sightline.engines.base import Engine
from sightline.engines.catalogue import good_at

CREATED = 1_700_000_000  # the aliases are as old as the guide; clients only need a number


@dataclass(frozen=True, slots=True)
class Models:
    """Lists what may be asked for, or shows one of it when the path names it."""

    chat: Chat

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        model = scope["path_params"].get("model")
        if model is None:
            listed = [model_out(id_, self.chat.engine_for(id_)) for id_ in self.chat.model_ids]
            await send_json(send, to_json({"object": "list", "data": listed}))
            return
        await send_json(send, to_json(model_out(model, self.chat.engine_for(model))))


def model_out(model: str, engine: Engine) -> dict[str, Any]:
    """Return OpenAI's model object, and what is known of the engine behind the name. Nothing is loaded for it."""
    known = {
        "model": engine.model_id,
        "good_at": good_at(engine.model_id),
        "state": engine.state,
        "memory_bytes": engine.n_bytes,
    }
    return {"id": model, "object": "model", "created": CREATED, "owned_by": "sightline", "sightline": known}
