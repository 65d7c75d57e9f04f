"""`/v1/batches`: take in, list, show, cancel. `api.batch_runner` runs them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError
from starlette.types import Receive, Scope, Send

from sightline.api.answering import BodyReader
from sightline.api.batch_runner import ENDPOINTS
from sightline.api.connection import send_json
from sightline.api.files import MAX_LIFETIME_S, MIN_LIFETIME_S, list_out
from sightline.api.owner import owner_of
from sightline.api.query import page_of, read_query
from sightline.api.refusals import quoted, refuse, shown
from sightline.api.replies import to_json
from sightline.api.wire import MetadataKey, MetadataValue, Wire
from sightline.errors import InvalidRequest
from sightline.store.batches import Batch, BatchStore
from sightline.store.files import FileStore

WINDOW_S = 24 * 3600
ENDED = ("completed", "failed", "expired", "cancelled")
MILESTONES = ("in_progress", "finalizing", "completed", "failed", "expired", "cancelling", "cancelled")
NOT_FOR_BATCH = "The file '{file_id}' was uploaded with purpose '{purpose}'. A batch needs purpose 'batch'."


class OutputExpiresAfterIn(Wire):
    """When the files that a batch makes are deleted."""

    anchor: Literal["created_at"]
    seconds: Annotated[int, Field(ge=MIN_LIFETIME_S, le=MAX_LIFETIME_S)]


class BatchRequestIn(Wire):
    """`POST /v1/batches`."""

    input_file_id: str
    endpoint: str
    completion_window: Literal["24h"]
    metadata: Annotated[dict[MetadataKey, MetadataValue], Field(max_length=16)] | None = None
    output_expires_after: OutputExpiresAfterIn | None = None


@dataclass(frozen=True, slots=True)
class Batches:
    """`GET` and `POST /v1/batches`."""

    store: BatchStore
    files: FileStore
    bodies: BodyReader

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["method"] == "POST":
            batch = await self._create(owner_of(scope), await self.bodies.read(scope, receive))
            await send_json(send, to_json(batch_out(batch)))
            return
        page = page_of(read_query(scope, ("after", "limit")), max_limit=100, limit=20)
        batches, more = await self.store.list(owner_of(scope), after=page.after, limit=page.limit)
        await send_json(send, to_json(list_out([batch_out(batch) for batch in batches], has_more=more)))

    async def _create(self, owner: str, body: dict[str, Any]) -> Batch:
        try:
            wire = BatchRequestIn.model_validate(body)
        except ValidationError as error:
            raise refuse(error, body) from None
        if wire.endpoint not in ENDPOINTS:
            message = f"Invalid value: '{shown(wire.endpoint)}'. Supported values are: {quoted(ENDPOINTS)}."
            raise InvalidRequest(message, param="endpoint", code="invalid_value")
        file = await self.files.get(owner, wire.input_file_id)
        if file.purpose != "batch":
            message = NOT_FOR_BATCH.format(file_id=file.id, purpose=file.purpose)
            raise InvalidRequest(message, param="input_file_id", code="invalid_value")
        return await self.store.create(
            owner,
            endpoint=wire.endpoint,
            input_file_id=wire.input_file_id,
            window_s=WINDOW_S,
            metadata=json.dumps(wire.metadata),
            output_lifetime_s=wire.output_expires_after.seconds if wire.output_expires_after else None,
        )


@dataclass(frozen=True, slots=True)
class OneBatch:
    """`GET /v1/batches/{id}`."""

    store: BatchStore

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        read_query(scope, ())
        await send_json(
            send, to_json(batch_out(await self.store.get(owner_of(scope), scope["path_params"]["batch_id"])))
        )


@dataclass(frozen=True, slots=True)
class CancelBatch:
    """`POST /v1/batches/{id}/cancel`."""

    store: BatchStore

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        batch = await self.store.cancel(owner_of(scope), scope["path_params"]["batch_id"])
        await send_json(send, to_json(batch_out(batch)))


def batch_out(batch: Batch) -> dict[str, Any]:
    """Return OpenAI's batch object."""
    errors = None if batch.errors is None else {"object": "list", "data": json.loads(batch.errors)}
    has_ended = batch.status in ENDED
    return {
        "id": batch.id,
        "object": "batch",
        "endpoint": batch.endpoint,
        "errors": errors,
        "input_file_id": batch.input_file_id,
        "completion_window": "24h",
        "status": batch.status,
        "output_file_id": batch.output_file_id if has_ended else None,
        "error_file_id": batch.error_file_id if has_ended else None,
        "created_at": batch.created_at,
        "expires_at": batch.expires_at,
        **{f"{name}_at": batch.times.get(name) for name in MILESTONES},
        "request_counts": {"total": batch.n_total, "completed": batch.n_completed, "failed": batch.n_failed},
        "metadata": json.loads(batch.metadata),
    }
