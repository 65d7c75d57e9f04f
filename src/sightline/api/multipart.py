"""A form with one file in it, as it arrives: the file passes through, the fields are kept, and all of it is bounded."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.types import Receive, Scope

from sightline.api.errors import HttpRefusal
from sightline.api.json_body import CallerGone, header, refuse_size
from sightline.errors import InvalidRequest

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

MAX_PARTS = 16
MAX_FIELD_BYTES = 64 * 1024
FORM_BYTES = 1024 * 1024  # what may come around the file: boundaries, headers, fields
MIN_BYTES_PER_S = 8 * 1024
CLOSE = {"connection": "close"}
NOT_MULTIPART = "The content type of the request must be 'multipart/form-data', with a boundary."
NOT_A_FORM = "We could not parse the multipart form of your request."
FOREIGN_PAGE = "This server takes no forms from the pages of other hosts."


class Form:
    """Read `file_chunks` to the end; then `fields` and `filename` are whole. Fields before the file are there early."""

    def __init__(self, scope: Scope, receive: Receive, *, max_file_bytes: int, deadline_s: float) -> None:
        check_origin(scope)
        self.fields: dict[str, str] = {}
        self.filename: str | None = None
        self._receive = receive
        self._max_bytes = max_file_bytes + FORM_BYTES
        self._declared = header(scope, b"content-length")
        self._deadline_s = deadline_s
        self._parts = _Parts(self)
        self._parser = MultipartParser(boundary_of(scope), self._parts.callbacks())

    async def file_chunks(self) -> AsyncIterator[bytes]:
        """Yield the bytes of the part called `file`.

        Raises:
            InvalidRequest: If this is no form, or has more or larger parts than it may.
            HttpRefusal: 413 if it is over the limit, 408 if it comes too slowly.
            CallerGone: If the client leaves first.
        """
        if self._declared.isdigit() and int(self._declared) > self._max_bytes:
            await refuse_size(self._receive, self._max_bytes)
        async for data in self._body():
            try:
                self._parser.write(data)
            except FormParserError:
                raise InvalidRequest(NOT_A_FORM) from None
            while self._parts.file_data:
                yield self._parts.file_data.pop(0)
        if not self._parts.ended:
            raise InvalidRequest(NOT_A_FORM)

    async def _body(self) -> AsyncIterator[bytes]:
        """Yield the body; a client must keep up `MIN_BYTES_PER_S` once the deadline has passed."""
        loop = asyncio.get_running_loop()
        started, n_bytes, more = loop.time(), 0, True
        while more:
            try:
                async with asyncio.timeout_at(started + self._deadline_s + n_bytes / MIN_BYTES_PER_S):
                    message = await self._receive()
            except TimeoutError:
                raise HttpRefusal(408, "The body of the request took too long.", headers=CLOSE) from None
            if message["type"] == "http.disconnect":
                raise CallerGone
            data, more = message.get("body", b""), message.get("more_body", False)
            n_bytes += len(data)
            if n_bytes > self._max_bytes:
                await refuse_size(self._receive, self._max_bytes, more=more)
            yield data


class _Parts:
    """What the parser calls: it sorts the pieces into fields and the file."""

    def __init__(self, form: Form) -> None:
        self.file_data: list[bytes] = []
        self.ended = False
        self._form = form
        self._n_parts = 0
        self._header = (bytearray(), bytearray())
        self._disposition = b""
        self._name = ""
        self._is_file = False
        self._value = bytearray()

    def callbacks(self) -> MultipartCallbacks:
        return {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, start, end: self._header[0].extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._header[1].extend(data[start:end]),
            "on_header_end": self._end_header,
            "on_headers_finished": self._name_part,
            "on_part_data": self._take,
            "on_part_end": self._end_part,
            "on_end": self._end,
        }

    def _begin(self) -> None:
        self._n_parts += 1
        if self._n_parts > MAX_PARTS:
            raise InvalidRequest(f"The form has more than {MAX_PARTS} parts.")
        self._disposition, self._value = b"", bytearray()

    def _end_header(self) -> None:
        name, value = self._header
        if name.lower() == b"content-disposition":
            self._disposition = bytes(value)
        self._header = (bytearray(), bytearray())

    def _name_part(self) -> None:
        _, options = parse_options_header(self._disposition)
        self._name = options.get(b"name", b"").decode(errors="replace")[:64]
        self._is_file = self._name == "file" and b"filename" in options
        if self._name in self._form.fields or (self._is_file and self._form.filename is not None):
            raise InvalidRequest(f"The form has more than one '{self._name}'.", param=self._name)
        if self._is_file:
            self._form.filename = options[b"filename"].decode(errors="replace")

    def _take(self, data: bytes, start: int, end: int) -> None:
        if self._is_file:
            self.file_data.append(data[start:end])
            return
        self._value += data[start:end]
        if len(self._value) > MAX_FIELD_BYTES:
            raise InvalidRequest(
                f"Invalid '{self._name}': the field is over {MAX_FIELD_BYTES} bytes.", param=self._name
            )

    def _end_part(self) -> None:
        if not self._is_file:
            self._form.fields[self._name] = self._value.decode(errors="replace")

    def _end(self) -> None:
        self.ended = True


def boundary_of(scope: Scope) -> bytes:
    """Return the boundary of a multipart body.

    Raises:
        HttpRefusal: 415 if the body is no form.
    """
    kind, options = parse_options_header(header(scope, b"content-type"))
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not 0 < len(boundary) <= 256:
        raise HttpRefusal(415, NOT_MULTIPART, code="unsupported_media_type")
    return boundary


def check_origin(scope: Scope) -> None:
    """Refuse a form that a foreign web page sends: a browser lets it do that without asking.

    Raises:
        HttpRefusal: 403.
    """
    origin = header(scope, b"origin")
    if origin and origin.partition("://")[2] != header(scope, b"host"):
        raise HttpRefusal(403, FOREIGN_PAGE, code="invalid_origin")
