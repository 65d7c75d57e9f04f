"""Keys as text, as rows of a real SQLite file, and as what opens a server."""

from __future__ import annotations

import os
import sqlite3
import stat
import string
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.api.grants import SCOPES, UNLIMITED, KeyLimits, scope_for
from sightline.api.key_ring import FRESH_S, KeyRing
from sightline.api.key_store import FILE, KeyStore
from sightline.api.key_text import digest_of, id_of, new_key
from sightline.errors import ConfigError, InvalidRequest

NOW = 1_800_000_000.0
KEY_CHARS = string.ascii_letters + string.digits + "-_"


@pytest.fixture
def store(tmp_path: Path) -> KeyStore:
    return KeyStore(tmp_path)


def ring_of(store: KeyStore, **more: bool) -> KeyRing:
    ring = KeyRing((), store, UNLIMITED, must_lock=False, **more)
    ring.refresh()
    return ring


def test_a_new_key_has_the_form_that_is_documented_and_its_id_is_in_it() -> None:
    key = new_key()
    assert len(key) == len("sk-") + 8 + 1 + 43 + 1 + 6
    assert id_of(key) == key[3:11]
    assert new_key() != key


@given(st.integers(0, 61), st.sampled_from(KEY_CHARS))
def test_a_key_with_one_character_mistyped_has_no_id(at: int, character: str) -> None:
    key = new_key()
    typed = key[:at] + character + key[at + 1 :]
    assert (id_of(typed) is None) == (typed != key)


@given(st.text(max_size=80))
def test_no_text_breaks_the_form(text: str) -> None:
    assert id_of(text) is None


def test_f01_neither_the_file_nor_its_journal_holds_a_key(store: KeyStore) -> None:
    keys = [store.create(f"key {at}", NOW) for at in range(20)]
    store.revoke("key 3", NOW)
    store.forget("key 4")
    kept = b"".join(path.read_bytes() for path in store.path.parent.iterdir())
    assert kept.count(digest_of(keys[0])) == 1
    for key in keys:
        assert key.encode() not in kept
        assert key[12:40].encode() not in kept


def test_the_file_is_for_its_owner_alone(store: KeyStore) -> None:
    before = os.umask(0)
    try:
        store.create("anna", NOW)
    finally:
        os.umask(before)
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600


def test_what_was_said_of_a_key_is_kept(store: KeyStore) -> None:
    limits = KeyLimits(rpm=5, mpm=0)
    key = store.create("anna", NOW, scopes=("ask", "metrics"), limits=limits, expires_at=int(NOW) + 10)
    (kept,) = store.all()
    assert (kept.id, kept.name, kept.digest) == (id_of(key), "anna", digest_of(key))
    assert (kept.scopes, kept.limits, kept.created_at) == (("ask", "metrics"), limits, NOW)
    assert [kept.state(NOW), kept.state(NOW + 10)] == ["valid", "expired"]


def test_listing_what_was_never_written_makes_no_file(store: KeyStore) -> None:
    assert store.all() == []
    store.note_use({"abcdefgh": NOW})
    assert not store.path.exists()


@pytest.mark.parametrize("name", ["", "   ", "x" * 65, "two\nlines", "\x1b[31mred"])
def test_a_name_that_cannot_be_shown_is_refused(store: KeyStore, name: str) -> None:
    with pytest.raises(InvalidRequest, match="1 to 64 characters"):
        store.create(name, NOW)


def test_a_name_is_given_once_until_it_is_forgotten(store: KeyStore) -> None:
    store.create("anna", NOW)
    with pytest.raises(InvalidRequest, match="called 'anna' already"):
        store.create("anna", NOW)
    store.forget("anna")
    store.create("anna", NOW)


def test_a_key_is_revoked_once_by_its_name_or_its_id(store: KeyStore) -> None:
    first, _ = store.create("anna", NOW), store.create("bert", NOW)
    store.revoke(str(id_of(first)), NOW)
    store.revoke("bert", NOW)
    assert [key.state(NOW) for key in store.all()] == ["revoked", "revoked"]
    with pytest.raises(InvalidRequest, match="was revoked before"):
        store.revoke("anna", NOW)
    with pytest.raises(InvalidRequest, match="no key called 'carl'"):
        store.revoke("carl", NOW)


