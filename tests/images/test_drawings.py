from __future__ import annotations

import asyncio
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from serving import pdf
from sightline.errors import ImageError, InvalidRequest
from sightline.images.load import ImageLoader
from sightline.images.picture import SourceImage

Load = Callable[..., SourceImage]
NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
DOCTYPE = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'


def svg(inside: str, size: str = 'width="100" height="50"', before: str = "") -> bytes:
    return f"{before}<svg {NS} {size}>{inside}</svg>".encode()


def test_a_drawing_is_drawn_on_white_at_its_size(load: Load) -> None:
    for before in ("", '<?xml version="1.0" encoding="UTF-8"?>\n<!-- a drawing -->\n' + DOCTYPE):
        got = load(svg('<rect width="50" height="50" fill="#c81e1e"/>', before=before))
        assert got.receipt.format == "svg"
        assert got.pixels.shape == (50, 100, 3)
        assert tuple(got.pixels[25, 25]) == (200, 30, 30)
        assert tuple(got.pixels[25, 75]) == (255, 255, 255)


@pytest.mark.parametrize(
    ("size", "drawn"),
    [
        ('viewBox="0 0 24 12"', (1024, 512)),
        ('viewBox="0 0 12 24"', (512, 1024)),
        ('width="1e9" height="5"', (1024, 1024)),
        ('width="999999999" height="999999999"', (2048, 2048)),
        ('width="100%" height="100%" viewBox="0 0 2 1"', (1024, 512)),
        ('width="2in" height="1in"', (192, 96)),
    ],
)
def test_a_drawing_is_never_larger_than_the_limit(load: Load, size: str, drawn: tuple[int, int]) -> None:
    height, width, _ = load(svg('<circle r="5"/>', size)).pixels.shape
    assert max(width, height) == max(drawn)
    if "1e9" not in size:
        assert (width, height) == drawn


@pytest.mark.parametrize(
    ("inside", "before"),
    [
        ("<script>alert(1)</script>", ""),
        ("<text>&a;</text>", '<!DOCTYPE svg [<!ENTITY a "aaaa">]>'),
        ("<text>&a;</text>", '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        ("<text>a</text>", '<!DOCTYPE svg [<!ENTITY % d SYSTEM "http://127.0.0.1/d">%d;]>'),
        ('<image href="{file}" width="9" height="9"/>', ""),
        ('<image xlink:href="file://{file}" width="9" height="9"/>', ""),
        ('<image href="http://127.0.0.1/a.png" width="9" height="9"/>', ""),
        ('<image href="data:image/svg+xml;base64,PHN2Zy8+" width="9" height="9"/>', ""),
        ('<filter id="f"><feImage href="{file}"/></filter><rect filter="url(#f)" width="9" height="9"/>', ""),
        ('<use href="other.svg#part"/>', ""),
        ("<g>" * 300 + "</g>" * 300, ""),
    ],
)
def test_a_drawing_that_wants_more_than_to_be_drawn_is_refused(
    load: Load, tmp_path: Path, inside: str, before: str
) -> None:
    with pytest.raises(ImageError) as refused:
        load(svg(inside.replace("{file}", str(tmp_path / "a.png")), before=before))
    assert refused.value.code == "unsupported_image_media_type"


def test_a_drawing_may_hold_links_and_parts_of_itself(load: Load) -> None:
    inside = (
        '<defs><rect id="r" width="50" height="50" fill="blue"/></defs>'
        '<a href="https://example.com/"><use xlink:href="#r"/></a>'
    )
    assert tuple(load(svg(inside)).pixels[10, 10]) == (0, 0, 255)


@pytest.mark.parametrize("data", [b"<svg", b"<svg><g></svg>", b"<svg \xff\xfe></svg>", svg('<rect width="x" &/>')])
def test_a_broken_drawing_is_said_to_be_invalid(load: Load, data: bytes) -> None:
    with pytest.raises(ImageError) as refused:
        load(data)
    assert refused.value.code in ("image_parse_error", "unsupported_image_media_type")


def load_pages(loader: ImageLoader, data: bytes, first: int = 1, last: int | None = None) -> list[SourceImage]:
    return asyncio.run(loader.load_pages(data, first, last))


def test_pages_are_drawn_in_order_at_200_dpi(loader: ImageLoader) -> None:
    pages = load_pages(loader, pdf(3))
    assert [page.pixels.shape for page in pages] == [(278, 556, 3)] * 3
    for i, page in enumerate(pages):
        assert abs(float(np.mean(page.pixels < 128)) - (i + 1) / 10) < 0.01
        assert page.receipt.format == "pdf"
    assert len(load_pages(loader, pdf(5), 2, 3)) == 2


def test_a_poster_is_drawn_coarser_and_not_larger_than_the_limit(loader: ImageLoader) -> None:
    (page,) = load_pages(loader, pdf(1, 14_000, 14_000))
    assert page.pixels.shape[0] * page.pixels.shape[1] <= loader.limits.max_page_pixels * 1.01


def test_pages_that_are_not_there_or_too_many_are_refused(loader: ImageLoader) -> None:
    with pytest.raises(ImageError, match="There is no page 3: the document has 2"):
        load_pages(loader, pdf(2), 3, 3)
    for last in (None, 17):
        with pytest.raises(ImageError, match="Too many images in request: 17, maximum allowed: 16"):
            load_pages(loader, pdf(17), 1, last)


@pytest.mark.parametrize("data", [b"%PDF-1.7 broken", zlib.compress(b"x"), b""])
def test_what_is_no_document_has_no_pages(loader: ImageLoader, data: bytes) -> None:
    with pytest.raises(InvalidRequest):
        load_pages(loader, data)


def test_a_document_is_no_picture(load: Load) -> None:
    with pytest.raises(ImageError) as refused:
        load(pdf(1))
    assert refused.value.code == "unsupported_image_media_type"
