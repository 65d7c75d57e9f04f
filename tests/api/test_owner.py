"""Whose request it is, and where what they keep is kept."""

from __future__ import annotations

import asyncio
import stat
import sys
from pathlib import Path
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from sightline.api.auth import HostCheck, KeyCheck
from sightline.api.data_folder import data_path, make_data_folder
from sightline.api.grants import UNLIMITED
from sightline.api.key_ring import KeyRing
from sightline.api.owner import owner_of
from sightline.errors import ConfigError

KEYS = ("sk-first-0123456789", "sk-second-0123456789")


async def owner_seen(layer: Any, headers: dict[bytes, bytes], path: str = "/v1/models") -> str:
    """Return the owner that the application behind `layer` sees."""
    seen: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(owner_of(scope))

    scope = {"type": "http", "path": path, "headers": [*headers.items()]}
    await layer(app)(scope, None, None)
    return seen[0]


def keyed(app: Any) -> KeyCheck:
    ring = KeyRing(KEYS, None, UNLIMITED, must_lock=False)
    return KeyCheck(app, ring=ring, is_public=lambda path: path == "/")


def run(coroutine: Any) -> Any:
    return asyncio.run(coroutine)


def bearer(key: str) -> dict[bytes, bytes]:
    return {b"authorization": f"Bearer {key}".encode()}


def test_each_key_has_an_owner_of_its_own_that_stays_the_same_and_is_not_the_key() -> None:
    first, again, second = (run(owner_seen(keyed, bearer(key))) for key in (KEYS[0], KEYS[0], KEYS[1]))
    assert first == again != second
    assert first.startswith("own_")
    assert not any(key in first for key in KEYS)


def test_without_keys_the_owner_is_local() -> None:
    owner = run(owner_seen(lambda app: HostCheck(app, hosts=()), {b"host": b"127.0.0.1:8000"}))
    assert owner == "local"


def test_on_a_public_path_of_a_keyed_server_nobody_owns_anything() -> None:
    with pytest.raises(KeyError):
        run(owner_seen(keyed, {}, "/"))


def test_the_data_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    wanted = tmp_path / "a" / "b"
    assert make_data_folder(wanted) == wanted
    assert stat.S_IMODE(wanted.stat().st_mode) == 0o700
    assert make_data_folder(wanted) == wanted


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match=r"SIGHTLINE_DATA_DIR: .*file/b cannot be made"):
        make_data_folder(tmp_path / "file" / "b")


@pytest.mark.skipif(sys.platform != "linux", reason="each platform has its own place")
def test_without_a_setting_data_goes_where_the_platform_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/somewhere")
    assert data_path(None) == Path("/somewhere/sightline")
    monkeypatch.delenv("XDG_DATA_HOME")
    assert data_path(None) == Path.home() / ".local/share/sightline"
