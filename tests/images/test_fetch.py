from __future__ import annotations

import asyncio
import gzip
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import Any

import pytest

from sightline.errors import ImageError
from sightline.images.exchange import Pace
from sightline.images.fetch import Fetcher, FetchPolicy

Serve = Callable[..., AbstractAsyncContextManager[Any]]
MAX_BYTES = 200_000
PARAM = "messages[0].content[1].image_url.url"
HOST = "img.example.com"
PICTURE = b"\x89PNG\r\n\x1a\n and the rest"
FAST = Pace(connect_s=0.4, first_byte_s=0.4, min_bytes_per_s=1024, min_rate_after_s=0.4)


def ok(body: bytes = PICTURE, *headers: str) -> bytes:
    head = "\r\n".join(["HTTP/1.1 200 OK", f"Content-Length: {len(body)}", *headers])
    return head.encode() + b"\r\n\r\n" + body


def status(code: int, body: bytes = b"") -> bytes:
    return f"HTTP/1.1 {code} Whatever\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def to(place: str, code: int = 302) -> bytes:
    return f"HTTP/1.1 {code} Found\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n".encode()


def policy(port: int, resolver: Callable[[str, int], Sequence[str]] | None = None) -> FetchPolicy:
    return FetchPolicy(
        allowed_cidrs=("127.0.0.2/32",),
        ports=frozenset({80, 443, port}),
        resolve_s=0.5,
        total_s=2.0,
        pace=FAST,
        resolver=resolver or (lambda host, port: ["127.0.0.2"]),
    )


async def fetch(url: str, policy: FetchPolicy) -> bytes:
    fetcher = Fetcher(policy, MAX_BYTES)
    try:
        return await fetcher.fetch(url, PARAM)
    finally:
        fetcher.close()


def refused(run: Awaitable[bytes]) -> ImageError:
    async def awaited() -> bytes:
        return await run

    with pytest.raises(ImageError) as caught:
        asyncio.run(awaited())
    assert caught.value.param == PARAM
    return caught.value


def from_origin(serve: Serve, routes: dict[str, Any], path: str = "/a.png") -> Awaitable[bytes]:
    async def run() -> bytes:
        async with serve(routes) as origin:
            return await fetch(f"http://{HOST}:{origin.port}{path}", policy(origin.port))

    return run()


async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.1)


async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"10000\r\n" + bytes(65536) + b"\r\n")
        await writer.drain()


async def silence(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()


def test_a_picture_is_fetched_with_one_plain_request(serve: Serve) -> None:
    async def run() -> tuple[bytes, bytes, int]:
        async with serve({"/a.png": ok(PICTURE, "Content-Type: text/plain")}) as origin:
            body = await fetch(f"http://{HOST}:{origin.port}/a.png?x=1#part", policy(origin.port))
            return body, origin.requests[0], origin.port

    body, head, port = asyncio.run(run())
    lines = head.decode().split("\r\n")
    assert body == PICTURE
    assert lines[0] == "GET /a.png?x=1 HTTP/1.1"
    assert f"Host: {HOST}:{port}" in lines
    assert "Accept-Encoding: identity" in lines
    assert not any(line.lower().startswith(("cookie", "authorization", "proxy")) for line in lines)


def test_proxies_and_passwords_of_the_environment_are_not_used(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    (tmp_path / ".netrc").write_text(f"machine {HOST} login me password canary")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    assert asyncio.run(asyncio.wait_for(_ensure(from_origin(serve, {"/a.png": ok()})), 5)) == PICTURE


async def _ensure(run: Awaitable[bytes]) -> bytes:
    return await run


def test_a_relative_redirect_is_followed(serve: Serve) -> None:
    routes = {"/a.png": to("/b.png"), "/b.png": to("c.png", 308), "/c.png": ok()}
    assert asyncio.run(_ensure(from_origin(serve, routes))) == PICTURE


@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.1:{canary}/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:127.0.0.1]:{canary}/",
        "http://localhost:{canary}/",
        "http://2130706433:{canary}/",
        "http://canary.example.com:{canary}/",
        "file:///etc/passwd",
        "//127.0.0.1:{canary}/",
        "http://127.0.0.2:{canary}@127.0.0.1/",
        "http://img.example.com\\@127.0.0.1:{canary}/",
    ],
)
def test_t35_a_redirect_inside_is_refused_and_nothing_is_sent_there(serve: Serve, place: str) -> None:
    async def run() -> tuple[ImageError | None, int]:
        async with serve({}, host="127.0.0.1") as canary:
            routes = {"/a.png": to(place.format(canary=canary.port))}
            async with serve(routes) as origin:
                inside = {"canary.example.com": ["127.0.0.1"]}
                rules = policy(origin.port, lambda host, port: inside.get(host, ["127.0.0.2"]))
                rules = replace(rules, ports=rules.ports | {canary.port})
                try:
                    await fetch(f"http://{HOST}:{origin.port}/a.png", rules)
                except ImageError as error:
                    return error, len(canary.requests)
                return None, len(canary.requests)

    error, n_inside = asyncio.run(run())
    assert n_inside == 0
    assert error is not None
    assert error.code == "invalid_image_url"
    assert "127.0.0.1" not in error.message


