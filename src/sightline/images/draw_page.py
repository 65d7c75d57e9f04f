"""One page of a PDF drawn by PDFium. Runs in the child that decodes."""

from __future__ import annotations

from PIL import Image

POINTS_PER_INCH = 72


class NoSuchPage(Exception):
    """The document has fewer pages."""

    def __init__(self, n_pages: int) -> None:
        super().__init__(n_pages)
        self.n_pages = n_pages


def draw_page(data: bytes, page: int, dpi: int, max_pixels: int) -> tuple[Image.Image, int]:
    """Draw page `page` (from 1) at `dpi`, or coarser so that it has no more than `max_pixels`, and count the pages.

    Raises:
        NoSuchPage: If the document is shorter.
        RuntimeError: If PDFium cannot read it; a password counts as that.
    """
    import pypdfium2  # type: ignore[import-untyped]  # slow to load, rarely needed

    document = pypdfium2.PdfDocument(data)
    try:
        n_pages = len(document)
        if not 1 <= page <= n_pages:
            raise NoSuchPage(n_pages)
        sheet = document[page - 1]
        width_pt, height_pt = sheet.get_size()
        scale = dpi / POINTS_PER_INCH
        n_pixels = width_pt * height_pt * scale * scale
        if n_pixels > max_pixels:
            scale *= (max_pixels / n_pixels) ** 0.5
        bitmap = sheet.render(scale=scale)
        return bitmap.to_pil().convert("RGB"), n_pages
    finally:
        document.close()
