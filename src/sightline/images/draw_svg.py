"""An SVG drawn by resvg, after a look at its XML: no script, no entities, nothing from outside itself."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Final
from xml.parsers import expat

from PIL import Image

DPI: Final = 96.0  # what CSS calls an inch
DEFAULT_SIDE_PX: Final = 1024  # long side of a drawing that states no size
_PX_PER_UNIT = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}
_LENGTH = re.compile(r"\s*\+?(\d{1,9}(?:\.\d*)?|\.\d+)(px|pt|pc|in|cm|mm|)\s*")
# resvg opens any other reference as a file; pictures inside the drawing must be bitmaps, or they would hide one
_INSIDE = re.compile(r"\s*(#|data:image/(png|jpe?g|gif|webp)[;,]|$)", re.IGNORECASE)
_MAX_DEPTH: Final = 200
_MAX_ELEMENTS: Final = 200_000


class UnsafeDrawing(Exception):
    """The drawing declares entities, holds a script, or refers to something outside itself."""


def draw_svg(data: bytes, max_side_px: int) -> Image.Image:
    """Draw an SVG at its stated size, its long side brought down to `max_side_px` if it is above.

    Raises:
        UnsafeDrawing: If it wants more than to be drawn.
        ValueError: If it is no well-formed SVG.
    """
    import resvg_py  # slow to load, rarely needed

    text = data.decode("utf-8-sig")
    root = _Root()
    try:
        root.parse(text)
    except expat.ExpatError:
        raise ValueError("not well-formed XML") from None
    width, height = root.width_px or 0.0, root.height_px or 0.0
    stated_px = max(width, height)
    side_px = max(1, min(max_side_px, round(stated_px) if width and height else DEFAULT_SIDE_PX))
    is_wide = width >= height if width and height else root.view_width >= root.view_height
    png = resvg_py.svg_to_bytes(
        svg_string=text,
        width=side_px if is_wide else None,
        height=None if is_wide else side_px,
        dpi=DPI,
    )
    return Image.open(BytesIO(png), formats=("PNG",))  # noqa: TID251  resvg made it


class _Root:
    """What the root element states, filled in while the whole document is looked through."""

    def __init__(self) -> None:
        self.width_px: float | None = None
        self.height_px: float | None = None
        self.view_width = self.view_height = 1.0
        self._depth = self._n_elements = 0

    def parse(self, text: str) -> None:
        parser = expat.ParserCreate("utf-8", " ")  # whatever the declaration says: resvg gets the same text
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.Parse(text.encode(), True)

    def _doctype(self, name: str, system_id: str | None, public_id: str | None, has_internal_subset: bool) -> None:
        if has_internal_subset:
            raise UnsafeDrawing

    def _entity(self, *declaration: object) -> None:
        raise UnsafeDrawing

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._n_elements += 1
        local = _local(name)
        if local == "script" or self._depth > _MAX_DEPTH or self._n_elements > _MAX_ELEMENTS:
            raise UnsafeDrawing
        if self._depth == 1:
            self._read_size(attributes)
        if local == "a":  # a link is not followed, only drawn
            return
        for key, value in attributes.items():
            if _local(key) in ("href", "src") and not _INSIDE.match(value):
                raise UnsafeDrawing

    def _end(self, name: str) -> None:
        self._depth -= 1

    def _read_size(self, attributes: dict[str, str]) -> None:
        self.width_px, self.height_px = _px(attributes.get("width")), _px(attributes.get("height"))
        view = attributes.get("viewBox", "").replace(",", " ").split()
        if len(view) == 4:
            self.view_width, self.view_height = float(view[2]), float(view[3])


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _px(length: str | None) -> float | None:
    found = _LENGTH.fullmatch(length or "")
    return float(found[1]) * _PX_PER_UNIT[found[2]] if found else None
