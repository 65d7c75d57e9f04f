"""Engines that answer a group of users about pictures, all from the bundled checkpoint: ours and those of others."""

from __future__ import annotations

import asyncio
import importlib
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from export_for_peers import CHECKPOINT
from export_for_peers import main as export

from sightline.engines.base import EngineMessage, EngineRequest, SeenImage
from sightline.engines.caching import CacheLimits
from sightline.engines.llama_cpp.body import conversation
from sightline.engines.native import NativeEngine
from sightline.engines.native.bounded import Floats
from sightline.engines.native.runtime import Runtime
from sightline.engines.native.slots import Cache, Slots
from sightline.model import tokenizer as tk
from sightline.model.checkpoint import Checkpoint, load_checkpoint
from sightline.model.preprocess import preprocess
from sightline.model.prompt import PromptBuilder, PromptImage, PromptTurn
from sightline.types import Sampling, TextPart

N_THREADS = 2


@dataclass(frozen=True, slots=True)
class Ask:
    """One user's question; the answer has `n_tokens`, whatever the model would rather say."""

    picture: SeenImage
    question: str
    n_tokens: int
    seed: int


@dataclass(slots=True)
class Took:
    """What a group of users saw: seconds to the first token of each, seconds until all had all, tokens in all."""

    first_s: list[float] = field(default_factory=list)
    seconds: float = 0.0
    n_tokens: int = 0


class Peer(Protocol):
    """An engine under measurement."""

    def run(self, users: Sequence[Ask]) -> Took:
        """Answer all of them, who come at the same moment."""


class TurnsRuntime(Runtime):
    """Our runtime as it was before: a decode step of one answer after the other."""

    def step_together(self, tokens: Sequence[int], caches: Sequence[Cache], slots: Slots) -> Floats:
        """Add one token to each of `caches`, in turn."""
        turns = zip(tokens, caches, strict=True)
        return np.concatenate([super(TurnsRuntime, self).step_together([t], [c], slots) for t, c in turns])


class Ours:
    """The native engine, batching or with steps in turn."""

    def __init__(self, *, is_batching: bool = True, caches: CacheLimits | None = None) -> None:
        self.engine = NativeEngine.load(CHECKPOINT, "sightline-mini", N_THREADS, caches)
        if not is_batching:
            self.engine._runtime.__class__ = TurnsRuntime
        self._end = self.engine._end
        self.encode_ms = 0.0  # of the last answer's picture

    def run(self, users: Sequence[Ask]) -> Took:
        """Answer all of them."""
        return asyncio.run(self._run(users))

    async def _run(self, users: Sequence[Ask]) -> Took:
        took, started = Took(), time.perf_counter()

        async def one(user: Ask) -> None:
            n_tokens = 0
            async for delta in self.engine.stream(request_of(user, self._end)):
                if not n_tokens:
                    took.first_s.append(time.perf_counter() - started)
                if delta.work is not None:
                    self.encode_ms = delta.work.images[0].ms
                n_tokens += delta.n_tokens
            took.n_tokens += n_tokens

        await asyncio.gather(*(one(user) for user in users))
        took.seconds = time.perf_counter() - started
        return took


def request_of(user: Ask, end_token_id: int) -> EngineRequest:
    """Return the question as our engines take it: drawn, so that no loop cuts it, and never ending by itself."""
    sampling = Sampling(max_tokens=user.n_tokens, temperature=1.0, seed=user.seed, logit_bias=((end_token_id, -100.0),))
    return EngineRequest((EngineMessage("user", (user.picture, TextPart(user.question))),), sampling)


class Prompts:
    """Writes the same tokens and pixels as our engine does, for engines that take them."""

    def __init__(self, checkpoint: Checkpoint) -> None:
        self.vision = checkpoint.config.vision
        self.image = checkpoint.tokenizer.special(tk.IMAGE)
        self._builder = PromptBuilder(checkpoint.tokenizer, checkpoint.config.n_image_tokens)

    def ids(self, user: Ask) -> list[int]:
        """Token ids of what the model gets."""
        return self._builder.prompt([PromptTurn("user", (PromptImage(1, None), user.question))])

    def pixels(self, user: Ask) -> Floats:
        """(1, 3, h, w): what the encoder gets."""
        return preprocess(user.picture.image.pixels, self.vision)


class PlainOrt:
    """ONNX Runtime, our graph in float32 and nothing else: one user after the other, whole prompts, greedy."""

    def __init__(self) -> None:
        checkpoint = load_checkpoint(CHECKPOINT)
        self._prompts = Prompts(checkpoint)
        self._runtime = Runtime(checkpoint.config, checkpoint.tensors, N_THREADS, eight_bit=False)

    def run(self, users: Sequence[Ask]) -> Took:
        """Answer all of them."""
        took, started = Took(), time.perf_counter()
        for user in users:
            self._one(user, took, started)
        took.seconds = time.perf_counter() - started
        return took

    def _one(self, user: Ask, took: Took, started: float) -> None:
        runtime, image, ids = self._runtime, self._prompts.image, self._prompts.ids(user)
        tokens = runtime.encode(self._prompts.pixels(user))
        cache = runtime.new_cache(len(ids) + user.n_tokens)
        logits = runtime.step(runtime.embed(ids, image, tokens), cache)
        for at in range(user.n_tokens):
            token = int(logits.argmax())
            if not at:
                took.first_s.append(time.perf_counter() - started)
            if at < user.n_tokens - 1:
                logits = runtime.step(runtime.embed([token], image), cache)
        took.n_tokens += user.n_tokens


