"""One encoded picture becomes upright RGB bytes. Runs in the child of `decode`, or in process for trusted bytes."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from io import BytesIO

from PIL import Image

from sightline.images.sniff import Format
from sightline.images.to_rgb import is_transparent, rgb_strips, turn_upright

N_THREADS = 2  # of the HEIC and AVIF decoders; each thread costs address space
_PILLOW_NAMES = {
    "jpeg": "JPEG",
    "png": "PNG",
    "gif": "GIF",
    "webp": "WEBP",
    "bmp": "BMP",
    "avif": "AVIF",
    "heic": "HEIF",
}
# What Pillow and the rest raise about bytes they cannot read. Anything else ends the child.
BROKEN = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError, RuntimeError, EOFError,
    struct.error, zlib.error,
)  # fmt: skip


class Verdict(IntEnum):
    """How a decode ended. The numbers go over the wire to the parent."""

    DECODED = 0
    CORRUPT = 1
    TOO_MANY_PIXELS = 2
    SIDE_TOO_LONG = 3
    TOO_MUCH_WORK = 4
    UNSAFE_DRAWING = 5
    NO_SUCH_PAGE = 6
    MACHINE_BUSY = 7  # never sent: the parent waited in vain for a child that had hardly any processor time


@dataclass(frozen=True, slots=True)
class Job:
    """What to decode and within what. `page` counts from 1 and is only read for a PDF."""

    format: Format
    max_pixels: int
    max_side_px: int
    svg_side_px: int
    page_dpi: int
    max_page_pixels: int
    page: int = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict, and for a decoded picture its upright size and what was done to get it."""

    verdict: Verdict
    width: int = 0
    height: int = 0
    orientation: int = 1
    was_transparent: bool = False
    n_pages: int = 0


Sink = Callable[[bytes], None]


def decode_pixels(data: bytes, job: Job, sink: Sink) -> Outcome:
    """Send the picture's upright RGB bytes to `sink`, top to bottom, and return what it was."""
    try:
        return _decode(data, job, sink)
    except (MemoryError, Image.DecompressionBombError):
        return Outcome(Verdict.TOO_MUCH_WORK)
    except BROKEN:
        return Outcome(Verdict.CORRUPT)


def _decode(data: bytes, job: Job, sink: Sink) -> Outcome:
    n_pages = 0
    if job.format == "svg":
        from sightline.images.draw_svg import UnsafeDrawing, draw_svg

        try:
            image = draw_svg(data, job.svg_side_px)
        except UnsafeDrawing:
            return Outcome(Verdict.UNSAFE_DRAWING)
    elif job.format == "pdf":
        from sightline.images.draw_page import NoSuchPage, draw_page

        try:
            image, n_pages = draw_page(data, job.page, job.page_dpi, job.max_page_pixels)
        except NoSuchPage as missing:
            return Outcome(Verdict.NO_SUCH_PAGE, n_pages=missing.n_pages)
    else:
        image = _open(data, job.format)
    with image:
        return _write(image, job, sink, n_pages)


def _write(image: Image.Image, job: Job, sink: Sink, n_pages: int) -> Outcome:
    width, height = image.size
    if width * height > job.max_pixels:
        return Outcome(Verdict.TOO_MANY_PIXELS, width, height)
    if max(width, height) > job.max_side_px:
        return Outcome(Verdict.SIDE_TOO_LONG, width, height)
    image.load()  # first frame; n_frames would walk through all of them
    upright, orientation = turn_upright(image)
    for strip in rgb_strips(upright):
        sink(strip)
    return Outcome(Verdict.DECODED, *upright.size, orientation, is_transparent(upright), n_pages)


def _open(data: bytes, format: Format) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = None  # the size is checked against our own limit before load
    if format == "heic":
        import pillow_heif  # slow to load, rarely needed

        pillow_heif.register_heif_opener(
            decode_threads=N_THREADS, thumbnails=False, depth_images=False, aux_images=False
        )
    if format == "avif":
        from PIL import AvifImagePlugin

        AvifImagePlugin.DEFAULT_MAX_THREADS = N_THREADS
    return Image.open(BytesIO(data), formats=(_PILLOW_NAMES[format],))  # noqa: TID251  this is the place
