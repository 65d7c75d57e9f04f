"""`/v1/files` through the official client and by hand: T79 and F09-F11."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import openai
import pytest

from serving import Running, picture, running, until
from sightline.api.settings import Settings

FILES = "/v1/files"
KEYS = ("sk-first-0123456789", "sk-second-0123456789")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = tmp_path_factory.mktemp("data")
    return made


@pytest.fixture(scope="module")
def keeping(folder: Path) -> Iterator[Running]:
    settings = Settings(
        port=0, playground=False, data_dir=folder, api_keys=KEYS, max_file_bytes=50_000, max_batch_file_bytes=70_000,
        max_owner_bytes=300_000, max_owner_files=8,
        key_requests_per_minute=0,
    )  # fmt: skip
    with running(settings) as it:
        yield it


@pytest.fixture
def client(keeping: Running) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{keeping.url}/v1", api_key=KEYS[0], max_retries=0) as one:
        yield one


@pytest.fixture(autouse=True)
def _tidy(client: openai.OpenAI) -> Iterator[None]:
    yield
    for file in client.files.list():
        client.files.delete(file.id)


@pytest.fixture
def http(keeping: Running) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=keeping.url, headers={"Authorization": f"Bearer {KEYS[0]}"}) as one:
        yield one


def form(data: bytes = b"x", fields: dict[str, str] | None = None) -> dict[str, Any]:
    return {"data": {"purpose": "user_data"} | (fields or {}), "files": {"file": ("a.bin", data)}}


def refused(reply: httpx2.Response, status: int = 400) -> tuple[str | None, str | None]:
    assert reply.status_code == status, reply.text
    error = reply.json()["error"]
    assert set(error) == {"message", "type", "param", "code"}
    return error["param"], error["code"]


def test_t79_the_sdk_uploads_shows_lists_fetches_and_deletes(client: openai.OpenAI, folder: Path) -> None:
    data = picture(64, 48)
    file = client.files.create(file=("naïve photo.jpg", data), purpose="vision")
    assert (file.object, file.bytes, file.filename, file.purpose) == ("file", len(data), "naïve photo.jpg", "vision")
    assert file.status == "processed"
    assert file.expires_at is None
    assert client.files.retrieve(file.id) == file
    assert client.files.content(file.id).read() == data
    assert [found.id for found in client.files.list(purpose="vision")] == [file.id]
    gone = client.files.delete(file.id)
    assert (gone.id, gone.deleted, gone.object) == (file.id, True, "file")
    with pytest.raises(openai.NotFoundError, match="No such File object"):
        client.files.retrieve(file.id)
    assert list((folder / "files").iterdir()) == []


def test_a_list_comes_in_pages_newest_first(client: openai.OpenAI, http: httpx2.Client) -> None:
    ids = [client.files.create(file=(f"{n}.txt", b"x"), purpose="user_data").id for n in range(5)]
    first = http.get(FILES, params={"limit": 2}).json()
    assert [file["id"] for file in first["data"]] == ids[:2:-1]
    assert (first["object"], first["first_id"], first["last_id"], first["has_more"]) == ("list", ids[4], ids[3], True)
    assert [file.id for file in client.files.list(limit=2)] == ids[::-1]
    assert [file.id for file in client.files.list(limit=2, order="asc", after=ids[1])] == ids[2:]
    assert http.get(FILES, params={"purpose": "batch"}).json() == {
        "object": "list", "data": [], "first_id": None, "last_id": None, "has_more": False,
    }  # fmt: skip


def test_how_long_a_file_is_kept_is_the_callers_choice_and_a_months_for_a_batch(client: openai.OpenAI) -> None:
    file = client.files.create(
        file=("a.pdf", b"x"), purpose="user_data", expires_after={"anchor": "created_at", "seconds": 3600}
    )
    assert file.expires_at == file.created_at + 3600
    batch = client.files.create(file=("a.jsonl", b"{}"), purpose="batch")
    assert batch.expires_at == batch.created_at + 30 * 86_400


@pytest.mark.parametrize(
    ("fields", "param", "code"),
    [
        ({"purpose": "assistants"}, "purpose", "unsupported_value"),
        ({"purpose": "fine-tune"}, "purpose", "unsupported_value"),
        ({"purpose": "holiday"}, "purpose", "invalid_value"),
        ({"colour": "red"}, "colour", "unknown_parameter"),
        ({"expires_after[anchor]": "created_at"}, "expires_after[seconds]", "missing_required_parameter"),
        (
            {"expires_after[anchor]": "now", "expires_after[seconds]": "3600"},
            "expires_after[anchor]",
            "invalid_value",
        ),
        (
            {"expires_after[anchor]": "created_at", "expires_after[seconds]": "3599"},
            "expires_after[seconds]",
            "integer_below_min_value",
        ),
        (
            {"expires_after[anchor]": "created_at", "expires_after[seconds]": "an hour"},
            "expires_after[seconds]",
            "invalid_type",
        ),
    ],
)
def test_a_field_that_does_not_fit_is_named(
    http: httpx2.Client, folder: Path, fields: dict[str, str], param: str, code: str
) -> None:
    assert refused(http.post(FILES, **form(fields=fields))) == (param, code)
    assert not list((folder / "files").iterdir())


def test_a_form_without_a_purpose_or_a_file_or_with_an_empty_one_is_refused(http: httpx2.Client) -> None:
    assert refused(http.post(FILES, files={"file": ("a", b"x")})) == ("purpose", "missing_required_parameter")
    only_fields: Any = {"purpose": (None, "vision")}
    assert refused(http.post(FILES, files=only_fields)) == ("file", "missing_required_parameter")
    assert refused(http.post(FILES, **form(b""))) == ("file", "invalid_value")


@pytest.mark.parametrize(
    ("query", "param", "code"),
    [
        ("limit=0", "limit", "integer_below_min_value"),
        ("limit=10001", "limit", "integer_above_max_value"),
        ("limit=ten", "limit", "invalid_type"),
        ("order=up", "order", "invalid_value"),
        ("colour=red", "colour", "unknown_parameter"),
    ],
)
def test_a_query_that_does_not_fit_is_named(http: httpx2.Client, query: str, param: str, code: str) -> None:
    assert refused(http.get(f"{FILES}?{query}")) == (param, code)


def test_f09_another_keys_file_is_as_if_it_were_not_there(
    client: openai.OpenAI, http: httpx2.Client, keeping: Running
) -> None:
    mine = client.files.create(file=("mine.png", picture(8, 8)), purpose="vision").id
    other = {"Authorization": f"Bearer {KEYS[1]}"}
    for path, method in ((f"/{mine}", "GET"), (f"/{mine}", "DELETE"), (f"/{mine}/content", "GET")):
        theirs = httpx2.request(method, f"{keeping.url}{FILES}{path}", headers=other)
        absent = httpx2.request(method, f"{keeping.url}{FILES}{path.replace(mine, 'file-0')}", headers=other)
        assert theirs.status_code == absent.status_code == 404
        assert theirs.json()["error"]["message"] == f"No such File object: {mine}"
        assert absent.json() == {"error": theirs.json()["error"] | {"message": "No such File object: file-0"}}
    assert httpx2.get(f"{keeping.url}{FILES}", headers=other).json()["data"] == []
    assert refused(httpx2.get(f"{keeping.url}{FILES}?after={mine}", headers=other), 404)
    assert http.get(f"{FILES}/{mine}").status_code == 200
    for path in (FILES, "/files", f"{FILES}/{mine}/content", f"/files/{mine}/content"):
        assert httpx2.get(keeping.url + path).status_code == 401


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../x.png", "x.png"),
        ("C:\\CON\\x.png", "x.png"),
        ("..", "file"),
        ("ä" * 200 + ".png", "ä" * 127),
        ("<script>.html", "<script>.html"),
    ],
)
def test_f10_a_name_is_only_a_name_and_nothing_is_served_as_a_page(
    client: openai.OpenAI, http: httpx2.Client, name: str, kept: str
) -> None:
    file = client.files.create(file=(name, b"<script>alert(1)</script>"), purpose="user_data")
    assert file.filename == kept
    reply = http.get(f"{FILES}/{file.id}/content")
    assert reply.headers["content-type"] == "application/octet-stream"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    assert "\r" not in reply.headers["content-disposition"]


def test_f11_a_file_over_the_limit_of_its_purpose_is_refused(http: httpx2.Client, folder: Path) -> None:
    assert refused(http.post(FILES, **form(b"x" * 50_001)), 413) == (None, "request_too_large")
    assert refused(http.post(FILES, **form(b"x" * 70_001, {"purpose": "batch"})), 413) == (None, "request_too_large")
    assert refused(http.post(FILES, **form(b"x" * 2_000_000)), 413) == (None, "request_too_large")
    late = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n' + b"x" * 60_000
    late += b'\r\n--b\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nvision\r\n--b--\r\n'
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    assert refused(http.post(FILES, content=late, headers=headers), 413) == (None, "request_too_large")
    assert list((folder / "files").iterdir()) == []
    assert http.post(FILES, **form(b"x" * 70_000, {"purpose": "batch"})).status_code == 200


def test_f11_the_quota_of_a_key_is_told_apart_from_the_limit_of_a_file(client: openai.OpenAI) -> None:
    for _ in range(4):
        client.files.create(file=("a", b"x" * 70_000), purpose="batch")
    with pytest.raises(openai.APIStatusError) as full:
        client.files.create(file=("a", b"x" * 70_000), purpose="batch")
    assert (full.value.status_code, full.value.code) == (413, "quota_exceeded")
    for _ in range(4):
        client.files.create(file=("a", b"x"), purpose="vision")
    with pytest.raises(openai.APIStatusError, match="You have 8 files, which is the limit"):
        client.files.create(file=("a", b"x"), purpose="vision")


def part(head: str, value: bytes = b"x") -> bytes:
    return f"--b\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + value + b"\r\n"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--b",
        b"no form at all",
        part('name="purpose"', b"vision"),  # no end
        b"--b\r\n" + b"X: y\r\n" * 1000,
        b"--b\r\nX: " + b"y" * 100_000,
        b"".join(part(f'name="f{n}"') for n in range(10_000)) + b"--b--\r\n",
        part('name="purpose"', b"x" * 70_000) + b"--b--\r\n",
        part('name="purpose"') * 2 + b"--b--\r\n",
        part('name="file"; filename="a"') * 2 + b"--b--\r\n",
        part("nameless") + b"--b--\r\n",
        part('name="\xff"; filename="\x00"') + b"--b--\r\n",
    ],
)
def test_c09_a_form_that_is_none_or_too_much_is_refused_and_leaves_nothing(
    http: httpx2.Client, folder: Path, body: bytes
) -> None:
    reply = http.post(FILES, content=body, headers={"Content-Type": "multipart/form-data; boundary=b"})
    refused(reply)
    assert list((folder / "files").iterdir()) == []


@pytest.mark.parametrize("kind", ["multipart/form-data", "application/json", "text/plain; boundary=b", ""])
def test_only_a_form_with_a_boundary_is_taken(http: httpx2.Client, kind: str) -> None:
    assert refused(http.post(FILES, content=b"--b--", headers={"Content-Type": kind}), 415)


def test_a_form_from_a_foreign_page_is_refused(http: httpx2.Client, client: openai.OpenAI) -> None:
    foreign = http.post(FILES, headers={"Origin": "http://evil.example"}, **form())
    assert refused(foreign, 403) == (None, "invalid_origin")
    own = f"http://{http.base_url.host}:{http.base_url.port}"
    assert http.post(FILES, headers={"Origin": own}, **form()).status_code == 200


def test_an_upload_that_breaks_off_leaves_nothing(keeping: Running, folder: Path) -> None:
    head = (
        f"POST {FILES} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {KEYS[0]}\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 60000\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", int(keeping.url.rpartition(":")[2]))) as caller:
        caller.sendall(head.encode() + part('name="file"; filename="a"', b"x" * 1000))
        until(lambda: len(list((folder / "files").iterdir())) == 1, 5)
    until(lambda: not list((folder / "files").iterdir()), 5)


def test_a_large_file_passes_through_in_pieces(tmp_path: Path) -> None:
    data = bytes(range(256)) * 4096 * 24  # 24 MiB
    with running(Settings(port=0, playground=False, data_dir=tmp_path)) as server:
        client = openai.OpenAI(base_url=f"{server.url}/v1", api_key="none", max_retries=0)
        file = client.files.create(file=("large.bin", data), purpose="user_data")
        assert client.files.content(file.id).read() == data
        client.close()
    with running(Settings(port=0, playground=False, data_dir=tmp_path)) as again:
        assert httpx2.get(f"{again.url}{FILES}/{file.id}").json()["bytes"] == len(data)


def test_nothing_is_kept_by_a_server_that_was_asked_to_keep_nothing(tmp_path: Path) -> None:
    with running(Settings(port=0, playground=False, data_dir=tmp_path / "data")) as server:
        assert httpx2.get(f"{server.url}/v1/models").status_code == 200
    assert not (tmp_path / "data").exists()
