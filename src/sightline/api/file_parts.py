"""Uploaded files in a request: their ids become places on the disk, for the one who uploaded them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sightline.errors import NotFound
from sightline.store.files import FileStore
from sightline.types import ContentPart, FilePart, GenerationRequest, ImagePart, TextPart, Uploaded


async def with_uploads(request: GenerationRequest, files: FileStore, owner: str) -> GenerationRequest:
    """Return the request with the files of `owner` in the place of their ids. What they hold is checked at use.

    Raises:
        NotFound: If the owner has no such file; the first one in the request is named.
    """
    if not any(is_upload(part) for message in request.messages for part in message.parts):
        return request
    messages = []
    for message in request.messages:
        parts = [await _found(part, files, owner) for part in message.parts]
        messages.append(replace(message, parts=tuple(parts)))
    return replace(request, messages=tuple(messages))


def is_upload(part: ContentPart) -> bool:
    """Whether a part names an uploaded file."""
    return isinstance(part, ImagePart | FilePart) and isinstance(part.source, Uploaded)


async def _found(part: ContentPart, files: FileStore, owner: str) -> ContentPart:
    if isinstance(part, TextPart) or not isinstance(part.source, Uploaded):
        return part
    code = "image_file_not_found" if isinstance(part, ImagePart) else "file_not_found"
    path = await _path(files, owner, part.source.file_id)
    if path is None:
        raise NotFound(f"No such File object: {part.source.file_id[:64]}", param=part.param, code=code)
    return replace(part, source=path)


async def _path(files: FileStore, owner: str, file_id: str) -> Path | None:
    try:
        return await files.path(owner, file_id)
    except NotFound:
        return None
