from __future__ import annotations

import base64
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.errors import ImageError
from sightline.images.data_url import read_data_url

MAX_BYTES = 20 * 1024 * 1024
PIXEL = base64.b64encode(b"\x89PNG\r\n\x1a\n + some").decode()


@given(st.binary(min_size=1, max_size=200), st.integers(1, 80))
def test_any_bytes_come_back_whatever_the_line_length(data: bytes, line: int) -> None:
    text = base64.b64encode(data).decode()
    folded = "\r\n".join(text[i : i + line] for i in range(0, len(text), line))
    assert read_data_url("data:image/png;base64," + folded, MAX_BYTES, "p") == data


@pytest.mark.parametrize(
    "url",
    [
        "data:image/jpg;base64," + PIXEL,
        "data:image/png;BASE64," + PIXEL,
        "DATA:image/png;charset=utf-8;base64," + PIXEL,
        "data:image/png;base64," + PIXEL.replace("+", "%2B").replace("=", "%3D"),
    ],
)
def test_t25_usual_spellings_are_read(url: str) -> None:
    assert read_data_url(url, MAX_BYTES, "p") == base64.b64decode(PIXEL)


@pytest.mark.parametrize(
    ("url", "code", "text"),
    [
        ("data:image/png;base64,###", "invalid_base64_image", "Invalid base64 image_url."),
        ("data:image/png;base64,aGVs bG8=", "invalid_base64_image", "Invalid base64 image_url."),
        ("data:image/png;base64,aGVsbG8", "invalid_base64_image", "Invalid base64 image_url."),
        ("data:image/png;base64,aGVsbG8=\n!!", "invalid_base64_image", "Invalid base64 image_url."),
        ("data:image/png;base64,aGVsbG8=aGVsbG8=", "invalid_base64_image", "Invalid base64 image_url."),
        ("data:image/png;base64,-_-_", "invalid_base64_image", "Invalid base64 image_url."),
        ("data:image/png;base64,\u00e9\u00e9\u00e9\u00e9", "invalid_base64_image", "Invalid base64 image_url."),
        ("data:image/png;base64," + PIXEL[:-1] + "%", "invalid_base64_image", "Invalid base64 image_url."),
        ("data:image/png;base64", "invalid_base64_image", "without the ';base64' separator."),
        ("data:image/png," + PIXEL, "invalid_base64_image", "without the ';base64' separator."),
        ("data:", "invalid_base64_image", "without the ';base64' separator."),
        ("data:image/png;base64,", "empty_image_file", "empty base64-encoded bytes."),
        ("data:image/png;base64,\r\n", "empty_image_file", "empty base64-encoded bytes."),
        ("data:application/pdf;base64," + PIXEL, "invalid_image_format", "Only image types are supported."),
        ("data:text/html;base64," + PIXEL, "invalid_image_format", "Only image types are supported."),
        ("data:;base64," + PIXEL, "invalid_image_format", "Only image types are supported."),
    ],
)
def test_t26_t27_t28_each_mistake_has_its_code_and_text(url: str, code: str, text: str) -> None:
    with pytest.raises(ImageError) as refused:
        read_data_url(url, MAX_BYTES, "messages[0].content[1].image_url.url")
    assert refused.value.code == code
    assert refused.value.message.endswith(text)
    assert refused.value.param == "messages[0].content[1].image_url.url"


def test_t36_a_payload_over_the_limit_is_refused_before_it_is_decoded(
    monkeypatch: pytest.MonkeyPatch, data_url: Callable[..., str]
) -> None:
    url = data_url(bytes(1001))

    def decoded_nevertheless(*_: object, **__: object) -> bytes:
        raise AssertionError

    assert len(read_data_url(url, 1001, "p")) == 1001
    monkeypatch.setattr(base64, "b64decode", decoded_nevertheless)
    with pytest.raises(ImageError) as refused:
        read_data_url(url, 900, "p")
    assert refused.value.code == "image_too_large"