def test_four_redirects_a_loop_and_one_that_leads_nowhere_are_refused(serve: Serve) -> None:
    chain = {f"/{i}": to(f"/{i + 1}") for i in range(4)} | {"/4": ok(), "/loop": to("/loop")}
    assert asyncio.run(_ensure(from_origin(serve, chain, "/1"))) == PICTURE
    for path in ("/0", "/loop"):
        assert refused(from_origin(serve, chain, path)).code == "invalid_image_url"
    assert refused(from_origin(serve, {"/a.png": status(301)})).message.endswith("status code: 301.")


@pytest.mark.parametrize("answers", [["127.0.0.1"], ["127.0.0.2", "10.0.0.1"], ["::1"], ["169.254.169.254"], []])
def test_t35_an_inside_answer_is_refused_like_a_name_that_is_not_there(answers: list[str]) -> None:
    error = refused(fetch(f"http://{HOST}/a.png", policy(80, lambda host, port: answers)))
    assert error.message == f"Error while downloading http://{HOST}/a.png. " + (
        "Only names and addresses of the public internet are fetched."
    )


def test_a_resolver_that_changes_its_mind_is_asked_once_and_its_first_answer_is_used(serve: Serve) -> None:
    calls: list[str] = []

    def flipping(host: str, port: int) -> list[str]:
        calls.append(host)
        return ["127.0.0.2"] if len(calls) % 2 else ["127.0.0.1"]

    async def run() -> tuple[int, int, int]:
        async with serve({"/a.png": ok()}) as origin, serve({}, host="127.0.0.1", port=origin.port) as canary:
            fetcher = Fetcher(policy(origin.port, flipping), MAX_BYTES)
            n_fetched = 0
            for _ in range(60):
                try:
                    await fetcher.fetch(f"http://{HOST}:{origin.port}/a.png", PARAM)
                    n_fetched += 1
                except ImageError:
                    continue
            fetcher.close()
            return n_fetched, len(origin.requests), len(canary.requests)

    assert asyncio.run(run()) == (30, 30, 0)
    assert len(calls) == 60


def test_t32_a_404_is_refused_with_its_number(serve: Serve) -> None:
    error = refused(from_origin(serve, {"/a.png": status(404, PICTURE)}))
    assert error.message.startswith(f"Error while downloading http://{HOST}:")
    assert error.message.endswith(" Upstream status code: 404.")
    assert error.code == "invalid_image_url"


@pytest.mark.parametrize("code", [204, 206, 300, 500])
def test_only_200_is_a_picture(serve: Serve, code: int) -> None:
    assert f"{code}." in refused(from_origin(serve, {"/a.png": status(code)})).message


