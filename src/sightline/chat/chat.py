"""The one use case: a conversation with pictures in, an answer in pieces out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Protocol

from sightline.chat.answer import Answer, Spent
from sightline.chat.asking import count_prompt, each_choice, to_engine, with_chances
from sightline.chat.gate import Gate, Ticket
from sightline.chat.hedge import hedged, may_hedge, offered_by
from sightline.chat.preview import Preview, Region, cut_out, previewed
from sightline.chat.seeing import Reads, see, with_sight, with_work
from sightline.chat.tokens import Table, table_for
from sightline.engines.base import Engine, EngineRequest, SeenImage, Sight
from sightline.errors import EngineFault, ModelNotFound, Overloaded
from sightline.images.picture import SourceImage
from sightline.types import ContentPart, Delta, FilePart, GenerationRequest, ImagePart, Message, TextPart

INLINE_CHARS = 8_000  # a prompt up to here is counted on the event loop: faster than asking a thread
PROBE_TIMEOUT_S = 10.0
PROBE_FRESH_S = 15.0


class Images(Protocol):
    """Loads every picture of a request, in order (`images.ImageLoader`)."""

    async def load_all(self, parts: Sequence[ImagePart]) -> list[SourceImage]:
        """Fetch and decode; raises `ImageError` for what the caller can fix."""

    async def pages_of(self, part: FilePart) -> list[ImagePart]:
        """Return a picture for each page of a document; raises `FileError` for what the caller can fix."""

    async def close(self) -> None:
        """Free what loading needs."""


@dataclass(frozen=True, slots=True)
class ChatLimits:
    """How much goes on at once, and how long it may take."""

    max_running: int = 2  # per engine
    max_running_of: Mapping[str, int] = field(default_factory=dict)  # of those that are to run another number, by name
    max_waiting: int = 64  # per engine
    wait_s: float = 30.0
    max_generation_s: float = 120.0


class Chat:
    """Answers requests with the engines it was given.

    `aliases` maps names that clients use to model ids in `engines`. Without a `reader` no picture is read.
    """

    def __init__(
        self,
        engines: Mapping[str, Engine],
        aliases: Mapping[str, str],
        images: Images,
        reader: Reads | None,
        limits: ChatLimits | None = None,
    ) -> None:
        self._limits = limits or ChatLimits()
        self._engines = dict(engines)
        self._aliases = dict(aliases)
        self._images = images
        self._reader = reader
        self._gates = {
            name: Gate(
                self._limits.max_running_of.get(name, self._limits.max_running),
                self._limits.max_waiting,
                self._limits.wait_s,
            )
            for name in engines
        }
        self._threads = ThreadPoolExecutor(self._limits.max_running * len(self._engines), "sightline-prepare")
        self._tables: set[Table] = set()  # those that have been counted by, so that they are loaded
        self._proved_at = {name: -PROBE_FRESH_S for name in engines}

    @property
    def model_ids(self) -> tuple[str, ...]:
        """Every name a client may ask for: engines first, then aliases."""
        return (*self._engines, *self._aliases)

    @property
    def overloaded_for_s(self) -> int | None:
        """Seconds to stay away if every engine would refuse now, else `None`."""
        if not all(gate.is_full for gate in self._gates.values()):
            return None
        return min(gate.retry_after_s for gate in self._gates.values())

    @property
    def has_room(self) -> bool:
        """Whether every engine would run the next request at once: what can wait waits for this."""
        return all(gate.has_room for gate in self._gates.values())

    @property
    def engine_ids(self) -> tuple[str, ...]:
        """Every engine by its own name."""
        return tuple(self._engines)

    def n_running(self, model_id: str) -> int:
        """Count the requests that run at one engine."""
        return self._gates[model_id].n_running

    def n_waiting(self, model_id: str) -> int:
        """Count the requests that wait at one engine."""
        return self.n_inside(model_id) - self.n_running(model_id)

    def n_inside(self, model_id: str) -> int:
        """Count the requests that run or wait at one engine."""
        return self._gates[model_id].n_inside

    def engine_for(self, model: str) -> Engine:
        """Return the engine that answers for `model`.

        Raises:
            ModelNotFound: If neither an engine nor an alias has that name.
        """
        engine = self._engines.get(self._aliases.get(model, model))
        if engine is None:
            raise ModelNotFound(f"The model `{model}` does not exist or you do not have access to it.")
        return engine

    async def answer(self, request: GenerationRequest) -> Answer:
        """Start to answer: when this returns, the pictures are loaded and the first piece is there.

        The caller must read the answer to its end or close it.

        Raises:
            InvalidRequest: Anything the caller can fix; `ImageError` and `ContextTooLong` among it.
            ModelNotFound: If there is no such model.
            Overloaded: If the queue is full or the wait was too long.
            EngineFault: If the model fails before its first piece.
        """
        started = time.perf_counter()
        engine = self.engine_for(request.model)
        ticket = self._gates[engine.model_id].admit()
        try:
            request = await self._with_pages(request)
            sources = await self._load_then_wait(request, ticket)
            loaded = time.perf_counter()
            seen = await self._see(request, sources, engine)
            prepared = time.perf_counter()
            engine_request, text_tokens = await self._count(request, seen, engine)
            sights = await self._sights(engine_request, engine)
            seen = [with_sight(*pair) for pair in zip(seen, sights, strict=True)]
            wanted = with_chances(engine_request, engine)
            streams = [engine.stream(choice) for choice in each_choice(wanted, request.n_choices)]
            if engine.calibration is not None and may_hedge(request, seen, engine.calibration):
                offered = offered_by(request)
                streams = [hedged(stream, engine.calibration, seen, offered) for stream in streams]
            first = await self._first(streams[0])
            seen = with_work(seen, first.work)
        except BaseException:
            ticket.release()
            raise
        self._proved_at[engine.model_id] = time.monotonic()
        now = time.perf_counter()
        spent = Spent(
            load_ms=(loaded - started) * 1e3, prepare_ms=(prepared - loaded) * 1e3, first_ms=(now - started) * 1e3
        )
        return Answer(
            engine.model_id, seen, first, streams, ticket, request.sampling, text_tokens, table_for(request.model),
            spent, self._limits.max_generation_s, engine.calibration,
        )  # fmt: skip

    async def look(self, request: GenerationRequest) -> tuple[GenerationRequest, list[SourceImage]]:
        """Return the request with pages in the place of documents, and its pictures, loaded. No engine is asked.

        Raises:
            InvalidRequest: Anything that is wrong with a picture or a document.
            Overloaded: If too many pixels are in use by others for too long.
        """
        request = await self._with_pages(request)
        return request, await self._images.load_all(request.images) if request.images else []

    async def preview(self, request: GenerationRequest, region: Region | None = None) -> list[Preview]:
        """Return what the model would get of each picture, or of that region of the only one. It is not run.

        Raises:
            InvalidRequest: Anything that is wrong with a picture, a document or the region.
            Overloaded: If the model's queue is full or the wait was too long: pictures are read as for an answer.
        """
        engine = self.engine_for(request.model)
        with self._gates[engine.model_id].admit() as ticket:
            request = await self._with_pages(request)
            sources = cut_out(await self._load_then_wait(request, ticket), region)
            seen = await self._see(request, sources, engine)
            sights = await self._sights(to_engine(request, seen), engine)
            return [previewed(with_sight(*pair), pair[1]) for pair in zip(seen, sights, strict=True)]

    async def is_ready(self) -> bool:
        """Whether every engine has answered lately, or answers a word now; those whose weights are not loaded pass."""
        return all([await self._proves_itself(name) for name in self._engines])

    async def close(self) -> None:
        """Free the engines, the door for pictures and the threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        await self._images.close()
        for engine in self._engines.values():
            await engine.close()

    async def _with_pages(self, request: GenerationRequest) -> GenerationRequest:
        """Put the pages of each document in its place."""
        if not any(isinstance(part, FilePart) for message in request.messages for part in message.parts):
            return request
        messages = []
        for message in request.messages:
            parts: list[ContentPart] = []
            for part in message.parts:
                parts += await self._images.pages_of(part) if isinstance(part, FilePart) else [part]
            messages.append(replace(message, parts=tuple(parts)))
        return replace(request, messages=tuple(messages))

    async def _load_then_wait(self, request: GenerationRequest, ticket: Ticket) -> list[SourceImage]:
        sources = await self._images.load_all(request.images) if request.images else []
        await ticket.turn()
        return sources

    async def _see(self, request: GenerationRequest, sources: list[SourceImage], engine: Engine) -> list[SeenImage]:
        if not sources:
            return []
        reader = self._reader if engine.wants_reading else None
        loop = asyncio.get_running_loop()
        return [
            await loop.run_in_executor(self._threads, see, source, part, request.model, reader, request.owner)
            for source, part in zip(sources, request.images, strict=True)
        ]

    async def _count(
        self, request: GenerationRequest, seen: list[SeenImage], engine: Engine
    ) -> tuple[EngineRequest, int]:
        """Count the prompt by the engine's tokens and by the client's.

        A long prompt, one with pictures (an engine may have to look at them), and the first of a table, which has to be
        loaded, are counted beside the event loop.
        """
        table = table_for(request.model)
        n_chars = sum(
            len(part.text) for message in request.messages for part in message.parts if isinstance(part, TextPart)
        )
        if n_chars <= INLINE_CHARS and table in self._tables and not seen and is_awake(engine):
            return count_prompt(request, seen, engine)
        loop = asyncio.get_running_loop()
        counted = await loop.run_in_executor(self._threads, count_prompt, request, seen, engine)
        self._tables.add(table)
        return counted

    async def _sights(self, request: EngineRequest, engine: Engine) -> tuple[Sight, ...]:
        """What the engine gets of each picture; asked beside the event loop if its weights have to be loaded for it."""
        if is_awake(engine):
            return engine.sights(request)
        return await asyncio.get_running_loop().run_in_executor(self._threads, engine.sights, request)

    async def _first(self, stream: AsyncIterator[Delta]) -> Delta:
        try:
            async with asyncio.timeout(self._limits.max_generation_s):
                return await anext(stream)
        except TimeoutError:
            raise EngineFault("the model gave no first token in time") from None
        except StopAsyncIteration:
            raise EngineFault("the model ended without a finish reason") from None

    async def _proves_itself(self, name: str) -> bool:
        if time.monotonic() - self._proved_at[name] < PROBE_FRESH_S or not is_awake(self._engines[name]):
            return True
        try:
            async with asyncio.timeout(PROBE_TIMEOUT_S):
                await self._probe(name)
        except (TimeoutError, EngineFault, Overloaded):
            return False
        return True

    async def _probe(self, name: str) -> None:
        engine = self._engines[name]
        request = GenerationRequest(name, (Message("user", (TextPart("ready?"),)),))
        engine_request = to_engine(replace(request, sampling=replace(request.sampling, max_tokens=1)), [])
        async for _ in engine.stream(engine_request):
            self._proved_at[name] = time.monotonic()


def is_awake(engine: Engine) -> bool:
    """Whether an engine answers without loading its weights first (`engines.pool`)."""
    return bool(getattr(engine, "is_loaded", True))