def test_use_is_noted_to_the_minute_and_never_backwards(store: KeyStore) -> None:
    key_id = str(id_of(store.create("anna", NOW)))
    store.note_use({key_id: NOW + 61})
    store.note_use({key_id: NOW})
    assert store.all()[0].last_used_at == NOW + 60


def test_a_file_that_is_no_database_or_is_newer_is_named(store: KeyStore) -> None:
    store.path.write_bytes(b"not a database, but longer than its header would have to be" * 20)
    with pytest.raises(ConfigError, match=r"keys\.db cannot be used: DatabaseError"):
        store.all()
    store.path.unlink()
    store.create("anna", NOW)
    with sqlite3.connect(store.path) as db:
        db.execute("PRAGMA user_version = 2")
    db.close()
    with pytest.raises(ConfigError, match="written by a newer Sightline"):
        store.all()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=rf"{FILE} cannot be made"):
        KeyStore(tmp_path / "missing").create("anna", NOW)


def test_the_ring_knows_given_and_stored_keys_and_no_others(store: KeyStore) -> None:
    key = store.create("anna", time.time(), limits=KeyLimits(rpm=5))
    ring = KeyRing(("sk-given",), store, KeyLimits(60, 7, 8, 9), must_lock=False)
    ring.refresh()
    given_caller, stored_caller = ring.caller("sk-given"), ring.caller(key)
    assert given_caller is not None
    assert stored_caller is not None
    assert given_caller.limits == KeyLimits(60, 7, 8, 9)
    assert stored_caller.limits == KeyLimits(5, 7, 8, 9)
    assert given_caller.owner != stored_caller.owner
    assert given_caller.scopes == set(SCOPES)
    assert stored_caller.scopes == {"ask", "files", "batches"}
    assert [ring.caller(wrong) for wrong in ("", "sk-given ", new_key(), key[:-1])] == [None] * 4


def test_a_ring_without_any_key_is_open_unless_others_can_reach_the_server(store: KeyStore) -> None:
    assert not ring_of(store).is_locked
    assert KeyRing((), store, UNLIMITED, must_lock=True).is_locked


def test_expired_and_revoked_keys_open_nothing_and_still_lock_until_they_are_forgotten(store: KeyStore) -> None:
    keys = store.create("old", NOW, expires_at=1), store.create("anna", NOW)
    store.revoke("anna", NOW)
    ring = ring_of(store)
    assert ring.is_locked
    assert [ring.caller(key) for key in keys] == [None, None]
    store.forget("old")
    store.forget("anna")
    assert not ring_of(store).is_locked


def test_f03_a_ring_takes_up_what_changes_within_a_second(store: KeyStore) -> None:
    ring = ring_of(store)
    key = store.create("anna", NOW)
    time.sleep(FRESH_S)
    ring.refresh()
    assert ring.caller(key)
    store.revoke("anna", NOW)
    time.sleep(FRESH_S)
    ring.refresh()
    assert ring.caller(key) is None


def test_two_changes_within_one_tick_of_the_clock_are_both_seen(store: KeyStore) -> None:
    store.create("anna", NOW)
    stat_before = store.path.stat()
    ring = ring_of(store)
    store.revoke("anna", NOW)
    os.utime(store.path, ns=(stat_before.st_atime_ns, stat_before.st_mtime_ns))
    time.sleep(FRESH_S)
    ring.refresh()
    assert ring._stored[store.all()[0].id].state(NOW) == "revoked"


def test_a_store_that_cannot_be_read_locks_the_server(store: KeyStore) -> None:
    store.path.write_bytes(b"broken" * 1000)
    assert ring_of(store).is_locked
    store.path.unlink()
    assert not ring_of(store).is_locked


def test_the_ring_notes_use_when_it_is_told_to(store: KeyStore) -> None:
    key = store.create("anna", time.time())
    ring = ring_of(store)
    ring.caller(key)
    assert not ring.is_flush_due
    ring.flush()
    assert time.time() - (store.all()[0].last_used_at or 0) < 120


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        ("/v1/chat/completions", "ask"),
        ("/v1/responses", "ask"),
        ("/v1/anything/new", "ask"),
        ("/v1/files", "files"),
        ("/v1/files/file-1/content", "files"),
        ("/v1/filesystem", "ask"),
        ("/v1/batches/b/cancel", "batches"),
        ("/metrics", "metrics"),
        ("/v1/models/gpt-4o", None),
    ],
)
def test_every_path_has_its_scope(path: str, scope: str | None) -> None:
    assert scope_for(path) == scope
