from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from sightline.images.limits import ImageLimits
from sightline.images.load import ImageLoader
from sightline.images.picture import SourceImage
from sightline.types import Detail, ImagePart

SHARED = Path(__file__).parents[3] / "shared"

Load = Callable[..., SourceImage]
Encode = Callable[..., bytes]
Answer = bytes | Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@pytest.fixture(scope="session")
def loader() -> Iterator[ImageLoader]:
    # the wall limit is for a machine that serves; this one may be doing anything else
    loader = ImageLoader(ImageLimits(decode_wall_s=60.0), n_children=2)
    yield loader
    asyncio.run(loader.close())


@pytest.fixture
def load(loader: ImageLoader) -> Load:
    def load_one(
        source: str | bytes | Path, detail: Detail = "auto", param: str = "messages[0].content[1]"
    ) -> SourceImage:
        return asyncio.run(loader.load(ImagePart(source, detail, param)))

    return load_one


@pytest.fixture
def encode() -> Encode:
    def encoded(image: Image.Image, format: str = "PNG", **options: Any) -> bytes:
        buffer = BytesIO()
        image.save(buffer, format, **options)
        return buffer.getvalue()

    return encoded


@pytest.fixture
def data_url() -> Callable[..., str]:
    def url(data: bytes, media_type: str = "image/png") -> str:
        return f"data:{media_type};base64," + base64.b64encode(data).decode()

    return url


@pytest.fixture(scope="session")
def bad_images() -> Path:
    folder = SHARED / "badimages"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not here")
    return folder


@pytest.fixture(scope="session")
def url_cases() -> list[dict[str, Any]]:
    file = SHARED / "urls" / "cases.jsonl"
    if not file.is_file():
        pytest.skip(f"{file} is not here")
    cases = [json.loads(line) for line in file.read_text().splitlines()]
    return [case for case in cases if not case.get("live")]


@dataclass
class Origin:
    """A server on loopback that answers paths with what it was given, and remembers who asked for what."""

    port: int
    requests: list[bytes] = field(default_factory=list)


@pytest.fixture
def serve() -> Callable[..., AbstractAsyncContextManager[Origin]]:
    @asynccontextmanager
    async def serving(
        routes: dict[str, Answer], host: str = "127.0.0.2", port: int = 0, **options: Any
    ) -> AsyncIterator[Origin]:
        origin = Origin(port)

        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                head = await reader.readuntil(b"\r\n\r\n")
                origin.requests.append(head)
                route = routes[head.split(b" ", 2)[1].decode().partition("?")[0]]
                if isinstance(route, bytes):
                    writer.write(route)
                    await writer.drain()
                else:
                    await route(reader, writer)
            except (OSError, asyncio.IncompleteReadError):
                origin.requests.append(b"")
            finally:
                writer.close()

        server = await asyncio.start_server(answer, host, port, **options)
        origin.port = server.sockets[0].getsockname()[1]
        try:
            yield origin
        finally:
            server.close()

    return serving
