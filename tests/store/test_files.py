"""Files of owners: kept whole, counted, ended, and nobody else's."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import Awaitable, Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from sightline.errors import NotFound, QuotaExceeded
from sightline.store.database import Database
from sightline.store.files import LEFT_OVER_S, FileStore, Quota, StoredFile, _write_all

OWNER, OTHER = "own_a", "own_b"


class Clock:
    """A clock that stands still until it is set."""

    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[FileStore]:
    database = Database(lambda: tmp_path)
    yield FileStore(database, Quota(max_bytes=1000, max_files=3), clock)
    database.close()


def run(work: Awaitable[Any]) -> Any:
    async def waited() -> Any:
        return await work

    return asyncio.run(waited())


async def keep(store: FileStore, data: bytes = b"hello", owner: str = OWNER, **how: Any) -> StoredFile:
    async with await store.begin(owner) as upload:
        await upload.write(data)
        return await upload.keep(**{"purpose": "vision", "filename": "a.png"} | how)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "files").iterdir())


def test_a_file_is_on_the_disk_under_a_random_name_for_the_server_alone(store: FileStore, tmp_path: Path) -> None:
    file = run(keep(store, b"bytes", filename="../../etc/passwd"))
    path = run(store.path(OWNER, file.id))
    assert path.read_bytes() == b"bytes"
    assert path.parent == tmp_path / "files"
    assert file.id == f"file-{path.name}"
    assert len(path.name) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_what_another_owner_has_is_not_there(store: FileStore) -> None:
    file = run(keep(store))
    for refused in (
        lambda: store.get(OTHER, file.id),
        lambda: store.path(OTHER, file.id),
        lambda: store.delete(OTHER, file.id),
        lambda: store.list(OTHER, after=file.id, limit=5),
        lambda: store.get(OWNER, "file-unknown"),
    ):
        with pytest.raises(NotFound, match="No such File object"):
            run(refused())
    assert run(store.list(OTHER, limit=5)) == ([], False)
    assert run(store.get(OWNER, file.id)) == file


def test_a_list_goes_on_where_it_ended_in_either_order(store: FileStore) -> None:
    a, b, c = (run(keep(store, purpose=purpose)) for purpose in ("vision", "batch", "vision"))
    assert run(store.list(OWNER, limit=2)) == ([c, b], True)
    assert run(store.list(OWNER, limit=2, after=b.id)) == ([a], False)
    assert run(store.list(OWNER, limit=2, newest_first=False, after=a.id)) == ([b, c], False)
    assert run(store.list(OWNER, limit=1, purpose="vision", after=c.id)) == ([a], False)


def test_a_deleted_file_is_gone_with_its_bytes(store: FileStore, tmp_path: Path) -> None:
    file = run(keep(store))
    run(store.delete(OWNER, file.id))
    with pytest.raises(NotFound):
        run(store.get(OWNER, file.id))
    assert names(tmp_path) == []


def test_an_upload_that_breaks_off_leaves_nothing(store: FileStore, tmp_path: Path) -> None:
    async def break_off() -> None:
        async with await store.begin(OWNER) as upload:
            await upload.write(b"half")
            raise LookupError

    with pytest.raises(LookupError):
        run(break_off())
    assert names(tmp_path) == []
    assert run(store.list(OWNER, limit=1)) == ([], False)


def test_an_owner_keeps_no_more_files_than_they_may(store: FileStore) -> None:
    for _ in range(3):
        run(keep(store))
    with pytest.raises(QuotaExceeded, match="You have 3 files, which is the limit"):
        run(keep(store))
    run(keep(store, owner=OTHER))


def test_an_owner_keeps_no_more_bytes_than_they_may_even_at_once(store: FileStore, tmp_path: Path) -> None:
    async def two_at_once() -> None:
        async with await store.begin(OWNER) as first, await store.begin(OWNER) as second:
            await first.write(b"x" * 600)
            await second.write(b"x" * 401)

    run(keep(store, b"x" * 100, owner=OTHER))
    with pytest.raises(QuotaExceeded, match="more than 1,000 bytes"):
        run(two_at_once())
    run(keep(store, b"x" * 600))
    with pytest.raises(QuotaExceeded):
        run(keep(store, b"x" * 401))
    run(keep(store, b"x" * 400))
    assert len(names(tmp_path)) == 3


def test_a_file_past_its_end_is_not_there_and_its_bytes_are_freed(
    store: FileStore, clock: Clock, tmp_path: Path
) -> None:
    file = run(keep(store, b"x" * 900, lifetime_s=3600))
    assert file.expires_at == 1_003_600
    clock.now += 3600
    with pytest.raises(NotFound):
        run(store.get(OWNER, file.id))
    assert run(store.list(OWNER, limit=5)) == ([], False)
    kept = run(keep(store, b"x" * 900))  # the room is free at once
    run(store.sweep())
    assert names(tmp_path) == [kept.id.removeprefix("file-")]


def test_what_a_dead_process_left_is_freed_and_what_is_young_is_not(store: FileStore, tmp_path: Path) -> None:
    kept = run(keep(store)).id.removeprefix("file-")
    left = [tmp_path / "files" / name for name in ("a" * 32, "b.partial")]
    for path in left:
        path.write_bytes(b"x")
    run(store.sweep())
    assert len(names(tmp_path)) == 3
    for path in (*left, tmp_path / "files" / kept):
        long_ago = path.stat().st_mtime - LEFT_OVER_S - 1
        os.utime(path, (long_ago, long_ago))
    run(store.sweep())
    assert names(tmp_path) == [kept]


def test_a_store_that_was_closed_finds_everything_again(tmp_path: Path) -> None:
    def with_store(work: Callable[[FileStore], Awaitable[Any]]) -> Any:
        database = Database(lambda: tmp_path)
        try:
            return run(work(FileStore(database, Quota(1000, 3))))
        finally:
            database.close()

    file = with_store(lambda store: keep(store))
    assert with_store(lambda store: store.get(OWNER, file.id)) == file


def test_a_write_that_takes_only_a_part_is_gone_on_with() -> None:
    class Reluctant(BytesIO):
        """Takes three bytes at a time, as an unbuffered file may."""

        def write(self, data: Any) -> int:
            return super().write(bytes(data)[:3])

    file = Reluctant()
    _write_all(file, b"not a byte is lost")
    assert file.getvalue() == b"not a byte is lost"
