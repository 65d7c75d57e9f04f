from __future__ import annotations

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sightline.errors import ImageError
from sightline.images.fetch import Fetcher, FetchPolicy

Serve = Callable[..., AbstractAsyncContextManager[Any]]
HOST = "img.example.com"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for one name, signed by itself, and its key."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("tls")
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
        f"-keyout key.pem -out cert.pem -subj /CN={HOST} -addext subjectAltName=DNS:{HOST}"
    )
    subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)
    return folder / "cert.pem", folder / "key.pem"


def fetch(serve: Serve, certificate: tuple[Path, Path], host: str = HOST, *, is_trusted: bool = True) -> bytes:
    async def run() -> bytes:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(*certificate)
        async with serve({"/a.png": OK, "/down": b""}, ssl=tls) as origin:
            policy = FetchPolicy(
                allowed_cidrs=("127.0.0.2/32",),
                ports=frozenset({origin.port}),
                resolver=lambda host, port: ["127.0.0.2"],
                ca_file=certificate[0] if is_trusted else None,
            )
            fetcher = Fetcher(replace(policy, total_s=30.0), 1000)
            try:
                return await fetcher.fetch(f"https://{host}:{origin.port}/a.png", "p")
            finally:
                fetcher.close()

    return asyncio.run(run())


def test_the_certificate_is_checked_against_the_name_and_not_the_address(
    serve: Serve, certificate: tuple[Path, Path]
) -> None:
    assert fetch(serve, certificate) == b"abc"


def test_another_name_or_an_unknown_authority_is_refused(
    serve: Serve, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))  # a trap: the environment has no say
    monkeypatch.setenv("SSL_CERT_DIR", str(certificate[0].parent))
    for host, is_trusted in (("other.example.com", True), (HOST, False)):
        with pytest.raises(ImageError, match=f"^Error while downloading https://{host}") as refused:
            fetch(serve, certificate, host, is_trusted=is_trusted)
        assert refused.value.code == "invalid_image_url"


def test_a_redirect_from_https_to_http_is_refused(serve: Serve, certificate: tuple[Path, Path]) -> None:
    async def run() -> int:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(*certificate)
        async with serve({"/a.png": OK}) as plain:
            down = f"HTTP/1.1 302 Found\r\nLocation: http://{HOST}:{plain.port}/a.png\r\n\r\n".encode()
            async with serve({"/a.png": down}, ssl=tls) as origin:
                fetcher = Fetcher(
                    FetchPolicy(
                        allowed_cidrs=("127.0.0.2/32",),
                        ports=frozenset({origin.port, plain.port}),
                        resolver=lambda host, port: ["127.0.0.2"],
                        ca_file=certificate[0],
                    ),
                    1000,
                )
                with pytest.raises(ImageError):
                    await fetcher.fetch(f"https://{HOST}:{origin.port}/a.png", "p")
                fetcher.close()
                return len(plain.requests)

    assert asyncio.run(run()) == 0
