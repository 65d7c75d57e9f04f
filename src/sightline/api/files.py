"""`/v1/files`: upload, list, show, fetch and delete. Whoever asks sees their own."""

from __future__ import annotations

import asyncio
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote

from starlette.types import Receive, Scope, Send

from sightline.api.connection import BodyStream, send_json
from sightline.api.errors import HttpRefusal
from sightline.api.json_body import TOO_LARGE
from sightline.api.multipart import Form
from sightline.api.owner import owner_of
from sightline.api.query import page_of, read_query, whole_number
from sightline.api.refusals import missing, quoted, shown
from sightline.api.replies import to_json
from sightline.errors import InvalidRequest
from sightline.store.files import FileStore, StoredFile, no_such_file

PURPOSES = ("batch", "user_data", "vision")
PURPOSES_ELSEWHERE = ("assistants", "evals", "fine-tune")
MAX_LISTED = 10_000
MAX_NAME_BYTES = 255
DAY_S = 86_400
BATCH_LIFETIME_S = 30 * DAY_S
MIN_LIFETIME_S = 3_600
MAX_LIFETIME_S = 30 * DAY_S
ANCHOR, SECONDS = "expires_after[anchor]", "expires_after[seconds]"
FORM_FIELDS = ("purpose", ANCHOR, SECONDS)
PIECE_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class FileLimits:
    """How large an upload may be, in bytes, and how slow."""

    max_bytes: int
    max_batch_bytes: int
    deadline_s: float
    stall_s: float

    def of(self, purpose: str | None) -> int:
        """Return the limit for `purpose`; while it is not known, the highest."""
        return self.max_batch_bytes if purpose in (None, "batch") else self.max_bytes


@dataclass(frozen=True, slots=True)
class Files:
    """`GET` and `POST /v1/files`."""

    store: FileStore
    limits: FileLimits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["method"] == "POST":
            file = await self._upload(scope, receive)
            await send_json(send, to_json(file_out(file)))
        else:
            await send_json(send, to_json(await self._list(scope)))

    async def _upload(self, scope: Scope, receive: Receive) -> StoredFile:
        limits = self.limits
        form = Form(scope, receive, max_file_bytes=limits.of(None), deadline_s=limits.deadline_s)
        async with await self.store.begin(owner_of(scope)) as upload:
            async for data in form.file_chunks():
                limit = limits.of(form.fields.get("purpose"))
                if upload.n_bytes + len(data) > limit:
                    close = {"connection": "close"}
                    raise HttpRefusal(413, TOO_LARGE.format(limit=limit), code="request_too_large", headers=close)
                await upload.write(data)
            purpose, lifetime_s = read_fields(form.fields)
            if form.filename is None:
                raise missing("file")
            if upload.n_bytes > limits.of(purpose):
                raise HttpRefusal(413, TOO_LARGE.format(limit=limits.of(purpose)), code="request_too_large")
            if not upload.n_bytes:
                raise InvalidRequest("Invalid 'file': the file is empty.", param="file", code="invalid_value")
            return await upload.keep(purpose=purpose, filename=clean_name(form.filename), lifetime_s=lifetime_s)

    async def _list(self, scope: Scope) -> dict[str, Any]:
        query = read_query(scope, ("after", "limit", "order", "purpose"))
        page = page_of(query, max_limit=MAX_LISTED, limit=MAX_LISTED)
        files, more = await self.store.list(
            owner_of(scope),
            purpose=query.get("purpose"),
            after=page.after,
            limit=page.limit,
            newest_first=page.newest_first,
        )
        return list_out([file_out(file) for file in files], has_more=more)


@dataclass(frozen=True, slots=True)
class OneFile:
    """`GET` and `DELETE /v1/files/{id}`."""

    store: FileStore

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        read_query(scope, ())
        file_id, owner = scope["path_params"]["file_id"], owner_of(scope)
        if scope["method"] == "DELETE":
            await self.store.delete(owner, file_id)
            await send_json(send, to_json({"id": file_id, "object": "file", "deleted": True}))
        else:
            await send_json(send, to_json(file_out(await self.store.get(owner, file_id))))


