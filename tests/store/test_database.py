"""The database: whole or not at all, for its owner alone, from one version to the next."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from serving import until
from sightline.errors import ConfigError, StoreFull
from sightline.store.database import FILE_NAME, Database
from sightline.store.schema import MIGRATIONS

T = TypeVar("T")

COUNTED = (*MIGRATIONS, "CREATE TABLE counted (n INTEGER) STRICT")
N_KILLS = 5


def in_folder(folder: Path, work: Callable[[sqlite3.Connection], T], migrations: tuple[str, ...] = COUNTED) -> T:
    database = Database(lambda: folder, migrations)
    try:
        return asyncio.run(database.run(work))
    finally:
        database.close()


def count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM counted").fetchone()[0])


def add(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO counted VALUES (1)")


def test_nothing_is_made_before_the_first_use_and_then_for_its_owner_alone(tmp_path: Path) -> None:
    database = Database(lambda: tmp_path)
    assert not database.is_open
    database.close()
    assert list(tmp_path.iterdir()) == []
    in_folder(tmp_path, add)
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600


def test_what_raises_is_undone_and_the_database_goes_on(tmp_path: Path) -> None:
    def add_then_fail(connection: sqlite3.Connection) -> None:
        add(connection)
        raise LookupError

    with pytest.raises(LookupError):
        in_folder(tmp_path, add_then_fail)
    in_folder(tmp_path, add)
    assert in_folder(tmp_path, count) == 1


def test_an_older_file_takes_the_steps_it_lacks_and_keeps_its_rows(tmp_path: Path) -> None:
    in_folder(tmp_path, add)
    later = (*COUNTED, "ALTER TABLE counted ADD COLUMN why TEXT")
    rows = in_folder(tmp_path, lambda connection: connection.execute("SELECT n, why FROM counted").fetchall(), later)
    assert [tuple(row) for row in rows] == [(1, None)]


def test_a_file_from_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    in_folder(tmp_path, add)
    with pytest.raises(ConfigError, match="written by a newer version"):
        in_folder(tmp_path, count, MIGRATIONS)


def test_what_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"not a database, and longer than the header of one" * 100)
    with pytest.raises(ConfigError, match=r"SIGHTLINE_DATA_DIR: .*sightline\.db cannot be used as a database"):
        in_folder(tmp_path, count)


def test_a_full_disk_is_said_to_be_full(tmp_path: Path) -> None:
    def fill(connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA max_page_count = 1")
        for _ in range(10_000):
            add(connection)

    with pytest.raises(StoreFull):
        in_folder(tmp_path, fill)


ADD_FOR_EVER = """
import asyncio, sys
from pathlib import Path
from sightline.store.database import Database
from sightline.store.schema import MIGRATIONS
database = Database(lambda: Path(sys.argv[1]), (*MIGRATIONS, sys.argv[2]))
while True:
    asyncio.run(database.run(lambda connection: connection.execute("INSERT INTO counted VALUES (2)")))
"""


def test_several_processes_share_it_and_a_killed_one_breaks_nothing(tmp_path: Path) -> None:
    in_folder(tmp_path, add)
    for _ in range(N_KILLS):
        before = in_folder(tmp_path, count_theirs)
        other = subprocess.Popen([sys.executable, "-c", ADD_FOR_EVER, str(tmp_path), COUNTED[-1]])
        try:
            wait_for_theirs(tmp_path, before + 3)
        finally:
            other.kill()
            other.wait()
    assert in_folder(tmp_path, lambda connection: connection.execute("PRAGMA integrity_check").fetchone()[0]) == "ok"


def count_theirs(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM counted WHERE n = 2").fetchone()[0])


def add_mine_and_count_theirs(connection: sqlite3.Connection) -> int:
    add(connection)
    return count_theirs(connection)


def wait_for_theirs(folder: Path, n_rows: int) -> None:
    until(lambda: in_folder(folder, add_mine_and_count_theirs) > n_rows, 60)
