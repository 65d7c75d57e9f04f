from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from sightline.api.key_store import KeyStore
from sightline.api.key_text import id_of

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def store(tmp_path: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> KeyStore:
    monkeypatch.setitem(environment, "SIGHTLINE_DATA_DIR", str(tmp_path / "data"))
    return KeyStore(tmp_path / "data")


def test_a_key_is_printed_once_listed_without_itself_and_revoked(program: Program, store: KeyStore) -> None:
    made = program("keys", "create", "anna", "--rpm", "5", "--days", "3", "--scope", "ask")
    key = made.stdout.decode().strip()
    assert (made.returncode, id_of(key)) == (0, store.all()[0].id)
    assert (store.all()[0].limits.rpm, store.all()[0].scopes) == (5, ("ask",))
    listed = program("keys", "list").stdout.decode()
    assert "anna" in listed
    assert "valid" in listed
    assert key not in listed
    assert program("keys", "revoke", "anna").returncode == 0
    assert "revoked" in program("keys", "list").stdout.decode()
    assert program("keys", "revoke", "anna", "--forget").returncode == 0
    assert store.all() == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("revoke", "nobody"), "there is no key called 'nobody'"),
        (("create", ""), "1 to 64 characters"),
    ],
)
def test_what_cannot_be_done_is_one_plain_line(
    program: Program, store: KeyStore, words: tuple[str, ...], says: str
) -> None:
    done = program("keys", *words)
    (line,) = done.stderr.decode().splitlines()
    assert done.returncode == 2
    assert says in line


def test_a_wrong_setting_is_one_plain_line(
    program: Program, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(environment, "SIGHTLINE_PORT", "70000")
    done = program("serve", "--model", "sightline-echo")
    expected = "sightline: SIGHTLINE_PORT='70000': it must be a whole number from 0 to 65535\n"
    assert (done.returncode, done.stderr.decode()) == (2, expected)