@dataclass(frozen=True, slots=True)
class FileContent:
    """`GET /v1/files/{id}/content`: the bytes, never as anything that a browser would show."""

    store: FileStore
    stall_s: float

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        read_query(scope, ())
        file_id, owner = scope["path_params"]["file_id"], owner_of(scope)
        file = await self.store.get(owner, file_id)
        opened = await asyncio.to_thread(_open, await self.store.path(owner, file_id))
        if opened is None:
            raise no_such_file(file_id)
        headers = {
            "content-type": "application/octet-stream",
            "content-length": str(file.n_bytes),
            "content-disposition": f"attachment; filename*=UTF-8''{quote(file.filename, safe='')}",
            "cache-control": "private, no-store",
        }
        with opened:
            out = BodyStream(send, self.stall_s)
            await out.start(headers)
            while piece := await asyncio.to_thread(opened.read, PIECE_BYTES):
                await out.write(piece)
            await out.end()


def _open(path: Path) -> BinaryIO | None:
    try:
        return path.open("rb")
    except FileNotFoundError:  # deleted between two looks
        return None


def read_fields(fields: dict[str, str]) -> tuple[str, int | None]:
    """Return the purpose of an upload, and for how many seconds it is kept; `None`: until it is deleted.

    Raises:
        InvalidRequest: If a field is missing, unknown or out of range.
    """
    for name in fields:
        if name not in FORM_FIELDS:
            raise InvalidRequest(f"Unknown parameter: '{name}'.", param=name, code="unknown_parameter")
    purpose = fields.get("purpose")
    if purpose is None:
        raise missing("purpose")
    if purpose in PURPOSES_ELSEWHERE:
        raise InvalidRequest(
            f"Unsupported value: 'purpose' does not support '{purpose}' on this server.",
            param="purpose",
            code="unsupported_value",
        )
    if purpose not in PURPOSES:
        message = f"Invalid value: '{shown(purpose)}'. Supported values are: {quoted(PURPOSES)}."
        raise InvalidRequest(message, param="purpose", code="invalid_value")
    if ANCHOR not in fields and SECONDS not in fields:
        return purpose, BATCH_LIFETIME_S if purpose == "batch" else None
    for name in (ANCHOR, SECONDS):
        if name not in fields:
            raise missing(name)
    if fields[ANCHOR] != "created_at":
        message = f"Invalid value: '{shown(fields[ANCHOR])}'. Supported values are: 'created_at'."
        raise InvalidRequest(message, param=ANCHOR, code="invalid_value")
    return purpose, whole_number(fields, SECONDS, MIN_LIFETIME_S, MAX_LIFETIME_S, MAX_LIFETIME_S)


def clean_name(name: str) -> str:
    """Return the last part of a name, without control characters, in at most 255 bytes; "file" if nothing is left."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(char for char in last if unicodedata.category(char)[0] != "C").strip()
    return plain.encode()[:MAX_NAME_BYTES].decode(errors="ignore") if plain.strip(".") else "file"


def file_out(file: StoredFile) -> dict[str, Any]:
    """Return OpenAI's file object."""
    return {
        "id": file.id,
        "object": "file",
        "bytes": file.n_bytes,
        "created_at": file.created_at,
        "filename": file.filename,
        "purpose": file.purpose,
        "status": "processed",
        "status_details": None,
        "expires_at": file.expires_at,
    }


def list_out(data: list[dict[str, Any]], *, has_more: bool) -> dict[str, Any]:
    """Return OpenAI's page of a list."""
    return {
        "object": "list",
        "data": data,
        "first_id": data[0]["id"] if data else None,
        "last_id": data[-1]["id"] if data else None,
        "has_more": has_more,
    }
