"""An endless, seeded stream of batches, made in worker processes beside the training."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import numpy as np
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from sightline.model.config import ModelConfig
from sightline.model.prompt import PromptBuilder
from sightline.model.tokenizer import PAD, TextTokenizer
from sightline.scenes import albums, mixture, photos, recital
from sightline.scenes.documents.make import make as make_document
from sightline.scenes.scene import Scene
from sightline.training.batch import Batch, batches
from sightline.training.data import Sample, SampleMaker

_log = logging.getLogger(__name__)
PICTURE_SHARES: Mapping[str, float] = MappingProxyType(
    {name: share for name, share in mixture.SHARES.items() if name != "documents"}
)
# Hours of training must not end on one scene in thousands.
DRAWING_FAULTS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class StreamConfig:
    """What is drawn.

    `recital_share` of the samples are text to read back, at most `recital_lines` of it. Of the rest,
    `document_share` are documents; of those, `picture_share` come with their picture and the turns that
    ask about it, the others as text lines alone. Everything else always has its picture, and its
    family is drawn by `shares`. In `apart_share` of the samples no turn sees another: a value that was
    given a turn ago would be copied from there, and what is learned is to answer the first question. `album_share` of
    the samples are several pictures at once, `naming_share` photos with little but the question what they show.
    """

    seed: int = 0
    max_tokens: int = 1024
    tokens_per_batch: int = 8192
    recital_share: float = 0.0
    recital_lines: int = 9
    document_share: float = 0.55
    picture_share: float = 0.5
    photos: Path | None = None
    split: Literal["train", "test"] = "train"
    shares: Mapping[str, float] = field(default_factory=lambda: dict(PICTURE_SHARES))
    apart_share: float = 0.85
    album_share: float = 0.0
    naming_share: float = 0.0


def draw_scene(stream: StreamConfig, index: int) -> tuple[Scene, bool]:
    """Scene `index` of the stream and whether its picture goes with it: the same whenever it is asked for."""
    rng = np.random.default_rng([stream.seed, index])
    if rng.random() < stream.recital_share:
        return recital.make(rng, stream.recital_lines), False
    if rng.random() >= stream.document_share:
        return mixture.make(rng, stream.split, stream.shares, stream.photos), True
    with_picture = bool(rng.random() < stream.picture_share)
    scene = make_document(rng, render=with_picture, split=stream.split)
    return (mixture.with_generic_turns(rng, scene) if with_picture else scene), with_picture


class SampleStream(IterableDataset[Batch]):
    """Batches of samples `first`, `first` + 1, ... of a seed, dealt out over the workers."""

    def __init__(self, config: ModelConfig, tokenizer: Path, stream: StreamConfig, first: int = 0) -> None:
        self._config, self._tokenizer, self._stream, self._first = config, tokenizer, stream, first

    def __iter__(self) -> Iterator[Batch]:
        """Never ends."""
        worker = get_worker_info()
        start, step = (worker.id, worker.num_workers) if worker else (0, 1)
        tokenizer = TextTokenizer.load(self._tokenizer)
        config = self._config
        prompts = PromptBuilder(
            tokenizer,
            config.n_image_tokens,
            knows_figures=config.knows_figures,
            knows_measures=config.knows_measures,
        )
        maker = SampleMaker(config, prompts)
        drawn = (self._sample(maker, index) for index in count(self._first + start, step))
        samples = (sample for sample in drawn if sample is not None)
        return batches(samples, self._stream.tokens_per_batch, tokenizer.special(PAD))

    def _sample(self, maker: SampleMaker, index: int) -> Sample | None:
        stream = self._stream
        rng = np.random.default_rng([stream.seed, index, 1])
        is_apart, is_album = bool(rng.random() < stream.apart_share), bool(rng.random() < stream.album_share)
        try:
            if is_album:
                album = albums.make(np.random.default_rng([stream.seed, index]), stream.split, stream.photos)
                return maker.make_album(album, stream.max_tokens, is_apart)
            if stream.photos is not None and rng.random() < stream.naming_share:
                named = photos.make_named(
                    np.random.default_rng([stream.seed, index]), stream.split, photos_dir=stream.photos
                )
                return maker.make(named, True, stream.max_tokens, is_apart)
            scene, with_picture = draw_scene(stream, index)
        except DRAWING_FAULTS:
            _log.exception("a scene could not be drawn: left out", extra={"seed": self._stream.seed, "index": index})
            return None
        return maker.make(scene, with_picture, stream.max_tokens, is_apart)


def open_stream(
    config: ModelConfig, tokenizer: Path, stream: StreamConfig, first: int, n_workers: int
) -> Iterator[Batch]:
    """Start the workers and yield their batches for ever."""
    loader = DataLoader(
        SampleStream(config, tokenizer, stream, first),
        batch_size=None,
        num_workers=n_workers,
        prefetch_factor=4 if n_workers else None,
    )
    return iter(loader)
