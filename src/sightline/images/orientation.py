"""The EXIF orientation of a picture, read without trusting the rest of its EXIF."""

from __future__ import annotations

import struct
from typing import Final

UPRIGHT: Final = 1
_ORIENTATION_TAG: Final = 0x0112
_SHORT: Final = 3
_MAX_ENTRIES: Final = 512  # real cameras write about twenty


def read_orientation(exif: bytes) -> int:
    """Return the orientation 1-8 that the first directory states; 1 if it is broken, absent or out of range.

    Only that one entry is followed, so loops, huge counts and texts elsewhere cost nothing.

    Source: Exif 2.32, 4.6.2 (IFD structure) and 4.6.4 (Orientation).
    """
    tiff = exif.removeprefix(b"Exif\x00\x00")
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return UPRIGHT
    try:
        magic, at = struct.unpack_from(order + "HI", tiff, 2)
        (n_entries,) = struct.unpack_from(order + "H", tiff, at)
        for i in range(min(n_entries, _MAX_ENTRIES)):
            tag, kind, count, value = struct.unpack_from(order + "HHIH", tiff, at + 2 + 12 * i)
            if tag == _ORIENTATION_TAG:
                is_valid = magic == 42 and kind == _SHORT and count == 1 and 1 <= value <= 8
                return int(value) if is_valid else UPRIGHT
    except struct.error:
        pass  # the directory points past its end
    return UPRIGHT
