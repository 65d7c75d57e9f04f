"""Which paths need a key: every route that is not on the list, beside a playground too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serving import echo_engines
from sightline.api.app import PUBLIC, public_paths, routes_of
from sightline.api.metrics import Metrics
from sightline.api.settings import Settings
from sightline.api.stores import stores_of
from sightline.chat import Chat
from sightline.images.load import ImageLoader


@pytest.fixture
def paths(tmp_path: Path) -> list[str]:
    settings = Settings(data_dir=tmp_path, playground=False)
    chat = Chat(echo_engines(), {}, ImageLoader(in_process=True), None)
    return [route.path for route in routes_of(chat, stores_of(settings), settings, Metrics(chat))]


@pytest.mark.parametrize("with_page", [True, False])
def test_c11_every_route_wants_a_key_except_those_on_the_list(paths: list[str], with_page: bool) -> None:
    is_public = public_paths(paths, with_page=with_page)
    walked = [re.sub(r"\{[^}]*\}", "x", path) for path in paths]
    assert {path for path in walked if is_public(path)} <= set(PUBLIC)
    assert len(walked) > 10


@pytest.mark.parametrize("path", ["/v1", "/v1/", "/v1/new", "/files/x/y", "//v1/models", "/completions", "/engines"])
def test_what_is_beside_a_route_wants_a_key_too(paths: list[str], path: str) -> None:
    assert not public_paths(paths, with_page=True)(path)


@pytest.mark.parametrize("path", ["/", "/assets/index.js", "/gradio_api/queue/join"])
def test_the_page_is_public_where_there_is_a_page(paths: list[str], path: str) -> None:
    assert public_paths(paths, with_page=True)(path)
    assert public_paths(paths, with_page=False)(path) == (path == "/")


@given(st.text(max_size=40))
def test_without_a_page_no_other_path_is_public(path: str) -> None:
    assert public_paths(["/v1/models"], with_page=False)("/" + path) == ("/" + path in PUBLIC)