class Transformers:
    """Hugging Face's `generate` in float32, all users in one batch that is known beforehand: its best case."""

    def __init__(self) -> None:
        self._torch: Any = importlib.import_module("torch")
        self._hf: Any = importlib.import_module("transformers")
        self._hf.logging.set_verbosity_error()
        self._hf.logging.disable_progress_bar()
        self._torch.set_num_threads(N_THREADS)
        self._prompts = Prompts(load_checkpoint(CHECKPOINT))
        kind = self._hf.AutoModelForImageTextToText
        self._model = kind.from_pretrained(str(CHECKPOINT), dtype=self._torch.float32).eval()

    def run(self, users: Sequence[Ask]) -> Took:
        """Answer all of them."""
        torch, took, started = self._torch, Took(), time.perf_counter()
        ids = [self._prompts.ids(user) for user in users]
        longest = max(map(len, ids))
        pixels = np.stack([self._prompts.pixels(user) for user in users])

        def note(*_: object) -> Any:
            if not took.first_s:
                took.first_s += [time.perf_counter() - started] * len(users)
            return torch.zeros(len(users), dtype=torch.bool)

        with torch.no_grad():
            out = self._model.generate(
                input_ids=torch.tensor([[0] * (longest - len(each)) + each for each in ids]),
                attention_mask=torch.tensor([[0] * (longest - len(each)) + [1] * len(each) for each in ids]),
                pixel_values=torch.from_numpy(pixels),
                max_new_tokens=users[0].n_tokens, min_new_tokens=users[0].n_tokens, do_sample=False,
                pad_token_id=0, stopping_criteria=self._hf.StoppingCriteriaList([note]),
            )  # fmt: skip
        took.seconds = time.perf_counter() - started
        took.n_tokens = (out.shape[1] - longest) * len(users)
        return took


class LlamaCpp:
    """llama.cpp's server from the wheel `xllamacpp`: decoder Q8_0, encoder float16, sixteen slots, its prompt cache."""

    def __init__(self) -> None:
        wheel: Any = importlib.import_module("xllamacpp")
        self._folder = tempfile.TemporaryDirectory(prefix="sightline-bench-")
        folder = Path(self._folder.name)
        export(folder)
        params = wheel.CommonParams()
        params.model.path = str(folder / "sightline-mini-q8_0.gguf")
        params.mmproj.path = str(folder / "sightline-mini-mmproj-f16.gguf")
        params.n_parallel, params.n_ctx, params.fit_params = 16, 16 * 1024, False
        params.cpuparams.n_threads = params.cpuparams_batch.n_threads = N_THREADS
        params.offline, params.ui, params.verbosity, params.use_jinja = True, False, -1, True
        self._server: Any = wheel.Server(params)

    def run(self, users: Sequence[Ask]) -> Took:
        """Answer all of them, each from a thread."""
        took, lock, started = Took(), threading.Lock(), time.perf_counter()
        threads = [threading.Thread(target=self._one, args=(user, took, lock, started)) for user in users]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took.seconds = time.perf_counter() - started
        if took.n_tokens < sum(user.n_tokens for user in users):
            raise RuntimeError(f"llama.cpp gave {took.n_tokens} tokens of {sum(user.n_tokens for user in users)}")
        return took

    def _one(self, user: Ask, took: Took, lock: threading.Lock, started: float) -> None:
        n_chunks = n_counted = 0

        def take(chunk: dict[str, Any]) -> bool:
            nonlocal n_chunks, n_counted
            if "choices" not in chunk:
                return False
            said = any(choice.get("delta", {}).get("content") for choice in chunk["choices"])
            if said and not n_chunks:
                with lock:
                    took.first_s.append(time.perf_counter() - started)
            n_chunks += said
            n_counted = max(n_counted, chunk.get("timings", {}).get("predicted_n", 0))
            return False

        body = {
            **conversation(request_of(user, 2), knows_calls=False),
            "stream": True, "timings_per_token": True, "ignore_eos": True,
            "max_tokens": user.n_tokens, "temperature": 1.0, "seed": user.seed, "cache_prompt": True,
        }  # fmt: skip
        self._server.handle_chat_completions(body, take)
        with lock:
            took.n_tokens += n_counted


def peers(wanted: Sequence[str]) -> tuple[dict[str, Peer], dict[str, str]]:
    """Load those engines; and why one cannot run here."""
    makers: dict[str, Callable[[], Peer]] = {
        "ours": Ours,
        "ours, turns": lambda: Ours(is_batching=False),
        "plain ORT, turns": PlainOrt,
        "transformers": Transformers,
        "llama.cpp": LlamaCpp,
    }
    found: dict[str, Peer] = {}
    missing: dict[str, str] = {}
    for name in wanted:
        try:
            found[name] = makers[name]()
        except (ImportError, RuntimeError, OSError, ValueError) as error:
            missing[name] = f"{type(error).__name__}: {error}"
            print(f"{name} cannot run here and is left out: {missing[name]}")
    return found, missing
