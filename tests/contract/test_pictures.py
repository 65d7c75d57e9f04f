"""Pictures through the API: T01-T13, T21-T37. What they cost, and how a bad one is refused."""

from __future__ import annotations

import io
import json
import socket
import struct
import time
import zlib
from typing import Any

import httpx2
import pytest
from PIL import Image, ImageDraw

from serving import PictureHost, ask, data_url, image_part, picture

CHAT = "/v1/chat/completions"
QUESTION_22 = "word " * 21 + "word"  # as long as the guide's own question: 22 tokens


def usage(http: httpx2.Client, body: dict[str, Any]) -> dict[str, Any]:
    reply = http.post(CHAT, json=body)
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()["usage"]
    return found


def image_tokens(http: httpx2.Client, width: int, height: int, detail: str, model: str = "gpt-4-turbo") -> int:
    body = ask("Look", image_part(data_url(picture(width, height)), detail), model=model)
    found: int = usage(http, body)["prompt_tokens_details"]["image_tokens"]
    return found


def refused(http: httpx2.Client, url: str, detail: str | None = None) -> dict[str, Any]:
    reply = http.post(CHAT, json=ask("Look", image_part(url, detail)))
    assert reply.status_code == 400, reply.text
    error: dict[str, Any] = reply.json()["error"]
    assert error["type"] == "invalid_request_error"
    return error


def test_t01_a_bare_string_url_in_the_guides_request_costs_what_the_guide_shows(
    http: httpx2.Client, picture_host: PictureHost
) -> None:
    url = picture_host.put("photo.jpg", picture(1280, 720))
    body = ask(QUESTION_22, {"type": "image_url", "image_url": url}, max_tokens=4095)
    reply = http.post(CHAT, json=body).json()
    assert reply["object"] == "chat.completion"
    assert reply["model"] == "gpt-4-1106-vision-preview"
    assert reply["usage"]["prompt_tokens"] == 1134
    assert "/photo.jpg" in picture_host.hits


def test_t02_a_bare_data_url_costs_the_same(http: httpx2.Client) -> None:
    body = ask(QUESTION_22, {"type": "image_url", "image_url": data_url(picture(1280, 720))}, max_tokens=4095)
    assert usage(http, body)["prompt_tokens"] == 1134


@pytest.mark.parametrize(
    ("width", "height", "detail", "n_tokens"),
    [(1280, 720, "low", 98), (1024, 1024, "high", 778), (2048, 4096, "high", 1118)],
)
def test_t03_t04_t05_the_published_question_costs_what_is_published(
    http: httpx2.Client, width: int, height: int, detail: str, n_tokens: int
) -> None:
    body = ask("What’s in this image?", image_part(data_url(picture(width, height)), detail))
    assert usage(http, body)["prompt_tokens"] == n_tokens


def test_t06_two_pictures_cost_twice(http: httpx2.Client) -> None:
    part = image_part(data_url(picture(2560, 1669)))
    body = ask("What are in these images? Is there any difference between them?", part, part)
    assert usage(http, body)["prompt_tokens"] == 2230


@pytest.mark.parametrize(
    ("width", "height", "n_tokens"),
    [(512, 512, 255), (513, 513, 765), (1537, 768, 1445), (4096, 512, 765), (8000, 200, 765), (10, 10, 255)],
)
def test_t07_t08_t09_high_detail_by_size(http: httpx2.Client, width: int, height: int, n_tokens: int) -> None:
    assert image_tokens(http, width, height, "high") == n_tokens


@pytest.mark.parametrize(("detail", "n_tokens"), [("high", 25501), ("low", 2833)])
def test_t10_gpt_4o_mini_has_its_own_rate(http: httpx2.Client, detail: str, n_tokens: int) -> None:
    assert image_tokens(http, 1024, 1024, detail, "gpt-4o-mini") == n_tokens


def test_t11_t13_auto_absent_and_original_cost_what_high_costs(http: httpx2.Client) -> None:
    url = data_url(picture(800, 600))
    costs = [usage(http, ask("Look", image_part(url, detail))) for detail in (None, "auto", "high", "original")]
    assert costs == [costs[0]] * 4


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


