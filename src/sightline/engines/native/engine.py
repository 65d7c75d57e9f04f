"""The bundled model as an engine: one thread computes, requests take turns step by step."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from sightline.engines.base import EngineMessage, EngineRequest, SeenImage, Shared, Sight
from sightline.engines.caching import CacheLimits
from sightline.engines.native.calling import CallReader, call_question
from sightline.engines.native.chances import Chances
from sightline.engines.native.embedding_cache import EmbeddingCache
from sightline.engines.native.grammar import Grammar, grammar_of, grammar_tokenizer
from sightline.engines.native.prefill import Prefill
from sightline.engines.native.prefix_cache import PrefixCache
from sightline.engines.native.runtime import Cache, Floats, Runtime
from sightline.engines.native.sampler import Sampler
from sightline.errors import ContextTooLong, EngineFault, InvalidRequest
from sightline.model import tokenizer as tk
from sightline.model.checkpoint import Checkpoint, load_checkpoint
from sightline.model.preprocess import preprocess
from sightline.model.prompt import MAX_READING_TOKENS, PromptBuilder, PromptImage, PromptTurn
from sightline.types import ChosenToken, Delta, FinishReason, PromptWork, Sampling, TextPart, Tool

Result = TypeVar("Result")
STUCK_TOKENS, STUCK_PERIOD = 32, 6
TALK_SHARE = 0.25  # of the context, kept for the conversation and the answer when readings are long


class NativeEngine:
    """Answers with a SmolVLM-family checkpoint on ONNX Runtime."""

    wants_reading = True

    def __init__(
        self, checkpoint: Checkpoint, model_id: str, n_threads: int = 2, caches: CacheLimits | None = None
    ) -> None:
        self.model_id = model_id
        self.calibration = checkpoint.calibration
        self._config = checkpoint.config
        self._tokenizer = checkpoint.tokenizer
        self._runtime = Runtime(checkpoint.config, checkpoint.tensors, n_threads)
        caches = caches or CacheLimits()
        self._embeddings = EmbeddingCache(self._runtime, checkpoint.weights_hash, caches)
        self._prefixes = PrefixCache(caches.prefix_bytes)
        self._prompts = PromptBuilder(checkpoint.tokenizer, checkpoint.config.n_image_tokens)
        self._end = checkpoint.tokenizer.special(tk.END)
        self._image = checkpoint.tokenizer.special(tk.IMAGE)
        specials = {checkpoint.tokenizer.special(name) for name in tk.SPECIALS}
        self._banned = np.array(sorted(specials - {self._end}), np.int64)
        self._grammar_tokenizer = grammar_tokenizer(
            checkpoint.tokenizer.to_json(), checkpoint.config.decoder.vocab_size, self._end
        )
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sightline-native")

    @classmethod
    def load(cls, folder: Path, model_id: str, n_threads: int = 2, caches: CacheLimits | None = None) -> NativeEngine:
        """Read and verify a checkpoint folder.

        Raises:
            ConfigError: If a file is missing or was changed.
        """
        return cls(load_checkpoint(folder), model_id, n_threads, caches)

    @property
    def context_tokens(self) -> int:
        """Prompt and completion together."""
        return self._config.decoder.context_tokens

    def count_prompt_tokens(self, request: EngineRequest) -> int:
        """Tokens of the prompt, image tokens and readings included."""
        return len(self._prompt(request))

    def sights(self, request: EngineRequest) -> tuple[Sight, ...]:
        """One square overview of each picture, and the lines that fit."""
        side, budget = self._config.vision.image_px, self._reading_budget(len(request.images))
        return tuple(
            Sight(side, side, self._prompts.n_lines_kept(part.reading, budget) if part.reading else 0)
            for part in request.images
        )

    async def stream(self, request: EngineRequest) -> AsyncIterator[Delta]:
        """Yield the answer as its text becomes certain."""
        answering = await self._run(self._begin, request)
        while answering.is_reading:
            await self._run(answering.read)
        work: PromptWork | None = answering.prefill.work
        while True:
            delta = await self._run(answering.step)
            if delta.text or delta.finish_reason or delta.n_tokens:
                yield delta if work is None else replace(delta, work=work)
                work = None
            if delta.finish_reason:
                return

    async def close(self) -> None:
        """Stop the thread."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _run(self, work: Callable[..., Result], *args: Any) -> Result:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work, *args)
        except (RuntimeError, ValueError) as fault:  # what ONNX Runtime and numpy raise
            raise EngineFault("The model failed while it answered.") from fault

    def _begin(self, request: EngineRequest) -> _Answering:
        ids = self._prompt(request)
        room = self.context_tokens - len(ids)
        if room < 1:
            raise ContextTooLong(
                f"This model's maximum context length is {self.context_tokens} tokens. However, your messages resulted"
                f" in {len(ids)} tokens. Please reduce the length of the messages.",
                param="messages",
            )
        limit = min(room, request.sampling.max_tokens or room)
        grammar = grammar_of(self._grammar_tokenizer, request.json_schema, request.calling)
        reader = CallReader() if request.calling is not None and request.calling.must else None
        self._check_bias(request.sampling)
        sampler = Sampler(request.sampling, self._banned, request.choice)
        n_others = request.sampling.top_logprobs
        chances = None if n_others is None else Chances(self._tokenizer, self._banned, n_others)
        prefill = self._prefill(request, ids, len(ids) + limit)
        return _Answering(self, prefill, request.shared, len(ids) + limit, sampler, grammar, chances, reader, limit)

    def _check_bias(self, sampling: Sampling) -> None:
        last = self._config.decoder.vocab_size - 1
        if wrong := [token for token, _ in sampling.logit_bias if token > last]:
            message = f"Invalid key in 'logit_bias': {wrong[0]}. Maximum value is {last}."
            raise InvalidRequest(message, param="logit_bias")

    def _prefill(self, request: EngineRequest, ids: list[int], n_room: int) -> Prefill:
        """The prompt, to be computed; once for all choices of a request."""
        if request.shared is not None:
            if isinstance(request.shared.prefill, Prefill):
                return request.shared.prefill
            n_room = len(ids)
        pixels = [preprocess(part.image.pixels, self._config.vision) for part in request.images]
        pictures = [self._embeddings.picture(values, request.owner) for values in pixels]
        return Prefill(
            self._runtime, self._embeddings, self._prefixes, ids, self._image, pictures, request.owner, n_room
        )

    def _prompt(self, request: EngineRequest) -> list[int]:
        turns = [_turn(message) for message in request.messages]
        if request.calling is not None and request.calling.must:
            turns = asking_for_calls(turns, request.calling.tools)
        return self._prompts.prompt(turns, self._reading_budget(len(request.images)))

    def _reading_budget(self, n_images: int) -> int:
        """Tokens that the reading of one picture may take."""
        room = int(self.context_tokens * (1 - TALK_SHARE)) - n_images * (self._config.n_image_tokens + 8)
        return min(MAX_READING_TOKENS, max(0, room // max(1, n_images)))


@dataclass(slots=True)
class _Answering:
    """One answer on its way: first `read` until nothing is left to read, then `step`."""

    engine: NativeEngine
    prefill: Prefill
    shared: Shared | None
    n_room: int
    sampler: Sampler
    grammar: Grammar | None
    chances: Chances | None
    reader: CallReader | None
    limit: int
    cache: Cache = field(init=False)
    logits: Floats = field(init=False)
    is_reading: bool = True
    ids: list[int] = field(default_factory=list)
    shown: str = ""
    tokens: tuple[ChosenToken, ...] = ()

    def read(self) -> None:
        """Compute a piece of the prompt. Choices of one request share what comes of it, and go on from copies."""
        if self.prefill.logits is None:
            self.prefill.piece()
        if self.prefill.logits is None:
            return
        self.is_reading, self.logits, self.cache = False, self.prefill.logits, self.prefill.cache
        if self.shared is not None:
            self.shared.prefill = self.prefill
            self.cache = self.cache.fork(self.n_room)

    def step(self) -> Delta:
        """Choose a token and compute the logits after it."""
        token = self.sampler.choose(self.logits, None if self.grammar is None else self.grammar.allowed())
        if token == self.engine._end:
            self.tokens = ()
            return self._delta("stop", n_tokens=0)
        if self.chances is not None:
            self.tokens = (self.chances.chosen(self.logits, token, is_first=not self.ids),)
        self.ids.append(token)
        if self.grammar is not None:
            self.grammar.accept(token)
            if self.grammar.is_complete:
                return self._delta("stop")
        if len(self.ids) >= self.limit or is_stuck(self.ids):
            return self._delta("length")
        runtime = self.engine._runtime
        self.logits = runtime.step(runtime.embed([token], self.engine._image), self.cache)
        return self._delta(None)

    def _delta(self, finish_reason: FinishReason | None, n_tokens: int = 1) -> Delta:
        text = self.engine._tokenizer.decode(self.ids).removeprefix(" ")
        if finish_reason is None and text.endswith("\ufffd"):  # a character whose last bytes are still to come
            return Delta(n_tokens=n_tokens, tokens=self.tokens)
        fresh, self.shown = text[len(self.shown) :], text
        if self.reader is None:
            return Delta(fresh, n_tokens, finish_reason, tokens=self.tokens)
        reason: FinishReason | None = "tool_calls" if finish_reason == "stop" else finish_reason
        return Delta("", n_tokens, reason, call=self.reader.push(fresh))


def asking_for_calls(turns: list[PromptTurn], tools: Sequence[Tool]) -> list[PromptTurn]:
    """The conversation with the functions named at its end, in the last turn if that is the user's."""
    question = call_question(tools)
    if not turns or turns[-1].role != "user":
        return [*turns, PromptTurn("user", (question,))]
    *parts, last = turns[-1].parts or ("",)
    joined = (*parts, f"{last}\n\n{question}".strip()) if isinstance(last, str) else (*parts, last, question)
    return [*turns[:-1], PromptTurn("user", joined)]


def is_stuck(ids: Sequence[int]) -> bool:
    """Whether the last `STUCK_TOKENS` repeat a piece of at most `STUCK_PERIOD` tokens: nothing else would come.

    A small model falls into such loops. The answer is then cut, and says so with finish_reason `length`.
    """
    tail = list(ids[-STUCK_TOKENS:])
    return len(tail) == STUCK_TOKENS and any(tail[p:] == tail[:-p] for p in range(1, STUCK_PERIOD + 1))


def _turn(message: EngineMessage) -> PromptTurn:
    """Write the pictures of a turn before its text, whatever their order: it is the only order the model learned."""
    images = [PromptImage(1, part.reading) for part in message.parts if isinstance(part, SeenImage)]
    texts = [part.text for part in message.parts if isinstance(part, TextPart) and part.text.strip()]
    return PromptTurn(message.role, (*images, *texts))
