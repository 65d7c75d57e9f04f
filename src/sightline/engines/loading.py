"""An engine whose weights load in a thread while something else is done, for a program that answers once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor

from sightline.engines.base import Engine, EngineRequest, Sight, State
from sightline.model.calibration import Calibration
from sightline.types import Delta


class LoadingEngine:
    """Starts `load` at once in a thread; whoever needs the engine first waits for it.

    `model_id` and `wants_reading` must be those of the engine that comes. What `load` raises is raised
    by the first call that needs the engine.
    """

    def __init__(self, model_id: str, load: Callable[[], Engine], *, wants_reading: bool = True) -> None:
        self.model_id = model_id
        self.wants_reading = wants_reading
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sightline-load")
        self._loaded = self._thread.submit(load)

    @property
    def context_tokens(self) -> int:
        """Prompt and completion together; blocks until the engine is there."""
        return self._engine().context_tokens

    @property
    def calibration(self) -> Calibration | None:
        """How its probabilities become confidence; blocks until the engine is there."""
        return self._engine().calibration

    @property
    def state(self) -> State:
        """Whether it is there; "unloaded" if loading failed."""
        if not self._loaded.done():
            return "loading"
        return "loaded" if self._came() else "unloaded"

    @property
    def n_bytes(self) -> int | None:
        """What the engine takes; None until it is there."""
        return self._engine().n_bytes if self._came() else None

    def count_prompt_tokens(self, request: EngineRequest) -> int:
        """Tokens of the prompt by the model's own tokenizer; blocks until the engine is there."""
        return self._engine().count_prompt_tokens(request)

    def sights(self, request: EngineRequest) -> tuple[Sight, ...]:
        """What the engine gets of each picture; blocks until the engine is there."""
        return self._engine().sights(request)

    async def stream(self, request: EngineRequest) -> AsyncIterator[Delta]:
        """Yield the engine's answer."""
        async for delta in self._engine().stream(request):
            yield delta

    async def close(self) -> None:
        """Free the engine if it was loaded."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        if self._came():
            await self._loaded.result().close()

    def _came(self) -> bool:
        return self._loaded.done() and not self._loaded.cancelled() and self._loaded.exception() is None

    def _engine(self) -> Engine:
        return self._loaded.result()
