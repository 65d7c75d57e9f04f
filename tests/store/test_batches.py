"""Batches in the store: the clock, the tries of a line, and a publication that was cut short."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from sightline.errors import QuotaExceeded
from sightline.store import batches as module
from sightline.store.batches import MAX_TRIES, Batch, BatchStore, Line
from sightline.store.database import Database
from sightline.store.files import FileStore, Quota

OWNER = "local"


class Kept:
    """A store on a folder, with a clock that can be set."""

    def __init__(self, folder: Path) -> None:
        self.now = 1_000_000.0
        self.database = Database(lambda: folder)
        self.files = FileStore(self.database, Quota(10**6, 1000), lambda: self.now)
        self.batches = BatchStore(self.database, self.files, lambda: self.now)

    async def made(self) -> Batch:
        async with await self.files.begin(OWNER) as upload:
            await upload.write(b"one\ntwo\n")
            file = await upload.keep(purpose="batch", filename="in.jsonl")
        return await self.batches.create(
            OWNER, endpoint="/v1/x", input_file_id=file.id, window_s=100, metadata="null", output_lifetime_s=None
        )

    async def begun(self) -> Batch:
        batch = await self.made()
        await self.batches.input_path(batch)
        await self.batches.begin(batch, [Line(1, "a", 0, 4), Line(2, "b", 4, 4)])
        return await self.batches.get(OWNER, batch.id)

    async def lines(self, file_id: str | None) -> list[dict[str, object]]:
        if file_id is None:
            return []
        return [json.loads(line) for line in (await self.files.path(OWNER, file_id)).read_text().splitlines()]


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    made = Kept(tmp_path)
    yield made
    made.database.close()


def test_a_batch_past_its_window_keeps_what_is_done(kept: Kept) -> None:
    async def run() -> None:
        batch = await kept.begun()
        line = await kept.batches.take(batch)
        assert line is not None
        await kept.batches.record(batch, line, request_id="req_1", status=200, body={"x": 1})
        kept.now += 101
        assert await kept.batches.take(batch) is None
        await kept.batches.finish(batch)
        ended = await kept.batches.get(OWNER, batch.id)
        assert (ended.status, ended.n_total, ended.n_completed, ended.n_failed) == ("expired", 2, 1, 1)
        (done,) = await kept.lines(ended.output_file_id)
        (left,) = await kept.lines(ended.error_file_id)
        assert (done["custom_id"], left["custom_id"], left["response"]) == ("a", "b", None)
        assert isinstance(left["error"], dict)
        assert left["error"]["code"] == "batch_expired"

    asyncio.run(run())


def test_a_line_that_ends_the_process_each_time_is_given_up(kept: Kept) -> None:
    async def run() -> None:
        batch = await kept.begun()
        tried = [await kept.batches.take(batch) for _ in range(MAX_TRIES)]
        assert {line.custom_id for line in tried if line} == {"a"}
        after = await kept.batches.take(batch)
        assert after is not None
        assert after.custom_id == "b"
        await kept.batches.put_back(batch, after)
        again = await kept.batches.take(batch)
        assert again is not None
        assert again.n_tries == 1
        assert (await kept.batches.get(OWNER, batch.id)).n_failed == 1

    asyncio.run(run())


def test_a_result_that_comes_twice_counts_once(kept: Kept) -> None:
    async def run() -> None:
        batch = await kept.begun()
        line = await kept.batches.take(batch)
        assert line is not None
        for body in ({"first": True}, {"second": True}):
            await kept.batches.record(batch, line, request_id="r", status=200, body=body)
        assert (await kept.batches.get(OWNER, batch.id)).n_completed == 1

    asyncio.run(run())


def test_a_publication_cut_short_before_its_last_transaction_is_repeated_with_the_same_names(kept: Kept) -> None:
    async def run() -> None:
        batch = await kept.begun()
        while (line := await kept.batches.take(batch)) is not None:
            await kept.batches.record(batch, line, request_id="r", status=200, body={})
        end, output_id, error_id = await kept.database.run(lambda connection: kept.batches._finalize(connection, batch))
        cut = await kept.batches.next_active()
        assert cut is not None
        assert cut.status == "finalizing"
        await kept.batches.finish(cut)
        ended = await kept.batches.get(OWNER, batch.id)
        assert (end, ended.status, ended.output_file_id, ended.error_file_id) == (
            "completed",
            "completed",
            output_id,
            None,
        )
        assert len(await kept.lines(output_id)) == 2
        assert error_id not in [file.id for file in (await kept.files.list(OWNER, limit=10))[0]]

    asyncio.run(run())


def test_the_input_of_a_batch_that_ended_is_freed(kept: Kept, tmp_path: Path) -> None:
    async def run() -> None:
        first, second = await kept.begun(), await kept.begun()
        await kept.batches.cancel(OWNER, first.id)
        await kept.batches.finish(first)
        (tmp_path / "batches" / "batch_gone").write_bytes(b"left behind by a kill")
        await kept.batches.sweep()
        assert [path.name for path in (tmp_path / "batches").iterdir()] == [second.id]

    asyncio.run(run())


def test_an_owner_can_have_so_many_batches_under_way(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_ACTIVE", 1)

    async def run() -> None:
        await kept.made()
        with pytest.raises(QuotaExceeded, match="1 batches"):
            await kept.made()

    asyncio.run(run())
