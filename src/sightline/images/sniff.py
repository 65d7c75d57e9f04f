"""What the bytes are, and how large they say they are, from their first few hundred bytes. Nothing is decoded."""

from __future__ import annotations

import itertools
import re
import struct
from collections.abc import Iterator
from typing import Literal

Format = Literal["jpeg", "png", "gif", "webp", "bmp", "heic", "avif", "svg", "pdf"]
Size = tuple[int, int]

_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_GENERIC_BRANDS = frozenset({b"mif1", b"msf1"})
_SVG_START = re.compile(
    rb"\s*(<\?xml\b[^>]{0,200}\?>\s*)?(<!--.{0,4000}?-->\s*|<!DOCTYPE\s+svg\b.{0,8000}?>\s*)*<(\w+:)?svg[\s>/]", re.S
)
_UTF8_BOM = b"\xef\xbb\xbf"
# start-of-frame markers: C0-CF but for DHT (C4), JPG (C8) and DAC (CC)
_SOF = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE_MARKERS = frozenset({0x01, 0xD8})  # no length follows
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # neither a stuffed byte nor a restart


def sniff_format(data: bytes) -> Format | None:
    """Name the format by its magic bytes; None for everything we do not read."""
    if data[:3] == b"\xff\xd8\xff":
        return "jpeg"
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return "png"
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return "gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[:2] == b"BM":
        return "bmp"
    if data[4:8] == b"ftyp":
        return _sniff_heif(data)
    if data[:5] == b"%PDF-":
        return "pdf"
    return "svg" if _SVG_START.match(data[:16_384].removeprefix(_UTF8_BOM)) else None


def sniff_size(data: bytes, format: Format) -> Size | None:
    """Read width and height where the header states them; None where it takes a decoder to know.

    The figures are the sender's claim: the decoder checks its own before it decodes.
    """
    try:
        match format:
            case "png":
                return struct.unpack_from(">II", data, 16) if data[12:16] == b"IHDR" else None
            case "gif":
                return struct.unpack_from("<HH", data, 6)
            case "bmp":
                return _bmp_size(data)
            case "webp":
                return _webp_size(data)
            case "jpeg":
                return _jpeg_size(data)
            case "heic" | "avif":
                return _heif_size(data)
            case "svg" | "pdf":
                return None
    except struct.error:  # cut short: the decoder will say so
        return None


def is_animated(data: bytes, format: Format) -> bool:
    """Tell whether the header announces more than one frame. False may mean that it does not say."""
    match format:
        case "png":
            return b"acTL" in data[:4096].partition(b"IDAT")[0]
        case "gif":
            return b"NETSCAPE2.0" in data[:4096]
        case "webp":
            return data[12:16] == b"VP8X" and len(data) > 20 and bool(data[20] & 0x02)
        case _:
            return False


def count_scans(data: bytes, stop_after: int) -> int:
    """Count the scans of a JPEG up to `stop_after` + 1.

    Each progressive scan walks over the whole picture again: 2,000 of them in 300 KB cost a minute.
    What follows the end marker (a video, a second picture) is not looked at.
    """
    return min(stop_after + 1, sum(marker == 0xDA for marker, _ in itertools.islice(_jpeg_segments(data), 4096)))


def _sniff_heif(data: bytes) -> Format | None:
    length = min(int.from_bytes(data[:4], "big"), len(data), 256)
    major = data[8:12]
    brands = {major, *(data[i : i + 4] for i in range(16, length - 3, 4))}
    if major in _GENERIC_BRANDS or major in _HEIC_BRANDS or major in _AVIF_BRANDS:
        if brands & _AVIF_BRANDS:
            return "avif"
        if brands & _HEIC_BRANDS:
            return "heic"
    return None


def _heif_size(data: bytes) -> Size | None:
    """Find the largest `ispe` box: the picture itself is never smaller than its tiles or its thumbnail."""
    sizes = [
        struct.unpack_from(">II", data, found.end() + 4)
        for found in re.finditer(rb"\x00\x00\x00\x14ispe", data[:65_536])
    ]
    return max(sizes, key=lambda size: size[0] * size[1]) if sizes else None


def _bmp_size(data: bytes) -> Size:
    (header_bytes,) = struct.unpack_from("<I", data, 14)
    if header_bytes == 12:
        return struct.unpack_from("<HH", data, 18)
    width, height = struct.unpack_from("<ii", data, 18)
    return abs(width), abs(height)  # a negative height means top-down


def _webp_size(data: bytes) -> Size | None:
    match data[12:16]:
        case b"VP8X":
            return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
        case b"VP8L":
            (bits,) = struct.unpack_from("<I", data, 21)
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            width, height = struct.unpack_from("<HH", data, 26)
            return width & 0x3FFF, height & 0x3FFF
        case _:
            return None


def _jpeg_size(data: bytes) -> Size | None:
    for marker, at in itertools.islice(_jpeg_segments(data), 4096):
        if marker in _SOF:
            height, width = struct.unpack_from(">HH", data, at + 3)
            return width, height
        if marker == 0xDA:  # pixels before any frame header
            return None
    return None


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield each marker that has a length, and where its length stands, up to the end marker.

    Junk between segments and the pixels themselves are skipped, as decoders do.
    """
    at = 2
    while found := _MARKER.search(data, at):
        marker, at = data[found.end() - 1], found.end()
        if marker == 0xD9:
            return
        if marker in _BARE_MARKERS:
            continue
        yield marker, at
        at += max(2, int.from_bytes(data[at : at + 2], "big"))
