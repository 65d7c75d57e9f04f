"""A real server on loopback, a real host of pictures beside it, and the official client."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import openai
import pytest

from serving import PictureHost, Running, hosting_pictures, running


@pytest.fixture(scope="session")
def server() -> Iterator[Running]:
    with running() as it:
        yield it


@pytest.fixture
def http(server: Running) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=server.url, timeout=30) as client:
        yield client


@pytest.fixture
def sdk(server: Running) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{server.url}/v1", api_key="none", max_retries=0) as client:
        yield client


@pytest.fixture(scope="session")
def picture_host() -> Iterator[PictureHost]:
    with hosting_pictures() as host:
        yield host
