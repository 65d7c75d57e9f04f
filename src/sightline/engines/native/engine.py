"""Checkpoints of the SmolVLM family as an engine: one thread, one step of all that is being answered in one run."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from sightline.engines.base import EngineRequest, Sight, State
from sightline.engines.caching import CacheLimits
from sightline.engines.footprint import checkpoint_bytes
from sightline.engines.native.calling import CallReader
from sightline.engines.native.chances import Chances
from sightline.engines.native.characters import Characters
from sightline.engines.native.copying import Alphabet, CopyGuide, copied_lines
from sightline.engines.native.dialect import dialect_of
from sightline.engines.native.embedding_cache import EmbeddingCache, Tile
from sightline.engines.native.grammar import grammar_of, grammar_tokenizer
from sightline.engines.native.prefill import Prefill
from sightline.engines.native.prefix_cache import PrefixCache
from sightline.engines.native.quote import quote_of
from sightline.engines.native.row import Mailbox, Plan, Row
from sightline.engines.native.runtime import Runtime
from sightline.engines.native.sampler import Sampler
from sightline.engines.native.scheduler import Scheduler
from sightline.engines.native.slots import Cache, Slots
from sightline.errors import ContextTooLong, InvalidRequest
from sightline.model import tokenizer as tk
from sightline.model.checkpoint import Checkpoint, load_checkpoint
from sightline.types import Delta, Sampling

MAX_ROWS = 16  # answers in one run of the decoder; the time of a step then begins to grow with each


class NativeEngine:
    """Answers with a SmolVLM-family checkpoint on ONNX Runtime."""

    state: State = "loaded"

    def __init__(
        self,
        checkpoint: Checkpoint,
        model_id: str,
        n_threads: int = 2,
        caches: CacheLimits | None = None,
        *,
        n_bytes: int | None = None,
        eight_bit: bool = True,
    ) -> None:
        self.model_id = model_id
        self.n_bytes = n_bytes
        self.calibration = checkpoint.calibration
        self._config = checkpoint.config
        self._temperature = checkpoint.temperature
        self._tokenizer = checkpoint.tokenizer
        self._runtime = Runtime(checkpoint.config, checkpoint.tensors, n_threads, eight_bit=eight_bit)
        caches = caches or CacheLimits()
        self._embeddings = EmbeddingCache(self._runtime, checkpoint.weights_hash, caches)
        self._prefixes = PrefixCache(caches.prefix_bytes)
        self._dialect = dialect_of(checkpoint.tokenizer, checkpoint.config)
        self._end = checkpoint.tokenizer.special(tk.END)
        self._image = checkpoint.tokenizer.special(tk.IMAGE)
        self._banned = np.array(sorted(set(checkpoint.tokenizer.specials) - {self._end}), np.int64)
        self._grammar_tokenizer = grammar_tokenizer(
            checkpoint.tokenizer.to_json(), checkpoint.config.decoder.vocab_size, self._end
        )
        n_tokens = checkpoint.config.decoder.vocab_size
        self._alphabet = Alphabet.of(checkpoint.tokenizer, n_tokens) if self._dialect.wants_reading else None
        self._characters = Characters.of(checkpoint.tokenizer, n_tokens)
        slots = Slots(checkpoint.config.decoder, MAX_ROWS, caches.running_bytes)
        self._scheduler = Scheduler(self._runtime, slots)

    @classmethod
    def load(
        cls,
        folder: Path,
        model_id: str,
        n_threads: int = 2,
        caches: CacheLimits | None = None,
        *,
        needs_manifest: bool = True,
    ) -> NativeEngine:
        """Read a checkpoint folder, its files verified; a folder without a manifest only if none is needed.

        Raises:
            ConfigError: If a file is missing or was changed.
        """
        checkpoint = load_checkpoint(folder, needs_manifest=needs_manifest)
        return cls(checkpoint, model_id, n_threads, caches, n_bytes=checkpoint_bytes(folder))

    @property
    def wants_reading(self) -> bool:
        """Whether the model is told what was read in a picture."""
        return self._dialect.wants_reading

    @property
    def context_tokens(self) -> int:
        """Prompt and completion together."""
        return self._config.decoder.context_tokens

    def count_prompt_tokens(self, request: EngineRequest) -> int:
        """Tokens of the prompt, image tokens and readings included."""
        return len(self._dialect.prompt(request))

    def sights(self, request: EngineRequest) -> tuple[Sight, ...]:
        """What the encoder gets of each picture, and the lines of its text that fit."""
        return self._dialect.sights(request)

    async def stream(self, request: EngineRequest) -> AsyncIterator[Delta]:
        """Yield the answer as its text becomes certain."""
        mailbox = Mailbox()
        self._scheduler.add(Row(lambda: self._plan(request), mailbox))
        try:
            while True:
                delta = await mailbox.get()
                if delta.text or delta.finish_reason or delta.n_tokens:
                    yield delta
                if delta.finish_reason:
                    return
        finally:
            mailbox.is_left = True

    async def close(self) -> None:
        """Stop the thread."""
        self._scheduler.close()

    def _plan(self, request: EngineRequest) -> Plan:
        ids = self._dialect.prompt(request)
        room = self.context_tokens - len(ids)
        if room < 1:
            raise ContextTooLong(
                f"This model's maximum context length is {self.context_tokens} tokens. However, your messages resulted"
                f" in {len(ids)} tokens. Please reduce the length of the messages.",
                param="messages",
            )
        sampling = request.sampling
        if sampling.temperature is None:
            sampling = replace(sampling, temperature=self._temperature)
        self._check_bias(sampling)
        n_others = request.sampling.top_logprobs
        lines = copied_lines(ids, self._tokenizer) if self._alphabet is not None else []
        quote = quote_of(request, self._tokenizer) if self._config.quotes_reading else None
        banned = self._banned if quote is None else self._banned[self._banned != quote.token]
        return Plan(
            n_prompt=len(ids),
            limit=min(room, request.sampling.max_tokens or room),
            prefill=partial(self._prefill, request, ids, self._pictures(request)),
            sampler=Sampler(sampling, banned, request.choice),
            guide=CopyGuide(lines, self._alphabet) if self._alphabet is not None and lines else None,
            grammar=grammar_of(self._grammar_tokenizer, request.json_schema, request.calling),
            characters=self._characters,
            chances=None if n_others is None else Chances(self._tokenizer, banned, n_others),
            reader=CallReader() if request.calling is not None and request.calling.must else None,
            quote=quote,
            tokenizer=self._tokenizer,
            end_token_id=self._end,
        )

    def _check_bias(self, sampling: Sampling) -> None:
        last = self._config.decoder.vocab_size - 1
        if wrong := [token for token, _ in sampling.logit_bias if token > last]:
            message = f"Invalid key in 'logit_bias': {wrong[0]}. Maximum value is {last}."
            raise InvalidRequest(message, param="logit_bias")

    def _pictures(self, request: EngineRequest) -> list[list[Tile]]:
        """What the encoder gets of each picture; nothing if another choice of the request has it already."""
        if request.shared is not None and request.shared.prefill is not None:
            return []
        pictures = [self._dialect.tiles(part.image) for part in request.images]
        return [[self._embeddings.tile(values[np.newaxis], request.owner) for values in each] for each in pictures]

    def _prefill(self, request: EngineRequest, ids: list[int], pictures: list[list[Tile]], cache: Cache) -> Prefill:
        """The prompt, to be computed; once for all choices of a request, in a cache that none of them has."""
        if request.shared is not None:
            if isinstance(request.shared.prefill, Prefill):
                return request.shared.prefill
            cache = self._runtime.new_cache(len(ids))
        prefill = Prefill(
            self._runtime, self._embeddings, self._prefixes, ids, self._image, pictures, request.owner, cache
        )
        if request.shared is not None:
            request.shared.prefill = prefill
        return prefill
