"""What the server keeps for its callers, and the task that frees what is past its end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sightline.api.data_folder import data_path, make_data_folder
from sightline.api.settings import Settings
from sightline.errors import ConfigError, SightlineError
from sightline.store.batches import BatchStore
from sightline.store.database import Database
from sightline.store.files import FileStore, Quota
from sightline.store.responses import ResponseStore

log = logging.getLogger(__name__)

SWEEP_EVERY_S = 30.0


@dataclass(frozen=True, slots=True)
class Stores:
    """One of each, for one server."""

    folder: Path | None  # of the database; on a machine without a place for data there is none
    database: Database
    files: FileStore
    responses: ResponseStore
    batches: BatchStore

    @asynccontextmanager
    async def kept_tidy(self) -> AsyncIterator[None]:
        """Free what is past its end until the block ends, then close."""
        sweeper = asyncio.create_task(self._sweep_for_ever())
        try:
            yield
        finally:
            sweeper.cancel()
            await asyncio.to_thread(self.database.close)

    async def _sweep_for_ever(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_EVERY_S)
            if self.database.is_open:
                await self._sweep()

    async def _sweep(self) -> None:
        try:
            await self.files.sweep()
            await self.responses.sweep()
        except (OSError, SightlineError):
            log.warning("what is past its end could not be freed; trying again in %.0f s", SWEEP_EVERY_S)


def stores_of(settings: Settings) -> Stores:
    """Return the stores in the data folder. Nothing is made there before something is kept."""
    database = Database(lambda: make_data_folder(settings.data_dir))
    files = FileStore(database, Quota(settings.max_owner_bytes, settings.max_owner_files))
    responses = ResponseStore(database, settings.max_owner_response_bytes)
    return Stores(_folder(settings), database, files, responses, BatchStore(database, files))


def _folder(settings: Settings) -> Path | None:
    try:
        return data_path(settings.data_dir)
    except ConfigError:
        return None
