"""Documents in a chat: `file` parts, as data or by the id of an upload. Every page is a picture like any other."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import openai
import pytest

from serving import Running, ask, data_url, image_part, pdf, picture, running
from sightline.api.settings import Settings

CHAT = "/v1/chat/completions"
AT = "messages[0].content[1].file"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(Settings(port=0, playground=False, data_dir=tmp_path_factory.mktemp("data"))) as it:
        yield it


def file_part(**file: str) -> dict[str, Any]:
    return {"type": "file", "file": file}


def pdf_url(n_pages: int = 2, width_pt: float = 200, height_pt: float = 100) -> str:
    return data_url(pdf(n_pages, width_pt, height_pt), "application/pdf")


def answered(http: httpx2.Client, body: dict[str, Any]) -> dict[str, Any]:
    reply = http.post(CHAT, json=body)
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


def refused(http: httpx2.Client, part: dict[str, Any], status: int = 400) -> dict[str, Any]:
    reply = http.post(CHAT, json=ask("Look", part))
    assert reply.status_code == status, reply.text
    error: dict[str, Any] = reply.json()["error"]
    return error


@pytest.mark.parametrize("as_url", [True, False])
def test_a_documents_pages_are_seen_in_its_place_and_order(http: httpx2.Client, as_url: bool) -> None:
    data = pdf_url() if as_url else base64.b64encode(pdf(2)).decode()
    parts = [image_part(data_url(picture(64, 48))), file_part(file_data=data, filename="report.pdf")]
    reply = answered(http, ask("Look", *parts, image_part(data_url(picture(48, 64)))))
    assert reply["choices"][0]["message"]["content"].splitlines()[1:] == [
        "image1: 64x48 px, 0 lines of text",
        "image2: 556x278 px, 0 lines of text",
        "image3: 556x278 px, 0 lines of text",
        "image4: 48x64 px, 0 lines of text",
    ]
    images = reply["sightline"]["images"]
    assert [(image["format"], image["notes"]) for image in images[1:3]] == [("pdf", ["page 1"]), ("pdf", ["page 2"])]
    assert [image["tokens"] for image in images] == [255, 425, 425, 255]


def test_the_sdk_sends_an_uploaded_document_by_its_id(sdk: openai.OpenAI) -> None:
    uploaded = sdk.files.create(file=("report.pdf", pdf(1)), purpose="user_data")
    content: Any = [{"type": "text", "text": "Look"}, file_part(file_id=uploaded.id)]
    reply = sdk.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": content}])
    assert reply.choices[0].message.content == "Look\nimage1: 556x278 px, 0 lines of text"
    sdk.files.delete(uploaded.id)
    with pytest.raises(openai.NotFoundError) as gone:
        sdk.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": content}])
    assert (gone.value.param, gone.value.code) == (f"{AT}.file_id", "file_not_found")


@pytest.mark.parametrize(
    ("file", "param", "code", "text"),
    [
        ({}, AT, "missing_mutually_exclusive_parameters", "exactly one of: 'file_id' or 'file_data'"),
        ({"filename": "a.pdf"}, AT, "missing_mutually_exclusive_parameters", "exactly one of"),
        ({"file_id": "file-1", "file_data": "x"}, AT, "mutually_exclusive_parameters", "only providing one of"),
        ({"file_url": "http://a.example/a.pdf"}, f"{AT}.file_url", "unknown_parameter", "Unknown parameter"),
        ({"file_data": "data:text/plain;base64,aGk="}, f"{AT}.file_data", "invalid_value", "MIME type 'text/plain'"),
        ({"file_data": "data:application/pdf,x"}, f"{AT}.file_data", "invalid_value", "';base64' separator"),
        ({"file_data": "data:application/pdf;base64,"}, f"{AT}.file_data", "invalid_value", "empty base64"),
        ({"file_data": ""}, f"{AT}.file_data", "invalid_value", "empty base64"),
        ({"file_data": "http://127.0.0.2/a.pdf"}, f"{AT}.file_data", "invalid_value", "invalid base64"),
        ({"file_data": data_url(b"hello", "application/pdf")}, f"{AT}.file_data", "unsupported_file", "Only PDF"),
        ({"file_data": data_url(picture(8, 8), "application/pdf")}, f"{AT}.file_data", "unsupported_file", "Only PDF"),
        (
            {"file_data": data_url(b"%PDF-1.7 broken", "application/pdf")},
            f"{AT}.file_data",
            "invalid_file",
            "valid PDF",
        ),
        ({"file_data": pdf_url(0)}, f"{AT}.file_data", "invalid_file", "valid PDF"),
        ({"file_data": pdf_url(17)}, f"{AT}.file_data", "invalid_image", "Too many images in request: 17"),
    ],
)
def test_what_is_no_document_is_refused_by_name(
    http: httpx2.Client, file: dict[str, str], param: str, code: str, text: str
) -> None:
    error = refused(http, file_part(**file))
    assert (error["param"], error["code"]) == (param, code)
    assert text in error["message"]


def test_pages_count_among_the_pictures_of_a_request(http: httpx2.Client) -> None:
    error = http.post(CHAT, json=ask(file_part(file_data=pdf_url(9)), file_part(file_data=pdf_url(8)))).json()["error"]
    assert error["message"] == "Too many images in request: 17, maximum allowed: 16"


def test_sixteen_posters_are_drawn_within_the_pixels_of_a_request(http: httpx2.Client) -> None:
    reply = answered(http, ask("Look", file_part(file_data=pdf_url(16, 3000, 3000))))
    sizes = {(image["source_width"], image["source_height"]) for image in reply["sightline"]["images"]}
    assert len(reply["sightline"]["images"]) == 16
    assert sizes == {(2048, 2048)}


def test_t26_a_document_is_still_no_picture(http: httpx2.Client, sdk: openai.OpenAI) -> None:
    assert refused(http, image_part(pdf_url()))["code"] == "invalid_image_format"


def test_a_local_path_is_never_read(http: httpx2.Client, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(1))
    for name in (str(tmp_path / "a.pdf"), f"file://{tmp_path}/a.pdf"):
        assert refused(http, file_part(file_data=name))["code"] == "invalid_value"
        assert refused(http, file_part(file_id=name), 404)["code"] == "file_not_found"
        assert refused(http, file_part(file_id=f"file-../../{name}"), 404)["code"] == "file_not_found"


def test_a_document_is_refused_before_a_stream_begins(http: httpx2.Client) -> None:
    body = ask("Look", file_part(file_data=data_url(b"%PDF-1.7 broken", "application/pdf")), stream=True)
    reply = http.post(CHAT, json=body)
    assert (reply.status_code, reply.json()["error"]["code"]) == (400, "invalid_file")
