"""Stored responses: each with its own input and the one it went on from."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sightline.errors import InvalidRequest, NotFound
from sightline.store.database import Database

LIFETIME_S = 30 * 86_400
MAX_TURNS = 256
ALIVE = "owner = :owner AND created_at > :oldest"
TOO_LONG = "The conversation that ends with '{id}' is over {limit:,} bytes or {turns} turns."

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """A response as it was sent, and the items of its own input."""

    reply: Json
    items: list[Json]


class ResponseStore:
    """Keeps responses for 30 days, or until newer ones of the same owner need the room."""

    def __init__(self, database: Database, max_owner_bytes: int, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._max_owner_bytes = max_owner_bytes
        self._clock = clock

    async def keep(self, owner: str, reply: Json, items: Sequence[Json]) -> None:
        """Keep a response under its id.

        Raises:
            StoreFull: If the disk is full.
        """
        texts = [json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in (reply, list(items))]
        n_bytes = sum(len(text.encode()) for text in texts)
        values = (reply["id"], owner, reply["previous_response_id"], int(self._clock()), n_bytes, *texts)

        def insert(connection: sqlite3.Connection) -> None:
            connection.execute("INSERT INTO responses VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)", values)
            connection.execute(MAKE_ROOM, {"owner": owner, "limit": self._max_owner_bytes})

        await self._database.run(insert)

    async def get(self, owner: str, response_id: str) -> StoredResponse:
        """Return a response.

        Raises:
            NotFound: If the owner has no such response.
        """
        query = f"SELECT reply, items FROM responses WHERE {ALIVE} AND id = :id"  # noqa: S608 - constants
        values = {"owner": owner, "oldest": self._oldest(), "id": response_id}
        row = await self._database.run(lambda connection: connection.execute(query, values).fetchone())
        if row is None:
            raise NotFound(f"Response with id '{response_id[:64]}' not found.", param="response_id")
        return StoredResponse(json.loads(row["reply"]), json.loads(row["items"]))

    async def history(self, owner: str, response_id: str, max_bytes: int) -> list[Json]:
        """Return the items of a conversation up to and with this response, oldest first.

        Raises:
            InvalidRequest: If the owner has no such response or not all that went before it, or it is over `max_bytes`.
        """
        values = {"owner": owner, "oldest": self._oldest(), "id": response_id, "turns": MAX_TURNS}

        def read(connection: sqlite3.Connection) -> list[sqlite3.Row]:
            chain = connection.execute(CHAIN, values).fetchall()
            if not chain or chain[-1]["previous_id"] is not None:
                if len(chain) > MAX_TURNS:
                    raise _too_long(response_id, max_bytes)
                raise _no_previous(chain[-1]["previous_id"] if chain else response_id)
            if sum(row["n_bytes"] for row in chain) > max_bytes:
                raise _too_long(response_id, max_bytes)
            query = "SELECT reply, items FROM responses WHERE seq = ?"
            return [connection.execute(query, (row["seq"],)).fetchone() for row in reversed(chain)]

        rows = await self._database.run(read)
        return [item for row in rows for item in (*json.loads(row["items"]), *json.loads(row["reply"])["output"])]

    async def delete(self, owner: str, response_id: str) -> None:
        """Forget a response.

        Raises:
            NotFound: If the owner has no such response.
        """
        await self.get(owner, response_id)
        query = "DELETE FROM responses WHERE owner = ? AND id = ?"
        await self._database.run(lambda connection: connection.execute(query, (owner, response_id)))

    async def sweep(self) -> None:
        """Forget what is past its end."""
        query, values = "DELETE FROM responses WHERE created_at <= ?", (self._oldest(),)
        await self._database.run(lambda connection: connection.execute(query, values))

    def _oldest(self) -> int:
        return int(self._clock()) - LIFETIME_S


CHAIN = f"""
    WITH RECURSIVE chain (turn, seq, previous_id, n_bytes) AS (
        SELECT 0, seq, previous_id, n_bytes FROM responses WHERE {ALIVE} AND id = :id
        UNION ALL
        SELECT turn + 1, before.seq, before.previous_id, before.n_bytes
        FROM chain JOIN responses AS before ON before.id = chain.previous_id
        WHERE before.owner = :owner AND before.created_at > :oldest AND turn < :turns
    )
    SELECT seq, previous_id, n_bytes FROM chain ORDER BY turn
"""  # noqa: S608 - constants
MAKE_ROOM = """
    DELETE FROM responses WHERE seq IN (
        SELECT seq FROM (
            SELECT seq, sum(n_bytes) OVER (ORDER BY seq DESC) AS newer_bytes FROM responses WHERE owner = :owner
        ) WHERE newer_bytes > :limit
    )
"""


def _no_previous(response_id: str) -> InvalidRequest:
    return InvalidRequest(
        f"Previous response with id '{response_id[:64]}' not found.",
        param="previous_response_id",
        code="previous_response_not_found",
    )


def _too_long(response_id: str, max_bytes: int) -> InvalidRequest:
    return InvalidRequest(
        TOO_LONG.format(id=response_id[:64], limit=max_bytes, turns=MAX_TURNS), param="previous_response_id"
    )