@pytest.mark.parametrize("route", [silence, drip], ids=["silent", "a byte now and then"])
def test_t33_a_slow_origin_times_out(serve: Serve, route: Any) -> None:
    start_s = time.monotonic()
    error = refused(from_origin(serve, {"/a.png": route}))
    assert error.message.startswith(f"Timeout while downloading http://{HOST}:")
    assert error.message.endswith("/a.png.")
    assert error.code == "invalid_image_url"
    assert time.monotonic() - start_s < 2.5


def test_a_slow_resolver_is_not_waited_for() -> None:
    def slow(host: str, port: int) -> list[str]:
        time.sleep(1.5)
        return ["127.0.0.2"]

    start_s = time.monotonic()
    assert refused(fetch(f"http://{HOST}/a.png", policy(80, slow))).code == "invalid_image_url"
    assert time.monotonic() - start_s < 3


@pytest.mark.parametrize(
    "route",
    [endless, b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n"],
    ids=["endless", "announced"],
)
def test_more_than_the_limit_is_cut_off(serve: Serve, route: Any) -> None:
    assert refused(from_origin(serve, {"/a.png": route})).code == "image_too_large"


def test_a_long_head_is_refused(serve: Serve) -> None:
    assert refused(from_origin(serve, {"/a.png": ok(PICTURE, "X-Long: " + "a" * 100_000)})).code == "invalid_image_url"


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate"])
def test_an_encoded_body_is_refused(serve: Serve, encoding: str) -> None:
    body = gzip.compress(bytes(1_000_000))
    assert (
        refused(from_origin(serve, {"/a.png": ok(body, f"Content-Encoding: {encoding}")})).code == "invalid_image_url"
    )


def test_nothing_at_all_is_said_to_be_nothing(serve: Serve) -> None:
    assert "contains no data" in refused(from_origin(serve, {"/a.png": ok(b"")})).message


def test_a_closed_port_and_no_http_read_the_same(serve: Serve) -> None:
    async def run(routes: dict[str, Any], is_open: bool) -> str:
        async with serve(routes) as origin:
            port = origin.port if is_open else 1
            try:
                await fetch(f"http://{HOST}:{port}/a.png", policy(port))
            except ImageError as error:
                return error.message.replace(f":{port}", "")
        return ""

    texts = {asyncio.run(run({}, False)), asyncio.run(run({"/a.png": b"220 mail.example.com ESMTP\r\n\r\n"}, True))}
    assert texts == {f"Error while downloading http://{HOST}/a.png."}


def test_fetching_can_be_switched_off_and_then_no_name_is_resolved() -> None:
    def asked(host: str, port: int) -> list[str]:
        raise AssertionError

    off = replace(policy(80, asked), enabled=False)
    assert refused(fetch(f"http://{HOST}/a.png", off)).code == "invalid_image_url"


@pytest.mark.parametrize("url", ["hello", "ftp://x", "file:///etc/passwd", "http://", "http://a b/"])
def test_t31_what_is_no_url_is_said_not_to_be_one(url: str) -> None:
    error = refused(fetch(url, policy(80)))
    assert error.message == f"Invalid '{PARAM}'. Expected a valid URL, but got a value with an invalid format."
    assert error.code == "invalid_value"


def test_logs_and_messages_hold_no_query_and_no_password(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    for url in (
        f"http://{HOST}/a.png?key=canary",
        f"http://canary:canary@{HOST}/a.png",
        "http://127.0.0.1/?canary#canary",
    ):
        error = refused(fetch(url, policy(80, lambda host, port: ["127.0.0.1"])))
        assert "canary" not in error.message
    assert "canary" not in "".join(
        str(vars(record)) for record in caplog.records if record.name.startswith("sightline")
    )


def test_no_more_fetches_run_at_a_time_than_the_policy_allows(serve: Serve) -> None:
    running, most = 0, 0

    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.02)
        running -= 1
        writer.write(ok())

    async def run() -> None:
        async with serve({"/a.png": slow}) as origin:
            fetcher = Fetcher(replace(policy(origin.port), max_fetches=3), MAX_BYTES)
            await asyncio.gather(*(fetcher.fetch(f"http://{HOST}:{origin.port}/a.png", PARAM) for _ in range(12)))
            fetcher.close()

    asyncio.run(run())
    assert most == 3
