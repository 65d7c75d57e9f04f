"""Many pictures, one schema: a row for each, in turn; a picture that fails is a row that says so."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from html import escape
from typing import Any

from sightline.errors import InvalidRequest
from sightline.playground.client import Attachment, Question, ServerError, ask
from sightline.playground.export import Row

MAX_FILES = 200
MAX_CELL_CHARS = 300  # shown; the files to download hold all of it
OWN_COLUMNS = ("file", "error")


def columns_of(question: Question) -> list[str]:
    """The names of the values that a question asks for.

    Raises:
        InvalidRequest: If it asks for none, or for one that is called like a column of the table's own.
    """
    schema = question.schema or {}
    names = [attribute.name for attribute in question.attributes] or list(schema.get("properties", ()))
    if not names:
        raise InvalidRequest("a table needs columns: fill the JSON attributes or the schema builder", param="schema")
    for name in names:
        if name in OWN_COLUMNS:
            raise InvalidRequest(f"the table has a column {name!r} of its own; choose another name", param="schema")
    return names


async def rows_of(address: str, key: str, question: Question, files: Iterable[Attachment]) -> AsyncIterator[Row]:
    """Yield a row for each file, asked one after the other."""
    for file in files:
        text = ""
        try:
            async for answer in ask(address, key, replace(question, picture=file)):
                text = answer.text
            yield Row(file.name, _values(text))
        except ServerError as error:
            yield Row(file.name, error=error.message)


async def until(stop: asyncio.Event, rows: AsyncIterator[Row]) -> AsyncIterator[Row]:
    """Yield the rows that come before `stop` is set; one that is waited for then is given up."""
    stopping = asyncio.ensure_future(stop.wait())
    try:
        while True:
            coming = asyncio.ensure_future(anext(rows, None))
            await asyncio.wait({coming, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if not coming.done():
                coming.cancel()
                await asyncio.wait({coming})
                return
            if (row := coming.result()) is None:
                return
            yield row
    finally:
        stopping.cancel()


class Runs:
    """The runs of this page's visitors that can be stopped, by the session of each."""

    def __init__(self) -> None:
        self._stops: dict[str, asyncio.Event] = {}

    @contextmanager
    def running(self, session: str) -> Iterator[asyncio.Event]:
        """The event that `stop` sets, as long as the run lasts."""
        stop = self._stops[session] = asyncio.Event()
        try:
            yield stop
        finally:
            self._stops.pop(session, None)

    def stop(self, session: str) -> None:
        """Stop the run of a session, if there is one."""
        if stop := self._stops.get(session):
            stop.set()


def _values(text: str) -> dict[str, Any]:
    try:
        values = json.loads(text)
    except ValueError:
        raise ServerError("the answer was cut off before its JSON was whole") from None
    if not isinstance(values, dict):
        raise ServerError("the answer is no JSON object")
    return values


def table_html(rows: Sequence[Row], names: Sequence[str]) -> str:
    """The rows as an HTML table; every word in it is escaped."""
    if not rows:
        return ""
    head = "".join(f"<th scope='col'>{escape(name)}</th>" for name in ("file", *names))
    body = "".join(_tr(row, names) for row in rows)
    return f"<table class='answers'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _tr(row: Row, names: Sequence[str]) -> str:
    first = f"<th scope='row'>{escape(row.file)}</th>"
    if row.values is None:
        return f"<tr class='failed'>{first}<td colspan='{len(names)}'>failed: {_shown(row.error)}</td></tr>"
    cells = "".join(f"<td>{_shown(row.values.get(name))}</td>" for name in names)
    return f"<tr>{first}{cells}</tr>"


def _shown(value: Any) -> str:
    text = "–" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return escape(text if len(text) <= MAX_CELL_CHARS else f"{text[:MAX_CELL_CHARS]} …").replace("\n", " ")
