"""The one door for pictures: every entry of every room loads through `ImageLoader`."""

from __future__ import annotations

import asyncio
import logging
import time
import weakref
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from sightline.errors import InvalidRequest, Overloaded
from sightline.images import refusal
from sightline.images.admission import Admission
from sightline.images.decode import Decoded, DecodePool, decode_in_process
from sightline.images.decode_pixels import Job, Outcome, Verdict
from sightline.images.fetch import Fetcher, FetchPolicy
from sightline.images.intake import Encoded, Intake, is_remote
from sightline.images.limits import ImageLimits
from sightline.images.picture import ImageReceipt, SourceImage
from sightline.images.sniff import is_animated, sniff_format
from sightline.types import Detail, FilePart, ImagePart

logger = logging.getLogger(__name__)

T = TypeVar("T")

RETRY_AFTER_S = 5
BUSY_TEXT = "The server is busy with other images. Try again later."
NO_PAGE = 0  # pages count from 1: asked for this one, the child draws nothing and says how many there are
TRANSPARENT_NOTE = "transparency placed on white"
FIRST_FRAME_NOTE = "first of several frames"


class ImageLoader:
    """Fetches, checks and decodes pictures within limits. One per server; usable from any event loop.

    Children that decode start with the first picture and stay warm. `in_process` decodes without them
    and is for pictures that we made ourselves. Of an animation the first frame is taken, unless they are refused.
    """

    def __init__(
        self,
        limits: ImageLimits | None = None,
        fetch_policy: FetchPolicy | None = None,
        *,
        n_children: int = 2,
        in_process: bool = False,
        refuse_animations: bool = False,
    ) -> None:
        self.limits = limits or ImageLimits()
        self._fetcher = Fetcher(fetch_policy or FetchPolicy(), self.limits.max_bytes)
        self._intake = Intake(self.limits, self._fetcher)
        self._pool = None if in_process else DecodePool(self.limits, n_children)
        self._threads = ThreadPoolExecutor(n_children, thread_name_prefix="decode")
        self._in_flight = Admission(self.limits.max_pixels_in_flight)
        self._refuse_animations = refuse_animations

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.close()

    async def load(self, part: ImagePart) -> SourceImage:
        """Return one picture, decoded and upright.

        Raises:
            ImageError: What is wrong with it, naming `part.param`.
            Overloaded: If too many pixels are in use by others for too long.
        """
        return (await self.load_all([part]))[0]

    async def load_all(self, parts: Sequence[ImagePart]) -> list[SourceImage]:
        """Return the pictures of one request in order. Their number and summed pixels are checked before any decode.

        Raises:
            InvalidRequest: What is wrong with the first that is wrong: an `ImageError`, or a `FileError` for a page.
            Overloaded: If too many pixels are in use by others for too long.
        """
        if len(parts) > self.limits.max_images:
            param = parts[self.limits.max_images].param
            raise refusal.too_many_images(len(parts), self.limits.max_images, param)
        remote = [part for part in parts if is_remote(part)]
        local = [part for part in parts if not is_remote(part)]
        checked = dict(zip(map(id, local), await _all([self._intake.check(part) for part in local]), strict=True))
        checked |= dict(zip(map(id, remote), await _all([self._intake.check(part) for part in remote]), strict=True))
        encoded = [checked[id(part)] for part in parts]
        for each in encoded:
            if self._refuse_animations and is_animated(each.data, each.format):
                raise refusal.unsupported(each.param)
        return await self._decode_all(encoded)

    async def load_pages(
        self,
        source: bytes | Path,
        first: int = 1,
        last: int | None = None,
        *,
        param: str = "file",
        detail: Detail = "auto",
    ) -> list[SourceImage]:
        """Return the pages `first` to `last` (from 1, both included; None: to the end) of a PDF as pictures.

        Raises:
            FileError: If it is broken or locked.
            ImageError: If it is no PDF or has no such page, or more pages are asked for than one request may have
                pictures.
            Overloaded: If too many pixels are in use by others for too long.
        """
        data = await self._intake.read(ImagePart(source, detail, param))
        if sniff_format(data) != "pdf":
            raise refusal.unsupported(param)
        if last is not None:
            self._check_n_pages(last - first + 1, param)
        pages: list[SourceImage] = []
        number, end = first, last
        while end is None or number <= end:
            encoded = Encoded(data, "pdf", self.limits.max_page_pixels, param, detail, 0.0, number)
            await self._admit(encoded.n_pixels)
            picture, outcome = await self._decode_admitted(encoded)
            if end is None:
                end = outcome.n_pages
                self._check_n_pages(end - first + 1, param)
            pages.append(picture)
            number += 1
        return pages

    async def pages_of(self, part: FilePart) -> list[ImagePart]:
        """Return a picture for each page of a document, not drawn yet.

        Raises:
            FileError: If it is no PDF, or is broken or locked.
            TooManyImages: If it has more pages than a request may have pictures.
            Overloaded: If the machine is busy.
        """
        data = await self._intake.read_document(part)
        n_pages = await self._count_pages(data, part.param)
        self._check_n_pages(n_pages, part.param)
        return [ImagePart(data, part.detail, part.param, page) for page in range(1, n_pages + 1)]

    async def close(self) -> None:
        """End the children and the threads."""
        if self._pool is not None:
            self._pool.close()
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._fetcher.close()

    async def _count_pages(self, data: bytes, param: str) -> int:
        job = self._job(Encoded(data, "pdf", 1, param, "auto", 0.0, NO_PAGE))
        decode = decode_in_process if self._pool is None else self._pool.decode
        outcome = (await asyncio.wrap_future(self._threads.submit(decode, data, job))).outcome
        if outcome.verdict is Verdict.MACHINE_BUSY:
            raise Overloaded(BUSY_TEXT, retry_after_s=RETRY_AFTER_S)
        if outcome.verdict is not Verdict.NO_SUCH_PAGE or not outcome.n_pages:
            raise refusal.broken_document(param)
        return outcome.n_pages

    def _check_n_pages(self, n_pages: int, param: str) -> None:
        if n_pages > self.limits.max_images:
            raise refusal.too_many_images(n_pages, self.limits.max_images, param)

    async def _decode_all(self, encoded: Sequence[Encoded]) -> list[SourceImage]:
        n_pixels = sum(picture.n_pixels for picture in encoded)
        if n_pixels > self.limits.max_request_pixels:
            raise refusal.too_many_request_pixels(n_pixels, self.limits.max_request_pixels, encoded[-1].param)
        await self._admit(n_pixels)  # all at once: two requests that each hold half would wait for ever
        decoded = await _all([self._decode_admitted(picture) for picture in encoded])
        return [picture for picture, _ in decoded]

    async def _admit(self, n_pixels: int) -> None:
        if not n_pixels:
            return
        try:
            await self._in_flight.acquire(n_pixels, self.limits.admission_wait_s)
        except TimeoutError:
            raise Overloaded(BUSY_TEXT, retry_after_s=RETRY_AFTER_S) from None

    async def _decode_admitted(self, encoded: Encoded) -> tuple[SourceImage, Outcome]:
        """Decode on a thread that waits for a child. The share of pixels goes back when the array is let go."""
        start_s = time.perf_counter()
        box: list[Decoded] = []  # not the future's result: a future lives until the next garbage collection
        future = self._threads.submit(self._decode, encoded, box)
        future.add_done_callback(lambda done: self._in_flight.release(encoded.n_pixels) if done.cancelled() else None)
        await asyncio.wrap_future(future)
        decoded = box.pop()
        if decoded.pixels is None:
            raise self._error(decoded.outcome, encoded)
        receipt = _receipt(encoded, decoded.outcome, (time.perf_counter() - start_s) * 1e3)
        return SourceImage(decoded.pixels, receipt), decoded.outcome

    def _decode(self, encoded: Encoded, box: list[Decoded]) -> None:
        pixels = None
        try:
            job = self._job(encoded)
            decoded = (
                decode_in_process(encoded.data, job) if self._pool is None else self._pool.decode(encoded.data, job)
            )
            pixels = decoded.pixels
            box.append(decoded)
        finally:
            if pixels is None:
                self._in_flight.release(encoded.n_pixels)
            else:
                weakref.finalize(pixels, self._in_flight.release, encoded.n_pixels).atexit = False

    def _job(self, encoded: Encoded) -> Job:
        limits = self.limits
        return Job(
            encoded.format,
            limits.max_pixels,
            limits.max_side_px,
            limits.svg_side_px,
            limits.page_dpi,
            encoded.n_pixels if encoded.format == "pdf" else limits.max_page_pixels,
            encoded.page,
        )

    def _error(self, outcome: Outcome, encoded: Encoded) -> InvalidRequest | Overloaded:
        logger.info("picture refused", extra={"verdict": outcome.verdict.name, "format": encoded.format})
        param, limits = encoded.param, self.limits
        match outcome.verdict:
            case Verdict.TOO_MANY_PIXELS:
                return refusal.too_many_pixels(outcome.width, outcome.height, limits.max_pixels, param)
            case Verdict.SIDE_TOO_LONG:
                return refusal.side_too_long(outcome.width, outcome.height, limits.max_side_px, param)
            case Verdict.TOO_MUCH_WORK:
                return refusal.too_much_work(param)
            case Verdict.UNSAFE_DRAWING:
                return refusal.unsafe_drawing(param)
            case Verdict.NO_SUCH_PAGE:
                return refusal.no_such_page(encoded.page, outcome.n_pages, param)
            case Verdict.CORRUPT if encoded.format == "pdf":
                return refusal.broken_document(param)
            case Verdict.MACHINE_BUSY:
                return Overloaded(BUSY_TEXT, retry_after_s=RETRY_AFTER_S)
            case _:
                return refusal.corrupt(param)


