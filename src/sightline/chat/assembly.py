"""A ready `Chat` from the names of models: what the server, the command line and the evaluation share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from importlib.resources import files
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from sightline.chat.chat import Chat, ChatLimits, Images
from sightline.engines.base import Engine
from sightline.engines.caching import CacheLimits
from sightline.errors import ConfigError

if TYPE_CHECKING:
    from sightline.engines.upstream import Upstream
    from sightline.images.fetch import FetchPolicy
    from sightline.images.load import ImageLoader

BUNDLED = "sightline-mini"
ECHO = "sightline-echo"


def build_chat(
    models: Sequence[str] = (BUNDLED,),
    *,
    aliases: Iterable[str] = (),
    images: Images | None = None,
    limits: ChatLimits | None = None,
    caches: CacheLimits | None = None,
    in_background: bool = False,
    mmproj: Path | None = None,
    memory_gb: float | None = None,
    upstream: Upstream | None = None,
) -> Chat:
    """A `Chat` that answers with `models`, the first of which also answers for `aliases`.

    A model is a name that `load_engine` knows. With `in_background` the weights and the reading models
    load in threads while the first request goes on its way; what fails then fails there. `mmproj` is the projector
    of the one GGUF file among them, if it does not lie beside it. Several models share `memory_gb` (by default a share
    of the machine's): each is loaded when it is first asked. With an `upstream` its model is there too; one of
    `models` that has its name is that one.

    Raises:
        ConfigError: If a model does not exist or its files are not the ones that were shipped.
    """
    from sightline.reading import Reader

    if not models:
        raise ConfigError("no model is named")
    if mmproj is not None and sum(map(is_gguf, models)) != 1:
        raise ConfigError("--mmproj is the projector of a GGUF file; name one with --model, and one only")
    far = None if upstream is None else reach(upstream)
    here = [model for model in models if far is None or model != far.model_id]
    if len(here) > 1 and not in_background:
        engines = pooled_engines(here, mmproj, memory_gb, caches)
    else:
        load = start_engine if in_background else load_engine
        engines = [load(model, mmproj if is_gguf(model) else None, caches) for model in here]
    if far is not None:
        engines.insert(models.index(far.model_id) if far.model_id in models else len(engines), far)
    reader = Reader()
    if in_background and any(engine.wants_reading for engine in engines):
        Thread(target=reader.warm_up, name="sightline-warm-reading", daemon=True).start()
    first = engines[0].model_id
    return Chat(
        {engine.model_id: engine for engine in engines},
        dict.fromkeys((alias for alias in aliases if all(alias != engine.model_id for engine in engines)), first),
        images if images is not None else image_loader(),
        reader,
        limits,
    )


def pooled_engines(
    models: Sequence[str], mmproj: Path | None, memory_gb: float | None, caches: CacheLimits | None = None
) -> list[Engine]:
    """The engines of several models within one memory; nothing is loaded yet.

    Raises:
        ConfigError: If one does not exist, does not fit, or has another's name.
    """
    from sightline.engines.footprint import budget_bytes, checkpoint_bytes, gguf_bytes
    from sightline.engines.pool import Pool, PooledEngine

    pool, engines = Pool(budget_bytes(memory_gb)), dict[str, Engine]()
    for model in models:
        model_id, eyes = model_id_of(model), mmproj if is_gguf(model) else None
        if model_id in engines:
            raise ConfigError(f"--model: there are two models called {model_id}; one answers to a name")
        if model_id == ECHO:
            engines[model_id] = load_engine(model)
            continue
        n_bytes = gguf_bytes(Path(model), eyes) if is_gguf(model) else checkpoint_bytes(checkpoint_folder(model))
        load = partial(load_engine, model, eyes, caches)
        engines[model_id] = PooledEngine(pool, model_id, n_bytes, load, wants_reading=is_told_the_reading(model))
    return list(engines.values())


def reach(upstream: Upstream) -> Engine:
    """The engine of a model on other servers, which are not asked anything yet."""
    from sightline.engines.upstream import UpstreamEngine

    return UpstreamEngine(upstream)


def load_engine(model: str, mmproj: Path | None = None, caches: CacheLimits | None = None) -> Engine:
    """The engine of `sightline-mini`, of `sightline-echo`, of a checkpoint's folder, or of a GGUF file.

    Raises:
        ConfigError: If there is no such model, or its files are not the ones that were shipped.
    """
    model_id = model_id_of(model)
    if model_id == ECHO:
        from sightline.engines.echo import EchoEngine

        return EchoEngine()
    if is_gguf(model):
        from sightline.engines.llama_cpp import LlamaCppEngine

        return LlamaCppEngine.load(Path(model), mmproj, model_id)
    from sightline.engines.native import NativeEngine

    return NativeEngine.load(checkpoint_folder(model), model_id, caches=caches, needs_manifest=model == BUNDLED)


def start_engine(model: str, mmproj: Path | None = None, caches: CacheLimits | None = None) -> Engine:
    """As `load_engine`, with the loading itself done in a thread.

    Raises:
        ConfigError: If there is no such model.
    """
    model_id = model_id_of(model)
    if model_id == ECHO:
        return load_engine(model)
    if not is_gguf(model):
        checkpoint_folder(model)
    from sightline.engines.loading import LoadingEngine

    return LoadingEngine(model_id, lambda: load_engine(model, mmproj, caches), wants_reading=is_told_the_reading(model))


def model_id_of(model: str) -> str:
    """The name under which clients reach `model`: a known name, the last part of a folder's path, or a file's stem.

    Raises:
        ConfigError: If it is neither.
    """
    if model in (BUNDLED, ECHO):
        return model
    if model and Path(model).is_dir():
        return Path(model).resolve().name
    if is_gguf(model) and Path(model).is_file():
        return Path(model).stem
    known = f"{BUNDLED}, {ECHO}, the folder of a checkpoint, or a GGUF file"
    raise ConfigError(f"there is no model '{model}'; there are {known}")


def is_gguf(model: str) -> bool:
    """Whether `model` is named as a GGUF file."""
    return model.lower().endswith(".gguf")


def is_told_the_reading(model: str) -> bool:
    """Whether a model gets the text of a picture, told without loading it: others read for themselves."""
    if model == BUNDLED or is_gguf(model):
        return model == BUNDLED
    from sightline.model.checkpoint import knows_readings

    return knows_readings(checkpoint_folder(model))


def checkpoint_folder(model: str) -> Path:
    """Where the files of a model are.

    Raises:
        ConfigError: If the bundled model is not in this installation.
    """
    folder = Path(str(files("sightline.model") / BUNDLED)) if model == BUNDLED else Path(model)
    if not folder.is_dir():
        raise ConfigError(f"the bundled model {BUNDLED} is missing from this installation; install the package again")
    return folder


def image_loader(fetch_policy: FetchPolicy | None = None, *, n_children: int = 2) -> ImageLoader:
    """The one door for pictures, with the default limits."""
    from sightline.images.load import ImageLoader

    return ImageLoader(fetch_policy=fetch_policy, n_children=n_children)