GRAY = Image.linear_gradient("L")
FRAMES = [GRAY.convert("P"), GRAY.rotate(90).convert("P")]
KINDS = {
    "alpha": encoded(GRAY.convert("RGBA"), "PNG"),
    "palette": encoded(GRAY.convert("P"), "PNG"),
    "cmyk": encoded(GRAY.convert("CMYK"), "JPEG"),
    "16 bit": encoded(GRAY.convert("I;16"), "PNG"),
    "gray": encoded(GRAY, "PNG"),
    "webp": encoded(GRAY.convert("RGB"), "WEBP"),
    "gif": encoded(FRAMES[0], "GIF"),
    "t23 animated gif": encoded(FRAMES[0], "GIF", save_all=True, append_images=FRAMES[1:]),
}


@pytest.mark.parametrize("kind", KINDS)
def test_t21_t22_t23_each_kind_of_picture_is_seen(http: httpx2.Client, kind: str) -> None:
    reply = http.post(CHAT, json=ask("Look", image_part(data_url(KINDS[kind], "image/png"))))
    assert reply.status_code == 200, reply.text
    assert reply.json()["choices"][0]["message"]["content"].endswith("image1: 256x256 px, 0 lines of text")


def test_t24_a_turned_picture_is_counted_upright(http: httpx2.Client) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    body = encoded(Image.new("RGB", (1600, 400)), "JPEG", exif=exif.tobytes())
    reply = http.post(CHAT, json=ask("Look", image_part(data_url(body)))).json()
    receipt = reply["sightline"]["images"][0]
    assert (receipt["source_width"], receipt["source_height"], receipt["orientation"]) == (400, 1600, 6)
    assert (receipt["columns"], receipt["rows"]) == (1, 4)


@pytest.mark.parametrize("mime", ["image/jpg", "image/png"])
def test_t25_the_bytes_say_what_a_picture_is(http: httpx2.Client, mime: str) -> None:
    assert http.post(CHAT, json=ask("Look", image_part(data_url(picture(), mime)))).status_code == 200


FORMAT_CODES = ("unsupported_image_media_type", "invalid_image_format")
NOT_AN_IMAGE = "Invalid MIME type. Only image types are supported."
UNSUPPORTED = "You uploaded an unsupported image."


@pytest.mark.parametrize(
    ("url", "message", "codes"),
    [
        pytest.param(data_url(b"%PDF-1.7", "application/pdf"), NOT_AN_IMAGE, ("invalid_image_format",), id="t26"),
        pytest.param("data:image/png;base64,###", "Invalid base64 image_url.", ("invalid_base64_image",), id="t27"),
        pytest.param("data:image/png;base64,", "", ("empty_image_file", "invalid_value"), id="t28"),
        pytest.param(data_url(b"\x07\x08 random \x93" * 20), UNSUPPORTED, FORMAT_CODES, id="t29"),
        pytest.param("hello", "", ("invalid_value",), id="t31 hello"),
        pytest.param("ftp://x", "", ("invalid_value", "invalid_image_url"), id="t31 ftp"),
        pytest.param("file:///etc/passwd", "", ("invalid_value", "invalid_image_url"), id="t31 file"),
    ],
)
def test_t26_to_t31_a_value_that_is_no_picture_is_refused(
    http: httpx2.Client, url: str, message: str, codes: tuple[str, ...]
) -> None:
    error = refused(http, url)
    assert error["message"].startswith(message)
    assert error["code"] in codes
    assert error["param"] in (None, "messages[0].content[1].image_url.url")


def test_t30_a_truncated_jpeg_is_the_callers_fault_or_seen(http: httpx2.Client) -> None:
    reply = http.post(CHAT, json=ask("Look", image_part(data_url(picture()[:3000]))))
    assert reply.status_code in (200, 400)