async def load_image(part: ImagePart, loader: ImageLoader | None = None) -> SourceImage:
    """Return one picture, decoded and upright; without a `loader` with the default limits and one child for it."""
    if loader is not None:
        return await loader.load(part)
    async with ImageLoader(n_children=1) as own:
        return await own.load(part)


async def _all(tasks: Sequence[Coroutine[object, object, T]]) -> list[T]:
    """Run them together to their ends; raise the first error in their order, not in time."""
    results = await asyncio.gather(*tasks, return_exceptions=True)
    done: list[T] = []
    for result in results:
        if isinstance(result, BaseException):
            raise result
        done.append(result)
    return done


def _receipt(encoded: Encoded, outcome: Outcome, decode_ms: float) -> ImageReceipt:
    notes = [f"page {encoded.page}"] if encoded.format == "pdf" else []
    if outcome.was_transparent:
        notes.append(TRANSPARENT_NOTE)
    if is_animated(encoded.data, encoded.format):
        notes.append(FIRST_FRAME_NOTE)
    return ImageReceipt(
        format=encoded.format,
        n_bytes=len(encoded.data),
        source_width=outcome.width,
        source_height=outcome.height,
        orientation=outcome.orientation,
        detail=encoded.detail,
        notes=tuple(notes),
        fetch_ms=encoded.fetch_ms,
        decode_ms=decode_ms,
    )
