"""From what a caller named to encoded bytes that have passed every check that needs no decoder."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path

from sightline.errors import ImageError
from sightline.images import refusal
from sightline.images.data_url import is_data_url, looks_like_base64, read_data_url, read_document
from sightline.images.fetch import Fetcher
from sightline.images.limits import ImageLimits
from sightline.images.sniff import Format, count_scans, sniff_format, sniff_size
from sightline.types import Detail, FilePart, ImagePart, Uploaded

SMALL_TEXT_CHARS = 256 * 1024  # base64 up to here is read on the event loop: faster than asking a thread
UNSTATED_PIXELS = 8_000_000  # counted for a picture whose header we cannot read the size from


@dataclass(frozen=True, slots=True)
class Encoded:
    """Bytes that have passed every check that needs no decoder."""

    data: bytes
    format: Format
    n_pixels: int  # claimed, or the most it can become
    param: str
    detail: Detail
    fetch_ms: float
    page: int = 1


class Intake:
    """Gets the bytes of a part, from wherever it says, and checks them against the limits."""

    def __init__(self, limits: ImageLimits, fetcher: Fetcher) -> None:
        self._limits = limits
        self._fetcher = fetcher

    async def check(self, part: ImagePart) -> Encoded:
        """Return the bytes of a picture of a format we read, that claims no more than the limits.

        Raises:
            ImageError: What is wrong with it.
        """
        start_s = time.perf_counter()
        data = await self.read(part)
        fetch_ms = (time.perf_counter() - start_s) * 1e3
        format = sniff_format(data)
        if part.page is not None:
            return Encoded(
                data, "pdf", self._limits.max_shown_page_pixels, part.param, part.detail, fetch_ms, part.page
            )
        if not data:
            raise refusal.empty(part.param)
        if format is None or format == "pdf":
            raise refusal.unsupported(part.param)
        n_pixels = self._check_size(data, format, part.param)
        if format == "jpeg" and count_scans(data, self._limits.max_jpeg_scans) > self._limits.max_jpeg_scans:
            raise refusal.too_much_work(part.param)
        return Encoded(data, format, n_pixels, part.param, part.detail, fetch_ms)

    def _check_size(self, data: bytes, format: Format, param: str) -> int:
        size = sniff_size(data, format)
        if size is None:
            return self._limits.svg_side_px**2 if format == "svg" else UNSTATED_PIXELS
        width, height = size
        if width * height > self._limits.max_pixels:
            raise refusal.too_many_pixels(width, height, self._limits.max_pixels, param)
        if max(width, height) > self._limits.max_side_px:
            raise refusal.side_too_long(width, height, self._limits.max_side_px, param)
        return max(1, width * height)

    async def read_document(self, part: FilePart) -> bytes:
        """Return the bytes of a PDF.

        Raises:
            FileError: If it is none, or too large.
        """
        limit = self._limits.max_document_bytes
        match part.source:
            case str() as text:
                data = await asyncio.to_thread(read_document, text, limit, part.param)
            case Path() as path:
                data = await asyncio.to_thread(_read_up_to, path, limit, part.param)
            case bytes() as given:
                data = given
            case Uploaded():
                raise refusal.gone_file(part.param)
        if len(data) > limit:
            raise refusal.too_large_a_file(limit, part.param)
        if sniff_format(data) != "pdf":
            raise refusal.not_a_document(part.param)
        return data

    async def read(self, part: ImagePart) -> bytes:
        """Return the bytes that a part names, whatever they are, no more than the limit.

        Raises:
            ImageError: If they cannot be had.
        """
        match part.source:
            case bytes() as data:
                if len(data) > self._limits.max_bytes and part.page is None:
                    raise refusal.too_many_bytes(self._limits.max_bytes, part.param)
                return data
            case Path() as path:
                return await asyncio.to_thread(self._read_file, path, part.param)
            case Uploaded():
                raise refusal.gone_file(part.param)
            case str() as url if is_data_url(url):
                arguments = (url, self._limits.max_bytes, part.param)
                if len(url) <= SMALL_TEXT_CHARS:
                    return read_data_url(*arguments)
                return await asyncio.to_thread(read_data_url, *arguments)
            case str() as url if looks_like_base64(url):
                raise refusal.no_data_prefix(part.param)
            case str() as url:
                return await self._fetcher.fetch(url, part.param)

    def _read_file(self, path: Path, param: str) -> bytes:
        try:
            with path.open("rb") as file:
                data = file.read(self._limits.max_bytes + 1)
        except OSError:
            raise ImageError(
                f"The file {path.name} cannot be read.", param=param, code="image_file_not_found"
            ) from None
        if len(data) > self._limits.max_bytes:
            raise refusal.too_many_bytes(self._limits.max_bytes, param)
        return data


def _read_up_to(path: Path, limit: int, param: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(limit + 1)
    except OSError:
        raise refusal.gone_file(param) from None


def is_remote(part: ImagePart) -> bool:
    """Tell whether a part has to be fetched."""
    return isinstance(part.source, str) and not is_data_url(part.source)
