"""Several models in one memory: each is loaded when it is first asked, the one asked longest ago makes room for it."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from typing import Any

from sightline.engines.base import Engine, EngineRequest, Sight, State
from sightline.errors import ConfigError, ModelUnavailable, Overloaded
from sightline.model.calibration import Calibration
from sightline.types import Delta

_log = logging.getLogger(__name__)
GB = 1e9
RETRY_AFTER_S = 5


class Pool:
    """Who is loaded, in order of last use, within `budget_bytes`."""

    def __init__(self, budget_bytes: int) -> None:
        self.budget_bytes = budget_bytes
        self.lock = threading.RLock()
        self._loaded: list[PooledEngine] = []

    def check(self, model_id: str, n_bytes: int) -> None:
        """A model fits, alone.

        Raises:
            ConfigError: If it does not; with both figures.
        """
        if n_bytes > self.budget_bytes:
            raise ConfigError(
                f"the model {model_id} needs about {n_bytes / GB:.1f} GB of memory; {self.budget_bytes / GB:.1f} GB are"
                " for models: take a smaller one, or give more with --memory-gb"
            )

    def make_room(self, engine: PooledEngine) -> list[Engine]:
        """Note that `engine` is used now; return what had to be given up for it, to be closed.

        Raises:
            Overloaded: If those that would have to go are answering.
        """
        others = [each for each in self._loaded if each is not engine]
        idle = [each for each in others if not each.n_running]
        used, given_up = sum(each.n_bytes for each in others), []
        while used + engine.n_bytes > self.budget_bytes:
            if not idle:
                message = f"The memory for models is in use; {engine.model_id} must wait for another to be idle."
                raise Overloaded(message, retry_after_s=RETRY_AFTER_S)
            gone = idle.pop(0)
            others.remove(gone)
            used -= gone.n_bytes
            given_up.append(gone)
        self._loaded = [*others, engine]
        return [inner for each in given_up if (inner := each.give_up()) is not None]

    def forget(self, engine: PooledEngine) -> None:
        """`engine` is not in memory after all."""
        self._loaded = [each for each in self._loaded if each is not engine]


class PooledEngine:
    """A model that is in memory only while the pool has room for it."""

    def __init__(
        self, pool: Pool, model_id: str, n_bytes: int, load: Callable[[], Engine], *, wants_reading: bool
    ) -> None:
        pool.check(model_id, n_bytes)
        self.model_id = model_id
        self.n_bytes = n_bytes
        self.wants_reading = wants_reading
        self.n_running = 0
        self._pool = pool
        self._load = load
        self._engine: Engine | None = None
        self._known: tuple[int, Calibration | None] | None = None  # what is true of it whether loaded or not

    @property
    def is_loaded(self) -> bool:
        """Whether it can be asked without waiting for its weights."""
        return self._engine is not None

    @property
    def state(self) -> State:
        """The same, as a word."""
        return "loaded" if self.is_loaded else "unloaded"

    @property
    def context_tokens(self) -> int:
        """Prompt and completion together; blocks until the model was loaded once."""
        return self._facts()[0]

    @property
    def calibration(self) -> Calibration | None:
        """How its probabilities become confidence; blocks until the model was loaded once."""
        return self._facts()[1]

    def count_prompt_tokens(self, request: EngineRequest) -> int:
        """Tokens of the prompt by the model's own tokenizer; blocks until it is loaded."""
        return self._held().count_prompt_tokens(request)

    def sights(self, request: EngineRequest) -> tuple[Sight, ...]:
        """What the model gets of each picture; blocks until it is loaded."""
        return self._held().sights(request)

    async def stream(self, request: EngineRequest) -> AsyncIterator[Delta]:
        """Yield the model's answer; it stays in memory that long."""
        engine = await asyncio.get_running_loop().run_in_executor(None, self._start)
        try:
            stream: Any = engine.stream(request)
            async with aclosing(stream):
                async for delta in stream:
                    yield delta
        finally:
            with self._pool.lock:
                self.n_running -= 1

    async def close(self) -> None:
        """Free the model if it is loaded."""
        if (engine := self.give_up()) is not None:
            await engine.close()

    def give_up(self) -> Engine | None:
        """Forget the loaded model and return it."""
        engine, self._engine = self._engine, None
        return engine

    def _start(self) -> Engine:
        with self._pool.lock:
            engine = self._held()
            self.n_running += 1
            return engine

    def _held(self) -> Engine:
        """Return the model, loaded now if need be, after others made room."""
        with self._pool.lock:
            for gone in self._pool.make_room(self):
                asyncio.run(gone.close()) if not _in_loop() else _close_beside(gone)
            if self._engine is None:
                self._engine = self._loaded_now()
            self._known = (self._engine.context_tokens, self._engine.calibration)
            return self._engine

    def _loaded_now(self) -> Engine:
        try:
            return self._load()
        except (ConfigError, OSError, RuntimeError, ValueError) as fault:
            self._pool.forget(self)
            told = fault.message if isinstance(fault, ConfigError) else type(fault).__name__
            _log.error("a model could not be loaded", extra={"model": self.model_id, "fault": told})
            raise ModelUnavailable(
                f"The model {self.model_id} cannot be loaded: its files are missing, damaged or of a kind that is not"
                " served here. `sightline doctor`, where the server runs, says more."
            ) from fault

    def _facts(self) -> tuple[int, Calibration | None]:
        if self._known is None:
            self._held()
        return self._known or (0, None)


def _in_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def _close_beside(engine: Engine) -> None:
    """Close an engine from a thread whose event loop is running."""
    thread = threading.Thread(target=lambda: asyncio.run(engine.close()), name="sightline-unload")
    thread.start()
    thread.join()
