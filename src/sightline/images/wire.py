"""What passes between the server and the child that decodes: two fixed headers, raw bytes behind them. No pickle."""

from __future__ import annotations

import struct
from typing import Final, get_args

from sightline.images.decode_pixels import Job, Outcome, Verdict
from sightline.images.sniff import Format

_FORMATS: Final[tuple[Format, ...]] = get_args(Format)
_MAGIC: Final = b"SLJ1"
# magic, format, page, pixels, side, drawing side, dpi, page pixels, CPU seconds, bytes that follow
_REQUEST: Final = struct.Struct("<4sBIIIIIIIQ")
# magic, verdict, orientation, transparent, pages, width, height, CPU microseconds
_REPLY: Final = struct.Struct("<4sBBBIIIQ")
REQUEST_BYTES: Final = _REQUEST.size
REPLY_BYTES: Final = _REPLY.size


def pack_request(job: Job, cpu_s: int, n_bytes: int) -> bytes:
    """Spell a job; `n_bytes` of picture follow it."""
    return _REQUEST.pack(
        _MAGIC, _FORMATS.index(job.format), job.page, job.max_pixels, job.max_side_px, job.svg_side_px,
        job.page_dpi, job.max_page_pixels, cpu_s, n_bytes,
    )  # fmt: skip


def unpack_request(header: bytes) -> tuple[Job, int, int]:
    """Return the job, its CPU seconds, and how many bytes of picture follow."""
    _, format, page, max_pixels, max_side_px, svg_side_px, page_dpi, max_page_pixels, cpu_s, n_bytes = _REQUEST.unpack(
        header
    )
    job = Job(_FORMATS[format], max_pixels, max_side_px, svg_side_px, page_dpi, max_page_pixels, page)
    return job, cpu_s, n_bytes


def pack_reply(outcome: Outcome, cpu_us: int) -> bytes:
    """Spell how a decode ended. The pixels are in the shared file, not here."""
    return _REPLY.pack(
        _MAGIC, outcome.verdict, outcome.orientation, outcome.was_transparent, outcome.n_pages,
        outcome.width, outcome.height, cpu_us,
    )  # fmt: skip


def unpack_reply(header: bytes) -> tuple[Outcome, int]:
    """Return how a decode ended and its CPU microseconds.

    Raises:
        ValueError: If the child has lost the thread: it wrote something that is no reply.
    """
    magic, verdict, orientation, was_transparent, n_pages, width, height, cpu_us = _REPLY.unpack(header)
    if magic != _MAGIC or not 1 <= orientation <= 8:
        raise ValueError("no reply of the decoder")
    return Outcome(Verdict(verdict), width, height, orientation, bool(was_transparent), n_pages), cpu_us
