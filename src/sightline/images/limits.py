"""How much one picture, one request and one server may take."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.errors import ConfigError

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ImageLimits:
    """Every figure binds before the thing it limits is made. All are above 0."""

    max_bytes: int = 20 * MIB  # of one encoded picture
    max_pixels: int = 64_000_000
    max_side_px: int = 16_384
    max_images: int = 16  # a request
    max_request_pixels: int = 128_000_000  # all pictures of a request together
    max_jpeg_scans: int = 64
    decode_cpu_s: int = 5
    decode_wall_s: float = 10.0
    decode_memory_bytes: int = 1536 * MIB  # address space of the child that decodes
    max_pixels_in_flight: int = 256_000_000  # decoded and not yet let go, whole server
    admission_wait_s: float = 30.0  # for a place among the pixels in flight
    svg_side_px: int = 2_048  # a drawing has no size of its own: its long side is drawn no longer than this
    page_dpi: int = 200  # PDF pages
    max_page_pixels: int = 16_000_000
    max_document_bytes: int = 64 * MIB
    max_shown_page_pixels: int = 2_048 * 2_048  # of a page in a request: no `detail` shows more of it

    def __post_init__(self) -> None:
        for name in self.__slots__:
            if getattr(self, name) <= 0:
                raise ConfigError(f"{name}={getattr(self, name)} is not above 0")
        if self.max_request_pixels > self.max_pixels_in_flight:
            raise ConfigError("max_request_pixels is above max_pixels_in_flight: such a request could never start")
