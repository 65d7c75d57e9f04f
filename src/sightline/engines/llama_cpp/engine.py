"""A GGUF vision model as an engine: llama.cpp computes, the rest is as for every engine."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

from sightline.engines.base import EngineRequest, Sight, State
from sightline.engines.footprint import CONTEXT_TOKENS, pair_bytes
from sightline.engines.llama_cpp.body import body_of, conversation
from sightline.engines.llama_cpp.gguf_file import GgufHead, find_projector, read_head
from sightline.engines.llama_cpp.pieces import Pieces
from sightline.engines.llama_cpp.wheel import Llama, Refused
from sightline.engines.machine import usable_cores
from sightline.errors import ConfigError, ContextTooLong, EngineFault, InvalidRequest, SightlineError
from sightline.model.calibration import Calibration
from sightline.types import Delta

TOO_LONG, FAULT = "exceed_context_size_error", "server_error"
N_ANSWERING = 8  # threads that wait for llama.cpp, which answers one request at a time


class LlamaCppEngine:
    """Answers with any vision model that llama.cpp runs."""

    wants_reading = False  # these models read for themselves
    calibration: Calibration | None = None
    state: State = "loaded"

    def __init__(
        self, llama: Llama, head: GgufHead, model_id: str, context_tokens: int, n_bytes: int | None = None
    ) -> None:
        self.model_id = model_id
        self.n_bytes = n_bytes
        self.context_tokens = context_tokens
        self._llama = llama
        self._n_vocabulary = head.n_vocabulary
        self._knows_calls = llama.knows_calls
        self._turn = Lock()
        self._last_owner = ""
        self._threads = ThreadPoolExecutor(N_ANSWERING, thread_name_prefix="sightline-llama")

    @classmethod
    def load(
        cls, model: Path, projector: Path | None = None, model_id: str | None = None, n_threads: int | None = None
    ) -> LlamaCppEngine:
        """Load a model with its projector, which is looked for beside it unless given.

        Raises:
            ConfigError: If a file is missing, none, or not the other's; or if llama.cpp is not installed.
        """
        head, projector = check_pair(model, projector)
        context_tokens = min(CONTEXT_TOKENS, head.context_tokens or CONTEXT_TOKENS)
        n_threads = n_threads or usable_cores()
        llama = Llama(model, projector, context_tokens=context_tokens, n_threads=n_threads)
        return cls(llama, head, model_id or model.stem, context_tokens, pair_bytes(head, projector))

    def count_prompt_tokens(self, request: EngineRequest) -> int:
        """Tokens of the prompt by llama.cpp's own count, pictures included."""
        try:
            return self._llama.count(conversation(request, knows_calls=self._knows_calls))
        except Refused as refused:
            raise self._error(refused) from None

    def sights(self, request: EngineRequest) -> tuple[Sight, ...]:
        """The pixels handed to llama.cpp; what its encoder makes of them is the model's own affair."""
        return tuple(Sight(part.image.plan.width, part.image.plan.height, 0) for part in request.images)

    async def stream(self, request: EngineRequest) -> AsyncIterator[Delta]:
        """Yield the answer as it comes. Closing stops it at the next token, or when the pictures are encoded."""
        self._check_bias(request)
        sampling = request.sampling
        must_call = request.calling is not None and request.calling.must
        pieces = Pieces(must_call=must_call, n_others=sampling.top_logprobs)
        loop, answering = asyncio.get_running_loop(), _Answering()
        body = await loop.run_in_executor(self._threads, partial(body_of, request, knows_calls=self._knows_calls))
        done = loop.run_in_executor(self._threads, self._answer, body, request.owner, answering, loop)
        try:
            while (chunk := await answering.chunks.get()) is not None:
                for delta in pieces.read(chunk):
                    yield delta
                    if delta.finish_reason:
                        return
            raise self._error(await done)
        finally:
            answering.is_over = True

    async def close(self) -> None:
        """Free the model."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._llama.close()

    def _answer(
        self, body: dict[str, Any], owner: str, answering: _Answering, loop: asyncio.AbstractEventLoop
    ) -> Refused:
        """Fill the queue, then end it with `None`; return what was refused."""

        def take(chunk: dict[str, Any]) -> bool:
            loop.call_soon_threadsafe(answering.chunks.put_nowait, chunk)
            return answering.is_over

        ended = Refused(FAULT)
        try:
            with self._turn:
                if not answering.is_over:
                    self._llama.answer(self._apart(body, owner), take)
        except Refused as refused:
            ended = refused
        finally:
            if not loop.is_closed():
                loop.call_soon_threadsafe(answering.chunks.put_nowait, None)
        return ended

    def _apart(self, body: dict[str, Any], owner: str) -> dict[str, Any]:
        """Keep nothing of the last prompt if it was another owner's: how fast an answer comes would tell of it."""
        same, self._last_owner = owner == self._last_owner, owner
        return {**body, "cache_prompt": body["cache_prompt"] and same}

    def _check_bias(self, request: EngineRequest) -> None:
        last = self._n_vocabulary - 1
        if wrong := [token for token, _ in request.sampling.logit_bias if token > last]:
            message = f"Invalid key in 'logit_bias': {wrong[0]}. Maximum value is {last}."
            raise InvalidRequest(message, param="logit_bias")

    def _error(self, refused: Refused) -> SightlineError:
        """Return what a refusal of llama.cpp means to the caller."""
        if refused.kind == TOO_LONG:
            message = (
                f"This model's maximum context length is {self.context_tokens} tokens. However, your messages resulted"
                f" in {refused.n_prompt_tokens} tokens. Please reduce the length of the messages."
            )
            return ContextTooLong(message, param="messages")
        if refused.kind == FAULT:
            return EngineFault("The model failed while it answered.")
        return InvalidRequest(
            f"The chat template of {self.model_id} does not take this conversation.", param="messages"
        )


class _Answering:
    """One answer on its way from llama.cpp's thread to the event loop."""

    def __init__(self) -> None:
        self.chunks: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self.is_over = False


def check_pair(model: Path, projector: Path | None) -> tuple[GgufHead, Path]:
    """Return the model's head and its projector's path, seen to be of one kind each and of one width.

    Raises:
        ConfigError: If they are not, or one cannot be read.
    """
    head = read_head(model)
    if head.is_projector:
        raise ConfigError(f"{model} is a projector; name the model's file, and this one with --mmproj")
    projector = projector or find_projector(model)
    eyes = read_head(projector)
    if not eyes.is_projector:
        raise ConfigError(f"{projector} is not a projector (mmproj) but a model: {eyes.architecture}")
    if head.width and eyes.width and head.width != eyes.width:
        raise ConfigError(
            f"{projector} is of another model: its width is {eyes.width}, that of {model} is {head.width}"
        )
    return head, projector