def test_t32_a_missing_picture_names_the_status_of_its_host(http: httpx2.Client, picture_host: PictureHost) -> None:
    error = refused(http, f"{picture_host.url}/nothing.png")
    assert "Error while downloading" in error["message"]
    assert "Upstream status code: 404" in error["message"]


def test_t33_a_host_that_hangs_is_given_up(http: httpx2.Client, picture_host: PictureHost) -> None:
    started = time.monotonic()
    error = refused(http, f"{picture_host.url}/hang")
    assert time.monotonic() - started < 12
    assert error["message"] == f"Timeout while downloading {picture_host.url}/hang."
    assert error["code"] == "invalid_image_url"


def test_t34_a_page_is_no_picture(http: httpx2.Client, picture_host: PictureHost) -> None:
    url = picture_host.put("page", b"<html><body>hello</body></html>", "text/html")
    assert refused(http, url)["message"].startswith(UNSUPPORTED)


@pytest.mark.parametrize("url", ["http://127.0.0.1:{port}/a.png", "http://169.254.169.254/latest/meta-data"])
def test_t35_a_private_address_is_never_asked(http: httpx2.Client, url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        error = refused(http, url.format(port=listener.getsockname()[1]))
        with pytest.raises(TimeoutError):
            listener.accept()
    assert error["code"] == "invalid_image_url"


def bomb(width: int, height: int) -> bytes:
    """Return a small PNG that claims to be `width` x `height` pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 10_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize("body", [bomb(30_000, 30_000), picture(16, 16) + b"\0" * (20 * 1024 * 1024)])
def test_t36_a_picture_over_the_limits_is_too_large(http: httpx2.Client, body: bytes) -> None:
    error = refused(http, data_url(body, "image/png"))
    assert error["code"] == "image_too_large"
    assert error["param"] == "messages[0].content[1].image_url.url"


def test_t37_more_pictures_than_the_limit_are_refused(http: httpx2.Client) -> None:
    reply = http.post(CHAT, json=ask(*[image_part(data_url(picture(8, 8)))] * 17))
    assert reply.status_code == 400
    assert reply.json()["error"]["message"].startswith("Too many images in request")


def test_the_receipt_says_what_was_done_to_each_picture_in_order(http: httpx2.Client) -> None:
    first, second = data_url(picture(2000, 1000)), data_url(encoded(GRAY.convert("RGBA"), "PNG"))
    reply = http.post(CHAT, json=ask("Look", image_part(first, "low"), image_part(second))).json()
    one, two = reply["sightline"]["images"]
    assert reply["sightline"]["model"] == "sightline-echo"
    assert (one["source_width"], one["source_height"], one["width"], one["height"]) == (2000, 1000, 512, 256)
    assert (one["detail"], one["tokens"], one["format"]) == ("low", 85, "jpeg")
    assert (two["width"], two["height"], two["tokens"], two["format"]) == (256, 256, 255, "png")
    assert two["notes"] == ["transparency placed on white"]


def test_the_reading_comes_with_the_receipt_when_it_is_asked_for(http: httpx2.Client) -> None:
    sign = Image.new("RGB", (420, 120), "white")
    ImageDraw.Draw(sign).text((30, 35), "TOTAL 12.50", "black", font_size=40)
    body = ask("Look", image_part(data_url(encoded(sign, "PNG"))), model="echo-reads")
    plain = http.post(CHAT, json=body).json()["sightline"]["images"][0]
    assert "reading" not in plain
    assert plain["n_lines"] == 1
    asked = http.post(CHAT, json=body, headers={"X-Sightline-Reading": "1"}).json()["sightline"]["images"][0]
    (line,) = asked["reading"]
    assert set(line) == {"text", "box", "confidence", "row"}
    assert line["text"].replace(" ", "") == "TOTAL12.50"
    assert 0 <= line["box"][0] < line["box"][2] <= 420
    streamed = http.post(CHAT, json={**body, "stream": True}, headers={"X-Sightline-Reading": "1"}).text.split("\n\n")
    last = json.loads(streamed[-3].removeprefix("data: "))
    assert last["sightline"]["images"][0]["reading"] == asked["reading"]
