"""Any decoded picture as upright RGB bytes: transparency on white, deep samples brought to eight bits.

Part of the child that decodes: Pillow only, so that it starts fast.
"""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image

from sightline.images.orientation import UPRIGHT, read_orientation

STRIP_PIXELS = 1 << 18  # 1 MiB as Pillow keeps them: stays in the cache
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ALPHA_MODES = frozenset({"RGBA", "LA", "PA", "La", "RGBa"})


def turn_upright(image: Image.Image) -> tuple[Image.Image, int]:
    """Return the picture as its EXIF says it was meant to be seen, and the orientation (1-8) that was undone."""
    exif = image.info.get("exif")
    orientation = read_orientation(exif) if isinstance(exif, bytes) else UPRIGHT
    if orientation == UPRIGHT:
        return image, orientation
    return image.transpose(_TURNS[orientation]), orientation


def is_transparent(image: Image.Image) -> bool:
    """Tell whether the picture can have pixels that are not opaque."""
    return image.mode in _ALPHA_MODES or "transparency" in image.info


def rgb_strips(image: Image.Image) -> Iterator[bytes]:
    """Yield the picture's RGB bytes from top to bottom in strips, so that it is never in memory twice."""
    rows = max(1, STRIP_PIXELS // image.width)
    for top in range(0, image.height, rows):
        strip = image.crop((0, top, image.width, min(top + rows, image.height)))
        yield _as_rgb(strip).tobytes()


def _as_rgb(strip: Image.Image) -> Image.Image:
    if strip.mode.startswith("I;16"):
        strip = _high_bytes(strip)
    elif strip.mode == "I":  # 16-bit grey in 32
        strip = strip.point(lambda sample: sample * (1 / 256)).convert("L")
    if is_transparent(strip):
        layer = strip.convert("RGBA")
        paper = Image.new("RGBA", strip.size, (255, 255, 255, 255))
        return Image.alpha_composite(paper, layer).convert("RGB")
    return strip if strip.mode == "RGB" else strip.convert("RGB")


def _high_bytes(strip: Image.Image) -> Image.Image:
    """Keep the high byte of each 16-bit sample: `convert` would clip everything above 255 to white."""
    is_big_endian = strip.mode.endswith("B")
    samples = strip.tobytes()
    grey = Image.frombytes("L", strip.size, samples[0::2] if is_big_endian else samples[1::2])
    transparent = strip.info.get("transparency")
    if isinstance(transparent, int):
        grey.info["transparency"] = transparent >> 8
    return grey
